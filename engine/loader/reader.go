package loader

import (
	"bytes"
	"context"
	"math"
	"unsafe"
)

// Reader hands out the records of the objects that it takes from its scan's
// queue. It is for one goroutine, starts none of its own, and holds about 2 MB.
type Reader struct {
	scan   *Scan
	stream stream
	block  *block
	err    error // that ended the reading

	object   Object
	fetched  *fetched // the object, where it was opened ahead
	opened   bool     // an object is open
	examined bool     // the object has been found without damage
	reported bool     // the object's damage has been counted
	dry      bool     // there is no whole line in the block
	line     int64
	header   []byte // of the object; nil: it has none
	headers  int    // lines of the object before its first record
	read     int64  // what of the object has been counted
	decoded  int64
	columnar *columnar // the object, where it is Parquet; nil: it is text

	plan      *plan
	planOf    []byte // the header line it is for
	told      *plan  // the latest whose format has been told
	fields    fields
	kept      []uint16 // memory of keepers
	lost      []uint16 // memory of inspect
	sifted    sifted
	none      bool // a value of the object's constants rules out all its records
	vectors   []vector
	out       []Vector
	extra     []byte // Batch.Text[1]: the object's constants, then the batch's mended strings
	constants int    // length of the constants

	json    *jsonRows // nil: lines are no JSON
	parts   textParts
	lending lending
}

// Next returns the next batch, which has at least one record, or io.EOF after
// the last. The batch is valid until the next call of one of the Reader's
// methods. An *Error names the object and the place of the damage; after any
// error there is nothing more to read.
func (r *Reader) Next(ctx context.Context) (Batch, error) {
	for {
		rows, err := r.next(ctx)
		if err != nil {
			return Batch{}, err
		}
		if rows == 0 {
			continue
		}
		if r.columnar == nil {
			r.decode()
		}
		r.given(int64(rows))
		return r.batch(), nil
	}
}

// Count returns the number of records of the next stretch of text, or io.EOF
// after the last: what the batches of Next would add up to, without looking at
// the records more than the policies ask for.
func (r *Reader) Count(ctx context.Context) (int64, error) {
	for {
		if err := r.advance(ctx); err != nil {
			return 0, err
		}
		if r.columnar != nil {
			if n := r.countRows(); n > 0 {
				return n, nil
			}
			continue
		}
		if r.plain() {
			if n := r.countLines(); n > 0 {
				return n, nil
			}
			continue
		}
		rows, err := r.next(ctx)
		if err != nil {
			return 0, err
		}
		if rows > 0 {
			r.given(int64(rows))
			return int64(rows), nil
		}
	}
}

// Close gives up the present object and the Reader's memory. Closing twice is
// harmless.
func (r *Reader) Close() {
	if r.block.buf == nil {
		return
	}
	if r.err == nil {
		r.err = errClosed
	}
	r.scan.leave(r)
	r.account()
	r.close()
	r.forget()
	r.block.buf = nil
	if r.scan.ahead != nil {
		r.scan.ahead.leave()
	}
}

// next finds the fields of the next records and returns their number, which may
// be none.
func (r *Reader) next(ctx context.Context) (rows int, err error) {
	if err := r.advance(ctx); err != nil {
		return 0, err
	}
	take := r.take
	if r.columnar != nil {
		take = r.takeRows
	}
	if r.err = take(); r.err != nil {
		return 0, r.err
	}
	return r.fields.rows, nil
}

// advance reads until there may be a whole line in the block.
func (r *Reader) advance(ctx context.Context) error {
	if r.err == nil {
		r.err = ctx.Err()
	}
	for r.dry && r.err == nil {
		switch {
		case !r.opened:
			r.err = r.openNext(ctx)
		case r.block.done:
			r.err = r.finish()
		default:
			r.err = r.fill()
		}
	}
	return r.err
}

// fill reads more text of the present object.
func (r *Reader) fill() error {
	r.dry = false
	if err := r.resume(); err != nil {
		return r.leave(err)
	}
	return nil
}

