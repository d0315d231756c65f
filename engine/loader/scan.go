package loader

import (
	"context"
	"slices"
	"sync"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/schema"
)

// Scan is one pass over a queue of objects. Its Readers may work at the same
// time, each in its own goroutine.
type Scan struct {
	opt       Options
	queue     Queue
	schema    *arrow.Schema
	separator byte // between the fields of text
	text      int  // of a block; tests make both small
	maxLine   int
	inParts   int64 // Parquet objects of more bytes are fetched in parts; tests make it small
	filters   []filter
	ahead     *lookahead // nil: readers open objects when they take them

	mu      sync.Mutex
	readers []*Reader // that are not closed
}

// NewScan returns a scan of the objects that queue gives.
func NewScan(opt Options, queue Queue) *Scan {
	s := &Scan{opt: opt, queue: queue, schema: arrowSchema(opt.Columns), separator: ' ', text: blockText, maxLine: maxLine, inParts: bigParquet,
		filters: newFilters(opt.Columns, opt.Where)}
	if opt.Declared != nil {
		s.separator = opt.Declared.Separator
	}
	return s
}

// ReadAhead makes the readers find objects opened, in the order of the queue, as
// far as the allowance goes; it is called before the first Reader. It is for
// sources that are source.Distant. ctx governs it and whatever the readers read:
// once it is done their calls fail. Nothing is opened before a reader asks for
// its first object, and when the last Reader is closed nothing is left open.
func (s *Scan) ReadAhead(ctx context.Context, allowance *Allowance) {
	s.ahead = &lookahead{ctx: ctx, source: s.opt.Source, queue: s.queue, claim: claim{allowance: allowance, whole: s.opt.Whole}}
}

// Reader returns a new reader of the scan, which must be closed. It takes
// objects from the queue until there are no more, and is for one goroutine.
func (s *Scan) Reader() *Reader {
	if s.ahead != nil {
		s.ahead.enter()
	}
	b := newBlock(s.text, s.maxLine)
	b.mayMend = s.verifies() || slices.ContainsFunc(s.opt.Columns, func(c schema.Column) bool { return c.Type == schema.String })
	r := &Reader{
		scan:    s,
		block:   b,
		vectors: newVectors(s.opt.Columns),
		out:     make([]Vector, len(s.opt.Columns)),
		kept:    make([]uint16, 0, MaxRows),
		lost:    make([]uint16, 0, MaxRows),
		dry:     true,
	}
	if d := s.opt.Declared; d != nil {
		r.parts = newTextParts(d.Parts)
	}
	if d := s.opt.Declared; d != nil && d.JSON != nil {
		r.json = newJSONRows(d.JSON)
		b.addValues()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readers = append(s.readers, r)
	return r
}

// leave forgets a reader.
func (s *Scan) leave(r *Reader) {
	r.stopLending()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.readers = slices.DeleteFunc(s.readers, func(other *Reader) bool { return other == r })
}

// others returns the readers but r.
func (s *Scan) others(r *Reader) []*Reader {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.readers), func(other *Reader) bool { return other == r })
}

// verifies reports whether every field of every record is looked at.
func (s *Scan) verifies() bool { return s.opt.BadRows == Fail || s.opt.BadRows == Warn }
