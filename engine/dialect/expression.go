package dialect

import (
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// maxNesting is how deep expressions may nest. DuckDB's own limit is 1000, and one
// level here becomes more than one there.
const maxNesting = 300

// maxSQL bounds the translation of one expression, in bytes: some translations
// write an argument twice, which doubles at every level.
const maxSQL = 4 << 20

// expression analyses e, whose names mean what s says.
func (a *analyzer) expression(e Expression, s *scope) term {
	a.depth++
	defer func() { a.depth-- }()
	if a.depth > maxNesting {
		return a.fail(e, notSupported, "vpcq does not support expressions nested more than %d deep", maxNesting)
	}
	if a.err != nil {
		return nullTerm
	}
	want := a.wanted
	a.wanted = wantAny
	if a.trying > 0 {
		return a.tried(e, s, want)
	}
	return a.analysed(e, s, want)
}

// analysed analyses an expression and notes its term.
func (a *analyzer) analysed(e Expression, s *scope, want wanted) term {
	t := a.dispatch(e, s, want)
	if len(t.sql) > maxSQL {
		return a.fail(e, notSupported, "vpcq does not support an expression this large: its translation has more than %d bytes", maxSQL)
	}
	if s.terms != nil {
		s.terms[e] = t
	}
	return t
}

// dispatch analyses an expression by its kind.
func (a *analyzer) dispatch(e Expression, s *scope, want wanted) term {
	if t, ok := a.literal(e); ok {
		return t
	}
	switch e := e.(type) {
	case *Identifier:
		return a.resolve(e, []string{e.Value}, s)
	case *Dereference:
		return a.dereference(e, s)
	case *Unary:
		return a.unary(e, s)
	case *Binary:
		return a.binary(e, s)
	case *FunctionCall:
		return a.call(e, s)
	case *Cast:
		return a.explicitCast(e, s)
	case *Case:
		return a.caseExpression(e, s)
	case *Subscript:
		return a.subscript(e, s)
	case *Array:
		return a.array(e, s)
	case *Row:
		return a.row(e, s)
	case *Extract:
		return a.extract(e, s)
	case *AtTimeZone:
		return a.callNamed(e, "at_timezone", []Expression{e.Value, e.Zone}, s)
	case *Trim:
		return a.trim(e, s)
	case *Lambda:
		return a.fail(e, typeMismatch, "Lambda expression should always be used inside a function")
	}
	return a.dispatchPredicate(e, s, want)
}

// dispatchPredicate analyses the expressions that are boolean, and the rest.
func (a *analyzer) dispatchPredicate(e Expression, s *scope, want wanted) term {
	switch e := e.(type) {
	case *Comparison:
		left, right := a.expression(e.Left, s), a.expression(e.Right, s)
		return a.compare(e, e.Operator, left, right)
	case *DistinctFrom:
		return a.distinctFrom(e, s)
	case *Logical:
		return a.logical(e, s, want)
	case *Not:
		a.wanted = want.belowNot()
		return a.not(a.boolean(e.Expr, s, "Value of logical NOT expression"))
	case *Between:
		return a.between(e, s)
	case *InList:
		return a.inList(e, s)
	case *Like:
		return a.like(e, s)
	case *IsNull:
		return a.isNull(e, s)
	case *InSubquery:
		return a.lift(e, a.inSubquery(e, s), s)
	case *Exists:
		return a.lift(e, a.exists(e, s), s)
	case *Subquery:
		return a.lift(e, a.scalarSubquery(e, s), s)
	case *QuantifiedComparison:
		return a.lift(e, a.quantified(e, s), s)
	case *ListAgg:
		return a.listAgg(e, s)
	case *Grouping:
		return a.grouping(e, s)
	case *Normalize:
		return a.normalize(e, s)
	case *Parameter:
		return a.parameter(e)
	case *Measure:
		return a.refuse(e, "row pattern measures")
	}
	return a.jsonFunction(e, s)
}

// dereference analyses a.b: a column of a relation, or a field of a row.
func (a *analyzer) dereference(e *Dereference, s *scope) term {
	if parts, ok := dottedName(e); ok {
		return a.resolve(e, parts, s)
	}
	return a.rowFields(e, a.expression(e.Base, s), []string{e.Field.Value})
}

// boolean analyses an operand that must be boolean.
func (a *analyzer) boolean(e Expression, s *scope, what string) term {
	t := a.expression(e, s)
	if t.typ.Kind != BooleanKind && t.typ.Kind != UnknownKind {
		return a.fail(e, typeMismatch, "%s must evaluate to a boolean (actual: %s)", what, t.typ)
	}
	return a.coerce(t, booleanType)
}

func (a *analyzer) not(t term) term {
	return term{typ: booleanType, sql: "(NOT " + t.sql + ")", conditions: negatedConditions(t.conditions)}
}

func (a *analyzer) isNull(e *IsNull, s *scope) term {
	value := a.expression(e.Value, s)
	t := term{typ: booleanType, sql: "(" + value.sql + " IS NULL)", conditions: nullConditions(value)}
	if e.Not {
		return a.not(t)
	}
	return t
}

func (a *analyzer) between(e *Between, s *scope) term {
	value, own := a.observed(func() term { return a.expression(e.Value, s) })
	low := a.expression(e.Min, s)
	high, seen := a.observed(func() term { return a.expression(e.Max, s) })
	common, ok := commonOf([]Type{value.typ, low.typ, high.typ})
	if !ok || !common.isOrderable() {
		return a.failWithHint(e, comparisonHint(value, low), typeMismatch, "Cannot check if %s is BETWEEN %s and %s", value.typ, low.typ, high.typ)
	}
	t := a.once(value, own, low.sql+high.sql, func(value term) term {
		from := a.compareAs(GreaterOrEqual, value, low, common)
		to := a.compareAs(LessOrEqual, value, high, common)
		both := shortCircuit([]operand{{term: from}, {term: to, effects: seen}}, false, wantAny)
		return term{typ: booleanType, sql: both, conditions: combined(schema.And, []term{from, to})}
	})
	if e.Not {
		return a.not(t)
	}
	return t
}

func castHint(t Type) string {
	return "write CAST(… AS varchar): Athena does not turn " + t.String() + " into text by itself"
}

func (a *analyzer) distinctFrom(e *DistinctFrom, s *scope) term {
	left, right := a.expression(e.Left, s), a.expression(e.Right, s)
	common, ok := commonType(left.typ, right.typ)
	if !ok || !common.isComparable() {
		return a.failWithHint(e, comparisonHint(left, right), typeMismatch, "Cannot apply operator: %s IS DISTINCT FROM %s", left.typ, right.typ)
	}
	word := " IS DISTINCT FROM "
	if e.Not {
		word = " IS NOT DISTINCT FROM "
	}
	return term{typ: booleanType, sql: "(" + identity(common, a.coerce(left, common).sql) + word + identity(common, a.coerce(right, common).sql) + ")"}
}

// caseExpression analyses both forms of CASE.
func (a *analyzer) caseExpression(e *Case, s *scope) term {
	if e.Operand == nil {
		return a.caseOf(e, nullTerm, s)
	}
	operand, own := a.observed(func() term { return a.expression(e.Operand, s) })
	return a.once(operand, own, "", func(operand term) term { return a.caseOf(e, operand, s) })
}

// caseOf analyses the branches of CASE, for the value of its operand if it has one.
func (a *analyzer) caseOf(e *Case, operand term, s *scope) term {
	conditions, results, types := []string{}, []term{}, []Type{}
	for _, w := range e.Whens {
		var condition term
		if e.Operand == nil {
			a.wanted = wantTrue
			condition = a.boolean(w.Condition, s, "CASE WHEN clause")
		} else {
			value := a.expression(w.Condition, s)
			if _, ok := commonType(operand.typ, value.typ); !ok {
				return a.fail(w.Condition, typeMismatch, "CASE operand type does not match WHEN clause operand type: %s vs %s", operand.typ, value.typ)
			}
			condition = a.compare(w.Condition, Equal, operand, value)
		}
		result := a.expression(w.Result, s)
		conditions, results, types = append(conditions, condition.sql), append(results, result), append(types, result.typ)
	}
	if e.Else != nil {
		result := a.expression(e.Else, s)
		results, types = append(results, result), append(types, result.typ)
	}
	common, ok := commonOf(types)
	if !ok {
		return a.fail(e, typeMismatch, "All CASE results must be the same type or coercible to a common type. Cannot find common type between %s", typeList(types))
	}
	return term{typ: common, sql: a.writeCase(conditions, results, common)}
}

func (a *analyzer) writeCase(conditions []string, results []term, t Type) string {
	var b strings.Builder
	b.WriteString("CASE")
	for i, c := range conditions {
		b.WriteString(" WHEN " + c + " THEN " + a.coerce(results[i], t).sql)
	}
	if len(results) > len(conditions) {
		b.WriteString(" ELSE " + a.coerce(results[len(results)-1], t).sql)
	}
	return duckCast(b.String()+" END", t)
}

func typeList(types []Type) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = t.String()
	}
	if len(names) > 1 {
		return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
	}
	return strings.Join(names, ", ")
}
