package loader

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// randomSource gives its objects at any place, up to a byte behind which it fails.
type randomSource struct {
	memorySource
	failsAt int64 // 0: nowhere
	open    atomic.Int64
}

func (s *randomSource) Open(_ context.Context, key string) (io.ReadCloser, error) {
	s.open.Add(1)
	return &randomObject{Reader: bytes.NewReader(s.memorySource[key]), source: s}, nil
}

type randomObject struct {
	*bytes.Reader
	source *randomSource
	closed atomic.Bool
}

var errUnplugged = errors.New("the disk was unplugged")

func (o *randomObject) Size() (int64, error) { return o.Reader.Size(), nil }

func (o *randomObject) ReadAt(p []byte, off int64) (int, error) {
	if o.closed.Load() {
		return 0, errors.New("read after close")
	}
	if at := o.source.failsAt; at > 0 && off <= at && at < off+int64(len(p)) {
		return 0, errUnplugged
	}
	return o.Reader.ReadAt(p, off)
}

func (o *randomObject) Close() error {
	if o.closed.Swap(true) {
		return errors.New("closed twice")
	}
	o.source.open.Add(-1)
	return nil
}

// Readers share the row groups of an object, whichever of them comes first, and
// leave nothing open.
func TestParquetReadersShareRowGroups(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	want, _, err := answer(t, []byte(made(3000)), Options{Columns: madeColumns})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(want)
	shared := 0
	for turn := range 8 {
		src := &randomSource{memorySource: memorySource{"a": parquetOf(t, made(3000), 200+100*turn)}}
		var stats Stats
		s := NewScan(Options{Source: src, Columns: madeColumns, Stats: &stats, BadRows: Null}, queueOf(objectOf("a")))
		parts, err := readByTurns(t, s, 3, random)
		got := slices.Concat(parts...)
		slices.Sort(got)
		if err != nil || !slices.Equal(got, want) || stats.Records.Load() != 3000 || src.open.Load() != 0 {
			t.Fatalf("%v: %d rows, %d records, %d open", err, len(got), stats.Records.Load(), src.open.Load())
		}
		if len(parts[0]) > 0 && len(parts[1]) > 0 || len(parts[2]) > 0 && len(parts[2]) < 3000 {
			shared++
		}
	}
	if shared == 0 {
		t.Error("no object was ever shared")
	}
}

// Goroutines that read the same object at once give each record once; those that
// leave early take none with them but their own group's.
func TestParquetReadersAtOnce(t *testing.T) {
	src := &randomSource{memorySource: memorySource{"a": parquetOf(t, made(20000), 500)}}
	var stats Stats
	s := NewScan(Options{Source: src, Columns: madeColumns, Stats: &stats, BadRows: Null}, oneAtATime(queueOf(objectOf("a"))))
	var group sync.WaitGroup
	var rows atomic.Int64
	for i := range 4 {
		r := s.Reader()
		group.Go(func() {
			defer r.Close()
			for batches := 0; i > 0 || batches < 2; batches++ {
				b, err := r.Next(t.Context())
				if err == io.EOF {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				rows.Add(int64(b.Rows))
			}
		})
	}
	group.Wait()
	if rows.Load() != stats.Records.Load() || src.open.Load() != 0 {
		t.Errorf("%d rows, %d records counted, %d open", rows.Load(), stats.Records.Load(), src.open.Load())
	}
}

// oneAtATime lets several goroutines take from a queue.
func oneAtATime(queue Queue) Queue {
	var mu sync.Mutex
	return func(ctx context.Context) (Object, error) {
		mu.Lock()
		defer mu.Unlock()
		return queue(ctx)
	}
}

// A source that fails is not the object's damage, whatever becomes of damaged objects.
func TestParquetSourceFails(t *testing.T) {
	body := parquetOf(t, made(3000), 1000)
	for _, at := range []int64{int64(len(body)) / 2, int64(len(body)) - 3} {
		src := &randomSource{memorySource: memorySource{"o.parquet": body}, failsAt: at}
		s := NewScan(Options{Source: src, Columns: madeColumns, Stats: new(Stats), BadFiles: Warn}, queueOf(objectOf("o.parquet")))
		_, err := readAll(t, s)
		if !errors.Is(err, errUnplugged) || !strings.Contains(err.Error(), "read object o.parquet: ") || src.open.Load() != 0 {
			t.Errorf("failing at byte %d: %v, %d open", at, err, src.open.Load())
		}
	}
}

// Of an object that can be read at any place, only the columns asked for are.
func TestParquetReadsTheColumnsAskedFor(t *testing.T) {
	src := &randomSource{memorySource: memorySource{"a": parquetOf(t, made(20000), 5000)}}
	var stats Stats
	s := NewScan(Options{Source: src, Columns: []schema.Column{{Name: "protocol", Type: schema.BigInt}}, Stats: &stats}, queueOf(objectOf("a")))
	rows, err := readAll(t, s)
	if size := int64(len(src.memorySource["a"])); err != nil || len(rows) != 20000 || stats.BytesRead.Load() > size/2+inputSize {
		t.Errorf("%v: %d rows, %d of %d bytes read", err, len(rows), stats.BytesRead.Load(), size)
	}
}
