package duckdb

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
)

func TestRowsStream(t *testing.T) {
	const ahead = 1 << 20 // records: DuckDB's buffer of a megabyte and some chunks under way are far fewer
	s := &synthetic{records: 3 * ahead}
	rows, err := open(t).Execute(t.Context(), jobOf("SELECT id, port FROM vpcq_scan(0)", s))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var seen int64
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		seen += batch.NumRows()
		if made := s.given.Load(); made-seen > ahead {
			t.Fatalf("%d records were read when %d rows had been taken", made, seen)
		}
	}
	if seen != s.records {
		t.Errorf("%d rows, want %d", seen, s.records)
	}
}

func TestRowsLimit(t *testing.T) {
	db := open(t)
	s := &synthetic{records: 1 << 40}
	check(t, db, jobOf("SELECT count(*) FROM (SELECT id FROM vpcq_scan(0) LIMIT 5)", s), "5")
	checkNothingLeft(t, db, s)
	if n := s.given.Load(); n > 100*vectorSize {
		t.Errorf("%d records were read for LIMIT 5", n)
	}
}

// Whatever a statement is doing, it ends when its context does.
func TestRowsCancel(t *testing.T) {
	tests := []struct{ name, sql string }{
		{"reading", "SELECT sum(id) FROM vpcq_scan(0)"},
		{"counting", "SELECT count(*) FROM vpcq_scan(0)"},
		{"streaming", "SELECT id FROM vpcq_scan(0)"},
		{"sorting", "SELECT id FROM vpcq_scan(0) ORDER BY addr, id"},
		{"joining", "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3"},
		{"recursion", "WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r"},
	}
	db := open(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &synthetic{records: 1 << 40}
			ctx, cancel := context.WithCancel(t.Context())
			cancelled := make(chan time.Time, 1)
			time.AfterFunc(50*time.Millisecond, func() {
				cancelled <- time.Now()
				cancel()
			})
			_, err := answer(ctx, db, jobOf(test.sql, s))
			t.Logf("ended %v after the context", time.Since(<-cancelled))
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v, want %v", err, context.Canceled)
			}
			checkNothingLeft(t, db, s)
		})
	}
}

// A reader that waits for its source stops waiting.
func TestRowsCancelStalled(t *testing.T) {
	db := open(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	s := &synthetic{records: 1 << 40, stall: func(ctx context.Context, record int64) error {
		if record > 10*vectorSize {
			cancel(errors.New("enough"))
			<-ctx.Done()
			return context.Cause(ctx)
		}
		return nil
	}}
	if _, err := answer(ctx, db, jobOf("SELECT sum(id) FROM vpcq_scan(0)", s)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	checkNothingLeft(t, db, s)
}

func TestRowsDeadlineOver(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), -1)
	defer cancel()
	if _, err := open(t).Execute(ctx, jobOf("SELECT 1", nil)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want %v", err, context.DeadlineExceeded)
	}
}

func TestRowsCloseEarly(t *testing.T) {
	db := open(t)
	for _, batches := range []int{0, 1, 3} {
		s := &synthetic{records: 1 << 40}
		rows, err := db.Execute(t.Context(), jobOf("SELECT id, addr FROM vpcq_scan(0)", s))
		if err != nil {
			t.Fatal(err)
		}
		for range batches {
			if _, err := rows.Next(); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(rows.Close(), rows.Close()); err != nil {
			t.Error(err)
		}
		if _, err := rows.Next(); err != io.EOF {
			t.Errorf("Next after Close: got %v, want %v", err, io.EOF)
		}
		checkNothingLeft(t, db, s)
	}
}

func TestRowsSchema(t *testing.T) {
	rows, err := open(t).Execute(t.Context(), jobOf(`SELECT 1::BIGINT AS "a b", 'x' AS c WHERE false`, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if got, want := rows.Schema().Field(0).Name+" "+rows.Schema().Field(1).Type.Name(), "a b utf8"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, err := rows.Next(); err != io.EOF {
		t.Errorf("got %v, want %v", err, io.EOF)
	}
}

// A fault of the statement that shows after rows have been given ends them.
func TestRowsLateFault(t *testing.T) {
	s := &synthetic{records: 1_000_000}
	got, err := answer(t.Context(), open(t), jobOf("SELECT id + (9223372036854775807 - 800000) FROM vpcq_scan(0)", s))
	var fault *engine.RuntimeError
	if !errors.As(err, &fault) || fault.Code != outOfRange {
		t.Errorf("got %v after %d rows, want %s", err, len(got), outOfRange)
	}
}

// What DuckDB forgot to say of a streamed statement is found by running it again.
func TestRowsFaultAgain(t *testing.T) {
	const interrupt = "INTERRUPT Error: Interrupted!"
	tests := []struct{ sql, want string }{
		{"SELECT id + (9223372036854775807 - 900000) AS a, id AS a FROM vpcq_scan(0)", "Out of Range Error: Overflow in addition"},
		{"SELECT id, addr FROM vpcq_scan(0) ORDER BY id LIMIT 3", interrupt},
	}
	for _, test := range tests {
		started, err := open(t).Execute(t.Context(), jobOf(test.sql, &synthetic{records: 1_000_000}))
		if err != nil {
			t.Fatal(err)
		}
		defer started.Close()
		if got := started.(*rows).faultAgain(interrupt); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got %q, want %q", test.sql, got, test.want)
		}
	}
}

// BenchmarkRows measures what it costs to take rows out: nothing is computed.
func BenchmarkRows(b *testing.B) {
	const records = 1 << 20
	scan := engine.Scan{Columns: flowColumns, Open: repeated(records)}
	db := open(b)
	b.ReportAllocs()
	for b.Loop() {
		rows, err := db.Execute(b.Context(), engine.Job{
			SQL:   "SELECT interface_id, srcaddr, dstaddr, bytes, date FROM vpcq_scan(0)",
			Scans: map[int]engine.Scan{0: scan},
		})
		if err != nil {
			b.Fatal(err)
		}
		for err == nil {
			_, err = rows.Next()
		}
		if err != io.EOF {
			b.Fatal(err)
		}
		rows.Close()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
}
