package duckdb

// #include "scan.h"
import "C"

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
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

	running atomic.Bool                         // DuckDB is done with preparing the statement
	untried atomic.Pointer[engine.RuntimeError] // a fault in a native of which TRY must make no NULL
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

func (u *use) free()  { u.db.states.Add(-1) }
func (p *pass) free() { p.use.db.states.Add(-1) }

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
