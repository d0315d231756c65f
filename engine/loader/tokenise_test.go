package loader

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unsafe"
)

func TestSplitAgreesWithStrings(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for range 20_000 {
		var line []byte
		for range random.IntN(60) {
			line = append(line, " ab\t\x00\xa0- 12"[random.IntN(10)])
		}
		text := strings.Repeat(" ", pad) + string(line) + "\n a b c" + strings.Repeat(" ", pad)
		want := strings.Split(string(line), " ")
		need := random.IntN(12)
		var f fields
		f.reset(need)
		f.rows = random.IntN(MaxRows)
		found := f.split(unsafe.Pointer(unsafe.StringData(text)), pad, pad+len(line))
		if found != len(want)-1 && (found < need || found > len(want)-1) {
			t.Fatalf("%q: %d separators found, need %d", line, found, need)
		}
		for c := range need {
			start, end := f.at(f.rows, c)
			switch {
			case c >= len(want) && end < start:
			case c < len(want) && text[start:end] == want[c]:
			default:
				t.Fatalf("%q: field %d is text[%d:%d]", line, c, start, end)
			}
		}
	}
}
