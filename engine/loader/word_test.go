package loader

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"
)

func TestSpaceMaskMarksSpacesOnly(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	near := []byte{' ', 0, '!', 0x1f, 0xa0, 0x80, '\n', 0xff, 'a'}
	for range 100_000 {
		var text [8]byte
		spaces := 0
		first := 8
		for i := range text {
			text[i] = near[random.IntN(len(near))]
			if text[i] == ' ' {
				spaces++
				first = min(first, i)
			}
		}
		mask := spaceMask(binary.LittleEndian.Uint64(text[:]))
		if firstByte(mask) != first || countMarked(mask) != spaces {
			t.Fatalf("%q: mask %x", text, mask)
		}
	}
}

func TestIsASCII(t *testing.T) {
	for n := range 100 {
		text := make([]byte, n)
		if !isASCII(text) {
			t.Errorf("%d zeros are not ASCII", n)
		}
		for i := range text {
			text[i] = 0x80
			if isASCII(text) {
				t.Errorf("byte %d of %d is not seen", i, n)
			}
			text[i] = 0x7f
		}
	}
}
