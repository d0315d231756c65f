package partitions

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// memory is a source of keys without bodies, as a bucket lists them. It counts listings.
type memory struct {
	keys   []string // sorted
	listed atomic.Int64
}

func newMemory(keys ...string) *memory {
	return &memory{keys: slices.Sorted(slices.Values(keys))}
}

func (m *memory) below(prefix string) []string {
	from, _ := slices.BinarySearch(m.keys, prefix)
	to, _ := slices.BinarySearchFunc(m.keys[from:], prefix, func(key, prefix string) int {
		if strings.HasPrefix(key, prefix) {
			return -1
		}
		return cmp.Compare(key, prefix)
	})
	return m.keys[from : from+to]
}

func (m *memory) Children(ctx context.Context, prefix string) iter.Seq2[source.Entry, error] {
	return func(yield func(source.Entry, error) bool) {
		m.listed.Add(1)
		last := ""
		for _, key := range m.below(prefix) {
			entry := source.Entry{Object: source.Object{Key: key, Size: 10}}
			if end := strings.IndexByte(key[len(prefix):], '/'); end >= 0 {
				entry = source.Entry{Prefix: key[:len(prefix)+end+1]}
				if entry.Prefix == last {
					continue
				}
				last = entry.Prefix
			}
			if !yield(entry, ctx.Err()) {
				return
			}
		}
	}
}

func (m *memory) Objects(ctx context.Context, prefix string) iter.Seq2[source.Object, error] {
	return func(yield func(source.Object, error) bool) {
		m.listed.Add(1)
		for _, key := range m.below(prefix) {
			if !yield(source.Object{Key: key, Size: 10}, ctx.Err()) {
				return
			}
		}
	}
}

func (m *memory) Open(context.Context, string) (io.ReadCloser, error) {
	return nil, fmt.Errorf("discovery opens nothing")
}

func (m *memory) String() string { return "memory" }

// discover returns the objects that are kept, and the report.
func discover(t testing.TB, src source.Source, o Options) ([]Object, Report) {
	t.Helper()
	d := Discover(src, o)
	var objects []Object
	for object, err := range d.Objects(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		objects = append(objects, object)
	}
	return objects, d.Report()
}

func keysOf(objects []Object) []string {
	var keys []string
	for _, o := range objects {
		keys = append(keys, o.Key)
	}
	return keys
}

