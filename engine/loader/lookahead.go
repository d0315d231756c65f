package loader

import (
	"context"
	"slices"
	"sync"

	"github.com/vpcq/vpcq/partitions/source"
)

// lookahead opens the objects of a scan's queue, in its order, before the
// readers ask for them. It has goroutines only while there are readers: the
// last one to close waits for them to end.
type lookahead struct {
	ctx    context.Context // of the pass
	source source.Source
	queue  Queue
	claim  claim

	mu      sync.Mutex
	readers int
	flight  *flight  // nil unless objects are being opened
	back    []Object // taken from the queue and given to nobody, before what the queue gives
}

// flight is the opening of objects from a reader's first wish until the last
// reader is closed.
type flight struct {
	cancel context.CancelFunc
	group  sync.WaitGroup
	jobs   chan func()   // for those who fetch; closed after the last
	found  chan *fetched // in the order of the queue; closed after the last
	err    error         // of the queue; set before found is closed
}

// take returns the next object, or the queue's error after the last.
func (l *lookahead) take(ctx context.Context) (*fetched, error) {
	flight := l.depart()
	select {
	case f, ok := <-flight.found:
		if !ok {
			return nil, flight.err
		}
		l.claim.leave()
		return f, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// depart returns the flight that is under way.
func (l *lookahead) depart() *flight {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.flight == nil {
		ctx, cancel := context.WithCancel(l.ctx)
		l.flight = &flight{cancel: cancel, jobs: make(chan func()), found: make(chan *fetched, aheadAtMost)}
		l.flight.group.Go(func() { l.fly(ctx, l.flight) })
	}
	return l.flight
}

// fly opens one object after the other, each as soon as the allowance permits.
func (l *lookahead) fly(ctx context.Context, flight *flight) {
	defer close(flight.found)
	defer close(flight.jobs)
	for {
		object, err := l.next(ctx)
		if err != nil {
			flight.err = err
			return
		}
		room := chunksFor(object.Object)
		if err := l.claim.reserve(ctx, room); err != nil {
			l.back = slices.Insert(l.back, 0, object)
			flight.err = err
			return
		}
		own, cancel := context.WithCancel(ctx)
		f := &fetched{object: object, allowance: l.claim.allowance, cancel: cancel, ready: make(chan struct{})}
		flight.do(func() { f.fetch(own, l.source, room) })
		flight.found <- f
	}
}

// do has a goroutine do the job: one that is done with others, if there is one,
// because its stack has grown already. A source's calls may be nested deeply, and
// to grow a new stack for each object costs as much as the rest of a request.
func (f *flight) do(job func()) {
	select {
	case f.jobs <- job:
	default:
		f.group.Go(func() {
			for more := true; more; job, more = <-f.jobs {
				job()
			}
		})
	}
}

// next gives the next object to open. Only fly calls it.
func (l *lookahead) next(ctx context.Context) (Object, error) {
	if len(l.back) == 0 {
		return l.queue(ctx)
	}
	object := l.back[0]
	l.back = l.back[1:]
	return object, nil
}

// enter counts a new reader.
func (l *lookahead) enter() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.readers++
}

// leave counts a reader less. The last one ends the flight; what was opened for
// nobody is closed, and is there for a reader that may still come.
func (l *lookahead) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.readers--
	if l.readers > 0 || l.flight == nil {
		return
	}
	l.flight.cancel()
	l.flight.group.Wait()
	var back []Object
	for f := range l.flight.found {
		back = append(back, f.object)
		l.claim.leave()
		_ = f.dispose() // nobody has read of it
	}
	l.back = append(back, l.back...)
	l.flight = nil
}
