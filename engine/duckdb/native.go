package duckdb

// #include "native.h"
// #include "scan.h"
import "C"

import (
	"fmt"
	"slices"
	"sync"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine/dialect"
)

// native is one of dialect.Natives, as DuckDB calls it: with a chunk of
// arguments, from any of its threads.
type native struct {
	dialect.Native
	db         *DB
	parameters []*nativeType
	result     *nativeType
	idle       sync.Pool // of *nativeWork
}

// nativeWork is the memory in which one thread works at a chunk.
type nativeWork struct {
	arguments []argument
	args      []any
	values    []any
	vectors   []dialect.Vector
	out       dialect.Vector
	writer    writer
}

// registerNatives makes the functions known to all connections of the DB.
func (db *DB) registerNatives(conn mapping.Connection, natives []dialect.Native) error {
	for _, d := range natives {
		n, err := db.newNative(d)
		if err != nil {
			return fmt.Errorf("register %s: %w", d.Name, err)
		}
		if err := n.register(conn); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) newNative(d dialect.Native) (*native, error) {
	n := &native{Native: d, db: db}
	n.idle.New = func() any { return new(nativeWork) }
	var err error
	if n.result, err = parseNativeType(d.Result); err != nil {
		return nil, err
	}
	for _, name := range d.Parameters {
		p, err := parseNativeType(name)
		if err != nil {
			return nil, err
		}
		n.parameters = append(n.parameters, p)
	}
	return n, nil
}

func (n *native) register(conn mapping.Connection) error {
	function := mapping.CreateScalarFunction()
	defer mapping.DestroyScalarFunction(&function)
	mapping.ScalarFunctionSetName(function, n.Name)
	for i, p := range n.parameters {
		t := p.logical()
		if n.Variadic && i == len(n.parameters)-1 {
			mapping.ScalarFunctionSetVarargs(function, t)
		} else {
			mapping.ScalarFunctionAddParameter(function, t)
		}
		mapping.DestroyLogicalType(&t)
	}
	t := n.result.logical()
	defer mapping.DestroyLogicalType(&t)
	mapping.ScalarFunctionSetReturnType(function, t)
	if n.Nulls {
		mapping.ScalarFunctionSetSpecialHandling(function)
	}
	mapping.ScalarFunctionSetExtraInfo(function, pointerTo(n), C.vpcq_free())
	mapping.ScalarFunctionSetBind(function, C.vpcq_native_bind())
	mapping.ScalarFunctionSetFunction(function, C.vpcq_native())
	if mapping.RegisterScalarFunction(conn, function) != mapping.StateSuccess {
		return fmt.Errorf("register %s: DuckDB refuses it", n.Name)
	}
	return nil
}

//export vpcqNative
func vpcqNative(p, chunk, out unsafe.Pointer) {
	info := mapping.FunctionInfo{Ptr: p}
	n := held[*native](mapping.ScalarFunctionGetExtraInfo(info))
	of := held[caller](mapping.ScalarFunctionGetBindData(info))
	if err := n.called(of, mapping.DataChunk{Ptr: chunk}, mapping.Vector{Ptr: out}); err != nil {
		mapping.ScalarFunctionSetError(info, err.Error())
	}
}

// run computes a chunk. What needs memory goes into a vector of our own, which
// the chunk's then shares: taking memory for the chunk's throws where the memory
// limit is reached, an exception that C and Go cannot let through.
func (n *native) run(in mapping.DataChunk, out mapping.Vector) error {
	rows := int(mapping.DataChunkGetSize(in))
	w := n.idle.Get().(*nativeWork)
	defer n.idle.Put(w)
	defer w.reset()
	for i := range int(mapping.DataChunkGetColumnCount(in)) {
		p := n.parameters[min(i, len(n.parameters)-1)]
		w.arguments = append(w.arguments, newArgument(p, mapping.DataChunkGetVector(in, mapping.IdxT(i))))
	}
	compute := n.compute
	if n.Vector != nil {
		compute = n.computeVectors
	}
	if !n.result.ownsMemory() {
		return compute(w, rows, out)
	}
	t := n.result.logical()
	defer mapping.DestroyLogicalType(&t)
	own := mapping.CreateVector(t, vectorSize)
	defer mapping.DestroyVector(&own)
	if err := compute(w, rows, own); err != nil {
		return err
	}
	mapping.VectorReferenceVector(out, own)
	return nil
}

// reset forgets the chunk, and keeps the memory.
func (w *nativeWork) reset() {
	clear(w.arguments)
	clear(w.args)
	clear(w.values)
	w.arguments, w.args, w.values = w.arguments[:0], w.args[:0], w.values[:0]
	for i := range w.vectors {
		w.vectors[i].Reset()
	}
	w.out.Reset()
}

// compute calls the native row by row.
func (n *native) compute(w *nativeWork, rows int, out mapping.Vector) error {
	for row := range rows {
		value, err := n.value(w, row)
		if err != nil {
			return err
		}
		w.values = append(w.values, value)
	}
	return w.writer.write(n.result, out, w.values)
}

// value is the native's result for a row.
func (n *native) value(w *nativeWork, row int) (any, error) {
	w.args = w.args[:0]
	for i := range w.arguments {
		value := w.arguments[i].value(row)
		if value == nil && !n.Nulls {
			return nil, nil
		}
		w.args = append(w.args, value)
	}
	return n.Call(w.args)
}

// computeVectors calls the native once for all rows.
func (n *native) computeVectors(w *nativeWork, rows int, out mapping.Vector) error {
	for len(w.vectors) < len(w.arguments) {
		w.vectors = append(w.vectors, dialect.Vector{})
	}
	w.out.Nulls = append(w.out.Nulls, make([]bool, rows)...)
	nulls := w.out.Nulls
	if n.Nulls {
		nulls = make([]bool, rows) // of no matter
	}
	for i := range w.arguments {
		w.arguments[i].vector(&w.vectors[i], rows, nulls)
	}
	if n.result.isText() {
		w.out.Texts = append(w.out.Texts, make([][]byte, rows)...)
	} else {
		n.result.alias(&w.out, mapping.VectorGetData(out), rows)
	}
	if err := n.Vector(w.vectors[:len(w.arguments)], &w.out, rows); err != nil {
		return err
	}
	if slices.Contains(w.out.Nulls, true) {
		setNulls(out, rows, func(row int) bool { return w.out.Nulls[row] })
	}
	if n.result.isText() {
		return assignTexts(&w.writer, n.result, out, w.out.Texts)
	}
	return nil
}
