package duckdb

import (
	"fmt"
	"math"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// column copies the vectors of one column of a result, or of a part of one such
// as the elements of its lists, into Arrow arrays. The memory of one array is
// used again for the next.
type column struct {
	dataType arrow.DataType
	children []*column
	values   func(c *column, v mapping.Vector, rows selection) (contents, error)

	validity scratch
	buffer   scratch
	size     int   // bytes of text in the last array
	numbers  []int // of the elements of lists, where they do not lie one after the other
}

// contents is an array without its type, length and validity.
type contents struct {
	buffers  []*memory.Buffer
	children []arrow.ArrayData
}

// selection is which rows of a vector to read: the first n, or n of them by number.
type selection struct {
	n       int
	numbers []int // of the rows; nil: 0 to n-1
	reach   int   // one more than the greatest number
}

// first selects the first n rows.
func first(n int) selection { return selection{n: n, reach: n} }

func (s selection) at(i int) int {
	if s.numbers == nil {
		return i
	}
	return s.numbers[i]
}

// scratch is memory used again and again.
type scratch []byte

// grow returns n bytes of any content.
func (s *scratch) grow(n int) []byte {
	if cap(*s) < n {
		*s = make([]byte, max(n, 2*cap(*s)))
	}
	return (*s)[:n]
}

// clear returns n bytes, all zero.
func (s *scratch) clear(n int) []byte {
	b := s.grow(n)
	clear(b)
	return b
}

// newColumn returns the column for a type of DuckDB, or an error where results
// have no such type.
func newColumn(logical mapping.LogicalType) (*column, error) {
	id := mapping.GetTypeId(logical)
	switch id {
	case mapping.TypeBoolean:
		return &column{dataType: arrow.FixedWidthTypes.Boolean, values: (*column).booleans}, nil
	case mapping.TypeVarchar:
		return &column{dataType: arrow.BinaryTypes.String, values: (*column).strings}, nil
	case mapping.TypeBlob:
		return &column{dataType: arrow.BinaryTypes.Binary, values: (*column).strings}, nil
	case mapping.TypeInterval:
		return &column{dataType: arrow.FixedWidthTypes.MonthDayNanoInterval, values: (*column).intervals}, nil
	case mapping.TypeDecimal, mapping.TypeHugeInt:
		return newDecimalColumn(logical, id), nil
	case mapping.TypeList, mapping.TypeMap:
		return newListColumn(logical, id)
	case mapping.TypeStruct:
		return newStructColumn(logical)
	case mapping.TypeSQLNull:
		return &column{dataType: arrow.Null}, nil
	}
	if t, ok := fixedTypes[id]; ok {
		return &column{dataType: t, values: fixedValues(id)}, nil
	}
	return nil, fmt.Errorf("DuckDB's type %d is not a type of results", id)
}

// fixedTypes are the types whose values are the same bytes in DuckDB and Arrow.
var fixedTypes = map[mapping.Type]arrow.DataType{
	mapping.TypeTinyInt:     arrow.PrimitiveTypes.Int8,
	mapping.TypeSmallInt:    arrow.PrimitiveTypes.Int16,
	mapping.TypeInteger:     arrow.PrimitiveTypes.Int32,
	mapping.TypeBigInt:      arrow.PrimitiveTypes.Int64,
	mapping.TypeFloat:       arrow.PrimitiveTypes.Float32,
	mapping.TypeDouble:      arrow.PrimitiveTypes.Float64,
	mapping.TypeDate:        arrow.FixedWidthTypes.Date32,
	mapping.TypeTime:        arrow.FixedWidthTypes.Time64us,
	mapping.TypeTimestamp:   &arrow.TimestampType{Unit: arrow.Microsecond},
	mapping.TypeTimestampTZ: arrow.FixedWidthTypes.Timestamp_us, // in UTC
}

func fixedValues(id mapping.Type) func(*column, mapping.Vector, selection) (contents, error) {
	switch id {
	case mapping.TypeDate:
		return finite[int32](math.MaxInt32)
	case mapping.TypeTimestamp, mapping.TypeTimestampTZ:
		return finite[int64](math.MaxInt64)
	}
	return (*column).fixed
}

// read copies the rows of a vector.
func (c *column) read(v mapping.Vector, rows selection) (arrow.ArrayData, error) {
	if c.values == nil {
		return array.NewData(c.dataType, rows.n, []*memory.Buffer{nil}, nil, rows.n, 0), nil
	}
	contents, err := c.values(c, v, rows)
	if err != nil {
		return nil, err
	}
	validity, nulls := c.readValidity(v, rows)
	buffers := append([]*memory.Buffer{validity}, contents.buffers...)
	return array.NewData(c.dataType, rows.n, buffers, contents.children, nulls, 0), nil
}

// readValidity copies the bits that say which rows are not null.
func (c *column) readValidity(v mapping.Vector, rows selection) (bitmap *memory.Buffer, nulls int) {
	valid := validityOf(v, rows)
	if valid == nil {
		return nil, 0
	}
	bits := c.validity.clear((rows.n + 7) / 8)
	for i := range rows.n {
		if bitutil.BitIsSet(valid, rows.at(i)) {
			bitutil.SetBit(bits, i)
		} else {
			nulls++
		}
	}
	return memory.NewBufferBytes(bits), nulls
}

// validityOf is DuckDB's own bitmap, or nil where no row is null.
func validityOf(v mapping.Vector, rows selection) []byte {
	bitmap := (*byte)(mapping.VectorGetValidity(v))
	if bitmap == nil {
		return nil
	}
	return unsafe.Slice(bitmap, (rows.reach+7)/8)
}

// isValid reports whether a row is not null.
func isValid(validity []byte, row int) bool {
	return validity == nil || bitutil.BitIsSet(validity, row)
}

// valuesOf is a vector's own values, as far as a selection reaches.
func valuesOf[T any](v mapping.Vector, rows selection) []T {
	return unsafe.Slice((*T)(mapping.VectorGetData(v)), rows.reach)
}

func buffers(bytes ...[]byte) []*memory.Buffer {
	all := make([]*memory.Buffer, len(bytes))
	for i, b := range bytes {
		all[i] = memory.NewBufferBytes(b)
	}
	return all
}

func (c *column) fixed(v mapping.Vector, rows selection) (contents, error) {
	width := c.dataType.(arrow.FixedWidthDataType).Bytes()
	in := unsafe.Slice((*byte)(mapping.VectorGetData(v)), rows.reach*width)
	out := c.buffer.grow(rows.n * width)
	if rows.numbers == nil {
		copy(out, in)
	}
	for i, row := range rows.numbers {
		copy(out[i*width:(i+1)*width], in[row*width:])
	}
	return contents{buffers: buffers(out)}, nil
}

// finite is fixed for dates and times, of which DuckDB, but not Athena, knows
// two that are infinite.
func finite[T int32 | int64](infinite T) func(*column, mapping.Vector, selection) (contents, error) {
	return func(c *column, v mapping.Vector, rows selection) (contents, error) {
		valid, in := validityOf(v, rows), valuesOf[T](v, rows)
		for i := range rows.n {
			row := rows.at(i)
			if (in[row] == infinite || in[row] == -infinite) && isValid(valid, row) {
				return contents{}, &engine.RuntimeError{Code: invalidCast, Message: "infinity is not a " + c.dataType.Name()}
			}
		}
		return c.fixed(v, rows)
	}
}

func (c *column) booleans(v mapping.Vector, rows selection) (contents, error) {
	in := valuesOf[byte](v, rows)
	bits := c.buffer.clear((rows.n + 7) / 8)
	for i := range rows.n {
		if in[rows.at(i)] != 0 {
			bitutil.SetBit(bits, i)
		}
	}
	return contents{buffers: buffers(bits)}, nil
}
