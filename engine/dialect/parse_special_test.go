package dialect

import "testing"

func TestParseSpecialForms(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT CASE WHEN a THEN 1 ELSE 2 END, CASE x WHEN 1 THEN 'a' WHEN 2 THEN 'b' END", ""},
		{"SELECT CAST(a AS bigint), TRY_CAST(b AS date)", ""},
		{"SELECT position('a' IN b), position('a', b), POSITION('a' IN ('b') || c)", "SELECT strpos(b, 'a'), position('a', b), strpos('b' || c, 'a')"},
		{"SELECT SUBSTRING(a FROM 2 FOR 3), SUBSTRING(a FROM 2), substring(a, 2, 3), substring(a = b AND c)", "SELECT SUBSTRING(a, 2, 3), SUBSTRING(a, 2), substring(a, 2, 3), substring(a = b AND c)"},
		{"SELECT TRIM(a), TRIM(BOTH 'x' FROM a), TRIM(LEADING FROM a), TRIM('x' FROM a), TRIM(FROM a), TRIM(a, 'x'), TRIM(leading)", "SELECT TRIM(a), TRIM(BOTH 'x' FROM a), TRIM(LEADING FROM a), TRIM('x' FROM a), TRIM(a), TRIM('x' FROM a), TRIM(leading)"},
		{"SELECT NORMALIZE(a), NORMALIZE(a, nfkc), EXTRACT(year FROM a), EXTRACT(x FROM a + b)", "SELECT NORMALIZE(a), NORMALIZE(a, NFKC), EXTRACT(year FROM a), EXTRACT(x FROM a + b)"},
		{"SELECT GROUPING(a, t.b), GROUPING()", ""},
		{"SELECT ARRAY[], ARRAY[1, ARRAY[2]], array(1), (1, 2), ROW(1), row", ""},
		{"SELECT ROW(1, 2), row(), ROW(DISTINCT 1), row(1) OVER ()", "SELECT (1, 2), row(), ROW(DISTINCT 1), row(1) OVER ()"},
		{"SELECT current_date, current_timestamp(6), localtime, localtimestamp(0), current_user, current_catalog", "SELECT CURRENT_DATE, CURRENT_TIMESTAMP(6), LOCALTIME, LOCALTIMESTAMP(0), CURRENT_USER, CURRENT_CATALOG"},
	})
	checkRefused(t, map[string]string{
		"SELECT CASE END":             "1:13",
		"SELECT CASE a WHEN 1 THEN 2": "1:28",
		"SELECT CAST(a, b)":           "1:14",
		"SELECT EXTRACT(a, b)":        "1:17",
		"SELECT current_date()":       "1:20",
		"SELECT NORMALIZE(a, x)":      "1:21",
	})
}
