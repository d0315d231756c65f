package dialect

import "testing"

func TestParseQuery(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT 1", ""},
		{"VALUES 1, (2, 3), ROW(4)", ""},
		{"VALUES (ROW(1, 2)), (x)", "VALUES ((1, 2)), (x)"},
		{"VALUES (ROW(1, 2)), (3, 4)", "VALUES (1, 2), (3, 4)"},
		{"VALUES (1) + (2)", "VALUES 1 + 2"},
		{"VALUES ((1, 2))", ""},
		{"VALUES (SELECT 1), ((SELECT 2))", ""},
		{"TABLE a.b", ""},
		{"WITH RECURSIVE t(n) AS (VALUES 1 UNION ALL SELECT n + 1 FROM t WHERE n < 10), u AS (TABLE t) SELECT * FROM t", ""},
		{"SELECT 1 UNION SELECT 2 INTERSECT SELECT 3 EXCEPT ALL SELECT 4", ""},
		{"(SELECT 1 UNION DISTINCT SELECT 2) INTERSECT (VALUES 3)", ""},
		{"((SELECT 1) LIMIT 2) UNION VALUES 3 ORDER BY 1 LIMIT 1", ""},
		{"select a from t order by a asc, b desc nulls first, c nulls last offset 5 rows limit all", "SELECT a FROM t ORDER BY a, b DESC NULLS FIRST, c NULLS LAST OFFSET 5 LIMIT ALL"},
		{"SELECT 1 FETCH NEXT ROW ONLY", "SELECT 1 FETCH FIRST ROWS ONLY"},
		{"SELECT 1 FETCH FIRST 5 ROWS WITH TIES", ""},
		{"SELECT ? FROM t WHERE a = ? OFFSET ? LIMIT ?", ""},
		{"WITH FUNCTION f ( x bigint ) RETURNS bigint RETURN x * 2, FUNCTION g ( ) RETURNS bigint RETURN 1 SELECT f(g())", ""},
		{"WITH function AS (SELECT 1) SELECT * FROM function", ""},
		{"SELECT 1 LIMIT 0x10", "SELECT 1 LIMIT 16"},
	})
	checkRefused(t, map[string]string{
		"SELECT 1 LIMIT x": "1:16",
		"(WITH t AS (SELECT 1) SELECT 1) UNION SELECT 2": "1:2",
		"SELECT 1 LIMIT 1 OFFSET 1":                      "1:18",
		"WITH t AS SELECT 1 SELECT 2":                    "1:11",
	})
}
