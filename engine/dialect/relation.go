package dialect

import (
	"slices"
	"strings"
)

// source is what FROM yields: SQL and the fields it offers.
type source struct {
	sql      string
	fields   []*field
	open     []*openRelation
	ordinals []string // the positions of rows that come from UNNEST, as SQL
}

// scope returns the scope in which the source's fields are seen.
func (f *source) scope(outer *scope) *scope {
	return &scope{parent: outer, fields: f.fields, open: f.open, ordinals: f.ordinals}
}

// from analyses the relations of FROM, joined by commas.
func (a *analyzer) from(relations []TableExpression, outer *scope) *source {
	var all *source
	for _, r := range relations {
		if all == nil {
			all = a.relation(r, "", outer, nil)
			continue
		}
		all = a.crossJoin(all, a.relation(r, "", outer, all))
	}
	if all == nil {
		return &source{}
	}
	return all
}

// relation analyses one relation; alias, where it is not "", is the name the
// statement gives it. UNNEST and LATERAL see the fields of left.
func (a *analyzer) relation(r TableExpression, alias string, outer *scope, left *source) *source {
	switch r := r.(type) {
	case *Table:
		return a.table(r, alias, outer)
	case *AliasedRelation:
		return a.aliased(r, outer, left)
	case *Join:
		return a.join(r, outer, left)
	case *TableSubquery:
		return a.derived(a.query(r.Query, outer), "", alias)
	case *Lateral:
		return a.derived(a.query(r.Query, left.lateral(outer)).useAll(), "LATERAL ", alias)
	case *Unnest:
		return a.unnest(r, alias, left.lateral(outer))
	case *SampledRelation:
		a.refuse(r, "TABLESAMPLE")
	case *PatternRecognition:
		a.refuse(r, "MATCH_RECOGNIZE")
	case *JSONTable:
		a.refuse(r, "JSON_TABLE")
	case *TableFunction:
		a.refuse(r, "the table function %s", nameText(r.Name))
	default:
		a.refuse(r, "this relation")
	}
	return &source{}
}

// lateral returns the scope of what stands to the right of f, which may be nil.
func (f *source) lateral(outer *scope) *scope {
	if f == nil {
		return &scope{parent: outer}
	}
	return f.scope(outer)
}

// table analyses a name in FROM: a common table expression or a table of the catalog.
func (a *analyzer) table(t *Table, alias string, outer *scope) *source {
	if t.Period != nil {
		a.refuse(t.Period, "time travel (FOR … AS OF)")
	}
	parts := make([]string, len(t.Name.Parts))
	for i, p := range t.Name.Parts {
		parts[i] = strings.ToLower(p.Value)
	}
	last := parts[len(parts)-1]
	if alias == "" {
		alias = last
	}
	if named := outer.namedQuery(last); named != nil && len(parts) == 1 {
		return a.reference(named, last, alias)
	}
	relation, ok := a.catalog.Relation(parts)
	if !ok {
		a.fail(t, tableNotFound, "Table '%s' does not exist", nameText(t.Name))
		return &source{}
	}
	use := &TableUse{ID: len(a.uses), Relation: relation, used: map[string]bool{}}
	a.uses = append(a.uses, use)
	alias = a.freshAlias(alias)
	f := &source{sql: use.scan() + " AS " + duckName(alias)}
	for _, c := range relation.Columns {
		f.fields = append(f.fields, &field{
			relation: parts, name: c.Name, synonym: relation.Synonyms[c.Name], typ: columnType(c.Type),
			sql:    duckName(alias) + "." + duckName(c.Name),
			column: &columnRef{use: use, name: c.Name, typ: c.Type},
		})
	}
	if relation.Open {
		f.open = []*openRelation{{name: parts, alias: alias, use: use}}
	}
	return f
}

// namedQuery finds a common table expression by its name in lower case.
func (s *scope) namedQuery(name string) *namedQuery {
	for ; s != nil; s = s.parent {
		if q, ok := s.queries[name]; ok {
			return q
		}
	}
	return nil
}

