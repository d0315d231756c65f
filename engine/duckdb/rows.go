package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	bindings "github.com/duckdb/duckdb-go-bindings"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine"
)

// interruptEvery is how often a job that was ended is interrupted until it
// gives way: DuckDB forgets an interrupt that comes before it has begun.
const interruptEvery = 2 * time.Millisecond

// rows is a running job: its connection, its result, and what of it was read.
type rows struct {
	db     *DB
	caller context.Context
	cancel context.CancelFunc // of the job's own context
	job    *job
	id     uint64 // of the connection

	conn     mapping.Connection
	prepared mapping.PreparedStatement
	result   mapping.Result

	sql     string // of the statement
	schema  *arrow.Schema
	columns []*column
	ended   bool

	close   sync.Once
	done    chan struct{} // closed when there is nothing left to interrupt
	watched chan struct{} // closed when watch has returned
}

// newRows makes conn that of a job, and watches over it until close.
func newRows(ctx context.Context, db *DB, conn mapping.Connection, scans map[int]engine.Scan) *rows {
	own, cancel := context.WithCancel(ctx)
	r := &rows{
		db: db, caller: ctx, cancel: cancel, conn: conn, id: connectionID(conn),
		job:  &job{ctx: own, scans: scans},
		done: make(chan struct{}), watched: make(chan struct{}),
	}
	db.mu.Lock()
	db.jobs[r.id] = r.job
	db.mu.Unlock()
	go r.watch()
	return r
}

func connectionID(conn mapping.Connection) uint64 {
	var client mapping.ClientContext
	mapping.ConnectionGetClientContext(conn, &client)
	defer mapping.DestroyClientContext(&client)
	return uint64(mapping.ClientContextGetConnectionId(client))
}

// watch interrupts DuckDB once the job's context is done.
func (r *rows) watch() {
	defer close(r.watched)
	select {
	case <-r.done:
		return
	case <-r.job.ctx.Done():
	}
	again := time.NewTicker(interruptEvery)
	defer again.Stop()
	for {
		mapping.Interrupt(r.conn)
		select {
		case <-r.done:
			return
		case <-again.C:
		}
	}
}

// start runs a query up to its first chunk.
func (r *rows) start(sql string) error {
	if err := r.useStored(); err != nil {
		return err
	}
	return r.begin(sql, mapping.StatementTypeSelect)
}

// useStored makes what the scans have stored part of them.
func (r *rows) useStored() error {
	macro, err := storedMacro(r.job.scans)
	if err == nil && macro != "" {
		err = run(r.conn, macro)
	}
	return err
}

// begin runs a statement of one kind up to its first chunk.
func (r *rows) begin(sql string, want mapping.StatementType) error {
	r.sql = sql
	if mapping.Prepare(r.conn, sql, &r.prepared) != mapping.StateSuccess {
		return r.failure(mapping.PrepareError(r.prepared))
	}
	if kind := mapping.PreparedStatementType(r.prepared); kind != want {
		return fmt.Errorf("execute a statement of type %d: only queries are executed", kind)
	}
	r.job.running.Store(true)
	if err := r.execute(); err != nil {
		return err
	}
	return r.describe()
}

func (r *rows) execute() error {
	var pending mapping.PendingResult
	defer mapping.DestroyPending(&pending)
	// DuckDB means to drop this call, but has no other for a result that it does not hold as a whole.
	if bindings.PendingPreparedStreaming(r.prepared, &pending) != mapping.StateSuccess {
		return r.failure(mapping.PendingError(pending))
	}
	if mapping.ExecutePending(pending, &r.result) != mapping.StateSuccess {
		return r.failure(mapping.ResultError(&r.result))
	}
	return nil
}

// describe learns the columns of the result.
func (r *rows) describe() error {
	var fields []arrow.Field
	for i := range mapping.ColumnCount(&r.result) {
		name := mapping.ColumnName(&r.result, i)
		logical := mapping.ColumnLogicalType(&r.result, i)
		c, err := newColumn(logical)
		mapping.DestroyLogicalType(&logical)
		if err != nil {
			return fmt.Errorf("read column %s of the result: %w", name, err)
		}
		r.columns = append(r.columns, c)
		fields = append(fields, arrow.Field{Name: name, Type: c.dataType, Nullable: true})
	}
	r.schema = arrow.NewSchema(fields, nil)
	return nil
}

