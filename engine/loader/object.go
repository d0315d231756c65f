package loader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/vpcq/vpcq/engine/loader/inflate"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

var errNoHeader = errors.New("no header line")

// openNext takes the next object from the queue and opens it, unless it is
// damaged and may be left out. Behind the last object it borrows text of one
// that another reader reads.
func (r *Reader) openNext(ctx context.Context) error {
	r.lending.mu.Lock()
	taken, err := r.openTaken(ctx)
	belongs := err == nil && taken && r.belongs()
	r.lending.on = belongs && r.mayLend()
	r.lending.mu.Unlock()
	switch {
	case err == io.EOF && !taken:
		return r.borrow()
	case err != nil && taken:
		return r.leave(err)
	case err != nil:
		return err
	case !belongs:
		r.account()
		return r.close()
	}
	r.start()
	return nil
}

// mayLend reports whether others may give out records of the present object. A
// row group of Parquet may be damaged, and under Warn the reader that opened the
// object counts what is lost.
func (r *Reader) mayLend() bool {
	return !r.scan.verifies() && (r.columnar == nil || r.scan.opt.BadFiles != Warn)
}

// belongs reports whether the records of the present object are to be read.
func (r *Reader) belongs() bool {
	empty := r.columnar == nil && r.block.done && r.block.pos == r.block.end
	return r.scan.opt.Takes == nil || r.plan == nil || empty && r.headers == 0 || r.scan.opt.Takes(r.plan.format)
}

// openTaken takes and opens the next object; taken is false where there is none.
func (r *Reader) openTaken(ctx context.Context) (taken bool, err error) {
	if err := r.takeNext(ctx); err != nil {
		return false, err
	}
	r.reported, r.examined = false, false
	r.scan.opt.Stats.Objects.Add(1)
	if r.scan.opt.BadFiles == Skip {
		if err := r.examine(ctx); err != nil {
			return true, err
		}
		r.examined = true
	}
	return true, r.open(ctx)
}

// takeNext takes the next object from the queue.
func (r *Reader) takeNext(ctx context.Context) (err error) {
	r.forget()
	if r.scan.ahead == nil {
		r.object, err = r.scan.queue(ctx)
		return err
	}
	if r.fetched, err = r.scan.ahead.take(ctx); err == nil {
		r.object = r.fetched.object
	}
	return err
}

// forget gives up what was opened ahead, and what was borrowed.
func (r *Reader) forget() {
	if r.borrows() && r.columnar.shared != nil {
		_ = r.columnar.shared.Close() // a file that was only read
	}
	r.columnar = nil
	if r.fetched != nil {
		_ = r.fetched.dispose() // whatever was read of it has been closed already
		r.scan.ahead.claim.finish()
		r.fetched = nil
	}
}

// borrows reports whether what is read are row groups of another reader's object.
func (r *Reader) borrows() bool { return r.columnar != nil && r.columnar.lent }

// body opens the present object, or gives what was opened ahead.
func (r *Reader) body(ctx context.Context) (io.ReadCloser, error) {
	if r.fetched != nil {
		again := r.scan.opt.BadFiles == Skip && !r.examined
		if body, ok, err := r.fetched.open(ctx, again); ok {
			return body, err
		}
	}
	return r.scan.opt.Source.Open(ctx, r.object.Key)
}

// open opens the present object, and reads its header line if it has one.
func (r *Reader) open(ctx context.Context) error {
	r.block.reset()
	r.read, r.decoded, r.line = 0, 0, 0
	body, err := r.body(ctx)
	if err != nil {
		return blameSource(err)
	}
	r.stream.open(ctx, body, r.object.Size)
	r.opened, r.dry = true, false
	r.header, r.columnar = nil, nil
	if r.stream.begins(parquetMagic) {
		return r.openParquet()
	}
	if d := r.scan.opt.Declared; d != nil {
		return r.openDeclared(d)
	}
	r.stream.unwrap(1)
	end, next, ok, err := r.wholeLine()
	if err != nil {
		return err
	}
	r.headers = 0
	if ok && end-r.block.pos <= r.block.maxLine && r.readHeader(r.block.buf[r.block.pos:end]) {
		r.block.pos, r.headers = next, 1
		return nil
	}
	if ok && r.readExport(r.block.buf[r.block.pos:end]) {
		return nil
	}
	if ok {
		return r.headless(r.block.buf[r.block.pos:end])
	}
	return r.headless(nil)
}

