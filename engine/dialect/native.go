package dialect

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Native is a scalar function that the back end runs in Go, because DuckDB has
// nothing that gives Trino's answer. DuckDB's SQL calls it by Name. It is pure:
// DuckDB calls it from several threads, as often as it likes, and TRY catches its
// errors. An error's text is "CODE: message".
//
// These Go types stand for DuckDB's, as arguments and as results; nil is NULL:
//
//	BOOLEAN                      bool
//	TINYINT, SMALLINT, INTEGER   int8, int16, int32
//	BIGINT                       int64
//	HUGEINT                      *big.Int
//	DECIMAL(p, s)                *big.Int, the value times 10^s
//	FLOAT, DOUBLE                float32, float64
//	VARCHAR                      string, which must be UTF-8
//	BLOB                         []byte
//	DATE                         int32, days since 1970-01-01
//	TIME                         int64, microseconds since midnight
//	TIMESTAMP, TIMESTAMPTZ       int64, microseconds since 1970-01-01 00:00:00 UTC
//	INTERVAL                     none: pass the number that it is made of
//	NULL                         only nil
//	T[]                          []any
//	MAP(K, V)                    Pairs
type Native struct {
	Name       string
	Parameters []string // DuckDB types
	Result     string   // a DuckDB type

	// Call gives the value for one row. The arguments are its own, the slice
	// that holds them is not. Unless Nulls, it is not called where one is NULL:
	// that gives NULL.
	Call func(args []any) (any, error)

	Nulls    bool // Call and Vector are given NULLs
	Variadic bool // the last parameter stands for any number of arguments, none too

	// Vector gives the same as Call for many rows at once; nil: there is Call
	// only. It is for the few natives that meet each record: no type but
	// BOOLEAN, INTEGER, BIGINT, FLOAT, DOUBLE, VARCHAR, BLOB and those of the
	// same Go types may appear in them.
	Vector func(args []Vector, out *Vector, rows int) error
}

// nativePrefix keeps the names of natives apart from DuckDB's.
const nativePrefix = "vpcq_"

func nativeName(name string) string { return nativePrefix + name }

// Natives is every function that a back end must offer to run Analysis.DuckDB.
var Natives = slices.Concat(
	valueNatives,
	textNatives,
	printNatives,
	regexpNatives,
	binaryNatives,
	urlNatives,
	jsonNatives,
	arrayNatives,
	patternNatives,
	timeNatives,
	probabilityNatives,
	decimalNatives,
	statisticNatives,
	hiveNatives,
)