// reference reads a common table expression.
func (a *analyzer) reference(q *namedQuery, name, alias string) *source {
	q.references++
	alias = a.freshAlias(alias)
	f := &source{sql: duckName(q.name) + " AS " + duckName(alias)}
	f.fields = fieldsOf(q.result, alias)
	for _, field := range f.fields {
		field.relation = []string{name}
		if field.column != nil {
			c := *field.column
			c.via = append(slices.Clip(c.via), q)
			field.column = &c
		}
	}
	return f
}

// derived reads a query in FROM.
func (a *analyzer) derived(r *resultSet, prefix, alias string) *source {
	if alias == "" {
		alias = "query"
	}
	alias = a.freshAlias(alias)
	return &source{sql: prefix + "(" + r.sql + ") AS " + duckName(alias), fields: fieldsOf(r, alias)}
}

func fieldsOf(r *resultSet, alias string) []*field {
	fields := make([]*field, len(r.columns))
	for i, c := range r.columns {
		fields[i] = &field{name: c.name, typ: c.typ, sql: duckName(alias) + "." + duckName(c.physical), column: c.column}
	}
	return fields
}

// aliased gives a relation, and perhaps its columns, new names.
func (a *analyzer) aliased(r *AliasedRelation, outer *scope, left *source) *source {
	name := strings.ToLower(r.Alias.Value)
	inner := a.relation(r.Relation, name, outer, left)
	if len(r.Columns) > 0 && len(r.Columns) != len(inner.fields) {
		a.fail(r, mismatchedColumns, "Column alias list has %d entries but '%s' has %d columns available", len(r.Columns), name, len(inner.fields))
		return inner
	}
	out := &source{sql: inner.sql, ordinals: inner.ordinals}
	for i, f := range inner.fields {
		c := *f
		c.relation = []string{name}
		if len(r.Columns) > 0 {
			c.name = strings.ToLower(r.Columns[i].Value)
		}
		out.fields = append(out.fields, &c)
	}
	for _, o := range inner.open {
		c := *o
		c.name = []string{name}
		out.open = append(out.open, &c)
	}
	return out
}

func (a *analyzer) crossJoin(left, right *source) *source {
	return &source{
		sql:      left.sql + " CROSS JOIN " + right.sql,
		fields:   slices.Concat(left.fields, right.fields),
		open:     slices.Concat(left.open, right.open),
		ordinals: slices.Concat(left.ordinals, right.ordinals),
	}
}

// join analyses a join of two relations.
func (a *analyzer) join(j *Join, outer *scope, before *source) *source {
	if j.Natural {
		a.refuse(j, "NATURAL JOIN, as Athena does not")
	}
	left := a.relation(j.Left, "", outer, before)
	visible := left
	if _, lateral := unaliased(j.Right).(*Lateral); lateral && (j.Kind == RightJoin || j.Kind == FullJoin) {
		a.refuse(j, "%s JOIN LATERAL", j.Kind)
	}
	if j.Kind == RightJoin || j.Kind == FullJoin {
		visible = nil // these joins have no lateral references
	}
	right := a.relation(j.Right, "", outer, visible)
	if visible == nil {
		right.sql = strings.TrimPrefix(right.sql, "LATERAL ")
	}
	if unnested(j.Right) && !isTrue(j.On) && j.Kind != CrossJoin {
		a.fail(j, notSupported, "%s JOIN involving UNNEST is only supported with condition ON TRUE", j.Kind)
	}
	if _, nested := j.Right.(*Join); nested {
		right.sql = "(" + right.sql + ")"
	}
	if j.Kind == CrossJoin {
		return a.crossJoin(left, right)
	}
	if len(j.Using) > 0 {
		return a.joinUsing(j, left, right)
	}
	all := a.crossJoin(left, right)
	on := a.condition(j.On, all.scope(outer).forClause("JOIN clause"), "JOIN ON clause")
	a.prune(on.conditions, j.preservesNot(left, right))
	out := j.outcome(left, right)
	out.sql = left.sql + " " + string(j.Kind) + " JOIN " + right.sql + " ON " + on.sql
	return out
}