// headless sets the format of an object without a header line, whose first line
// is line; nil: it has none.
func (r *Reader) headless(line []byte) error {
	switch {
	case bytes.HasPrefix(r.block.buf[r.block.pos:r.block.end], parquetMagic):
		return damage{errZipped}
	case r.scan.opt.Format != nil:
		r.setPlan(nil, *r.scan.opt.Format)
	case isDefaultRecord(line):
		r.setPlan(nil, schema.DefaultVPC)
	case line != nil || r.block.tooLong():
		return damage{noHeader(r.block.buf[r.block.pos:r.block.end])}
	}
	return nil // empty, or cut short within its first line
}

// packed are the first bytes of what other programs compress.
var packed = []struct{ begins, by string }{
	{"PK\x03\x04", "zip"}, {"\x28\xb5\x2f\xfd", "zstd"}, {"BZh", "bzip2"}, {"\xfd7zXZ\x00", "xz"}, {"7z\xbc\xaf\x27\x1c", "7z"},
}

// noHeader is the error for text without a header line; it shows how it begins.
func noHeader(text []byte) error {
	for _, p := range packed {
		if bytes.HasPrefix(text, []byte(p.begins)) {
			return fmt.Errorf("%w, but what %s compressed: unpack it first", errNoHeader, p.by)
		}
	}
	line, _, _ := bytes.Cut(text[:min(len(text), 40)], []byte("\n"))
	return fmt.Errorf("%w, but %q: give --log-format if it is a flow log", errNoHeader, line)
}

// readHeader sets the format that line announces, and reports whether it does.
func (r *Reader) readHeader(line []byte) bool {
	if r.plan == nil || r.planOf == nil || !bytes.Equal(line, r.planOf) {
		format, ok := schema.ParseHeader(line)
		if !ok {
			return false
		}
		r.setPlan(bytes.Clone(line), format)
	}
	r.header = r.planOf
	return true
}

// setPlan plans the reading of records of that format; header is the line it
// comes from, or nil.
func (r *Reader) setPlan(header []byte, format schema.Format) {
	if r.plan == nil || header != nil || r.planOf != nil {
		r.plan = newPlan(format, r.scan.opt.Columns, r.scan.verifies())
	}
	r.planOf = header
}

// start tells the format, counts the header lines and fills the columns that the
// object lacks. An object that is left out for its damage does not come so far.
func (r *Reader) start() {
	r.sifted = sifted{}
	r.line += int64(r.headers)
	r.scan.opt.Stats.Lines.Add(int64(r.headers))
	r.scan.opt.Stats.Headers.Add(int64(r.headers))
	if r.plan == nil {
		return
	}
	if r.plan != r.told && r.scan.opt.Header != nil {
		r.told = r.plan
		r.scan.opt.Header(r.object, r.plan.format)
	}
	r.setConstants()
}

// setConstants fills the vectors of the columns that the object lacks.
func (r *Reader) setConstants() {
	r.extra = r.extra[:0]
	for i, c := range r.scan.opt.Columns {
		if r.plan.fields[i] >= 0 {
			continue
		}
		k := r.constant(c)
		offset := len(r.extra)
		r.extra = append(r.extra, k.Text...)
		if v := &r.vectors[i]; !v.Constant || v.value != k || len(k.Text) > InlineLen {
			v.fill(k, offset)
		}
	}
	r.constants = len(r.extra)
	r.none = r.scan.ruledOut(r.plan, func(column int) constant { return r.constant(r.scan.opt.Columns[column]) })
}

// constant is the value of a column that the object lacks.
func (r *Reader) constant(c schema.Column) constant {
	if value, ok := r.object.Values[c.Name]; ok {
		return constantOf(value, c.Type)
	}
	return constant{}
}