// valuesOf spells what a partition gives, in the order of the names.
func valuesOf(p *Partition) string {
	var all []string
	for name, v := range p.Values() {
		all = append(all, name+"="+v.String())
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func onDate(op schema.Op, days ...string) schema.Predicate {
	p := schema.Predicate{Op: op, Column: "date"}
	for _, d := range days {
		p.Values = append(p.Values, schema.DateValue(date(d)))
	}
	return p
}

func date(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func equals(column, value string) schema.Predicate {
	return schema.Predicate{Op: schema.Eq, Column: column, Values: []schema.Value{schema.StringValue(value)}}
}

const usEast = "AWSLogs/111122223333/vpcflowlogs/us-east-1/"

// TestDiscoverFromAnyFolder holds that the same objects have the same values
// whichever folder of the bucket is the source's root.
func TestDiscoverFromAnyFolder(t *testing.T) {
	for i := range Layouts {
		layout := &Layouts[i]
		bucket := "my/prefix/" + layout.Example
		whole, _ := discover(t, newMemory(bucket), Options{})
		if len(whole) != 1 || whole[0].Partition.Layout != layout {
			t.Errorf("%s: found %+v", layout.Name, whole)
			continue
		}
		for at, c := range bucket {
			if c != '/' {
				continue
			}
			part, _ := discover(t, newMemory(bucket[at+1:]), Options{Root: "/home/me/" + bucket[:at+1]})
			if len(part) != 1 || valuesOf(part[0].Partition) != valuesOf(whole[0].Partition) || part[0].Partition.Layout != layout {
				t.Errorf("%s: from %s found %+v", layout.Name, bucket[:at+1], part)
			}
		}
	}
}

// TestDiscoverPartialCopies is about roots with nothing known above them.
func TestDiscoverPartialCopies(t *testing.T) {
	tests := []struct{ root, key, want string }{
		{"", "111122223333/vpcflowlogs/us-east-1/2024/03/02/a.log", "account_id=111122223333 date=2024-03-02 region=us-east-1"},
		{"", "vpcflowlogs/us-east-1/2024/03/02/a.log", "date=2024-03-02 region=us-east-1"},
		{"", "us-east-1/2024/03/02/05/a.log", "date=2024-03-02 hour=05 region=us-east-1"},
		{"", "2024/03/02/a.log", "date=2024-03-02"},
		{"", "copy/2024/03/02/sub/a.log", "date=2024-03-02"},
		{"", "03/02/a.log", ""},
		{"", "2024/02/30/a.log", ""},
		{"", "a.log", ""},
		{"", "year=2024/month=03/day=02/a.log", "aws-service=vpcflowlogs date=2024-03-02 day=02 month=03 year=2024"},
		{"/home/me/2024/03/02/", "a.log", ""},
		{"/home/me/us-east-1/2024/03/02/", "a.log", "date=2024-03-02 region=us-east-1"},
		{"/data/AWSLogs/backup/AWSLogs/1111/vpcflowlogs/", "us-east-1/2024/03/02/a.log", "account_id=1111 date=2024-03-02 region=us-east-1"},
		{"/data/AWSLogs/backup/", "a.log", ""},
		{"", "111122223333_vpcflowlogs_us-east-1_fl-1_20240302T1620Z_fe.log.gz", "account_id=111122223333 date=2024-03-02 region=us-east-1"},
		{"/home/me/2024/03/05/", "x/111122223333_vpcflowlogs_us-east-1_fl-1_20240302T1620Z_fe.log.gz", "account_id=111122223333 date=2024-03-02 region=us-east-1"},
		{"/AWSLogs/111122223333/", "444455556666_vpcflowlogs_us-east-1_fl-1_20240302T1620Z_fe.log.gz", "account_id=111122223333 date=2024-03-02 region=us-east-1"},
		{"", "5640483420244_vpcflowlogs.log.parquet", "account_id=5640483420244"},
		{"/AWSLogs/1111/CloudTrail/", "mine.log", ""},
	}
	for _, test := range tests {
		objects, _ := discover(t, newMemory(test.key), Options{Root: test.root})
		if len(objects) != 1 || valuesOf(objects[0].Partition) != test.want {
			t.Errorf("%s below %q: got %d objects", test.key, test.root, len(objects))
			for _, o := range objects {
				t.Errorf("  %s, want %s", valuesOf(o.Partition), test.want)
			}
		}
	}
}

func TestDiscoverPassesOver(t *testing.T) {
	day := usEast + "2024/03/02/"
	src := newMemory(
		day+"a.log", day+".DS_Store", day+"_SUCCESS", day, day+"_tmp/b.log", day+"sub/c.log",
		day+"111122223333_CloudTrail_us-east-1_20240302T1620Z_x.json.gz",
		usEast+"2024/03/readme.txt", usEast+"2024/13/02/d.log", usEast+"_x/2024/03/02/e.log",
		"AWSLogs/111122223333/CloudTrail/us-east-1/2024/03/02/f.json.gz",
		"AWSLogs/111122223333/elasticloadbalancing/us-east-1/2024/03/02/g.log.gz",
		"AWSLogs/odd/h.log", "AWSLogs/", "results/2024/03/02/query.csv", "readme.md", ".git/config",
		"downloads/111122223333_vpcflowlogs_us-east-1_fl-1_20240302T1620Z_fe.log.gz",
	)
	objects, report := discover(t, src, Options{})
	want := []string{day + "a.log", day + "sub/c.log", "downloads/111122223333_vpcflowlogs_us-east-1_fl-1_20240302T1620Z_fe.log.gz"}
	if got := keysOf(objects); !slices.Equal(got, want) {
		t.Errorf("kept %q, want %q", got, want)
	}
	// Foreign: CloudTrail's file and folder, elasticloadbalancing, odd, month 13,
	// the two readmes and the result of a query.
	if over := (PassedOver{Hidden: 5, Markers: 2, Foreign: 8}); report.PassedOver != over {
		t.Errorf("passed over %+v, want %+v", report.PassedOver, over)
	}
}

func TestDiscoverReadsWhatIsPointedAt(t *testing.T) {
	tests := []struct {
		root string
		keys []string
		want []string
	}{
		{"", []string{"a", "b/c.csv", "readme.md"}, []string{"a", "b/c.csv", "readme.md"}},
		{"", []string{"111122223333_vpcflowlogs_us-east-1_x.log.gz", "b.log", "readme.md"}, []string{"111122223333_vpcflowlogs_us-east-1_x.log.gz", "b.log"}},
		{"/AWSLogs/111122223333/", []string{"a.log"}, []string{"a.log"}},
		{"/" + usEast + "2024/03/02/", []string{"readme.md"}, []string{"readme.md"}},
		{"", []string{"aws-logs-write-test", "export/eni-1-all/000000.gz"}, []string{"export/eni-1-all/000000.gz"}},
	}
	for _, test := range tests {
		objects, _ := discover(t, newMemory(test.keys...), Options{Root: test.root})
		if got := keysOf(objects); !slices.Equal(got, test.want) {
			t.Errorf("%q below %q: kept %q, want %q", test.keys, test.root, got, test.want)
		}
	}
}

// bigBucket is 400 days of 4 accounts and 6 regions, with 100,000 objects.
var bigBucket = sync.OnceValue(func() *memory {
	first := date("2023-12-01")
	var keys []string
	for a := range 4 {
		for r := range 6 {
			for d := range 400 {
				day := first.AddDate(0, 0, d)
				for f := range 10 + (d+r)%2 {
					keys = append(keys, fmt.Sprintf("logs/AWSLogs/%012d/vpcflowlogs/us-east-%d/%s%012d_vpcflowlogs_us-east-%d_fl-%08d_%sT%02d00Z_%08x.log.gz",
						a+1, r+1, day.Format("2006/01/02/"), a+1, r+1, r, day.Format("20060102"), f, f))
				}
			}
		}
	}
	return newMemory(keys...)
})

func TestDiscoverListsOnlyWhatIsAskedFor(t *testing.T) {
	src, regions := bigBucket(), 4*6
	if n := len(src.keys); n < 100_000 {
		t.Fatalf("only %d keys", n)
	}
	// The root, logs/ and AWSLogs/, each account and its vpcflowlogs/; then each
	// region, year and month on the way, and the day.
	above := 3 + 4 + 4
	tests := []struct {
		name    string
		o       Options
		listed  int
		objects int
	}{
		{"one day", Options{Filter: onDate(schema.Eq, "2024-03-02")}, above + regions*4, 252},
		{"one day by time", Options{From: date("2024-03-02"), To: date("2024-03-03")}, above + regions*4, 252},
		{"one day of a region", Options{Filter: schema.Predicate{Op: schema.And, Args: []schema.Predicate{
			onDate(schema.Eq, "2024-03-02"), equals("region", "us-east-2")}}}, above + 4*4, 44},
		{"one day of an account", Options{Filter: onDate(schema.Eq, "2024-03-02"), Accounts: []string{"000000000003"}}, 3 + 2 + 6*4, 63},
		{"no such day", Options{Filter: onDate(schema.Eq, "2022-03-02")}, above + regions, 0},
	}
	for _, test := range tests {
		src.listed.Store(0)
		objects, report := discover(t, src, test.o)
		if int(src.listed.Load()) != test.listed || report.Listed != test.listed {
			t.Errorf("%s: %d listings, %d reported, want %d", test.name, src.listed.Load(), report.Listed, test.listed)
		}
		if len(objects) != test.objects || report.Objects != test.objects || report.Bytes != int64(10*test.objects) {
			t.Errorf("%s: %d objects, reported %d of %d bytes, want %d", test.name, len(objects), report.Objects, report.Bytes, test.objects)
		}
	}
}

func TestDiscoverPrunesHours(t *testing.T) {
	var keys []string
	for h := range 24 {
		keys = append(keys, fmt.Sprintf("%s2024/03/02/%02d/a.log", usEast, h))
	}
	src := newMemory(keys...)
	objects, report := discover(t, src, Options{Filter: equals("hour", "05"), Root: ""})
	if len(objects) != 1 || report.Pruned != 23 || report.Listed != 5+4 {
		t.Errorf("%d objects, %d pruned, %d listed", len(objects), report.Pruned, report.Listed)
	}
	objects, report = discover(t, src, Options{Filter: onDate(schema.Eq, "2024-03-02")})
	if len(objects) != 24 || report.Pruned != 0 || report.Listed != 5+3 || report.Partitions != 24 {
		t.Errorf("%d objects of %d partitions, %d pruned, %d listed", len(objects), report.Partitions, report.Pruned, report.Listed)
	}
}

// TestDiscoverPrunesByRecordTimes holds that a condition on end keeps the
// folders within the margins and no others.
func TestDiscoverPrunesByRecordTimes(t *testing.T) {
	var keys []string
	for d := range 10 {
		keys = append(keys, usEast+date("2024-03-01").AddDate(0, 0, d).Format("2006/01/02/")+"a.log")
	}
	noon := date("2024-03-05").Add(12 * time.Hour)
	for _, test := range []struct {
		column string
		at     time.Time
		want   string
	}{
		{"end", noon, "05 06"},
		{"start", noon, "05 06"},
		{"end", date("2024-03-05").Add(30 * time.Minute), "04 05 06"},
		{"start", date("2024-03-05").Add(-time.Minute), "04 05 06"}, // 06 because of the aggregation interval
		{"bytes", noon, "01 02 03 04 05 06 07 08 09 10"},
	} {
		filter := schema.Predicate{Op: schema.Eq, Column: test.column, Values: []schema.Value{schema.IntValue(test.at.Unix())}}
		objects, _ := discover(t, newMemory(keys...), Options{Filter: filter})
		var days []string
		for _, o := range objects {
			days = append(days, o.Partition.Date.Format("02"))
		}
		if got := strings.Join(days, " "); got != test.want {
			t.Errorf("%s = %v keeps the days %s, want %s", test.column, test.at, got, test.want)
		}
	}
}

func TestDiscoverPrunesAccountsOnlyIfOneFits(t *testing.T) {
	src := newMemory(
		"AWSLogs/111111111111/vpcflowlogs/us-east-1/2024/03/02/a.log",
		"AWSLogs/222222222222/vpcflowlogs/us-west-2/2024/03/02/b.log")
	tests := []struct {
		filter schema.Predicate
		want   int
		pruned []string
	}{
		{equals("account_id", "111111111111"), 1, []string{"222222222222"}},
		{equals("account_id", "333333333333"), 2, nil}, // of a shared VPC
		{equals("region", "us-west-2"), 1, nil},
		{equals("region", "-"), 2, nil},
	}
	for _, test := range tests {
		objects, report := discover(t, src, Options{Filter: test.filter})
		if len(objects) != test.want || !slices.Equal(report.AccountsPruned, test.pruned) {
			t.Errorf("%v: %d objects, accounts pruned %q; want %d, %q", test.filter, len(objects), report.AccountsPruned, test.want, test.pruned)
		}
		if len(report.Accounts) != 2 || len(report.Regions) == 0 {
			t.Errorf("%v: accounts %q, regions %q", test.filter, report.Accounts, report.Regions)
		}
	}
}

func TestDiscoverStops(t *testing.T) {
	src := bigBucket()
	n := 0
	for _, err := range Discover(src, Options{}).Objects(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var last error
	for _, err := range Discover(src, Options{}).Objects(ctx) {
		cancel()
		last = err
	}
	if n != 3 || last != context.Canceled {
		t.Errorf("%d objects; after cancelling: %v", n, last)
	}
}

// broken is a source that fails below one prefix.
type broken struct {
	*memory
	at string
}

var errBroken = errors.New("listing failed")

func (b broken) Children(ctx context.Context, prefix string) iter.Seq2[source.Entry, error] {
	if prefix == b.at {
		return func(yield func(source.Entry, error) bool) { yield(source.Entry{}, errBroken) }
	}
	return b.memory.Children(ctx, prefix)
}

func (b broken) Objects(ctx context.Context, prefix string) iter.Seq2[source.Object, error] {
	if prefix == b.at {
		return func(yield func(source.Object, error) bool) { yield(source.Object{}, errBroken) }
	}
	return b.memory.Objects(ctx, prefix)
}

func TestDiscoverEndsWithTheFirstError(t *testing.T) {
	src := newMemory(usEast+"2024/03/01/a.log", usEast+"2024/03/02/b.log", usEast+"2024/03/03/c.log")
	for at, want := range map[string]int{"": 0, "AWSLogs/": 0, usEast + "2024/": 0, usEast + "2024/03/02/": 1} {
		n := 0
		var last error
		for _, err := range Discover(broken{src, at}, Options{}).Objects(context.Background()) {
			if last = err; err == nil {
				n++
			}
		}
		if n != want || !errors.Is(last, errBroken) {
			t.Errorf("failing at %q: %d objects, then %v", at, n, last)
		}
		if _, _, err := Nearest(context.Background(), broken{src, at}, Options{}, date("2024-03-02")); n == 0 && !errors.Is(err, errBroken) {
			t.Errorf("failing at %q: nearest: %v", at, err)
		}
	}
}

// TestDiscoverKeepsWhatCanMatch is the property that pruning is sound: whatever
// the bucket and the filter, an object is kept if a record in it can satisfy the
// filter, judged by the object's own partition alone.
func TestDiscoverKeepsWhatCanMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	wanted, left := 0, 0
	for range 300 {
		src := randomBucket(r)
		all, _ := discover(t, src, Options{})
		if len(all) != len(src.keys) {
			t.Fatalf("found %d of %q", len(all), src.keys)
		}
		filter := randomFilter(r, 2)
		kept, _ := discover(t, src, Options{Filter: filter})
		keys := make(map[string]bool)
		for _, o := range kept {
			keys[o.Key] = true
		}
		left += len(all) - len(kept)
		for _, o := range all {
			if !satisfiable(r, filter, o) {
				continue
			}
			wanted++
			if !keys[o.Key] {
				t.Fatalf("%s holds a record that satisfies %+v, but is left out", o.Key, filter)
			}
		}
	}
	if wanted < 500 || left < 500 {
		t.Errorf("only %d objects were wanted and %d left out", wanted, left)
	}
}

var (
	someAccounts = []string{"111111111111", "222222222222", "333333333333"}
	someRegions  = []string{"us-east-1", "eu-west-1", "ap-southeast-2"}
	someDays     = []string{"2023-12-30", "2023-12-31", "2024-01-01", "2024-01-02", "2024-02-29", "2024-03-01"}
)

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// randomBucket has objects in every layout.
func randomBucket(r *rand.Rand) *memory {
	keys := make(map[string]bool)
	for range 1 + r.IntN(40) {
		day := date(pick(r, someDays))
		path := strings.NewReplacer(
			"{organization}", "o-abc", "{account}", pick(r, someAccounts), "{region}", pick(r, someRegions),
			"{year}", day.Format("2006"), "{month}", day.Format("01"), "{day}", day.Format("02"),
			"{hour}", fmt.Sprintf("%02d", r.IntN(24)),
		).Replace(Layouts[r.IntN(len(Layouts))].Path)
		keys[pick(r, []string{"", "p/", "p/q/"})+path+pick(r, []string{"a.log", "b.log.gz"})] = true
	}
	m := newMemory()
	for key := range keys {
		m.keys = append(m.keys, key)
	}
	slices.Sort(m.keys)
	return m
}

func randomFilter(r *rand.Rand, depth int) schema.Predicate {
	if depth > 0 && r.IntN(3) > 0 {
		p := schema.Predicate{Op: []schema.Op{schema.And, schema.Or, schema.Not}[r.IntN(3)]}
		for range 1 + r.IntN(2) {
			p.Args = append(p.Args, randomFilter(r, depth-1))
		}
		return p
	}
	column := pick(r, []string{"aws-service", "date", "hour", "account_id", "region", "start", "end", "year", "month", "day", "aws-region", "bytes"})
	op := []schema.Op{schema.Eq, schema.Ne, schema.Lt, schema.Le, schema.Gt, schema.Ge, schema.In, schema.IsNull}[r.IntN(8)]
	p := schema.Predicate{Op: op, Column: column}
	for range 1 + r.IntN(2) {
		p.Values = append(p.Values, randomValue(r, column, date(pick(r, someDays))))
	}
	return p
}

// randomValue is a value of the column, in a record of that day if it is a time.
func randomValue(r *rand.Rand, column string, day time.Time) schema.Value {
	switch column {
	case "date":
		return schema.DateValue(day)
	case "hour":
		return schema.StringValue(fmt.Sprintf("%02d", r.IntN(24)))
	case "account_id":
		return schema.StringValue(pick(r, someAccounts))
	case "aws-service":
		return schema.StringValue(pick(r, []string{"vpcflowlogs", "other"}))
	case "region", "aws-region":
		return schema.StringValue(pick(r, someRegions))
	case "year", "month", "day":
		return schema.StringValue(day.Format(map[string]string{"year": "2006", "month": "01", "day": "02"}[column]))
	}
	return schema.IntValue(day.Unix() + r.Int64N(86400))
}

// satisfiable reports whether the filter is true of some random record that may
// lie in the object: with its partition's values, and times that AWS's delivery
// can give it.
func satisfiable(r *rand.Rand, filter schema.Predicate, o Object) bool {
	from, width := o.Partition.Date, 24*time.Hour
	if o.Partition.Hour >= 0 {
		from, width = from.Add(time.Duration(o.Partition.Hour)*time.Hour), time.Hour
	}
	values := o.Partition.Values()
	for range 20 {
		end := from.Add(time.Duration(r.Int64N(int64(width+lateDelivery+fastClock))) - lateDelivery)
		times := map[string]schema.Value{
			"end":   schema.IntValue(end.Unix()),
			"start": schema.IntValue(end.Unix() - r.Int64N(int64(aggregation/time.Second))),
		}
		nothing := r.IntN(5) == 0 // a record without times
		if filter.CanMatch(func(column string) schema.Domain {
			if v, ok := values[column]; ok {
				return schema.Exactly(v)
			}
			if v, ok := times[column]; ok && !nothing {
				return schema.Exactly(v)
			}
			if column == "bytes" {
				return schema.Exactly(schema.IntValue(date("2024-01-01").Unix()))
			}
			return schema.AlwaysNull
		}) {
			return true
		}
	}
	return false
}

func BenchmarkDiscover(b *testing.B) {
	src := bigBucket()
	for b.Loop() {
		objects, _ := discover(b, src, Options{})
		if len(objects) != len(src.keys) {
			b.Fatal(len(objects))
		}
	}
}

// BenchmarkDiscoverDirectory lists a directory of 100,000 empty files, all kept.
func BenchmarkDiscoverDirectory(b *testing.B) {
	root := b.TempDir()
	for d := range 400 {
		day := date("2023-12-01").AddDate(0, 0, d)
		dir := filepath.Join(root, usEast, day.Format("2006/01/02"))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			b.Fatal(err)
		}
		for f := range 250 {
			name := fmt.Sprintf("111122223333_vpcflowlogs_us-east-1_fl-1234abcd_%sT1620Z_%08x.log.gz", day.Format("20060102"), f)
			if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
				b.Fatal(err)
			}
		}
	}
	src, err := source.Dir(root)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if objects, _ := discover(b, src, Options{}); len(objects) != 100_000 {
			b.Fatal(len(objects))
		}
	}
}

