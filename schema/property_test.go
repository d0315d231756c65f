package schema

import (
	"slices"
	"testing"
)

func TestProperties(t *testing.T) {
	p := Properties{{"b", "1"}, {"a", "2"}}
	tests := []struct {
		got, want Properties
	}{
		{p.With("b", "3"), Properties{{"b", "3"}, {"a", "2"}}},
		{p.With("c", ""), Properties{{"b", "1"}, {"a", "2"}, {"c", ""}}},
		{p.Sorted(), Properties{{"a", "2"}, {"b", "1"}}},
		{p, Properties{{"b", "1"}, {"a", "2"}}},
		{Properties(nil).With("x", "y"), Properties{{"x", "y"}}},
	}
	for _, test := range tests {
		if !slices.Equal(test.got, test.want) {
			t.Errorf("got %v, want %v", test.got, test.want)
		}
	}
	if v, ok := p.Value("a"); v != "2" || !ok {
		t.Errorf("Value(a) = %q, %v", v, ok)
	}
	if v, ok := p.Value("A"); ok {
		t.Errorf("Value(A) = %q", v)
	}
}