// examine reads the whole object and returns its damage.
func (r *Reader) examine(ctx context.Context) error {
	if err := r.open(ctx); err != nil {
		return err
	}
	if r.columnar != nil {
		if err := r.examineRows(); err != nil {
			return err
		}
	}
	for {
		if err := r.block.skipLines(); err != nil {
			return err
		}
		if r.block.done {
			break
		}
		if err := r.block.fill(&r.stream); err != nil {
			return err
		}
	}
	if r.block.err != nil {
		return r.block.err
	}
	return r.close()
}

// finish ends the present object, all of whose text has been read.
func (r *Reader) finish() error {
	r.stopLending()
	r.scan.opt.Stats.Lines.Add(r.stream.controls())
	r.scan.opt.Stats.Headers.Add(r.stream.controls())
	if r.block.err != nil {
		if r.block.pos < r.block.end && !r.block.skipping {
			r.reject(1)
		}
		return r.leave(r.block.err)
	}
	r.account()
	return r.close()
}

// leave ends the present object because of err, and returns nil if that is
// damage that need not end the scan.
func (r *Reader) leave(err error) error {
	r.stopLending()
	err = r.report(err)
	r.account()
	if closing := r.close(); err == nil {
		err = closing
	}
	return err
}

// report tells of damage of the present object and returns nil, or returns the
// error that ends the scan.
func (r *Reader) report(err error) error {
	var bad damage
	isDamage := errors.As(err, &bad)
	begun := r.opened || r.borrows()
	named := (!isDamage || errors.Is(err, source.ErrUnreadable)) && strings.Contains(err.Error(), r.object.Key)
	switch {
	case isDamage, begun:
	case named:
		return err
	default:
		return fmt.Errorf("read object %s: %w", r.object.Key, err)
	}
	e := &Error{Key: r.object.Key, Offset: r.place(err), Err: err, named: named, Left: !begun || r.scan.opt.BadFiles == Skip}
	if !isDamage || !r.passes(e, bad.error) {
		return e
	}
	if !r.reported {
		r.reported = true
		r.scan.opt.Stats.ObjectsSkipped.Add(1)
	}
	if r.scan.opt.Warn != nil {
		r.scan.opt.Warn(e)
	}
	return nil
}

// place is where in the present object's bytes err was met; -1: nowhere.
func (r *Reader) place(err error) int64 {
	if !r.opened || r.columnar != nil || errors.Is(err, errDamagedParquet) || errors.Is(err, errNoHeader) {
		return -1
	}
	return r.stream.offset()
}

// passes words the error of an object's damage, and reports whether the scan goes on.
func (r *Reader) passes(e *Error, bad error) bool {
	e.Err = bad
	policy := r.scan.opt.BadFiles
	if r.scan.opt.MustRead && errors.Is(bad, source.ErrUnreadable) {
		policy = Fail
	}
	switch {
	case policy == Skip && r.examined && r.opened:
		if !e.named {
			e.Err = fmt.Errorf("the object changed while it was read: %w", bad)
		}
		return false
	case policy == Warn && errors.Is(bad, inflate.ErrChecksum):
		e.Err = fmt.Errorf("%w, so that any of its records may be wrong", bad)
		return true
	case policy == Warn, policy == Skip:
		return true
	case e.Left:
		e.Err = fmt.Errorf("%w; --bad-files skip leaves the object out", bad)
	default:
		e.Err = fmt.Errorf("%w; --bad-files warn keeps what came before, skip leaves the object out", bad)
	}
	return false
}

// account counts the bytes read since it was last called.
func (r *Reader) account() {
	if !r.opened {
		return
	}
	read, decoded := r.stream.body.read, r.block.offset(r.block.end)
	r.scan.opt.Stats.BytesRead.Add(read - r.read)
	r.scan.opt.Stats.BytesDecoded.Add(decoded - r.decoded)
	r.read, r.decoded = read, decoded
}

// reject counts lines that are left out.
func (r *Reader) reject(lines int64) {
	r.scan.opt.Stats.Lines.Add(lines)
	r.scan.opt.Stats.Rejected.Add(lines)
}

// close closes the present object, if one is open.
func (r *Reader) close() error {
	r.dry = true
	if !r.opened {
		return nil
	}
	r.opened = false
	if err := r.stream.close(); err != nil {
		return &Error{Key: r.object.Key, Offset: r.read, Err: err}
	}
	return nil
}
