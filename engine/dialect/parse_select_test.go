package dialect

import "testing"

func TestParseSelect(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT DISTINCT a x, *, t.* AS (b, c), (r).f.*", "SELECT DISTINCT a AS x, *, t.* AS (b, c), r.f.*"},
		{"SELECT ALL a, all, ALL (b) FROM t", "SELECT ALL a, all, ALL(b) FROM t"},
		{"SELECT ALL * FROM t", ""},
		{"SELECT all FROM t", ""},
		{"SELECT a FROM t GROUP BY ALL ROLLUP (a), CUBE (a, b)", ""},
		{"SELECT a FROM t, u AS v(x, y) WHERE a = 1 GROUP BY a, (), (b, c), GROUPING SETS ((a, b), a, ()) HAVING count(*) > 1", ""},
		{"SELECT 1 FROM t GROUP BY CUBE(a), ROLLUP()", "SELECT 1 FROM t GROUP BY CUBE (a), ROLLUP ()"},
		{"SELECT 1 FROM t GROUP BY DISTINCT a", ""},
		{"SELECT sum(x) OVER w FROM t WINDOW w AS (PARTITION BY a), v AS (w ORDER BY b)", ""},
		{"SELECT 1 window, 2 limit, 3 offset FROM t", "SELECT 1 AS window, 2 AS limit, 3 AS offset FROM t"},
		{"SELECT a limit FROM t limit LIMIT 1", "SELECT a AS limit FROM t AS limit LIMIT 1"},
		{`SELECT date, start, type, action, bytes, day, "end" FROM t`, ""},
	})
	checkRefused(t, map[string]string{
		"SELECT end FROM t":       "1:8",
		"SELECT a, FROM t":        "1:11",
		"SELECT a + b.* FROM t":   "1:13",
		"SELECT":                  "1:7",
		"SELECT * FROM t GROUP x": "1:23",
	})
}
