package dialect

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// source is what FROM yields: SQL and the fields it offers.
type source struct {
	sql      string
	fields   []*field
	open     []*openRelation
	ordinals []string // the positions of rows that come from UNNEST, as SQL
	join     *Join    // of which it is the left side, for what it is joined to; nil in a cross join
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
		return a.derived(a.lateral(r, outer, left).useAll(), "LATERAL ", alias)
	case *Unnest:
		return a.unnest(r, alias, outer, left, 0)
	case *SampledRelation:
		return a.sampled(r, alias, outer, left)
	case *PatternRecognition:
		return a.patternRecognition(r, outer, left)
	case *JSONTable:
		a.refuse(r, "JSON_TABLE")
	case *TableFunction:
		a.refuse(r, "the table function %s", nameText(r.Name))
	default:
		a.refuse(r, "this relation")
	}
	return &source{}
}

// joinedBy returns the source as the left side of a join.
func (f *source) joinedBy(j *Join) *source {
	side := *f
	side.join = j
	return &side
}

// lateral analyses the query of LATERAL.
func (a *analyzer) lateral(l *Lateral, outer *scope, left *source) *resultSet {
	use := asRows
	if left != nil && left.join != nil && left.join.Kind == LeftJoin {
		use = asRowsOrNull
	}
	return a.subquery(l.Query, use, l.Query, left.lateral(outer))
}

// lateral returns the scope of what stands to the right of f, which may be nil.
func (f *source) lateral(outer *scope) *scope {
	if f == nil {
		return &scope{parent: outer}
	}
	s := f.scope(outer)
	s.beside = true
	return s
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
		a.fail(t, tableNotFound, "Table '%s' does not exist", a.session.fullName(parts))
		return &source{}
	}
	if relation.Query != nil {
		return a.expanded(t, relation, parts, alias)
	}
	use := &TableUse{ID: len(a.uses), Relation: relation, used: map[string]bool{}}
	a.uses = append(a.uses, use)
	alias = a.freshAlias(alias)
	f := &source{sql: use.placeholder() + " AS " + duckName(alias)}
	for _, c := range relation.Columns {
		f.fields = append(f.fields, a.columnField(c, use, parts, alias))
	}
	for _, c := range relation.Hidden {
		hidden := a.columnField(c, use, parts, alias)
		hidden.hidden = true
		f.fields = append(f.fields, hidden)
	}
	if relation.Open {
		f.open = []*openRelation{{name: parts, alias: alias, use: use}}
	}
	return f
}

// columnField is a column of a use of a table.
func (a *analyzer) columnField(c schema.Column, use *TableUse, relation []string, alias string) *field {
	f := &field{
		relation: relation, name: c.Name, synonym: use.Relation.Synonyms[c.Name], typ: ColumnType(c),
		sql:    duckName(alias) + "." + duckName(c.Name),
		column: &columnRef{use: use, name: c.Name, typ: c.Type},
	}
	if c == FileModifiedTime {
		f.typ = timestampTZType(3, utcZone)
	}
	yielded := duckName(c.Name)
	value, ok := a.readColumn(yielded, f.typ)
	if use.Relation.TextDates[c.Name] {
		value = "vpcq_hive_date(" + yielded + ")"
	}
	if !ok {
		f.unread = c.DDLType()
	}
	if value != yielded {
		use.made = append(use.made, madeColumn{c.Name, value})
		f.column.changed = true
	}
	return f
}

// expanded reads a relation that stands for a query, in a scope of its own: the
// names of the statement around it are not seen there.
func (a *analyzer) expanded(t *Table, relation *Relation, parts []string, alias string) *source {
	if slices.Contains(a.views, relation.Name) {
		a.fail(t, viewIsRecursive, "View is recursive: %s", relation.Name)
		return &source{}
	}
	a.views = append(a.views, relation.Name)
	defer func() { a.views = a.views[:len(a.views)-1] }()
	catalog, parameters := a.catalog, a.session.Parameters
	if relation.Catalog != nil {
		a.catalog = relation.Catalog
	}
	a.session.Parameters = nil
	failed := a.err != nil
	result := a.query(relation.Query, nil)
	a.catalog, a.session.Parameters = catalog, parameters
	if a.err != nil {
		if !failed {
			a.blameView(t, relation)
		}
		return &source{}
	}
	if len(relation.Columns) > 0 && len(relation.Columns) != len(result.columns) {
		a.fail(t, viewIsStale, "View '%s' is stale or in invalid state: stored view column count (%d) does not match column count derived from the view query analysis (%d)", relation.Name, len(relation.Columns), len(result.columns))
		return &source{}
	}
	f := a.derived(result, "", alias)
	for i, field := range f.fields {
		field.relation = parts
		if len(relation.Columns) > 0 {
			field.name = relation.Columns[i].Name
		}
	}
	return f
}

