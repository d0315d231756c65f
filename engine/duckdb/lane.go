package duckdb

// #include "scan.h"
import "C"

import (
	"fmt"
	"io"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// lane is what one thread of DuckDB reads of a pass.
type lane struct {
	db     *DB
	pass   *pass         // nil before the first chunk
	reader engine.Reader // nil before the first chunk and after the last
	count  int64         // records counted and not yet given
}

func (l *lane) free() {
	l.close()
	l.db.states.Add(-1)
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
