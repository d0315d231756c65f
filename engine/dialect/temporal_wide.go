package dialect

import (
	"fmt"
	"math/big"
	"strings"
)

// Timestamps of more than six digits of a second are wide: they travel as the
// picoseconds since 1970-01-01 00:00:00 in a HUGEINT, which orders and compares
// as they do. What works on times works on their microseconds; the picoseconds
// beyond those are put back after it.

const picosPerMicro = 1_000_000

// isWide reports whether t is a timestamp that DuckDB's cannot hold.
func (t Type) isWide() bool {
	return (t.Kind == TimestampKind || t.Kind == TimestampTZKind) && t.Precision > maxFraction
}

// wideTerm is a wide timestamp that the statement fixes.
func wideTerm(m microValue, picos int64, t Type) term {
	n := new(big.Int).Mul(big.NewInt(int64(m)), big.NewInt(picosPerMicro))
	n.Add(n, big.NewInt(picos))
	out := term{typ: t, sql: "CAST('" + n.String() + "' AS HUGEINT)"}
	if picos == 0 {
		out.value = m
	}
	return out
}

// narrow returns a wide timestamp in whole microseconds, rounded down; others as they are.
func (t term) narrow() term {
	if !t.typ.isWide() {
		return t
	}
	typ := t.typ
	typ.Precision = maxFraction
	return term{typ: typ, sql: narrowSQL(floorQuotient(t.sql, picosPerMicro), typ), value: t.value}
}

func narrowSQL(micros string, t Type) string {
	if t.Kind == TimestampTZKind {
		return "make_timestamptz(CAST(" + micros + " AS BIGINT))"
	}
	return "make_timestamp(CAST(" + micros + " AS BIGINT))"
}

// floorRemainder writes x modulo n, which is not negative.
func floorRemainder(x string, n int64) string {
	return fmt.Sprintf("(((%s) %% %d + %d) %% %d)", x, n, n, n)
}

// floorQuotient writes x/n rounded down.
func floorQuotient(x string, n int64) string {
	return fmt.Sprintf("(((%s) - %s) // %d)", x, floorRemainder(x, n), n)
}

// beyondMicros writes the picoseconds of a wide timestamp beyond its microseconds.
func (t term) beyondMicros() string {
	if !t.typ.isWide() {
		return "0"
	}
	return floorRemainder(t.sql, picosPerMicro)
}

// widen writes a timestamp of microseconds, and picoseconds beyond them, as a wide one.
func widened(sql, picos string) string {
	wide := fmt.Sprintf("CAST(epoch_us(%s) AS HUGEINT) * %d", sql, picosPerMicro)
	if picos == "0" {
		return "(" + wide + ")"
	}
	return "(" + wide + " + " + picos + ")"
}

// castPrecision writes the cast of a timestamp to another precision, rounding
// halves up, where one of the two is wide.
func castPrecision(t term, to Type) string {
	if !t.typ.isWide() {
		return widened(t.sql, "0")
	}
	if to.Precision >= t.typ.Precision {
		return t.sql
	}
	unit := int64(1)
	for range 12 - to.Precision {
		unit *= 10
	}
	units := floorQuotient(fmt.Sprintf("%s + %d", t.sql, unit/2), unit)
	if to.isWide() {
		return fmt.Sprintf("(%s * %d)", units, unit)
	}
	return narrowSQL(fmt.Sprintf("%s * %d", units, unit/picosPerMicro), to)
}

// wideText writes the text of a wide timestamp: that of its microseconds, in
// its zone, and the digits beyond.
func wideText(micros, picos string, precision int) string {
	digits := fmt.Sprintf("left(lpad(CAST(%s AS VARCHAR), 6, '0'), %d)", picos, precision-maxFraction)
	return "(" + strings.TrimSpace(micros) + " || " + digits + ")"
}
