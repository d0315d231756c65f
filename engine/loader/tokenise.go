package loader

import (
	"bytes"
	"math/bits"
	"unsafe"
)

// fields says where the fields of a batch's records stand in the block: seps
// has for each record, stride apart, the place before its first field and then
// the end of each field that is needed. Field c of record r is therefore
// buf[seps[r*stride+c]+1 : seps[r*stride+c+1]]; where the record has no such
// field, that begins after its end.
type fields struct {
	seps   []uint32
	stride int
	rows   int
	room   int  // for how many records there is room
	short  bool // a record lacks a field that is needed
	bad    [MaxRows / 64]uint64
}

// maxSeps bounds the memory of a batch's separators, whatever a header line says.
const maxSeps = 1 << 20

// slack is how many places beyond those of a batch there are.
const slack = 80

// reset makes room for records of which need fields are looked at: MaxRows, or
// fewer where they have hundreds of fields.
func (f *fields) reset(need int) {
	f.stride = need + 1
	f.rows, f.room = 0, max(1, min(MaxRows, maxSeps/f.stride))
	f.short = false
	clear(f.bad[:])
	if n := f.stride*f.room + slack; len(f.seps) < n {
		f.seps = make([]uint32, n)
	}
}

// at returns where field c of record r begins and ends; the end is before the
// start where there is no such field.
func (f *fields) at(r, c int) (start, end int) {
	i := r*f.stride + c
	return int(f.seps[i]) + 1, int(f.seps[i+1])
}

// column returns where the place before field c of the first record stands; the
// place after the field follows it, and stride bytes on is the next record's.
func (f *fields) column(c int) (seps unsafe.Pointer, stride int) {
	return unsafe.Pointer(&f.seps[c]), f.stride * 4
}

// mark notes that record r is damaged.
func (f *fields) mark(r int) { f.bad[r/64] |= 1 << (r % 64) }

// split finds the fields of the line base[s:e] and makes them the next record's.
// It looks no further than the fields needed, and returns how many separators it
// found. The 64 bytes after the line may be read, and some places beyond the
// record's be written, fewer than slack.
//
// 64 bytes of a line hold about eight spaces: four places are written without
// asking how many are left, since a branch that is often mispredicted costs more
// than a few needless stores.
func (f *fields) split(base unsafe.Pointer, s, e int) (found int) {
	need := f.stride - 1
	out := unsafe.Pointer(&f.seps[f.rows*f.stride])
	put(out, 0, s-1)
	out = unsafe.Add(out, 4)
	n := 0
	for i := s; i < e && n < need; i += 64 {
		m := spaceBits(base, i)
		if left := e - i; left < 64 {
			m &= 1<<(left&63) - 1
		}
		count := bits.OnesCount64(m)
		for k := n; k < n+count; k += 4 {
			m1 := m & (m - 1)
			m2 := m1 & (m1 - 1)
			m3 := m2 & (m2 - 1)
			put(out, k, i+bits.TrailingZeros64(m))
			put(out, k+1, i+bits.TrailingZeros64(m1))
			put(out, k+2, i+bits.TrailingZeros64(m2))
			put(out, k+3, i+bits.TrailingZeros64(m3))
			m = m3 & (m3 - 1)
		}
		n += count
	}
	for k := n; k < need; k++ {
		put(out, k, e)
	}
	return n
}

// splitBy is split for any separator: it reads nothing beyond the line, and finds
// at most one separator more than the fields needed have between them.
func (f *fields) splitBy(separator byte, buf []byte, s, e int) (found int) {
	need := f.stride - 1
	out := f.seps[f.rows*f.stride:][:f.stride]
	out[0] = uint32(s - 1)
	for found < need {
		at := int(out[found]) + 1
		i := bytes.IndexByte(buf[at:e], separator)
		if i < 0 {
			break
		}
		found++
		out[found] = uint32(at + i)
	}
	for k := found + 1; k <= need; k++ {
		out[k] = uint32(e)
	}
	return found
}

// put and get are seps[i] without asking whether there is one: reset made room.
func put(seps unsafe.Pointer, i, place int) { *(*uint32)(unsafe.Add(seps, i*4)) = uint32(place) }
func get(seps unsafe.Pointer, i int) int    { return int(*(*uint32)(unsafe.Add(seps, i*4))) }
