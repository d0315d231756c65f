package loader

import (
	"bytes"
	"regexp"

	"github.com/vpcq/vpcq/schema"
)

// Declared is how a table declares that its objects hold records: the
// fields by their position, whatever an object's first line says (Hive's
// LazySimpleSerDe), as groups of a pattern (RegexSerDe), or as members of JSON
// documents; or that they are Parquet.
type Declared struct {
	Format    schema.Format  // the fields of a record; in Parquet the columns, with the types they are declared with
	Parquet   bool           // objects are Parquet, columns are found by name, and the rest says nothing
	Separator byte           // between fields
	Pattern   *regexp.Regexp // whose groups are the fields, in place of Separator; it must match whole lines
	Parts     *TextParts     // of fields that have parts; nil: none has
	JSON      *JSON          // lines are JSON documents, and Separator and Pattern say nothing; or nil
	Skip      int            // lines at the beginning of each object that are no records: "skip.header.line.count"

	// Header is told of the formats that first lines announce, skipped or not,
	// once or more often each, so that somebody can see whether the declaration
	// fits. Its error ends the scan. It may be nil, and is called from several
	// goroutines.
	Header func(Object, schema.Format) error
}

// openDeclared passes over the lines that the declaration says to skip. A first
// line that is a header is told, skipped or not.
func (r *Reader) openDeclared(d *Declared) error {
	r.headers = 0
	if d.Parquet && !r.stream.isEmpty() {
		return damage{errNoParquet}
	}
	for {
		end, next, ok, err := r.wholeLine()
		switch {
		case err != nil:
			return err
		case r.headers == 0 && bytes.HasPrefix(r.block.buf[r.block.pos:r.block.end], parquetMagic):
			return damage{errZipped}
		case !ok && r.block.tooLong() && r.headers < d.Skip, ok && end-r.block.pos > r.block.maxLine && r.headers < d.Skip:
			return damage{errLongLine(r.block.maxLine)}
		}
		if ok && r.headers == 0 {
			if err := r.showHeader(r.block.buf[r.block.pos:end]); err != nil {
				return err
			}
		}
		if !ok || r.headers == d.Skip {
			break
		}
		r.block.pos = next
		r.headers++
	}
	if r.plan == nil {
		r.plan = newPlan(d.Format, r.scan.opt.Columns, r.scan.verifies())
		if d.Pattern != nil || d.JSON != nil {
			r.plan.byGroups()
		}
	}
	return nil
}

// showHeader tells of the format that a declared object's first line announces,
// if it announces one: once for objects that follow each other with the same.
func (r *Reader) showHeader(line []byte) error {
	if r.scan.opt.Declared.Header == nil || r.planOf != nil && bytes.Equal(line, r.planOf) {
		return nil
	}
	format, ok := schema.ParseHeader(line)
	if !ok {
		return nil
	}
	r.planOf = bytes.Clone(line)
	return r.scan.opt.Declared.Header(r.object, format)
}

// wholeLine returns the end of the line at the block's place and the start of
// the next, reading on as far as that takes. ok is false where the object has no
// further line, or one that is too long or cut short.
func (r *Reader) wholeLine() (end, next int, ok bool, err error) {
	end, next, ok = r.block.line()
	for !ok && !r.block.done && !r.block.tooLong() {
		if err := r.block.fill(&r.stream); err != nil {
			return 0, 0, false, err
		}
		end, next, ok = r.block.line()
	}
	return end, next, ok, nil
}
