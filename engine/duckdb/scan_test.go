package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

func TestScanValues(t *testing.T) {
	s := &synthetic{records: 5000}
	var want []string
	for id := range s.records {
		port, addr := fmt.Sprint(id%100), address(id)
		if id%7 == 0 {
			port = "(null)"
		}
		if id%5 == 0 {
			addr = "(null)"
		}
		want = append(want, fmt.Sprintf("%s,%d,%s,1970-01-%02d", addr, id, port, 1+id%3))
	}
	check(t, open(t), jobOf("SELECT addr, id, port, day FROM vpcq_scan(0)", s), want...)
}

func TestScanUses(t *testing.T) {
	tests := []struct {
		sql    string
		want   []string
		passes int64
	}{
		{`SELECT sum(id), count(port), count(DISTINCT addr) FROM vpcq_scan(0)`, []string{"12497500,4285,8"}, 1},
		{`SELECT count(*) FROM vpcq_scan(0) WHERE addr = '10.0.0.2'`, []string{"500"}, 1},
		{`SELECT count(*) FROM vpcq_scan(0) a JOIN vpcq_scan(0) b ON a.id = b.id + 1`, []string{"4999"}, 2},
		{`WITH c AS (SELECT id, port FROM vpcq_scan(0)) SELECT count(*) FROM c WHERE port > (SELECT avg(port) FROM c)`, []string{"2143"}, 0},
		{`SELECT count(*), sum(id) FROM (SELECT id FROM vpcq_scan(0) UNION ALL SELECT id FROM vpcq_scan(0))`, []string{"10000,24995000"}, 2},
		{`SELECT id FROM vpcq_scan(0) ORDER BY id DESC LIMIT 2`, []string{"4998", "4999"}, 1},
		{`SELECT day, count(*) FROM vpcq_scan(0) GROUP BY day`, []string{"1970-01-01,1667", "1970-01-02,1667", "1970-01-03,1666"}, 1},
		{`SELECT min(id) FROM vpcq_scan(0) WHERE id > 4999`, []string{"(null)"}, 1},
		{`SELECT max("__record"), count("__record"), max(id) FROM vpcq_scan(0)`, []string{"true,5000,4999"}, 1},
	}
	db := open(t)
	for _, test := range tests {
		s := &synthetic{records: 5000}
		check(t, db, jobOf(test.sql, s), test.want...)
		if n := s.passes.Load(); test.passes > 0 && n != test.passes {
			t.Errorf("%s\n made %d passes, want %d", test.sql, n, test.passes)
		}
		if n := atLast(func() int { return int(s.open.Load()) }); n != 0 {
			t.Errorf("%s\n left %d readers open", test.sql, n)
		}
	}
}

func TestScanProjection(t *testing.T) {
	tests := []struct {
		sql  string
		want []string
	}{
		{`SELECT count(*) FROM vpcq_scan(0)`, nil},
		{`SELECT 1 FROM vpcq_scan(0)`, nil},
		{`SELECT addr, id FROM vpcq_scan(0)`, []string{"addr", "id"}},
		{`SELECT sum(id) FROM vpcq_scan(0) WHERE port = 22`, []string{"id", "port"}},
	}
	db := open(t)
	for _, test := range tests {
		s := &synthetic{records: 3}
		if _, err := answer(t.Context(), db, jobOf(test.sql, s)); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, column := range *s.asked.Load() {
			got = append(got, column.Name)
		}
		slices.Sort(got)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s reads %q, want %q", test.sql, got, test.want)
		}
		if decoded := s.given.Load() > 0; decoded != (test.want != nil) {
			t.Errorf("%s: records decoded: %v", test.sql, decoded)
		}
	}
}

// The loader's own batches: several objects, each with columns of its own.
func TestScanLoader(t *testing.T) {
	files := fstest.MapFS{}
	var want []string
	for i := range 20 {
		text := "interface-id srcaddr bytes\n"
		if i%2 == 1 {
			text = "srcaddr interface-id\n"
		}
		for k := range 500 {
			eni, addr, n := fmt.Sprintf("eni-%017x", i*k), fmt.Sprintf("10.0.%d.%d", i, k%256), fmt.Sprint(k*1_000_000_007)
			if i%2 == 1 {
				text += addr + " " + eni + "\n"
				n = "(null)"
			} else {
				text += eni + " " + addr + " " + n + "\n"
			}
			want = append(want, fmt.Sprintf("%s,%s,%s,2024-03-%02d,%d,region-number-%d", n, eni, addr, i+1, i, i))
		}
		files[fmt.Sprintf("%02d.log", i)] = &fstest.MapFile{Data: []byte(text)}
	}
	columns := []schema.Column{{Name: "interface_id"}, {Name: "srcaddr"}, {Name: "bytes", Type: schema.BigInt}, {Name: "date", Type: schema.Date},
		{Name: "hour", Type: schema.Int}, {Name: "region"}}
	scan := engine.Scan{Columns: columns, Open: func(_ context.Context, columns []schema.Column) (engine.Pass, error) {
		s := loader.NewScan(loader.Options{Source: source.FS(files, "made"), Columns: columns, BadRows: loader.Null, Stats: &loader.Stats{}}, dated(20))
		return func() engine.Reader { return s.Reader() }, nil
	}}
	db := open(t)
	job := func(sql string) engine.Job { return engine.Job{SQL: sql, Scans: map[int]engine.Scan{0: scan}} }
	check(t, db, job("SELECT bytes, interface_id, srcaddr, date, hour, region FROM vpcq_scan(0)"), want...)
	check(t, db, job("SELECT count(*) FROM vpcq_scan(0)"), "10000")
	check(t, db, job("SELECT count(*), min(region), max(hour) FROM vpcq_scan(0) WHERE date = DATE '2024-03-08' AND region LIKE '%7'"), "500,region-number-7,7")
	check(t, db, job("SELECT count(DISTINCT (region, hour, date)), count(region || srcaddr) FROM vpcq_scan(0) WHERE region > 'region-number-1'"), "18,9000")
}

