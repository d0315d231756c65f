package fault

import "testing"

func TestErrorRender(t *testing.T) {
	tests := []struct {
		err  Error
		want string
	}{
		{Error{Code: "TYPE_MISMATCH", Message: "no"}, "TYPE_MISMATCH: no"},
		{
			Error{Code: "SYNTAX_ERROR", Line: 2, Column: 4, Message: "no", Statement: "SELECT\n\té x\r\nFROM t", Hint: "write y"},
			"SYNTAX_ERROR: line 2:4: no\n\té x\n\t  ^\nhint: write y",
		},
		{
			Error{Code: "SYNTAX_ERROR", Line: 1, Column: 9, Message: "no", Statement: "SELECT"},
			"SYNTAX_ERROR: line 1:9: no\nSELECT\n        ^",
		},
		{Error{Code: "SYNTAX_ERROR", Line: 3, Column: 1, Message: "no", Statement: "SELECT"}, "SYNTAX_ERROR: line 3:1: no"},
	}
	for _, test := range tests {
		if got := test.err.Render(); got != test.want {
			t.Errorf("Render gives\n%s\nwant\n%s", got, test.want)
		}
	}
}
