package loader

import (
	"math/bits"
	"slices"
	"unicode/utf8"
	"unsafe"

	"github.com/vpcq/vpcq/schema"
)

// filter is what Options.Where says of one column: the values to keep.
type filter struct {
	column int // of the projection
	kind   schema.Type
	ints   schema.Set[int64]
	texts  schema.Set[string]
	words  []string // the texts where they are a few single ones, else nil
}

// maxWords is up to how many strings are compared one after the other.
const maxWords = 8

// newFilters returns the filters of those columns of which where says something.
func newFilters(columns []schema.Column, where schema.Predicate) []filter {
	var filters []filter
	for i, c := range columns {
		f := filter{column: i, kind: c.Type}
		switch c.Type {
		case schema.Int, schema.BigInt, schema.Date:
			f.ints = where.Ints(c.Name)
		case schema.String:
			f.texts = where.Strings(c.Name)
			if words, ok := schema.Points(f.texts); ok && len(words) <= maxWords {
				f.words = words
			}
		default:
			continue
		}
		if !f.ints.IsAll() && !f.texts.IsAll() {
			filters = append(filters, f)
		}
	}
	return filters
}

// keepsConstant reports whether the filter keeps records in which the column has
// that value, k.
func (f *filter) keepsConstant(k constant) bool {
	switch {
	case !k.given:
		return f.ints.Null || f.texts.Null
	case f.kind == schema.String:
		return f.texts.Has(k.Text)
	}
	return f.ints.Has(k.Int)
}

// keepsText reports whether the filter keeps the string text.
func (f *filter) keepsText(text []byte) bool {
	if f.words == nil {
		return f.texts.Has(unsafe.String(unsafe.SliceData(text), len(text)))
	}
	for _, word := range f.words {
		if string(text) == word {
			return true
		}
	}
	return false
}

// Filters of an object that left out less than one in worthIt records after its
// first trial records are given up: they cost more than they spare.
const (
	trial   = 16 << 10
	worthIt = 16
)

// sifted counts what the filters did with the present object's records.
type sifted struct{ seen, left int }

// worthless reports whether the filters have left out too few.
func (s sifted) worthless() bool { return s.seen >= trial && s.left*worthIt < s.seen }

// sift leaves out of the records from row from on those that a filter does not
// keep, and counts them: they are records all the same, and damaged as if they
// were given out.
func (r *Reader) sift(from int) {
	f := &r.fields
	if len(r.scan.filters) == 0 || f.rows == from || r.sifted.worthless() {
		return
	}
	kept := r.keepers(from)
	left := f.rows - from - len(kept)
	r.sifted.seen += f.rows - from
	r.sifted.left += left
	if left == 0 {
		return
	}
	r.inspect(from, kept)
	damaged := f.keep(from, kept)
	stats := r.scan.opt.Stats
	stats.Lines.Add(int64(left))
	stats.Records.Add(int64(left))
	stats.Damaged.Add(int64(damaged))
}

// keepers returns the rows from row from on that every filter keeps.
func (r *Reader) keepers(from int) []uint16 {
	kept := r.kept[:0]
	if r.none {
		return kept
	}
	for row := from; row < r.fields.rows; row++ {
		kept = append(kept, uint16(row))
	}
	for i := range r.scan.filters {
		by := &r.scan.filters[i]
		switch c := r.plan.fields[by.column]; {
		case c < 0: // a constant, of which setConstants has asked
		case by.kind == schema.String:
			kept = r.siftTexts(kept, c, by)
		default:
			kept = r.siftInts(kept, c, by)
		}
	}
	return kept
}

// siftInts returns those of the rows in which field c is a number to keep.
func (r *Reader) siftInts(rows []uint16, c int, by *filter) []uint16 {
	base := unsafe.Pointer(unsafe.SliceData(r.block.buf))
	seps, stride := r.fields.column(c)
	narrow := by.kind != schema.BigInt
	kept := 0
	for _, row := range rows {
		at := unsafe.Add(seps, int(row)*stride)
		start, end := get(at, 0)+1, get(at, 1)
		x, ok := shortDigits(base, start, end)
		n := int64(eightDigits(x))
		if !ok {
			if n, ok = digits(base, start, end); !ok || narrow && n != int64(int32(n)) {
				n, ok = r.oddNumber(int(row), start, end, narrow)
			}
		}
		rows[kept] = row
		if ok && by.ints.Has(n) || !ok && by.ints.Null {
			kept++
		}
	}
	return rows[:kept]
}

