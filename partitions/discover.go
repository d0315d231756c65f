package partitions

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// Options say what a Discovery looks for. The zero Options find everything.
type Options struct {
	// Root is what stands before the source's keys, such as
	// "AWSLogs/111122223333/"; empty: what source.Root says.
	Root string

	// Filter rules out prefixes by its conditions on date, hour, account_id,
	// region, the keys of Hive-compatible layouts, start and end. What is kept
	// may still hold records that do not satisfy it.
	Filter schema.Predicate

	// From (inclusive) and To (exclusive) rule out folders by the time in their
	// names, without any margin; zero: no limit. Objects of no known date are kept.
	From, To time.Time

	// Accounts and Regions rule out folders of others; empty: all.
	Accounts, Regions []string

	// Unlisted is told of each prefix that is a source.ErrUnreadable: it is left
	// out with all that lies below it. It is called from several goroutines at
	// once. nil: such an error ends the discovery, as that of the source's root does.
	Unlisted func(error)

	// Workers is how many prefixes are listed at once; 0: source.ListingsAtOnce.
	Workers int
}

// Object is an object of flow logs and where it lies.
type Object struct {
	source.Object
	Partition *Partition // shared by its objects; read only
	FlowLog   string     // the id of the flow log, from the object's name; may be empty
}

// Discovery lists a source and leaves out what its filter rules out.
type Discovery struct {
	source source.Source
	pruning
	tally *tally
	loose []found

	anticipated *anticipation // nil where nothing is
}

// found is an object that lies in no complete layout, and what its prefix tells.
type found struct {
	source.Object
	reading reading
}

// node is a prefix to be listed.
type node struct {
	prefix   string
	readings []reading
}

// past reports whether the layout's folder for p has been read on the way to
// the node; where no layout is sure there may be one further down.
func (n node) past(p part) bool {
	return !slices.ContainsFunc(n.readings, func(r reading) bool { return !r.sure || !r.past(p) })
}

// Discover returns a discovery in src. Nothing is listed before Objects. Outside
// AWSLogs every folder is looked into, because a layout may begin below any
// prefix: a source that holds much else is better opened further down.
func Discover(src source.Source, o Options) *Discovery {
	if o.Root == "" {
		o.Root = source.Root(src)
	}
	if o.Workers <= 0 {
		o.Workers = source.ListingsAtOnce(src)
	}
	return &Discovery{source: src, pruning: pruning{Options: o}, tally: newTally()}
}

// Report returns what has been found so far; it is complete once the sequence
// of Objects has ended. It may be called at any time.
func (d *Discovery) Report() Report { return d.tally.snapshot() }

// Objects lists the source and gives the kept objects: those in partitions in
// the order of the keys, then the loose ones likewise. The first error ends the
// sequence. Of Objects and All one may be called, once.
func (d *Discovery) Objects(ctx context.Context) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		for objects, err := range d.batches(ctx) {
			if err != nil {
				yield(Object{}, err)
				return
			}
			for _, o := range objects {
				if !yield(o, nil) {
					return
				}
			}
		}
	}
}

// All lists the source and returns what Objects gives, or the first error.
func (d *Discovery) All(ctx context.Context) ([]Object, error) {
	var all [][]Object
	for objects, err := range d.batches(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, objects)
	}
	return slices.Concat(all...), nil // the slice is made once, of the right size
}

// batches gives the kept objects in their order, some at once.
//
// The levels are listed one after the other, each level's prefixes at once, so
// that a prefix that is ruled out is never listed. Accounts are known before any
// is ruled out by a condition on account_id, and regions likewise.
func (d *Discovery) batches(ctx context.Context) iter.Seq2[[]Object, error] {
	return func(yield func([]Object, error) bool) {
		stop := d.anticipate(ctx)
		defer stop()
		days, err := d.days(ctx)
		if err != nil {
			yield(nil, err)
			return
		}
		if d.stream(ctx, days, yield) {
			d.yieldLoose(yield)
		}
	}
}

// days returns the prefixes of the days that are kept.
func (d *Discovery) days(ctx context.Context) ([]node, error) {
	nodes, err := d.regions(ctx)
	if err != nil {
		return nil, err
	}
	return d.descend(ctx, nodes, day)
}

