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
// documentation of decimals, functions/decimal.md: in DuckDB where its 128 bits
// hold all that the computation meets on the way, else in Go.
func (a *analyzer) decimalArithmetic(n Node, left, right term) term {
	op := n.(*Binary).Operator
	l, r := left.typ, right.typ
	scale := max(l.Scale, r.Scale)
	switch op {
	case Add, Subtract:
		digits := max(l.Precision-l.Scale, r.Precision-r.Scale) + scale + 1
		t := decimalType(min(maxPrecision, digits), scale)
		if digits > maxPrecision {
			return exactTerm(string(op), left, right, t)
		}
		return term{typ: t, sql: duckCast("("+duckCast(left.sql, t)+" "+string(op)+" "+duckCast(right.sql, t)+")", t)}
	case Multiply:
		if l.Scale+r.Scale > maxPrecision {
			return a.fail(n, typeMismatch, "DECIMAL scale must be in range [0, precision (38)]: %d", l.Scale+r.Scale)
		}
		t := decimalType(min(maxPrecision, l.Precision+r.Precision), l.Scale+r.Scale)
		return term{typ: t, sql: duckCast("("+wideFactor(left, t)+" * "+right.sql+")", t)}
	case Divide:
		digits := l.Precision + r.Scale + max(0, r.Scale-l.Scale)
		t := decimalType(min(maxPrecision, digits), scale)
		if digits+scale > maxPrecision {
			return exactTerm(string(op), left, right, t)
		}
		return term{typ: t, sql: a.divided(decimalQuotient(left, right, t), right)}
	}
	t := decimalType(min(l.Precision-l.Scale, r.Precision-r.Scale)+scale, scale)
	if max(l.Precision-l.Scale, r.Precision-r.Scale)+scale > maxPrecision {
		return exactTerm(string(op), left, right, t)
	}
	wide := decimalType(maxPrecision, scale)
	return term{typ: t, sql: duckCast(a.divided("("+duckCast(left.sql, wide)+" % "+duckCast(right.sql, wide)+")", right), t)}
}

// wideFactor gives a factor the 128 bits in which DuckDB multiplies without a
// fault, where two factors of 64 bits have a product of more.
func wideFactor(factor term, product Type) string {
	if product.Precision <= shortPrecision || factor.typ.Precision > shortPrecision {
		return factor.sql
	}
	return duckCast(factor.sql, decimalType(shortPrecision+1, factor.typ.Scale))
}

// exactTerm writes a computation in Go, an operation of exactOperations, whose
// right side may be an integer.
func exactTerm(operation string, left, right term, t Type) term {
	sql := fmt.Sprintf("vpcq_decimal('%s', %s, %s, %d, %d)", operation, duckCast(left.sql, varcharType), duckCast(right.sql, varcharType), t.Precision, t.Scale)
	return term{typ: t, sql: duckCast(sql, t)}
}

// decimalQuotient divides exactly, rounding halves away from zero: both sides
// become whole numbers of 128 bits.
func decimalQuotient(left, right term, t Type) string {
	shift := t.Scale - left.typ.Scale + right.typ.Scale
	numerator := fmt.Sprintf("%s * %s", unscaled(left), powerOfTen(shift))
	return rescaled(roundedQuotient(numerator, unscaled(right)), t)
}

// roundedQuotient divides two HUGEINTs, rounding halves away from zero. The
// struct gives each a name, so that neither is computed twice; q.n would be
// taken for a column in HAVING.
func roundedQuotient(numerator, denominator string) string {
	return fmt.Sprintf("list_transform([{'n': %[1]s, 'd': %[2]s}], lambda q: CASE WHEN %[3]s IS NULL OR %[4]s IS NULL THEN NULL"+
		" ELSE (%[3]s // %[4]s) + CASE WHEN abs(%[3]s %% %[4]s) >= abs(%[4]s) - abs(%[3]s %% %[4]s) THEN sign(%[3]s) * sign(%[4]s) ELSE 0 END END)[1]",
		numerator, denominator, structField("q", "n"), structField("q", "d"))
}

// unscaled writes the digits of a decimal as a HUGEINT.
func unscaled(t term) string {
	scale := t.typ.Scale
	if scale == 0 {
		return "CAST(" + t.sql + " AS HUGEINT)"
	}
	if t.typ.Precision+scale+1 <= maxPrecision {
		return fmt.Sprintf("CAST(%s * CAST(1%s AS DECIMAL(%d,0)) AS HUGEINT)", wideFactor(t, decimalType(t.typ.Precision+scale+1, scale)), strings.Repeat("0", scale), scale+1)
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
