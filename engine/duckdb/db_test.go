package duckdb

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/duckdb/duckdb-go/v2/mapping"
)

// What SQL must not reach it does not reach, even past the refusal of all but queries.
func TestDBClosed(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret.csv")
	if err := os.WriteFile(secret, []byte("a\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "target")
	tests := []string{
		"SELECT * FROM read_csv('" + secret + "')",
		"SELECT * FROM read_text('" + secret + "')",
		"SELECT * FROM read_blob('" + secret + "')",
		"SELECT * FROM read_parquet('" + secret + "')",
		"SELECT * FROM read_json('" + secret + "')",
		"SELECT * FROM sniff_csv('" + secret + "')",
		"SELECT * FROM '" + secret + "'",
		"SELECT * FROM glob('" + filepath.Dir(secret) + "/*')",
		"SELECT * FROM query('SELECT * FROM read_csv(''" + secret + "'')')",
		"ATTACH '" + target + "' AS other",
		"ATTACH '" + secret + "' AS other (READ_ONLY)",
		"COPY (SELECT 1) TO '" + target + "'",
		"EXPORT DATABASE '" + target + "'",
		"IMPORT DATABASE '" + filepath.Dir(secret) + "'",
		"INSTALL httpfs",
		"LOAD httpfs",
		"LOAD '" + secret + "'",
		"SELECT * FROM read_csv('https://example.com/a.csv')",
		"SET threads = 1",
		"SET TimeZone = 'Asia/Tokyo'",
		"SET SESSION TimeZone = 'Asia/Tokyo'",
		"RESET TimeZone",
		"SET enable_external_access = true",
		"SET GLOBAL lock_configuration = false",
		"SET temp_directory = '" + target + "'",
		"PRAGMA threads = 1",
		"CREATE PERSISTENT SECRET s (TYPE s3)",
	}
	db := open(t)
	conn, err := db.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer mapping.Disconnect(&conn)
	for _, sql := range tests {
		if err := run(conn, sql); err == nil {
			t.Errorf("%s: DuckDB did it", sql)
		}
	}
	if _, err := os.Stat(target); err == nil {
		t.Error("a file was written")
	}
}

// Of the file system SQL reaches the directories of Options.Files, and no others.
func TestDBFiles(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "it's here")
	for _, name := range []string{dir + "/in.csv", dir + "/below/in.csv", dir + "x/out.csv", filepath.Dir(dir) + "/out.csv"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte("a\n1\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := Open(Options{Files: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, ok := range map[string]bool{
		dir + "/*.csv": true, dir + "/**/in.csv": true,
		dir + "x/out.csv": false, dir + "/../out.csv": false, filepath.Dir(dir) + "/*.csv": false, "/etc/passwd": false, "https://example.com/a.csv": false,
	} {
		_, err := answer(t.Context(), db, jobOf("SELECT * FROM read_csv('"+strings.ReplaceAll(name, "'", "''")+"')", nil))
		if (err == nil) != ok {
			t.Errorf("%s: error %v", name, err)
		}
	}
	conn, err := db.connect()
	if err != nil {
		t.Fatal(err)
	}
	defer mapping.Disconnect(&conn)
	for _, sql := range []string{"SET enable_external_access = true", "SET GLOBAL allowed_directories = ['/']"} {
		if run(conn, sql) == nil {
			t.Errorf("%s: DuckDB did it", sql)
		}
	}
}

func TestDBOnlyQueries(t *testing.T) {
	db := open(t)
	for _, sql := range []string{
		"CREATE TABLE t (a INTEGER)", "SET threads = 1", "SELECT 1; SELECT 2", "", "BEGIN", "CREATE VIEW v AS SELECT 1", "PREPARE p AS SELECT 1",
		"CREATE MACRO m() AS 1", "CALL pragma_version()", "PRAGMA enable_profiling", "EXPLAIN SELECT 1",
	} {
		if _, err := answer(t.Context(), db, jobOf(sql, nil)); err == nil {
			t.Errorf("%q was executed", sql)
		}
	}
}

func TestDBSettings(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT current_setting('TimeZone')", "UTC"},
		{"SELECT current_setting('threads')", "2"},
		{"SELECT current_setting('temp_directory')", ""},
		{"SELECT TIMESTAMPTZ '2024-03-02 00:00:00 America/New_York'::VARCHAR", "2024-03-02 05:00:00+00"},
		{"SELECT list(i ORDER BY i DESC)::VARCHAR FROM (VALUES (1), (NULL), (2)) t(i)", "[2, 1, NULL]"},
	}
	db := open(t)
	for _, test := range tests {
		check(t, db, jobOf(test.sql, nil), test.want)
	}
}

func TestOpenRefuses(t *testing.T) {
	_, err := Open(Options{MemoryLimit: 1, Threads: 1 << 40})
	if err == nil || !strings.HasPrefix(err.Error(), "open DuckDB: ") {
		t.Errorf("got %v", err)
	}
}

// spilling is a statement that needs more memory than spillingDB gives. DuckDB
// itself makes the addresses, which would take the reader most of the time.
const spilling = `SELECT count(*), sum(n) FROM (SELECT id, count(*) AS n FROM vpcq_scan(0)
	GROUP BY id, CASE WHEN id % 5 = 0 THEN NULL WHEN id % 2 = 0 THEN '10.0.0.' || id % 10 ELSE '2001:db8:85a3::8a2e:370:' || id % 10 END)`

func spillingDB(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(Options{Threads: 2, MemoryLimit: 64 << 20, TempDir: dir})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// What exceeds the limit goes to the directory, and leaves it, however the
// statement ends.
func TestDBSpills(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "spill")
	files := func() []string {
		names, _ := filepath.Glob(filepath.Join(dir, "*"))
		return names
	}
	tests := []struct {
		sql       string
		cancelled bool
		want      string
	}{
		{spilling, false, "[2000000,2000000] <nil>"},
		{strings.Replace(spilling, "sum(n)", "error(sum(n)::VARCHAR)", 1), false, "2000000"},
		{spilling, true, context.Canceled.Error()},
	}
	for _, test := range tests {
		ctx, cancel := context.WithCancel(t.Context())
		var spilt atomic.Bool
		s := &synthetic{records: 2_000_000, stall: func(context.Context, int64) error { // before each batch
			if len(files()) > 0 {
				spilt.Store(true)
				if test.cancelled {
					cancel()
				}
			}
			return nil
		}}
		db := spillingDB(t, dir)
		rows, err := answer(ctx, db, jobOf(test.sql, s))
		cancel()
		if got := fmt.Sprint(rows, err); !spilt.Load() || !strings.Contains(got, test.want) {
			t.Errorf("%s: %s, want %s; whether it spilt: %v", test.sql, got, test.want, spilt.Load())
		}
		checkNothingLeft(t, db, s)
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if left := files(); len(left) > 0 {
			t.Errorf("%s: left behind: %q", test.sql, left)
		}
	}
}

// Where it cannot go there, the statement fails, wherever in it memory ran out.
func TestDBDoesNotSpill(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ dir, want string }{
		{"", exceededMemory + ": "},
		{filepath.Join(file, "below"), exceededMemory + ": cannot write what exceeds the memory limit: Failed to create directory"},
	}
	for _, test := range tests {
		db := spillingDB(t, test.dir)
		for range 5 {
			s := &synthetic{records: 2_000_000}
			_, err := answer(t.Context(), db, jobOf(spilling, s))
			if err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("directory %q: got %v, want %s…", test.dir, err, test.want)
			}
			checkNothingLeft(t, db, s)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}
