package loader

import "testing"

func TestAppendValid(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"Zürich €𝄞", "Zürich €𝄞"},
		{"a\ufffdb", "a\ufffdb"},
		{"\xff\xfe", "\ufffd\ufffd"},
		{"\x80", "\ufffd"},
		{"\xc0\xaf", "\ufffd\ufffd"},           // an overlong slash
		{"\xe2\x82", "\ufffd"},                 // the beginning of €
		{"\xe2\x82x", "\ufffdx"},               // and something else
		{"\xed\xa0\x80", "\ufffd\ufffd\ufffd"}, // a surrogate
		{"\xf0\x9d\x84x", "\ufffdx"},
		{"\xf4\x90\x80\x80", "\ufffd\ufffd\ufffd\ufffd"}, // beyond U+10FFFF
		// Unicode 15, table 3-11.
		{"\xe1\x80\xe2\xf0\x91\x92\xf1\xbf\x41", "\ufffd\ufffd\ufffd\ufffdA"},
	}
	for _, test := range tests {
		if got := string(appendValid(nil, []byte(test.text))); got != test.want {
			t.Errorf("appendValid(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}
