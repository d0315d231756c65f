package duckdb

/*
#include <stdlib.h>
#include "scan.h"
*/
import "C"

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/cgo"
	"runtime/debug"
	"sync"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// scanFunction is the name under which SQL uses a scan.
const scanFunction = "vpcq_scan"

// recordColumn is the first column of each scan: true, and free.
const recordColumn = "__record"

// vectorSize is how many records a chunk of DuckDB holds, at most.
const vectorSize = loader.MaxRows

// job is what one connection runs: its scans, and the first error of theirs.
type job struct {
	ctx   context.Context
	scans map[int]engine.Scan

	mu  sync.Mutex
	err error
}

// fail keeps the error that ends the job, which DuckDB only hands on as text.
// What fails because the job was ended is none.
func (j *job) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.err == nil && j.ctx.Err() == nil {
		j.err = err
	}
}

func (j *job) failure() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.err
}

// use is one vpcq_scan(ID) in a statement.
type use struct {
	db   *DB
	job  *job
	scan engine.Scan
}

// pass is one execution of a use: DuckDB may run several of the same use.
type pass struct {
	use     *use
	reader  engine.Pass
	outputs []int // for each column of the chunk the column of the batch, or -1: recordColumn
	counts  bool  // no column of the batch is wanted
}

// lane is what one thread of DuckDB reads of a pass.
type lane struct {
	db     *DB
	pass   *pass         // nil before the first chunk
	reader engine.Reader // nil before the first chunk and after the last
	count  int64         // records counted and not yet given
}

// state is what DuckDB holds of ours, until it calls back to free it.
type state interface{ free() }

func (u *use) free()  { u.db.states.Add(-1) }
func (p *pass) free() { p.use.db.states.Add(-1) }
func (l *lane) free() {
	l.close()
	l.db.states.Add(-1)
}

// hold makes a pointer by which DuckDB knows s. C may not hold pointers to Go.
func (db *DB) hold(s state) unsafe.Pointer {
	db.states.Add(1)
	return pointerTo(s)
}

func pointerTo(v any) unsafe.Pointer {
	p := C.malloc(C.size_t(unsafe.Sizeof(cgo.Handle(0))))
	*(*cgo.Handle)(p) = cgo.NewHandle(v)
	return p
}

// held is what a pointer that pointerTo made stands for.
func held[T any](p unsafe.Pointer) T { return (*(*cgo.Handle)(p)).Value().(T) }

//export vpcqFree
func vpcqFree(p unsafe.Pointer) {
	handle := *(*cgo.Handle)(p)
	if s, ok := handle.Value().(state); ok {
		s.free()
	}
	handle.Delete()
	C.free(p)
}

// guard runs a callback and tells DuckDB its error.
func guard(tell func(message string), callback func() error) {
	if err := caught(callback); err != nil {
		tell(err.Error())
	}
}

// caught runs a callback of which a panic must not unwind DuckDB's frames, and
// so becomes an error.
func caught(callback func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("scan: panic: %v\n%s", v, debug.Stack())
		}
	}()
	return callback()
}

// registerScan makes vpcq_scan known to all connections of the DB.
func (db *DB) registerScan(conn mapping.Connection) error {
	function := mapping.CreateTableFunction()
	defer mapping.DestroyTableFunction(&function)
	id := mapping.CreateLogicalType(mapping.TypeBigInt)
	defer mapping.DestroyLogicalType(&id)
	mapping.TableFunctionSetName(function, scanFunction)
	mapping.TableFunctionAddParameter(function, id)
	mapping.TableFunctionSupportsProjectionPushdown(function, true)
	mapping.TableFunctionSetExtraInfo(function, pointerTo(db), C.vpcq_free())
	mapping.TableFunctionSetBind(function, C.vpcq_bind())
	mapping.TableFunctionSetInit(function, C.vpcq_init())
	mapping.TableFunctionSetLocalInit(function, C.vpcq_local_init())
	mapping.TableFunctionSetFunction(function, C.vpcq_fill())
	if mapping.RegisterTableFunction(conn, function) != mapping.StateSuccess {
		return errors.New("register " + scanFunction + ": DuckDB refuses it")
	}
	return nil
}

//export vpcqBind
func vpcqBind(p unsafe.Pointer) {
	info := mapping.BindInfo{Ptr: p}
	guard(func(message string) { mapping.BindSetError(info, message) }, func() error {
		return held[*DB](mapping.BindGetExtraInfo(info)).bind(info)
	})
}

// bind tells DuckDB the columns of a scan.
func (db *DB) bind(info mapping.BindInfo) error {
	u, err := db.use(info)
	if err != nil {
		return err
	}
	addColumn(info, recordColumn, mapping.TypeBoolean)
	for _, column := range u.scan.Columns {
		addColumn(info, column.Name, typeOf(column.Type))
	}
	if u.scan.Rows > 0 {
		mapping.BindSetCardinality(info, mapping.IdxT(u.scan.Rows), false)
	}
	mapping.BindSetBindData(info, db.hold(u), C.vpcq_free())
	return nil
}

