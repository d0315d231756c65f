package loader

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"sync"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// Readers that share a queue read every object once, and leave nothing behind.
func TestReadersShareTheQueue(t *testing.T) {
	src := memorySource{}
	var objects []Object
	want := int64(0)
	for i := range 100 {
		key := fmt.Sprint(i)
		src[key] = zip(lines(i * 100))
		object := objectOf(key)
		object.Values = map[string]schema.Value{"hour": schema.IntValue(int64(i))}
		objects = append(objects, object)
		want += int64(i*100) * int64(i)
	}
	var mu sync.Mutex
	next := queueOf(objects...)
	queue := func(ctx context.Context) (Object, error) {
		mu.Lock()
		defer mu.Unlock()
		return next(ctx)
	}
	before := runtime.NumGoroutine()
	stats := new(Stats)
	scan := NewScan(Options{Source: src, Columns: columns("hour:int bytes:bigint"), Stats: stats}, queue)
	sums := make(chan int64)
	for range 4 {
		go func() { sums <- sumHours(t, scan) }()
	}
	got := <-sums + <-sums + <-sums + <-sums
	checkLines(t, stats)
	if got != want || stats.Objects.Load() != 100 || stats.Headers.Load() != 100 || stats.Records.Load() != 100*99*50 {
		t.Errorf("sum %d, %d objects, %d headers, %d records; want sum %d", got, stats.Objects.Load(), stats.Headers.Load(), stats.Records.Load(), want)
	}
	if !settles(before) {
		t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
	}
	decoded, stored := int64(0), int64(0)
	for i := range 100 {
		decoded += int64(len(lines(i * 100)))
		stored += int64(len(src[fmt.Sprint(i)]))
	}
	if stats.BytesDecoded.Load() != decoded || stats.BytesRead.Load() != stored {
		t.Errorf("%d bytes decoded of %d read, want %d of %d", stats.BytesDecoded.Load(), stats.BytesRead.Load(), decoded, stored)
	}
}

func sumHours(t *testing.T, scan *Scan) (sum int64) {
	r := scan.Reader()
	defer r.Close()
	for {
		b, err := r.Next(context.Background())
		if err != nil {
			if err != io.EOF {
				t.Error(err)
			}
			return sum
		}
		for i := range b.Rows {
			sum += int64(b.Vectors[0].Int32[i])
		}
	}
}
