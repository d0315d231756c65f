package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// selectItem is an item of a SELECT list, * already expanded.
type selectItem struct {
	term  term
	name  string     // "" where the statement gives none
	node  Expression // nil for a column of *
	fails bool       // its evaluation may fail
	at    Node       // where to report it
}

// selection is a SELECT in the course of its analysis.
type selection struct {
	node     *Select
	query    *Query
	from     *source
	scope    *scope
	items    []*selectItem
	groups   *grouping
	where    string
	having   string
	order    ordering
	distinct bool
}

// selectQuery analyses a SELECT together with the ORDER BY and LIMIT of its query.
func (a *analyzer) selectQuery(node *Select, q *Query, outer *scope) *resultSet {
	s := &selection{node: node, query: q, distinct: node.Quantifier == QuantifierDistinct}
	a.selections[node] = s
	before := len(a.uses)
	s.from = a.from(node.From, outer)
	s.scope = s.from.scope(outer)
	s.scope.streams = node.Where == nil && onlyUnnests(node.From)
	s.scope.calls, s.scope.terms, s.scope.local = &calls{named: namedItems(node), onlyUse: a.onlyUse(node.From, s.from, before)}, map[Expression]term{}, map[Expression]bool{}
	s.scope.keys = groupKeys(node)
	a.windows(node.Windows, s.scope)
	if node.Where != nil {
		t := a.rowCondition(node.Where, s.scope.forClause("WHERE clause"), "WHERE clause", fenceOfRows)
		uses := map[*TableUse]bool{}
		s.from.addUses(uses)
		a.prune(t.conditions, uses)
		s.where = " WHERE " + t.sql
	}
	for _, item := range node.Items {
		a.selectItem(item, s)
	}
	s.groups = a.groupBy(node.GroupBy, s)
	if node.Having != nil {
		s.having = " HAVING " + a.rowCondition(node.Having, s.scope, "HAVING clause", fenceOfGroups).sql
	}
	var distinct Node
	if s.distinct {
		distinct = s.node
	}
	s.order = a.orderBy(q.OrderBy, s.items, s.orderScope(), distinct)
	if g := s.scope.calls.groupings; len(g) > 0 && node.GroupBy == nil {
		a.fail(g[0].call, missingGroupBy, "A GROUPING() operation can only be used with a corresponding GROUPING SET/CUBE/ROLLUP/GROUP BY clause")
	}
	if s.isGrouped() {
		a.checkGrouped(s)
	}
	return a.writeSelect(s)
}

// isGrouped reports whether the rows of the result are groups.
func (s *selection) isGrouped() bool {
	return s.node.GroupBy != nil || s.node.Having != nil || len(s.scope.calls.aggregates) > 0
}

// orderScope is the scope of ORDER BY: the names of the output go before those of FROM.
func (s *selection) orderScope() *scope {
	o := s.scope.inside()
	for _, item := range s.items {
		if item.name != "" {
			o.outputs = append(o.outputs, &field{name: strings.ToLower(item.name), typ: item.term.typ, sql: item.term.sql, column: item.term.column})
		}
	}
	return o
}

// condition analyses an expression that must be boolean.
func (a *analyzer) condition(e Expression, s *scope, where string) term {
	t := a.expression(e, s)
	if t.typ.Kind != BooleanKind && t.typ.Kind != UnknownKind {
		a.fail(e, typeMismatch, "%s must evaluate to a boolean: actual type %s", where, t.typ)
	}
	return a.coerce(t, booleanType)
}

// selectItem analyses one item of the SELECT list.
func (a *analyzer) selectItem(item SelectItem, s *selection) {
	switch item := item.(type) {
	case *AllColumns:
		a.allColumns(item, s)
	case *SingleColumn:
		// A column that is only passed on is read if the query around reads it.
		_, plain := item.Expr.(*Identifier)
		dotted := false
		if e, ok := item.Expr.(*Dereference); ok {
			_, dotted = dottedName(e)
		}
		lazy := s.scope.inside()
		lazy.lazy = (plain || dotted) && !s.distinct
		value, seen := a.observed(func() term { return a.expression(item.Expr, lazy) })
		out := &selectItem{term: value, node: item.Expr, at: item.Expr, fails: seen.fails}
		if !lazy.lazy {
			out.term.column.mark()
		}
		out.name = itemName(item)
		if s.distinct && !out.term.typ.isComparable() {
			a.fail(item.Expr, typeMismatch, "DISTINCT can only be applied to comparable types (actual: %s)", out.term.typ)
		}
		s.items = append(s.items, out)
	}
}

// itemName is the name that Trino gives an item: its alias, or that of the
// column or field it is, in the case in which the statement types it.
func itemName(item *SingleColumn) string {
	if item.Alias != nil {
		return item.Alias.Value
	}
	switch e := item.Expr.(type) {
	case *Identifier:
		return e.Value
	case *Dereference:
		return e.Field.Value
	}
	return ""
}