// blameView words a fault within a view as one of the name that stands for it:
// its own place lies in another text (Trino's StatementAnalyzer).
func (a *analyzer) blameView(t *Table, relation *Relation) {
	var inner *Error
	if !errors.As(a.err, &inner) {
		return
	}
	hint := inner.Hint
	a.err = nil
	a.failWithHint(t, hint, invalidView, "Failed analyzing stored view '%s': line %d:%d: %s", relation.Name, inner.Line, inner.Column, inner.Message)
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
	if q.volatile {
		a.noteVolatile()
	}
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
		fields[i] = &field{name: c.name, typ: c.typ, sql: duckName(alias) + "." + duckName(c.physical), column: c.column, fails: c.fails}
	}
	return fields
}

// aliased gives a relation, and perhaps its columns, new names.
func (a *analyzer) aliased(r *AliasedRelation, outer *scope, left *source) *source {
	name := strings.ToLower(r.Alias.Value)
	var inner *source
	if u, ok := r.Relation.(*Unnest); ok {
		inner = a.unnest(u, name, outer, left, len(r.Columns))
	} else {
		inner = a.aliasedRelation(r, name, outer, left)
	}
	if len(r.Columns) > 0 { // hidden columns cannot be seen through a list of names
		inner.fields = visible(inner.fields)
	}
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

// aliasedRelation analyses what gets new names. Trino makes a column of each
// field of VALUES (ROW(1, 2)), whose parentheses are nothing to it; one name for
// several columns is a fault there, so one name asks for the rows themselves.
func (a *analyzer) aliasedRelation(r *AliasedRelation, name string, outer *scope, left *source) *source {
	uses := len(a.uses)
	inner := a.relation(r.Relation, name, outer, left)
	sub, ok := r.Relation.(*TableSubquery)
	if !ok || len(r.Columns) != 1 || len(inner.fields) < 2 || a.err != nil {
		return inner
	}
	v, ok := sub.Query.Body.(*Values)
	if !ok || !v.Parenthesized {
		return inner
	}
	whole, query, subquery := *v, *sub.Query, *sub
	whole.Rows = make([]Expression, len(v.Rows))
	for i, row := range v.Rows {
		whole.Rows[i] = &Row{Pos: v.Pos, Items: []Expression{row}}
	}
	query.Body, subquery.Query = &whole, &query
	a.uses = a.uses[:uses]
	return a.relation(&subquery, name, outer, left)
}

func (a *analyzer) crossJoin(left, right *source) *source {
	return &source{
		sql:      left.sql + " CROSS JOIN " + right.sql,
		fields:   slices.Concat(left.fields, right.fields),
		open:     slices.Concat(left.open, right.open),
		ordinals: slices.Concat(left.ordinals, right.ordinals),
	}
}

// visible leaves the hidden fields out.
func visible(fields []*field) []*field {
	return slices.DeleteFunc(slices.Clone(fields), func(f *field) bool { return f.hidden })
}

// fullName prints the name of a table, whose parts are in lower case, with its
// catalog and database, as Athena does in its messages.
func (s *Session) fullName(parts []string) string {
	full := []string{"awsdatacatalog", cmp.Or(s.Database, "default")}
	return strings.Join(append(full[:max(0, 3-len(parts))], parts...), ".")
}

// nameText prints a qualified name as written.
func nameText(n *QualifiedName) string {
	parts := make([]string, len(n.Parts))
	for i, p := range n.Parts {
		parts[i] = p.Value
	}
	return strings.Join(parts, ".")
}
