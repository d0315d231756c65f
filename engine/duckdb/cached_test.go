package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/cache"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// cachedBucket is a bucket in a directory, and a cache of it.
type cachedBucket struct {
	t     *testing.T
	dir   string
	cache *cache.Cache
	db    *DB
	warns []string
	puts  int
}

func newCachedBucket(t *testing.T) *cachedBucket {
	b := &cachedBucket{t: t, dir: t.TempDir()}
	kept := t.TempDir()
	var err error
	if b.cache, err = cache.Open(kept, "the bucket"); err != nil {
		t.Fatal(err)
	}
	if b.db, err = Open(Options{Threads: 2, Files: []string{kept}}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.db.Close() })
	return b
}

// put writes an object, as if it had been there for an hour, and each for a
// second longer: no two have the same time, whatever times the file system keeps.
func (b *cachedBucket) put(key, text string) {
	b.t.Helper()
	name := filepath.Join(b.dir, filepath.FromSlash(key))
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.puts++
	b.age(key, time.Hour+time.Duration(b.puts)*time.Second)
}

func (b *cachedBucket) age(key string, by time.Duration) {
	at := time.Now().Add(-by)
	if err := os.Chtimes(filepath.Join(b.dir, filepath.FromSlash(key)), at, at); err != nil {
		b.t.Fatal(err)
	}
}

func (b *cachedBucket) engine(o engine.Options) *engine.Engine {
	var err error
	if o.Source, err = source.Dir(b.dir); err != nil {
		b.t.Fatal(err)
	}
	o.BadFiles, o.BadRows, o.Warn = loader.Warn, loader.Null, func(text string) { b.warns = append(b.warns, text) }
	return engine.New(b.db, o)
}

func (b *cachedBucket) build() engine.CacheReport {
	b.t.Helper()
	report, err := b.engine(engine.Options{Cache: b.cache}).BuildCache(b.t.Context())
	if err != nil {
		b.t.Fatal(err)
	}
	return report
}

// ask answers a statement from the cache and from the source, and checks that
// rows and notes are the same. It returns the rows, sorted, and the cached stats.
func (b *cachedBucket) ask(sql string) ([]string, engine.Stats) {
	b.t.Helper()
	want, wantNotes, _ := b.answer(b.engine(engine.Options{}), sql)
	got, notes, stats := b.answer(b.engine(engine.Options{Cache: b.cache}), sql)
	if !slices.Equal(got, want) || !slices.Equal(notes, wantNotes) {
		b.t.Errorf("%s\nfrom the cache %q, notes %q\nwithout it     %q, notes %q", sql, got, notes, want, wantNotes)
	}
	return got, stats
}

func (b *cachedBucket) answer(e *engine.Engine, sql string) (rows, notes []string, stats engine.Stats) {
	b.t.Helper()
	result, err := e.Query(b.t.Context(), sql)
	if err != nil {
		b.t.Fatalf("%s: %v", sql, err)
	}
	for {
		batch, err := result.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			b.t.Fatalf("%s: %v", sql, err)
		}
		for row := range int(batch.NumRows()) {
			var cells []string
			for _, c := range batch.Columns() {
				cells = append(cells, c.ValueStr(row))
			}
			rows = append(rows, strings.Join(cells, ","))
		}
	}
	if err := result.Close(); err != nil {
		b.t.Fatal(err)
	}
	slices.Sort(rows)
	notes = slices.DeleteFunc(result.Notes(context.Background()), func(note string) bool {
		return strings.Contains(note, "the conditions rule out every row") // whether DuckDB reads the cache nobody is told
	})
	return rows, notes, result.Stats()
}

const cachedDay = "AWSLogs/111122223333/vpcflowlogs/eu-west-1/2025/11/0"

