package duckdb

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/schema"
)

// synthetic is a table of made records, numbered from 0.
type synthetic struct {
	records int64
	fail    func(record int64) error                      // what a batch that begins with the record fails with; may be nil
	stall   func(ctx context.Context, record int64) error // is called before each batch; may be nil

	passes  atomic.Int64
	open    atomic.Int64 // readers not yet closed
	opened  atomic.Int64
	given   atomic.Int64 // records
	counted atomic.Int64 // records

	asked atomic.Pointer[[]schema.Column] // of the last pass
}

var syntheticColumns = []schema.Column{
	{Name: "id", Type: schema.BigInt},   // the record's number
	{Name: "port", Type: schema.Int},    // id % 100, null for every 7th
	{Name: "day", Type: schema.Date},    // id % 3 days after 1970-01-01
	{Name: "addr", Type: schema.String}, // address(id), null for every 5th
}

// address is at times short enough to be inlined, at times not.
func address(id int64) string {
	if id%2 == 0 {
		return fmt.Sprintf("10.0.0.%d", id%10)
	}
	return fmt.Sprintf("2001:db8:85a3::8a2e:370:%d", id%10)
}

func (s *synthetic) scan() engine.Scan {
	return engine.Scan{Columns: syntheticColumns, Rows: s.records, Open: s.pass}
}

func (s *synthetic) pass(_ context.Context, columns []schema.Column) (engine.Pass, error) {
	s.passes.Add(1)
	s.asked.Store(&columns)
	var next atomic.Int64
	return func() engine.Reader {
		s.open.Add(1)
		s.opened.Add(1)
		return &syntheticReader{table: s, next: &next, columns: columns}
	}, nil
}

type syntheticReader struct {
	table   *synthetic
	next    *atomic.Int64
	columns []schema.Column
	closed  bool
}

// take gives the reader the next records: their first number and how many.
func (r *syntheticReader) take(ctx context.Context) (from, n int64, err error) {
	from = r.next.Add(vectorSize) - vectorSize
	if r.table.stall != nil {
		if err := r.table.stall(ctx, from); err != nil {
			return 0, 0, err
		}
	}
	if err := ctx.Err(); err != nil {
		return 0, 0, err
	}
	if r.table.fail != nil {
		if err := r.table.fail(from); err != nil {
			return 0, 0, err
		}
	}
	if from >= r.table.records {
		return 0, 0, io.EOF
	}
	return from, min(vectorSize, r.table.records-from), nil
}

func (r *syntheticReader) Count(ctx context.Context) (int64, error) {
	_, n, err := r.take(ctx)
	r.table.counted.Add(n)
	return n, err
}

func (r *syntheticReader) Next(ctx context.Context) (arrow.RecordBatch, error) {
	from, n, err := r.take(ctx)
	if err != nil {
		return nil, err
	}
	r.table.given.Add(n)
	return makeBatch(r.columns, from, n), nil
}

func (r *syntheticReader) Close() error {
	if !r.closed {
		r.closed = true
		r.table.open.Add(-1)
	}
	return nil
}

func makeBatch(columns []schema.Column, from, n int64) arrow.RecordBatch {
	arrays := make([]arrow.Array, len(columns))
	fields := make([]arrow.Field, len(columns))
	for i, column := range columns {
		arrays[i] = makeColumn(column.Name, from, n)
		fields[i] = arrow.Field{Name: column.Name, Type: arrays[i].DataType(), Nullable: true}
	}
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), arrays, n)
}

func makeColumn(name string, from, n int64) arrow.Array {
	var b array.Builder
	var add func(id int64)
	switch name {
	case "id":
		ids := array.NewInt64Builder(memory.DefaultAllocator)
		b, add = ids, ids.Append
	case "port":
		ports := array.NewInt32Builder(memory.DefaultAllocator)
		b, add = ports, func(id int64) {
			if id%7 == 0 {
				ports.AppendNull()
				return
			}
			ports.Append(int32(id % 100))
		}
	case "day":
		days := array.NewDate32Builder(memory.DefaultAllocator)
		b, add = days, func(id int64) { days.Append(arrow.Date32(id % 3)) }
	case "addr":
		addresses := array.NewStringViewBuilder(memory.DefaultAllocator)
		addresses.SetBlockSize(1 << 10) // so that one batch has several buffers
		b, add = addresses, func(id int64) {
			if id%5 == 0 {
				addresses.AppendNull()
				return
			}
			addresses.Append(address(id))
		}
	}
	for id := from; id < from+n; id++ {
		add(id)
	}
	return b.NewArray()
}

// open returns a DB on two threads, and checks when the test ends that it holds nothing.
func open(t testing.TB) *DB {
	t.Helper()
	db, err := Open(Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if n := db.states.Load(); n != 0 {
			t.Errorf("DuckDB still holds %d of our states", n)
		}
		if n := len(db.jobs); n != 0 {
			t.Errorf("%d jobs still run", n)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// jobOf is a job whose scan 0 is over s; s may be nil.
func jobOf(sql string, s *synthetic) engine.Job {
	if s == nil {
		return engine.Job{SQL: sql}
	}
	return engine.Job{SQL: sql, Scans: map[int]engine.Scan{0: s.scan()}}
}

// answer runs a job to its end and returns its rows, each with its values joined by commas.
func answer(ctx context.Context, db *DB, j engine.Job) ([]string, error) {
	rows, err := db.Execute(ctx, j)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		for row := range int(batch.NumRows()) {
			var values []string
			for _, column := range batch.Columns() {
				values = append(values, column.ValueStr(row))
			}
			all = append(all, strings.Join(values, ","))
		}
	}
}

// check runs a job and compares its rows in whatever order they come.
func check(t *testing.T, db *DB, j engine.Job, want ...string) {
	t.Helper()
	got, err := answer(t.Context(), db, j)
	if err != nil {
		t.Fatalf("%s: %v", j.SQL, err)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s\n got %q\nwant %q", j.SQL, got, want)
	}
}

// checkNothingLeft fails unless every reader of s, which may be nil, is closed,
// every state freed, and no goroutine of a job runs.
func checkNothingLeft(t *testing.T, db *DB, s *synthetic) {
	t.Helper()
	if n := db.states.Load(); n != 0 {
		t.Errorf("DuckDB still holds %d of our states", n)
	}
	if s != nil {
		if n := s.open.Load(); n != 0 {
			t.Errorf("%d of %d readers are still open", n, s.opened.Load())
		}
	}
	// Not runtime.NumGoroutine: a thread of DuckDB that has called Go once counts there for ever.
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	for _, function := range []string{"duckdb.(*rows).watch(", "duckdb.vpcqFill(", "syntheticReader"} {
		if n := strings.Count(string(stacks), function); n > 0 {
			t.Errorf("%d goroutines run %s", n, function)
		}
	}
}
