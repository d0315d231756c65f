package render

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/engine/dialect"
)

func TestAppendFloat(t *testing.T) {
	for _, c := range []struct {
		f    float64
		bits int
		want string
	}{
		{0, 64, "0.0"},
		{math.Copysign(0, -1), 64, "-0.0"},
		{1, 64, "1.0"},
		{-1.5, 64, "-1.5"},
		{10.0 / 3, 64, "3.3333333333333335"},
		{0.001, 64, "0.001"},
		{0.00123, 64, "0.00123"},
		{0.000999, 64, "9.99E-4"},
		{1e-4, 64, "1.0E-4"},
		{9999999, 64, "9999999.0"},
		{9999999.999999998, 64, "9999999.999999998"},
		{1e7, 64, "1.0E7"},
		{12345678, 64, "1.2345678E7"},
		{1e10, 64, "1.0E10"},
		{123456.5, 64, "123456.5"},
		{100, 64, "100.0"},
		{2e23, 64, "2.0E23"},
		{math.MaxFloat64, 64, "1.7976931348623157E308"},
		{math.SmallestNonzeroFloat64, 64, "4.9E-324"},
		{2.2250738585072014e-308, 64, "2.2250738585072014E-308"},
		{math.NaN(), 64, "NaN"},
		{math.Inf(1), 64, "Infinity"},
		{math.Inf(-1), 64, "-Infinity"},
		{float64(float32(0.1)), 32, "0.1"},
		{float64(float32(3.4028235e38)), 32, "3.4028235E38"},
		{math.SmallestNonzeroFloat32, 32, "1.4E-45"},
		{float64(float32(1e10)), 32, "1.0E10"},
		{float64(float32(16777216)), 32, "1.6777216E7"},
		{math.Inf(-1), 32, "-Infinity"},
	} {
		if got := string(appendFloat(nil, c.f, c.bits)); got != c.want {
			t.Errorf("appendFloat(%g, %d) = %s, want %s", c.f, c.bits, got, c.want)
		}
	}
}

// javaFloat prints a positive number by the definition in the javadoc of
// Double.toString, slowly, in exact arithmetic: among the decimals that round
// to f, those with the fewest digits, two at least; of these the nearest.
func javaFloat(f float64, bits int) string {
	x := new(big.Rat).SetFloat64(f)
	for digits := 2; ; digits++ {
		if text, ok := nearest(x, f, bits, digits); ok {
			return javaLayout(text)
		}
	}
}

// nearest gives the decimal of that many digits that rounds to f and is nearest
// to it, as an integer and an exponent: "49e-325".
func nearest(x *big.Rat, f float64, bits, digits int) (string, bool) {
	_, power := math.Frexp(f)
	exponent := int(math.Floor(float64(power)*math.Log10(2))) - digits - 1 // too low, so that the search starts below
	one, ten := big.NewRat(1, 1), big.NewRat(10, 1)
	unit := new(big.Rat).Set(one)
	for range max(exponent, -exponent) {
		unit.Mul(unit, ten)
	}
	if exponent < 0 {
		unit.Inv(unit)
	}
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
	q := new(big.Rat).Quo(x, unit)
	floor := new(big.Int).Quo(q.Num(), q.Denom())
	for floor.Cmp(limit) >= 0 {
		unit.Mul(unit, ten)
		exponent++
		q.Quo(x, unit)
		floor.Quo(q.Num(), q.Denom())
	}
	var best string
	var distance *big.Rat
	for add := range int64(2) {
		n := new(big.Int).Add(floor, big.NewInt(add))
		text := fmt.Sprintf("%se%d", n, exponent)
		back, err := strconv.ParseFloat(text, bits)
		if err != nil || back != f {
			continue
		}
		d := new(big.Rat).Sub(new(big.Rat).Mul(new(big.Rat).SetInt(n), unit), x)
		d.Abs(d)
		if distance == nil || d.Cmp(distance) < 0 || d.Cmp(distance) == 0 && n.Bit(0) == 0 {
			best, distance = text, d
		}
	}
	return best, distance != nil
}

