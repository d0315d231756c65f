package dialect

import (
	"fmt"
	"math"
	"strconv"
)

// everyNumber writes one signature for each type of number, result and all.
func everyNumber(pattern string) []string {
	var all []string
	for _, t := range []string{"tinyint", "smallint", "integer", "bigint", "double", "real"} {
		all = append(all, fmt.Sprintf(pattern, t))
	}
	return all
}

// numberFunctions compute with numbers.
var numberFunctions = []Function{
	{Name: "abs", Signatures: append(everyNumber("abs(%[1]s) %[1]s"), "abs(decimal(p,s)) decimal(p,s)"), SQL: "CAST(CASE WHEN $1 < 0 THEN - $1 ELSE abs($1) END AS $T)", Doc: "The absolute value.", Example: "abs(-3)", Want: "3"},
	{Name: "acos", Signatures: []string{"acos(double) double"}, SQL: "CASE WHEN abs($1) > 1 THEN CAST('nan' AS DOUBLE) ELSE acos($1) END", Doc: "The arc cosine.", Example: "acos(1)", Want: "0.0"},
	{Name: "asin", Signatures: []string{"asin(double) double"}, SQL: "CASE WHEN abs($1) > 1 THEN CAST('nan' AS DOUBLE) ELSE asin($1) END", Doc: "The arc sine.", Example: "asin(0)", Want: "0.0"},
	{Name: "atan", Signatures: []string{"atan(double) double"}, SQL: "atan($1)", Doc: "The arc tangent.", Example: "atan(0)", Want: "0.0"},
	{Name: "atan2", Signatures: []string{"atan2(double, double) double"}, SQL: "atan2($1, $2)", Doc: "The arc tangent of y / x.", Example: "atan2(0, 1)", Want: "0.0"},
	{Name: "cbrt", Signatures: []string{"cbrt(double) double"}, SQL: "vpcq_cbrt($1)", Doc: "The cube root.", Example: "cbrt(27)", Want: "3.0"},
	{Name: "ceil", Signatures: append(everyNumber("ceil(%[1]s) %[1]s"), "ceil(decimal(p,s)) decimal(p,s)"), Doc: "The number rounded up.", Example: "ceil(1.2e0)", Want: "2.0", render: toWhole("ceil")},
	{Name: "ceiling", Signatures: append(everyNumber("ceiling(%[1]s) %[1]s"), "ceiling(decimal(p,s)) decimal(p,s)"), Doc: "Another name of ceil.", Example: "ceiling(1.2)", Want: "2", render: toWhole("ceil")},
	{Name: "cos", Signatures: []string{"cos(double) double"}, SQL: "CASE WHEN isinf($1) THEN CAST('nan' AS DOUBLE) ELSE cos($1) END", Doc: "The cosine.", Example: "cos(0)", Want: "1.0"},
	{Name: "cosh", Signatures: []string{"cosh(double) double"}, SQL: "cosh($1)", Doc: "The hyperbolic cosine.", Example: "cosh(0)", Want: "1.0"},
	{Name: "degrees", Signatures: []string{"degrees(double) double"}, SQL: "degrees($1)", Doc: "An angle in degrees, from radians.", Example: "degrees(0)", Want: "0.0"},
	{Name: "e", Signatures: []string{"e() double"}, SQL: "CAST('2.718281828459045' AS DOUBLE)", Doc: "Euler's number.", Example: "e()", Want: "2.718281828459045"},
	{Name: "exp", Signatures: []string{"exp(double) double"}, SQL: "exp($1)", Doc: "Euler's number to a power.", Example: "exp(0)", Want: "1.0"},
	{Name: "floor", Signatures: append(everyNumber("floor(%[1]s) %[1]s"), "floor(decimal(p,s)) decimal(p,s)"), Doc: "The number rounded down.", Example: "floor(1.8e0)", Want: "1.0", render: toWhole("floor")},
	{Name: "from_base", Signatures: []string{"from_base(varchar, bigint) bigint"}, SQL: "vpcq_from_base($1, $2)", Doc: "The number that digits of a base stand for.", Example: "from_base('ff', 16)", Want: "255"},
	{Name: "infinity", Signatures: []string{"infinity() double"}, SQL: "CAST('inf' AS DOUBLE)", Doc: "Positive infinity.", Example: "infinity()", Want: "Infinity"},
	{Name: "nan", Signatures: []string{"nan() double"}, SQL: "CAST('nan' AS DOUBLE)", Doc: "Not a number.", Example: "nan()", Want: "NaN"},
	{Name: "is_finite", Signatures: []string{"is_finite(double) boolean"}, SQL: "isfinite($1)", Doc: "Whether the number is neither infinite nor NaN.", Example: "is_finite(1)", Want: "true"},
	{Name: "is_infinite", Signatures: []string{"is_infinite(double) boolean"}, SQL: "isinf($1)", Doc: "Whether the number is infinite.", Example: "is_infinite(1)", Want: "false"},
	{Name: "is_nan", Signatures: []string{"is_nan(double) boolean", "is_nan(real) boolean"}, SQL: "isnan($1)", Doc: "Whether the number is NaN.", Example: "is_nan(nan())", Want: "true"},
	{Name: "ln", Signatures: []string{"ln(double) double"}, SQL: javaLog("$1"), Doc: "The natural logarithm.", Example: "ln(1)", Want: "0.0"},
	{Name: "log", Signatures: []string{"log(double, double) double"}, SQL: javaLog("$2") + " / " + javaLog("$1"), Doc: "The logarithm to a base, which goes first.", Example: "log(2, 8)", Want: "3.0"},
	{Name: "log10", Signatures: []string{"log10(double) double"}, SQL: "CASE WHEN $1 > 0 THEN log10($1) WHEN $1 = 0 THEN CAST('-inf' AS DOUBLE) WHEN $1 IS NOT NULL THEN CAST('nan' AS DOUBLE) END", Doc: "The logarithm to base 10.", Example: "log10(100)", Want: "2.0"},
	{Name: "log2", Signatures: []string{"log2(double) double"}, SQL: javaLog("$1") + " / CAST('0.6931471805599453' AS DOUBLE)", Doc: "The logarithm to base 2, as a quotient of natural ones.", Example: "log2(8)", Want: "3.0"},
	{Name: "mod", Signatures: append(everyNumber("mod(%[1]s, %[1]s) %[1]s"), "mod(decimal(p,s), decimal(q,t)) decimal(p,s)"), Doc: "The remainder of a division, with the sign of the dividend.", Example: "mod(7, 3)", Want: "1", render: modulus},
	{Name: "pi", Signatures: []string{"pi() double"}, SQL: "pi()", Doc: "The ratio of a circle's circumference to its diameter.", Example: "pi()", Want: "3.141592653589793"},
	{Name: "pow", Signatures: []string{"pow(double, double) double"}, SQL: javaPower, Doc: "Another name of power.", Example: "pow(2, 10)", Want: "1024.0"},
	{Name: "power", Signatures: []string{"power(double, double) double"}, SQL: javaPower, Doc: "A number to a power.", Example: "power(2, 10)", Want: "1024.0"},
	{Name: "radians", Signatures: []string{"radians(double) double"}, SQL: "radians($1)", Doc: "An angle in radians, from degrees.", Example: "radians(0)", Want: "0.0"},
	{Name: "rand", Signatures: []string{"rand() double"}, SQL: "random()", Doc: "A random number from 0 up to 1."},
	{Name: "random", Signatures: []string{"random() double"}, SQL: "random()", Doc: "A random number from 0 up to 1."},
	{Name: "round", Signatures: append(everyNumber("round(%[1]s) %[1]s"), "round(decimal(p,s)) decimal(p,s)"), Doc: "The number rounded to a whole one, halves away from zero.", Example: "round(2.5)", Want: "3", render: toWhole("round")},
	{Name: "round", Signatures: append(everyNumber("round(%[1]s, integer) %[1]s"), "round(decimal(p,s), integer) decimal(p,s)"), Doc: "The number rounded to decimal places.", Example: "round(2.345e0, 2)", Want: "2.35", render: roundTo},
	{Name: "sign", Signatures: append(everyNumber("sign(%[1]s) %[1]s"), "sign(decimal(p,s)) decimal(1,0)"), Doc: "-1, 0 or 1; of floating-point numbers also -0 and NaN.", Example: "sign(-2)", Want: "-1", render: signum},
	{Name: "sin", Signatures: []string{"sin(double) double"}, SQL: "CASE WHEN isinf($1) THEN CAST('nan' AS DOUBLE) ELSE sin($1) END", Doc: "The sine.", Example: "sin(0)", Want: "0.0"},
	{Name: "sinh", Signatures: []string{"sinh(double) double"}, SQL: "sinh($1)", Doc: "The hyperbolic sine.", Example: "sinh(0)", Want: "0.0"},
	{Name: "sqrt", Signatures: []string{"sqrt(double) double"}, SQL: "CASE WHEN $1 < 0 THEN CAST('nan' AS DOUBLE) ELSE sqrt($1) END", Doc: "The square root.", Example: "sqrt(9)", Want: "3.0"},
	{Name: "tan", Signatures: []string{"tan(double) double"}, SQL: "CASE WHEN isinf($1) THEN CAST('nan' AS DOUBLE) ELSE tan($1) END", Doc: "The tangent.", Example: "tan(0)", Want: "0.0"},
	{Name: "tanh", Signatures: []string{"tanh(double) double"}, SQL: "tanh($1)", Doc: "The hyperbolic tangent.", Example: "tanh(0)", Want: "0.0"},
	{Name: "to_base", Signatures: []string{"to_base(bigint, bigint) varchar"}, SQL: "vpcq_to_base($1, $2)", Doc: "A number in the digits of a base.", Example: "to_base(255, 16)", Want: "ff"},
	{Name: "width_bucket", Signatures: []string{"width_bucket(double, double, double, bigint) bigint"}, SQL: "vpcq_width_bucket($1, $2, $3, $4)", Doc: "The bucket of a number, of equal ones between two bounds.", Example: "width_bucket(5, 0, 10, 5)", Want: "3"},
	{Name: "truncate", Signatures: []string{"truncate(double) double", "truncate(real) real"}, SQL: "CAST(trunc($1) AS $T)", Doc: "The number without its fraction.", Example: "truncate(-1.8e0)", Want: "-1.0"},
	{Name: "truncate", Signatures: []string{"truncate(decimal(p,s)) decimal(p,s)"}, Doc: "The number without its fraction.", Example: "truncate(12.7)", Want: "12", render: toWhole("trunc")},
	{Name: "truncate", Signatures: []string{"truncate(decimal(p,s), integer) decimal(p,s)"}, Doc: "The number without the digits behind so many decimal places.", Example: "truncate(-12.78, 1)", Want: "-12.70", render: func(c *callSite) string { return c.cutDecimal("truncate") }},
}

