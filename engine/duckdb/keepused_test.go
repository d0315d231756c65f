package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/partitions/source"
)

const sumOfBytes = "SELECT sum(bytes) FROM vpc_flow_logs"

// used asks a statement of a new engine, as a process of its own would, and
// keeps what it used; it returns how many partitions were due.
func (b *cachedBucket) used(sql string, limit time.Duration) (due int, report engine.CacheReport) {
	b.t.Helper()
	e := b.engine(engine.Options{Cache: b.cache})
	b.answer(e, sql)
	report, err := e.KeepUsed(b.t.Context(), limit, func(n int) { due = n })
	if err != nil {
		b.t.Fatal(err)
	}
	if again, err := e.KeepUsed(b.t.Context(), limit, func(int) { b.t.Error("the same use counts twice") }); err != nil || again != (engine.CacheReport{}) {
		b.t.Errorf("kept again %+v, error %v", again, err)
	}
	return due, report
}

// What is read twice is kept, unless too little of it is new.
func TestKeepUsed(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	b := newCachedBucket(t)
	for i := range 8 {
		b.put(fmt.Sprintf("%s%d/%d.log", cachedDay, 1+i%2, i), flows(random, 2*i, false))
	}
	const oneDay = sumOfBytes + " WHERE date = DATE '2025-11-01'"
	const hour = time.Hour
	for i, step := range []struct {
		sql        string
		limit      time.Duration
		due, wrote int
		put        string // before
	}{
		{sumOfBytes + " WHERE false", hour, 0, 0, ""},
		{"SELECT bytes FROM vpc_flow_logs LIMIT 1", hour, 0, 0, ""},
		{"SELECT sum(bytes / (bytes - bytes)) FROM vpc_flow_logs WHERE false", hour, 0, 0, ""},
		{oneDay, hour, 0, 0, ""},
		{oneDay, -1, 1, 0, ""},
		{sumOfBytes, hour, 1, 1, ""},
		{sumOfBytes, hour, 1, 1, ""},
		{sumOfBytes, hour, 0, 0, ""},
		{sumOfBytes, hour, 0, 0, cachedDay + "1/new.log"},
		{sumOfBytes, hour, 1, 1, cachedDay + "1/newer.log"},
	} {
		if step.put != "" {
			b.put(step.put, flows(random, 100+2*i, false))
		}
		if due, report := b.used(step.sql, step.limit); due != step.due || report.Partitions != step.wrote {
			t.Errorf("step %d, %s: %d partitions were due, want %d; report %+v", i, step.sql, due, step.due, report)
		}
	}
	if _, stats := b.ask(sumOfBytes); stats.ObjectsCached != 10 || stats.Objects != 0 {
		t.Errorf("stats %+v", stats)
	}
}

// cancellingSource ends a context when an object is opened once it is armed.
type cancellingSource struct {
	source.Source
	cancel context.CancelFunc // nil: not armed
}

func (s *cancellingSource) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if s.cancel != nil {
		s.cancel()
	}
	return s.Source.Open(ctx, key)
}

// Whoever interrupts the keeping leaves nothing half-written.
func TestKeepUsedInterrupted(t *testing.T) {
	b := newCachedBucket(t)
	b.put(cachedDay+"1/a.log", flows(rand.New(rand.NewPCG(1, 1)), 0, false))
	b.used(sumOfBytes, time.Hour)
	dir, err := source.Dir(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	src := &cancellingSource{Source: dir}
	e := engine.New(b.db, engine.Options{Source: src, Cache: b.cache})
	b.answer(e, sumOfBytes)
	ctx, cancel := context.WithCancel(t.Context())
	src.cancel = cancel
	if _, err := e.KeepUsed(ctx, time.Hour, func(int) {}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	files, err := os.ReadDir(b.cache.Dir())
	if err != nil || len(files) != 1 || filepath.Ext(files[0].Name()) != ".seen" {
		t.Errorf("the directory has %v, error %v", files, err)
	}
}
