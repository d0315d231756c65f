package dialect

import (
	"strings"
	"testing"
)

// A statement only counts where nothing stands between its rows and the scan's.
func TestCountsOnly(t *testing.T) {
	for sql, want := range map[string]bool{
		"SELECT count(*) FROM flows":                                     true,
		"SELECT count(*) AS a, count() b FROM flows AS f":                true,
		"SELECT DISTINCT count(*) FROM flows":                            true,
		"TABLE flows":                                                    false,
		"SELECT 1 FROM flows":                                            false,
		"SELECT count(*) + 0 FROM flows":                                 false,
		"SELECT count(*), 1 FROM flows":                                  false,
		"SELECT count(*), max(date) FROM flows":                          false,
		"SELECT count(date) FROM flows":                                  false,
		"SELECT count(*) FILTER (WHERE date IS NULL) FROM flows":         false,
		"SELECT count(*) OVER () FROM flows":                             false,
		"SELECT count(*) FROM flows WHERE bytes > 0":                     false,
		"SELECT count(*) FROM flows GROUP BY ()":                         false,
		"SELECT count(*) FROM flows GROUP BY date":                       false,
		"SELECT count(*) FROM flows HAVING count(*) > 0":                 false,
		"SELECT count(*) FROM flows ORDER BY 1":                          false,
		"SELECT count(*) FROM flows LIMIT 0":                             false,
		"SELECT count(*) FROM flows OFFSET 1":                            false,
		"SELECT count(*) FROM flows FETCH FIRST 1 ROW ONLY":              false,
		"SELECT count(*) FROM flows, flows AS g":                         false,
		"SELECT count(*) FROM flows TABLESAMPLE BERNOULLI (10)":          false,
		"SELECT count(*) FROM (SELECT max(date) FROM flows)":             false,
		"SELECT count(*) FROM (SELECT count(*) FROM flows)":              false,
		"WITH t AS (SELECT max(date) FROM flows) SELECT count(*) FROM t": false,
		"SELECT count(*) FROM flows UNION ALL SELECT 1":                  false,
		"SELECT count(*), (SELECT count(*) FROM flows) FROM flows":       false,
		"(SELECT count(*) FROM flows)":                                   false,
	} {
		if got := analyzed(t, sql).CountsOnly; got != want {
			t.Errorf("%s: only counts: %v", sql, got)
		}
	}
	if analysis, err := analyzedIn(views, "SELECT count(*) FROM simple"); err != nil || analysis.CountsOnly {
		t.Errorf("a view is a table: %v", err)
	}
}

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
