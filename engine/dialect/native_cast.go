package dialect

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// The natives that convert between types at run time, where only a value says
// what type it has, give the text from which DuckDB's cast reads the result.
// Their errors have Trino's words but no code.

// worded is an error in Trino's words, to which the caller gives a code.
func worded(format string, args ...any) error { return fmt.Errorf(format, args...) }

// integerBits are the sizes of the integer types.
var integerBits = map[Kind]int{TinyintKind: 8, SmallintKind: 16, IntegerKind: 32, BigintKind: 64}

// floatBits are the sizes of the floating-point types.
var floatBits = map[Kind]int{RealKind: 32, DoubleKind: 64}

// compiledShapes are textShapes ready to match whole texts.
var compiledShapes = &compiled[*regexp.Regexp]{compile: func(shape string) (*regexp.Regexp, error) {
	return regexp.Compile("^(?:" + shape + ")$")
}}

// castText casts a varchar.
func castText(text string, to Type) (string, error) {
	if to.isText() {
		return fitText(text, to), nil
	}
	name := strings.ToUpper(to.String())
	if to.Kind == IntegerKind {
		name = "INT"
	}
	refused := worded("Cannot cast '%s' to %s", text, name)
	shape, err := compiledShapes.get(textShapes[to.Kind])
	if err != nil || !shape.MatchString(text) {
		return "", refused
	}
	switch {
	case to.isInteger():
		n, err := strconv.ParseInt(text, 10, integerBits[to.Kind])
		if err != nil {
			return "", refused
		}
		return strconv.FormatInt(n, 10), nil
	case to.Kind == BooleanKind:
		return strconv.FormatBool(strings.IndexByte("tT1", text[0]) >= 0), nil
	case to.Kind == DecimalKind:
		d, err := parseExact(strings.TrimSpace(text))
		if err != nil {
			return "", refused
		}
		return d.text(to)
	}
	f, _ := parseJavaFloat(text, floatBits[to.Kind])
	return string(appendJavaFloat(nil, f, floatBits[to.Kind])), nil
}

// fitText cuts a text to the length of a varchar or char.
func fitText(text string, to Type) string {
	if runes := []rune(text); to.Length != Unbounded && len(runes) > to.Length {
		text = string(runes[:to.Length])
	}
	if to.Kind == CharKind {
		return strings.TrimRight(text, " ")
	}
	return text
}

// castPrinted casts to text what is none, which must not be cut.
func castPrinted(text string, to Type) (string, error) {
	if to.Length != Unbounded && len([]rune(text)) > to.Length {
		return "", worded("Value %s cannot be represented as %s", text, to)
	}
	return text, nil
}

// castBoolean casts a boolean.
func castBoolean(b bool, to Type) (string, error) {
	switch {
	case to.Kind == BooleanKind:
		return strconv.FormatBool(b), nil
	case to.isText():
		return castPrinted(strconv.FormatBool(b), to)
	case b:
		return castExact(exactNumber{big.NewInt(1), 0}, to)
	}
	return castExact(exactNumber{new(big.Int), 0}, to)
}

// castFloat casts a double or real.
func castFloat(f float64, bits int, to Type) (string, error) {
	switch {
	case to.isInteger():
		rounded, limit := math.Round(f), math.Ldexp(1, integerBits[to.Kind]-1)
		if math.IsNaN(f) || rounded < -limit || rounded >= limit {
			return "", worded("Cannot cast %s to %s", appendJavaFloat(nil, f, bits), to)
		}
		return strconv.FormatInt(int64(rounded), 10), nil
	case to.Kind == BooleanKind:
		return strconv.FormatBool(f != 0), nil
	case to.isText():
		return castPrinted(scientific(f, bits), to)
	case to.Kind == DecimalKind:
		d, err := parseExact(strconv.FormatFloat(f, 'g', -1, bits))
		if err != nil {
			return "", worded("Cannot cast DOUBLE '%s' to %s", appendJavaFloat(nil, f, bits), strings.ToUpper(to.String()))
		}
		return d.text(to)
	case to.Kind == RealKind:
		f = float64(float32(f))
	}
	return string(appendJavaFloat(nil, f, floatBits[to.Kind])), nil
}

