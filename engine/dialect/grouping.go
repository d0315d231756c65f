package dialect

import (
	"strings"
)

// calls is what was met in the expressions of one SELECT.
type calls struct {
	aggregates []Expression // without OVER
	windows    int
}

// grouping is GROUP BY.
type grouping struct {
	sql   string          // with its leading space; "" without
	terms map[string]bool // the SQL of the grouping expressions
	sets  bool            // several grouping sets
}

// groupBy analyses GROUP BY. Its names are those of FROM, never those of the
// SELECT list; a whole number is a position in that list.
func (a *analyzer) groupBy(g *GroupBy, s *selection) *grouping {
	out := &grouping{terms: map[string]bool{}}
	if g == nil {
		return out
	}
	if g.Quantifier == QuantifierDistinct {
		a.refuse(g, "GROUP BY DISTINCT")
	}
	var parts []string
	for _, element := range g.Elements {
		switch e := element.(type) {
		case *SimpleGroupBy:
			parts = append(parts, a.simpleGroups(e, s, out))
		case *GroupingSets:
			out.sets = true
			parts = append(parts, a.groupingSets(e, s, out))
		}
	}
	out.sql = " GROUP BY " + strings.Join(parts, ", ")
	return out
}

func (a *analyzer) simpleGroups(e *SimpleGroupBy, s *selection, out *grouping) string {
	if len(e.Columns) == 0 {
		out.sets = true
		return "GROUPING SETS (())"
	}
	columns := make([]string, len(e.Columns))
	for i, column := range e.Columns {
		columns[i] = a.group(column, s, out)
	}
	return strings.Join(columns, ", ")
}

func (a *analyzer) groupingSets(e *GroupingSets, s *selection, out *grouping) string {
	sets := make([]string, len(e.Sets))
	for i, set := range e.Sets {
		columns := make([]string, len(set))
		for j, column := range set {
			if _, ok := dottedName(column); !ok {
				if _, ok := column.(*IntegerLiteral); !ok {
					a.fail(column, invalidColumnReference, "GROUP BY expression must be a column reference: %s", describe(column))
				}
			}
			columns[j] = a.group(column, s, out)
		}
		sets[i] = "(" + strings.Join(columns, ", ") + ")"
	}
	return string(e.Kind) + " (" + strings.Join(sets, ", ") + ")"
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
}

func (a *analyzer) checkGroupedExpression(e Expression, s *selection) {
	if !a.isGroupedExpression(e, s) {
		a.fail(e, expressionNotAggregate, "'%s' must be an aggregate expression or appear in GROUP BY clause", describe(e))
	}
}

// isGroupedExpression reports whether e has one value for each group.
func (a *analyzer) isGroupedExpression(e Expression, s *selection) bool {
	if t, ok := s.scope.terms[e]; ok && s.groups.terms[t.sql] {
		return true
	}
	switch e := e.(type) {
	case *Identifier, *Dereference:
		return !s.scope.local[e]
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
