package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// maxRecursion is how many steps a WITH RECURSIVE may take: Trino's
// max_recursion_depth, which Athena does not let change.
const maxRecursion = 10

const (
	missingColumnAliases      = "MISSING_COLUMN_ALIASES"
	nestedRecursive           = "NESTED_RECURSIVE"
	invalidRecursiveReference = "INVALID_RECURSIVE_REFERENCE"
	invalidLimit              = "INVALID_LIMIT_CLAUSE"
)

// recursiveQuery analyses one query of WITH RECURSIVE into s and writes it: as
// Trino does, unrolled to as many steps as there may be and one more, which must
// be empty. (DuckDB's own recursion ends only where no row is new.)
func (a *analyzer) recursiveQuery(q *NamedQuery, name string, s *scope) []string {
	if len(q.Columns) == 0 {
		a.fail(q, missingColumnAliases, "missing column aliases in recursive WITH query")
	}
	visitAll(q.Query, func(n Node) bool {
		if w, ok := n.(*With); ok && w.Recursive {
			a.fail(w, nestedRecursive, "nested recursive WITH query")
		}
		return true
	})
	union, step := a.recursionShape(q, name)
	if a.err != nil {
		return nil
	}
	if union == nil {
		return a.plainQuery(q, name, s)
	}
	base := a.renamed(a.queryBody(union.Left, s), q.Columns).useAll()
	r := &recursion{a: a, base: base, current: a.freshAlias(name)}
	inner := &scope{parent: s, queries: map[string]*namedQuery{name: {name: r.current, result: r.output()}}}
	stepped := a.queryBody(union.Right, inner).useAll()
	if a.err != nil || !a.checkStep(step, base, stepped) {
		return nil
	}
	parts := r.unroll(name, a.converted(stepped, base.columns))
	s.queries[name] = &namedQuery{name: r.result, result: r.output()}
	if union.Quantifier != QuantifierAll {
		distinct := a.freshAlias(name)
		parts = append(parts, duckName(distinct)+" AS (SELECT DISTINCT * FROM "+duckName(r.result)+")")
		s.queries[name].name = distinct
	}
	return parts
}

// recursion is a recursive query whose parts are analysed.
type recursion struct {
	a       *analyzer
	base    *resultSet
	current string // the name by which the step reads the rows of the step before
	result  string // the name of all rows
}

// columnNames are the names of the columns in the SQL of every step.
func (r *recursion) columnNames() []string {
	names := make([]string, len(r.base.columns))
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	return names
}

// output is what the rows of every step look like.
func (r *recursion) output() *resultSet {
	out := &resultSet{}
	for i, name := range r.columnNames() {
		out.columns = append(out.columns, &outputColumn{name: r.base.columns[i].name, physical: name, typ: r.base.columns[i].typ})
	}
	return out
}

// unroll writes the base, the steps and their union. A step reads the one before under the name current.
func (r *recursion) unroll(name, step string) []string {
	quoted := make([]string, len(r.base.columns))
	for i, column := range r.columnNames() {
		quoted[i] = duckName(column)
	}
	columns := "(" + strings.Join(quoted, ", ") + ")"
	previous := r.a.freshAlias(name)
	parts := []string{duckName(previous) + columns + " AS MATERIALIZED (" + r.base.sql + ")"}
	all := []string{"SELECT * FROM " + duckName(previous)}
	for i := range maxRecursion + 1 {
		next := r.a.freshAlias(name)
		parts = append(parts, fmt.Sprintf("%s%s AS MATERIALIZED (WITH %s AS (SELECT * FROM %s) %s)", duckName(next), columns, duckName(r.current), duckName(previous), step))
		if i < maxRecursion {
			all = append(all, "SELECT * FROM "+duckName(next))
		}
		previous = next
	}
	message := fmt.Sprintf("'Recursion depth limit exceeded (%d). Use ''max_recursion_depth'' session property to modify the limit.'", maxRecursion)
	fault := make([]string, len(quoted))
	for i, c := range r.base.columns {
		fault[i] = duckCast(r.a.raise(notSupported, message), c.typ)
	}
	all = append(all, "SELECT "+strings.Join(fault, ", ")+" FROM "+duckName(previous))
	r.result = r.a.freshAlias(name)
	return append(parts, duckName(r.result)+" AS ("+strings.Join(all, " UNION ALL ")+")")
}

// checkStep holds the step to the columns of the base.
func (a *analyzer) checkStep(n Node, base, step *resultSet) bool {
	if len(base.columns) != len(step.columns) {
		a.fail(n, typeMismatch, "base and step relations of recursion have different number of fields: %d, %d", len(base.columns), len(step.columns))
		return false
	}
	for i, c := range step.columns {
		if want := base.columns[i].typ; !canCoerce(c.typ, want) {
			a.fail(n, typeMismatch, "recursion step relation output type (%s) is not coercible to recursion base relation output type (%s) at column %d", c.typ, want, i+1)
			return false
		}
	}
	return true
}

