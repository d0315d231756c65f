package duckdb

import (
	"encoding/binary"
	"math"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// stringSize and inlined are the size of DuckDB's string in bytes, and how many
// bytes of text it keeps in itself, after the length, in place of a pointer.
const (
	stringSize = 16
	inlined    = 12
)

// stringAt is the text of a DuckDB string, in DuckDB's memory. The pointer is
// read only where it is one: garbage in its place must not meet Go's collector.
func stringAt(p unsafe.Pointer) []byte {
	n := *(*uint32)(p)
	if n <= inlined {
		return unsafe.Slice((*byte)(unsafe.Add(p, 4)), n)
	}
	return unsafe.Slice(*(**byte)(unsafe.Add(p, 8)), n)
}

// strings reads VARCHAR and BLOB. The text of each array is its own: the strings
// that Arrow hands out share it, and whoever keeps one expects it not to change.
func (c *column) strings(v mapping.Vector, rows selection) (contents, error) {
	in, valid := mapping.VectorGetData(v), validityOf(v, rows)
	offsets := c.buffer.grow(4 * (rows.n + 1))
	text := make([]byte, 0, c.size)
	binary.NativeEndian.PutUint32(offsets, 0)
	for i := range rows.n {
		if row := rows.at(i); isValid(valid, row) {
			text = append(text, stringAt(unsafe.Add(in, row*stringSize))...)
		}
		if len(text) > math.MaxInt32 {
			return contents{}, &engine.RuntimeError{Code: exceededMemory, Message: "2,048 rows of a column hold more than 2 GB of text"}
		}
		binary.NativeEndian.PutUint32(offsets[4*(i+1):], uint32(len(text)))
	}
	c.size = len(text)
	return contents{buffers: buffers(offsets, text)}, nil
}