// exactNumber is unscaled / 10^scale: a decimal, or an integer where scale is 0.
type exactNumber struct {
	unscaled *big.Int
	scale    int
}

// maxExponent bounds the exponents that are computed with.
const maxExponent = 1000

// parseExact reads a number with an optional point and exponent.
func parseExact(text string) (exactNumber, error) {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	unscaled, ok := new(big.Int).SetString(whole+fraction, 10)
	shift := 0
	if exponent != "" {
		var err error
		if shift, err = strconv.Atoi(exponent); err != nil {
			ok = false
		}
	}
	if !ok || shift > maxExponent || shift < -maxExponent {
		return exactNumber{}, fmt.Errorf("%q is not a number that can be computed with", text)
	}
	d := exactNumber{unscaled, len(fraction) - shift}
	if d.scale < 0 {
		return d.rescale(0), nil
	}
	return d, nil
}

// rescale gives the number another scale, rounding halves away from zero.
func (d exactNumber) rescale(scale int) exactNumber {
	if scale >= d.scale {
		return exactNumber{new(big.Int).Mul(d.unscaled, tenTo(scale-d.scale)), scale}
	}
	return exactNumber{roundedDivision(d.unscaled, tenTo(d.scale-scale)), scale}
}

func tenTo(n int) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// roundedDivision divides, rounding halves away from zero.
func roundedDivision(n, d *big.Int) *big.Int {
	quotient, rest := new(big.Int).QuoRem(n, d, new(big.Int))
	if rest.Lsh(rest.Abs(rest), 1).CmpAbs(d) >= 0 {
		quotient.Add(quotient, big.NewInt(int64(n.Sign()*d.Sign())))
	}
	return quotient
}

// digits returns how many digits the number has, its fraction's included.
func (d exactNumber) digits() int { return len(new(big.Int).Abs(d.unscaled).String()) }

// text rounds the number to the scale of a decimal type and prints it.
func (d exactNumber) text(to Type) (string, error) {
	rounded := d.rescale(to.Scale)
	if rounded.unscaled.Sign() != 0 && rounded.digits() > to.Precision {
		return "", worded("Cannot cast %s to DECIMAL(%d,%d)", d, to.Precision, to.Scale)
	}
	return rounded.String(), nil
}

// String prints the number with all digits of its fraction.
func (d exactNumber) String() string {
	digits := new(big.Int).Abs(d.unscaled).String()
	if missing := d.scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if d.scale > 0 {
		digits = digits[:len(digits)-d.scale] + "." + digits[len(digits)-d.scale:]
	}
	if d.unscaled.Sign() < 0 {
		return "-" + digits
	}
	return digits
}

// appendJavaDecimal appends a decimal as Java's BigDecimal.toString prints it:
// in scientific notation where more than five zeros would follow the point.
func appendJavaDecimal(dst []byte, d exactNumber) []byte {
	digits := new(big.Int).Abs(d.unscaled).String()
	exponent := len(digits) - 1 - d.scale
	if exponent >= -6 {
		return append(dst, d.String()...)
	}
	if d.unscaled.Sign() < 0 {
		dst = append(dst, '-')
	}
	dst = append(dst, digits[0])
	if len(digits) > 1 {
		dst = append(append(dst, '.'), digits[1:]...)
	}
	return strconv.AppendInt(append(dst, 'E'), int64(exponent), 10)
}

// float returns the nearest floating-point number.
func (d exactNumber) float(bits int) float64 {
	f, _ := strconv.ParseFloat(d.String(), bits)
	return f
}

// castExact casts an integer or decimal.
func castExact(d exactNumber, to Type) (string, error) {
	switch {
	case to.isInteger():
		n := d.rescale(0).unscaled
		if !n.IsInt64() || n.Int64()>>(integerBits[to.Kind]-1) != n.Int64()>>63 {
			return "", worded("Out of range for %s: %s", to, d)
		}
		return n.String(), nil
	case to.Kind == BooleanKind:
		return strconv.FormatBool(d.unscaled.Sign() != 0), nil
	case to.isText():
		return castPrinted(d.String(), to)
	case to.Kind == DecimalKind:
		return d.text(to)
	}
	return string(appendJavaFloat(nil, d.float(floatBits[to.Kind]), floatBits[to.Kind])), nil
}
