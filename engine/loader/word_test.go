package loader

import (
	"math/rand/v2"
	"testing"
	"unsafe"
)

func TestSpaceBitsMarkSpacesOnly(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	near := []byte{' ', 0, '!', 0x1f, 0xa0, 0x80, '\n', 0xff, 'a'}
	for range 20_000 {
		var text [64]byte
		want := uint64(0)
		for i := range text {
			text[i] = near[random.IntN(len(near))]
			if text[i] == ' ' {
				want |= 1 << i
			}
		}
		if got := spaceBits(unsafe.Pointer(&text), 0); got != want {
			t.Fatalf("%q: %x, want %x", text, got, want)
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