// Random questions are answered from the cache as from the source, whatever is
// wrong with objects, and whichever came, changed or went since.
func TestCacheIsExact(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	b := newCachedBucket(t)
	for i := range 12 {
		b.put(fmt.Sprintf("%s%d/%d.log", cachedDay, 1+i%4, i), flows(random, i, i%5 == 3))
	}
	b.put(cachedDay+"1/damaged.log.gz", "\x1f\x8b\x08\x00nothing of gzip")
	if report := b.build(); report.Partitions != 4 || report.Damaged != 3 || report.Objects != 10 {
		t.Errorf("built %+v", report)
	}
	statements := []string{
		`SELECT "$path", count(*) FROM vpc_flow_logs GROUP BY 1`,
		"SELECT * FROM vpc_flow_logs", "SELECT count(*) FROM vpc_flow_logs", "SELECT date, count(*), sum(bytes), count(region), count(vpc_id) FROM vpc_flow_logs GROUP BY date",
		"SELECT a.bytes FROM vpc_flow_logs a JOIN vpc_flow_logs b ON a.bytes = b.bytes AND b.date = DATE '2025-11-02'",
		"SELECT 'vpcq_scan(0)', count(*) FROM vpc_flow_logs WHERE date > DATE '2025-11-02'",
	}
	statements = append(statements, tallied...)
	g := generator{random, []string{"srcaddr", "dstport", "action", "region", "date", "account_id"}}
	for range 40 {
		statements = append(statements, "SELECT bytes, date, action FROM vpc_flow_logs WHERE "+g.condition(2))
	}
	cached := int64(0)
	check := func() {
		for _, sql := range statements {
			_, stats := b.ask(sql)
			cached += stats.RecordsCached
		}
	}
	check()
	b.put(cachedDay+"1/0.log", flows(random, 20, false))
	b.put(cachedDay+"2/new.log", flows(random, 21, false))
	b.put(cachedDay+"5/new.log", flows(random, 22, true))
	if err := os.Remove(filepath.Join(b.dir, cachedDay+"3/2.log")); err != nil {
		t.Fatal(err)
	}
	b.age(cachedDay+"4/7.log", 2*time.Hour) // the same text, but who knows
	check()
	if cached < 1000 {
		t.Errorf("only %d records came from the cache", cached)
	}
	if len(b.warns) == 0 {
		t.Error("nobody was told of the damaged object")
	}
	for _, warn := range b.warns {
		if strings.Contains(warn, "cache") {
			t.Error(warn)
		}
	}
}

// flows is an object of 30 records in one of two formats, with unique bytes.
func flows(random *rand.Rand, id int, damaged bool) string {
	var b strings.Builder
	header := []string{"srcaddr dstport bytes start end action", "vpc-id bytes srcaddr start end dstport action"}[id%2]
	b.WriteString(header + "\n")
	for i := range 30 {
		bytes, start := id*100+i, 1761955200+i
		src, port := []string{"10.0.0.1", "10.0.0.2", "-", "2001:db8:85a3::8a2e:370:7334"}[random.IntN(4)], []string{"22", "443", "-"}[random.IntN(3)]
		action := []string{"ACCEPT", "REJECT"}[random.IntN(2)]
		if id%2 == 0 {
			fmt.Fprintf(&b, "%s %s %d %d %d %s\n", src, port, bytes, start, start+60, action)
		} else {
			fmt.Fprintf(&b, "vpc-%d %d %s %d %d %s %s\n", id, bytes, src, start, start+60, port, action)
		}
	}
	if damaged {
		b.WriteString("1 2 3\n")
	}
	return b.String()
}

// What was built once is not built again, unless something is new.
func TestCacheIsBuiltOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(13, 14))
	b := newCachedBucket(t)
	for i := range 4 {
		b.put(fmt.Sprintf("%s%d/%d.log", cachedDay, 1+i%2, i), flows(random, i, false))
	}
	if report := b.build(); report != (engine.CacheReport{Partitions: 2, Objects: 4, Records: 120}) {
		t.Errorf("built %+v", report)
	}
	files, err := os.ReadDir(b.cache.Dir())
	if err != nil || len(files) != 4 {
		t.Errorf("files %v, error %v", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s has mode %v, error %v", f.Name(), info.Mode(), err)
		}
	}
	b.put(cachedDay+"2/new.log", flows(random, 4, false))
	b.put(cachedDay+"2/young.log", flows(random, 5, false))
	b.age(cachedDay+"2/young.log", -time.Hour) // and stays young however long the building takes
	if report := b.build(); report != (engine.CacheReport{Partitions: 1, Objects: 3, Records: 90, Damaged: 1, Unchanged: 2}) {
		t.Errorf("built again %+v", report)
	}
	_, stats := b.ask("SELECT count(*) FROM vpc_flow_logs WHERE date = DATE '2025-11-02'")
	if stats.ObjectsCached != 3 || stats.Objects != 1 || stats.RecordsCached != 90 || stats.Records != 30 {
		t.Errorf("stats %+v", stats)
	}
}

