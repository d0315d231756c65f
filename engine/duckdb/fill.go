package duckdb

// #include "fill.h"
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/bitutil"
	"github.com/duckdb/duckdb-go/v2/mapping"
)

// viewSize is the size of an Arrow string view in bytes.
const viewSize = 16

// filler copies columns of batches into columns of chunks. It is a lane's.
type filler struct {
	validity []byte // room for a bitmap moved to a byte's first bit
}

// fill copies values, at least one and at most vectorSize, into column of out.
func (f *filler) fill(out mapping.DataChunk, column int, values arrow.Array) error {
	data := values.Data()
	switch t := values.DataType().(type) {
	case *arrow.Int32Type, *arrow.Int64Type, *arrow.Date32Type:
		width := t.(arrow.FixedWidthDataType).Bytes()
		C.vpcq_fill_fixed(out.Ptr, C.uint64_t(column), slots(data, width), C.uint64_t(width), f.validityOf(values), C.uint64_t(data.Len()))
	case *arrow.StringViewType:
		f.fillViews(out, column, values)
	default:
		return fmt.Errorf("%s is not a type of scans", t)
	}
	return nil
}

func (f *filler) fillViews(out mapping.DataChunk, column int, values arrow.Array) {
	data := values.Data()
	at, rows := C.uint64_t(column), C.uint64_t(data.Len())
	views, validity := slots(data, viewSize), f.validityOf(values)
	C.vpcq_fill_views(out.Ptr, at, views, validity, rows)
	for index, buffer := range data.Buffers()[2:] {
		if buffer.Len() > 0 {
			bytes := (*C.char)(unsafe.Pointer(unsafe.SliceData(buffer.Bytes())))
			C.vpcq_fill_long(out.Ptr, at, views, validity, rows, C.int32_t(index), bytes)
		}
	}
}

// slots is where the values of a column begin, in bytes each of which width make one value.
func slots(data arrow.ArrayData, width int) unsafe.Pointer {
	return unsafe.Pointer(unsafe.SliceData(data.Buffers()[1].Bytes()[data.Offset()*width:]))
}

// validityOf is the bitmap of values from a byte's first bit, or nil where no value is null.
func (f *filler) validityOf(values arrow.Array) unsafe.Pointer {
	if values.NullN() == 0 {
		return nil
	}
	bitmap, offset := values.NullBitmapBytes(), values.Data().Offset()
	if offset%8 != 0 {
		if f.validity == nil {
			f.validity = make([]byte, vectorSize/8)
		}
		bitutil.CopyBitmap(bitmap, offset, values.Len(), f.validity, 0)
		bitmap, offset = f.validity, 0
	}
	return unsafe.Pointer(unsafe.SliceData(bitmap[offset/8:]))
}

// fillRecords fills column of out with rows times true.
func fillRecords(out mapping.DataChunk, column, rows int) {
	C.vpcq_fill_fixed(out.Ptr, C.uint64_t(column), unsafe.Pointer(&records[0]), 1, nil, C.uint64_t(rows))
}

// records are the values of recordColumn.
var records = func() (r [vectorSize]bool) {
	for i := range r {
		r[i] = true
	}
	return r
}()
