package dialect

import (
	"fmt"
	"strings"
)

// asDecimal gives an integer the decimal type that holds all its values.
func asDecimal(t term) term {
	if t.typ.Kind == DecimalKind {
		return t
	}
	digits, ok := integerDigits[t.typ.Kind]
	if !ok {
		digits = 1 // NULL
	}
	out := t
	out.typ = decimalType(digits, 0)
	out.sql = duckCast(t.sql, out.typ)
	return out
}

// decimalArithmetic computes with the precisions and scales of Trino's
// documentation of decimals, functions/decimal.md.
func (a *analyzer) decimalArithmetic(n Node, left, right term) term {
	e := n.(*Binary)
	l, r := left.typ, right.typ
	scale := max(l.Scale, r.Scale)
	switch e.Operator {
	case Add, Subtract:
		digits := max(l.Precision-l.Scale, r.Precision-r.Scale)
		t := decimalType(min(maxPrecision, digits+scale+1), scale)
		return term{typ: t, sql: duckCast("("+duckCast(left.sql, t)+" "+string(e.Operator)+" "+duckCast(right.sql, t)+")", t)}
	case Multiply:
		if l.Scale+r.Scale > maxPrecision {
			return a.fail(n, typeMismatch, "DECIMAL scale must be in range [0, precision (38)]: %d", l.Scale+r.Scale)
		}
		t := decimalType(min(maxPrecision, l.Precision+r.Precision), l.Scale+r.Scale)
		return term{typ: t, sql: duckCast("("+left.sql+" * "+right.sql+")", t)}
	case Divide:
		t := decimalType(min(maxPrecision, l.Precision+r.Scale+max(0, r.Scale-l.Scale)), scale)
		return term{typ: t, sql: a.divided(decimalQuotient(left, right, t), right)}
	}
	t := decimalType(min(l.Precision-l.Scale, r.Precision-r.Scale)+scale, scale)
	wide := decimalType(maxPrecision, scale)
	return term{typ: t, sql: duckCast(a.divided("("+duckCast(left.sql, wide)+" % "+duckCast(right.sql, wide)+")", right), t)}
}

// decimalQuotient divides exactly, rounding halves away from zero: both sides
// become whole numbers of 128 bits, and what does not fit in them is an error of DuckDB's.
func decimalQuotient(left, right term, t Type) string {
	shift := t.Scale - left.typ.Scale + right.typ.Scale
	numerator := fmt.Sprintf("%s * %s", unscaled(left), powerOfTen(shift))
	return rescaled(roundedQuotient(numerator, unscaled(right)), t)
}

// roundedQuotient divides two HUGEINTs, rounding halves away from zero. The
// struct gives each a name, so that neither is computed twice.
func roundedQuotient(numerator, denominator string) string {
	return "list_transform([{'n': " + numerator + ", 'd': " + denominator + "}], lambda q: " +
		"CASE WHEN q.n IS NULL OR q.d IS NULL THEN NULL ELSE " +
		"(q.n // q.d) + CASE WHEN abs(q.n % q.d) >= abs(q.d) - abs(q.n % q.d) THEN sign(q.n) * sign(q.d) ELSE 0 END END)[1]"
}

// unscaled writes the digits of a decimal as a HUGEINT.
func unscaled(t term) string {
	scale := t.typ.Scale
	if scale == 0 {
		return "CAST(" + t.sql + " AS HUGEINT)"
	}
	if t.typ.Precision+scale+1 <= maxPrecision {
		return fmt.Sprintf("CAST(%s * CAST(1%s AS DECIMAL(%d,0)) AS HUGEINT)", t.sql, strings.Repeat("0", scale), scale+1)
	}
	return "CAST(replace(CAST(" + t.sql + " AS VARCHAR), '.', '') AS HUGEINT)"
}

// rescaled makes a decimal of its digits.
func rescaled(digits string, t Type) string {
	if t.Scale == 0 {
		return duckCast(digits, t)
	}
	return duckCast(fmt.Sprintf("(CAST(%s AS DECIMAL(%d,0)) * CAST('0.%s1' AS DECIMAL(%d,%d)))",
		digits, maxPrecision-t.Scale, strings.Repeat("0", t.Scale-1), t.Scale, t.Scale), t)
}

// powerOfTen writes 10^n as a HUGEINT.
func powerOfTen(n int) string { return "CAST('1" + strings.Repeat("0", n) + "' AS HUGEINT)" }
