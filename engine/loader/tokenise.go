package loader

import "unsafe"

// fields says where the fields of a batch's records stand in the block: seps
// has for each record, stride apart, the place before its first field and then
// the end of each field that is needed. Field c of record r is therefore
// buf[seps[r*stride+c]+1 : seps[r*stride+c+1]]; where the record has no such
// field, that begins after its end.
type fields struct {
	seps   []uint32
	stride int
	rows   int
	short  bool // a record lacks a field that is needed
	bad    [MaxRows / 64]uint64
}

// reset makes room for records of which need fields are looked at.
func (f *fields) reset(need int) {
	f.stride = need + 1
	f.rows = 0
	f.short = false
	clear(f.bad[:])
	if room := f.stride*MaxRows + 16; len(f.seps) < room {
		f.seps = make([]uint32, room)
	}
}

// at returns where field c of record r begins and ends; the end is before the
// start where there is no such field.
func (f *fields) at(r, c int) (start, end int) {
	i := r*f.stride + c
	return int(f.seps[i]) + 1, int(f.seps[i+1])
}

// mark notes that record r is damaged.
func (f *fields) mark(r int) { f.bad[r/64] |= 1 << (r % 64) }

// split finds the fields of the line base[s:e] and makes them the next record's.
// It looks no further than the fields needed, and returns how many separators it
// found. The 8 bytes after the line may be read, and up to 8 places beyond the
// record's be written.
func (f *fields) split(base unsafe.Pointer, s, e int) (found int) {
	need := f.stride - 1
	out := f.seps[f.rows*f.stride:]
	out[0] = uint32(s - 1)
	out = out[1:]
	n := 0
	for i := s; i < e && n < need; i += 8 {
		for m := spaceMask(load64(base, i)); m != 0; m &= m - 1 {
			out[n] = uint32(i + firstByte(m))
			n++
		}
	}
	for n > 0 && int(out[n-1]) >= e {
		n--
	}
	found = n
	for ; n < need; n++ {
		out[n] = uint32(e)
	}
	return found
}