// failure is why DuckDB stopped, given what it says itself: because the caller
// wanted it, because a scan failed, or because of the statement and its data.
func (r *rows) failure(text string) error {
	if err := r.caller.Err(); err != nil {
		return err
	}
	if err := r.job.failure(); err != nil {
		return err
	}
	return runtimeError(text)
}

// isInterrupt reports whether DuckDB says that a statement was interrupted.
func isInterrupt(text string) bool { return strings.HasPrefix(text, "INTERRUPT Error") }

// faultAgain runs the statement once more, keeping none of its rows, to learn
// why it failed. A fault in one of DuckDB's threads interrupts the others, and
// the one that waits for the next chunk of a streamed result sometimes reports
// the interrupt and forgets the fault (DuckDB 1.5.5). A result that does not
// stream is not subject to that. Where the statement does not fail again, it is
// the interrupt that remains to be told.
func (r *rows) faultAgain(interrupt string) string {
	names := make([]string, len(r.columns))
	for i := range names {
		names[i] = fmt.Sprintf("c%d", i)
	}
	list := strings.Join(names, ", ")
	mapping.DestroyResult(&r.result)
	query := fmt.Sprintf("SELECT max(hash(%s)) FROM (%s) AS again(%s)", list, r.sql, list)
	if mapping.Query(r.conn, query, &r.result) == mapping.StateSuccess {
		return interrupt
	}
	return mapping.ResultError(&r.result)
}

// Schema implements engine.Rows.
func (r *rows) Schema() *arrow.Schema { return r.schema }

// Next implements engine.Rows.
func (r *rows) Next() (arrow.RecordBatch, error) {
	if r.ended {
		return nil, io.EOF
	}
	batch, err := r.next()
	if err != nil {
		r.ended = true
		r.cancel() // what still reads ahead reads for nobody
	}
	return batch, err
}

func (r *rows) next() (arrow.RecordBatch, error) {
	if err := r.caller.Err(); err != nil {
		return nil, err
	}
	for {
		chunk := mapping.FetchChunk(r.result)
		if chunk.Ptr == nil {
			return nil, r.end()
		}
		if n := int(mapping.DataChunkGetSize(chunk)); n > 0 {
			defer mapping.DestroyDataChunk(&chunk)
			if err := r.job.untried.Load(); err != nil {
				return nil, err
			}
			return r.read(chunk, n)
		}
		mapping.DestroyDataChunk(&chunk)
	}
}

// end is io.EOF where the result is complete.
func (r *rows) end() error {
	if text := mapping.ResultError(&r.result); text != "" {
		if isInterrupt(text) && r.job.ctx.Err() == nil {
			text = r.faultAgain(text)
		}
		return r.failure(text)
	}
	if err := r.job.untried.Load(); err != nil {
		return err
	}
	return io.EOF
}

// read copies n rows of a chunk into a batch.
func (r *rows) read(chunk mapping.DataChunk, n int) (arrow.RecordBatch, error) {
	arrays := make([]arrow.Array, len(r.columns))
	for i, c := range r.columns {
		data, err := c.read(mapping.DataChunkGetVector(chunk, mapping.IdxT(i)), first(n))
		if err != nil {
			var fault *engine.RuntimeError
			if errors.As(err, &fault) {
				return nil, fault
			}
			return nil, fmt.Errorf("read column %s of the result: %w", r.schema.Field(i).Name, err)
		}
		arrays[i] = array.MakeFromData(data)
	}
	return array.NewRecordBatch(r.schema, arrays, int64(n)), nil
}

// Close implements engine.Rows. It returns no error.
func (r *rows) Close() error {
	r.close.Do(func() {
		r.ended = true
		r.cancel()
		mapping.Interrupt(r.conn) // ends what runs behind the result, such as a sort
		close(r.done)
		<-r.watched
		mapping.DestroyResult(&r.result)
		mapping.DestroyPrepare(&r.prepared)
		mapping.Disconnect(&r.conn) // waits for the lanes to return, and frees them
		r.db.mu.Lock()
		delete(r.db.jobs, r.id)
		r.db.mu.Unlock()
	})
	return nil
}
