package loader

import (
	"encoding/base64"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/parquet"
	logical "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/vpcq/vpcq/schema"
)

// storedForm is a way to store the values of a declared type, and the text in
// which Hive writes one of them; a batch has it where it has no such type.
type storedForm struct {
	declared schema.Type
	stored   parquet.Type
	example  logical.LogicalType // one that the form goes with

	// fits tells whether a leaf is stored so; nil: whenever the types are these.
	fits func(leaf *logical.Column) bool
	// text appends the text of a value; nil: a batch has the values themselves.
	text func(l *leaf, dst []byte, value int) []byte
}

// storedForms are tried in order. Trino's Parquet reader has them and others
// (its ValueDecoders); what is stored in none of these is refused.
var storedForms = []storedForm{
	{schema.Boolean, parquet.Types.Boolean, logical.NoLogicalType{}, nil, func(l *leaf, dst []byte, i int) []byte { return strconv.AppendBool(dst, l.booleans[i]) }},
	{schema.Date, parquet.Types.Int32, logical.DateLogicalType{}, isDay, nil},
	{schema.Float, parquet.Types.Float, logical.NoLogicalType{}, nil, func(l *leaf, dst []byte, i int) []byte { return appendFloat(dst, float64(l.floats[i]), 32) }},
	{schema.Double, parquet.Types.Double, logical.NoLogicalType{}, nil, func(l *leaf, dst []byte, i int) []byte { return appendFloat(dst, l.doubles[i], 64) }},
	{schema.Double, parquet.Types.Float, logical.NoLogicalType{}, nil, func(l *leaf, dst []byte, i int) []byte { return appendFloat(dst, float64(l.floats[i]), 64) }},
	{schema.Timestamp, parquet.Types.Int64, logical.NewTimestampLogicalType(false, logical.TimeUnitMicros), isInstant, (*leaf).appendInstant},
	{schema.Timestamp, parquet.Types.Int96, logical.NoLogicalType{}, nil, func(l *leaf, dst []byte, i int) []byte {
		return appendTimestamp(dst, l.stamps[i].ToTime())
	}},
	{schema.Decimal, parquet.Types.Int32, logical.NewDecimalLogicalType(9, 2), isDecimal, func(l *leaf, dst []byte, i int) []byte {
		return l.appendDecimal(dst, big.NewInt(int64(l.narrow[i])))
	}},
	{schema.Decimal, parquet.Types.Int64, logical.NewDecimalLogicalType(18, 2), isDecimal, func(l *leaf, dst []byte, i int) []byte { return l.appendDecimal(dst, big.NewInt(l.wide[i])) }},
	{schema.Decimal, parquet.Types.FixedLenByteArray, logical.NewDecimalLogicalType(6, 2), isDecimal, func(l *leaf, dst []byte, i int) []byte { return l.appendDecimal(dst, signed(l.fixed[i])) }},
	{schema.Decimal, parquet.Types.ByteArray, logical.NewDecimalLogicalType(38, 2), isDecimal, func(l *leaf, dst []byte, i int) []byte { return l.appendDecimal(dst, signed(l.texts[i])) }},
	{schema.Binary, parquet.Types.ByteArray, logical.NoLogicalType{}, nil, func(l *leaf, dst []byte, i int) []byte {
		return base64.StdEncoding.AppendEncode(dst, l.texts[i])
	}},
}

// formOf is how a leaf stores values of a declared type; ok is false where a batch
// has strings and integers as they are stored, or nothing can be read.
func formOf(descr *logical.Column, declared schema.Type) (form storedForm, ok bool) {
	for _, f := range storedForms {
		if f.declared == declared && f.stored == descr.PhysicalType() && (f.fits == nil || f.fits(descr)) {
			return f, true
		}
	}
	return storedForm{}, false
}

func isDay(descr *logical.Column) bool {
	_, ok := descr.LogicalType().(logical.DateLogicalType)
	return ok || plainNumber(descr.LogicalType(), descr.PhysicalType())
}

func isInstant(descr *logical.Column) bool {
	_, ok := descr.LogicalType().(logical.TimestampLogicalType)
	return ok
}

func isDecimal(descr *logical.Column) bool {
	_, ok := descr.LogicalType().(logical.DecimalLogicalType)
	return ok
}

// appendFloat writes a number so that reading it gives it back.
func appendFloat(dst []byte, f float64, bits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case math.IsInf(f, 1):
		return append(dst, "Infinity"...)
	case math.IsInf(f, -1):
		return append(dst, "-Infinity"...)
	}
	return strconv.AppendFloat(dst, f, 'g', -1, bits)
}

// appendInstant writes a timestamp that is stored as a number.
func (l *leaf) appendInstant(dst []byte, i int) []byte {
	n := l.wide[i]
	switch l.logical.(logical.TimestampLogicalType).TimeUnit() {
	case logical.TimeUnitMillis:
		return appendTimestamp(dst, time.UnixMilli(n))
	case logical.TimeUnitMicros:
		return appendTimestamp(dst, time.UnixMicro(n))
	}
	return appendTimestamp(dst, time.Unix(0, n))
}

// appendTimestamp writes a timestamp to the millisecond, which half of one rounds
// up, as Athena's timestamps have it.
func appendTimestamp(dst []byte, t time.Time) []byte {
	return t.UTC().Add(time.Millisecond/2).AppendFormat(dst, "2006-01-02 15:04:05.000")
}

// appendDecimal writes a decimal of the leaf's scale.
func (l *leaf) appendDecimal(dst []byte, unscaled *big.Int) []byte {
	scale := int(l.logical.(logical.DecimalLogicalType).Scale())
	if unscaled.Sign() < 0 {
		dst = append(dst, '-')
		unscaled.Neg(unscaled)
	}
	digits := unscaled.String()
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = fmt.Sprintf("%0*s", scale+1, digits)
	}
	dst = append(dst, digits[:len(digits)-scale]...)
	if scale > 0 {
		dst = append(append(dst, '.'), digits[len(digits)-scale:]...)
	}
	return dst
}

// signed reads a number in two's complement, the highest byte first.
func signed(b []byte) *big.Int {
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0] >= 0x80 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}

// isFormed reports whether a declared type has its own forms of storage: its
// values are never strings or integers as they are stored.
func isFormed(declared schema.Type) bool {
	for _, f := range storedForms {
		if f.declared == declared {
			return true
		}
	}
	return false
}
