package duckdb

// #include "fill.h"
import "C"

import (
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// fillVector puts a vector of a batch into column of out.
func fillVector(out mapping.DataChunk, column int, batch *loader.Batch, from int) {
	// The C API has no null of a type, so a column of nulls is copied as any other.
	if v := &batch.Vectors[from]; v.Constant && !v.IsNull(0) {
		fillConstant(out, column, batch, from)
		return
	}
	copyVector(out, column, batch, from)
}

// fillConstant gives column of out one value for all rows, which DuckDB then
// computes with once a chunk.
func fillConstant(out mapping.DataChunk, column int, batch *loader.Batch, from int) {
	var value mapping.Value
	switch v := &batch.Vectors[from]; v.Type {
	case schema.Int:
		value = mapping.CreateInt32(v.Int32[0])
	case schema.Date:
		value = mapping.CreateDate(mapping.NewDate(v.Int32[0]))
	case schema.BigInt:
		value = mapping.CreateInt64(v.Int64[0])
	default:
		text := batch.StringAt(from, 0)
		value = mapping.CreateVarcharLength(text, mapping.IdxT(len(text)))
	}
	defer mapping.DestroyValue(&value)
	mapping.VectorReferenceValue(mapping.DataChunkGetVector(out, mapping.IdxT(column)), value)
}

// copyVector copies a vector of a batch into column of out, in one call of C.
func copyVector(out mapping.DataChunk, column int, batch *loader.Batch, from int) {
	v := &batch.Vectors[from]
	at, rows := C.uint64_t(column), C.uint64_t(batch.Rows)
	validity := (*C.uint64_t)(unsafe.SliceData(v.Valid))
	switch v.Type {
	case schema.Int, schema.Date:
		C.vpcq_fill_fixed(out.Ptr, at, bytesAt(&v.Int32[0]), 4, validity, rows)
	case schema.BigInt:
		C.vpcq_fill_fixed(out.Ptr, at, bytesAt(&v.Int64[0]), 8, validity, rows)
	default:
		C.vpcq_fill_views(out.Ptr, at, bytesAt(&v.Views[0]), validity, rows, textOf(batch, 0), textOf(batch, 1))
	}
}

// textOf is a buffer that views point into, nil where it is empty.
func textOf(batch *loader.Batch, buffer int) *C.uint8_t {
	return bytesAt(unsafe.SliceData(batch.Text[buffer]))
}

// bytesAt is p for C. The type says that no Go pointers lie there, so that cgo
// does not search for them.
func bytesAt[T bool | byte | int32 | int64 | loader.View](p *T) *C.uint8_t {
	return (*C.uint8_t)(unsafe.Pointer(p))
}

// fillRecords fills column of out with rows times true.
func fillRecords(out mapping.DataChunk, column, rows int) {
	C.vpcq_fill_fixed(out.Ptr, C.uint64_t(column), bytesAt(&records[0]), 1, nil, C.uint64_t(rows))
}

// records are the values of recordColumn.
var records = func() (r [vectorSize]bool) {
	for i := range r {
		r[i] = true
	}
	return r
}()
