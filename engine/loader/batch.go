package loader

import (
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/schema"
)

// MaxRows is the most records that a batch holds: as many as one of DuckDB's
// data chunks.
const MaxRows = 2048

// Batch is up to MaxRows records of one object. Its memory belongs to the Reader
// that gave it, and is overwritten by the Reader's next call of Next, Count or
// Close.
//
// The vectors are Arrow's buffers of the batch's columns, for a back end that
// copies them without asking for each value; Record wraps the same memory for
// everybody else.
type Batch struct {
	Rows    int
	Vectors []Vector // of Options.Columns, in their order

	// Text is what the views of the string vectors point into: View.Buffer is
	// the index here. Text[0] is the text of the object, Text[1] holds constants
	// and mended strings. The address of Text[0] stays the same over the
	// Reader's life; that of Text[1] may change from batch to batch.
	Text [2][]byte

	schema *arrow.Schema
}

// Vector is the values of one column: the slice of its type has at least
// Batch.Rows values, the others are nil.
type Vector struct {
	Type  schema.Type
	Int32 []int32 // of an Int; of a Date, days since 1970-01-01
	Int64 []int64 // of a BigInt
	Views []View  // of a String

	// Valid has a bit for each value, the lowest bit of the first word first; a
	// bit that is not set marks a null, whose value is zero. It is nil where no
	// value is null. This is Arrow's layout and DuckDB's.
	Valid []uint64

	// Constant says that the first value is that of all MaxRows rows, and that
	// the vector stays so until a batch comes in which it does not hold.
	Constant bool
}

// View is a string in Arrow's layout (arrow.ViewHeader): 4 bytes of length, then
// either all of up to InlineLen bytes, padded with zeros, or the first 4 bytes,
// the index of a buffer and the offset in it. DuckDB's string_t is the same but
// for the second word of a long string, which is there the string's address:
//
//	if v.Len() > InlineLen {
//		second = uintptr(unsafe.Pointer(&text[v.Buffer()][v.Offset()]))
//	}
type View [2]uint64

// InlineLen is the length of the longest string that a View itself holds.
const InlineLen = 12

// Len returns the string's length in bytes.
func (v View) Len() int { return int(uint32(v[0])) }

// Buffer returns the index in Batch.Text of a string longer than InlineLen.
func (v View) Buffer() int { return int(uint32(v[1])) }

// Offset returns where in its buffer a string longer than InlineLen begins.
func (v View) Offset() int { return int(v[1] >> 32) }

// viewOf returns the view of text, which stands at offset in that buffer.
func viewOf(text []byte, buffer, offset int) View {
	var bytes [16]byte
	n := copy(bytes[4:], text)
	view := *(*View)(unsafe.Pointer(&bytes))
	view[0] |= uint64(len(text))
	if n < len(text) {
		view[1] = uint64(buffer) | uint64(offset)<<32
	}
	return view
}

// StringAt returns a copy of the string in that row of a String column.
func (b Batch) StringAt(column, row int) string {
	view := b.Vectors[column].Views[row]
	if view.Len() > InlineLen {
		return string(b.Text[view.Buffer()][view.Offset():][:view.Len()])
	}
	bytes := *(*[16]byte)(unsafe.Pointer(&view))
	return string(bytes[4 : 4+view.Len()])
}

// IsNull reports whether value i is null.
func (v *Vector) IsNull(i int) bool {
	return v.Valid != nil && v.Valid[i/64]>>(i%64)&1 == 0
}

// Record returns the batch as Arrow knows it, over the same memory: Int32,
// Int64, Date32 and string-view columns. It allocates a few hundred bytes a
// column; it need not be released.
func (b Batch) Record() arrow.RecordBatch {
	columns := make([]arrow.Array, len(b.Vectors))
	text := []*memory.Buffer{memory.NewBufferBytes(b.Text[0]), memory.NewBufferBytes(b.Text[1])}
	for i := range b.Vectors {
		columns[i] = b.Vectors[i].array(b.Rows, text)
	}
	return array.NewRecordBatch(b.schema, columns, int64(b.Rows))
}

// array returns the first rows values as an Arrow array.
func (v *Vector) array(rows int, text []*memory.Buffer) arrow.Array {
	buffers := make([]*memory.Buffer, 2, 2+len(text))
	nulls := 0
	if v.Valid != nil {
		buffers[0] = memory.NewBufferBytes(bytesOf(v.Valid))
		nulls = array.UnknownNullCount
	}
	switch v.Type {
	case schema.BigInt:
		buffers[1] = memory.NewBufferBytes(bytesOf(v.Int64))
	case schema.String:
		buffers[1] = memory.NewBufferBytes(bytesOf(v.Views))
		buffers = append(buffers, text...)
	default:
		buffers[1] = memory.NewBufferBytes(bytesOf(v.Int32))
	}
	return array.MakeFromData(array.NewData(arrowTypes[v.Type], rows, buffers, nil, nulls, 0))
}

// bytesOf returns the memory of s.
func bytesOf[T any](s []T) []byte {
	var zero T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(s))), len(s)*int(unsafe.Sizeof(zero)))
}

// arrowTypes are the Arrow types of the columns.
var arrowTypes = [...]arrow.DataType{
	schema.String: arrow.BinaryTypes.StringView,
	schema.Int:    arrow.PrimitiveTypes.Int32,
	schema.BigInt: arrow.PrimitiveTypes.Int64,
	schema.Date:   arrow.FixedWidthTypes.Date32,
}

// arrowSchema returns the schema of batches of these columns.
func arrowSchema(columns []schema.Column) *arrow.Schema {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowTypes[c.Type], Nullable: true}
	}
	return arrow.NewSchema(fields, nil)
}
