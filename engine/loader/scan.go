package loader

import (
	"slices"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/schema"
)

// Scan is one pass over a queue of objects. Its Readers may work at the same
// time, each in its own goroutine.
type Scan struct {
	opt     Options
	queue   Queue
	schema  *arrow.Schema
	text    int // of a block; tests make both small
	maxLine int
}

// NewScan returns a scan of the objects that queue gives.
func NewScan(opt Options, queue Queue) *Scan {
	return &Scan{opt: opt, queue: queue, schema: arrowSchema(opt.Columns), text: blockText, maxLine: maxLine}
}

// Reader returns a new reader of the scan, which must be closed. It takes
// objects from the queue until there are no more, and is for one goroutine.
func (s *Scan) Reader() *Reader {
	b := newBlock(s.text, s.maxLine)
	b.mayMend = s.verifies() || slices.ContainsFunc(s.opt.Columns, func(c schema.Column) bool { return c.Type == schema.String })
	return &Reader{
		scan:    s,
		block:   b,
		vectors: newVectors(s.opt.Columns),
		out:     make([]Vector, len(s.opt.Columns)),
		dry:     true,
	}
}

// verifies reports whether every field of every record is looked at.
func (s *Scan) verifies() bool { return s.opt.BadRows == Fail || s.opt.BadRows == Warn }
