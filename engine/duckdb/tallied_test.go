package duckdb

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/partitions/source"
)

// tallied are questions of how many records there are, which need no record of
// what is cached, and some that look alike and do.
var tallied = []string{
	"SELECT date, count(*) FILTER (WHERE region = 'eu-west-1'), min(date), max(region) FROM vpc_flow_logs GROUP BY ROLLUP (date) HAVING count(*) > 1 ORDER BY count(*) DESC",
	"SELECT count(*), sum(n), max(day) FROM (SELECT date AS day, count(*) AS n FROM vpc_flow_logs f WHERE date <> DATE '2025-11-03' GROUP BY 1)",
	"SELECT a.date, a.n, b.n FROM (SELECT date, count(*) n FROM vpc_flow_logs GROUP BY date) a JOIN (SELECT date, count(*) n FROM vpc_flow_logs WHERE bytes > 300 GROUP BY date) b ON a.date = b.date",
	"SELECT date, (SELECT count(*) FROM vpc_flow_logs f WHERE f.date = g.date) FROM vpc_flow_logs g GROUP BY date",
	"SELECT count(*) FROM vpc_flow_logs WHERE date IN (SELECT date FROM vpc_flow_logs WHERE action = 'REJECT')",
	"SELECT DISTINCT count(*) FROM vpc_flow_logs GROUP BY date, region",
	"SELECT 'none' FROM vpc_flow_logs WHERE date = DATE '2025-11-02' HAVING count(*) > 0",
	"SELECT count(*) FROM vpc_flow_logs WHERE date = DATE '1999-01-01'", "SELECT date FROM vpc_flow_logs GROUP BY date",
	"SELECT count(DISTINCT date), count(date), sum(1) FROM vpc_flow_logs", "SELECT date, count(*) OVER () FROM vpc_flow_logs GROUP BY date",
	"SELECT date FROM vpc_flow_logs", "SELECT count(*) FROM vpc_flow_logs f, (VALUES 1, 2) t(x)", "SELECT action, count(*) FROM vpc_flow_logs GROUP BY action",
	"SELECT count(*) > 0 FROM vpc_flow_logs WHERE random() >= 0", "SELECT vpc_id, count(*) FROM vpc_flow_logs GROUP BY vpc_id",
}

// A count of records by what keys tell needs no file of the cache; one by what
// any object holds does.
func TestCacheTallies(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	b := newCachedBucket(t)
	for i := range 4 {
		b.put(fmt.Sprintf("%s%d/%d.log", cachedDay, 1+i%2, i), flows(random, i, false))
	}
	b.build()
	entries, _, err := b.cache.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries { // a file with the size and time of the manifest, which nobody can read
		if err := rewrite(e.Path(), func(b []byte) { clear(b) }); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(e.Path(), e.Written, e.Written); err != nil {
			t.Fatal(err)
		}
	}
	b.put(cachedDay+"1/new.log", flows(random, 4, false))
	for i, sql := range append([]string{"SELECT count(*) FROM vpc_flow_logs"}, tallied[:9]...) {
		b.warns = nil
		reads := i == 3 || i == 5
		if _, stats := b.ask(sql); !reads && (len(b.warns) > 0 || stats.RecordsCached == 0 && i != 8) || reads && len(b.warns) == 0 {
			t.Errorf("%s\nreads files: %v; %d records from the cache", sql, b.warns, stats.RecordsCached)
		}
	}
}

// idle is a back end that is not asked anything.
type idle struct{ *DB }

func (idle) Execute(context.Context, engine.Job) (engine.Rows, error) {
	return nil, errors.New("the back end was asked")
}

// How many records there are in all is answered without the back end where the
// cache has every object; where it lacks one, or a time is asked for, with it.
func TestCacheCounts(t *testing.T) {
	random := rand.New(rand.NewPCG(23, 24))
	b := newCachedBucket(t)
	for i := range 4 {
		b.put(fmt.Sprintf("%s%d/%d.log", cachedDay, 1+i%2, i), flows(random, i, false))
	}
	b.build()
	const sql = "SELECT count(*) AS n, count(*) FROM vpc_flow_logs AS f"
	if rows, stats := b.ask(sql); !slices.Equal(rows, []string{"120,120"}) || stats.RecordsCached != 120 {
		t.Errorf("%q, %d records from the cache", rows, stats.RecordsCached)
	}
	ask := func(sql string, o engine.Options) error {
		logs, err := source.Dir(b.dir)
		if err != nil {
			t.Fatal(err)
		}
		o.Source, o.Cache = logs, b.cache
		result, err := engine.New(idle{b.db}, o).Query(t.Context(), sql)
		if err == nil {
			err = result.Close()
		}
		return err
	}
	if err := ask(sql, engine.Options{}); err != nil {
		t.Error(err)
	}
	if err := ask(sql, engine.Options{From: time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)}); err == nil {
		t.Error("records of some time were counted without looking at them")
	}
	if err := ask("SELECT count(*) FROM vpc_flow_logs WHERE region IS NOT NULL", engine.Options{}); err == nil {
		t.Error("a condition was not looked at")
	}
	b.put(cachedDay+"2/new.log", flows(random, 4, false))
	if err := ask(sql, engine.Options{}); err == nil {
		t.Error("a new object was not counted")
	}
	if rows, _ := b.ask(sql); !slices.Equal(rows, []string{"150,150"}) {
		t.Errorf("%q with a new object", rows)
	}
}

// Objects of one folder whose names tell several days, and of some nothing, have
// each its own values.
func TestCacheOfLooseObjects(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	b := newCachedBucket(t)
	name := func(day, id int) string {
		return fmt.Sprintf("loose/111122223333_vpcflowlogs_eu-west-1_fl-0123456789abcdef0_202511%02dT0005Z_%08x.log", day, id)
	}
	for i, key := range []string{name(1, 1), name(1, 2), name(2, 3), "loose/1-first-and-says-nothing.log", name(3, 4)} {
		b.put(key, flows(random, 2*i, false))
	}
	if report := b.build(); report.Partitions != 1 || report.Objects != 5 {
		t.Errorf("built %+v", report)
	}
	for _, sql := range []string{
		"SELECT date, count(*) FROM vpc_flow_logs GROUP BY date", "SELECT region, date, max(bytes) FROM vpc_flow_logs GROUP BY 1, 2",
		"SELECT account_id, count(*) FROM vpc_flow_logs WHERE date >= DATE '2025-11-02' GROUP BY 1",
	} {
		if rows, stats := b.ask(sql); stats.RecordsCached == 0 || len(rows) == 0 {
			t.Errorf("%s: rows %q, %d records from the cache", sql, rows, stats.RecordsCached)
		}
	}
}
