package dialect

import "testing"

func TestParsePredicates(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT a = 1, a != 2, a <> 3, a < 4, a <= 5, a > 6, a >= 7", "SELECT a = 1, a <> 2, a <> 3, a < 4, a <= 5, a > 6, a >= 7"},
		{"SELECT a BETWEEN 1 AND 2 AND b, a NOT BETWEEN -1 AND x + 1", ""},
		{"SELECT a IN (1, 2), a NOT IN (SELECT 1), a IN ((SELECT 1)), a IN ((1, 2))", ""},
		{"SELECT a IN ((SELECT 1) UNION SELECT 2), a IN ((SELECT 1) + 1)", ""},
		{"SELECT a LIKE 'x%' ESCAPE '#', a NOT LIKE b || c", ""},
		{"SELECT a IS NULL, a IS NOT NULL, a IS DISTINCT FROM b, a IS NOT DISTINCT FROM b", ""},
		{"SELECT a = ALL (SELECT 1), a < ANY (VALUES 1), a >= SOME (TABLE t), a = any((SELECT 1)), a = all(1)", ""},
		{"SELECT EXISTS (SELECT 1), NOT EXISTS (SELECT 1)", ""},
	})
	checkRefused(t, map[string]string{
		"SELECT a = b = c":        "1:14",
		"SELECT a IN ()":          "1:14",
		"SELECT a IS b":           "1:13",
		"SELECT a NOT b":          "1:14",
		"SELECT a BETWEEN 1 OR 2": "1:20",
		"SELECT a ILIKE 'x'":      "1:16",
	})
}
