package dialect

import "testing"

func TestUnnestRows(t *testing.T) {
	tests := []struct {
		sql     string
		columns int
	}{
		{"SELECT * FROM UNNEST(ARRAY[ROW(1, 2), ROW(3, 4)]) AS t(a, b)", 2},
		{"SELECT * FROM UNNEST(ARRAY[ROW(1, 2), ROW(3, 4)])", 2},
		{"SELECT * FROM UNNEST(ARRAY[ROW(1, 2), ROW(3, 4)]) AS t(r)", 1}, // as Athena's documentation writes it
		{"SELECT * FROM UNNEST(ARRAY[ROW(1, 2)], MAP()) WITH ORDINALITY AS t(r, k, v, n)", 4},
	}
	for _, test := range tests {
		if got := len(analyzed(t, test.sql).Columns); got != test.columns {
			t.Errorf("%s: %d columns, want %d", test.sql, got, test.columns)
		}
	}
}
