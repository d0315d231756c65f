package duckdb

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
)

// TestPruningIsSound compares what random conditions let through with the records
// for which they are true, as one statement that reads all of them tells.
func TestPruningIsSound(t *testing.T) {
	const conditions = 60 // for each bucket
	buckets := []struct {
		name    string
		layouts []string // empty: all, and loose objects
		columns []string // beside those of every bucket
	}{
		{"daily", []string{"daily"}, nil},
		{"hourly", []string{"hourly"}, []string{"hour"}},
		{"hive", []string{"hive"}, []string{"year", "month", "day", `"aws-region"`, `"aws-account-id"`, `"aws-service"`}},
		{"hive-hourly", []string{"hive-hourly"}, []string{"hour", "year", "month", "day", `"aws-region"`, `"aws-account-id"`}},
		{"organization", []string{"organization-daily", "organization-hive-hourly"}, []string{"hour", "month", `"aws-region"`}},
		{"mixed", nil, []string{"hour", "year", "month", "day", `"aws-region"`, `"aws-account-id"`, "service"}},
	}
	db := open(t)
	for i, b := range buckets {
		t.Run(b.name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(uint64(i), 20241231))
			e := engine.New(db, engine.Options{Source: source.FS(prunable(random, b.layouts), "the bucket")})
			g := generator{random, slices.Concat([]string{"date", "date", "account_id", "region", "start", `"end"`}, b.columns)}
			all := make([]string, conditions)
			for i := range all {
				all[i] = g.condition(3)
			}
			want := trueFor(t, e, all)
			pruning := 0
			for i, condition := range all {
				pruned, ids := kept(t, e, condition)
				if !slices.Equal(ids, want[i]) {
					t.Errorf("WHERE %s\ngives records %v,\nwithout pruning %v", condition, ids, want[i])
				}
				if pruned > 0 {
					pruning++
				}
			}
			if pruning < conditions/4 {
				t.Errorf("only %d of %d conditions prune", pruning, conditions)
			}
		})
	}
}

// kept returns how many prefixes and objects a condition prunes, and the records
// it lets through, by their bytes, which are unique.
func kept(t *testing.T, e *engine.Engine, condition string) (pruned int, ids []int64) {
	t.Helper()
	report := eachBatch(t, e, "SELECT bytes FROM vpc_flow_logs WHERE "+condition, func(batch arrow.RecordBatch) {
		ids = append(ids, batch.Column(0).(*array.Int64).Int64Values()...)
	})
	slices.Sort(ids)
	return report.Pruned + report.ObjectsPruned, ids
}

// trueFor returns for each of the conditions the records for which it is true.
// One statement reads all records for it, and so none can be left out.
func trueFor(t *testing.T, e *engine.Engine, conditions []string) [][]int64 {
	t.Helper()
	ids := make([][]int64, len(conditions))
	report := eachBatch(t, e, "SELECT bytes, "+strings.Join(conditions, ", ")+" FROM vpc_flow_logs", func(batch arrow.RecordBatch) {
		for i := range conditions {
			holds := batch.Column(1 + i).(*array.Boolean)
			for row, id := range batch.Column(0).(*array.Int64).Int64Values() {
				if holds.IsValid(row) && holds.Value(row) {
					ids[i] = append(ids[i], id)
				}
			}
		}
	})
	if n := report.Pruned + report.ObjectsPruned; n > 0 {
		t.Fatalf("a statement without a condition prunes %d prefixes or objects", n)
	}
	for i := range ids {
		slices.Sort(ids[i])
	}
	return ids
}

