package dialect

import "testing"

func TestParseCalls(t *testing.T) {
	checkPrinted(t, []printed{
		{"SELECT f(), a.b.f(1, 'x'), count(*), count(DISTINCT a), count(ALL a), array_agg(a ORDER BY b DESC), f(ORDER BY a)", ""},
		{"SELECT count(*) FILTER (WHERE a > 1) OVER (PARTITION BY b ORDER BY c), count(t.*) OVER ()", ""},
		{"SELECT lag(a) IGNORE NULLS OVER (ORDER BY b), lag(a, 1) RESPECT NULLS OVER w", ""},
		{"SELECT sum(a) OVER (ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW), sum(a) OVER (RANGE UNBOUNDED PRECEDING)", ""},
		{"SELECT sum(a) OVER (ORDER BY b GROUPS BETWEEN UNBOUNDED PRECEDING AND INTERVAL '1' DAY FOLLOWING)", ""},
		{"SELECT sum(a) OVER (w ROWS UNBOUNDED FOLLOWING), sum(a) OVER (rows), sum(a) OVER (partition ORDER BY x)", ""},
		{"SELECT sum(a) OVER (MEASURES A . x AS y ROWS BETWEEN CURRENT ROW AND 5 FOLLOWING AFTER MATCH SKIP TO NEXT ROW SEEK PATTERN ( A B ) DEFINE A AS true)", ""},
		{"SELECT m OVER w, m OVER (ORDER BY a)", ""},
		{"SELECT FINAL last(x), RUNNING f(x), final(1), running", ""},
		{"SELECT f(x) filter, f(y) over, f(z) ignore FROM t", "SELECT f(x) AS filter, f(y) AS over, f(z) AS ignore FROM t"},
		{"SELECT if(a, b), coalesce(a, b), nullif(a, b), try(a / b), contains('10.0.0.0/8', ip)", ""},
		{"SELECT LISTAGG(DISTINCT a, ',' ON OVERFLOW TRUNCATE '..' WITHOUT COUNT) WITHIN GROUP (ORDER BY a) FILTER (WHERE b)", "SELECT LISTAGG(DISTINCT a, ',' ON OVERFLOW TRUNCATE '..' WITHOUT COUNT) WITHIN GROUP (ORDER BY a) FILTER (WHERE b)"},
		{"SELECT LISTAGG(a) WITHIN GROUP (ORDER BY a), LISTAGG(a, ',' ON OVERFLOW ERROR) WITHIN GROUP (ORDER BY a)", ""},
	})
	checkRefused(t, map[string]string{
		"SELECT f(a b)":                "1:12",
		"SELECT f(*, a)":               "1:11",
		"SELECT lag(a) IGNORE NULLS":   "1:27",
		"SELECT LISTAGG(a)":            "1:18",
		"SELECT f(a) OVER (ORDER a)":   "1:25",
		"SELECT f(a FILTER (WHERE b))": "1:12",
	})
}
