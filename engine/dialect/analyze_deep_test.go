package dialect

import (
	"errors"
	"strings"
	"testing"
)

// TestDeepStatements holds that what nests deep is answered or refused.
func TestDeepStatements(t *testing.T) {
	tests := []struct{ name, open, middle, end string }{
		{"parentheses", "(", "1", ")"},
		{"calls", "abs(", "1", ")"},
		{"sums", "1 + ", "1", ""},
		{"negations", "NOT ", "true", ""},
		{"queries", "(SELECT ", "1", ")"},
		{"arrays", "ARRAY[", "1", "]"},
		{"branches", "CASE WHEN true THEN ", "1", " END"},
		{"set operations", "1 UNION ALL SELECT ", "1", ""},
	}
	for _, test := range tests {
		for _, depth := range []int{100, 1000, 2000} {
			stmt, err := Parse("SELECT " + strings.Repeat(test.open, depth) + test.middle + strings.Repeat(test.end, depth))
			if err == nil {
				_, err = Analyze(stmt, flowLogs{}, noon)
			}
			if fault := (*Error)(nil); err != nil && !errors.As(err, &fault) {
				t.Errorf("%s, %d deep: %v", test.name, depth, err)
			}
		}
	}
}
