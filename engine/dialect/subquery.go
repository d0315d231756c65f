package dialect

import "strings"

// scalarSubquery analyses a query used as a value: one row of one column, or of
// several, which make a row.
func (a *analyzer) scalarSubquery(e *Subquery, s *scope) term {
	r := a.query(e.Query, s).useAll()
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
	return term{typ: booleanType, sql: "EXISTS (" + a.query(e.Query, s).sql + ")"}
}

// inSubquery analyses value IN (query).
func (a *analyzer) inSubquery(e *InSubquery, s *scope) term {
	value := a.expression(e.Value, s)
	left, right, ok := a.subqueryComparison(e, value, e.Query, s)
	if !ok {
		return nullTerm
	}
	t := term{typ: booleanType, sql: "(" + left + " IN (" + right + "))"}
	if e.Not {
		return a.not(t)
	}
	return t
}

// quantified analyses value op ALL (query) and its like.
func (a *analyzer) quantified(e *QuantifiedComparison, s *scope) term {
	value := a.expression(e.Value, s)
	left, right, ok := a.subqueryComparison(e, value, e.Query, s)
	if !ok {
		return nullTerm
	}
	quantifier := strings.ToUpper(e.Quantifier)
	if quantifier == "SOME" {
		quantifier = "ANY"
	}
	return term{typ: booleanType, sql: "(" + left + " " + string(e.Operator) + " " + quantifier + " (" + right + "))"}
}

// subqueryComparison writes a value and the query it is compared with, both of one type.
func (a *analyzer) subqueryComparison(n Node, value term, q *Query, s *scope) (left, right string, ok bool) {
	r := a.query(q, s).useAll()
	if a.err != nil {
		return "", "", false
	}
	alias := a.freshAlias("subquery")
	var candidate term
	if len(r.columns) == 1 && value.typ.Kind != RowKind {
		candidate = term{typ: r.columns[0].typ, sql: duckName(alias) + "." + duckName(r.columns[0].physical)}
	} else {
		candidate = r.row()
	}
	common, ok := commonType(value.typ, candidate.typ)
	if !ok || !common.isComparable() {
		a.fail(n, typeMismatch, "Value expression and result of subquery must be of the same type: %s vs %s", asRow(value.typ), asRow(candidate.typ))
		return "", "", false
	}
	query := "SELECT " + a.coerce(candidate, common).sql + " FROM (" + r.sql + ") AS " + duckName(alias)
	return a.coerce(value, common).sql, query, true
}

// asRow is the type as Trino reports it of the sides of a comparison with a query.
func asRow(t Type) Type {
	if t.Kind == RowKind {
		return t
	}
	return rowType([]string{""}, []Type{t})
}
