package hive

import "testing"

func TestUnescape(t *testing.T) {
	tests := []struct{ text, want string }{
		{`'a'`, "a"},
		{`"it's"`, "it's"},
		{`'\'"'`, `'"`},
		{`'a''b'`, "ab"},
		{`'\n\t\r\b\Z\0'`, "\n\t\r\b\x1a\x00"},
		{`'\001'`, "\x01"},
		{`'\u0041\u00e9'`, "Aé"},
		{`'\%\_'`, `\%\_`},
		{`'[^\s]+'`, "[^s]+"},
		{`'\\s'`, `\s`},
		{`'\200'`, "200"},
		{`'\u12'`, "u12"},
	}
	for _, test := range tests {
		if got := unescape(test.text); got != test.want {
			t.Errorf("unescape(%s) = %q, want %q", test.text, got, test.want)
		}
	}
}

func FuzzQuote(f *testing.F) {
	f.Add("it's \"\\%\\_\n\x00;é\U0001f600")
	f.Fuzz(func(t *testing.T, s string) {
		if got := unescape(quote(s)); got != s {
			t.Errorf("quote(%q) = %s stands for %q", s, quote(s), got)
		}
	})
}