// regions returns the prefixes of the regions that are kept.
func (d *Discovery) regions(ctx context.Context) ([]node, error) {
	root := node{readings: standing(d.Root)}
	d.tally.met(best(root.readings))
	nodes, err := d.descend(ctx, d.kept([]node{root}), account)
	if err != nil {
		return nil, err
	}
	d.byAccount = d.byPath("account_id", d.Report().Accounts)
	nodes, err = d.descend(ctx, d.kept(nodes), region)
	if err != nil {
		return nil, err
	}
	d.byRegion = d.byPath("region", d.Report().Regions)
	return d.kept(nodes), nil
}

// kept returns the nodes that the filter does not rule out and counts the others.
func (d *Discovery) kept(nodes []node) []node {
	return slices.DeleteFunc(nodes, func(n node) bool { return !d.wants(n) })
}

func (d *Discovery) wants(n node) bool {
	if d.keepAny(n.readings) {
		return true
	}
	d.tally.count(func(r *Report) { r.Pruned++ })
	d.noteAccount(best(n.readings))
	return false
}

// noteAccount notes the account of what was ruled out, if it was because of it.
func (d *Discovery) noteAccount(r reading) {
	if d.byAccount && r.account != "" && !d.allows("account_id", r.account) {
		d.tally.count(func(*Report) { d.tally.accountsPruned[r.account] = true })
	}
}

// descend lists nodes and what lies below them until every prefix is past p; the
// prefixes come in the order of the keys.
func (d *Discovery) descend(ctx context.Context, nodes []node, p part) ([]node, error) {
	for {
		below := make([][]node, len(nodes))
		listed := false
		var loose sync.Mutex
		err := parallel(ctx, d.Workers, len(nodes), func(ctx context.Context, i int) error {
			if nodes[i].past(p) {
				below[i] = nodes[i : i+1]
				return nil
			}
			children, objects, err := d.list(ctx, nodes[i])
			if nodes[i].prefix != "" { // without the root there is nothing
				err = d.pardon(err)
			}
			loose.Lock()
			defer loose.Unlock()
			d.loose = append(d.loose, objects...)
			below[i], listed = children, true
			return err
		})
		if err != nil || !listed {
			return nodes, err
		}
		nodes = slices.Concat(below...)
	}
}

// list returns what lies directly below n and is not ruled out.
func (d *Discovery) list(ctx context.Context, n node) (below []node, objects []found, err error) {
	d.tally.count(func(r *Report) { r.Listed++ })
	var over PassedOver
	defer func() { d.tally.count(func(r *Report) { r.PassedOver.add(over) }) }()
	here := best(n.readings)
	for entry, err := range d.children(ctx, n) {
		switch {
		case err != nil:
			return nil, nil, err
		case entry.Prefix != "":
			if child, ok := d.child(n, entry.Prefix, &over); ok {
				below = append(below, child)
			}
		case !over.passOver(entry.Object.Key):
			objects = append(objects, found{entry.Object, here})
			d.meetName(entry.Object.Key)
		}
	}
	return below, objects, nil
}

// pardon returns the error of a listing, or nil where what it is of is left out.
func (d *Discovery) pardon(err error) error {
	if d.Unlisted == nil || !errors.Is(err, source.ErrUnreadable) {
		return err
	}
	d.tally.count(func(r *Report) { r.Unlisted++ })
	d.Unlisted(err)
	return nil
}

// child returns the node of a prefix directly below n; ok is false where it is
// foreign or ruled out.
func (d *Discovery) child(n node, prefix string, over *PassedOver) (child node, ok bool) {
	if over.passOver(prefix) {
		return node{}, false
	}
	name := prefix[len(n.prefix) : len(prefix)-1]
	child = node{prefix, down(n.readings, name)}
	if len(child.readings) == 0 {
		over.Foreign++
		return node{}, false
	}
	if r := best(child.readings); r.sure {
		d.tally.met(r)
		d.tally.count(func(*Report) { d.tally.inLayout = true })
	}
	return child, d.wants(child)
}

// meetName notes the account and region that the name of a loose object tells.
func (d *Discovery) meetName(key string) {
	if n, ok := ParseFileName(key); ok && n.Service == service {
		d.tally.met(named(nowhere, n))
	}
}

// parallel calls do for 0 to n-1, on so many goroutines at most, of which the
// caller's is one, and returns the first error, after which it begins no other call.
func parallel(ctx context.Context, workers, n int, do func(ctx context.Context, i int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	work := func() {
		for ctx.Err() == nil {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			if err := do(ctx, i); err != nil {
				cancel(err)
			}
		}
	}
	var group sync.WaitGroup
	for range min(workers, n) - 1 { // not a goroutine for each call: a stack that has grown serves the next
		group.Go(work)
	}
	work()
	group.Wait()
	return context.Cause(ctx)
}
