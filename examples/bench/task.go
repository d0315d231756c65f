package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/klauspost/compress/gzip"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/cache"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/partitions/source"
)

// task is one measurement, made in a process of its own.
type task struct {
	Program  string // one of programs
	Question int    // index in questions
	Bucket   string // directory
}

// The programs that are compared.
const (
	programVPCQ   = "vpcq"
	programCSV    = "read_csv"
	programGunzip = "gunzip" // only decompresses the objects, on every core
	programCache  = "cache"  // vpcq with a cache of the whole bucket
	programBuild  = "build"  // builds that cache
)

// measure is what a task took.
type measure struct {
	Wall   time.Duration
	Whole  time.Duration // of the process, from its start to its end; 0 where it had none of its own
	CPU    time.Duration // of all threads, user and system
	Peak   int64         // bytes resident at most; 0 where the system does not tell
	Allocs uint64        // of Go's memory
	Answer string        // the rows, or their number and a hash of them all
}

// run carries out a task. Opening DuckDB is not measured, nor finding out the
// columns that the question names.
func (t task) run(ctx context.Context) (measure, error) {
	db, err := duckdb.Open(duckdb.Options{Files: []string{t.Bucket, cacheOf(t.Bucket)}})
	if err != nil {
		return measure{}, err
	}
	defer db.Close()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := t.clean(); err != nil {
		return measure{}, err
	}
	sql, err := t.sql()
	if err != nil {
		return measure{}, err
	}
	began, cpu := time.Now(), cpuTime()
	answer, err := t.answer(ctx, db, sql)
	if err != nil {
		return measure{}, fmt.Errorf("%s, %s: %w", t.Program, questions[t.Question].name, err)
	}
	m := measure{Wall: time.Since(began), CPU: cpuTime() - cpu, Peak: peakMemory(), Answer: answer}
	runtime.ReadMemStats(&after)
	m.Allocs = after.Mallocs - before.Mallocs
	if questions[t.Question].writes {
		m.Answer, err = t.written(ctx)
		err = errors.Join(err, t.clean())
	}
	return m, err
}

// sql is the question as the program is asked it; empty for one that is not asked.
func (t task) sql() (string, error) {
	if t.Program == programGunzip || t.Program == programBuild {
		return "", nil
	}
	all, err := columns(t.Bucket)
	if err != nil {
		return "", err
	}
	q := questions[t.Question]
	if t.Program == programCSV {
		return q.toDuckDB(t.Bucket, all), nil
	}
	return q.toVPCQ(all), nil
}

func (t task) answer(ctx context.Context, db *duckdb.DB, sql string) (string, error) {
	switch t.Program {
	case programGunzip:
		return gunzip(t.Bucket)
	case programCSV:
		return t.answerDirectly(ctx, db, sql)
	}
	options, err := t.options()
	if err != nil {
		return "", err
	}
	vpcq := engine.New(db, options)
	if t.Program == programBuild {
		return build(ctx, vpcq)
	}
	result, err := vpcq.Query(ctx, sql)
	if err != nil {
		return "", err
	}
	return drain(result, questions[t.Question].once)
}

// answerDirectly asks DuckDB without vpcq.
func (t task) answerDirectly(ctx context.Context, db *duckdb.DB, sql string) (string, error) {
	q := questions[t.Question]
	if q.writes {
		to := engine.Files{Dir: filepath.Join(writtenTo(t.Bucket), "rows"), Compression: writtenCompression}
		_, err := db.Write(ctx, engine.Job{SQL: sql}, to)
		return "", err
	}
	rows, err := db.Execute(ctx, engine.Job{SQL: sql})
	if err != nil {
		return "", err
	}
	return drain(rows, q.once)
}

// options is what vpcq reads: the bucket, and the cache of it.
func (t task) options() (engine.Options, error) {
	logs, err := source.Dir(t.Bucket)
	if err != nil {
		return engine.Options{}, err
	}
	o := engine.Options{Source: logs, BadRows: badRows}
	if questions[t.Question].writes {
		written, err := source.Dir(writtenTo(t.Bucket))
		if err != nil {
			return o, err
		}
		o.Locations = source.NewMounts([]source.Mount{{URL: writtenURL, Source: written}}, nil)
	}
	if t.Program == programCache || t.Program == programBuild {
		o.CacheOnly = t.Program == programCache
		o.Cache, err = cache.Open(cacheOf(t.Bucket), t.Bucket)
	}
	return o, err
}

// cacheOf is the directory of a bucket's cache.
func cacheOf(bucket string) string { return bucket + ".cache" }

// build builds the cache anew and answers how many records it has.
func build(ctx context.Context, vpcq *engine.Engine) (string, error) {
	report, err := vpcq.BuildCache(ctx)
	return fmt.Sprintf("%d records", report.Records), err
}

// drain takes the rows there are and closes them.
func drain(rows interface {
	Next() (arrow.RecordBatch, error)
	Close() error
}, hashed bool) (string, error) {
	defer rows.Close()
	var a answer
	for {
		batch, err := rows.Next()
		if errors.Is(err, io.EOF) {
			return a.String(), nil
		}
		if err != nil {
			return "", err
		}
		if err := a.add(batch, hashed); err != nil {
			return "", err
		}
	}
}

// gunzip decompresses every object of the bucket with the library that Go
// programs use for speed, and answers how much text that is.
func gunzip(dir string) (string, error) {
	names, err := objects(dir)
	if err != nil {
		return "", err
	}
	var next, text atomic.Int64
	var group sync.WaitGroup
	failed := make(chan error, runtime.GOMAXPROCS(0))
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			var z gzip.Reader
			for i := next.Add(1) - 1; i < int64(len(names)); i = next.Add(1) - 1 {
				n, err := inflate(&z, names[i])
				if err != nil {
					failed <- err
					return
				}
				text.Add(n)
			}
		})
	}
	group.Wait()
	close(failed)
	return fmt.Sprint(text.Load()), <-failed
}

func inflate(z *gzip.Reader, name string) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if err := z.Reset(f); err != nil {
		return 0, err
	}
	return io.Copy(io.Discard, z)
}
