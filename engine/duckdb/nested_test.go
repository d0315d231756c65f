package duckdb

import (
	"strings"
	"testing"
)

// Lists come out of sorts, windows and joins in every order of their elements.
func TestNestedOutOfOrder(t *testing.T) {
	db := open(t)
	for _, from := range []string{
		"SELECT i, l FROM (SELECT i, [i, NULL, i + 1] l FROM range(5000) t(i)) WHERE i % 3 = 1 ORDER BY -i",
		"SELECT i, lag(l, 2) OVER (ORDER BY i) l FROM (SELECT i, CASE WHEN i % 4 > 0 THEN range(i % 4) END l FROM range(5000) t(i)) ORDER BY i",
		"SELECT a.i, b.l FROM range(5000) a(i) JOIN (SELECT i, [{'a': i}, NULL] l FROM range(50) t(i)) b ON a.i % 50 = b.i ORDER BY a.i",
	} {
		_, got, err := readOne(t.Context(), db, "SELECT l FROM ("+from+") t ORDER BY i")
		if err != nil {
			t.Fatal(err)
		}
		_, want, err := readOne(t.Context(), db, "SELECT coalesce(to_json(l)::VARCHAR, '(null)') FROM ("+from+") t ORDER BY i")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("%s differs from its JSON", from)
		}
	}
}
