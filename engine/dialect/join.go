package dialect

import (
	"slices"
	"strings"
)

// join analyses a join of two relations.
func (a *analyzer) join(j *Join, outer *scope, before *source) *source {
	if j.Natural {
		a.refuse(j, "NATURAL JOIN, as Athena does not")
	}
	left := a.relation(j.Left, "", outer, before)
	visible := left.joinedBy(j)
	if j.Kind == RightJoin || j.Kind == FullJoin {
		visible = nil // these joins have no lateral references
	}
	right := a.relation(j.Right, "", outer, visible)
	if unnested(j.Right) && !isTrue(j.On) && j.Kind != CrossJoin {
		a.fail(j, notSupported, "%s JOIN involving UNNEST is only supported with condition ON TRUE", j.Kind)
	}
	if _, nested := j.Right.(*Join); nested {
		right.sql = "(" + right.sql + ")"
	}
	if j.Kind == CrossJoin {
		return a.crossJoin(left, right)
	}
	if u, ok := unaliased(j.Right).(*Unnest); ok && j.padsUnnest(u) {
		out, cross := j.outcome(left, right), a.crossJoin(left, right)
		out.sql, out.ordinals = cross.sql, cross.ordinals
		return out
	}
	_, lateral := unaliased(j.Right).(*Lateral)
	if lateral && j.Kind == FullJoin && !isTrue(j.On) {
		a.fail(j, notSupported, "FULL JOIN involving LATERAL relation is only supported with condition ON TRUE")
	}
	if lateral && j.Kind == RightJoin && len(j.Using) > 0 {
		a.refuse(j, "RIGHT JOIN LATERAL with USING")
	}
	if visible == nil && !lateral {
		right.sql = strings.TrimPrefix(right.sql, "LATERAL ")
	}
	if len(j.Using) > 0 {
		return a.joinUsing(j, left, right)
	}
	if lateral && visible == nil {
		return a.lateralJoin(j, left, right, outer)
	}
	s := a.crossJoin(left, right).scope(outer).forClause("JOIN clause")
	if j.Kind != InnerJoin {
		s.lifted = &lifted{left: left, right: right}
	}
	on := a.rowCondition(j.On, s, "JOIN ON clause", "")
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

// padsUnnest reports whether the join keeps the rows of which u gives none: then u
// gives NULLs for them, so that DuckDB need not join, which would lose their order.
func (j *Join) padsUnnest(u *Unnest) bool {
	return j.Kind == LeftJoin && isTrue(j.On) && unaliased(j.Right) == TableExpression(u)
}

// onlyUnnests reports whether FROM reads one relation and unnests its arrays, row
// by row, which DuckDB does in their order.
func onlyUnnests(from []TableExpression) bool {
	for _, r := range from[min(1, len(from)):] {
		if !unnested(r) {
			return false
		}
	}
	if len(from) == 0 {
		return true
	}
	j, ok := from[0].(*Join)
	if !ok {
		return true
	}
	u, ok := unaliased(j.Right).(*Unnest)
	return ok && (j.Kind == CrossJoin || j.padsUnnest(u)) && onlyUnnests([]TableExpression{j.Left})
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

// lateralJoin is RIGHT or FULL JOIN LATERAL, which joins every row on the left
// with the rows of its own query: on the right no row is without a left one. Where
// the condition fails the left side is NULL.
func (a *analyzer) lateralJoin(j *Join, left, right *source, outer *scope) *source {
	if j.Kind == FullJoin {
		out := (&Join{Kind: LeftJoin}).outcome(left, right)
		out.sql = left.sql + " LEFT JOIN " + right.sql + " ON TRUE"
		return out
	}
	all := a.crossJoin(left, right)
	a.wanted = wantTrue
	on := a.condition(j.On, all.scope(outer).forClause("JOIN clause"), "JOIN ON clause")
	out := j.outcome(left, right)
	out.sql = all.sql
	if !isTrue(j.On) {
		for _, f := range out.fields[:len(left.fields)] {
			f.use()
			f.sql, f.column = duckCast("CASE WHEN "+on.sql+" THEN "+f.sql+" END", f.typ), nil
		}
	}
	return out
}

// lifted is the sides of an outer join whose condition is analysed. DuckDB takes
// no queries in such conditions, so their values are computed on the side they
// belong to; none may refer to the columns of the join.
type lifted struct {
	left, right *source
}

// lift moves the value of a query out of the condition of an outer join.
func (a *analyzer) lift(n Node, t term, s *scope) term {
	if s.lifted == nil {
		return t
	}
	side := s.lifted.right
	switch usesLeft, usesRight := s.lifted.left.mentionedIn(t.sql), side.mentionedIn(t.sql); {
	case usesLeft && usesRight:
		return a.refuse(n, "a query in the condition of an outer join that is compared with both of its sides")
	case usesLeft:
		side = s.lifted.left
	}
	alias := duckName(a.freshAlias("lifted"))
	side.sql = "(" + side.sql + " CROSS JOIN LATERAL (SELECT " + t.sql + " AS c0) AS " + alias + ")"
	return term{typ: t.typ, sql: alias + ".c0"}
}

// mentionedIn reports whether a translation reads a field of the source.
func (f *source) mentionedIn(sql string) bool {
	return slices.ContainsFunc(f.fields, func(field *field) bool { return strings.Contains(sql, field.sql) })
}
