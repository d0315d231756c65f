package duckdb

import (
	"fmt"
	"math"
	"math/big"
	"unicode/utf8"
	"unsafe"

	bindings "github.com/duckdb/duckdb-go-bindings"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
)

// writer writes the results of natives into vectors of DuckDB's.
type writer struct{ block scratch }

// write gives the first rows of v their values; nil is NULL. A value of another
// Go type than dialect.Native says is a fault of the native, and panics.
func (w *writer) write(t *nativeType, v mapping.Vector, values []any) error {
	setNulls(v, len(values), func(i int) bool { return values[i] == nil })
	switch t.id {
	case mapping.TypeVarchar:
		return assignTexts(w, t, v, only[string](values))
	case mapping.TypeBlob:
		return assignTexts(w, t, v, only[[]byte](values))
	case mapping.TypeList:
		return w.writeLists(t, v, values)
	case mapping.TypeMap:
		return w.writeMaps(t, v, values)
	case mapping.TypeDecimal, mapping.TypeHugeInt:
		return writeIntegers(t, v, values)
	}
	t.writeFixed(v, values)
	return nil
}

// only is the values as what they are, with the zero value for nil.
func only[T any](values []any) []T {
	all := make([]T, len(values))
	for i, value := range values {
		if value != nil {
			all[i] = value.(T)
		}
	}
	return all
}

// setNulls sets the validity of the first rows of v.
func setNulls(v mapping.Vector, rows int, isNull func(row int) bool) {
	var words []uint64
	for row := range rows {
		if !isNull(row) {
			continue
		}
		if words == nil {
			mapping.VectorEnsureValidityWritable(v)
			words = unsafe.Slice((*uint64)(mapping.VectorGetValidity(v)), (rows+63)/64)
			for i := range words {
				words[i] = math.MaxUint64
			}
		}
		words[row/64] &^= 1 << (row % 64)
	}
}

func (t *nativeType) writeFixed(v mapping.Vector, values []any) {
	data := mapping.VectorGetData(v)
	switch t.id {
	case mapping.TypeBoolean:
		put[bool](data, values)
	case mapping.TypeTinyInt:
		put[int8](data, values)
	case mapping.TypeSmallInt:
		put[int16](data, values)
	case mapping.TypeInteger, mapping.TypeDate:
		put[int32](data, values)
	case mapping.TypeFloat:
		put[float32](data, values)
	case mapping.TypeDouble:
		put[float64](data, values)
	default:
		put[int64](data, values)
	}
}

func put[T any](data unsafe.Pointer, values []any) {
	for i, value := range values {
		if value != nil {
			*at[T](data, i) = value.(T)
		}
	}
}

// writeIntegers writes HUGEINT and DECIMAL.
func writeIntegers(t *nativeType, v mapping.Vector, values []any) error {
	data := mapping.VectorGetData(v)
	for i, value := range values {
		if value == nil {
			continue
		}
		n := value.(*big.Int)
		h, ok := hugeIntOf(n)
		if !ok || t.id == mapping.TypeDecimal && n.CmpAbs(powerOfTen(t.width)) >= 0 {
			return &engine.RuntimeError{Code: outOfRange, Message: "Decimal overflow"}
		}
		switch t.storage() {
		case mapping.TypeSmallInt:
			*at[int16](data, i) = int16(h.low)
		case mapping.TypeInteger:
			*at[int32](data, i) = int32(h.low)
		case mapping.TypeBigInt:
			*at[int64](data, i) = int64(h.low)
		default:
			*at[hugeInt](data, i) = h
		}
	}
	return nil
}

func powerOfTen(n uint8) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil) }

// duckString is DuckDB's string: the bytes themselves, or the first four and
// where all of them lie.
type duckString struct {
	length uint32
	inline [inlined]byte
}

// assignTexts gives the first rows of v their texts. It takes memory for all at
// once: DuckDB's only call for that is to give a row a text, which it copies.
func assignTexts[T string | []byte](w *writer, t *nativeType, v mapping.Vector, texts []T) error {
	size := 0
	for _, text := range texts {
		if len(text) > inlined {
			size += len(text)
		}
	}
	if size > math.MaxUint32 {
		return &engine.RuntimeError{Code: exceededMemory, Message: "2,048 rows of a column hold more than 4 GB of text"}
	}
	data := mapping.VectorGetData(v)
	var room []byte
	if size > 0 {
		bindings.UnsafeVectorAssignStringElementLen(v, 0, w.block.grow(size))
		room = stringAt(data)
	}
	for row, text := range texts {
		out := at[duckString](data, row)
		out.length = uint32(len(text))
		if len(text) <= inlined {
			out.inline = [inlined]byte{}
			copy(out.inline[:], text)
		} else {
			copy(room, text)
			copy(out.inline[:4], text)
			*(*uintptr)(unsafe.Pointer(&out.inline[4])) = uintptr(unsafe.Pointer(&room[0]))
			room = room[len(text):]
		}
		if t.id == mapping.TypeVarchar && !utf8.Valid(stringAt(unsafe.Pointer(out))) {
			return &engine.RuntimeError{Code: internalError, Message: fmt.Sprintf("a function in Go gave a text that is not UTF-8; please report it: %q", text)}
		}
	}
	return nil
}

// reserveLists writes where the elements of each list lie and makes room for
// them in the child vector.
func reserveLists(v mapping.Vector, rows int, length func(row int) int) error {
	entries := unsafe.Slice((*listEntry)(mapping.VectorGetData(v)), rows)
	total := 0
	for row := range entries {
		entries[row] = listEntry{offset: uint64(total), length: uint64(length(row))}
		total += length(row)
	}
	if mapping.ListVectorReserve(v, mapping.IdxT(total)) != mapping.StateSuccess ||
		mapping.ListVectorSetSize(v, mapping.IdxT(total)) != mapping.StateSuccess {
		return &engine.RuntimeError{Code: exceededMemory, Message: fmt.Sprintf("no memory for %d elements of lists", total)}
	}
	return nil
}

func (w *writer) writeLists(t *nativeType, v mapping.Vector, values []any) error {
	lists := only[[]any](values)
	if err := reserveLists(v, len(lists), func(row int) int { return len(lists[row]) }); err != nil {
		return err
	}
	var elements []any
	for _, list := range lists {
		elements = append(elements, list...)
	}
	return w.write(t.parts[0], mapping.ListVectorGetChild(v), elements)
}

func (w *writer) writeMaps(t *nativeType, v mapping.Vector, values []any) error {
	maps := only[dialect.Pairs](values)
	if err := reserveLists(v, len(maps), func(row int) int { return len(maps[row]) }); err != nil {
		return err
	}
	var parts [2][]any
	for _, pairs := range maps {
		for _, p := range pairs {
			parts[0], parts[1] = append(parts[0], p.Key), append(parts[1], p.Value)
		}
	}
	entries := mapping.ListVectorGetChild(v)
	for i, part := range parts {
		if err := w.write(t.parts[i], mapping.StructVectorGetChild(entries, mapping.IdxT(i)), part); err != nil {
			return err
		}
	}
	return nil
}
