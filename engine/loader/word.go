package loader

import "unsafe"

// Text is read eight bytes at a time. A word's lowest byte is the first of the
// text: this package needs a little-endian machine, as DuckDB and Arrow's
// buffers do here. Whoever loads a word makes sure that the pad around the text
// covers what it reads beyond it.

const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	lows   = 0x7f7f7f7f7f7f7f7f
	spaces = ' ' * ones
	zeros  = '0' * ones
)

func load64(p unsafe.Pointer, i int) uint64 { return *(*uint64)(unsafe.Add(p, i)) }

// spaceBits has a bit set for each of the 64 bytes at base[i:] that is a space,
// the lowest for the first.
func spaceBits(base unsafe.Pointer, i int) uint64 {
	others := otherBits(load64(base, i)) | otherBits(load64(base, i+8))<<8 |
		otherBits(load64(base, i+16))<<16 | otherBits(load64(base, i+24))<<24 |
		otherBits(load64(base, i+32))<<32 | otherBits(load64(base, i+40))<<40 |
		otherBits(load64(base, i+48))<<48 | otherBits(load64(base, i+56))<<56
	return ^others
}

// otherBits has one of its 8 lowest bits set for each byte of w that is no space.
// The product moves the highest bit of each byte into the highest byte; no two
// of its terms meet.
func otherBits(w uint64) uint64 {
	const gather = 0x0002040810204081
	x := w ^ spaces
	return ((x&lows + lows | x) & highs) * gather >> 56
}

// isASCII reports whether no byte of text has its highest bit set.
func isASCII(text []byte) bool {
	p := unsafe.Pointer(unsafe.SliceData(text))
	i := 0
	for ; i+32 <= len(text); i += 32 {
		if (load64(p, i)|load64(p, i+8)|load64(p, i+16)|load64(p, i+24))&highs != 0 {
			return false
		}
	}
	for ; i < len(text); i++ {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
