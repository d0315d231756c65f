package dialect

// This file keeps out of TRY what DuckDB's TRY does not take: aggregates,
// windows, subqueries and what is random; and the grouping expressions and
// columns beside them, which DuckDB does not find in the lambda that they are
// handed to. Trino plans all but what is random apart from the expression, so
// that their faults are none of TRY's.

// outsideTry is what the outermost TRY being analysed uses and does not contain.
// From below a lambda of that TRY only columns are taken out, for the rest is
// computed for each element.
type outsideTry struct {
	lambdas int // of that TRY, around what is being analysed
	shared  []sharedArgument
	fails   bool   // some of shared may fail
	random  string // the name of random() in shared; empty where none is
}

// unfolded writes what DuckDB must not compute before the statement runs: its TRY
// would make NULL of every fault of constants, also of those that Trino's does not
// take, which a native can only tell while it runs for a row.
func (o *outsideTry) unfolded(sql string) string {
	if o.random == "" {
		o.random = duckName("try~random")
		o.shared = append(o.shared, sharedArgument{o.random, "random()"})
	}
	return "CASE WHEN " + o.random + " < 0 THEN NULL ELSE " + sql + " END"
}

// tried analyses an expression within TRY.
func (a *analyzer) tried(e Expression, s *scope, want wanted) term {
	outside := a.outside
	var t term
	if a.standsOutside(e) || outside.lambdas == 0 && s.keys[groupKey(e)] {
		trying := a.trying
		a.trying, a.outside = 0, nil
		var seen effects
		t, seen = a.observed(func() term { return a.analysed(e, s, want) })
		a.trying, a.outside = trying, outside
		outside.fails = outside.fails || seen.fails
	} else if t = a.analysed(e, s, want); s.keys == nil || !s.local[e] {
		return t
	}
	if a.err != nil {
		return nullTerm
	}
	if outside.lambdas > 0 && !s.local[e] {
		return a.refuse(e, "what is computed anew for every element, in TRY")
	}
	name := duckName("try~" + itoa(len(outside.shared)+1))
	outside.shared = append(outside.shared, sharedArgument{name, t.sql})
	return term{typ: t.typ, sql: name}
}

// standsOutside reports whether DuckDB's TRY does not take an expression.
func (a *analyzer) standsOutside(n Node) bool {
	switch n := n.(type) {
	case *FunctionCall:
		name := callName(n)
		entries := a.functions[name]
		return len(entries) > 0 && (entries[0].Kind != ScalarFunction || n.Over != nil || volatile[name])
	case *ListAgg, *Grouping, *Subquery, *Exists, *InSubquery, *QuantifiedComparison:
		return true
	}
	return false
}

// reachesOutside reports whether some of an expression stands outside of TRY; in
// a query with GROUP BY all of it may.
func (a *analyzer) reachesOutside(e Expression, s *scope) bool {
	found := s.keys != nil
	visitAll(e, func(n Node) bool {
		found = found || a.standsOutside(n)
		return !found
	})
	return found
}

// tryFunction analyses TRY.
func tryFunction(c *specialCall) term {
	if !c.arity(1, 1, "try") {
		return nullTerm
	}
	outer, fails := c.a.outside, c.a.effects.fails
	if outer == nil {
		c.a.outside = &outsideTry{}
	}
	c.a.trying++
	t, seen := c.a.observed(func() term { return c.a.expression(c.args[0], c.scope) })
	c.a.trying--
	if seen.fails && len(seen.relations) == 0 {
		t.sql = c.a.outside.unfolded(t.sql)
	}
	sql := "TRY(" + duckCast(t.sql, t.typ) + ")"
	if outer == nil {
		sql = (&callSite{shared: c.a.outside.shared}).withShared(sql)
		fails = fails || c.a.outside.fails
		c.a.outside = nil
	}
	c.a.effects.fails = fails
	return term{typ: t.typ, sql: sql}
}

// before writes body around a name for sql, which then stands outside of what body writes.
func before(sql string, body func(name string) string) string {
	name := unusedName("v", sql)
	return bound(name, sql, body(name))
}