// javaLayout places the point and the exponent in an integer such as "49e-325".
func javaLayout(text string) string {
	digits, after, _ := strings.Cut(text, "e")
	exponent, _ := strconv.Atoi(after)
	exponent += len(digits) - 1
	digits = strings.TrimRight(digits, "0")
	if exponent >= -3 && exponent < 7 {
		whole := "0"
		switch {
		case exponent < 0:
			digits = strings.Repeat("0", -exponent-1) + digits
		default:
			digits += strings.Repeat("0", max(exponent+1-len(digits), 0))
			whole, digits = digits[:exponent+1], digits[exponent+1:]
		}
		return whole + "." + orZero(digits)
	}
	return fmt.Sprintf("%s.%sE%d", digits[:1], orZero(digits[1:]), exponent)
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

func FuzzDouble(f *testing.F) {
	for _, seed := range []float64{
		1, 0.1, 1e-3, 1e7, 9999999.5, 2e-44, 1e23, 4.9e-324, 9e-324, 5e-323, 2.2250738585072009e-308, math.MaxFloat64, 9007199254740993, 1.0 / 3,
	} {
		f.Add(math.Float64bits(seed))
	}
	for power := uint64(1); power < 2047; power += 127 {
		f.Add(power << 52) // at powers of two the neighbour below is nearer
		f.Add(power<<52 - 1)
	}
	f.Fuzz(func(t *testing.T, x uint64) {
		if v := math.Abs(math.Float64frombits(x)); v != 0 && !math.IsNaN(v) && !math.IsInf(v, 0) {
			if got, want := string(appendFloat(nil, v, 64)), javaFloat(v, 64); got != want {
				t.Errorf("double %x is %s, want %s", x, got, want)
			}
		}
		if v := math.Abs(float64(math.Float32frombits(uint32(x >> 32)))); v != 0 && !math.IsNaN(v) && !math.IsInf(v, 0) {
			if got, want := string(appendFloat(nil, v, 32)), javaFloat(v, 32); got != want {
				t.Errorf("real %x is %s, want %s", x>>32, got, want)
			}
		}
	})
}

func TestFloatsInJSON(t *testing.T) {
	a := values(t, arrow.PrimitiveTypes.Float64, `[1, 1e10, null, 0.5]`)
	want := []string{"1.0", "1.0E10", "null", "0.5"}
	if got := texts(t, jsonOf, doubleType, a); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	b := floats(math.NaN(), math.Inf(1), math.Inf(-1))
	want = []string{`"NaN"`, `"Infinity"`, `"-Infinity"`}
	if got := texts(t, jsonOf, doubleType, b); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDecimals(t *testing.T) {
	for _, c := range []struct {
		precision, scale int
		in               string
		want             []string
	}{
		{4, 2, `["12.40", "-0.05", "0.00", "99.99"]`, []string{"12.40", "-0.05", "0.00", "99.99"}},
		{3, 3, `["0.007", "-0.999"]`, []string{"0.007", "-0.999"}},
		{38, 0, `["99999999999999999999999999999999999999", "-18446744073709551616", "18446744073709551615"]`,
			[]string{"99999999999999999999999999999999999999", "-18446744073709551616", "18446744073709551615"}},
		{38, 38, `["0.00000000000000000000000000000000000001"]`, []string{"0.00000000000000000000000000000000000001"}},
		{38, 18, `["12345678901234567890.123456789012345678", null]`, []string{"12345678901234567890.123456789012345678", "null"}},
	} {
		typ := dialect.Type{Kind: dialect.DecimalKind, Precision: c.precision, Scale: c.scale}
		a := values(t, &arrow.Decimal128Type{Precision: int32(c.precision), Scale: int32(c.scale)}, c.in)
		for _, bind := range []binder{textOf, jsonOf} {
			if got := texts(t, bind, typ, a); !slices.Equal(got, c.want) {
				t.Errorf("%s: %q, want %q", typ, got, c.want)
			}
		}
	}
	odd := dialect.Type{Kind: dialect.DecimalKind, Precision: 4, Scale: 1}
	if _, err := textOf(odd, values(t, &arrow.Decimal128Type{Precision: 4, Scale: 2}, `["1.00"]`)); err == nil {
		t.Error("a scale other than the type's is taken")
	}
}
