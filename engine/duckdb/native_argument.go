package duckdb

import (
	"bytes"
	"math/big"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine/dialect"
)

// argument is a vector of DuckDB's, flat, that is read value by value.
type argument struct {
	kind  *nativeType
	data  unsafe.Pointer
	valid unsafe.Pointer // nil where no row is null
	parts []argument
}

func newArgument(t *nativeType, v mapping.Vector) argument {
	a := argument{kind: t, data: mapping.VectorGetData(v), valid: mapping.VectorGetValidity(v)}
	switch t.id {
	case mapping.TypeList:
		a.parts = []argument{newArgument(t.parts[0], mapping.ListVectorGetChild(v))}
	case mapping.TypeMap:
		entries := mapping.ListVectorGetChild(v)
		for i, p := range t.parts {
			a.parts = append(a.parts, newArgument(p, mapping.StructVectorGetChild(entries, mapping.IdxT(i))))
		}
	}
	return a
}

func (a *argument) isNull(row int) bool {
	return a.valid != nil && *at[uint64](a.valid, row/64)>>(row%64)&1 == 0
}

// at is the place of a value in a vector's data.
func at[T any](data unsafe.Pointer, row int) *T {
	var value T
	return (*T)(unsafe.Add(data, row*int(unsafe.Sizeof(value))))
}

// value is what a row holds, as dialect.Native says, or nil. It shares no memory with DuckDB.
func (a *argument) value(row int) any {
	if a.isNull(row) {
		return nil
	}
	switch a.kind.id {
	case mapping.TypeBoolean:
		return *at[byte](a.data, row) != 0
	case mapping.TypeFloat:
		return *at[float32](a.data, row)
	case mapping.TypeDouble:
		return *at[float64](a.data, row)
	case mapping.TypeVarchar:
		return string(a.text(row))
	case mapping.TypeBlob:
		return bytes.Clone(a.text(row))
	case mapping.TypeList:
		return a.list(row)
	case mapping.TypeMap:
		return a.pairs(row)
	case mapping.TypeDecimal:
		return a.decimal(row)
	}
	return a.integer(row)
}

// text is a row's text in DuckDB's memory.
func (a *argument) text(row int) []byte { return stringAt(unsafe.Add(a.data, row*stringSize)) }

// integer reads what DuckDB stores as an integer.
func (a *argument) integer(row int) any {
	switch a.kind.storage() {
	case mapping.TypeTinyInt:
		return *at[int8](a.data, row)
	case mapping.TypeSmallInt:
		return *at[int16](a.data, row)
	case mapping.TypeInteger, mapping.TypeDate:
		return *at[int32](a.data, row)
	case mapping.TypeHugeInt:
		return at[hugeInt](a.data, row).big()
	}
	return *at[int64](a.data, row)
}

func (a *argument) decimal(row int) *big.Int {
	switch n := a.integer(row).(type) {
	case int16:
		return big.NewInt(int64(n))
	case int32:
		return big.NewInt(int64(n))
	case int64:
		return big.NewInt(n)
	case *big.Int:
		return n
	}
	panic("a decimal is stored as no integer")
}

func (a *argument) list(row int) []any {
	entry := *at[listEntry](a.data, row)
	values := make([]any, entry.length)
	for i := range values {
		values[i] = a.parts[0].value(int(entry.offset) + i)
	}
	return values
}

func (a *argument) pairs(row int) dialect.Pairs {
	entry := *at[listEntry](a.data, row)
	pairs := make(dialect.Pairs, entry.length)
	for i := range pairs {
		from := int(entry.offset) + i
		pairs[i] = dialect.Pair{Key: a.parts[0].value(from), Value: a.parts[1].value(from)}
	}
	return pairs
}

// vector gives out the rows as a dialect.Vector, which is of use until the chunk
// is done, and marks in nulls the rows that are null.
func (a *argument) vector(v *dialect.Vector, rows int, nulls []bool) {
	if a.valid != nil {
		for row := range rows {
			null := a.isNull(row)
			v.Nulls = append(v.Nulls, null)
			nulls[row] = nulls[row] || null
		}
	} else {
		v.Nulls = nil
	}
	if !a.kind.isText() {
		a.kind.alias(v, a.data, rows)
		return
	}
	for row := range rows {
		if v.Nulls != nil && v.Nulls[row] {
			v.Texts = append(v.Texts, nil) // there may lie anything
			continue
		}
		v.Texts = append(v.Texts, a.text(row))
	}
}

// alias makes v's slice for the type that of DuckDB's own memory.
func (t *nativeType) alias(v *dialect.Vector, data unsafe.Pointer, rows int) {
	switch t.storage() {
	case mapping.TypeBoolean:
		v.Bools = unsafe.Slice((*bool)(data), rows)
	case mapping.TypeInteger, mapping.TypeDate:
		v.Int32s = unsafe.Slice((*int32)(data), rows)
	case mapping.TypeFloat:
		v.Float32s = unsafe.Slice((*float32)(data), rows)
	case mapping.TypeDouble:
		v.Float64s = unsafe.Slice((*float64)(data), rows)
	default:
		v.Int64s = unsafe.Slice((*int64)(data), rows)
	}
}