// javaLog writes Math.log, where DuckDB's ln fails.
func javaLog(x string) string {
	return "(CASE WHEN " + x + " > 0 THEN ln(" + x + ") WHEN " + x + " = 0 THEN CAST('-inf' AS DOUBLE) WHEN " + x + " IS NOT NULL THEN CAST('nan' AS DOUBLE) END)"
}

// javaPower is Math.pow: to C, 1 to any power is 1, and -1 to an infinite one.
const javaPower = "CASE WHEN abs($1) = 1 AND NOT isfinite($2) THEN CAST('nan' AS DOUBLE) ELSE pow($1, $2) END"

// toWhole rounds to a whole number of the same type; a decimal loses its scale, and
// zero its sign to round.
func toWhole(name string) func(*callSite) string {
	return func(c *callSite) string {
		t := c.args[0].typ
		if t.isInteger() {
			return c.args[0].sql
		}
		if t.Kind == DecimalKind {
			carry := 1
			if name == "trunc" || t.Scale == 0 {
				carry = 0
			}
			c.result = decimalType(max(1, min(maxPrecision, t.Precision-t.Scale+carry)), 0)
			if t.Scale == 0 {
				return duckCast(c.args[0].sql, c.result)
			}
		}
		if name == "round" && t.isFloat() {
			c.share()
			return c.expand("CASE WHEN $1 = 0 THEN " + duckCast("0", c.result) + " ELSE " + duckCast("round($1)", c.result) + " END")
		}
		return duckCast(name+"("+c.args[0].sql+")", c.result)
	}
}

