package loader

import (
	"math/bits"
	"unsafe"
)

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

// spaceMask has the highest bit set of each byte of w that is a space, and no other.
func spaceMask(w uint64) uint64 {
	x := w ^ spaces
	return ^((x&lows + lows) | x | lows)
}

// firstByte is the place of the first marked byte of a mask that is not zero.
func firstByte(mask uint64) int { return bits.TrailingZeros64(mask) >> 3 }

// countMarked is the number of marked bytes of a mask.
func countMarked(mask uint64) int { return int(mask >> 7 * ones >> 56) }

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
