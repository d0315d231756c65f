package loader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// sharedQueue is queueOf for several goroutines.
func sharedQueue(objects ...Object) Queue {
	var mu sync.Mutex
	next := queueOf(objects...)
	return func(ctx context.Context) (Object, error) {
		mu.Lock()
		defer mu.Unlock()
		if err := ctx.Err(); err != nil {
			return Object{}, err
		}
		return next(ctx)
	}
}

func sized(src memorySource, keys ...string) []Object {
	objects := make([]Object, len(keys))
	for i, key := range keys {
		objects[i] = Object{Object: source.Object{Key: key, Size: int64(len(src[key]))}}
	}
	return objects
}

// reading is all that a scan with one reader tells.
type reading struct {
	rows   []string
	err    string
	warned []string
	counts [9]int64
}

// read reads the objects with one reader, ahead where there is an allowance.
func read(t *testing.T, opt Options, objects []Object, a *Allowance) (got reading) {
	t.Helper()
	opt.Stats = new(Stats)
	opt.Warn = func(err error) { got.warned = append(got.warned, err.Error()) }
	scan := NewScan(opt, queueOf(objects...))
	if a != nil {
		scan.ReadAhead(t.Context(), a)
	}
	rows, err := readAll(t, scan)
	got.rows, got.err = rows, fmt.Sprint(err)
	s := opt.Stats
	for i, n := range []*atomic.Int64{&s.Objects, &s.ObjectsSkipped, &s.BytesRead, &s.BytesDecoded, &s.Lines, &s.Headers, &s.Records, &s.Rejected, &s.Damaged} {
		got.counts[i] = n.Load()
	}
	return got
}

// Rows, errors, warnings and counts are the same with and without reading ahead.
func TestReadingAheadChangesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	big := zip(lines(10))
	for len(big) < 5<<18 { // text that hardly compresses, in many members
		text := make([]byte, 0, 1<<18)
		for len(text) < 1<<18-40 {
			text = fmt.Appendf(text, "%d %d\n", random.Uint64(), random.Uint64())
		}
		big = append(big, zip(string(text))...)
	}
	src := &watched{memorySource: memorySource{"big": big, "broken": big, "broken soon": zip(lines(9))[:20]}}
	src.fails = map[string]error{"broken": errors.New("read broken: no"), "broken soon": errors.New("read broken soon: no")}
	keys := []string{"broken", "broken soon", "gone", "big"}
	for _, d := range damages {
		src.memorySource[d.name] = d.body
		for range 2 {
			keys = append(keys, d.name)
		}
	}
	for i := range 60 {
		key := fmt.Sprint("good ", i)
		src.memorySource[key] = zip(lines(random.IntN(500)))
		keys = append(keys, key)
	}
	for round := range 30 {
		picked := make([]string, random.IntN(50))
		for i := range picked {
			picked[i] = keys[random.IntN(len(keys))]
			if round%2 == 0 {
				picked[i] = keys[3+random.IntN(len(keys)-3)] // nothing fails
			}
		}
		opt := Options{Source: src, Columns: columns("srcport:int bytes:bigint"), BadFiles: []Policy{Fail, Warn, Skip}[random.IntN(3)], BadRows: Null, Whole: round%3 == 0}
		objects := sized(src.memorySource, picked...)
		a := NewAllowance()
		want, got := read(t, opt, objects, nil), read(t, opt, objects, a)
		if !slices.Equal(got.rows, want.rows) || got.err != want.err || !slices.Equal(got.warned, want.warned) || got.counts != want.counts {
			t.Errorf("policy %d, %q:\n%d rows, %s, %q, %d\nwant %d rows, %s, %q, %d", opt.BadFiles, picked,
				len(got.rows), got.err, got.warned, got.counts, len(want.rows), want.err, want.warned, want.counts)
		}
		if n := src.open.Load(); n != 0 {
			t.Errorf("%d objects are open", n)
		}
		checkUnused(t, a)
	}
}

// total reads a scan to its end with several readers.
func total(t testing.TB, ctx context.Context, scan *Scan, readers int) (rows int64, err error) {
	t.Helper()
	var group sync.WaitGroup
	var sum atomic.Int64
	errs := make([]error, readers)
	for i := range readers {
		group.Go(func() {
			r := scan.Reader()
			defer r.Close()
			for errs[i] == nil {
				var n int64
				n, errs[i] = r.Count(ctx)
				sum.Add(n)
			}
		})
	}
	group.Wait()
	for _, e := range errs {
		if !errors.Is(e, io.EOF) {
			err = errors.Join(err, e)
		}
	}
	return sum.Load(), err
}

