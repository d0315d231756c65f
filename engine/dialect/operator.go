package dialect

import (
	"fmt"
	"math"
	"math/big"
	"strings"
)

// coerce writes the implicit cast of a term to a type that takes it.
func (a *analyzer) coerce(t term, to Type) term {
	if t.typ.Equal(to) && (t.typ.Kind != TimestampTZKind || to.Zone != VaryingZone) {
		return t
	}
	out := t
	out.typ = to
	switch {
	case t.typ.Kind == VarcharKind && to.Kind == VarcharKind, t.typ.Kind == CharKind && to.Kind == CharKind:
		return out
	case t.isNull():
		out.sql = duckCast("NULL", to)
		return out
	case t.typ.isNumeric() && to.isNumeric():
		out.sql = duckCast(t.sql, to)
		return out
	}
	converted := a.convert(t, to, false)
	converted.column, converted.epoch = t.column, t.epoch
	return converted
}

// unary analyses +x and -x.
func (a *analyzer) unary(e *Unary, s *scope) term {
	t := a.expression(e.Expr, s)
	if !t.typ.isNumeric() && t.typ.Kind != DayIntervalKind && t.typ.Kind != MonthIntervalKind {
		if t.typ.Kind == UnknownKind {
			return t
		}
		if e.Operator == Add {
			return a.fail(e, typeMismatch, "Unary '+' operator cannot by applied to %s type", t.typ)
		}
		return a.fail(e, typeMismatch, "Cannot negate %s", t.typ)
	}
	if e.Operator == Add {
		return t.bare()
	}
	out := term{typ: t.typ, sql: "(- " + t.sql + ")", value: negate(t.value)}
	if t.typ.isNumeric() {
		out.sql = duckCast(out.sql, t.typ)
	}
	if out.value == nil && t.typ.isExact() {
		a.mayFail() // it may overflow
	}
	return out
}

// binary analyses arithmetic and ||.
func (a *analyzer) binary(e *Binary, s *scope) term {
	left, right := a.expression(e.Left, s), a.expression(e.Right, s)
	if e.Operator == Concat {
		return a.callTerms(e, "concat", []term{left, right}, s)
	}
	if t, ok := a.temporal(e, left, right); ok {
		return t
	}
	if left.typ.Kind == UnknownKind && right.typ.Kind == UnknownKind {
		return term{typ: bigintType, sql: duckCast("NULL", bigintType), value: nullValue{}}
	}
	common, ok := commonType(left.typ, right.typ)
	if !ok || !common.isNumeric() {
		return a.failWithHint(e, arithmeticHint(left, right), typeMismatch, "Cannot apply operator: %s %s %s", left.typ, e.Operator, right.typ)
	}
	var t term
	switch {
	case common.isInteger():
		t = a.integerArithmetic(e.Operator, a.coerce(left, common), a.coerce(right, common))
	case common.Kind == DecimalKind:
		t = a.decimalArithmetic(e, asDecimal(left), asDecimal(right))
	default:
		t = floatArithmetic(e.Operator, a.coerce(left, common), a.coerce(right, common))
	}
	t.value = foldArithmetic(e.Operator, left.value, right.value, t.typ)
	if t.value == nil && t.typ.isExact() {
		a.mayFail() // it may overflow
	}
	return t
}

// arithmeticHint says what to write where Trino refuses an operator.
func arithmeticHint(left, right term) string {
	for _, t := range []term{left, right} {
		if t.typ.isText() {
			return "Athena does not compute with varchar: write CAST(… AS bigint) or CAST(… AS double)"
		}
	}
	for _, t := range []term{left, right} {
		if t.typ.Kind == DateKind || t.typ.Kind == TimestampKind || t.typ.Kind == TimestampTZKind {
			return "write an interval, such as date - INTERVAL '7' DAY"
		}
	}
	return ""
}

// integerArithmetic computes in the operands' common type; DuckDB, like Trino,
// fails where the result does not fit.
func (a *analyzer) integerArithmetic(op Operator, left, right term) term {
	t := term{typ: left.typ}
	switch op {
	case Divide:
		t.sql = duckCast(a.divided("("+left.sql+" // "+right.sql+")", right), t.typ)
	case Modulus:
		t.sql = duckCast(a.divided("("+left.sql+" % "+remainderBy(right)+")", right), t.typ)
	default:
		t.sql = "(" + duckCast(left.sql, t.typ) + " " + string(op) + " " + duckCast(right.sql, t.typ) + ")"
		if left.column != nil || right.column != nil {
			t.sql = "(" + left.sql + " " + string(op) + " " + right.sql + ")"
		}
	}
	return t
}

