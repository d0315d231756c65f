package javatext

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// broken are bytes with what OpenJDK 17 makes of them.
var broken = []struct{ text, want string }{
	{"", ""},
	{"Zürich €𝄞", "Zürich €𝄞"},
	{"a\ufffdb", "a\ufffdb"},
	{"\xff\xfe", "\ufffd\ufffd"},
	{"\x80", "\ufffd"},
	{"\xc2x", "\ufffdx"},
	{"\xc0\xaf", "\ufffd\ufffd"},           // an overlong slash
	{"\xe0\x9f\xbf", "\ufffd\ufffd\ufffd"}, // overlong in three bytes
	{"\xe2\x82", "\ufffd"},                 // the beginning of €
	{"\xe2\x82x", "\ufffdx"},               // and something else
	{"\xed\xa0\x80", "\ufffd"},             // a surrogate
	{"\xed\xa0\x80\xed\xb0\x80", "\ufffd\ufffd"},
	{"\xed\xa0", "\ufffd"},
	{"\xed\xbfx", "\ufffdx"},
	{"\xf0\x9d\x84x", "\ufffdx"},
	{"\xf0\x8f\xbf\xbf", "\ufffd\ufffd\ufffd\ufffd"}, // overlong in four
	{"\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"}, // beyond U+10FFFF
	{"\xf8\x88\x80\x80\x80", "\ufffd\ufffd\ufffd\ufffd\ufffd"},
	// Unicode 15, table 3-11.
	{"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "\ufffd\ufffd\ufffd\ufffdA"},
}

func TestAppendUTF8(t *testing.T) {
	for _, test := range broken {
		if got := string(AppendUTF8([]byte("<"), []byte(test.text))); got != "<"+test.want {
			t.Errorf("AppendUTF8(%q) = %q, want %q", test.text, got, "<"+test.want)
		}
	}
}

// FuzzAppendUTF8 holds that what comes out is UTF-8, that UTF-8 stays as it is,
// and that characters before and after the broken bytes are not touched.
func FuzzAppendUTF8(f *testing.F) {
	for _, test := range broken {
		f.Add([]byte(test.text))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got := AppendUTF8(nil, b)
		if !utf8.Valid(got) || utf8.Valid(b) && !bytes.Equal(got, b) {
			t.Errorf("AppendUTF8(%q) = %q", b, got)
		}
		if around := string(AppendUTF8(nil, []byte("é"+string(b)+"é"))); around != "é"+string(got)+"é" {
			t.Errorf("AppendUTF8 of %q between two é = %q", b, around)
		}
		if n := strings.Count(string(got), "\ufffd"); n > len(b) {
			t.Errorf("AppendUTF8(%q) replaces %d times", b, n)
		}
	})
}