// A disk that is full is called so, and no limit of memory.
func TestUnwritten(t *testing.T) {
	full := runtimeError(`IO Error: Could not write file "/cache/a.parquet": No space left on device`)
	if err := unwritten("/cache/a.parquet", full); !errors.Is(err, syscall.ENOSPC) || strings.Contains(err.Error(), "memory") {
		t.Errorf("error %v", err)
	}
	if err := unwritten("/cache", full); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("of a file in the directory: %v", err)
	}
	if err := unwritten("/cache/b.parquet", full); err != full {
		t.Errorf("another file's fault becomes %v", err)
	}
	if err := unwritten("/cache/a.parquet", io.ErrUnexpectedEOF); err != io.ErrUnexpectedEOF {
		t.Errorf("another fault becomes %v", err)
	}
}

// With CacheOnly nothing is read but the cache.
func TestCacheOnly(t *testing.T) {
	b := newCachedBucket(t)
	b.put(cachedDay+"1/a.log", flows(rand.New(rand.NewPCG(1, 1)), 0, false))
	e := b.engine(engine.Options{Cache: b.cache, CacheOnly: true})
	const sql = "SELECT count(*) FROM vpc_flow_logs"
	if _, err := e.Query(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "1 of 1 object not in it, or changed since: run vpcq cache build") {
		t.Errorf("error %v", err)
	}
	b.build()
	if rows, _, _ := b.answer(e, sql); !slices.Equal(rows, []string{"30"}) {
		t.Errorf("rows %q", rows)
	}
}

// A file that is damaged, or gone once it has been found, is told and replaced
// by the source.
func TestCacheDamaged(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	for name, spoil := range map[string]func(string) error{
		"zeros":  func(file string) error { return rewrite(file, func(b []byte) { clear(b[4 : len(b)-8]) }) },
		"footer": func(file string) error { return rewrite(file, func(b []byte) { clear(b[len(b)-8:]) }) },
		"half":   func(file string) error { return rewrite(file, func(b []byte) { clear(b[4 : len(b)/4]) }) },
	} {
		b := newCachedBucket(t)
		b.put(cachedDay+"1/a.log", flows(random, 0, false))
		b.build()
		entries, _, err := b.cache.Entries()
		if err != nil || len(entries) != 1 || entries[0].Verify() != nil {
			t.Fatalf("%d entries, error %v", len(entries), err)
		}
		later := entries[0].Written.Add(time.Second) // by the system's clock of files, which may stand still, it could be the same
		if err := errors.Join(spoil(entries[0].Path()), os.Chtimes(entries[0].Path(), later, later)); err != nil {
			t.Fatal(err)
		}
		if entries[0].Verify() == nil {
			t.Errorf("%s: it is verified", name)
		}
		check := func(words string) {
			t.Helper()
			b.warns = nil
			rows, stats := b.ask("SELECT sum(bytes), min(srcaddr), count(*) FROM vpc_flow_logs")
			if len(rows) != 1 || stats.Records != 30 || stats.ObjectsCached != 0 {
				t.Errorf("%s: rows %q, %d records, %d objects from the cache", name, rows, stats.Records, stats.ObjectsCached)
			}
			if len(b.warns) != 1 || !strings.Contains(b.warns[0], words) {
				t.Errorf("%s: told %q", name, b.warns)
			}
		}
		check("is damaged; the source is read instead")
		if err := os.Chtimes(entries[0].Path(), entries[0].Written, entries[0].Written); err != nil { // as if a disk had done it
			t.Fatal(err)
		}
		check("so the source was: ")
		if err := os.Remove(entries[0].Path()); err != nil {
			t.Fatal(err)
		}
		check("no such file or directory; the source is read instead")
	}
}

func rewrite(file string, change func([]byte)) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	change(data)
	return os.WriteFile(file, data, 0o600)
}

// A fault of the statement's own is not blamed on the cache.
func TestCacheIsNotBlamed(t *testing.T) {
	b := newCachedBucket(t)
	b.put(cachedDay+"1/a.log", flows(rand.New(rand.NewPCG(1, 1)), 0, false))
	b.build()
	result, err := b.engine(engine.Options{Cache: b.cache}).Query(t.Context(), "SELECT sum(1 / (bytes - 5)) FROM vpc_flow_logs")
	if err == nil {
		_, err = result.Next()
		defer result.Close()
	}
	if err == nil || !strings.Contains(err.Error(), "DIVISION_BY_ZERO") || len(b.warns) > 0 {
		t.Errorf("error %v, told %q", err, b.warns)
	}
}