// remainderBy is the divisor of a remainder. DuckDB's of the least number by -1
// overflows; by 1 it is 0 as well.
func remainderBy(divisor term) string {
	if n, ok := divisor.value.(*big.Rat); ok && n.Sign() > 0 {
		return divisor.sql
	}
	return "CASE WHEN " + divisor.sql + " = -1 THEN 1 ELSE " + divisor.sql + " END"
}

// divided guards a division against a divisor of zero, which is a fault.
func (a *analyzer) divided(quotient string, divisor term) string {
	if v, ok := divisor.value.(*big.Rat); ok && v.Sign() != 0 {
		return quotient
	}
	return "CASE WHEN " + divisor.sql + " = 0 THEN " + a.raise(divisionByZero, "'Division by zero'") + " ELSE " + quotient + " END"
}

// floatArithmetic is IEEE's, in which Trino and DuckDB agree but for x % 0.
func floatArithmetic(op Operator, left, right term) term {
	t := term{typ: left.typ, sql: "(" + left.sql + " " + string(op) + " " + right.sql + ")"}
	if op == Modulus {
		t.sql = "CASE WHEN " + right.sql + " = 0 THEN 'nan' ELSE " + t.sql + " END"
	}
	t.sql = duckCast(t.sql, t.typ)
	return t
}

// compare analyses a comparison of two terms.
func (a *analyzer) compare(n Node, op Operator, left, right term) term {
	common, ok := commonType(left.typ, right.typ)
	ordered := op != Equal && op != NotEqual
	if !ok || !common.isComparable() || ordered && !common.isOrderable() {
		shown := op
		switch op { // Trino asks for its operators <, <=, = only
		case NotEqual:
			shown = Equal
		case Greater:
			shown = Less
		case GreaterOrEqual:
			shown = LessOrEqual
		}
		return a.failWithHint(n, comparisonHint(left, right), typeMismatch, "Cannot apply operator: %s %s %s", left.typ, shown, right.typ)
	}
	return a.compareAs(op, left, right, common)
}

// compareAs writes a comparison of two terms in their common type.
func (a *analyzer) compareAs(op Operator, left, right term, common Type) term {
	l, r := a.coerce(left, common), a.coerce(right, common)
	sql := "(" + l.sql + " " + string(op) + " " + r.sql + ")"
	if common.hasParts() {
		sql = a.compareParts(op, l, r)
	} else if common.Kind == DoubleKind || common.Kind == RealKind {
		sql = compareFloats(op, l, r, sql)
	}
	return term{typ: booleanType, sql: sql, conditions: a.comparisonConditions(comparisonOps[op], left, right)}
}

// compareFloats keeps NaN from being equal to itself and above all numbers, as
// it is in DuckDB but not in Trino.
func compareFloats(op Operator, l, r term, sql string) string {
	var checks []string
	for _, side := range []term{l, r} {
		if f, ok := side.value.(float64); side.value == nil || ok && math.IsNaN(f) {
			checks = append(checks, "isnan("+side.sql+")")
		}
	}
	if len(checks) == 0 {
		return sql
	}
	return fmt.Sprintf("CASE WHEN %s THEN %t ELSE %s END", strings.Join(checks, " OR "), op == NotEqual, sql)
}

// comparisonHint says what to write where Trino refuses to compare.
func comparisonHint(left, right term) string {
	if !left.typ.isText() {
		left, right = right, left
	}
	if !left.typ.isText() {
		return temporalHint(left, right)
	}
	text, known := left.text()
	switch {
	case right.typ.isNumeric() && known:
		return "write the number without quotes: " + text
	case right.typ.isNumeric():
		return "write CAST(… AS " + right.typ.String() + ") around the varchar, or quote the number"
	case right.typ.Kind == DateKind && known:
		return "write DATE '" + text + "'"
	case right.typ.Kind == DateKind:
		return "write CAST(… AS date) around the varchar"
	case (right.typ.Kind == TimestampKind || right.typ.Kind == TimestampTZKind) && known:
		return "write TIMESTAMP '" + text + "'"
	case right.typ.Kind == TimestampKind || right.typ.Kind == TimestampTZKind:
		return "write CAST(… AS timestamp) around the varchar"
	case right.typ.Kind == IPAddressKind && known:
		return "write IPADDRESS '" + text + "'"
	}
	return ""
}

// temporalHint says how to compare a date or a timestamp with a number, which may
// be a date without its quotes.
func temporalHint(left, right term) string {
	if right.typ.isNumeric() {
		left, right = right, left
	}
	switch {
	case !left.typ.isNumeric():
		return ""
	case right.typ.Kind == DateKind:
		return "a date is written DATE '2025-11-01'"
	case right.typ.Kind == TimestampKind || right.typ.Kind == TimestampTZKind:
		return "from_unixtime(…) makes a timestamp of seconds since 1970; a timestamp is written TIMESTAMP '2025-11-01 00:00:00'"
	}
	return ""
}
