package dialect

import (
	"fmt"
	"math/big"
	"strings"
)

// decimalNatives compute with decimals that DuckDB's 128 bits do not hold on the way.
var decimalNatives = []Native{
	{Name: "vpcq_decimal", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR", "BIGINT", "BIGINT"}, Result: "VARCHAR", Call: func(args []any) (any, error) {
		to := decimalType(int(min(maxPrecision, max(1, args[3].(int64)))), int(min(maxPrecision, max(0, args[4].(int64)))))
		return exactArithmetic(args[0].(string), args[1].(string), args[2].(string), to)
	}},
	{Name: "vpcq_round_integer", Parameters: []string{"BIGINT", "BIGINT"}, Result: "BIGINT", Call: call2(roundInteger)},
}

// exactOperations are what vpcq_decimal computes, by name, of two numbers: the
// result before it is rounded to the scale of its type.
var exactOperations = map[string]func(l, r exactNumber, to Type) exactNumber{
	"+":        func(l, r exactNumber, _ Type) exactNumber { return l.plus(r) },
	"-":        func(l, r exactNumber, _ Type) exactNumber { return l.plus(r.negated()) },
	"/":        dividedExactly,
	"%":        remainderExactly,
	"round":    roundedExactly,
	"truncate": func(l, r exactNumber, _ Type) exactNumber { return l.cut(r, truncatedDivision) },
}

// dividedExactly divides by what is not 0, to the scale of a type.
func dividedExactly(l, r exactNumber, to Type) exactNumber {
	numerator := new(big.Int).Mul(l.unscaled, tenTo(max(0, to.Scale-l.scale+r.scale)))
	denominator := new(big.Int).Mul(r.unscaled, tenTo(max(0, l.scale-r.scale-to.Scale)))
	return exactNumber{roundedDivision(numerator, denominator), to.Scale}
}

// remainderExactly is what a division by what is not 0 leaves, with the sign of the dividend.
func remainderExactly(l, r exactNumber, to Type) exactNumber {
	l, r = l.rescale(to.Scale), r.rescale(to.Scale)
	return exactNumber{new(big.Int).Rem(l.unscaled, r.unscaled), to.Scale}
}

// roundedExactly rounds to decimal places. Trino gives 0 where the places drop
// every digit that a decimal of 64 bits has, even those that would round up
// (MathFunctions.RoundN.roundNShort).
func roundedExactly(l, places exactNumber, to Type) exactNumber {
	whole := big.NewInt(int64(to.Precision - 1 - to.Scale))
	if to.Precision <= shortPrecision && whole.Add(whole, places.unscaled).Sign() <= 0 {
		return exactNumber{new(big.Int), to.Scale}
	}
	return l.cut(places, roundedDivision)
}

// shortPrecision is how many digits Trino's decimals of 64 bits have at most.
const shortPrecision = 18

// exactArithmetic computes with two numbers, given as texts, for a result of
// type to, as the text that DuckDB casts to it.
func exactArithmetic(operation, left, right string, to Type) (any, error) {
	l, err := parseExact(left)
	if err != nil {
		return nil, err
	}
	r, err := parseExact(right)
	if err != nil {
		return nil, err
	}
	compute := exactOperations[operation]
	switch {
	case compute == nil:
		return nil, argumentFault("there is no operation %q of decimals", operation)
	case strings.Contains("/%", operation) && r.unscaled.Sign() == 0:
		return nil, fmt.Errorf("%s: Division by zero", divisionByZero)
	}
	d := compute(l, r, to).rescale(to.Scale)
	if d.unscaled.Sign() != 0 && d.digits() > to.Precision {
		return nil, fmt.Errorf("%s: Decimal overflow", outOfRange)
	}
	return d.String(), nil
}

func (d exactNumber) negated() exactNumber {
	return exactNumber{new(big.Int).Neg(d.unscaled), d.scale}
}

func (d exactNumber) plus(e exactNumber) exactNumber {
	scale := max(d.scale, e.scale)
	return exactNumber{new(big.Int).Add(d.rescale(scale).unscaled, e.rescale(scale).unscaled), scale}
}

// cut drops the digits behind so many decimal places, fewer than none too.
func (d exactNumber) cut(places exactNumber, divide func(n, d *big.Int) *big.Int) exactNumber {
	const most = 2 * maxPrecision // beyond which no digit is left, or none dropped
	keep := max(-most, int(places.unscaled.Int64()))
	if !places.unscaled.IsInt64() || keep >= d.scale {
		return d
	}
	unit := tenTo(d.scale - keep)
	quotient := divide(d.unscaled, unit)
	return exactNumber{quotient.Mul(quotient, unit), d.scale}
}

// roundInteger rounds to decimal places, of which only those before the point
// matter, halves away from zero.
func roundInteger(n, places int64) (any, error) {
	if places >= 0 {
		return n, nil
	}
	fault := fmt.Errorf("%s: numerical overflow: %d", outOfRange, n)
	if places < -18 { // Trino's power of ten has 64 bits
		return nil, fault
	}
	unit := tenTo(int(-places))
	rounded := roundedDivision(big.NewInt(n), unit)
	if rounded.Mul(rounded, unit); !rounded.IsInt64() {
		return nil, fault
	}
	return rounded.Int64(), nil
}

func truncatedDivision(n, d *big.Int) *big.Int { return new(big.Int).Quo(n, d) }
