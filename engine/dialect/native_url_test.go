package dialect

import "testing"

func TestURLDecode(t *testing.T) {
	const illegal = "INVALID_FUNCTION_ARGUMENT: URLDecoder: Illegal hex characters in escape (%) pattern - "
	tests := []struct{ text, want string }{
		{"a%20b+c", "a b c"},
		{"%C3%a9", "é"},
		{"%ff%FE", "\uFFFD\uFFFD"},
		{"%E2%82(", "\uFFFD("},
		{"%ED%A0%80", "\uFFFD"},
		{"%+5%-0", "\x05\x00"},
		{"%2", "INVALID_FUNCTION_ARGUMENT: URLDecoder: Incomplete trailing escape (%) pattern"},
		{"%zz", illegal + `Error at index 0 in: "zz"`},
		{"%1z", illegal + `Error at index 1 in: "1z"`},
		{"%-1", illegal + "negative value"},
	}
	for _, test := range tests {
		got, err := urlDecode(test.text)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("urlDecode(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestURLParameter(t *testing.T) {
	tests := []struct {
		text, name string
		want       any
	}{
		{"http://h/p?a%20b=1", "a%20b", "1"},
		{"http://h/p?a%20b=1", "a b", nil},
		{"http://h/p?a=%41+b&a=2", "a", "A b"},
		{"http://h/p?a", "a", ""},
		{"http://h/p?", "", ""},
		{"http://h/p", "", nil},
		{"mailto:x?a=1", "a", nil},
		{"http://h/ p?a=1", "a", nil},
		{"http://h/p?a=%zz", "a", nil},
	}
	for _, test := range tests {
		if got, err := urlParameter(test.text, test.name); err != nil || got != test.want {
			t.Errorf("urlParameter(%q, %q) = %v, %v, want %v", test.text, test.name, got, err, test.want)
		}
	}
}
