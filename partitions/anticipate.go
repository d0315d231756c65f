package partitions

import (
	"context"
	"iter"
	"strings"
	"sync"

	"github.com/vpcq/vpcq/partitions/source"
)

// anticipation is listings begun before the level above them has been listed.
// Each level of a bucket costs the time of a request, and most buckets branch
// only near their end: the first key tells at once which prefixes lead there, and
// what the names are likely to be below other accounts and regions.
type anticipation struct {
	ctx   context.Context // of the listings
	group sync.WaitGroup
	known chan struct{} // closed once the way is known, and its listings have begun
	way   []string      // the names on it, from the root down to the last above a day

	mu       sync.Mutex
	listings map[string]*listing
}

// listing is what lies directly below a prefix.
type listing struct {
	done    chan struct{} // closed once the rest is set
	entries []source.Entry
	whole   bool // whether entries is all
}

// listingLimit is how many entries of a listing are kept for later: a page of a bucket's.
const listingLimit = 1000

// anticipate begins to list the prefixes on the way to the source's first
// object, as far as the filter keeps them. It does nothing for a source that has
// no quick way to tell that object, nor where accounts or regions are chosen: a
// folder that a later choice rules out must not be listed. The caller must call
// stop, which waits for what is under way.
func (d *Discovery) anticipate(ctx context.Context) (stop func()) {
	peeker, ok := d.source.(source.Peeker)
	if !ok || d.choosesByPath() {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	a := &anticipation{ctx: ctx, known: make(chan struct{}), listings: map[string]*listing{}}
	a.group.Go(func() {
		defer close(a.known)
		for prefix := range d.wayDown(ctx, peeker) {
			a.way = strings.Split(strings.TrimSuffix(prefix, "/"), "/")
			a.begin(d.source, prefix)
		}
	})
	d.anticipated = a
	return func() { cancel(); a.group.Wait() }
}

// anticipateBelow begins to list what is likely to lie below n, which is not on
// the way itself: the same names as on the way, as far as the filter keeps them.
// Outside a layout nothing is likely.
func (d *Discovery) anticipateBelow(n node) {
	a := d.anticipated
	if n.prefix == "" || !a.isKnown() || !best(n.readings).sure {
		return
	}
	for i := strings.Count(n.prefix, "/"); i < len(a.way); i++ {
		n = node{n.prefix + a.way[i] + "/", down(n.readings, a.way[i])}
		if len(n.readings) == 0 || !d.keepAny(n.readings) || n.past(day) {
			return
		}
		a.begin(d.source, n.prefix)
	}
}

// isKnown reports whether the way is.
func (a *anticipation) isKnown() bool {
	if a == nil {
		return false
	}
	select {
	case <-a.known:
		return true
	default:
		return false
	}
}

// begin begins to list a prefix, unless that was done.
func (a *anticipation) begin(src source.Source, prefix string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.listings[prefix] != nil {
		return
	}
	l := &listing{done: make(chan struct{})}
	a.listings[prefix] = l
	a.group.Go(func() { l.fill(a.ctx, src, prefix) })
}

// choosesByPath reports whether accounts or regions of paths may be ruled out.
func (d *Discovery) choosesByPath() bool {
	if len(d.Accounts) > 0 || len(d.Regions) > 0 {
		return true
	}
	for _, column := range []string{"account_id", "region"} {
		if d.Filter.Mentions(column) {
			return true
		}
	}
	return false
}

// wayDown gives the prefixes below the root that lead to the first object's day,
// as far as the filter keeps them. Where the folder of another service comes
// first, it goes on with that of flow logs, if there is one.
func (d *Discovery) wayDown(ctx context.Context, peeker source.Peeker) iter.Seq[string] {
	return func(yield func(string) bool) {
		n := node{readings: standing(d.Root)}
		key := firstKey(ctx, peeker, "")
		for d.keepAny(n.readings) && !n.past(day) {
			if n.prefix != "" && !yield(n.prefix) {
				return
			}
			if folder := n.prefix + serviceFolder(n.readings); folder != n.prefix && !strings.HasPrefix(key, folder) {
				key = firstKey(ctx, peeker, folder)
			}
			name, _, ok := strings.Cut(strings.TrimPrefix(key, n.prefix), "/")
			if !ok {
				return
			}
			n = node{n.prefix + name + "/", down(n.readings, name)}
		}
	}
}

// firstKey returns the first key below prefix; it is empty where there is none.
// What is wrong is left for the listings to tell.
func firstKey(ctx context.Context, peeker source.Peeker, prefix string) string {
	first, _, _ := peeker.First(ctx, prefix)
	return first.Key
}

// serviceFolder returns the folder of flow logs among those of other services
// directly below a prefix with the readings rs, with its slash; it is empty where
// the layout has none there.
func serviceFolder(rs []reading) string {
	r := best(rs)
	if r.layout == open || r.complete() || !levels[r.layout][r.level].isService() {
		return ""
	}
	return levels[r.layout][r.level].text + "/"
}

// fill lists the prefix, unless it has more entries than are kept.
func (l *listing) fill(ctx context.Context, src source.Source, prefix string) {
	defer close(l.done)
	for entry, err := range src.Children(ctx, prefix) {
		if err != nil || len(l.entries) == listingLimit {
			l.entries = nil
			return
		}
		l.entries = append(l.entries, entry)
	}
	l.whole = true
}

// children lists what lies directly below n.
func (d *Discovery) children(ctx context.Context, n node) iter.Seq2[source.Entry, error] {
	l := d.anticipated.listing(ctx, n.prefix)
	if l == nil {
		d.anticipateBelow(n)
	}
	if l == nil || !l.whole {
		return d.source.Children(ctx, n.prefix)
	}
	return func(yield func(source.Entry, error) bool) {
		for _, entry := range l.entries {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// listing waits for what was anticipated of prefix, which may be nothing: nil.
func (a *anticipation) listing(ctx context.Context, prefix string) *listing {
	if a == nil || prefix == "" {
		return nil
	}
	select {
	case <-a.known:
	case <-ctx.Done():
		return nil
	}
	a.mu.Lock()
	l := a.listings[prefix]
	a.mu.Unlock()
	if l == nil {
		return nil
	}
	select {
	case <-l.done:
		return l
	case <-ctx.Done():
		return nil
	}
}