// take finds the fields of up to MaxRows records in the block that the scan's
// condition does not rule out.
func (r *Reader) take() error {
	b := r.block
	if b.skipping && !b.skipLine() || r.plan == nil {
		r.dry = true
		r.fields.rows = 0
		return nil
	}
	r.fields.reset(r.plan.need)
	r.beginJSON()
	for !r.dry && r.fields.rows < r.fields.room && !r.isFull() {
		from := r.fields.rows
		if err := r.takeLines(); err != nil {
			return err
		}
		r.sift(from)
	}
	return nil
}

// takeLines takes lines until the batch has room for no more of them, or the
// block has no more.
func (r *Reader) takeLines() error {
	b := r.block
	for r.takePlain(); r.fields.rows < r.fields.room && !r.isFull(); {
		end, next, ok := b.line()
		if !ok {
			r.dry = true
			return r.skipTooLong()
		}
		r.line++
		if err := r.takeLine(end); err != nil {
			return err
		}
		b.pos = next
	}
	return nil
}

// takePlain takes lines as long as they are plainly records: it is take for the
// common case.
func (r *Reader) takePlain() {
	b, f := r.block, &r.fields
	if !r.plain() {
		return
	}
	if r.scan.separator != ' ' {
		return // split looks for spaces
	}
	base, need := unsafe.Pointer(unsafe.SliceData(b.buf)), r.plan.need
	all := need == len(r.plan.format.Columns)
	for f.rows < f.room {
		length := bytes.IndexByte(b.buf[b.pos:b.end], '\n')
		if length < 0 {
			return
		}
		end := b.pos + length
		found := f.split(base, b.pos, end)
		if found < need-1 || all && found >= need || length == 0 {
			r.judge(found, b.pos, end)
		}
		f.rows++
		r.line++
		b.pos = end + 1
	}
}

// takeLine takes the line that ends there as a record, a header or neither.
func (r *Reader) takeLine(end int) error {
	start := r.block.pos
	if end-start > r.block.maxLine {
		r.reject(1)
		return r.report(damage{errLongLine(r.block.maxLine)})
	}
	if len(r.block.members) > 0 && r.isHeader(start, end) {
		r.scan.opt.Stats.Lines.Add(1)
		r.scan.opt.Stats.Headers.Add(1)
		return nil
	}
	if d := r.scan.opt.Declared; d != nil && d.Pattern != nil {
		return r.takeMatch(start, end)
	}
	if r.json != nil {
		return r.takeJSON(start, end)
	}
	found := r.split(start, end)
	if r.scan.verifies() {
		return r.verify(found, start, end)
	}
	r.judge(found, start, end)
	r.fields.rows++
	return nil
}

// takeMatch takes the line as a record whose fields are the groups of a pattern.
func (r *Reader) takeMatch(start, end int) error {
	matches := r.splitByPattern(start, end)
	if !matches && r.scan.verifies() {
		return r.refuse(errNoMatch, start)
	}
	if !matches {
		r.fields.mark(r.fields.rows)
	}
	r.fields.rows++
	return nil
}

// isHeader reports whether the line is the object's header again, as it stands
// where objects have been put together, each a gzip member with its header.
func (r *Reader) isHeader(start, end int) bool {
	return r.header != nil && r.block.startsMember() && string(r.block.buf[start:end]) == string(r.header)
}

// skipTooLong begins to skip a line that is too long, if the rest of the text is one.
func (r *Reader) skipTooLong() error {
	if r.block.done || !r.block.tooLong() {
		return nil
	}
	r.block.skipping = true
	r.block.skipRest()
	r.line++
	r.reject(1)
	return r.report(damage{errLongLine(r.block.maxLine)})
}

// plain reports whether the block's lines are its newlines, and all are records.
func (r *Reader) plain() bool {
	b := r.block
	return !r.scan.verifies() && r.json == nil && r.plan != nil && !b.skipping && len(b.members) == 0 && b.cr == math.MaxInt && !b.tooLong()
}

// countLines consumes the block's lines and returns their number.
func (r *Reader) countLines() int64 {
	n := r.block.countLines()
	r.dry = true
	r.line += n
	r.scan.opt.Stats.Lines.Add(n)
	r.scan.opt.Stats.Records.Add(n)
	return n
}

// given counts the records that are given out.
func (r *Reader) given(rows int64) {
	stats := r.scan.opt.Stats
	stats.Lines.Add(rows)
	stats.Records.Add(rows)
	stats.Damaged.Add(int64(r.fields.damaged()))
}
