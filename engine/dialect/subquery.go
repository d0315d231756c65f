package dialect

import "strings"

// scalarSubquery analyses a query used as a value: one row of one column, or of
// several, which make a row.
func (a *analyzer) scalarSubquery(e *Subquery, s *scope) term {
	if a.withinLambda(e, s) {
		return nullTerm
	}
	r := a.subquery(e.Query, asValue, e.Query, s).useAll()
	if len(r.columns) == 1 {
		return term{typ: r.columns[0].typ, sql: "(" + r.sql + ")"}
	}
	t := r.row()
	nulls := make([]string, len(t.typ.Args))
	for i, arg := range t.typ.Args {
		nulls[i] = duckName(t.typ.FieldName(i)) + " := " + duckCast("NULL", arg)
	}
	query := "(SELECT " + t.sql + " FROM (" + r.sql + ") AS " + duckName(a.freshAlias("subquery")) + ")"
	return term{typ: t.typ, sql: "COALESCE(" + query + ", struct_pack(" + strings.Join(nulls, ", ") + "))"}
}

// withinLambda refuses, as Trino does, a subquery in the body of a lambda.
func (a *analyzer) withinLambda(n Node, s *scope) bool {
	if s.lambda != nil {
		a.fail(n, notSupported, "Lambda expression cannot contain subqueries")
	}
	return s.lambda != nil
}

// row packs the columns of a query into a row.
func (r *resultSet) row() term {
	names, types, parts := []string{}, []Type{}, []string{}
	for _, c := range r.columns {
		names, types = append(names, strings.ToLower(c.name)), append(types, c.typ)
	}
	t := rowType(names, types)
	for i, c := range r.columns {
		parts = append(parts, duckName(t.FieldName(i))+" := "+duckName(c.physical))
	}
	return term{typ: t, sql: "struct_pack(" + strings.Join(parts, ", ") + ")"}
}

func (a *analyzer) exists(e *Exists, s *scope) term {
	if a.withinLambda(e, s) {
		return nullTerm
	}
	return term{typ: booleanType, sql: "EXISTS (" + a.subquery(e, asExistence, e.Query, s).sql + ")"}
}

// inSubquery analyses value IN (query).
func (a *analyzer) inSubquery(e *InSubquery, s *scope) term {
	value := a.expression(e.Value, s)
	left, right, ok := a.subqueryComparison(e, value, e.Query, asSet, s)
	if !ok {
		return nullTerm
	}
	t := term{typ: booleanType, sql: "(" + left.sql + " IN (" + right.sql() + "))"}
	if left.typ.hasParts() {
		t.sql = right.anyOf(a.compareParts(Equal, left, right.candidate))
	}
	if e.Not {
		return a.not(t)
	}
	return t
}

// quantified analyses value op ALL (query) and its like.
func (a *analyzer) quantified(e *QuantifiedComparison, s *scope) term {
	value := a.expression(e.Value, s)
	all := strings.EqualFold(e.Quantifier, "ALL")
	use := asBounds
	if e.Operator == Equal && !all || e.Operator == NotEqual && all { // IN and NOT IN
		use = asSet
	}
	left, right, ok := a.subqueryComparison(e, value, e.Query, use, s)
	if !ok {
		return nullTerm
	}
	if e.Operator != Equal && e.Operator != NotEqual && !left.typ.isOrderable() {
		return a.fail(e, typeMismatch, "Type [%s] must be orderable in order to be used in quantified comparison", asRow(left.typ))
	}
	if !left.typ.hasParts() && !left.typ.isFloat() {
		quantifier := "ANY"
		if all {
			quantifier = "ALL"
		}
		return term{typ: booleanType, sql: "(" + left.sql + " " + string(e.Operator) + " " + quantifier + " (" + right.sql() + "))"}
	}
	each := a.compareAs(e.Operator, left, right.candidate, left.typ).sql
	if all {
		return term{typ: booleanType, sql: right.allOf(each)}
	}
	return term{typ: booleanType, sql: right.anyOf(each)}
}

// candidates is a query with whose rows a value is compared.
type candidates struct {
	candidate term // a row's value
	from      string
}

// sql writes the query of the values.
func (c *candidates) sql() string {
	sql := "SELECT " + c.candidate.sql + c.from
	if c.candidate.typ.isFloat() { // NaN is equal to nothing in Trino, to itself in DuckDB
		sql += " WHERE isnan(" + c.candidate.sql + ") IS NOT TRUE"
	}
	return sql
}

// anyOf writes whether a comparison is true of any row: NULL where it is NULL of one and true of none.
func (c *candidates) anyOf(comparison string) string {
	return "(SELECT CASE WHEN coalesce(bool_or(e), FALSE) THEN TRUE WHEN count(*) > count(e) THEN NULL ELSE FALSE END FROM (SELECT " + comparison + " AS e" + c.from + "))"
}

// allOf writes whether a comparison is true of all rows: NULL where it is NULL of one and false of none.
func (c *candidates) allOf(comparison string) string {
	return "(SELECT CASE WHEN NOT coalesce(bool_and(e), TRUE) THEN FALSE WHEN count(*) > count(e) THEN NULL ELSE TRUE END FROM (SELECT " + comparison + " AS e" + c.from + "))"
}

// subqueryComparison analyses a query with which a value is compared; both come out in one type.
func (a *analyzer) subqueryComparison(n Node, value term, q *Query, use subqueryUse, s *scope) (left term, right *candidates, ok bool) {
	if a.withinLambda(n, s) {
		return term{}, nil, false
	}
	r := a.subquery(n, use, q, s).useAll()
	if a.err != nil {
		return term{}, nil, false
	}
	alias := a.freshAlias("subquery")
	var candidate term
	if len(r.columns) == 1 && (value.typ.Kind != RowKind || r.columns[0].typ.Kind == RowKind) {
		candidate = term{typ: r.columns[0].typ, sql: duckName(alias) + "." + duckName(r.columns[0].physical)}
	} else {
		candidate = r.row()
	}
	common, ok := commonType(value.typ, candidate.typ)
	if !ok || !common.isComparable() {
		a.fail(n, typeMismatch, "Value expression and result of subquery must be of the same type: %s vs %s", asRow(value.typ), asRow(candidate.typ))
		return term{}, nil, false
	}
	from := " FROM (" + r.sql + ") AS " + duckName(alias)
	return a.coerce(value, common), &candidates{a.coerce(candidate, common), from}, true
}

// asRow is the type as Trino reports it of the sides of a comparison with a query.
func asRow(t Type) Type {
	if t.Kind == RowKind {
		return t
	}
	return rowType([]string{""}, []Type{t})
}