// valueNatives print, read and compute values of every kind.
var valueNatives = []Native{
	{Name: "vpcq_raise", Parameters: []string{"VARCHAR"}, Result: "NULL", Call: func(args []any) (any, error) { return nil, errors.New(args[0].(string)) }},
	{Name: "vpcq_text_of_double", Parameters: []string{"DOUBLE"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return scientific(args[0].(float64), 64), nil }},
	{Name: "vpcq_text_of_real", Parameters: []string{"FLOAT"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return scientific(float64(args[0].(float32)), 32), nil }},
	{Name: "vpcq_text_of_interval_day_to_second", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return dayIntervalText(args[0].(int64)), nil }},
	{Name: "vpcq_text_of_interval_year_to_month", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return monthIntervalText(args[0].(int64)), nil }},
	{Name: "vpcq_text_of_ipaddress", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return addressText(args[0].([]byte)), nil }},
	{Name: "vpcq_text_of_ipprefix", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return prefixText(args[0].([]byte)), nil }},
	{Name: "vpcq_ipaddress_of_text", Parameters: []string{"VARCHAR"}, Result: "BLOB", Call: func(args []any) (any, error) { return addressOfText(args[0].(string)) }, Vector: addressesOfTexts},
	{Name: "vpcq_ipaddress_of_binary", Parameters: []string{"BLOB"}, Result: "BLOB", Call: func(args []any) (any, error) { return addressOfBinary(args[0].([]byte)) }},
	{Name: "vpcq_ipaddress_of_ipprefix", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(addressOfPrefix)},
	{Name: "vpcq_ipprefix_of_ipaddress", Parameters: []string{"BLOB"}, Result: "BLOB", Call: call1(prefixOfAddress)},
	{Name: "vpcq_ipprefix_of_text", Parameters: []string{"VARCHAR"}, Result: "BLOB", Call: func(args []any) (any, error) { return prefixOfText(args[0].(string)) }},
	{Name: "vpcq_uuid_of_binary", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: call1(uuidOfBinary)},
	{Name: "vpcq_uuid_of_text", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return uuidOfText(args[0].(string)) }},
	{Name: "vpcq_cbrt", Parameters: []string{"DOUBLE"}, Result: "DOUBLE", Call: func(args []any) (any, error) { return math.Cbrt(args[0].(float64)), nil }},
	{Name: "vpcq_float_text", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "VARCHAR", Call: call2(floatTextOf)},
	{Name: "vpcq_from_base", Parameters: []string{"VARCHAR", "BIGINT"}, Result: "BIGINT", Call: func(args []any) (any, error) { return fromBase(args[0].(string), args[1].(int64)) }},
	{Name: "vpcq_to_base", Parameters: []string{"BIGINT", "BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return toBase(args[0].(int64), args[1].(int64)) }},
	{Name: "vpcq_width_bucket", Parameters: []string{"DOUBLE", "DOUBLE", "DOUBLE", "BIGINT"}, Result: "BIGINT", Call: func(args []any) (any, error) {
		return widthBucket(args[0].(float64), args[1].(float64), args[2].(float64), args[3].(int64))
	}},
	{Name: "vpcq_shift_left", Parameters: []string{"BIGINT", "BIGINT", "BIGINT"}, Result: "BIGINT", Call: func(args []any) (any, error) { return shiftLeft(args[0].(int64), args[1].(int64), args[2].(int64)) }},
	{Name: "vpcq_shift_right", Parameters: []string{"BIGINT", "BIGINT", "BIGINT"}, Result: "BIGINT", Call: func(args []any) (any, error) { return shiftRight(args[0].(int64), args[1].(int64), args[2].(int64)) }},
	{Name: "vpcq_shift_arithmetic", Parameters: []string{"BIGINT", "BIGINT", "BIGINT"}, Result: "BIGINT", Call: func(args []any) (any, error) { return shiftArithmetic(args[0].(int64), args[1].(int64)) }},
	{Name: "vpcq_contains", Parameters: []string{"VARCHAR", "BLOB"}, Result: "BOOLEAN", Call: func(args []any) (any, error) { return cidrContains(args[0].(string), args[1].([]byte)) }, Vector: cidrsContain},
	{Name: "vpcq_contains_text", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BOOLEAN", Call: call2(cidrContainsText), Vector: cidrsContainTexts},
}

// scientific prints a floating-point number as Trino's cast to varchar does, by
// Java's pattern 0.0#E0 with as many digits as a double has and the seven that a
// real has for certain: 1.5E2, but 0E0. Source: DoubleOperators and RealOperators
// of Trino 440.
func scientific(f float64, bits int) string {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		return javaFloat(f, bits)
	case f == 0 && math.Signbit(f):
		return "-0E0"
	case f == 0:
		return "0E0"
	}
	text := javaDigits(f, bits)
	if bits == 32 {
		exact, _ := strconv.ParseFloat(text, 64)
		text = strconv.FormatFloat(exact, 'e', 6, 64)
	}
	mantissa, exponent, _ := strings.Cut(text, "e")
	if mantissa = strings.TrimRight(mantissa, "0"); mantissa[len(mantissa)-1] == '.' {
		mantissa += "0"
	} else if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	n, _ := strconv.Atoi(exponent)
	return mantissa + "E" + strconv.Itoa(n)
}

// dayIntervalText prints an interval day to second, given in microseconds: 2 03:04:05.678.
func dayIntervalText(micros int64) string {
	millis := micros / 1000
	sign := ""
	if millis < 0 {
		sign, millis = "-", -millis
	}
	return fmt.Sprintf("%s%d %02d:%02d:%02d.%03d", sign, millis/86_400_000, millis/3_600_000%24, millis/60_000%60, millis/1000%60, millis%1000)
}

// monthIntervalText prints an interval year to month: 1-2.
func monthIntervalText(months int64) string {
	sign := ""
	if months < 0 {
		sign, months = "-", -months
	}
	return fmt.Sprintf("%s%d-%d", sign, months/12, months%12)
}

// nativeArgument writes what a native that prints a value is given of it.
func nativeArgument(t term) string {
	switch t.typ.Kind {
	case DayIntervalKind:
		return intervalMicros(t.sql)
	case MonthIntervalKind:
		return "CAST(datepart('year', " + t.sql + ") * 12 + datepart('month', " + t.sql + ") AS BIGINT)"
	}
	return t.sql
}

// nativeCast casts to and from addresses, prefixes and UUIDs.
func (a *analyzer) nativeCast(t term, to Type, try bool) string {
	from := kindWord(t.typ.Kind)
	if t.typ.Kind == VarcharKind {
		from = "text"
	} else if t.typ.Kind == VarbinaryKind {
		from = "binary"
	}
	sql := nativeName(kindWord(to.Kind)+"_of_"+from) + "(" + t.sql + ")"
	switch {
	case t.typ.Kind == IPAddressKind && to.Kind == VarbinaryKind:
		return t.sql
	case t.typ.Kind == UUIDKind:
		return "unhex(replace(" + t.sql + ", '-', ''))"
	}
	if try {
		return "TRY(" + sql + ")"
	}
	return sql
}

func (a *analyzer) refuseCast(from, to Type) {
	if a.err == nil {
		a.err = &Error{Code: notSupported, Message: fmt.Sprintf("vpcq does not support the cast from %s to %s yet", from, to)}
	}
}

// textLiteral analyses IPADDRESS '…' and its like.
func (a *analyzer) textLiteral(e *GenericLiteral, t Type) term {
	var value any
	var err error
	switch t.Kind {
	case IPAddressKind:
		value, err = addressOfText(e.Value)
	case IPPrefixKind:
		value, err = prefixOfText(e.Value)
	default:
		value, err = uuidOfText(e.Value)
	}
	if err != nil {
		return a.fail(e, invalidLiteral, "'%s' is not a valid %s literal", e.Value, strings.ToUpper(t.String()))
	}
	if b, ok := value.([]byte); ok {
		return term{typ: t, sql: blobSQL(b)}
	}
	return term{typ: t, sql: duckString(value.(string))}
}
