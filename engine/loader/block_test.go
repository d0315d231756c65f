package loader

import (
	"bytes"
	"context"
	"io"
	"slices"
	"testing"
)

func TestLinesEndAsTrinoHasThem(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{"a", []string{"a"}},
		{"a\nb\n", []string{"a", "b"}},
		{"a\r\nb\r\n", []string{"a", "b"}},
		{"a\rb\r", []string{"a", "b"}},
		{"\n\r\n\r", []string{"", "", ""}},
		{"a\n\rb", []string{"a", "", "b"}},
		{"a\r\r\nb", []string{"a", "", "b"}},
		{"\ufeffa\n\ufeffb", []string{"a", "\ufeffb"}},
	}
	for _, test := range tests {
		for size := 1; size < 10; size++ {
			got, err := linesOf([]byte(test.text), size)
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("%q by %d: %q, %v, want %q", test.text, size, got, err, test.want)
			}
		}
	}
}

// linesOf returns the lines of a text of which size bytes are read at a time.
func linesOf(text []byte, size int) (lines []string, err error) {
	var s stream
	s.open(context.Background(), io.NopCloser(bytes.NewReader(text)), 0)
	b := newBlock(size, 100)
	b.reset()
	for !b.done {
		if err := b.fill(&s); err != nil {
			return nil, err
		}
		for {
			end, next, ok := b.line()
			if !ok {
				break
			}
			lines = append(lines, string(b.buf[b.pos:end]))
			b.pos = next
		}
	}
	return lines, b.err
}
