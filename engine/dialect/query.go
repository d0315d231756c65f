package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// resultSet is the translation of a query: SQL that yields columns under unique names.
type resultSet struct {
	sql     string
	columns []*outputColumn
}

// outputColumn is a column that a query yields.
type outputColumn struct {
	name     string // "" where the statement gives none
	physical string // its name in the SQL
	typ      Type
	column   *columnRef // the table's column that it passes on
	fails    bool       // its evaluation may fail
}

// use notes that the statement needs the column.
func (c *outputColumn) use() { c.column.mark() }

// useAll notes that the statement needs every column, and whatever rows they come in.
func (r *resultSet) useAll() *resultSet {
	for _, c := range r.columns {
		c.use()
		c.column = nil
	}
	return r
}

// namedQuery is a common table expression.
type namedQuery struct {
	name       string // in the SQL
	result     *resultSet
	references int // beyond one, conditions on its rows may not prune
	volatile   bool
}

// query analyses a query whose names may refer to outer, which may be nil.
func (a *analyzer) query(q *Query, outer *scope) *resultSet {
	if len(q.Functions) > 0 {
		a.refuse(q.Functions[0], "WITH FUNCTION")
	}
	s := &scope{parent: outer}
	prefix := a.with(q.With, s)
	var result *resultSet
	if sel, ok := q.Body.(*Select); ok {
		result = a.selectQuery(sel, q, s)
	} else {
		result = a.ordered(q, a.queryBody(q.Body, s), s)
	}
	result.sql = prefix + result.sql
	return result
}

// with analyses common table expressions into s and writes them.
func (a *analyzer) with(w *With, s *scope) string {
	if w == nil {
		return ""
	}
	s.queries = map[string]*namedQuery{}
	var parts []string
	for _, q := range w.Queries {
		name := strings.ToLower(q.Name.Value)
		if s.queries[name] != nil {
			a.fail(q.Name, duplicateNamedQuery, "WITH query name '%s' specified more than once", name)
			break
		}
		if w.Recursive {
			parts = append(parts, a.recursiveQuery(q, name, s)...)
		} else {
			parts = append(parts, a.plainQuery(q, name, s)...)
		}
		if a.err != nil {
			break
		}
	}
	return "WITH " + strings.Join(parts, ", ") + " "
}

// plainQuery analyses a common table expression that does not recurse.
func (a *analyzer) plainQuery(q *NamedQuery, name string, s *scope) []string {
	named, before := &namedQuery{name: a.freshAlias(name)}, a.volatiles
	named.result = a.renamed(a.query(q.Query, s), q.Columns)
	s.queries[name] = named
	as := " AS ("
	if named.volatile = a.volatiles > before; named.volatile {
		as = " AS NOT MATERIALIZED ("
	}
	return []string{duckName(named.name) + as + named.result.sql + ")"}
}

// renamed gives the columns of a common table expression the names of its list.
func (a *analyzer) renamed(r *resultSet, names []*Identifier) *resultSet {
	if len(names) == 0 {
		return r
	}
	if len(names) != len(r.columns) {
		a.fail(names[0], mismatchedColumns, "Column alias list has %d entries but relation has %d columns", len(names), len(r.columns))
		return r
	}
	for i, n := range names {
		if slices.ContainsFunc(names[:i], func(m *Identifier) bool { return strings.EqualFold(m.Value, n.Value) }) {
			a.fail(n, duplicateColumnName, "Column name '%s' specified more than once", n.Value)
		}
	}
	columns := make([]*outputColumn, len(names))
	for i, n := range names {
		c := *r.columns[i]
		c.name = strings.ToLower(n.Value)
		columns[i] = &c
	}
	return &resultSet{sql: r.sql, columns: columns}
}

// queryBody analyses what stands before ORDER BY.
func (a *analyzer) queryBody(body QueryBody, s *scope) *resultSet {
	switch b := body.(type) {
	case *Select:
		return a.selectQuery(b, &Query{Pos: b.Pos, Body: b}, s)
	case *Query:
		return a.query(b, s)
	case *Values:
		return a.values(b, s)
	case *SetOperation:
		return a.setOperation(b, s)
	case *TableQuery:
		star := &Select{Pos: b.Pos, Items: []SelectItem{&AllColumns{Pos: b.Pos}}, From: []TableExpression{&Table{Pos: b.Pos, Name: b.Name}}}
		return a.selectQuery(star, &Query{Pos: b.Pos, Body: star}, s)
	}
	a.refuse(body, "this query")
	return &resultSet{}
}

// values analyses VALUES; its columns have no names.
func (a *analyzer) values(v *Values, s *scope) *resultSet {
	rows := make([][]term, len(v.Rows))
	for i, row := range v.Rows {
		items := []Expression{row}
		if r, ok := row.(*Row); ok {
			items = r.Items
		}
		for _, item := range items {
			rows[i] = append(rows[i], a.expression(item, s.forClause("VALUES")))
		}
		if _, literal := row.(*Row); !literal && rows[i][0].typ.Kind == RowKind {
			rows[i] = spread(rows[i][0])
		}
		if len(rows[i]) != len(rows[0]) {
			a.fail(v, typeMismatch, "Values rows have mismatched sizes: %d vs %d", len(rows[0]), len(rows[i]))
			return &resultSet{}
		}
	}
	types := make([]Type, len(rows[0]))
	for c := range types {
		common, ok := commonOf(columnTypes(rows, c))
		if !ok {
			a.fail(v, typeMismatch, "Values rows have mismatched types: %s vs %s", rowTypes(rows[0]), rowTypes(mismatched(rows, c)))
		}
		types[c] = common
	}
	return a.writeValues(rows, types)
}

