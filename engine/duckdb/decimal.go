package duckdb

import (
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// maxPrecision is how many digits Athena's decimals have at most.
const maxPrecision = 38

// newDecimalColumn is for DECIMAL, which DuckDB keeps in as few bytes as its
// digits need, and for HUGEINT, which may have one digit more than Athena knows.
func newDecimalColumn(logical mapping.LogicalType, id mapping.Type) *column {
	if id == mapping.TypeHugeInt {
		return &column{dataType: &arrow.Decimal128Type{Precision: maxPrecision}, values: (*column).hugeInts}
	}
	c := &column{dataType: &arrow.Decimal128Type{
		Precision: int32(mapping.DecimalWidth(logical)),
		Scale:     int32(mapping.DecimalScale(logical)),
	}}
	switch mapping.DecimalInternalType(logical) {
	case mapping.TypeSmallInt:
		c.values = decimals[int16]
	case mapping.TypeInteger:
		c.values = decimals[int32]
	case mapping.TypeBigInt:
		c.values = decimals[int64]
	default:
		c.values = (*column).hugeInts
	}
	return c
}

// decimals reads DECIMAL of up to 18 digits.
func decimals[T int16 | int32 | int64](c *column, v mapping.Vector, rows selection) (contents, error) {
	in := valuesOf[T](v, rows)
	bytes, out := c.decimals(rows.n)
	for i := range out {
		out[i] = decimal128.FromI64(int64(in[rows.at(i)]))
	}
	return contents{buffers: buffers(bytes)}, nil
}

// hugeInts reads HUGEINT and DECIMAL of 19 digits and more.
func (c *column) hugeInts(v mapping.Vector, rows selection) (contents, error) {
	in, valid := valuesOf[decimal128.Num](v, rows), validityOf(v, rows) // the lower half first, as in DuckDB
	bytes, out := c.decimals(rows.n)
	for i := range out {
		row := rows.at(i)
		out[i] = in[row]
		if isValid(valid, row) && !in[row].FitsInPrecision(maxPrecision) {
			return contents{}, &engine.RuntimeError{Code: outOfRange, Message: "Decimal overflow"}
		}
	}
	return contents{buffers: buffers(bytes)}, nil
}

// decimals is room for n values, as bytes and as what they are.
func (c *column) decimals(n int) ([]byte, []decimal128.Num) {
	bytes := c.buffer.grow(n * arrow.Decimal128SizeBytes)
	return bytes, unsafe.Slice((*decimal128.Num)(unsafe.Pointer(unsafe.SliceData(bytes))), n)
}
