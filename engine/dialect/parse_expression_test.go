package dialect

import "testing"

func TestParseOperators(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT a + b * c - d / e % f || g", ""},
		{"SELECT -a, +a, - -1, -1.5, -1e3", ""},
		{"SELECT a OR b AND NOT c", ""},
		{"SELECT NOT NOT a", ""},
		{"SELECT a AT TIME ZONE 'UTC' AT TIME ZONE INTERVAL '1' HOUR", ""},
		{"SELECT -a AT TIME ZONE 'UTC'", ""},
		{`SELECT a[1][b + 1].c."d e"`, ""},
		{"SELECT x -> x + 1, (x, y) -> x, () -> 1", "SELECT (x) -> x + 1, (x, y) -> x, () -> 1"},
		{"SELECT ((SELECT 1)), ((SELECT 1) UNION SELECT 2), ((SELECT 1) + 1)", "SELECT ((SELECT 1)), ((SELECT 1) UNION SELECT 2), (SELECT 1) + 1"},
		{"SELECT ((SELECT 1) - 1), ((SELECT 1), 2), (((1)))", "SELECT (SELECT 1) - 1, ((SELECT 1), 2), 1"},
		{"SELECT (WITH t AS (SELECT 1) TABLE t), (VALUES 1)", ""},
		{"SELECT ((WITH t AS (SELECT 1) TABLE t))", "SELECT (WITH t AS (SELECT 1) TABLE t)"},
		{"SELECT 1 -1, 1-1, 1 - -1", "SELECT 1 - 1, 1 - 1, 1 - -1"},
		{"SELECT a at, b AT FROM t", "SELECT a AS at, b AS AT FROM t"},
	})
	checkRefused(t, map[string]string{
		"SELECT 1 +":    "1:11",
		"SELECT (1":     "1:10",
		"SELECT a[1":    "1:11",
		"SELECT 1::int": "1:9",
		"SELECT a.":     "1:10",
		"SELECT ()":     "1:10",
	})
}
