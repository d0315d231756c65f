package dialect

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Native is a scalar function that the back end runs in Go, because DuckDB has
// nothing that gives Trino's answer. DuckDB's SQL calls it by Name.
//
// Arguments and results are of the Go types bool, int64 (BIGINT), float32
// (FLOAT), float64 (DOUBLE), string (VARCHAR) and []byte (BLOB). A NULL argument
// gives NULL without a call; a nil result is NULL. An error's text is
// "CODE: message". Natives are pure, so that DuckDB's TRY may catch their errors.
type Native struct {
	Name       string
	Parameters []string // DuckDB types
	Result     string   // a DuckDB type
	Call       func(args []any) (any, error)
}

// nativePrefix keeps the names of natives apart from DuckDB's.
const nativePrefix = "vpcq_"

func nativeName(name string) string { return nativePrefix + name }

// Natives is every function that a back end must offer to run Analysis.DuckDB.
var Natives = []Native{
	{"vpcq_text_of_double", []string{"DOUBLE"}, "VARCHAR", func(args []any) (any, error) { return scientific(args[0].(float64), 64), nil }},
	{"vpcq_text_of_real", []string{"FLOAT"}, "VARCHAR", func(args []any) (any, error) { return scientific(float64(args[0].(float32)), 32), nil }},
	{"vpcq_text_of_interval_day_to_second", []string{"BIGINT"}, "VARCHAR", func(args []any) (any, error) { return dayIntervalText(args[0].(int64)), nil }},
	{"vpcq_text_of_interval_year_to_month", []string{"BIGINT"}, "VARCHAR", func(args []any) (any, error) { return monthIntervalText(args[0].(int64)), nil }},
	{"vpcq_text_of_ipaddress", []string{"BLOB"}, "VARCHAR", func(args []any) (any, error) { return AddressText(args[0].([]byte)), nil }},
	{"vpcq_text_of_ipprefix", []string{"BLOB"}, "VARCHAR", func(args []any) (any, error) { return PrefixText(args[0].([]byte)), nil }},
	{"vpcq_ipaddress_of_text", []string{"VARCHAR"}, "BLOB", func(args []any) (any, error) { return addressOfText(args[0].(string)) }},
	{"vpcq_ipaddress_of_binary", []string{"BLOB"}, "BLOB", func(args []any) (any, error) { return addressOfBinary(args[0].([]byte)) }},
	{"vpcq_ipprefix_of_text", []string{"VARCHAR"}, "BLOB", func(args []any) (any, error) { return prefixOfText(args[0].(string)) }},
	{"vpcq_uuid_of_text", []string{"VARCHAR"}, "VARCHAR", func(args []any) (any, error) { return uuidOfText(args[0].(string)) }},
	{"vpcq_from_utf8", []string{"BLOB"}, "VARCHAR", func(args []any) (any, error) { return strings.ToValidUTF8(string(args[0].([]byte)), "\uFFFD"), nil }},
	{"vpcq_hamming_distance", []string{"VARCHAR", "VARCHAR"}, "BIGINT", func(args []any) (any, error) { return hammingDistance(args[0].(string), args[1].(string)) }},
	{"vpcq_levenshtein_distance", []string{"VARCHAR", "VARCHAR"}, "BIGINT", func(args []any) (any, error) { return levenshteinDistance(args[0].(string), args[1].(string)) }},
	{"vpcq_cbrt", []string{"DOUBLE"}, "DOUBLE", func(args []any) (any, error) { return math.Cbrt(args[0].(float64)), nil }},
	{"vpcq_from_base", []string{"VARCHAR", "BIGINT"}, "BIGINT", func(args []any) (any, error) { return fromBase(args[0].(string), args[1].(int64)) }},
	{"vpcq_to_base", []string{"BIGINT", "BIGINT"}, "VARCHAR", func(args []any) (any, error) { return toBase(args[0].(int64), args[1].(int64)) }},
	{"vpcq_width_bucket", []string{"DOUBLE", "DOUBLE", "DOUBLE", "BIGINT"}, "BIGINT", func(args []any) (any, error) {
		return widthBucket(args[0].(float64), args[1].(float64), args[2].(float64), args[3].(int64))
	}},
	{"vpcq_shift_left", []string{"BIGINT", "BIGINT", "BIGINT"}, "BIGINT", func(args []any) (any, error) { return shiftLeft(args[0].(int64), args[1].(int64), args[2].(int64)) }},
	{"vpcq_shift_right", []string{"BIGINT", "BIGINT", "BIGINT"}, "BIGINT", func(args []any) (any, error) { return shiftRight(args[0].(int64), args[1].(int64), args[2].(int64)) }},
	{"vpcq_shift_arithmetic", []string{"BIGINT", "BIGINT", "BIGINT"}, "BIGINT", func(args []any) (any, error) { return shiftArithmetic(args[0].(int64), args[1].(int64)) }},
	{"vpcq_url_extract_fragment", []string{"VARCHAR"}, "VARCHAR", urlPart(func(u uri) any { return u.fragment })},
	{"vpcq_url_extract_host", []string{"VARCHAR"}, "VARCHAR", urlPart(func(u uri) any { return u.host })},
	{"vpcq_url_extract_path", []string{"VARCHAR"}, "VARCHAR", urlPart(func(u uri) any { return u.path })},
	{"vpcq_url_extract_port", []string{"VARCHAR"}, "BIGINT", urlPart(func(u uri) any { return u.port })},
	{"vpcq_url_extract_protocol", []string{"VARCHAR"}, "VARCHAR", urlPart(func(u uri) any { return u.scheme })},
	{"vpcq_url_extract_query", []string{"VARCHAR"}, "VARCHAR", urlPart(func(u uri) any { return u.query })},
	{"vpcq_url_extract_parameter", []string{"VARCHAR", "VARCHAR"}, "VARCHAR", func(args []any) (any, error) { return urlParameter(args[0].(string), args[1].(string)), nil }},
	{"vpcq_json_kind", []string{"VARCHAR"}, "VARCHAR", func(args []any) (any, error) { return jsonKind(args[0].(string)) }},
	{"vpcq_json_array_get", []string{"VARCHAR", "BIGINT"}, "VARCHAR", func(args []any) (any, error) { return jsonArrayGet(args[0].(string), args[1].(int64)), nil }},
	{"vpcq_json_array_contains_boolean", []string{"VARCHAR", "BOOLEAN"}, "BOOLEAN", func(args []any) (any, error) { return jsonArrayContains(args[0].(string), args[1]), nil }},
	{"vpcq_json_array_contains_bigint", []string{"VARCHAR", "BIGINT"}, "BOOLEAN", func(args []any) (any, error) { return jsonArrayContains(args[0].(string), args[1]), nil }},
	{"vpcq_json_array_contains_double", []string{"VARCHAR", "DOUBLE"}, "BOOLEAN", func(args []any) (any, error) { return jsonArrayContains(args[0].(string), args[1]), nil }},
	{"vpcq_json_array_contains_varchar", []string{"VARCHAR", "VARCHAR"}, "BOOLEAN", func(args []any) (any, error) { return jsonArrayContains(args[0].(string), args[1]), nil }},
	{"vpcq_contains", []string{"VARCHAR", "BLOB"}, "BOOLEAN", func(args []any) (any, error) { return cidrContains(args[0].(string), args[1].([]byte)) }},
	{"vpcq_url_encode", []string{"VARCHAR"}, "VARCHAR", func(args []any) (any, error) { return urlEncode(args[0].(string)), nil }},
	{"vpcq_url_decode", []string{"VARCHAR"}, "VARCHAR", func(args []any) (any, error) { return urlDecode(args[0].(string)) }},
	{"vpcq_human_readable_seconds", []string{"DOUBLE"}, "VARCHAR", func(args []any) (any, error) { return humanReadableSeconds(args[0].(float64)) }},
}

// scientific prints a floating-point number as Trino's cast to varchar does: 1.5E2.
func scientific(f float64, bits int) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 0):
		return strings.TrimPrefix(map[bool]string{true: "-Infinity", false: "Infinity"}[f < 0], "+")
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, bits), "E")
	if !strings.Contains(mantissa, ".") {
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
	case t.typ.Kind == IPAddressKind && to.Kind == IPPrefixKind, t.typ.Kind == IPPrefixKind, t.typ.Kind == UUIDKind || to.Kind == UUIDKind && from == "binary":
		a.refuseCast(t.typ, to)
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