// unnested reports whether a relation is UNNEST, named or not.
func unnested(r TableExpression) bool {
	_, ok := unaliased(r).(*Unnest)
	return ok
}

// unaliased returns the relation within an alias.
func unaliased(r TableExpression) TableExpression {
	if named, ok := r.(*AliasedRelation); ok {
		return named.Relation
	}
	return r
}

// isTrue reports whether an expression is the literal TRUE.
func isTrue(e Expression) bool {
	literal, ok := e.(*BooleanLiteral)
	return ok && literal.Value
}

// preservesNot returns the table uses from which the join drops the rows that
// its condition fails: those of both sides of an inner join, of the right side of a left join.
func (j *Join) preservesNot(left, right *source) map[*TableUse]bool {
	uses := map[*TableUse]bool{}
	if j.Kind == InnerJoin || j.Kind == RightJoin {
		left.addUses(uses)
	}
	if j.Kind == InnerJoin || j.Kind == LeftJoin {
		right.addUses(uses)
	}
	return uses
}

func (f *source) addUses(uses map[*TableUse]bool) {
	for _, field := range f.fields {
		if field.column != nil && !field.column.fixed {
			uses[field.column.use] = true
		}
	}
	for _, o := range f.open {
		uses[o.use] = true
	}
}

// outcome returns what the join offers. Conditions above it must not prune the
// side that it fills with NULLs.
func (j *Join) outcome(left, right *source) *source {
	l, r := left, right
	if j.Kind == RightJoin || j.Kind == FullJoin {
		l = left.nullable()
	}
	if j.Kind == LeftJoin || j.Kind == FullJoin {
		r = right.nullable()
	}
	return &source{fields: slices.Concat(l.fields, r.fields), open: slices.Concat(l.open, r.open)}
}

// nullable returns the source as the null-supplying side of a join.
func (f *source) nullable() *source {
	out := &source{sql: f.sql}
	for _, old := range f.fields {
		c := *old
		if c.column != nil {
			ref := *c.column
			ref.fixed = true
			c.column = &ref
		}
		out.fields = append(out.fields, &c)
	}
	for _, old := range f.open {
		c := *old
		c.fixed = true
		out.open = append(out.open, &c)
	}
	return out
}

// joinUsing joins by columns of one name. They come first, once, and answer to
// no qualifier; the others follow.
func (a *analyzer) joinUsing(j *Join, left, right *source) *source {
	sides := j.outcome(left, right)
	out := &source{open: sides.open}
	var conditions []string
	joined := map[string]bool{}
	for _, column := range j.Using {
		l, lt := a.usingColumn(column, left, "left")
		r, rt := a.usingColumn(column, right, "right")
		common, ok := commonType(lt.typ, rt.typ)
		if !ok {
			a.fail(column, typeMismatch, "Column '%s' in USING clause: cannot compare %s and %s", column.Value, lt.typ, rt.typ)
		}
		lt, rt = a.coerce(lt, common), a.coerce(rt, common)
		conditions = append(conditions, "("+lt.sql+" = "+rt.sql+")")
		joined[l.sql], joined[r.sql] = true, true
		out.fields = append(out.fields, usingField(j.Kind, column, common, l, r, lt, rt))
	}
	for _, f := range sides.fields {
		if !joined[f.sql] {
			out.fields = append(out.fields, f)
		}
	}
	out.sql = left.sql + " " + string(j.Kind) + " JOIN " + right.sql + " ON " + strings.Join(conditions, " AND ")
	return out
}

func (a *analyzer) usingColumn(column *Identifier, side *source, name string) (*field, term) {
	found := side.scope(nil).find(nil, column.Value)
	switch {
	case len(found) == 0:
		a.fail(column, columnNotFound, "Column '%s' is missing from %s side of join", column.Value, name)
		return &field{}, nullTerm
	case len(found) > 1:
		a.fail(column, ambiguousName, "Column '%s' is ambiguous", column.Value)
	}
	found[0].use()
	return found[0], term{typ: found[0].typ, sql: found[0].sql}
}

