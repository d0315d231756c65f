package hive

import "testing"

func TestMatches(t *testing.T) {
	tests := []struct {
		pattern, name string
		want          bool
	}{
		{"", "x", true},
		{"*flow*", "vpc_flow_logs", true},
		{"flow", "vpc_flow_logs", false},
		{"FLOW.*", "flow_logs", true},
		{"a*|b*", "bc", true},
		{"a|b", "ab", false},
		{"(", "(", false},
	}
	for _, test := range tests {
		if got := Matches(test.pattern, test.name); got != test.want {
			t.Errorf("Matches(%q, %q) = %v", test.pattern, test.name, got)
		}
	}
}

func TestMatchesExpression(t *testing.T) {
	tests := []struct {
		pattern, name string
		want          bool
	}{
		{"", "x", true},
		{".*analytics", "web_Analytics", true},
		{"web*", "web_analytics", false},
		{"a|b", "b", true},
		{"(", "(", false},
	}
	for _, test := range tests {
		if got := MatchesExpression(test.pattern, test.name); got != test.want {
			t.Errorf("MatchesExpression(%q, %q) = %v", test.pattern, test.name, got)
		}
	}
}
