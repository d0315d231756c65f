package loader

import (
	"io"
	"sync"
)

// lending is what a reader lets others have of its object. Once the queue is
// empty, a reader that has nothing to do takes turns with one that still reads a
// big object: whoever needs text inflates the next stretch, and then decodes its
// lines while the other inflates what follows. Nobody waits longer than for one
// stretch, and only for a reader that is at work: a back end may run the
// readers' goroutines in any order. Of Parquet whole row groups are lent. Whatever is not a plain line is left to the
// reader that opened the object; it alone ends it and tells of its damage.
type lending struct {
	mu   sync.Mutex
	on   bool   // the object is open, and its records may be given out by others
	rest *block // what the last borrower left of the text; nil: there never was one
	lent bool   // rest, and not the reader's own block, is where reading goes on
}

// stopLending is called before the object is ended.
func (r *Reader) stopLending() {
	r.lending.mu.Lock()
	defer r.lending.mu.Unlock()
	r.lending.on, r.lending.lent = false, false
}

// resume is block.fill where others may have taken text in between.
func (r *Reader) resume() error {
	l := &r.lending
	l.mu.Lock()
	defer l.mu.Unlock()
	defer r.account()
	if !l.lent {
		return r.block.fill(&r.stream)
	}
	l.lent = false
	r.block.follow(l.rest, l.rest.pos, r.stream.window())
	if l.rest.whole == 0 { // all that was read for a borrower, since it was not plain
		r.block.survey()
		return nil
	}
	return r.block.extend(&r.stream)
}

// borrow takes the next lines of an object that another reader has open, or
// returns io.EOF where none is to be had.
func (r *Reader) borrow() error {
	for _, other := range r.scan.others(r) {
		ok, err := other.lend(r)
		if err != nil {
			return err
		}
		if ok {
			r.sifted = sifted{}
			r.setConstants()
			r.dry = false
			return nil
		}
	}
	return io.EOF
}

// lend gives the next whole lines of the present object to another reader, and
// reports whether there were any.
func (r *Reader) lend(to *Reader) (ok bool, err error) {
	l := &r.lending
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.on && r.columnar != nil {
		return r.lendGroup(to), nil
	}
	from := r.block
	if l.lent {
		from = l.rest
	}
	if !l.on || r.plan == nil || from.done || from.whole == 0 {
		return false, nil
	}
	b, window := to.block, r.stream.window()
	b.follow(from, from.whole, window)
	if err := b.extend(&r.stream); err != nil {
		return false, r.report(err)
	}
	if l.rest == nil {
		l.rest = newBlock(r.scan.text, r.scan.maxLine)
	}
	l.lent = true
	if b.whole == 0 {
		l.rest.follow(b, b.pos, window)
		return false, nil
	}
	l.rest.follow(b, b.whole, window)
	l.rest.whole = l.rest.pos
	b.end, b.done, b.err = b.whole, false, nil
	to.object, to.plan, to.planOf, to.header, to.columnar = r.object, r.plan, r.planOf, r.header, nil
	return true, nil
}