// smallObjects are n objects of k records.
func smallObjects(n, k int) (src *watched, objects []Object) {
	src = &watched{memorySource: memorySource{}}
	var keys []string
	body := zip(lines(k))
	for i := range n {
		key := fmt.Sprintf("%04d", i)
		src.memorySource[key] = body
		keys = append(keys, key)
	}
	return src, sized(src.memorySource, keys...)
}

// settles reports whether there are soon no more goroutines than that: one that
// has ended may be counted for a moment.
func settles(goroutines int) bool {
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if runtime.NumGoroutine() <= goroutines {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}

// However the readers end, nothing is left open and no goroutine runs.
func TestReadingAheadLeavesNothing(t *testing.T) {
	src, objects := smallObjects(300, 3000)
	src.fails = map[string]error{"0200": errors.New("read 0200: broken")}
	before := runtime.NumGoroutine()
	for name, stop := range map[string]func(cancel func(), readers []*Reader){
		"closed":    func(func(), []*Reader) {},
		"cancelled": func(cancel func(), _ []*Reader) { cancel() },
		"failed": func(_ func(), readers []*Reader) {
			for _, r := range readers {
				for _, err := r.Count(t.Context()); err == nil; {
					_, err = r.Count(t.Context())
				}
			}
		},
	} {
		for batches := range 5 {
			ctx, cancel := context.WithCancel(t.Context())
			a := NewAllowance()
			scan := NewScan(Options{Source: src, Columns: columns("bytes:bigint"), BadRows: Null, Stats: new(Stats), Whole: batches%2 == 0}, sharedQueue(objects...))
			scan.ReadAhead(ctx, a)
			readers := []*Reader{scan.Reader(), scan.Reader(), scan.Reader()}
			for range batches {
				for _, r := range readers[:2] {
					if _, err := r.Next(ctx); err != nil {
						t.Error(err)
					}
				}
			}
			stop(cancel, readers)
			for _, r := range readers {
				r.Close()
				r.Close()
			}
			if n := src.open.Load(); n != 0 || !settles(before) {
				t.Errorf("%s after %d batches: %d objects are open, %d goroutines, %d before", name, batches, n, runtime.NumGoroutine(), before)
			}
			checkUnused(t, a)
			cancel()
		}
	}
}

// A source that never answers is given up when ctx is done.
func TestReadingAheadOfASilentSource(t *testing.T) {
	src, objects := smallObjects(100, 1)
	ctx, cancel := context.WithCancel(t.Context())
	var asked atomic.Int64
	src.before = func(ctx context.Context, _ string) error {
		if asked.Add(1) == aheadAtFirst+2 { // without reading ahead, this never comes
			cancel()
		}
		<-ctx.Done()
		return ctx.Err()
	}
	a := NewAllowance()
	scan := NewScan(Options{Source: src, BadRows: Null, Stats: new(Stats)}, sharedQueue(objects...))
	scan.ReadAhead(ctx, a)
	if _, err := total(t, ctx, scan, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	checkUnused(t, a)
}

// Objects that were opened for readers that are closed by now are read by those
// that come later.
func TestLaterReadersMissNothing(t *testing.T) {
	src, objects := smallObjects(300, 2)
	a := NewAllowance()
	stats := new(Stats)
	scan := NewScan(Options{Source: src, BadRows: Null, Stats: stats}, sharedQueue(objects...))
	scan.ReadAhead(t.Context(), a)
	rows := int64(0)
	for range len(objects) {
		r := scan.Reader()
		n, err := r.Count(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		rows += n
		r.Close()
	}
	if n, err := total(t, t.Context(), scan, 2); n != 0 || err != nil || rows != 600 || stats.Objects.Load() != 300 {
		t.Errorf("%d rows of %d objects, then %d, %v", rows, stats.Objects.Load(), n, err)
	}
	checkUnused(t, a)
}

// A scan that stands still does not hold another one up.
func TestScansShareAnAllowance(t *testing.T) {
	src, objects := smallObjects(400, 2)
	a := NewAllowance()
	var scans [3]*Scan
	for i := range scans {
		scans[i] = NewScan(Options{Source: src, BadRows: Null, Stats: new(Stats)}, sharedQueue(objects...))
		scans[i].ReadAhead(t.Context(), a)
	}
	for _, still := range scans[:2] {
		r := still.Reader()
		defer r.Close()
		for range 150 { // until it may have all that there is
			if _, err := r.Count(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if rows, err := total(t, t.Context(), scans[2], 2); rows != 800 || err != nil {
		t.Errorf("%d rows, %v", rows, err)
	}
}

// endless is a source of objects of 1 MB, which notes the memory in use.
type endless struct {
	memorySource
	opened, heap atomic.Int64
}

func (e *endless) Open(context.Context, string) (io.ReadCloser, error) {
	if e.opened.Add(1)%100 == 0 {
		var m runtime.MemStats
		runtime.GC() // what nobody holds is not in use
		runtime.ReadMemStats(&m)
		e.heap.Store(max(e.heap.Load(), int64(m.HeapAlloc)))
	}
	return io.NopCloser(bytes.NewReader(e.memorySource["one"])), nil
}

func TestReadingAheadIsBoundedInMemory(t *testing.T) {
	const objects, bound = 600, 96 << 20 // of 600 MB in all; the allowance, and what is on its way
	one := []byte("srcport bytes\n" + strings.Repeat("12345 678901\n", 1<<20/13))
	src := &endless{memorySource: memorySource{"one": one}}
	queue := sharedQueue(sized(src.memorySource, slices.Repeat([]string{"one"}, objects)...)...)
	a := NewAllowance()
	scan := NewScan(Options{Source: src, BadRows: Null, Stats: new(Stats)}, queue)
	scan.ReadAhead(t.Context(), a)
	rows, err := total(t, t.Context(), scan, 2)
	if want := int64(objects * (1 << 20 / 13)); rows != want || err != nil {
		t.Errorf("%d rows, %v, want %d", rows, err, want)
	}
	if heap := src.heap.Load(); heap > bound || heap == 0 {
		t.Errorf("%d MB in use", heap>>20)
	} else {
		t.Logf("%d MB in use", heap>>20)
	}
	checkUnused(t, a)
}

// A bucket behind a bad network reads as the objects themselves.
func TestReadingAheadOfABucket(t *testing.T) {
	src, objects := smallObjects(200, 20)
	for i := range 4 { // more than is held of one object
		key := objects[50*i].Key
		src.memorySource[key] = []byte(lines(200_000))
		objects[50*i].Size = int64(len(src.memorySource[key]))
	}
	want, err := total(t, t.Context(), NewScan(Options{Source: src, BadRows: Null, Stats: new(Stats)}, sharedQueue(objects...)), 1)
	if err != nil {
		t.Fatal(err)
	}
	cut := sourcetest.Cut(100, nil)
	cut.Times, cut.After = 40, 3
	for name, faults := range map[string][]sourcetest.Fault{
		"no fault": nil, "cut": {cut}, "busy": {sourcetest.SlowDown(2)},
	} {
		t.Run(name, func(t *testing.T) {
			sourcetest.Hermetic(t)
			proxy := sourcetest.NewProxy(t, sourcetest.NewServer(t, "bucket", src.memorySource).URL, faults...)
			bucket, err := s3.Open(t.Context(), "s3://bucket", s3.Options{EndpointURL: proxy.URL, Region: "us-east-1"})
			if err != nil {
				t.Fatal(err)
			}
			defer bucket.Close()
			a, stats := NewAllowance(), new(Stats)
			scan := NewScan(Options{Source: bucket, BadRows: Null, Stats: stats}, sharedQueue(objects...))
			scan.ReadAhead(t.Context(), a)
			if got, err := total(t, t.Context(), scan, 2); got != want || err != nil || stats.Objects.Load() != 200 {
				t.Errorf("%d rows of %d objects, %v; want %d", got, stats.Objects.Load(), err, want)
			}
			checkUnused(t, a)
		})
	}
}

// BenchmarkDistantObjects reads objects of which the first byte comes after 50 ms.
func BenchmarkDistantObjects(b *testing.B) {
	for _, n := range []int{300, 2000} {
		src, objects := smallObjects(n, 500)
		src.before = func(context.Context, string) error {
			time.Sleep(50 * time.Millisecond)
			return nil
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				scan := NewScan(Options{Source: src, BadRows: Null, Stats: new(Stats)}, sharedQueue(objects...))
				scan.ReadAhead(b.Context(), NewAllowance())
				if rows, err := total(b, b.Context(), scan, 2); rows != int64(500*n) || err != nil {
					b.Fatal(rows, err)
				}
			}
		})
	}
}
