package render

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                 "plain",
		"ö 東京 👍":                "ö 東京 👍",
		"\x1b[2Jgone":           `\x1b[2Jgone`,
		"\x1b]0;title\x07":      `\x1b]0;title\x07`,
		"a\tb\nc\rd":            `a\tb\nc\rd`,
		"\u009b31m":             `\u009b31m`,
		"\x7f\x00":              `\x7f\x00`,
		"user\u202egpj.exe":     `user\u202egpj.exe`,
		"line\u2028separator":   `line\u2028separator`,
		"bad \xff utf8 \xc3":    `bad \xff utf8 \xc3`,
		"replacement \ufffd ok": "replacement \ufffd ok",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzVisible(f *testing.F) {
	f.Add("\x1b[31m\u009b\u202e\xff")
	f.Fuzz(func(t *testing.T, s string) {
		got := visible(s)
		if !utf8.ValidString(got) || strings.IndexFunc(got, obeyed) >= 0 {
			t.Errorf("visible(%q) = %q", s, got)
		}
		if c := cut(got, 5); width(c) > 5 {
			t.Errorf("cut(%q, 5) = %q", got, c)
		}
	})
}

func TestWidth(t *testing.T) {
	for in, want := range map[string]int{"": 0, "abc": 3, "東京": 4, "e\u0301": 1, "ö": 1} {
		if got := width(in); got != want {
			t.Errorf("width(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in    string
		limit int
		want  string
	}{
		{"abcdef", 4, "abc…"}, {"東京都", 4, "東…"}, {"東京都", 5, "東京…"}, {"e\u0301e\u0301e\u0301", 2, "e\u0301…"}, {"ab", 1, "…"},
	} {
		if got := cut(c.in, c.limit); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.in, c.limit, got, c.want)
		}
	}
}
