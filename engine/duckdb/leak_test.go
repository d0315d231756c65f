package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// endings are the ways in which a query of a table ends before all is read.
var endings = []struct {
	sql  string
	end  func(context.CancelFunc, *engine.Result) error
	want string // the error
}{
	{"SELECT srcaddr FROM %s LIMIT 1", func(_ context.CancelFunc, r *engine.Result) error { return exhaust(r) }, "<nil>"},
	{"SELECT srcaddr, bytes FROM %s", func(_ context.CancelFunc, r *engine.Result) error {
		_, err := r.Next()
		return err
	}, "<nil>"},
	{"SELECT srcaddr, bytes FROM %s", func(cancel context.CancelFunc, r *engine.Result) error {
		_, err := r.Next()
		cancel()
		return errors.Join(err, exhaust(r))
	}, context.Canceled.Error()},
	{"SELECT srcaddr, 1 / (bytes - 19999) FROM %s", func(_ context.CancelFunc, r *engine.Result) error { return exhaust(r) }, "DIVISION_BY_ZERO: Division by zero"},
}

// exhaust takes all rows there are.
func exhaust(r *engine.Result) error {
	for {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestEndedQueriesLeaveNothing counts what is left of queries that end early:
// goroutines, files and connections, DuckDB's states, and memory.
func TestEndedQueriesLeaveNothing(t *testing.T) {
	const rounds = 10 // of each ending, of which one reads all 40 chunks: one chunk's text is 0.1 MB
	b := newCachedBucket(t)
	objects := map[string][]byte{}
	for i := range 4 {
		key := fmt.Sprintf("AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/%d.log", i)
		text := manyRecords()
		objects[key] = []byte(text)
		b.put(key, text)
	}
	b.build()
	dir, err := source.Dir(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	var open atomic.Int64
	for name, over := range map[string]func(*testing.T) (e *engine.Engine, table string, rest func()){
		"undeclared": func(*testing.T) (*engine.Engine, string, func()) {
			return engine.New(b.db, engine.Options{Source: counting{dir, &open}}), "vpc_flow_logs", func() {}
		},
		"declared": func(t *testing.T) (*engine.Engine, string, func()) {
			return declaredOver(t, b.db, counting{dir, &open}), "flows", func() {}
		},
		"bucket": func(t *testing.T) (*engine.Engine, string, func()) { return bucketOver(t, b.db, objects, &open) },
		"cached": func(*testing.T) (*engine.Engine, string, func()) {
			return b.engine(engine.Options{Cache: b.cache, CacheOnly: true}), "vpc_flow_logs", func() {}
		},
	} {
		t.Run(name, func(t *testing.T) {
			e, table, rest := over(t)
			ask := func(rounds int) {
				for range rounds {
					for _, ending := range endings {
						endQuery(t, e, fmt.Sprintf(ending.sql, table), ending.end, ending.want)
					}
				}
			}
			ask(5)
			for try := 1; ; try++ { // what queries leave grows with each try; what allocators keep for some threads does not
				before := settledAt(b.db, rest, func(holdings) bool { return true })
				ask(rounds)
				after := settledAt(b.db, rest, func(h holdings) bool { return !h.exceed(before) })
				if !after.exceed(before) {
					break
				}
				if try == 3 {
					t.Fatalf("after %d queries there are %+v, before %+v\n%s", rounds*len(endings), after, before, stacks())
				}
			}
			if n := atLast(func() int { return int(open.Load()) }); n != 0 {
				t.Errorf("%d objects are still open", n)
			}
		})
	}
}

// counting is a source that counts the objects that are open. Files that nobody
// closes are not counted by the system for long: the garbage collector closes them.
type counting struct {
	source.Source
	open *atomic.Int64
}

func (c counting) Distant() bool { return source.IsDistant(c.Source) }
func (c counting) Root() string  { return source.Root(c.Source) }

func (c counting) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	body, err := c.Source.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	c.open.Add(1)
	return &counted{ReadCloser: body, open: c.open}, nil
}

type counted struct {
	io.ReadCloser
	open   *atomic.Int64
	closed atomic.Bool
}

func (c *counted) Close() error {
	if !c.closed.Swap(true) {
		c.open.Add(-1)
	}
	return c.ReadCloser.Close()
}

// manyRecords are more than DuckDB reads ahead, with text that needs memory.
func manyRecords() string {
	var text strings.Builder
	text.WriteString("version srcaddr dstaddr bytes\n")
	for i := range 20_000 {
		fmt.Fprintf(&text, "2 2001:db8:85a3::8a2e:370:%04x 2001:db8:85a3::8a2e:370:7334 %d\n", i, i)
	}
	return text.String()
}

func declaredOver(t *testing.T, db *DB, logs source.Source) *engine.Engine {
	locations := source.NewMounts([]source.Mount{{URL: "s3://logs/", Source: logs}}, nil)
	e := engine.New(db, engine.Options{Catalog: catalog.Empty(), Locations: locations})
	endQuery(t, e, `CREATE EXTERNAL TABLE flows (version int, srcaddr string, dstaddr string, bytes bigint)
		ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' LOCATION 's3://logs/AWSLogs/' TBLPROPERTIES ('skip.header.line.count'='1')`,
		func(_ context.CancelFunc, r *engine.Result) error { return exhaust(r) }, "<nil>")
	return e
}

func bucketOver(t *testing.T, db *DB, objects map[string][]byte, open *atomic.Int64) (*engine.Engine, string, func()) {
	sourcetest.Hermetic(t)
	server := sourcetest.NewServer(t, "logs", objects)
	bucket, err := s3.Open(t.Context(), "s3://logs", s3.Options{EndpointURL: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	rest := func() { _ = bucket.Close() } // connections are kept for the next query, as they should be
	t.Cleanup(rest)
	return engine.New(db, engine.Options{Source: counting{bucket, open}}), "vpc_flow_logs", rest
}

// endQuery asks, and ends as end does, with the error that is wanted.
func endQuery(t testing.TB, e *engine.Engine, sql string, end func(context.CancelFunc, *engine.Result) error, want string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	result, err := e.Query(ctx, sql)
	if err == nil {
		err = end(cancel, result)
		_ = result.Close() // never fails
	}
	if fmt.Sprint(err) != want {
		t.Errorf("%s: %v, want %s", sql, err, want)
	}
}

// holdings is what the process has.
type holdings struct {
	goroutines int // in our packages or in a connection
	files      int // open, connections among them; 0 where the system does not tell
	states     int64
	memory     int // bytes resident; 0 where the system does not tell
}

// exceed reports whether there is anything that no query may leave, or more than
// before of what the process has anyway.
func (h holdings) exceed(before holdings) bool {
	return h.goroutines > 0 || h.states > 0 || h.files > before.files || h.memory > before.memory+24<<20
}

// settledAt returns the holdings once they are enough, or after some seconds:
// connections that are closed take a while to end.
func settledAt(db *DB, rest func(), enough func(holdings) bool) holdings {
	deadline := time.Now().Add(10 * time.Second)
	for {
		rest()
		debug.FreeOSMemory()
		h := holdings{states: db.states.Load(), memory: resident()}
		for _, function := range []string{"vpcq/engine/loader.", "vpcq/partitions.", "vpcq/partitions/source/s3.", "duckdb.(*rows).watch(", "duckdb.vpcqFill(", "http.(*persistConn)"} {
			h.goroutines += strings.Count(stacks(), function)
		}
		if names, err := os.ReadDir("/proc/self/fd"); err == nil {
			h.files = len(names)
		}
		if enough(h) || time.Now().After(deadline) {
			return h
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func stacks() string {
	all := make([]byte, 1<<20)
	return string(all[:runtime.Stack(all, true)])
}

// resident is the memory that the process has, in bytes; 0 where the system does not tell.
func resident() int {
	stat, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.Atoi(strings.Fields(string(stat))[1])
	return pages * os.Getpagesize()
}
