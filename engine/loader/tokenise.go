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
	room   int  // for how many records there is room
	short  bool // a record lacks a field that is needed
	bad    [MaxRows / 64]uint64
}

// maxSeps bounds the memory of a batch's separators, whatever a header line says.
const maxSeps = 1 << 20

// reset makes room for records of which need fields are looked at: MaxRows, or
// fewer where they have hundreds of fields.
func (f *fields) reset(need int) {
	f.stride = need + 1
	f.rows, f.room = 0, max(1, min(MaxRows, maxSeps/f.stride))
	f.short = false
	clear(f.bad[:])
	if n := f.stride*f.room + 16; len(f.seps) < n {
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
// found. The 8 bytes after the line may be read, and up to 8 places beyond the
// record's be written.
//
// Most words of a line hold one or two spaces: two places are written without
// asking how many there are, since a branch that is often mispredicted costs
// more than a needless store.
func (f *fields) split(base unsafe.Pointer, s, e int) (found int) {
	need := f.stride - 1
	out := unsafe.Pointer(&f.seps[f.rows*f.stride])
	put(out, 0, s-1)
	out = unsafe.Add(out, 4)
	n := 0
	for i := s; i < e && n < need; i += 8 {
		m := spaceMask(load64(base, i))
		put(out, n, i+firstByte(m))
		rest := m & (m - 1)
		put(out, n+1, i+firstByte(rest))
		count := countMarked(m)
		if count > 2 {
			for k := n + 2; k < n+count; k++ {
				rest &= rest - 1
				put(out, k, i+firstByte(rest))
			}
		}
		n += count
	}
	for n > 0 && get(out, n-1) >= e {
		n--
	}
	for k := n; k < need; k++ {
		put(out, k, e)
	}
	return n
}

// put and get are seps[i] without asking whether there is one: reset made room.
func put(seps unsafe.Pointer, i, place int) { *(*uint32)(unsafe.Add(seps, i*4)) = uint32(place) }
func get(seps unsafe.Pointer, i int) int    { return int(*(*uint32)(unsafe.Add(seps, i*4))) }