// usingField is the one column that a pair of USING columns becomes.
func usingField(kind JoinKind, name *Identifier, t Type, l, r *field, lt, rt term) *field {
	f := &field{name: strings.ToLower(name.Value), typ: t}
	switch kind {
	case InnerJoin, LeftJoin:
		f.sql, f.column = lt.sql, l.column
	case RightJoin:
		f.sql, f.column = rt.sql, r.column
	default:
		f.sql = "COALESCE(" + lt.sql + ", " + rt.sql + ")"
	}
	return f
}

// unnest turns arrays and maps into rows. Several are paired row by row, the
// shorter padded with NULLs; the fields of an array's rows become columns.
func (a *analyzer) unnest(u *Unnest, alias string, s *scope) *source {
	if alias == "" {
		alias = "unnest"
	}
	alias = a.freshAlias(alias)
	w := &unnestWriter{out: &source{}, alias: alias}
	for _, e := range u.Exprs {
		t := a.expression(e, s.forClause("UNNEST"))
		switch t.typ.Kind {
		case ArrayKind:
			w.lengths = append(w.lengths, "len("+t.sql+")")
			w.array(t)
		case MapKind:
			w.lengths = append(w.lengths, "cardinality("+t.sql+")")
			w.add(t.typ.Args[0], "unnest(map_keys("+t.sql+"))", "")
			w.add(t.typ.Args[1], "unnest(map_values("+t.sql+"))", "")
		default:
			a.fail(e, typeMismatch, "Cannot unnest type: %s", t.typ)
		}
	}
	w.add(bigintType, "unnest(range(1, 1 + greatest(0, "+strings.Join(w.lengths, ", ")+")))", "")
	last := len(w.out.fields) - 1
	w.out.ordinals = []string{w.out.fields[last].sql}
	if !u.WithOrdinality {
		w.out.fields = w.out.fields[:last]
	}
	w.out.sql = "LATERAL (SELECT " + strings.Join(w.outer, ", ") + " FROM (SELECT " + strings.Join(w.inner, ", ") + ") AS " + duckName(alias+"_rows") + ") AS " + duckName(alias)
	return w.out
}

// unnestWriter collects the columns of an UNNEST: those of inner unnest, those
// of outer take the fields of rows apart.
type unnestWriter struct {
	out          *source
	alias        string
	inner, outer []string
	lengths      []string
}

func (w *unnestWriter) array(t term) {
	element := t.typ.Args[0]
	sql := "unnest(" + duckCast(t.sql, t.typ) + ")"
	if element.Kind != RowKind {
		w.add(element, sql, "")
		return
	}
	inner := w.addInner(sql)
	for i, arg := range element.Args {
		w.addOuter(arg, structField(inner, element.FieldName(i)), element.Names[i])
	}
}

func (w *unnestWriter) add(t Type, sql, name string) { w.addOuter(t, w.addInner(sql), name) }

func (w *unnestWriter) addInner(sql string) string {
	name := duckName("i" + itoa(len(w.inner)))
	w.inner = append(w.inner, sql+" AS "+name)
	return duckName(w.alias+"_rows") + "." + name
}

func (w *unnestWriter) addOuter(t Type, sql, name string) {
	physical := duckName("c" + itoa(len(w.outer)))
	w.outer = append(w.outer, sql+" AS "+physical)
	w.out.fields = append(w.out.fields, &field{name: strings.ToLower(name), typ: t, sql: duckName(w.alias) + "." + physical})
}

// nameText prints a qualified name as written.
func nameText(n *QualifiedName) string {
	parts := make([]string, len(n.Parts))
	for i, p := range n.Parts {
		parts[i] = p.Value
	}
	return strings.Join(parts, ".")
}
