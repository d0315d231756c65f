package partitions

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"

	"github.com/vpcq/vpcq/partitions/source"
)

// batchSize is how many objects of a day travel together to the consumer, and
// batchesAhead how many batches a day may be ahead of it.
const (
	batchSize    = 256
	batchesAhead = 4
)

// batch is some objects of a day, or the error that ends them.
type batch struct {
	objects []Object
	err     error
}

// stream yields the objects of the days in order, some at once, while the days
// that follow are listed already. It reports whether more are wanted.
func (d *Discovery) stream(ctx context.Context, days []node, yield func([]Object, error) bool) bool {
	ctx, cancel := context.WithCancel(ctx)
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	batches := make([]chan batch, len(days))
	for i := range batches {
		batches[i] = make(chan batch, batchesAhead)
	}
	group.Go(func() {
		// Days begin in order, so the one that the consumer waits for has begun.
		_ = parallel(ctx, d.Workers, len(days), func(ctx context.Context, i int) error {
			defer close(batches[i])
			l := lister{Discovery: d, out: batches[i], met: metBuffers.Get().(*[]Object)}
			defer metBuffers.Put(l.met)
			l.day(ctx, days[i])
			return nil
		})
	})
	for _, day := range batches {
		for b := range receive(ctx, day) {
			d.tally.kept(b.objects)
			if !yield(b.objects, b.err) || b.err != nil {
				return false
			}
		}
	}
	if err := ctx.Err(); err != nil {
		yield(nil, err)
		return false
	}
	return true
}

// receive gives what comes from c until c is closed or ctx is done.
func receive(ctx context.Context, c <-chan batch) iter.Seq[batch] {
	return func(yield func(batch) bool) {
		for {
			select {
			case b, ok := <-c:
				if !ok || !yield(b) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// metBuffers hold batches in the making: days mostly have fewer objects than fit.
var metBuffers = sync.Pool{New: func() any { b := make([]Object, 0, batchSize); return &b }}

// lister lists one day.
type lister struct {
	*Discovery
	out    chan<- batch
	met    *[]Object // of the next batch, in a buffer that the next day's use
	over   PassedOver
	pruned int // objects

	// What is known of the folder of the last object, which is mostly the next one's.
	folder    string
	partition *Partition // nil where it is ruled out
}

// day sends the objects of a day. The hours are listed one by one only where
// some of them are ruled out; else one listing gives all.
func (l *lister) day(ctx context.Context, n node) {
	var err error
	if l.rulesOutHours(best(n.readings)) {
		err = l.hours(ctx, n)
	} else {
		err = l.objects(ctx, n, n.prefix)
	}
	l.tally.count(func(r *Report) {
		r.PassedOver.add(l.over)
		r.ObjectsPruned += l.pruned
	})
	l.sendMet(ctx)
	if err != nil {
		l.send(ctx, batch{err: err})
	}
}

// hours sends the objects directly below n and those of the hours that are kept.
func (l *lister) hours(ctx context.Context, n node) error {
	l.tally.count(func(r *Report) { r.Listed++ })
	for entry, err := range l.source.Children(ctx, n.prefix) {
		if err != nil {
			return l.pardon(err)
		}
		if entry.Prefix == "" {
			l.object(ctx, n, entry.Object)
			continue
		}
		if hour, ok := l.child(n, entry.Prefix, &l.over); ok {
			if err := l.objects(ctx, n, hour.prefix); err != nil {
				return err
			}
		}
	}
	return ctx.Err()
}

// objects sends the objects at any depth below prefix, which is n's or lies below it.
func (l *lister) objects(ctx context.Context, n node, prefix string) error {
	l.tally.count(func(r *Report) { r.Listed++ })
	for o, err := range l.source.Objects(ctx, prefix) {
		if err == nil {
			l.object(ctx, n, o)
		} else if err := l.pardon(err); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// object sends an object below n, unless it is passed over or ruled out.
func (l *lister) object(ctx context.Context, n node, o source.Object) {
	below := o.Key[len(n.prefix):]
	if l.passesOver(below) {
		return
	}
	name, ok := ParseFileName(below)
	if ok && name.Service != service {
		l.over.Foreign++
		return
	}
	if prefix := folder(o.Key); prefix != l.folder || l.partition == nil {
		l.folder, l.partition = prefix, l.partitionOf(n, prefix)
	}
	if l.partition == nil {
		l.pruned++
		return
	}
	*l.met = append(*l.met, Object{Object: o, Partition: l.partition, FlowLog: name.FlowLog})
	if len(*l.met) == batchSize {
		l.sendMet(ctx)
	}
}

// sendMet sends the objects met since it was last called.
func (l *lister) sendMet(ctx context.Context) {
	l.send(ctx, batch{objects: slices.Clone(*l.met)})
	clear(*l.met)
	*l.met = (*l.met)[:0]
}

// passesOver counts the object, whose key ends so, if it is never read.
func (l *lister) passesOver(key string) bool {
	if strings.HasSuffix(key, "/") || key == "" {
		l.over.Markers++
		return true
	}
	for at := 0; at < len(key); at++ {
		end := strings.IndexByte(key[at:], '/')
		if end < 0 {
			end = len(key) - at
		}
		if l.over.passOver(key[at : at+end]) {
			return true
		}
		at += end
	}
	return false
}

// partitionOf returns the partition of the objects directly below prefix, which
// is n's or lies below it; nil where it is ruled out.
func (l *lister) partitionOf(n node, prefix string) *Partition {
	readings := n.readings
	for name := range strings.SplitSeq(strings.TrimSuffix(prefix[len(n.prefix):], "/"), "/") {
		if name != "" {
			readings = down(readings, name)
		}
	}
	r := best(readings)
	if !l.keep(r) {
		return nil
	}
	return partitionOf(prefix, r)
}

func (l *lister) send(ctx context.Context, b batch) {
	select {
	case l.out <- b:
	case <-ctx.Done():
	}
}
