package loader

import (
	"context"

	"github.com/vpcq/vpcq/schema"
)

// headerText is how much of an object FormatOf takes in at a time, in bytes of text.
const headerText = 32 << 10

// Found is what the beginning of an object tells of it.
type Found struct {
	Format  schema.Format
	Header  bool // it has a header line, or is Parquet
	Wrapped bool // its records are messages in JSON documents
}

// FormatOf returns the format of one object: from its header line, from its first
// record, or else opt.Format. Of opt it needs Source, Format, BadFiles and MustRead. ok is false
// where the object tells nothing: it is empty, cut short within its first line, or damaged
// and BadFiles lets that pass. Any other damage is an *Error.
func FormatOf(ctx context.Context, opt Options, object Object) (found Found, ok bool, err error) {
	scan := NewScan(Options{Source: opt.Source, Format: opt.Format, BadFiles: opt.BadFiles, MustRead: opt.MustRead, Stats: new(Stats)}, nil)
	scan.text = headerText
	r := scan.Reader()
	defer r.Close()
	r.object = object
	if err := r.open(ctx); err != nil {
		return Found{}, false, r.report(err)
	}
	if r.plan == nil {
		return Found{}, false, nil
	}
	return Found{Format: r.plan.format, Header: r.headers > 0 || r.columnar != nil, Wrapped: r.stream.wraps()}, true, nil
}