// allColumns expands * and label.*.
func (a *analyzer) allColumns(all *AllColumns, s *selection) {
	fields := visible(s.from.fields)
	if all.Target != nil {
		var ok bool
		if fields, ok = a.targetFields(all, s); !ok {
			return
		}
	}
	for _, o := range s.from.open {
		if all.Target == nil || len(fields) == 0 {
			o.use.star = true
		}
	}
	if len(fields) == 0 && len(s.from.open) == 0 {
		a.fail(all, columnNameNotSpecified, "SELECT * not allowed from relation that has no columns")
	}
	if all.Aliases != nil && len(all.Aliases) != len(fields) {
		a.fail(all, mismatchedColumns, "Column alias list has %d entries but relation has %d columns", len(all.Aliases), len(fields))
		return
	}
	node := all.rowTarget(s)
	for i, f := range fields {
		a.mustRead(all, f)
		if s.distinct {
			f.use()
		}
		name := f.name
		if all.Aliases != nil {
			name = all.Aliases[i].Value
		}
		s.items = append(s.items, &selectItem{term: term{typ: f.typ, sql: f.sql, column: f.column}, name: name, node: node, at: all, fails: f.fails})
	}
}

// rowTarget is the expression before ".*" where it is a row, whose fields depend on what it depends on.
func (all *AllColumns) rowTarget(s *selection) Expression {
	if _, analysed := s.scope.terms[all.Target]; all.Target != nil && analysed {
		return all.Target
	}
	return nil
}

// targetFields returns the fields of the relation, or of the row, before ".*".
func (a *analyzer) targetFields(all *AllColumns, s *selection) ([]*field, bool) {
	if qualifier, ok := dottedName(all.Target); ok {
		for at := s.scope; at != nil; at = at.parent {
			var found []*field
			for _, f := range at.fields {
				if f.matches(lowered(qualifier)) && !f.hidden {
					found = append(found, f)
				}
			}
			if at != s.scope && slices.ContainsFunc(found, func(f *field) bool { return f.name == "" }) {
				a.fail(all, notSupported, "SELECT * from outer scope table not supported with anonymous columns")
			}
			if len(found) > 0 || at.hasOpen(lowered(qualifier)) {
				return found, true
			}
		}
		if len(s.scope.find(lowered(qualifier[:len(qualifier)-1]), qualifier[len(qualifier)-1])) == 0 {
			a.fail(all, tableNotFound, "Unable to resolve reference %s", strings.Join(qualifier, "."))
			return nil, false
		}
	}
	t := a.expression(all.Target, s.scope)
	if t.typ.Kind != RowKind {
		a.fail(all.Target, typeMismatch, "Expression %s is not of type ROW", describe(all.Target))
		return nil, false
	}
	fields := make([]*field, len(t.typ.Args))
	for i, arg := range t.typ.Args {
		fields[i] = &field{name: t.typ.Names[i], typ: arg, sql: structField(t.sql, t.typ.FieldName(i))}
	}
	return fields, true
}

func (s *scope) hasOpen(qualifier []string) bool {
	for _, o := range s.open {
		if (&field{relation: o.name}).matches(qualifier) {
			return true
		}
	}
	return false
}

// dottedName returns the parts of a name that is written a.b.c.
func dottedName(e Expression) ([]string, bool) {
	switch e := e.(type) {
	case *Identifier:
		return []string{e.Value}, true
	case *Dereference:
		parts, ok := dottedName(e.Base)
		return append(parts, e.Field.Value), ok
	}
	return nil, false
}

// writeSelect writes the SELECT and says what it yields.
func (a *analyzer) writeSelect(s *selection) *resultSet {
	a.early = a.early || s.endsEarly()
	result := &resultSet{}
	names := uniqueNames(s.items)
	items := make([]string, len(s.items))
	for i, item := range s.items {
		items[i] = castItem(item.term) + " AS " + duckName(names[i])
		result.columns = append(result.columns, &outputColumn{
			name: item.name, physical: names[i], typ: item.term.typ, column: s.passedOn(item), fails: item.fails,
		})
	}
	var b strings.Builder
	b.WriteString("SELECT ")
	if s.distinct {
		b.WriteString("DISTINCT ")
	}
	if s.query.hasTies() {
		items = append(items, s.order.hidden()...)
	}
	b.WriteString(strings.Join(items, ", "))
	if s.from.sql != "" {
		b.WriteString(" FROM " + s.from.sql)
	}
	b.WriteString(s.where + s.groups.sql + s.having)
	result.sql = a.limited(s.query, b.String(), names, s.order)
	s.noteTallies(result.sql)
	if len(s.items) == 0 { // an open relation's *: there is nothing to write yet
		result.sql = "SELECT NULL"
	}
	return result
}

// castItem fixes the physical type of an item that is no plain column.
func castItem(t term) string {
	if t.column != nil && strings.HasPrefix(t.sql, `"`) {
		return t.sql
	}
	return duckCast(t.sql, t.typ)
}

// passedOn returns the table's column that an item is, with whether conditions
// on it from above may prune: not where a row's fate hangs on the others'.
func (s *selection) passedOn(item *selectItem) *columnRef {
	c := item.term.column
	if c == nil {
		return nil
	}
	grouped := s.isGrouped() && (s.groups.sets || s.node.GroupBy == nil)
	if grouped || s.query.cutsRows() || s.scope.calls.windows > 0 {
		ref := *c
		ref.fixed = true
		return &ref
	}
	return c
}

// uniqueNames gives every item a name that no other has, upper and lower case alike.
func uniqueNames(items []*selectItem) []string {
	taken := map[string]bool{}
	names := make([]string, len(items))
	for i, item := range items {
		name := item.name
		if name == "" {
			name = fmt.Sprintf("_col%d", i)
		}
		names[i] = name
		for n := 2; taken[strings.ToLower(names[i])]; n++ {
			names[i] = fmt.Sprintf("%s_%d", name, n)
		}
		taken[strings.ToLower(names[i])] = true
	}
	return names
}
