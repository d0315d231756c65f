package duckdb

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/loader"
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

	vectors []loader.Vector
	text    [2][]byte
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

func (r *syntheticReader) Next(ctx context.Context) (loader.Batch, error) {
	from, n, err := r.take(ctx)
	if err != nil {
		return loader.Batch{}, err
	}
	r.table.given.Add(n)
	return r.batch(from, int(n)), nil
}

func (r *syntheticReader) Close() {
	r.table.open.Add(-1)
}

// batch makes records over the memory of the last batch, as loaders do.
func (r *syntheticReader) batch(from int64, rows int) loader.Batch {
	if r.vectors == nil {
		r.vectors = make([]loader.Vector, len(r.columns))
	}
	b := loader.Batch{Rows: rows, Vectors: r.vectors}
	r.text[0], r.text[1] = r.text[0][:0], r.text[1][:0]
	for i, column := range r.columns {
		v := &r.vectors[i]
		v.Type, v.Valid = column.Type, nil
		switch column.Name {
		case "id":
			v.Int64 = each(v.Int64, rows, func(i int) int64 { return from + int64(i) })
		case "port":
			v.Int32 = each(v.Int32, rows, func(i int) int32 { return int32((from + int64(i)) % 100) })
			v.Valid = nullEvery(7, from, rows)
		case "day":
			v.Int32 = each(v.Int32, rows, func(i int) int32 { return int32((from + int64(i)) % 3) })
		case "addr":
			v.Valid = nullEvery(5, from, rows)
			v.Views = each(v.Views, rows, func(i int) loader.View { return r.addressView(from + int64(i)) })
		}
	}
	b.Text = r.text
	return b
}

// each is the values for rows 0 to rows-1, in the memory of s.
func each[T any](s []T, rows int, value func(i int) T) []T {
	s = s[:0]
	for i := range rows {
		s = append(s, value(i))
	}
	return s
}

func nullEvery(n, from int64, rows int) []uint64 {
	valid := make([]uint64, vectorSize/64)
	for i := range rows {
		if (from+int64(i))%n != 0 {
			valid[i/64] |= 1 << (i % 64)
		}
	}
	return valid
}

// addressView puts an address into the first text, or, every third of them, into the second.
func (r *syntheticReader) addressView(id int64) loader.View {
	if id%5 == 0 {
		return loader.View{}
	}
	text, buffer := address(id), 0
	if id%3 == 0 {
		buffer = 1
	}
	return r.view(text, buffer)
}

// view is the view of text, which it puts into that buffer unless it is short.
func (r *syntheticReader) view(text string, buffer int) loader.View {
	var view [16]byte
	binary.LittleEndian.PutUint32(view[:], uint32(len(text)))
	copy(view[4:], text)
	if len(text) > loader.InlineLen {
		binary.LittleEndian.PutUint32(view[8:], uint32(buffer))
		binary.LittleEndian.PutUint32(view[12:], uint32(len(r.text[buffer])))
		r.text[buffer] = append(r.text[buffer], text...)
	}
	return loader.View{binary.LittleEndian.Uint64(view[:]), binary.LittleEndian.Uint64(view[8:])}
}

// open returns a DB on two threads, and checks when the test ends that it holds nothing.
func open(t testing.TB) *DB {
	t.Helper()
	db, err := Open(Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		checkNothingHeld(t, db)
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
	checkNothingHeld(t, db)
	if s != nil {
		if n := atLast(func() int { return int(s.open.Load()) }); n != 0 {
			t.Errorf("%d of %d readers are still open", n, s.opened.Load())
		}
	}
	// Not runtime.NumGoroutine: a thread of DuckDB that has called Go once counts there for ever.
	for _, function := range []string{"duckdb.(*rows).watch(", "duckdb.vpcqFill(", "syntheticReader"} {
		if n := atLast(func() int { return strings.Count(stacks(), function) }); n > 0 {
			t.Errorf("%d goroutines run %s", n, function)
		}
	}
}

// checkNothingHeld fails unless DuckDB has freed every state.
func checkNothingHeld(t testing.TB, db *DB) {
	t.Helper()
	if n := atLast(func() int { return int(db.states.Load()) }); n != 0 {
		t.Errorf("DuckDB still holds %d of our states", n)
	}
}

// atLast counts something once there is none, or after some seconds: a goroutine
// or a thread of DuckDB that has said it is done is there, with what it holds,
// until it is scheduled again, which a busy machine puts off.
func atLast(count func() int) int {
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if n := count(); n == 0 || time.Now().After(deadline) {
			return n
		}
	}
}