func modulus(c *callSite) string {
	l, r := c.args[0], c.args[1]
	var t term
	switch {
	case c.result.Kind == DecimalKind:
		t = c.a.decimalArithmetic(&Binary{Operator: Modulus}, l, r)
		c.result = t.typ
	case c.result.isInteger():
		t = c.a.integerArithmetic(Modulus, l, r)
	default:
		t = floatArithmetic(Modulus, l, r)
	}
	return t.sql
}

// roundTo rounds to decimal places.
func roundTo(c *callSite) string {
	switch t := c.result; {
	case t.isInteger():
		return c.roundInteger()
	case t.Kind == DecimalKind:
		c.result = decimalType(min(maxPrecision, t.Precision+1), t.Scale)
		return c.cutDecimal("round")
	}
	return c.roundFloat()
}

// signum writes sign, which is 0 to DuckDB for NaN and -0.
func signum(c *callSite) string {
	if c.result.isFloat() {
		c.share()
		return c.expand("CASE WHEN isnan($1) OR $1 = 0 THEN $1 ELSE CAST(sign($1) AS $T) END")
	}
	return c.expand("CAST(sign($1) AS $T)")
}

// roundFloat rounds as Trino does, a whole number of units of the last place;
// where those are more than 64 bits hold, the number has no digit behind that place.
// Zero has no sign then.
func (c *callSite) roundFloat() string {
	places, known := toFloat(c.args[1].value)
	c.share()
	number, factor := c.castTo(0, doubleType), "pow(10, "+c.castTo(1, doubleType)+")"
	if known {
		factor = duckCast("'"+strconv.FormatFloat(math.Pow(10, places), 'g', -1, 64)+"'", doubleType)
	}
	units := "(" + number + " * " + factor + ")"
	return duckCast(fmt.Sprintf("CASE WHEN abs(%s) >= 9223372036854775807 THEN %s WHEN %s = 0 THEN 0 ELSE round(%s) / %s END", units, number, number, units, factor), c.result)
}