// eachBatch gives the rows of a statement over one table, and returns what was listed.
func eachBatch(t *testing.T, e *engine.Engine, sql string, take func(arrow.RecordBatch)) partitions.Report {
	t.Helper()
	plan, err := e.Plan(t.Context(), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	result, err := e.Run(t.Context(), plan)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	defer result.Close()
	for {
		batch, err := result.Next()
		if errors.Is(err, io.EOF) {
			return plan.Scans[0].Report
		}
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		take(batch)
	}
}

var (
	prunableAccounts = []string{"111122223333", "444455556666"}
	prunableRegions  = []string{"eu-west-1", "us-east-1"}
	prunableTimes    = []time.Time{ // of folders, around the ends of a day, a month and a year
		time.Date(2024, 2, 29, 23, 55, 0, 0, time.UTC),
		time.Date(2024, 3, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2024, 12, 30, 13, 10, 0, 0, time.UTC),
		time.Date(2024, 12, 31, 23, 55, 0, 0, time.UTC),
		time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(2025, 1, 1, 14, 30, 0, 0, time.UTC),
	}
)

// prunable is a bucket in these layouts, or in all of them and with loose
// objects. A record's account and region are those of its path.
func prunable(random *rand.Rand, layouts []string) fstest.MapFS {
	bucket := fstest.MapFS{}
	w := recordWriter{random: random}
	for i := range partitions.Layouts {
		l := &partitions.Layouts[i]
		if layouts != nil && !slices.Contains(layouts, l.Name) {
			continue
		}
		for _, account := range prunableAccounts {
			for _, region := range prunableRegions {
				for _, at := range prunableTimes {
					name := fmt.Sprintf("%s_vpcflowlogs_%s_fl-%d%s%s_%s_%08x.log", account, region, i, account[:2], region[:2], at.Format("20060102T1504Z"), w.id)
					folder := strings.NewReplacer("{organization}", "o-a1b2c3d4e5", "{account}", account, "{region}", region,
						"{year}", at.Format("2006"), "{month}", at.Format("01"), "{day}", at.Format("02"), "{hour}", at.Format("15")).Replace(l.Path)
					bucket[folder+name] = &fstest.MapFile{Data: w.object(i%3, account, region, at)}
					if layouts == nil && i == 0 {
						bucket["loose/"+name] = &fstest.MapFile{Data: w.object(1, account, region, at)}
						bucket["loose/"+fmt.Sprint(w.id)+".log"] = &fstest.MapFile{Data: w.object(1, account, region, at)}
					}
				}
			}
		}
	}
	return bucket
}

// recordWriter writes objects of records whose bytes are unique.
type recordWriter struct {
	random *rand.Rand
	id     int
}

// object writes a few records that were delivered at a time, some of them late
// and some without times.
// Of its three formats one leaves the account to the path and two the region.
func (w *recordWriter) object(format int, account, region string, at time.Time) []byte {
	var b strings.Builder
	b.WriteString([]string{"account-id start end bytes", "region account-id start end bytes", "start end bytes"}[format] + "\n")
	b.Grow(200)
	for range 3 {
		late := time.Duration(w.random.Int64N(int64(23 * time.Hour)))
		if w.random.IntN(2) == 0 {
			late = 0
		}
		end := at.Add(time.Duration(w.random.Int64N(int64(5*time.Minute))) - late)
		start := end.Add(-time.Duration(w.random.Int64N(int64(10 * time.Minute))))
		w.id++
		line := fmt.Sprintf("%d %d %d\n", start.Unix(), end.Unix(), w.id)
		if w.id%7 == 0 {
			line = fmt.Sprintf("- - %d\n", w.id)
		}
		switch format {
		case 0:
			line = account + " " + line
		case 1:
			line = region + " " + account + " " + line
		}
		b.WriteString(line)
	}
	return []byte(b.String())
}

// generator makes random conditions on columns.
type generator struct {
	*rand.Rand
	columns []string
}

func (g generator) condition(depth int) string {
	if depth == 0 || g.IntN(3) == 0 {
		return g.comparison()
	}
	switch g.IntN(5) {
	case 0:
		return "NOT (" + g.condition(depth-1) + ")"
	case 1, 2:
		return "(" + g.condition(depth-1) + " OR " + g.condition(depth-1) + ")"
	}
	return "(" + g.condition(depth-1) + " AND " + g.condition(depth-1) + ")"
}

// comparison is a condition on one column; some cannot prune at all.
func (g generator) comparison() string {
	column := g.columns[g.IntN(len(g.columns))]
	value := func() string { return g.value(column) }
	not := []string{"", "NOT "}[g.IntN(2)]
	operator := []string{"=", "=", "<>", "<", "<=", ">", ">="}[g.IntN(7)]
	switch g.IntN(12) {
	case 0:
		return column + " " + not + "BETWEEN " + value() + " AND " + value()
	case 1, 2:
		return column + " " + not + "IN (" + value() + ", " + value() + ", " + value() + ")"
	case 3:
		return column + " IS " + not + "NULL"
	case 4:
		return value() + " " + operator + " " + column
	case 5:
		return "bytes % 3 " + operator + " 1"
	case 6:
		return "CAST(" + column + " AS varchar) " + not + "LIKE '%1%'"
	case 7:
		return column + " " + operator + " NULL"
	case 8:
		return "from_unixtime(start) " + operator + " " + g.instant().Format("TIMESTAMP '2006-01-02 15:04:05 UTC'")
	}
	return column + " " + operator + " " + value()
}

// value is a constant to compare the column with: one there is, or a near one.
func (g generator) value(column string) string {
	at := g.instant()
	text := ""
	switch strings.Trim(column, `"`) {
	case "date":
		return at.Format("DATE '2006-01-02'")
	case "start", "end":
		return fmt.Sprint(at.Unix())
	case "account_id", "aws-account-id":
		text = append(prunableAccounts, "999988887777")[g.IntN(3)]
	case "region", "aws-region":
		text = append(prunableRegions, "-")[g.IntN(3)]
	case "hour":
		text = at.Format("15")
	case "year":
		text = at.Format("2006")
	case "month":
		text = at.Format("01")
	case "day":
		text = at.Format("02")
	case "protocol", "dstport":
		return []string{"6", "17", "22", "22.0", "5.5", "1e1", "443", "-1"}[g.IntN(8)]
	case "srcaddr":
		text = []string{"10.0.0.1", "10.0.0.2", "-", "2001:db8:85a3::8a2e:370:7334", "2001:db8", ""}[g.IntN(6)]
	case "action":
		text = []string{"ACCEPT", "REJECT", "-"}[g.IntN(3)]
	default:
		text = []string{"vpcflowlogs", "other"}[g.IntN(2)]
	}
	return "'" + text + "'"
}

// instant is the time of a folder, or a day, a few minutes or no time off.
func (g generator) instant() time.Time {
	off := []time.Duration{0, 0, 24 * time.Hour, -24 * time.Hour, 7 * time.Minute, -time.Hour}
	return prunableTimes[g.IntN(len(prunableTimes))].Add(off[g.IntN(len(off))])
}
