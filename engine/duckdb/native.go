package duckdb

// #include "native.h"
// #include "scan.h"
import "C"

import (
	"fmt"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine/dialect"
)

// nativeType is how one type of the dialect's natives crosses between DuckDB and Go.
type nativeType struct {
	id   mapping.Type
	read func(data unsafe.Pointer, row int) any
	// write stores a value other than nil; text needs the vector, numbers its data.
	write func(v mapping.Vector, data unsafe.Pointer, row int, value any)
}

// fixedNative is the nativeType of values whose bytes are the same on both sides.
func fixedNative[T any](id mapping.Type) nativeType {
	return nativeType{
		id:   id,
		read: func(data unsafe.Pointer, row int) any { return unsafe.Slice((*T)(data), row+1)[row] },
		write: func(_ mapping.Vector, data unsafe.Pointer, row int, value any) {
			unsafe.Slice((*T)(data), row+1)[row] = value.(T)
		},
	}
}

// nativeTypes are the types by the names that dialect.Native has for them.
var nativeTypes = map[string]nativeType{
	"BOOLEAN": fixedNative[bool](mapping.TypeBoolean),
	"BIGINT":  fixedNative[int64](mapping.TypeBigInt),
	"FLOAT":   fixedNative[float32](mapping.TypeFloat),
	"DOUBLE":  fixedNative[float64](mapping.TypeDouble),
	"VARCHAR": {
		id:   mapping.TypeVarchar,
		read: func(data unsafe.Pointer, row int) any { return string(stringAt(unsafe.Add(data, row*stringSize))) },
		write: func(v mapping.Vector, _ unsafe.Pointer, row int, value any) {
			assignText(v, row, []byte(value.(string)))
		},
	},
	"BLOB": {
		id: mapping.TypeBlob,
		read: func(data unsafe.Pointer, row int) any {
			return append([]byte(nil), stringAt(unsafe.Add(data, row*stringSize))...)
		},
		write: func(v mapping.Vector, _ unsafe.Pointer, row int, value any) { assignText(v, row, value.([]byte)) },
	},
}

func assignText(v mapping.Vector, row int, text []byte) {
	mapping.VectorAssignStringElementLen(v, mapping.IdxT(row), text)
}

// native is one of dialect.Natives as DuckDB calls it.
type native struct {
	name       string
	parameters []nativeType
	result     nativeType
	call       func([]any) (any, error)
}

// registerNatives makes the dialect's functions in Go known to all connections of the DB.
func registerNatives(conn mapping.Connection) error {
	for _, n := range dialect.Natives {
		function := &native{name: n.Name, result: nativeTypes[n.Result], call: n.Call}
		for _, p := range n.Parameters {
			function.parameters = append(function.parameters, nativeTypes[p])
		}
		if err := function.register(conn); err != nil {
			return err
		}
	}
	return nil
}

func (n *native) register(conn mapping.Connection) error {
	function := mapping.CreateScalarFunction()
	defer mapping.DestroyScalarFunction(&function)
	mapping.ScalarFunctionSetName(function, n.name)
	for _, p := range n.parameters {
		withType(p.id, func(t mapping.LogicalType) { mapping.ScalarFunctionAddParameter(function, t) })
	}
	withType(n.result.id, func(t mapping.LogicalType) { mapping.ScalarFunctionSetReturnType(function, t) })
	mapping.ScalarFunctionSetExtraInfo(function, pointerTo(n), C.vpcq_free())
	mapping.ScalarFunctionSetFunction(function, C.vpcq_native())
	if mapping.RegisterScalarFunction(conn, function) != mapping.StateSuccess {
		return fmt.Errorf("register %s: DuckDB refuses it", n.name)
	}
	return nil
}

func withType(id mapping.Type, use func(mapping.LogicalType)) {
	t := mapping.CreateLogicalType(id)
	defer mapping.DestroyLogicalType(&t)
	use(t)
}

//export vpcqNative
func vpcqNative(info, input, output unsafe.Pointer) {
	f := mapping.FunctionInfo{Ptr: info}
	guard(func(message string) { mapping.ScalarFunctionSetError(f, message) }, func() error {
		n := held[*native](mapping.ScalarFunctionGetExtraInfo(f))
		return n.run(mapping.DataChunk{Ptr: input}, mapping.Vector{Ptr: output})
	})
}

// run computes the result of every row of a chunk; one of a NULL is NULL.
func (n *native) run(in mapping.DataChunk, out mapping.Vector) error {
	rows := first(int(mapping.DataChunkGetSize(in)))
	data, valid := make([]unsafe.Pointer, len(n.parameters)), make([][]byte, len(n.parameters))
	for i := range n.parameters {
		v := mapping.DataChunkGetVector(in, mapping.IdxT(i))
		data[i], valid[i] = mapping.VectorGetData(v), validityOf(v, rows)
	}
	results := mapping.VectorGetData(out)
	args := make([]any, len(n.parameters))
	for row := range rows.n {
		value, err := n.value(args, data, valid, row)
		if err != nil {
			return err
		}
		if value == nil {
			mapping.VectorEnsureValidityWritable(out)
			mapping.ValiditySetRowInvalid(mapping.VectorGetValidity(out), mapping.IdxT(row))
			continue
		}
		n.result.write(out, results, row, value)
	}
	return nil
}

func (n *native) value(args []any, data []unsafe.Pointer, valid [][]byte, row int) (any, error) {
	for i, p := range n.parameters {
		if !isValid(valid[i], row) {
			return nil, nil
		}
		args[i] = p.read(data[i], row)
	}
	return n.call(args)
}
