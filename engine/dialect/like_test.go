package dialect

import (
	"errors"
	"testing"
)

func TestLikePattern(t *testing.T) {
	tests := []struct{ pattern, escape, want string }{
		{"a%b_c", "$", "a%b_c"},
		{"a$%b$_c", "$", `a\%b\_c`},
		{"a$$b", "$", `a\$b`},
		{`a\b`, "$", `a\\b`},
		{`a\%b\\`, `\`, `a\%b\\`},
		{"%%x%_", "%", `\%x\_`},
		{"é%ééa%", "é", `\%\éa%`},
		{"a$b", "$", ""},
		{"ab$", "$", ""},
		{"ab", "", ""},
		{"ab", "ab", ""},
	}
	for _, test := range tests {
		got, err := likePattern(test.pattern, test.escape)
		if got != test.want || (err != nil) != (test.want == "") {
			t.Errorf("likePattern(%q, %q) = %q, %v; want %q", test.pattern, test.escape, got, err, test.want)
		}
	}
	if _, err := likePattern("a$b", "$"); !errors.Is(err, errEscape) {
		t.Errorf("likePattern of a letter that is escaped: %v", err)
	}
}