// roundInteger rounds an integer, which only places before the point change.
func (c *callSite) roundInteger() string {
	if places, known := toFloat(c.args[1].value); known && places >= 0 {
		return c.args[0].sql
	}
	return c.a.convertNumber(term{typ: bigintType, sql: "vpcq_round_integer(" + c.castTo(0, bigintType) + ", " + c.castTo(1, bigintType) + ")"}, c.result, false)
}

// cutDecimal rounds a decimal, or truncates it, to decimal places.
func (c *callSite) cutDecimal(how string) string {
	given := c.args[0].typ
	places, known := toFloat(c.args[1].value)
	switch {
	case known && int(places) >= given.Scale:
		return duckCast(c.args[0].sql, c.result)
	case known && places >= 0 && how == "round" && c.result.Precision > given.Precision && int(places) > given.Scale-given.Precision:
		return duckCast(fmt.Sprintf("round(%s, %d)", c.args[0].sql, int(places)), c.result)
	}
	return exactTerm(how, c.args[0], c.args[1], c.result).sql
}

// bitwiseFunctions compute with the bits of numbers.
var bitwiseFunctions = []Function{
	{Name: "bitwise_and", Signatures: []string{"bitwise_and(bigint, bigint) bigint"}, SQL: "($1 & $2)", Doc: "The bits that both have.", Example: "bitwise_and(18, 2)", Want: "2"},
	{Name: "bitwise_or", Signatures: []string{"bitwise_or(bigint, bigint) bigint"}, SQL: "($1 | $2)", Doc: "The bits that either has.", Example: "bitwise_or(16, 2)", Want: "18"},
	{Name: "bitwise_xor", Signatures: []string{"bitwise_xor(bigint, bigint) bigint"}, SQL: "xor($1, $2)", Doc: "The bits that one of the two has.", Example: "bitwise_xor(18, 2)", Want: "16"},
	{Name: "bitwise_not", Signatures: []string{"bitwise_not(bigint) bigint"}, SQL: "(~ $1)", Doc: "The bits that the number does not have.", Example: "bitwise_not(0)", Want: "-1"},
	{Name: "bitwise_left_shift", Signatures: integersShifted("bitwise_left_shift"), Doc: "The bits moved to the left, those that leave the type lost.", Example: "bitwise_left_shift(1, 3)", Want: "8", render: shift("left")},
	{Name: "bitwise_right_shift", Signatures: integersShifted("bitwise_right_shift"), Doc: "The bits moved to the right, zeros moving in.", Example: "bitwise_right_shift(8, 3)", Want: "1", render: shift("right")},
	{Name: "bitwise_right_shift_arithmetic", Signatures: integersShifted("bitwise_right_shift_arithmetic"), Doc: "The bits moved to the right, the sign moving in.", Example: "bitwise_right_shift_arithmetic(-8, 3)", Want: "-1", render: shift("arithmetic")},
	{Name: "bit_count", Signatures: []string{"bit_count(bigint, bigint) bigint"}, Doc: "The number of bits set, in a word of 2 to 64 bits.", Example: "bit_count(7, 64)", Want: "3", render: bitCount},
}

func integersShifted(name string) []string {
	var all []string
	for _, t := range []string{"tinyint", "smallint", "integer", "bigint"} {
		all = append(all, fmt.Sprintf("%s(%s, bigint) %s", name, t, t))
	}
	return all
}

func shift(direction string) func(*callSite) string {
	return func(c *callSite) string {
		bits := map[Kind]int{TinyintKind: 8, SmallintKind: 16, IntegerKind: 32, BigintKind: 64}[c.result.Kind]
		return duckCast(fmt.Sprintf("vpcq_shift_%s(%s, %s, %d)", direction, c.castTo(0, bigintType), c.args[1].sql, bits), c.result)
	}
}

func bitCount(c *callSite) string {
	if bits, known := toFloat(c.args[1].value); known && bits == 64 {
		return c.expand("CAST(bit_count($1) AS BIGINT)")
	}
	const half = "CAST(pow(2, $2 - 1) AS HUGEINT)"
	c.share()
	return c.strict(c.expand("CAST(bit_count(CAST($1 AS HUGEINT) & ("+half+" * 2 - 1)) AS BIGINT)"),
		check{"$2 NOT BETWEEN 2 AND 64", "'Bits specified in bit_count must be between 2 and 64, got ' || $2"},
		check{"$1 NOT BETWEEN - " + half + " AND " + half + " - 1", "'Number must be representable with the bits specified. ' || $1 || ' cannot be represented with ' || $2 || ' bits'"})
}
