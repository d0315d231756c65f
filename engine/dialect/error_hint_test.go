package dialect

import (
	"errors"
	"testing"
)

func TestHints(t *testing.T) {
	tests := append([]hint{
		{example: "SELECT FROM t"},
		{example: "SELECT a FORM t", want: "did you mean FROM?"},
		{example: "SELECT a FROM t WHRE a = 1", want: "did you mean WHERE?"},
		{example: "SELECT a FROM t ODER BY a", want: "did you mean ORDER?"},
		{example: "SELECT `a`", want: `write "a"`},
		{example: "SELECT 1st", want: `write "1st"`},
	}, hints...)
	for _, test := range tests {
		_, err := Parse(test.example)
		var fault *Error
		if !errors.As(err, &fault) || fault.Hint != test.want {
			t.Errorf("Parse(%q) gives %v with the hint %q, want %q", test.example, err, fault.Hint, test.want)
		}
	}
}
