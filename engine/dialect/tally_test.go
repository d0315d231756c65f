package dialect

import (
	"strings"
	"testing"
)

// A statement may be given tallies where it asks how many records there are and
// is blind to repeats else; its count(*) then sums them.
func TestTallies(t *testing.T) {
	const sum = `CAST(COALESCE(sum("__records")`
	for sql, want := range map[string]int{ // how many count(*) sum tallies; -1: no tallies may be given
		"SELECT count(*) FROM flows":     1,
		"SELECT count() FROM flows AS f": 1,
		"SELECT date, max(srcaddr), count(*) FILTER (WHERE srcaddr = 'a') FROM flows GROUP BY 1 HAVING count(*) > 1": 2,
		"SELECT date FROM flows GROUP BY date":                      0,
		"SELECT date FROM flows":                                    -1,
		"SELECT DISTINCT date FROM flows":                           -1,
		"SELECT count(date) FROM flows":                             -1,
		"SELECT count(DISTINCT date), count(*) FROM flows":          -1,
		"SELECT count(*), sum(1) FROM flows":                        -1,
		"SELECT count(*) FROM flows TABLESAMPLE BERNOULLI (10)":     -1,
		"SELECT count(*) FROM flows WHERE rand() < 0.5":             -1,
		"SELECT count(*) FROM flows a, (VALUES 1) b(x)":             -1,
		"SELECT count(*) FROM flows CROSS JOIN UNNEST(ARRAY[1, 2])": -1,
		"SELECT count(*) FROM (SELECT * FROM flows)":                -1,
		"SELECT date, count(*) OVER () FROM flows GROUP BY date":    -1,
	} {
		analysis := analyzed(t, sql)
		use := analysis.Uses[0]
		if use.Tallies != (want >= 0) {
			t.Errorf("%s: may be given tallies: %v", sql, use.Tallies)
		}
		tallied := analysis.DuckDBTallied(func(*TableUse) bool { return true })
		if got := strings.Count(tallied, sum); want >= 0 && (got != want || strings.Contains(tallied, "count(*)")) {
			t.Errorf("%s: %s", sql, tallied)
		}
		if plain := analysis.DuckDB(); strings.Contains(plain, sum) || strings.Contains(plain+tallied, "\x00") || want > 0 && !strings.Contains(plain, "count(*)") {
			t.Errorf("%s: %s", sql, plain)
		}
	}
}
