package duckdb

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
)

// Options is what a DB may use of the machine. The zero Options is every core,
// four fifths of the memory, and nothing on disk.
type Options struct {
	Threads     int    // how many cores all jobs may use together; 0: as many as Go uses, which heeds a container's limit
	MemoryLimit int64  // bytes that DuckDB may hold, LeastMemory or more; 0: 80 % of the machine's memory
	TempDir     string // where DuckDB may write what exceeds MemoryLimit; empty: nowhere, and such a job fails

	// Files are directories below which a job's SQL reaches files. No statement
	// of Athena's names any: it is for SQL that a program writes itself.
	Files []string
}

// LeastMemory is the least Options.MemoryLimit, in bytes, with which statements
// that group or sort a little end: below 8 MB two threads fail to allocate their
// first blocks of 2 MiB (DuckDB 1.5.5). More threads and more groups need more.
const LeastMemory = 8_000_000

// setting is a configuration option of DuckDB.
type setting struct{ name, value string }

// noFiles keeps SQL from files and the network, but for allowed directories.
var noFiles = setting{"enable_external_access", "false"}

// closed is what every DB is opened with beside its Options: SQL reaches
// nothing but scans and Files, and nothing is fetched at run time.
var closed = []setting{
	{"autoinstall_known_extensions", "false"},
	{"autoload_known_extensions", "false"},
	{"allow_community_extensions", "false"},
	{"allow_unsigned_extensions", "false"},
	{"allow_persistent_secrets", "false"},
	{"default_null_order", "nulls_last"}, // as Trino, ascending and descending
	// Where a statement asks for no order there is none to keep. Keeping the
	// order of records would leave all but one core idle in every statement
	// that neither groups nor sorts.
	{"preserve_insertion_order", "false"},
}

// onceOpen is set after opening: the zone needs the ICU extension to be there,
// and the lock comes last.
var onceOpen = []string{"SET GLOBAL TimeZone = 'UTC'", "SET GLOBAL lock_configuration = true"}

// settings lists what the options ask for. The directory comes first: once
// external access is off, DuckDB does not take another.
func (o Options) settings() []setting {
	s := []setting{{"temp_directory", o.TempDir}, {"threads", strconv.Itoa(o.threads())}}
	if o.MemoryLimit > 0 {
		s = append(s, setting{"memory_limit", strconv.FormatInt(o.MemoryLimit, 10) + "B"})
	}
	if len(o.Files) == 0 {
		s = append(s, noFiles)
	}
	return append(s, closed...)
}

// statements lists what settles the options once the DB is open: directories
// are named while every file can still be reached.
func (o Options) statements() []string {
	if len(o.Files) == 0 {
		return onceOpen
	}
	names := make([]string, len(o.Files))
	for i, dir := range o.Files {
		names[i] = quoteText(dir)
	}
	return append([]string{
		"SET GLOBAL allowed_directories = [" + strings.Join(names, ", ") + "]",
		"SET GLOBAL " + noFiles.name + " = " + noFiles.value,
	}, onceOpen...)
}

func (o Options) threads() int {
	if o.Threads > 0 {
		return o.Threads
	}
	return runtime.GOMAXPROCS(0)
}

// DB is an embedded DuckDB, in memory and closed. It is an engine.Backend.
type DB struct {
	handle  mapping.Database
	options Options
	threads int

	mu   sync.Mutex
	jobs map[uint64]*job // by the id of their connection, while they run

	states atomic.Int64 // what DuckDB holds of ours: 0 when no job runs
}

var _ engine.Backend = (*DB)(nil)

// Open returns a new DB. The caller must close it.
func Open(options Options) (*DB, error) {
	db := &DB{options: options, threads: options.threads(), jobs: map[uint64]*job{}}
	if err := db.open(options.settings()); err != nil {
		return nil, fmt.Errorf("open DuckDB: %w", err)
	}
	if err := db.prepare(options.statements()); err != nil {
		mapping.Close(&db.handle)
		return nil, fmt.Errorf("open DuckDB: %w", err)
	}
	return db, nil
}

func (db *DB) open(settings []setting) error {
	var config mapping.Config
	if mapping.CreateConfig(&config) != mapping.StateSuccess {
		return errors.New("out of memory")
	}
	defer mapping.DestroyConfig(&config)
	for _, s := range settings {
		if mapping.SetConfig(config, s.name, s.value) != mapping.StateSuccess {
			return fmt.Errorf("it does not take %s = %q", s.name, s.value)
		}
	}
	var cause string
	if mapping.OpenExt("", &db.handle, config, &cause) != mapping.StateSuccess {
		return errors.New(cause)
	}
	return nil
}

// prepare registers the scan and the functions in Go, and closes the configuration.
func (db *DB) prepare(statements []string) error {
	conn, err := db.connect()
	if err != nil {
		return err
	}
	defer mapping.Disconnect(&conn)
	if err := db.registerScan(conn); err != nil {
		return err
	}
	if err := db.registerNatives(conn, dialect.Natives); err != nil {
		return err
	}
	for _, sql := range statements {
		if err := run(conn, sql); err != nil {
			return err
		}
	}
	return nil
}

func (db *DB) connect() (mapping.Connection, error) {
	var conn mapping.Connection
	if mapping.Connect(db.handle, &conn) != mapping.StateSuccess {
		return conn, errors.New("connect to DuckDB: it refuses")
	}
	return conn, nil
}

// run executes a statement of ours that has no rows.
func run(conn mapping.Connection, sql string) error {
	var result mapping.Result
	defer mapping.DestroyResult(&result)
	if mapping.Query(conn, sql, &result) != mapping.StateSuccess {
		return fmt.Errorf("%s: %s", sql, mapping.ResultError(&result))
	}
	return nil
}

// Execute implements engine.Backend. Of the job's SQL it takes one query and
// nothing else.
func (db *DB) Execute(ctx context.Context, j engine.Job) (engine.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	conn, err := db.connect()
	if err != nil {
		return nil, err
	}
	r := newRows(ctx, db, conn, j.Scans)
	if err := r.start(j.SQL); err != nil {
		_ = r.Close() // never fails
		return nil, err
	}
	return r, nil
}

// Close implements engine.Backend.
func (db *DB) Close() error {
	mapping.Close(&db.handle)
	return nil
}
