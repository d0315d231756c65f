package loader

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine/loader/loadertest"
	"github.com/vpcq/vpcq/schema"
)

// parquetOf is a Parquet object of text's records.
func parquetOf(t testing.TB, text string, group int) []byte {
	t.Helper()
	body, err := loadertest.Parquet([]byte(text), group)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// made is a text of n records with a header; every seventh has no data.
func made(n int) string {
	var b strings.Builder
	b.WriteString("version interface-id srcaddr dstport protocol bytes start log-status\n")
	for i := range n {
		if i%7 == 6 {
			fmt.Fprintf(&b, "2 eni-%017d - - - - %d NODATA\n", i%3, 1700000000+i)
			continue
		}
		fmt.Fprintf(&b, "2 eni-%017d 10.1.%d.%d %d %d %d %d OK\n", i%3, i%200, i%250, i%65536, 6+i%12, int64(i)*1_000_003, 1700000000+i)
	}
	return b.String()
}

// madeColumns are columns of made, in another order, and two that it has not.
var madeColumns = []schema.Column{
	{Name: "log_status"}, {Name: "protocol", Type: schema.BigInt}, {Name: "srcaddr"}, {Name: "date", Type: schema.Date},
	{Name: "bytes", Type: schema.BigInt}, {Name: "dstport", Type: schema.Int}, {Name: "interface_id"}, {Name: "vpc_id"},
}

// answer is what a scan of one object gives: its records, and what was counted.
func answer(t testing.TB, body []byte, opt Options) (rows []string, stats *Stats, err error) {
	t.Helper()
	stats = new(Stats)
	opt.Source, opt.Stats = memorySource{"o": body}, stats
	rows, err = readAll(t, NewScan(opt, queueOf(objectOf("o"))))
	return rows, stats, err
}

func TestParquetGivesWhatTextGives(t *testing.T) {
	for _, n := range []int{0, 1, 2048, 5000} {
		text := made(n)
		want, _, err := answer(t, []byte(text), Options{Columns: madeColumns})
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range []int{700, 2048, 10000} {
			for _, policy := range []Policy{Fail, Warn, Skip} {
				got, stats, err := answer(t, parquetOf(t, text, group), Options{Columns: madeColumns, BadFiles: policy})
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%d records in groups of %d: %v, %d rows, want %d", n, group, err, len(got), len(want))
				}
				if stats.Records.Load() != int64(n) || stats.Lines.Load() != int64(n) || stats.Damaged.Load() != 0 {
					t.Errorf("%d records in groups of %d: counted %d records, %d lines", n, group, stats.Records.Load(), stats.Lines.Load())
				}
			}
		}
	}
}

func TestParquetRowGroupsRuledOut(t *testing.T) {
	where := schema.Predicate{Op: schema.Ge, Column: "start", Values: []schema.Value{schema.IntValue(1700004000)}}
	columns := []schema.Column{{Name: "start", Type: schema.BigInt}}
	got, stats, err := answer(t, parquetOf(t, made(5000), 1000), Options{Columns: columns, Where: where})
	if err != nil || len(got) != 1000 || stats.Records.Load() != 5000 {
		t.Errorf("%v: %d rows of %d records, want the last 1000 of 5000", err, len(got), stats.Records.Load())
	}
}

func TestParquetDamage(t *testing.T) {
	good := parquetOf(t, made(3000), 1000)
	for _, d := range []struct {
		name string
		body []byte
		want string
	}{
		{"cut footer", cut(good, -5), "damaged Parquet"},
		{"cut in the midst", cut(good, len(good)/2), "damaged Parquet"},
		{"only the magic", good[:4], "damaged Parquet"},
		{"bad page", spoil(good, len(good)/3), "damaged Parquet"},
		{"footer of another length", flip(slices.Clone(good), -8), "damaged Parquet"},
	} {
		_, _, err := answer(t, d.body, Options{Columns: madeColumns})
		if err == nil || !strings.HasPrefix(err.Error(), "read object o: ") || !strings.Contains(err.Error(), d.want) {
			t.Errorf("%s: %v", d.name, err)
		}
		rows, stats, err := answer(t, d.body, Options{Columns: madeColumns, BadFiles: Warn})
		if err != nil || stats.ObjectsSkipped.Load() != 1 || stats.Records.Load() != int64(len(rows)) ||
			stats.Lines.Load() != stats.Records.Load()+stats.Rejected.Load() {
			t.Errorf("%s: under Warn: %v, %d rows, %d lines", d.name, err, len(rows), stats.Lines.Load())
		}
		rows, stats, err = answer(t, d.body, Options{Columns: madeColumns, BadFiles: Skip})
		if err != nil || len(rows) != 0 || stats.Lines.Load() != 0 {
			t.Errorf("%s: under Skip: %v, %d rows", d.name, err, len(rows))
		}
	}
}

