package main

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
)

// What is noted stands below the rows that it is of, where both go to one terminal.
func TestNotesStandBelowRows(t *testing.T) {
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"query", "-s", inDirectory, "SELECT count(*) FROM vpc_flow_logs WHERE date = DATE '1999-01-01'; SELECT 2"}, `^_col0\n0\nvpcq: no records: .*\n_col0\n2\n$`},
		{[]string{"ls", inDirectory}, `^account,(.|\n)*\nvpcq: 120 objects, .*\n$`},
	}
	for _, test := range tests {
		var both bytes.Buffer
		run(t.Context(), append([]string{"vpcq"}, test.args...), terminal{in: strings.NewReader(""), out: &both, err: &both})
		if !regexp.MustCompile(test.want).MatchString(both.String()) {
			t.Errorf("%q: got %s, want %s", test.args, both.String(), test.want)
		}
	}
}
