package duckdb

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/vpcq/vpcq/engine"
)

// rowsOfQuery is what the query reads of the synthetic table.
const rowsOfQuery = `SELECT id, port, day, addr, 'k' || (id % 3) AS k FROM vpcq_scan(0)`

// TestWrite holds that files have the rows of the query, whatever the compression.
func TestWrite(t *testing.T) {
	s := &synthetic{records: 20_000}
	db := open(t)
	for i, to := range []engine.Files{
		{Compression: "GZIP"}, {Compression: "SNAPPY"}, {Compression: "ZSTD", Level: 12}, {Compression: "NONE"},
		{Compression: "ZSTD", Keys: []string{"k"}},
	} {
		dir := t.TempDir()
		to.Dir = filepath.Join(dir, "rows")
		rows, err := db.Write(t.Context(), jobOf(rowsOfQuery, s), to)
		if err != nil || rows != s.records {
			t.Fatalf("%d: %d rows, error %v", i, rows, err)
		}
		reader, err := Open(Options{Files: []string{dir}})
		if err != nil {
			t.Fatal(err)
		}
		const sums = "SELECT count(*), sum(id), sum(port), max(day), bit_xor((hash(id, port, day, addr, k) >> 1)::BIGINT) FROM "
		got, err := answer(t.Context(), reader, engine.Job{SQL: sums + "read_parquet('" + to.Dir + "/**/*.parquet')"})
		if err != nil {
			t.Fatal(err)
		}
		want, err := answer(t.Context(), db, jobOf(sums+"("+rowsOfQuery+")", s))
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%d: the files have %q, want %q, %v", i, got, want, err)
		}
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}
	checkNothingLeft(t, db, s)
}

// TestWriteFails holds that a write ends with its context, a scan's fault or the
// statement's, and that nothing of it runs on.
func TestWriteFails(t *testing.T) {
	broken := errors.New("broken")
	ctx, cancel := context.WithCancel(t.Context())
	for name, test := range map[string]struct {
		ctx   context.Context
		sql   string
		table *synthetic
		want  error
	}{
		"scan":   {t.Context(), rowsOfQuery, &synthetic{records: 1 << 20, fail: func(n int64) error { return map[bool]error{true: broken}[n > 100_000] }}, broken},
		"cancel": {ctx, rowsOfQuery, &synthetic{records: 1 << 40, stall: func(context.Context, int64) error { cancel(); return nil }}, context.Canceled},
		"fault":  {t.Context(), "SELECT error('DIVISION_BY_ZERO: Division by zero') FROM vpcq_scan(0) WHERE id = 70000", &synthetic{records: 1 << 17}, &engine.RuntimeError{}},
	} {
		db := open(t)
		_, err := db.Write(test.ctx, jobOf(test.sql, test.table), engine.Files{Dir: filepath.Join(t.TempDir(), "rows"), Compression: "GZIP"})
		var fault *engine.RuntimeError
		if errors.As(test.want, &fault) && errors.As(err, &fault) {
			if fault.Code != "DIVISION_BY_ZERO" {
				t.Errorf("%s: error %v", name, err)
			}
		} else if !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", name, err, test.want)
		}
		checkNothingLeft(t, db, test.table)
	}
}

// TestWriteReachesItsDirectory holds that the files of a write lie in its
// directory and nowhere else.
func TestWriteReachesItsDirectory(t *testing.T) {
	db, other := open(t), filepath.Join(t.TempDir(), "other.csv")
	if err := os.WriteFile(other, []byte("a\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	sql := fmt.Sprintf("SELECT * FROM read_csv(%s)", quoteText(other))
	if _, err := db.Write(t.Context(), engine.Job{SQL: sql}, engine.Files{Dir: filepath.Join(t.TempDir(), "rows"), Compression: "NONE"}); err == nil {
		t.Error("a statement reads a file")
	}
}