// spread returns the fields of a row as the columns they make in VALUES.
func spread(row term) []term {
	fields := make([]term, len(row.typ.Args))
	for i, t := range row.typ.Args {
		fields[i] = term{typ: t, sql: structField(row.sql, row.typ.FieldName(i))}
	}
	return fields
}

func (a *analyzer) writeValues(rows [][]term, types []Type) *resultSet {
	lines := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for c, t := range row {
			cells[c] = duckCast(a.coerce(t, types[c]).sql, types[c])
		}
		lines[i] = "(" + strings.Join(cells, ", ") + ")"
	}
	result := &resultSet{}
	names := make([]string, len(types))
	for c, t := range types {
		physical := fmt.Sprintf("_col%d", c)
		names[c] = duckName(physical)
		result.columns = append(result.columns, &outputColumn{physical: physical, typ: t})
	}
	result.sql = "SELECT * FROM (VALUES " + strings.Join(lines, ", ") + ") AS " + duckName(a.freshAlias("values")) + "(" + strings.Join(names, ", ") + ")"
	return result
}

func columnTypes(rows [][]term, c int) []Type {
	types := make([]Type, len(rows))
	for i, row := range rows {
		types[i] = row[c].typ
	}
	return types
}

// mismatched returns the first row whose column c fits none before it.
func mismatched(rows [][]term, c int) []term {
	for i := range rows {
		if _, ok := commonOf(columnTypes(rows[:i+1], c)); !ok {
			return rows[i]
		}
	}
	return rows[0]
}

// rowTypes prints the types of a row as a row type; those of one column bare.
func rowTypes(row []term) string {
	types := make([]Type, len(row))
	for i, t := range row {
		types[i] = t.typ
	}
	return rowType(make([]string, len(row)), types).String()
}

// maxSetOperations bounds a chain of UNION and its like, which DuckDB plans in quadratic time.
const maxSetOperations = 1000

// setOperation analyses UNION, INTERSECT and EXCEPT.
func (a *analyzer) setOperation(o *SetOperation, s *scope) *resultSet {
	a.unions++
	defer func() { a.unions-- }()
	if a.unions > maxSetOperations {
		a.fail(o, notSupported, "vpcq does not support more than %d set operations in a row", maxSetOperations)
	}
	if a.err != nil {
		return &resultSet{}
	}
	left, right := a.queryBody(o.Left, s).useAll(), a.queryBody(o.Right, s).useAll()
	if len(left.columns) != len(right.columns) {
		a.fail(o, typeMismatch, "%s query has different number of fields: %d, %d", o.Operator, len(left.columns), len(right.columns))
		return left
	}
	result := &resultSet{}
	for i, l := range left.columns {
		common, ok := commonType(l.typ, right.columns[i].typ)
		if !ok {
			a.fail(o, typeMismatch, "column %d in %s query has incompatible types: %s, %s", i+1, o.Operator, l.typ, right.columns[i].typ)
		}
		result.columns = append(result.columns, &outputColumn{name: l.name, physical: l.physical, typ: common, fails: l.fails || right.columns[i].fails})
	}
	operator := string(o.Operator)
	if o.Quantifier == QuantifierAll {
		operator += " ALL"
	}
	result.sql = a.converted(left, result.columns) + " " + operator + " " + a.converted(right, result.columns)
	return result
}

// converted writes one side of a set operation with its columns cast to the common types.
func (a *analyzer) converted(r *resultSet, to []*outputColumn) string {
	same := true
	alias := a.freshAlias("side")
	items := make([]string, len(to))
	for i, c := range r.columns {
		t := term{typ: c.typ, sql: duckName(alias) + "." + duckName(c.physical)}
		same = same && c.typ.Equal(to[i].typ)
		items[i] = duckCast(a.coerce(t, to[i].typ).sql, to[i].typ) + " AS " + duckName(to[i].physical)
	}
	if same {
		return "(" + r.sql + ")"
	}
	return "(SELECT " + strings.Join(items, ", ") + " FROM (" + r.sql + ") AS " + duckName(alias) + ")"
}

// ordered writes ORDER BY, OFFSET and LIMIT around a body that is no SELECT.
func (a *analyzer) ordered(q *Query, r *resultSet, outer *scope) *resultSet {
	if len(q.OrderBy) == 0 && q.Limit == nil && q.Fetch == nil && q.Offset == nil {
		return r
	}
	a.early = a.early || q.takesFirst()
	alias := a.freshAlias("rows")
	s := &scope{parent: outer}
	items := make([]*selectItem, len(r.columns))
	names, physical := make([]string, len(r.columns)), make([]string, len(r.columns))
	for i, c := range r.columns {
		sql := duckName(alias) + "." + duckName(c.physical)
		names[i], physical[i] = sql, c.physical
		items[i] = &selectItem{term: term{typ: c.typ, sql: sql}, name: c.name}
		s.fields = append(s.fields, &field{name: c.name, typ: c.typ, sql: sql, column: c.column})
	}
	r.useAll()
	keys := a.orderBy(q.OrderBy, items, s, nil)
	if q.hasTies() {
		names = append(names, keys.hidden()...)
	}
	r.sql = a.limited(q, "SELECT "+strings.Join(names, ", ")+" FROM ("+r.sql+") AS "+duckName(alias), physical, keys)
	return r
}

func (a *analyzer) rowCount(n *RowCount) int64 {
	if n.Parameter != nil {
		return a.parameterCount(n)
	}
	return n.Count
}

// cutsRows reports whether a query keeps only some of its rows by their number.
func (q *Query) cutsRows() bool { return q.Limit != nil || q.Fetch != nil || q.Offset != nil }
