package loader

import (
	"unicode/utf8"
	"unsafe"

	"github.com/vpcq/vpcq/engine/javatext"
	"github.com/vpcq/vpcq/schema"
)

// The buffers of Batch.Text.
const (
	blockBuffer = iota
	extraText
)

// decode makes a batch of the records whose fields have been found.
func (r *Reader) decode() {
	r.extra = r.extra[:r.constants]
	for i, c := range r.plan.fields {
		if c < 0 {
			continue
		}
		v := &r.vectors[i]
		v.begin()
		switch {
		case r.parts.isNested(c):
			r.decodeParts(v, c)
		case v.Type == schema.BigInt:
			r.decodeInt64(v, c)
		case v.Type != schema.String:
			r.decodeInt32(v, c)
		case r.block.ascii && !r.fields.short:
			r.decodeViews(v, c)
		default:
			r.decodeOddViews(v, c)
		}
	}
}

// batch wraps the vectors.
func (r *Reader) batch() Batch {
	for i := range r.vectors {
		r.out[i] = r.vectors[i].Vector
	}
	b := Batch{Rows: r.fields.rows, Vectors: r.out, schema: r.scan.schema}
	b.Text[blockBuffer] = r.block.buf
	b.Text[extraText] = r.extra
	return b
}

func (r *Reader) decodeInt64(v *vector, c int) {
	base := unsafe.Pointer(unsafe.SliceData(r.block.buf))
	seps, stride := r.fields.column(c)
	for row := range v.Int64[:r.fields.rows] {
		start, end := get(seps, 0)+1, get(seps, 1)
		seps = unsafe.Add(seps, stride)
		x, ok := shortDigits(base, start, end)
		n := int64(eightDigits(x))
		if !ok {
			if n, ok = digits(base, start, end); !ok {
				n = r.odd(v, row, start, end, false)
			}
		}
		v.Int64[row] = n
	}
}

func (r *Reader) decodeInt32(v *vector, c int) {
	base := unsafe.Pointer(unsafe.SliceData(r.block.buf))
	seps, stride := r.fields.column(c)
	for row := range v.Int32[:r.fields.rows] {
		start, end := get(seps, 0)+1, get(seps, 1)
		seps = unsafe.Add(seps, stride)
		x, ok := shortDigits(base, start, end)
		n := int64(eightDigits(x))
		if !ok {
			if n, ok = digits(base, start, end); !ok || n != int64(int32(n)) {
				n = r.odd(v, row, start, end, true)
			}
		}
		v.Int32[row] = int32(n)
	}
}

// odd is the value of a numeric field that is not just a few digits. What is no
// number is null, and so is what a narrow column, an int, does not hold: Trino's
// LongEncoding makes null of IntegerType's refusal.
func (r *Reader) odd(v *vector, row, start, end int, narrow bool) int64 {
	n, ok := r.oddNumber(row, start, end, narrow)
	if !ok {
		v.setNull(row)
		return 0
	}
	return n
}

// oddNumber is odd without a vector; ok is false where the value is null.
func (r *Reader) oddNumber(row, start, end int, narrow bool) (n int64, ok bool) {
	if start > end {
		return 0, false
	}
	text := r.block.buf[start:end]
	n, ok = parseLong(text)
	if ok && (!narrow || n == int64(int32(n))) {
		return n, true
	}
	if !isMissing(text) {
		r.fields.mark(row)
	}
	return 0, false
}

// isMissing reports whether text says that a number is missing: AWS writes "-",
// Hive \N.
func isMissing(text []byte) bool {
	return len(text) == 1 && text[0] == '-' || string(text) == null
}

// decodeViews is for text in which no field is missing or not ASCII.
func (r *Reader) decodeViews(v *vector, c int) {
	base := unsafe.Pointer(unsafe.SliceData(r.block.buf))
	seps, stride := r.fields.column(c)
	for row := range v.Views[:r.fields.rows] {
		start, end := get(seps, 0)+1, get(seps, 1)
		seps = unsafe.Add(seps, stride)
		n := uint64(end - start)
		w := load64(base, start)
		view := &v.Views[row]
		switch {
		case n > InlineLen:
			*view = View{n | w<<32, blockBuffer | uint64(start)<<32}
		case n > 4:
			shift := (InlineLen - n) * 8
			*view = View{n | w<<32, load64(base, start+4) << shift >> shift}
		default:
			w &= 1<<(n*8) - 1
			*view = View{n | w<<32, 0}
			if w == nullWord && n == uint64(len(null)) {
				*view = View{}
				v.setNull(row)
			}
		}
	}
}

const nullWord = 'N'<<8 | '\\'

// decodeOddViews is decodeViews for any text.
func (r *Reader) decodeOddViews(v *vector, c int) {
	for row := range v.Views[:r.fields.rows] {
		start, end := r.fields.at(row, c)
		if start > end || string(r.block.buf[start:end]) == null {
			v.Views[row] = View{}
			v.setNull(row)
			continue
		}
		text := r.block.buf[start:end]
		if utf8.Valid(text) {
			v.Views[row] = viewOf(text, blockBuffer, start)
			continue
		}
		r.fields.mark(row)
		from := len(r.extra)
		r.extra = javatext.AppendUTF8(r.extra, text)
		v.Views[row] = viewOf(r.extra[from:], extraText, from)
	}
}