// spoil returns b with some bytes turned over.
func spoil(b []byte, at int) []byte {
	b = slices.Clone(b)
	for i := range 40 {
		b[at+i] ^= 0xa5
	}
	return b
}

func TestParquetOfAnotherType(t *testing.T) {
	body := parquetOf(t, made(10), 10)
	for _, c := range []schema.Column{{Name: "bytes"}, {Name: "log_status", Type: schema.Int}} {
		if _, _, err := answer(t, body, Options{Columns: []schema.Column{c}}); err == nil || !strings.Contains(err.Error(), "column "+c.Name+" is stored as ") {
			t.Errorf("%s as %s: %v", c.Name, c.Type, err)
		}
	}
	big := parquetOf(t, strings.Replace(made(0), "\n", "\n2 eni-1 - 1 6 5000000000 1 OK\n", 1), 1)
	if _, _, err := answer(t, big, Options{Columns: []schema.Column{{Name: "bytes", Type: schema.Int}}}); err == nil || !strings.Contains(err.Error(), "column bytes: 5000000000 is no int") {
		t.Errorf("a number that is too big: %v", err)
	}
}

func TestParquetWhereDeclared(t *testing.T) {
	body := parquetOf(t, made(10), 10)
	columns := []schema.Column{{Name: "bytes", Type: schema.BigInt}}
	if rows, _, err := answer(t, body, Options{Columns: columns, Declared: &Declared{Parquet: true, Skip: 1}}); err != nil || len(rows) != 10 {
		t.Errorf("%v: %d rows", err, len(rows))
	}
	if _, _, err := answer(t, body, Options{Columns: columns, Declared: &Declared{Separator: ' '}}); err == nil || !strings.Contains(err.Error(), "STORED AS PARQUET") {
		t.Errorf("Parquet declared as text: %v", err)
	}
	if _, _, err := answer(t, []byte(made(3)), Options{Columns: columns, Declared: &Declared{Parquet: true}}); err == nil || !strings.Contains(err.Error(), "it is no Parquet") {
		t.Errorf("text declared as Parquet: %v", err)
	}
}

// A reader that has read Parquet borrows text of another's object as text.
func TestParquetReadersShareText(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 20 {
		src := memorySource{"a": zip(made(3000)), "b": parquetOf(t, made(500), 300)}
		var stats Stats
		s := NewScan(Options{Source: src, Columns: madeColumns, Stats: &stats}, queueOf(objectOf("a"), objectOf("b")))
		s.text, s.maxLine = 3000, 2000
		parts, err := readByTurns(t, s, 3, random)
		got := slices.Concat(parts...)
		want, _, _ := answer(t, []byte(made(3000)), Options{Columns: madeColumns})
		more, _, _ := answer(t, []byte(made(500)), Options{Columns: madeColumns})
		want = append(want, more...)
		slices.Sort(got)
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) || stats.Records.Load() != 3500 {
			t.Fatalf("%v: %d rows and %d records, want 3500", err, len(got), stats.Records.Load())
		}
	}
}

func FuzzParquet(f *testing.F) {
	good := parquetOf(f, made(20), 8)
	f.Add(good)
	f.Add(cut(good, -3))
	f.Add(spoil(good, len(good)-80))
	f.Fuzz(func(t *testing.T, body []byte) {
		body = append([]byte("PAR1"), body...)
		rows, stats, err := answer(t, body, Options{Columns: madeColumns, BadFiles: Warn})
		if err != nil {
			t.Fatal(err)
		}
		if stats.Records.Load() != int64(len(rows)) || stats.Lines.Load() != stats.Records.Load()+stats.Rejected.Load() {
			t.Errorf("%d rows, %d records, %d lines", len(rows), stats.Records.Load(), stats.Lines.Load())
		}
	})
}
