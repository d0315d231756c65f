package dialect

import (
	"math"
	"math/big"
)

// compute computes with two numbers as Trino's operators do: the types
// say which type the result has and what is too large for it.
func (n *pathNode) compute(left, right pathItem) (pathItem, error) {
	switch {
	case left.isFloat() || right.isFloat():
		return n.computeFloats(left, right)
	case left.typ.Kind != DecimalKind && right.typ.Kind != DecimalKind:
		return n.computeIntegers(left, right)
	}
	return n.computeDecimals(left.asDecimal(), right.asDecimal())
}

func (n *pathNode) computeFloats(left, right pathItem) (pathItem, error) {
	out := pathItem{typ: realType}
	if left.typ.Kind == DoubleKind || right.typ.Kind == DoubleKind {
		out.typ = doubleType
	}
	bits := floatBits[out.typ.Kind]
	l, r := left.toFloat(bits), right.toFloat(bits)
	switch n.text {
	case "+":
		out.float = l + r
	case "-":
		out.float = l - r
	case "*":
		out.float = l * r
	case "/":
		out.float = l / r
	default:
		out.float = math.Mod(l, r)
	}
	out.float = out.toFloat(bits)
	return out, nil
}

func (n *pathNode) computeIntegers(left, right pathItem) (pathItem, error) {
	out := pathItem{typ: left.typ}
	if right.typ.Kind > left.typ.Kind {
		out.typ = right.typ
	}
	result, l, r := new(big.Int), left.exact.unscaled, right.exact.unscaled
	switch n.text {
	case "+":
		result.Add(l, r)
	case "-":
		result.Sub(l, r)
	case "*":
		result.Mul(l, r)
	default:
		if r.Sign() == 0 {
			return out, pathError("")
		}
		if n.text == "/" {
			result.Quo(l, r)
		} else {
			result.Rem(l, r)
		}
	}
	out.exact = exactNumber{result, 0}
	return out, out.checkRange()
}

// checkRange refuses an integer that is too large for its type, or a decimal of too many digits.
func (i pathItem) checkRange() error {
	if i.typ.Kind == DecimalKind {
		if i.exact.digits() > maxPrecision {
			return pathError("")
		}
		return nil
	}
	if _, err := castExact(i.exact, i.typ); err != nil {
		return pathError("")
	}
	return nil
}

// asDecimal gives an integer the decimal type that holds all its values.
func (i pathItem) asDecimal() pathItem {
	if digits, ok := integerDigits[i.typ.Kind]; ok {
		i.typ = decimalType(digits, 0)
	}
	return i
}

// computeDecimals follows the precisions and scales of Trino's functions/decimal.md.
func (n *pathNode) computeDecimals(left, right pathItem) (pathItem, error) {
	l, r := left.typ, right.typ
	scale := max(l.Scale, r.Scale)
	whole := max(l.Precision-l.Scale, r.Precision-r.Scale)
	a, b := left.exact.rescale(scale).unscaled, right.exact.rescale(scale).unscaled
	result := new(big.Int)
	var t Type
	switch n.text {
	case "+", "-":
		t = decimalType(min(maxPrecision, whole+scale+1), scale)
		if n.text == "-" {
			b = new(big.Int).Neg(b)
		}
		result.Add(a, b)
	case "*":
		if l.Scale+r.Scale > maxPrecision {
			return left, pathErrorf("invalid operand types to MULTIPLY operator (%s, %s)", l, r)
		}
		t = decimalType(min(maxPrecision, l.Precision+r.Precision), l.Scale+r.Scale)
		result.Mul(left.exact.unscaled, right.exact.unscaled)
	default:
		if b.Sign() == 0 {
			return left, pathError("")
		}
		if n.text == "/" {
			t = decimalType(min(maxPrecision, l.Precision+r.Scale+max(0, r.Scale-l.Scale)), scale)
			result = roundedDivision(new(big.Int).Mul(a, tenTo(scale)), b)
		} else {
			t = decimalType(min(l.Precision-l.Scale, r.Precision-r.Scale)+scale, scale)
			result.Rem(a, b)
		}
	}
	out := pathItem{typ: t, exact: exactNumber{result, t.Scale}}
	return out, out.checkRange()
}

// negated changes the sign of a number.
func (i pathItem) negated() (pathItem, error) {
	if i.isFloat() {
		i.float = -i.float
		return i, nil
	}
	i.exact = exactNumber{new(big.Int).Neg(i.exact.unscaled), i.exact.scale}
	return i, i.checkRange()
}

// absolute is the method abs().
func (i pathItem) absolute() (pathItem, error) {
	if i.isFloat() && (i.float < 0 || math.Signbit(i.float)) || !i.isFloat() && i.exact.unscaled.Sign() < 0 {
		return i.negated()
	}
	return i, nil
}

// whole is the methods ceiling() and floor().
func (i pathItem) whole(up bool) (pathItem, error) {
	if i.isFloat() {
		if up {
			i.float = math.Ceil(i.float)
		} else {
			i.float = math.Floor(i.float)
		}
		return i, nil
	}
	if i.typ.Kind != DecimalKind {
		return i, nil
	}
	quotient, rest := new(big.Int).QuoRem(i.exact.unscaled, tenTo(i.exact.scale), new(big.Int))
	if up && rest.Sign() > 0 {
		quotient.Add(quotient, big.NewInt(1))
	} else if !up && rest.Sign() < 0 {
		quotient.Sub(quotient, big.NewInt(1))
	}
	i.typ = decimalType(i.typ.Precision-i.typ.Scale+min(i.typ.Scale, 1), 0)
	i.exact = exactNumber{quotient, 0}
	return i, nil
}

// double is the method double().
func (i pathItem) double() (pathItem, error) {
	typed, ok, err := i.typed()
	switch {
	case err != nil:
		return i, err
	case ok && typed.typ.isText():
		text, err := castText(typed.padded(), doubleType)
		if err != nil {
			return i, pathError("")
		}
		return parseItem(text, doubleType)
	case !ok || !typed.typ.isNumeric():
		return i, wrongItem("NUMBER or TEXT", i)
	case typed.isFloat():
		typed.typ = doubleType
		return typed, nil
	}
	return pathItem{typ: doubleType, float: typed.exact.float(64)}, nil
}
