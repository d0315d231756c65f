package partitions

import (
	"slices"
	"strings"
)

// named returns r with what the name of an object tells besides: all of it where
// no layout is sure, else what the folders do not tell.
func named(r reading, n FileName) reading {
	if !r.sure {
		r = nowhere
	}
	if r.account == "" {
		r.account = n.Account
	}
	if r.region == "" {
		r.region = n.Region
	}
	if day := n.day(); r.day == 0 && !day.IsZero() {
		r.year, r.month, r.day = day.Year(), int(day.Month()), day.Day()
	}
	r.sure = true
	return r
}

// yieldLoose yields the objects that lie in no complete layout. Those that are
// named as AWS names flow logs are always flow logs, and other services' never.
// The others are what the user pointed at if there is nothing else: where folders
// of a layout have been found they are foreign, and beside flow logs so are those
// whose names do not end like logs.
func (d *Discovery) yieldLoose(yield func([]Object, error) bool) {
	slices.SortFunc(d.loose, func(a, b found) int { return strings.Compare(a.Key, b.Key) })
	var over PassedOver
	kept, pruned := d.looseObjects(&over)
	d.tally.count(func(r *Report) {
		r.PassedOver.add(over)
		r.ObjectsPruned += pruned
	})
	for batch := range slices.Chunk(kept, batchSize) {
		d.tally.kept(batch)
		if !yield(batch, nil) {
			return
		}
	}
}

// looseObjects returns the loose objects to read, and how many the filter rules out.
func (d *Discovery) looseObjects(over *PassedOver) (kept []Object, pruned int) {
	type place struct {
		prefix string
		reading
	}
	known := make(map[place]*Partition)
	anyNamed := slices.ContainsFunc(d.loose, func(f found) bool {
		n, ok := ParseFileName(f.Key)
		return ok && n.Service == service
	})
	for _, f := range d.loose {
		r := f.reading
		n, ok := ParseFileName(f.Key)
		switch {
		case strings.HasSuffix(f.Key, "/"):
			over.Markers++
			continue
		case ok && n.Service == service:
			r = named(r, n)
		case ok, d.tally.inLayout, anyNamed && !endsLikeLog(f.Key):
			over.Foreign++
			continue
		}
		if !d.keep(r) {
			d.noteAccount(r)
			pruned++
			continue
		}
		at := place{folder(f.Key), r}
		if known[at] == nil {
			known[at] = partitionOf(at.prefix, r)
		}
		kept = append(kept, Object{Object: f.Object, Partition: known[at], FlowLog: n.FlowLog})
	}
	return kept, pruned
}

// endsLikeLog reports whether the key ends as those of log files do.
func endsLikeLog(key string) bool {
	return slices.ContainsFunc([]string{".log", ".gz", ".parquet", ".txt"}, func(end string) bool {
		return strings.HasSuffix(key, end)
	})
}
