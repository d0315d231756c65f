package render

import (
	"math"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/decimal128"

	"github.com/vpcq/vpcq/engine/dialect"
)

// float serves double and real, which differ in how many digits tell them apart.
func float(t dialect.Type, a arrow.Array) (appendFunc, error) {
	switch a := a.(type) {
	case *array.Float64:
		values := a.Float64Values()
		return func(dst []byte, i int) []byte { return appendFloat(dst, values[i], 64) }, nil
	case *array.Float32:
		values := a.Float32Values()
		return func(dst []byte, i int) []byte { return appendFloat(dst, float64(values[i]), 32) }, nil
	}
	return nil, mismatch(t, a)
}

// floatJSON quotes what JSON has no number for: NaN, Infinity and -Infinity.
func floatJSON(t dialect.Type, a arrow.Array) (appendFunc, error) {
	text, err := float(t, a)
	if err != nil {
		return nil, err
	}
	return func(dst []byte, i int) []byte {
		start := len(dst)
		dst = text(dst, i)
		if last := dst[len(dst)-1]; last == 'N' || last == 'y' {
			dst = append(dst, '"', '"')
			copy(dst[start+1:], dst[start:len(dst)-2])
			dst[start] = '"'
		}
		return dst
	}, nil
}

// appendFloat appends f as Java's Double.toString, or Float.toString where bits
// is 32, prints it since JDK 19: the fewest digits that read back as f, in
// scientific notation below 1e-3 and from 1e7 on.
// Source: the javadoc of java.lang.Double.toString.
func appendFloat(dst []byte, f float64, bits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	}
	if math.Signbit(f) {
		dst, f = append(dst, '-'), -f
	}
	if f == 0 {
		return append(dst, "0.0"...)
	}
	var scratch [32]byte
	digits, exponent := shortest(scratch[:0], f, bits)
	if exponent >= -3 && exponent < 7 {
		return appendPositional(dst, digits, exponent)
	}
	dst = append(dst, digits[0], '.')
	if len(digits) == 1 {
		dst = append(dst, '0')
	}
	dst = append(append(dst, digits[1:]...), 'E')
	return strconv.AppendInt(dst, int64(exponent), 10)
}

// shortest returns the digits d and the exponent e of f = d[0].d[1:] × 10^e.
func shortest(scratch []byte, f float64, bits int) (digits []byte, exponent int) {
	text := strconv.AppendFloat(scratch, f, 'e', -1, bits) // such as 1.5e+06 or 5e-324
	if text[1] == 'e' && isSubnormal(f, bits) {
		// Java takes the nearest of two digits over one digit that is farther
		// away: 4.9E-324, where one digit would do. Among normal numbers the
		// two are the same.
		two := strconv.AppendFloat(text[len(text):], f, 'e', 1, bits)
		if back, err := strconv.ParseFloat(string(two), bits); err == nil && back == f && two[2] != '0' {
			text = two
		}
	}
	mark := len(text) - 1
	for text[mark] != 'e' {
		mark--
	}
	for _, c := range text[mark+2:] {
		exponent = exponent*10 + int(c-'0')
	}
	if text[mark+1] == '-' {
		exponent = -exponent
	}
	if mark > 1 { // close the gap of the point
		copy(text[1:], text[2:mark])
		mark--
	}
	return text[:mark], exponent
}

// isSubnormal reports whether f, which is positive, has fewer significant bits than its type.
func isSubnormal(f float64, bits int) bool {
	if bits == 32 {
		return f < 0x1p-126
	}
	return f < 0x1p-1022
}

// appendPositional appends digits with the point where the exponent says and at
// least one digit on either side of it.
func appendPositional(dst, digits []byte, exponent int) []byte {
	if exponent < 0 {
		dst = append(dst, "0.00"[:1-exponent]...)
		return append(dst, digits...)
	}
	for i := 0; i <= exponent; i++ {
		if i < len(digits) {
			dst = append(dst, digits[i])
		} else {
			dst = append(dst, '0')
		}
	}
	dst = append(dst, '.')
	if len(digits) <= exponent+1 {
		return append(dst, '0')
	}
	return append(dst, digits[exponent+1:]...)
}

// decimal checks the scale, since digits under another scale are another number.
func decimal(t dialect.Type, a arrow.Array) (appendFunc, error) {
	d, ok := a.(*array.Decimal128)
	if !ok {
		return nil, mismatch(t, a)
	}
	scale := int(d.DataType().(*arrow.Decimal128Type).Scale)
	if scale != t.Scale {
		return nil, mismatch(t, a)
	}
	return func(dst []byte, i int) []byte { return appendDecimal(dst, d.Value(i), scale) }, nil
}

// appendDecimal appends n × 10^-scale with exactly scale digits after the point.
func appendDecimal(dst []byte, n decimal128.Num, scale int) []byte {
	if n.Sign() < 0 {
		dst, n = append(dst, '-'), n.Negate()
	}
	var scratch [48]byte
	digits := scratch[:0]
	if n.HighBits() == 0 {
		digits = strconv.AppendUint(digits, n.LowBits(), 10)
	} else {
		digits = n.BigInt().Append(digits, 10)
	}
	if scale == 0 {
		return append(dst, digits...)
	}
	if len(digits) <= scale {
		dst = append(dst, '0', '.')
		for range scale - len(digits) {
			dst = append(dst, '0')
		}
		return append(dst, digits...)
	}
	dst = append(dst, digits[:len(digits)-scale]...)
	dst = append(dst, '.')
	return append(dst, digits[len(digits)-scale:]...)
}
