package duckdb_test

import (
	"compress/gzip"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/examples/made"
	"github.com/vpcq/vpcq/partitions/source"
)

// A plain record is the texts of its fields by name. The plain way to answer
// reads them with nothing of the program's own: it splits lines at spaces.
type plainRecord map[string]string

// plainRecords reads every flow log below dir. What the layout tells joins the record.
func plainRecords(t *testing.T, dir string) []plainRecord {
	t.Helper()
	keys, err := filepath.Glob(filepath.Join(dir, "AWSLogs/*/vpcflowlogs/*/*/*/*/*.log.gz"))
	if err != nil || len(keys) == 0 {
		t.Fatalf("no logs in %s: %v", dir, err)
	}
	var all []plainRecord
	for _, key := range keys {
		folders := strings.Split(filepath.ToSlash(key), "/")
		lines := plainLines(t, key)
		names := strings.Split(strings.ReplaceAll(lines[0], "-", "_"), " ")
		for _, line := range lines[1:] {
			r := plainRecord{"region": folders[len(folders)-5], "date": strings.Join(folders[len(folders)-4:len(folders)-1], "-")}
			for i, text := range strings.Split(line, " ") {
				r[names[i]] = text
			}
			all = append(all, r)
		}
	}
	return all
}

func plainLines(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// number is the value of a numeric field; none where it is missing.
func (r plainRecord) number(column string) (n int64, some bool) {
	n, err := strconv.ParseInt(r[column], 10, 64)
	return n, err == nil
}

// truth is a value of SQL's three-valued logic.
type truth int

const (
	no truth = iota
	unknown
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// test is a condition as SQL and as the plain way decides it.
type test struct {
	sql    string
	decide func(plainRecord) truth
}

var (
	numbers = []string{"dstport", "srcport", "protocol", "bytes", "packets", "tcp_flags"}
	texts   = []string{"action", "log_status", "srcaddr", "region", "flow_direction"}
	keys    = []string{"action", "protocol", "dstport", "date", "region", "account_id", "log_status", "flow_direction"}
)

// condition makes a random condition of some depth.
func condition(r *rand.Rand, records []plainRecord, depth int) test {
	if depth == 0 || r.IntN(4) == 0 {
		return simpleCondition(r, records)
	}
	a := condition(r, records, depth-1)
	if r.IntN(3) == 0 {
		return test{"NOT (" + a.sql + ")", func(p plainRecord) truth { return yes - a.decide(p) }}
	}
	b := condition(r, records, depth-1)
	if r.IntN(2) == 0 {
		return test{"(" + a.sql + " AND " + b.sql + ")", func(p plainRecord) truth { return min(a.decide(p), b.decide(p)) }}
	}
	return test{"(" + a.sql + " OR " + b.sql + ")", func(p plainRecord) truth { return max(a.decide(p), b.decide(p)) }}
}

// simpleCondition compares a column with a value that some record has.
func simpleCondition(r *rand.Rand, records []plainRecord) test {
	some := records[r.IntN(len(records))]
	switch r.IntN(5) {
	case 0:
		column := texts[r.IntN(len(texts))]
		value, has := some[column]
		if !has {
			return nullTest(column)
		}
		return test{fmt.Sprintf("%s = '%s'", column, value), func(p plainRecord) truth {
			if _, has := p[column]; !has {
				return unknown
			}
			return truthOf(p[column] == value)
		}}
	case 1:
		return test{"date <= DATE '" + some["date"] + "'", func(p plainRecord) truth { return truthOf(p["date"] <= some["date"]) }}
	case 2:
		return nullTest(numbers[r.IntN(len(numbers))])
	default:
		return numberCondition(r, numbers[r.IntN(len(numbers))], some)
	}
}

func nullTest(column string) test {
	return test{column + " IS NULL", func(p plainRecord) truth {
		text, has := p[column]
		_, err := strconv.ParseInt(text, 10, 64)
		return truthOf(!has || slices.Contains(numbers, column) && err != nil)
	}}
}

func numberCondition(r *rand.Rand, column string, some plainRecord) test {
	value, _ := some.number(column)
	operators := map[string]func(n int64) bool{
		"=": func(n int64) bool { return n == value }, "<>": func(n int64) bool { return n != value },
		"<": func(n int64) bool { return n < value }, ">=": func(n int64) bool { return n >= value },
	}
	operator := []string{"=", "<>", "<", ">="}[r.IntN(4)]
	return test{fmt.Sprintf("%s %s %d", column, operator, value), func(p plainRecord) truth {
		n, some := p.number(column)
		if !some {
			return unknown
		}
		return truthOf(operators[operator](n))
	}}
}

// group is what the plain way sums up of the records with one key.
type group struct {
	key              string
	records, known   int64
	sum, least, most int64
}

// aggregate answers "SELECT key, count(*), count(x), sum(x), min(x), max(x), sum(x) / 7 … GROUP BY key".
func aggregate(records []plainRecord, where test, key, column string) []string {
	groups := map[string]*group{}
	for _, r := range records {
		if where.decide(r) != yes {
			continue
		}
		name := r[key]
		if slices.Contains(numbers, key) && name == "-" {
			name = ""
		}
		g := groups[name]
		if g == nil {
			g = &group{key: name}
			groups[name] = g
		}
		g.add(r.number(column))
	}
	var rows []string
	for _, g := range groups {
		rows = append(rows, g.row())
	}
	slices.Sort(rows)
	return rows
}

func (g *group) add(n int64, some bool) {
	g.records++
	if !some {
		return
	}
	if g.known == 0 {
		g.least, g.most = n, n
	}
	g.known++
	g.sum, g.least, g.most = g.sum+n, min(g.least, n), max(g.most, n)
}

func (g *group) row() string {
	if g.known == 0 {
		return fmt.Sprintf("%s|%d|0||||", g.key, g.records)
	}
	return fmt.Sprintf("%s|%d|%d|%d|%d|%d|%d", g.key, g.records, g.known, g.sum, g.least, g.most, g.sum/7)
}

// Random aggregations over a made bucket of two formats give what the plain way
// computes from its text.
func TestAggregatesAsComputed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bucket")
	start := time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC)
	if _, err := made.Write(dir, made.Options{Seed: 7, Start: start, Days: 3, Accounts: 2, Regions: 2, Objects: 24, Records: 60, Format: "mixed"}); err != nil {
		t.Fatal(err)
	}
	records := plainRecords(t, dir)
	src, err := source.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	e := engineOver(t, src, start)
	r := rand.New(rand.NewPCG(1, 2))
	filled := 0
	for range 150 {
		where, key, column := condition(r, records, 3), keys[r.IntN(len(keys))], numbers[r.IntN(len(numbers))]
		sql := fmt.Sprintf("SELECT %[1]s, count(*), count(%[2]s), sum(%[2]s), min(%[2]s), max(%[2]s), sum(%[2]s) / 7 FROM vpc_flow_logs WHERE %[3]s GROUP BY %[1]s", key, column, where.sql)
		rows, err := answer(t, e, sql)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		var got []string
		for _, row := range rows[1:] {
			got = append(got, strings.Join(row, "|"))
		}
		slices.Sort(got)
		if want := aggregate(records, where, key, column); !slices.Equal(got, want) {
			t.Errorf("%s gives\n%s\nwant\n%s", sql, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(got) > 0 {
			filled++
		}
	}
	if filled < 75 {
		t.Errorf("only %d of 150 questions had rows", filled)
	}
}