// dated gives the objects 00.log to n-1.log, one a day.
func dated(n int64) loader.Queue {
	var next atomic.Int64
	return func(context.Context) (loader.Object, error) {
		i := next.Add(1) - 1
		if i >= n {
			return loader.Object{}, io.EOF
		}
		day := schema.DateValue(time.Date(2024, 3, 1+int(i), 0, 0, 0, 0, time.UTC))
		return loader.Object{Object: source.Object{Key: fmt.Sprintf("%02d.log", i)}, Values: map[string]schema.Value{
			"date": day, "hour": schema.IntValue(i), "region": schema.StringValue(fmt.Sprintf("region-number-%d", i)),
		}}, nil
	}
}

func TestScanTwice(t *testing.T) {
	s := &synthetic{records: 3000}
	job := jobOf("SELECT count(*), sum(id) FROM vpcq_scan(0)", s)
	db := open(t)
	check(t, db, job, "3000,4498500")
	check(t, db, job, "3000,4498500")
}

func TestScanTwoTables(t *testing.T) {
	a, b := &synthetic{records: 10}, &synthetic{records: 4}
	check(t, open(t), engine.Job{
		SQL:   "SELECT count(*), max(b.id) FROM vpcq_scan(3) a LEFT JOIN vpcq_scan(8) b USING (id)",
		Scans: map[int]engine.Scan{3: a.scan(), 8: b.scan()},
	}, "10,3")
}

// Jobs at the same time have scans of the same number, and not the same scans.
func TestScanConcurrentJobs(t *testing.T) {
	db := open(t)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			records := int64(1000 * (i + 1))
			want := fmt.Sprintf("%d,%d", records, records*(records-1)/2)
			for range 5 {
				got, err := answer(t.Context(), db, jobOf("SELECT count(*), sum(id) FROM vpcq_scan(0)", &synthetic{records: records}))
				if err != nil || len(got) != 1 || got[0] != want {
					t.Errorf("got %q, %v; want %q", got, err, want)
				}
			}
		})
	}
	all.Wait()
}

// damage is an error of a loader.
type damage struct{ object string }

func (d *damage) Error() string { return "read " + d.object + ": it's \"broken\" at byte 7 of 9%" }

func TestScanErrors(t *testing.T) {
	cause := &damage{object: "a.log.gz"}
	tests := []struct {
		name, sql string
		table     *synthetic
	}{
		{"first batch", "SELECT id FROM vpcq_scan(0)", &synthetic{records: 100000, fail: func(int64) error { return cause }}},
		{"later batch", "SELECT id FROM vpcq_scan(0)", &synthetic{records: 1000000, fail: func(r int64) error {
			if r > 500000 {
				return cause
			}
			return nil
		}}},
		{"count", "SELECT count(*) FROM vpcq_scan(0)", &synthetic{records: 100000, fail: func(int64) error { return cause }}},
		{"join", "SELECT count(*) FROM vpcq_scan(0) a JOIN vpcq_scan(0) b USING (id)", &synthetic{records: 100000, fail: func(int64) error { return cause }}},
	}
	db := open(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := answer(t.Context(), db, jobOf(test.sql, test.table))
			var got *damage
			if !errors.As(err, &got) || got != cause {
				t.Errorf("got %v, want the reader's own error", err)
			}
			checkNothingLeft(t, db, test.table)
			check(t, db, jobOf("SELECT 1", nil), "1")
		})
	}
}

func TestScanOpenFails(t *testing.T) {
	cause := &damage{object: "listing"}
	scan := engine.Scan{Columns: syntheticColumns, Open: func(context.Context, []schema.Column) (engine.Pass, error) { return nil, cause }}
	_, err := answer(t.Context(), open(t), engine.Job{SQL: "SELECT id FROM vpcq_scan(1)", Scans: map[int]engine.Scan{1: scan}})
	var got *damage
	if !errors.As(err, &got) {
		t.Errorf("got %v, want the error of Open", err)
	}
}

func TestScanPanic(t *testing.T) {
	s := &synthetic{records: 10, fail: func(int64) error { panic("cannot happen") }}
	_, err := answer(t.Context(), open(t), jobOf("SELECT id FROM vpcq_scan(0)", s))
	if err == nil || !strings.HasPrefix(err.Error(), "scan: panic: cannot happen") {
		t.Errorf("got %v, want what the reader panicked with", err)
	}
}

func TestScanUnknown(t *testing.T) {
	_, err := answer(t.Context(), open(t), jobOf("SELECT id FROM vpcq_scan(4)", &synthetic{}))
	if err == nil || !strings.Contains(err.Error(), "vpcq_scan(4): the job has no such scan") {
		t.Errorf("got %v", err)
	}
}