// use finds the scan that a statement means: that of its connection's job.
func (db *DB) use(info mapping.BindInfo) (*use, error) {
	var client mapping.ClientContext
	mapping.TableFunctionGetClientContext(info, &client)
	defer mapping.DestroyClientContext(&client)
	value := mapping.BindGetParameter(info, 0)
	defer mapping.DestroyValue(&value)
	id := mapping.GetInt64(value)

	db.mu.Lock()
	j := db.jobs[uint64(mapping.ClientContextGetConnectionId(client))]
	db.mu.Unlock()
	if j == nil {
		return nil, fmt.Errorf("%s(%d): no job runs on this connection", scanFunction, id)
	}
	scan, ok := j.scans[int(id)]
	if !ok {
		return nil, fmt.Errorf("%s(%d): the job has no such scan", scanFunction, id)
	}
	return &use{db: db, job: j, scan: scan}, nil
}

func addColumn(info mapping.BindInfo, name string, t mapping.Type) {
	logical := mapping.CreateLogicalType(t)
	defer mapping.DestroyLogicalType(&logical)
	mapping.BindAddResultColumn(info, name, logical)
}

func typeOf(t schema.Type) mapping.Type {
	switch t {
	case schema.Int:
		return mapping.TypeInteger
	case schema.BigInt:
		return mapping.TypeBigInt
	case schema.Date:
		return mapping.TypeDate
	}
	return mapping.TypeVarchar
}

//export vpcqInit
func vpcqInit(p unsafe.Pointer) {
	info := mapping.InitInfo{Ptr: p}
	guard(func(message string) { mapping.InitSetError(info, message) }, func() error {
		return held[*use](mapping.InitGetBindData(info)).init(info)
	})
}

// init begins a pass over the columns that DuckDB asks for.
func (u *use) init(info mapping.InitInfo) error {
	begun := &pass{use: u}
	var columns []schema.Column
	for i := range mapping.InitGetColumnCount(info) {
		column := int(mapping.InitGetColumnIndex(info, i)) - 1
		if column < 0 {
			begun.outputs = append(begun.outputs, -1)
			continue
		}
		begun.outputs = append(begun.outputs, len(columns))
		columns = append(columns, u.scan.Columns[column])
	}
	begun.counts = len(columns) == 0
	var err error
	if begun.reader, err = u.scan.Open(u.job.ctx, columns); err != nil {
		u.job.fail(err)
		return err
	}
	mapping.InitSetMaxThreads(info, mapping.IdxT(u.db.threads))
	mapping.InitSetInitData(info, u.db.hold(begun), C.vpcq_free())
	return nil
}

//export vpcqLocalInit
func vpcqLocalInit(p unsafe.Pointer) {
	info := mapping.InitInfo{Ptr: p}
	guard(func(message string) { mapping.InitSetError(info, message) }, func() error {
		db := held[*use](mapping.InitGetBindData(info)).db
		mapping.InitSetInitData(info, db.hold(&lane{db: db}), C.vpcq_free())
		return nil
	})
}

//export vpcqFill
func vpcqFill(p, chunk unsafe.Pointer) {
	info, out := mapping.FunctionInfo{Ptr: p}, mapping.DataChunk{Ptr: chunk}
	guard(func(message string) { mapping.FunctionSetError(info, message) }, func() error {
		l := held[*lane](mapping.FunctionGetLocalInitData(info))
		if l.pass == nil { // the C API does not show a lane its pass any earlier
			l.pass = held[*pass](mapping.FunctionGetInitData(info))
			l.reader = l.pass.reader()
		}
		err := caught(func() error { return l.fill(out) })
		if err != nil {
			l.pass.use.job.fail(err)
		}
		return err
	})
}

// fill puts the next records into out, and none after the last.
func (l *lane) fill(out mapping.DataChunk) error {
	n := 0
	var err error
	for n == 0 && err == nil && l.reader != nil { // to DuckDB no records mean the end
		if l.pass.counts {
			n, err = l.fillCount(out)
		} else {
			n, err = l.fillBatch(out)
		}
		if err == io.EOF {
			err = nil
			l.close()
		}
	}
	mapping.DataChunkSetSize(out, mapping.IdxT(n))
	return err
}

func (l *lane) fillCount(out mapping.DataChunk) (n int, err error) {
	if l.count == 0 {
		if l.count, err = l.reader.Count(l.pass.use.job.ctx); err != nil {
			return 0, err
		}
	}
	n = int(min(l.count, vectorSize))
	l.count -= int64(n)
	for column := range l.pass.outputs {
		fillRecords(out, column, n)
	}
	return n, nil
}

func (l *lane) fillBatch(out mapping.DataChunk) (n int, err error) {
	batch, err := l.reader.Next(l.pass.use.job.ctx)
	if err != nil || batch.Rows == 0 {
		return 0, err
	}
	if batch.Rows > vectorSize {
		return 0, fmt.Errorf("fill a chunk: a batch has %d records, at most %d fit", batch.Rows, vectorSize)
	}
	for column, from := range l.pass.outputs {
		if from < 0 {
			fillRecords(out, column, batch.Rows)
			continue
		}
		fillVector(out, column, &batch, from)
	}
	return batch.Rows, nil
}

// close closes the reader where there is one.
func (l *lane) close() {
	if l.reader != nil {
		l.reader.Close()
		l.reader = nil
	}
}
