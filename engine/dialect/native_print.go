package dialect

import (
	"math"
	"math/big"
	"regexp"
	"strings"
)

// printNatives print and read numbers for people.
var printNatives = []Native{
	{Name: "vpcq_format", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: formatted, Nulls: true, Variadic: true},
	{Name: "vpcq_format_number", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: call1(formatNumber)},
	{Name: "vpcq_format_number_double", Parameters: []string{"DOUBLE"}, Result: "VARCHAR", Call: call1(func(f float64) (any, error) { return formatNumber(javaLong(f)) })},
	{Name: "vpcq_parse_data_size", Parameters: []string{"VARCHAR"}, Result: "DECIMAL(38, 0)", Call: call1(parseDataSize)},
}

// javaLong casts a double as Java does: toward zero, within the range, NaN as 0.
func javaLong(f float64) int64 {
	switch {
	case f != f:
		return 0
	case f >= math.MaxInt64:
		return math.MaxInt64
	case f <= math.MinInt64:
		return math.MinInt64
	}
	return int64(f)
}

// formatNumber prints a number with a letter for its thousands: 123K, 1.5M. As
// in Trino (FormatNumberFunction), a negative number has two decimals however
// large it is.
func formatNumber(count int64) (any, error) {
	value, unit := float64(count), 0
	for ; math.Abs(value) >= 1000 && unit < len(thousands)-1; unit++ {
		value /= 1000
	}
	places := 0
	if value < 10 {
		places = 2
	} else if value < 100 {
		places = 1
	}
	text := new(big.Rat).SetFloat64(value).FloatString(places) // halves away from zero
	if places > 0 {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text + thousands[unit], nil
}

var thousands = []string{"", "K", "M", "B", "T", "Q"}

var (
	dataSize  = regexp.MustCompile(`^(\p{Nd}+\.?\p{Nd}*|\.\p{Nd}+)(B|kB|[MGTPEZY]B)$`)
	sizeUnits = "BkMGTPEZY"
)

// parseDataSize reads 2.5MB and the like as bytes, a fraction of one dropped.
func parseDataSize(s string) (any, error) {
	m := dataSize.FindStringSubmatch(s)
	if m == nil || !isASCII(m[1]) {
		return nil, argumentFault("Invalid data size: '%s'", s)
	}
	value, ok := new(big.Rat).SetString(m[1])
	if !ok {
		return nil, argumentFault("Invalid data size: '%s'", s)
	}
	factor := new(big.Int).Lsh(big.NewInt(1), uint(10*strings.IndexByte(sizeUnits, m[2][0])))
	value.Mul(value, new(big.Rat).SetInt(factor))
	bytes := new(big.Int).Quo(value.Num(), value.Denom())
	if len(bytes.String()) > maxPrecision {
		return nil, rangeFault("Value out of range: '%s' ('%sB')", s, bytes)
	}
	return bytes, nil
}
