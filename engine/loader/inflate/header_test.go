package inflate

import (
	"bytes"
	"hash/crc32"
	"io"
	"strings"
	"testing"
)

// headerOf is a member's header with these flags, what they announce, and the
// sum where they announce it.
func headerOf(flags byte, extra string, texts ...string) []byte {
	b := []byte{0x1f, 0x8b, 8, flags, 1, 2, 3, 4, 0, 3}
	if flags&hasExtra != 0 {
		b = append(b, byte(len(extra)), byte(len(extra)>>8))
		b = append(b, extra...)
	}
	for _, text := range texts {
		b = append(append(b, text...), 0)
	}
	if flags&hasSum != 0 {
		sum := crc32.ChecksumIEEE(b)
		b = append(b, byte(sum), byte(sum>>8))
	}
	return b
}

func TestHeaders(t *testing.T) {
	text := []byte("text")
	rest := member(deflate(text, 6, 10), text)[10:]
	wrongSum := headerOf(hasSum, "")
	wrongSum[len(wrongSum)-1] ^= 1
	tests := []struct {
		name   string
		header []byte
		want   error
	}{
		{"plain", headerOf(0, ""), nil},
		{"a name", headerOf(hasName, "", "a.log"), nil},
		{"a long name", headerOf(hasName, "", strings.Repeat("long", 5000)), nil},
		{"everything", headerOf(hasSum|hasExtra|hasName|hasComment, strings.Repeat("extra", 9000), "name", "comment"), nil},
		{"reserved flags", headerOf(0xe1, ""), nil},
		{"a sum", headerOf(hasSum, ""), nil},
		{"a wrong sum", wrongSum, ErrHeader},
		{"another method", []byte{0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0}, ErrHeader},
		{"no gzip data", []byte("PAR1, say, or whatever"), ErrHeader},
		{"half of gzip's name", []byte("\x1fjunk"), ErrHeader},
	}
	for _, test := range tests {
		body := append(bytes.Clone(test.header), rest...)
		got, used, err := inflated(t, body, shape{64, 100, 0})
		if err != test.want || err == nil && !bytes.Equal(got, text) {
			t.Errorf("%s: %q, %v, want error %v", test.name, got, err, test.want)
		}
		if begins := bytes.HasPrefix(test.header, magic); !begins && used != 0 {
			t.Errorf("%s: %d bytes used that are no member's", test.name, used)
		}
		for n := 1; n < len(test.header) && test.want == nil; n += 1 + n/50 {
			if _, used, err := inflated(t, test.header[:n], shape{64, 100, 0}); err != io.ErrUnexpectedEOF || used != n {
				t.Fatalf("%s, cut after %d bytes: %v after %d", test.name, n, err, used)
			}
		}
	}
	if _, _, err := inflated(t, nil, shape{64, 100, 0}); err != io.EOF {
		t.Errorf("nothing: %v", err)
	}
}
