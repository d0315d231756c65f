package dialect

import "testing"

func TestParseRelation(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT * FROM c.s.t FOR TIMESTAMP AS OF TIMESTAMP '2024-01-01 00:00:00' AS x", ""},
		{"SELECT * FROM t FOR VERSION AS OF 5", ""},
		{"SELECT * FROM a JOIN b ON a.x = b.x LEFT OUTER JOIN c USING (y, z) FULL JOIN d ON true", "SELECT * FROM a INNER JOIN b ON a.x = b.x LEFT JOIN c USING (y, z) FULL JOIN d ON TRUE"},
		{"SELECT * FROM a JOIN b JOIN c ON x ON y", "SELECT * FROM a INNER JOIN (b INNER JOIN c ON x) ON y"},
		{"SELECT * FROM a CROSS JOIN b NATURAL RIGHT JOIN c", "SELECT * FROM a CROSS JOIN b NATURAL RIGHT JOIN c"},
		{"SELECT * FROM a CROSS JOIN UNNEST(b, c) WITH ORDINALITY AS t(x, y, n)", ""},
		{"SELECT * FROM a, LATERAL (SELECT a.x) AS l", ""},
		{"SELECT * FROM t AS x TABLESAMPLE BERNOULLI (10)", ""},
		{"SELECT * FROM t tablesample TABLESAMPLE SYSTEM (1.5)", "SELECT * FROM t AS tablesample TABLESAMPLE SYSTEM (1.5)"},
		{"SELECT * FROM (SELECT 1) AS t(a)", ""},
		{"SELECT * FROM ((SELECT 1))", ""},
		{"SELECT * FROM ((SELECT 1) UNION (SELECT 2) LIMIT 3) AS t", ""},
		{"SELECT * FROM ((SELECT 1) t JOIN u ON true)", "SELECT * FROM (SELECT 1) AS t INNER JOIN u ON TRUE"},
		{"SELECT * FROM ((WITH x AS (SELECT 1) TABLE x))", "SELECT * FROM (WITH x AS (SELECT 1) TABLE x)"},
		{"SELECT * FROM ((SELECT 1) limit)", "SELECT * FROM (SELECT 1) AS limit"},
		{"SELECT * FROM TABLE(f(a => 1, b => TABLE ( t ) PARTITION BY x, DESCRIPTOR ( a , b bigint ), 'x' COPARTITION ( t , u )))", ""},
		{"SELECT * FROM TABLE(sequence(1, 5)) AS t(x)", ""},
		{"SELECT * FROM JSON_TABLE('[]' , 'lax $' COLUMNS ( a bigint PATH 'lax $.a' , n FOR ORDINALITY )) AS t", ""},
		{"SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY a MEASURES A . x AS y PATTERN ( A B + ? ) DEFINE B AS x > 1) AS m(q)", ""},
		{"SELECT * FROM t match_recognize (a, b)", "SELECT * FROM t AS match_recognize(a, b)"},
	})
	checkRefused(t, map[string]string{
		"SELECT * FROM a JOIN b":            "1:23",
		"SELECT * FROM a CROSS JOIN b ON x": "1:30",
		"SELECT * FROM (a":                  "1:17",
		"SELECT * FROM t TABLESAMPLE x (1)": "1:29",
		"SELECT * FROM UNNEST()":            "1:22",
	})
}