// siftTexts returns those of the rows in which field c is a string to keep.
// Text that is not UTF-8 is kept: it becomes another before it is compared.
func (r *Reader) siftTexts(rows []uint16, c int, by *filter) []uint16 {
	seps, stride := r.fields.column(c)
	kept := 0
	for _, row := range rows {
		at := unsafe.Add(seps, int(row)*stride)
		start, end := get(at, 0)+1, get(at, 1)
		keeps := by.texts.Null
		if start <= end && string(r.block.buf[start:end]) != null {
			text := r.block.buf[start:end]
			keeps = by.keepsText(text) || !r.block.ascii && !utf8.Valid(text)
		}
		rows[kept] = row
		if keeps {
			kept++
		}
	}
	return rows[:kept]
}

// inspect marks those of the records from row from on that are not kept but
// damaged, as decoding them would.
func (r *Reader) inspect(from int, kept []uint16) {
	lost := r.lost[:0]
	for row := from; row < r.fields.rows; row++ {
		if len(kept) > 0 && int(kept[0]) == row {
			kept = kept[1:]
		} else {
			lost = append(lost, uint16(row))
		}
	}
	for i, c := range r.plan.fields {
		switch t := r.vectors[i].Type; {
		case c < 0:
		case t != schema.String:
			r.inspectNumbers(lost, c, t != schema.BigInt)
		case !r.block.ascii:
			r.inspectTexts(lost, c)
		}
	}
}

func (r *Reader) inspectNumbers(rows []uint16, c int, narrow bool) {
	base := unsafe.Pointer(unsafe.SliceData(r.block.buf))
	seps, stride := r.fields.column(c)
	for _, row := range rows {
		at := unsafe.Add(seps, int(row)*stride)
		start, end := get(at, 0)+1, get(at, 1)
		if _, ok := shortDigits(base, start, end); !ok {
			if n, ok := digits(base, start, end); !ok || narrow && n != int64(int32(n)) {
				r.oddNumber(int(row), start, end, narrow)
			}
		}
	}
}

func (r *Reader) inspectTexts(rows []uint16, c int) {
	for _, row := range rows {
		start, end := r.fields.at(int(row), c)
		if start <= end && !utf8.Valid(r.block.buf[start:end]) {
			r.fields.mark(int(row))
		}
	}
}

// keep leaves of the records from row from on only those in rows, which ascend.
// It returns how many of the others were found to be damaged.
func (f *fields) keep(from int, rows []uint16) (damaged int) {
	all, any := f.damaged(), f.bad != [len(f.bad)]uint64{}
	for i, row := range rows {
		to := from + i
		copy(f.seps[to*f.stride:(to+1)*f.stride], f.seps[int(row)*f.stride:])
		if any {
			f.moveMark(int(row), to)
		}
	}
	f.rows = from + len(rows)
	if any {
		f.clearMarks(f.rows)
	}
	return all - f.damaged()
}

// damaged returns how many of the records are found to be damaged.
func (f *fields) damaged() (n int) {
	for _, word := range f.bad {
		n += bits.OnesCount64(word)
	}
	return n
}

// moveMark gives record to the mark of record r, which does not come before it.
func (f *fields) moveMark(r, to int) {
	bit := f.bad[r/64] >> (r % 64) & 1
	f.bad[to/64] = f.bad[to/64]&^(1<<(to%64)) | bit<<(to%64)
}

// clearMarks forgets the marks from record r on.
func (f *fields) clearMarks(r int) {
	if r < MaxRows {
		f.bad[r/64] &= 1<<(r%64) - 1
		clear(f.bad[r/64+1:])
	}
}

// ruledOut reports whether the value of a column that the object lacks, given
// by constants, is one that a filter does not keep.
func (s *Scan) ruledOut(p *plan, value func(column int) constant) bool {
	return slices.ContainsFunc(s.filters, func(f filter) bool {
		return p.fields[f.column] < 0 && !f.keepsConstant(value(f.column))
	})
}
