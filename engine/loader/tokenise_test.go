package loader

import (
	"context"
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
		f.rows = random.IntN(f.room)
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

// A header line of many names must not make the reader take gigabytes.
func TestWideRecords(t *testing.T) {
	const width = 30_000
	header := "srcport bytes" + strings.Repeat(" x", width-2)
	record := "1 2" + strings.Repeat(" 3", width-2)
	text := header + "\n" + strings.Repeat(record+"\n", 50)
	opt := Options{Source: memorySource{"a": []byte(text)}, Columns: columns("bytes:int x"), BadRows: Fail, Stats: new(Stats)}
	s := NewScan(opt, queueOf(objectOf("a")))
	r := s.Reader()
	defer r.Close()
	for rows := 0; rows < 50; {
		b, err := r.Next(context.Background())
		if err != nil || b.Vectors[0].Int32[0] != 2 || b.StringAt(1, 0) != "3" {
			t.Fatalf("after %d rows: %v, %v", rows, rowsOf(b), err)
		}
		rows += b.Rows
	}
	if len(r.fields.seps) > 2*maxSeps {
		t.Errorf("room for %d separators", len(r.fields.seps))
	}
}