// recursionShape finds the UNION of a recursive query and its step, and holds
// them to Trino's rules. The union is nil where the query does not recurse.
func (a *analyzer) recursionShape(q *NamedQuery, name string) (*SetOperation, Node) {
	union, ok := q.Query.Body.(*SetOperation)
	if !ok || union.Operator != Union || len(references(union.Right, name)) == 0 {
		if found := references(q.Query, name); len(found) > 0 {
			a.fail(found[0], invalidRecursiveReference, "recursive reference not allowed in this context")
		}
		return nil, nil
	}
	if found := references(union.Left, name); len(found) > 0 {
		a.fail(found[0], invalidRecursiveReference, "WITH table name is referenced in the base relation of recursion")
	}
	found := references(union.Right, name)
	if len(found) > 1 {
		a.fail(found[1], invalidRecursiveReference, "multiple recursive references in the step relation of recursion")
	}
	step := union.Right
	for {
		inner, ok := step.(*Query)
		if !ok {
			break
		}
		if inner.Limit != nil {
			a.fail(inner.Limit, invalidLimit, "FETCH FIRST / LIMIT clause in the step relation of recursion")
		} else if inner.Fetch != nil {
			a.fail(inner.Fetch, invalidLimit, "FETCH FIRST / LIMIT clause in the step relation of recursion")
		}
		step = inner.Body
	}
	sel, ok := step.(*Select)
	if !ok || !slices.ContainsFunc(sel.From, func(r TableExpression) bool { return len(references(r, name)) > 0 }) {
		a.fail(found[0], invalidRecursiveReference, "recursive reference outside of FROM clause of the step relation of recursion")
		return nil, nil
	}
	a.checkImmediate(q.Query)
	for _, r := range sel.From {
		a.checkRecursiveFrom(r, name)
	}
	return union, step
}

// checkImmediate refuses the clauses that a recursive query may not have around its UNION.
func (a *analyzer) checkImmediate(q *Query) {
	switch {
	case q.With != nil:
		a.fail(q.With, notSupported, "immediate WITH clause in recursive query is not supported")
	case len(q.OrderBy) > 0:
		a.fail(q.OrderBy[0], notSupported, "immediate ORDER BY clause in recursive query is not supported")
	case q.Offset != nil:
		a.fail(q.Offset, notSupported, "immediate OFFSET clause in recursive query is not supported")
	case q.Limit != nil, q.Fetch != nil:
		a.fail(q, invalidLimit, "immediate FETCH FIRST / LIMIT clause in recursive query is not supported")
	}
}

// checkRecursiveFrom refuses references where a row too many or too few would change what is kept.
func (a *analyzer) checkRecursiveFrom(from TableExpression, name string) {
	refuse := func(side Node, format string, args ...any) {
		if found := references(side, name); len(found) > 0 {
			a.fail(found[0], invalidRecursiveReference, "recursive reference in "+format, args...)
		}
	}
	visitAll(from, func(n Node) bool {
		switch n := n.(type) {
		case *Join:
			if n.Kind == RightJoin || n.Kind == FullJoin {
				refuse(n.Left, "left source of %s join", n.Kind)
			}
			if n.Kind == LeftJoin || n.Kind == FullJoin {
				refuse(n.Right, "right source of %s join", n.Kind)
			}
		case *SetOperation:
			all := n.Quantifier == QuantifierAll
			switch {
			case n.Operator == Intersect && all:
				refuse(n, "INTERSECT ALL")
			case n.Operator == Except && all:
				refuse(n.Left, "left relation of EXCEPT ALL")
				refuse(n.Right, "right relation of EXCEPT ALL")
			case n.Operator == Except:
				refuse(n.Right, "right relation of EXCEPT DISTINCT")
			}
		case *PatternRecognition:
			a.fail(n, "NESTED_ROW_PATTERN_RECOGNITION", "nested row pattern recognition in recursive query")
		}
		return true
	})
}

// references lists the places below n that read the query of a name in lower
// case. A query that defines the name for itself hides it, even before the definition.
func references(n Node, name string) []Node {
	var found []Node
	visitAll(n, func(n Node) bool {
		switch n := n.(type) {
		case *Query:
			return n.With == nil || !slices.ContainsFunc(n.With.Queries, func(q *NamedQuery) bool { return strings.EqualFold(q.Name.Value, name) })
		case *Table:
			if len(n.Name.Parts) == 1 && strings.EqualFold(n.Name.Parts[0].Value, name) {
				found = append(found, n)
			}
		case *TableQuery:
			if len(n.Name.Parts) == 1 && strings.EqualFold(n.Name.Parts[0].Value, name) {
				found = append(found, n)
			}
		}
		return true
	})
	return found
}
