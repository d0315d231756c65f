package loader

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"
	"unsafe"

	"github.com/vpcq/vpcq/schema"
)

var errClosed = errors.New("read objects: the reader is closed")

// split makes the fields of the line those of the next record.
func (r *Reader) split(start, end int) (found int) {
	if r.scan.separator != ' ' {
		return r.fields.splitBy(r.scan.separator, r.block.buf, start, end)
	}
	return r.fields.split(unsafe.Pointer(unsafe.SliceData(r.block.buf)), start, end)
}

// judge notes whether the next record, in which that many separators were found,
// is damaged, as far as it was looked at. What a table declares need not have as
// many fields as its records.
func (r *Reader) judge(found, start, end int) {
	need := r.plan.need
	switch {
	case found < need-1:
		r.fields.short = true
		if r.scan.opt.Declared != nil {
			return
		}
	case r.scan.opt.Declared != nil: // which may name more fields than records have, or fewer
		return
	case found >= need && need == len(r.plan.format.Columns), start == end:
	default:
		return
	}
	r.fields.mark(r.fields.rows)
}

// verify keeps the next record if nothing is wrong with any of its fields.
func (r *Reader) verify(found, start, end int) error {
	if err := r.wrong(found, start, end); err != nil {
		return r.refuse(err, start)
	}
	r.fields.rows++
	return nil
}

// refuse leaves the record that begins there out, or ends the scan.
func (r *Reader) refuse(err error, start int) error {
	if r.scan.opt.BadRows == Warn {
		r.reject(1)
		return nil
	}
	err = fmt.Errorf("%w; --bad-rows null reads it as Athena does, warn leaves it out", err)
	return &Error{Key: r.object.Key, Line: r.line, Offset: r.block.offset(start), Err: err}
}

// wrong returns what is wrong with the next record, or nil.
func (r *Reader) wrong(found, start, end int) error {
	columns := r.plan.format.Columns
	text := r.block.buf[start:end]
	if found != len(columns)-1 || start == end {
		return fmt.Errorf("%s where the format has %d", countFields(text, r.scan.separator), len(columns))
	}
	for _, c := range r.plan.numbers {
		if s, e := r.fields.at(r.fields.rows, c); !r.isNumber(s, e, columns[c].Type) {
			return fmt.Errorf("%s is %q, which is no %s", columns[c].Name, brief(r.block.buf[s:e]), columns[c].Type)
		}
	}
	if !r.block.ascii && !utf8.Valid(text) {
		return errors.New("text that is not UTF-8")
	}
	return nil
}

// isNumber reports whether the field is a number of type t, or missing.
func (r *Reader) isNumber(start, end int, t schema.Type) bool {
	n, ok := digits(unsafe.Pointer(unsafe.SliceData(r.block.buf)), start, end)
	if !ok {
		text := r.block.buf[start:end]
		if n, ok = parseLong(text); !ok {
			return isMissing(text)
		}
	}
	return t == schema.BigInt || n == int64(int32(n))
}

// countFields says how many fields line has.
func countFields(line []byte, separator byte) string {
	switch n := bytes.Count(line, []byte{separator}); {
	case len(line) == 0:
		return "no field"
	case n == 0:
		return "1 field"
	default:
		return fmt.Sprintf("%d fields", n+1)
	}
}

// brief returns the beginning of text, for messages.
func brief(text []byte) []byte { return text[:min(len(text), 40)] }