// The scans of a job that have something stored must be alike.
func TestStoredMacro(t *testing.T) {
	one := engine.Scan{Columns: []schema.Column{{Name: "a", Type: schema.Int}}, Stored: []engine.Stored{{Files: []string{"it's"}, ObjectColumn: "o", Objects: []int{1, 2}}}}
	sql, err := storedMacro(map[int]engine.Scan{3: one})
	if want := `CREATE TEMP MACRO vpcq_scan(id) AS TABLE SELECT * FROM system.main.vpcq_scan(id) UNION ALL SELECT true, CAST(NULL AS INTEGER) FROM read_parquet(['it''s']) WHERE id = 3 AND "o" IN (1, 2)`; err != nil || sql != want {
		t.Errorf("%s, error %v", sql, err)
	}
	if _, err := storedMacro(map[int]engine.Scan{0: one, 1: {}}); err == nil {
		t.Error("scans of different columns are joined")
	}
	if sql, err := storedMacro(map[int]engine.Scan{0: {Columns: one.Columns}, 1: {}}); err != nil || sql != "" {
		t.Errorf("%q, error %v", sql, err)
	}
}

// countedSource counts how often its objects are opened, and lacks one.
type countedSource struct {
	source.Source
	opened atomic.Int64
	gone   string
}

func (s *countedSource) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if key == s.gone {
		return nil, &fs.PathError{Op: "open", Path: key, Err: fs.ErrNotExist}
	}
	s.opened.Add(1)
	return s.Source.Open(ctx, key)
}

// Objects in which nothing is wrong are read once, but for the header line of
// one; an object that goes while they are read is left out.
func TestCacheIsBuiltInOnePass(t *testing.T) {
	random := rand.New(rand.NewPCG(19, 20))
	b := newCachedBucket(t)
	for i := range 6 {
		b.put(fmt.Sprintf("%s1/%d.log", cachedDay, i), flows(random, 2*i, false))
	}
	dir, err := source.Dir(b.dir)
	if err != nil {
		t.Fatal(err)
	}
	for gone, want := range map[string]engine.CacheReport{
		"":                    {Partitions: 1, Objects: 6, Records: 180},
		cachedDay + "1/3.log": {Partitions: 1, Objects: 5, Records: 150, Damaged: 1},
	} {
		s := &countedSource{Source: dir, gone: gone}
		kept, err := cache.Open(b.cache.Dir(), "gone "+gone)
		if err != nil {
			t.Fatal(err)
		}
		got, err := engine.New(b.db, engine.Options{Source: s, Cache: kept}).BuildCache(t.Context())
		if err != nil || got != want {
			t.Errorf("built %+v, error %v", got, err)
		}
		if n := s.opened.Load(); gone == "" && n != 7 {
			t.Errorf("6 objects were opened %d times", n)
		}
	}
}

// What is written comes from the cache too, and from the source where the cache
// cannot be read.
func TestCacheServesWrites(t *testing.T) {
	b := newCachedBucket(t)
	b.put(cachedDay+"1/a.log", flows(rand.New(rand.NewPCG(3, 4)), 0, false))
	b.build()
	entries, _, err := b.cache.Entries()
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d entries, error %v", len(entries), err)
	}
	out, err := source.Dir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write := func(name string) engine.Stats {
		e := b.engine(engine.Options{Cache: b.cache, Locations: source.NewMounts([]source.Mount{{URL: "s3://out/", Source: out}}, nil)})
		_, notes, stats := b.answer(e, "UNLOAD (SELECT srcaddr, bytes FROM vpc_flow_logs) TO 's3://out/"+name+"/' WITH (format = 'PARQUET')")
		if want := "30 rows written to s3://out/" + name + "/"; !slices.Contains(notes, want) {
			t.Errorf("notes %q, want %q", notes, want)
		}
		return stats
	}
	if stats := write("cached"); stats.ObjectsCached != 1 || stats.Records != 0 {
		t.Errorf("%d objects from the cache, %d records from the source", stats.ObjectsCached, stats.Records)
	}
	if err := rewrite(entries[0].Path(), func(file []byte) { clear(file[4 : len(file)-8]) }); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(entries[0].Path(), entries[0].Written, entries[0].Written); err != nil { // as if a disk had done it
		t.Fatal(err)
	}
	if stats := write("source"); stats.ObjectsCached != 0 || stats.Records != 30 || len(b.warns) != 1 {
		t.Errorf("%d objects from the cache, %d records from the source, told %q", stats.ObjectsCached, stats.Records, b.warns)
	}
}
