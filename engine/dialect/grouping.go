package dialect

import (
	"slices"
	"strings"
)

// calls is what was met in the expressions of one SELECT.
type calls struct {
	aggregates []Expression // without OVER
	windows    int
	outputs    int                   // references of ORDER BY to the names of the SELECT list
	groupings  []*grouped            // the arguments of GROUPING
	named      map[string]Expression // what SELECT gives a name
	onlyUse    *TableUse             // of the table that FROM consists of; nil where there is more, or no table
}

// grouped is an argument of GROUPING.
type grouped struct {
	call   *Grouping
	column *QualifiedName
	sql    string
	field  bool // a field of a row, which is no column
}

func (c *calls) outputReferences() int {
	if c == nil {
		return 0
	}
	return c.outputs
}

// grouping is GROUP BY.
type grouping struct {
	sql   string          // with its leading space; "" without
	terms map[string]bool // the SQL of the grouping expressions
	sets  bool            // several grouping sets
}

// maxGroupingSets is Trino's limit.
const maxGroupingSets = 2048

// groupBy analyses GROUP BY. Its names are those of FROM, never those of the
// SELECT list; a whole number is a position in that list.
func (a *analyzer) groupBy(g *GroupBy, s *selection) *grouping {
	out := &grouping{terms: map[string]bool{}}
	if g == nil {
		return out
	}
	var parts []string
	count, sets := 1, [][]string{{}}
	for _, element := range g.Elements {
		e := a.groupingElement(element, s, out)
		parts = append(parts, e.sql)
		if count *= e.count(); count > maxGroupingSets {
			a.fail(g, tooManyGroupingSets, "GROUP BY has more than %d grouping sets but can contain at most %d", maxGroupingSets, maxGroupingSets)
			return out
		}
		if g.Quantifier == QuantifierDistinct {
			sets = crossed(sets, e.expand())
		}
	}
	if g.Quantifier == QuantifierDistinct {
		parts = []string{distinctSets(sets)}
	}
	out.sql = " GROUP BY " + strings.Join(parts, ", ")
	return out
}

// groupKeys gives the grouping expressions of a SELECT before they are analysed.
func groupKeys(node *Select) map[string]bool {
	if node.GroupBy == nil {
		return nil
	}
	keys := map[string]bool{}
	for _, element := range node.GroupBy.Elements {
		simple, _ := element.(*SimpleGroupBy)
		if simple == nil {
			continue // its columns are no more than names
		}
		for _, e := range simple.Columns {
			if n, ok := e.(*IntegerLiteral); ok && n.Value >= 1 && n.Value <= int64(len(node.Items)) {
				if item, ok := node.Items[n.Value-1].(*SingleColumn); ok {
					e = item.Expr
				}
			}
			keys[groupKey(e)] = true
		}
	}
	return keys
}

// groupKey gives equal texts for expressions that are written alike.
func groupKey(e Expression) string { return strings.ToLower(describe(e)) }

// groupingElement is one element of GROUP BY, analysed.
type groupingElement struct {
	kind GroupingSetsKind
	sets [][]string // the columns of every set, as SQL
	sql  string
}

// groupingElement analyses an element. Several columns in parentheses are a single set.
func (a *analyzer) groupingElement(element GroupingElement, s *selection, out *grouping) *groupingElement {
	e := &groupingElement{kind: Explicit}
	switch element := element.(type) {
	case *SimpleGroupBy:
		columns := make([]string, len(element.Columns))
		for i, column := range element.Columns {
			columns[i] = a.group(column, s, out)
		}
		e.sets, e.sql = [][]string{columns}, strings.Join(columns, ", ")
		if len(columns) == 0 {
			out.sets, e.sql = true, "GROUPING SETS (())"
		}
	case *GroupingSets:
		out.sets, e.kind = true, element.Kind
		for _, set := range element.Sets {
			columns := make([]string, len(set))
			for j, column := range set {
				a.checkGroupingColumn(column)
				columns[j] = a.group(column, s, out)
			}
			e.sets = append(e.sets, columns)
		}
		e.sql = string(element.Kind) + " " + setList(e.sets)
	}
	return e
}

// checkGroupingColumn refuses what is neither a column nor a position: only
// GROUP BY without sets takes expressions.
func (a *analyzer) checkGroupingColumn(e Expression) {
	_, name := dottedName(e)
	_, position := e.(*IntegerLiteral)
	if !name && !position {
		a.fail(e, invalidColumnReference, "GROUP BY expression must be a column reference: %s", describe(e))
	}
}

// setList writes sets in parentheses.
func setList(sets [][]string) string {
	lists := make([]string, len(sets))
	for i, set := range sets {
		lists[i] = "(" + strings.Join(set, ", ") + ")"
	}
	return "(" + strings.Join(lists, ", ") + ")"
}

// count is how many sets the element stands for.
func (e *groupingElement) count() int {
	switch e.kind {
	case Rollup:
		return len(e.sets) + 1
	case Cube:
		return 1 << min(len(e.sets), 30)
	}
	return len(e.sets)
}

// expand lists the sets that the element stands for.
func (e *groupingElement) expand() [][]string {
	switch e.kind {
	case Rollup:
		all := [][]string{{}}
		for i := range e.sets {
			all = append(all, slices.Concat(e.sets[:i+1]...))
		}
		return all
	case Cube:
		all := [][]string{{}}
		for _, set := range e.sets {
			all = append(all, crossed(all, [][]string{set})...)
		}
		return all
	}
	return e.sets
}

