package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/vpcq/vpcq/partitions"
)

const (
	// keptAtMost is how many stored bytes a partition has, at most, that KeepUsed
	// keeps: one is written as a whole, and the user waits.
	keptAtMost = 1 << 30

	// keptFrom is the share of a partition's bytes that must be new, one in so
	// many: a day that still grows is else written anew with each question.
	keptFrom = 4
)

// noteRead notes the partitions that a result has read from the source to their
// ends, for KeepUsed.
func (e *Engine) noteRead(r *Result) {
	if e.options.Cache == nil || e.options.CacheOnly || !r.readAll() {
		return
	}
	for i, s := range r.plan.Scans {
		if readsMore(s) || len(r.served[i].objects) == 0 || s.Report.ObjectsPruned > 0 {
			continue
		}
		left := byPrefix(r.served[i].objects)
		for prefix, objects := range byPrefix(s.Objects) {
			if stored := bytesOf(objects); stored <= keptAtMost && bytesOf(left[prefix])*keptFrom >= stored && len(left[prefix]) > 0 {
				e.read[prefix] = objects
			}
		}
	}
}

// readAll reports whether the rows came to their end after all objects that the
// cache does not have were read: a LIMIT may have left some.
func (r *Result) readAll() bool {
	var objects, bytes int64
	for _, v := range r.served {
		objects += int64(len(v.objects))
		bytes += bytesOf(v.objects)
	}
	return r.ended && r.scanned.Objects.Load() >= objects && r.scanned.BytesRead.Load() >= bytes
}

func bytesOf(objects []partitions.Object) (n int64) {
	for _, o := range objects {
		n += o.Size
	}
	return n
}

// byPrefix is byPartition by the partitions' prefixes.
func byPrefix(objects []partitions.Object) map[string][]partitions.Object {
	all := map[string][]partitions.Object{}
	for _, group := range byPartition(objects) {
		all[group[0].Partition.Prefix] = group
	}
	return all
}

// KeepUsed puts into the cache what this engine's results, closed since the last
// call, have read from the source, where an earlier statement, perhaps of another
// process, had read it too. It reads the objects again, and begins no partition
// once limit is over; how many there are to do it tells begin before, which is
// not called where there are none. What was read for the first time is noted
// beside the entries.
func (e *Engine) KeepUsed(ctx context.Context, limit time.Duration, begin func(partitions int)) (CacheReport, error) {
	var report CacheReport
	read := e.read
	e.read = map[string][]partitions.Object{}
	storer, ok := e.backend.(Storer)
	if len(read) == 0 || !ok {
		return report, nil
	}
	again, err := e.options.Cache.Seen(slices.Sorted(maps.Keys(read)))
	if err != nil || len(again) == 0 {
		return report, err
	}
	begin(len(again))
	began := time.Now()
	for _, prefix := range again {
		if time.Since(began) > limit {
			break
		}
		err := e.buildPartition(ctx, storer, read[prefix], &report)
		if ctx.Err() != nil {
			return report, ctx.Err()
		}
		if err != nil {
			return report, fmt.Errorf("keep what was read: %w", err)
		}
	}
	return report, nil
}
