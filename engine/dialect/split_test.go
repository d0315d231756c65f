package dialect

import (
	"slices"
	"testing"
)

func TestSplit(t *testing.T) {
	tests := []struct {
		script string
		want   []Piece
	}{
		{"", nil},
		{" ;; -- nothing;\n;", nil},
		{"SELECT 1", []Piece{{"SELECT 1", 1}}},
		{"SELECT 1;\nSELECT 2 ;", []Piece{{"SELECT 1", 1}, {"SELECT 2", 2}}},
		{"-- a; b\n\n  SELECT ';', \";\" /* ; */, 1 -- ;\n;x", []Piece{{"SELECT ';', \";\" /* ; */, 1", 3}, {"x", 4}}},
		{"SELECT 'a\n;\n'; b", []Piece{{"SELECT 'a\n;\n'", 1}, {"b", 3}}},
		{"SELECT 'open; b", []Piece{{"SELECT 'open", 1}, {"b", 1}}},
	}
	for _, test := range tests {
		if got := Split(test.script); !slices.Equal(got, test.want) {
			t.Errorf("Split(%q) = %v, want %v", test.script, got, test.want)
		}
	}
}