// hasRowOf reports whether a column is a field of a grouping expression, or of
// a field of one.
func (g *grouping) hasRowOf(sql string) bool {
	for {
		field, ok := strings.CutPrefix(sql, "struct_extract(")
		if !ok {
			return false
		}
		sql = field[:strings.LastIndex(field, ", '")]
		if g.terms[sql] {
			return true
		}
	}
}

// crossed joins every set of one list with every one of another.
func crossed(left, right [][]string) [][]string {
	var all [][]string
	for _, l := range left {
		for _, r := range right {
			all = append(all, slices.Concat(l, r))
		}
	}
	return all
}

// distinctSets writes the sets of which none has the same columns as one before it.
func distinctSets(sets [][]string) string {
	seen := map[string]bool{}
	var kept [][]string
	for _, set := range sets {
		columns := slices.Clone(set)
		slices.Sort(columns)
		columns = slices.Compact(columns)
		if key := strings.Join(columns, ", "); !seen[key] {
			seen[key] = true
			kept = append(kept, columns)
		}
	}
	return "GROUPING SETS " + setList(kept)
}

// group analyses one grouping expression.
func (a *analyzer) group(e Expression, s *selection, out *grouping) string {
	var t term
	if n, ok := e.(*IntegerLiteral); ok {
		if n.Value < 1 || n.Value > int64(len(s.items)) {
			a.fail(e, invalidColumnReference, "GROUP BY position %d is not in select list", n.Value)
			return "1"
		}
		item := s.items[n.Value-1]
		if item.node != nil && a.hasAggregate(item.node) {
			a.fail(item.node, expressionNotScalar, "GROUP BY clause cannot contain aggregations, window functions or grouping operations: [%s]", describe(item.node))
		}
		item.term.column.mark()
		t = item.term
	} else {
		t = a.expression(e, s.scope.forClause("GROUP BY clause"))
	}
	if !t.typ.isComparable() {
		a.fail(e, typeMismatch, "%s is not comparable, and therefore cannot be used in GROUP BY", t.typ)
	}
	out.terms[t.sql] = true
	if t.value != nil {
		return duckCast(t.sql, t.typ) // DuckDB would take a bare number for a position
	}
	return t.sql
}

// checkGrouped refuses what is neither a grouping expression nor within an aggregate.
func (a *analyzer) checkGrouped(s *selection) {
	for _, item := range s.items {
		if item.node == nil {
			if !s.groups.terms[item.term.sql] {
				a.fail(item.at, expressionNotAggregate, "Column '%s' not in GROUP BY clause", item.name)
			}
			continue
		}
		a.checkGroupedExpression(item.node, s)
	}
	if s.node.Having != nil {
		a.checkGroupedExpression(s.node.Having, s)
	}
	for _, key := range s.query.OrderBy {
		a.checkGroupedExpression(key.Key, s)
	}
	for _, w := range s.node.Windows {
		for _, e := range w.Window.PartitionBy {
			a.checkGroupedExpression(e, s)
		}
		for _, key := range w.Window.OrderBy {
			a.checkGroupedExpression(key.Key, s)
		}
	}
	for _, g := range s.scope.calls.groupings {
		if !s.groups.terms[g.sql] || g.field {
			a.fail(g.call, invalidArgument, "The arguments to GROUPING() must be expressions referenced by the GROUP BY at the associated query level. Mismatch due to %s.", nameText(g.column))
		}
	}
}

func (a *analyzer) checkGroupedExpression(e Expression, s *selection) {
	if !a.isGroupedExpression(e, s) {
		a.failWithHint(e, "add "+describe(e)+" to GROUP BY, or take one of its values: arbitrary("+describe(e)+")", expressionNotAggregate, "'%s' must be an aggregate expression or appear in GROUP BY clause", describe(e))
	}
}

// isGroupedExpression reports whether e has one value for each group.
func (a *analyzer) isGroupedExpression(e Expression, s *selection) bool {
	if t, ok := s.scope.terms[e]; ok && s.groups.terms[t.sql] {
		return true
	}
	switch e := e.(type) {
	case *Identifier, *Dereference:
		return !s.scope.local[e] || s.groups.hasRowOf(s.scope.terms[e].sql)
	case *FunctionCall:
		if e.Over == nil && a.isAggregate(e) {
			return true
		}
	case *ListAgg, *Grouping, *Subquery, *Exists:
		return true
	}
	for _, child := range children(e) {
		if !a.isGroupedExpression(child, s) {
			return false
		}
	}
	return true
}

// hasAggregate reports whether an aggregate, a window function or GROUPING occurs in e.
func (a *analyzer) hasAggregate(e Expression) bool {
	switch e := e.(type) {
	case *FunctionCall:
		if e.Over != nil || a.isAggregate(e) {
			return true
		}
	case *ListAgg, *Grouping:
		return true
	}
	for _, child := range children(e) {
		if a.hasAggregate(child) {
			return true
		}
	}
	return false
}

// forClause returns the scope for a clause in which only scalar expressions may stand.
func (s *scope) forClause(p string) *scope {
	out := s.inside()
	out.scalar = p
	return out
}