// distant is a memory far off. Each listing of a day waits until so many are under way.
type distant struct {
	*memory
	together int64
	begun    atomic.Int64
	all      chan struct{} // closed once they are
}

func (d *distant) Distant() bool { return true }

func (d *distant) Objects(ctx context.Context, prefix string) iter.Seq2[source.Object, error] {
	if d.begun.Add(1) == d.together {
		close(d.all)
	}
	select {
	case <-d.all:
	case <-time.After(20 * time.Second):
		return func(yield func(source.Object, error) bool) {
			yield(source.Object{}, fmt.Errorf("%d listings are under way, want %d", d.begun.Load(), d.together))
		}
	}
	return d.memory.Objects(ctx, prefix)
}

// Many days of a distant source are listed at once: their listings mostly wait.
func TestDiscoverListsDistantDaysAtOnce(t *testing.T) {
	var keys []string
	for month := range 3 {
		for day := range 28 {
			keys = append(keys, fmt.Sprintf("AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/%02d/%02d/a.log.gz", month+1, day+1))
		}
	}
	src := &distant{memory: newMemory(keys...), together: int64(source.ListingsAtOnce(&distant{})), all: make(chan struct{})}
	objects, _ := discover(t, src, Options{})
	if !slices.Equal(keysOf(objects), keys) {
		t.Errorf("got %q", keysOf(objects))
	}
}
