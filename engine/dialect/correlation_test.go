package dialect

import (
	"strings"
	"testing"
)

// t is the query around, u and v are within.
const around = "(VALUES (1, 2, ARRAY[1])) AS t(x, y, a)"

var correlatedTests = []struct {
	sql       string // without FROM around
	supported bool
}{
	// Values: one row of all, or filters alone.
	{"(SELECT max(c) FROM u WHERE b < t.x)", true},
	{"(SELECT max(c) + t.x FROM u WHERE b < t.x)", true},
	{"(SELECT max(c + t.x) FROM u WHERE b < t.x)", false},
	{"(SELECT max(c) FROM u WHERE b < t.x HAVING max(c) > 1)", false},
	{"(SELECT max(c) FROM u HAVING max(c) > t.x)", true},
	{"(SELECT count(*) FROM u WHERE b < t.x LIMIT 1)", true},
	{"(SELECT t.x)", true},
	{"(SELECT t.x + 1)", true},
	{"(SELECT c FROM u WHERE b = t.x)", true},
	{"(SELECT c FROM u WHERE b < t.x)", true},
	{"(SELECT c + t.x FROM u WHERE b = t.x)", false},
	{"(SELECT t.x FROM u WHERE b = t.x)", false},
	{"(SELECT count(c) FROM u WHERE b = t.x GROUP BY b)", true},
	{"(SELECT count(c) FROM u WHERE b = t.x GROUP BY c)", true},
	{"(SELECT count(c) FROM u WHERE b < t.x GROUP BY c)", false},
	{"(SELECT DISTINCT c FROM u WHERE b < t.x)", false},
	{"(SELECT DISTINCT c FROM u WHERE b = t.x)", true},
	{"(SELECT count(*) FROM u WHERE b = t.x GROUP BY ROLLUP (c))", false},
	{"(SELECT rank() OVER (ORDER BY c) FROM u WHERE b = t.x)", false},
	{"(SELECT rank() OVER (ORDER BY c) FROM u)", true},

	// Limits: what is taken out must be fixed, for one row without an order all that comes out.
	{"(SELECT b FROM u WHERE b = t.x LIMIT 1)", true},
	{"(SELECT b + 1 FROM u WHERE b = t.x LIMIT 1)", true},
	{"(SELECT b FROM u WHERE b = t.x * t.y - 1 AND t.y > 1 LIMIT 1)", true},
	{"(SELECT c FROM u WHERE b = t.x LIMIT 1)", false},
	{"(SELECT b FROM u WHERE b = t.x AND c > 1 LIMIT 1)", false},
	{"(SELECT b FROM u WHERE b < t.x LIMIT 1)", false},
	{"(SELECT b FROM u WHERE b + 1 = t.x LIMIT 1)", false},
	{"(SELECT c FROM u WHERE b = t.x LIMIT 2)", true},
	{"(SELECT c FROM u WHERE b < t.x LIMIT 2)", false},
	{"(SELECT c FROM u WHERE b < t.x LIMIT 0)", true},
	{"(SELECT c FROM u WHERE b < t.x LIMIT ALL)", true},
	{"(SELECT c FROM u WHERE b < t.x ORDER BY c)", true},
	{"(SELECT c FROM u WHERE b = t.x ORDER BY c LIMIT 1)", true},
	{"(SELECT c FROM u WHERE b < t.x ORDER BY c LIMIT 1)", false},
	{"(SELECT c FROM u WHERE b = t.x OFFSET 1)", false},
	{"(SELECT c FROM u WHERE b = t.x FETCH FIRST 2 ROWS ONLY)", true},
	{"(SELECT c FROM u WHERE b = t.x ORDER BY c FETCH FIRST 1 ROW WITH TIES)", false},
	{"(SELECT c FROM u WHERE d = t.x ORDER BY c LIMIT 1)", true},
	{"(SELECT d FROM u WHERE d = CAST(t.x AS double) ORDER BY c LIMIT 1)", true},
	{"(SELECT d FROM u WHERE b = CAST(t.x AS double) ORDER BY c LIMIT 1)", true},
	{"(SELECT d FROM u WHERE b = CAST(t.x AS real) ORDER BY c LIMIT 1)", false},
	{"(SELECT d FROM u WHERE CAST(b AS bigint) = CAST(t.x AS double) ORDER BY c LIMIT 1)", false},
	{"(SELECT d FROM u WHERE CAST(b AS bigint) = t.x ORDER BY c LIMIT 1)", true},

	// FROM.
	{"(SELECT max(c) FROM u JOIN v ON c = e AND c <= t.x)", true},
	{"(SELECT count(*) FROM u LEFT JOIN v ON c = t.x)", false},
	{"(SELECT count(*) FROM u JOIN (SELECT e FROM v WHERE e = t.x) ON c = e)", false},
	{"(SELECT max(e) FROM (VALUES t.x, t.y) AS w(e))", false},
	{"(SELECT e + t.y FROM (VALUES t.x) AS w(e))", true},
	{"(SELECT e + t.y FROM (SELECT t.x) AS w(e))", true},
	{"(VALUES t.x)", true},
	{"(VALUES t.x, t.y)", false},
	{"(SELECT sum(e) FROM UNNEST(t.a) AS w(e))", true},
	{"(SELECT sum(e) FROM UNNEST(t.a) AS w(e) WHERE e > 1)", false},
	{"EXISTS (SELECT 1 FROM UNNEST(t.a) AS w(e) WHERE e = t.x)", false},
	{"t.x IN (SELECT e FROM UNNEST(t.a) AS w(e))", false},
	{"(SELECT max(e) FROM (SELECT e FROM v WHERE e = t.x) AS w)", true},
	{"(SELECT e FROM v WHERE e = t.x UNION ALL SELECT 1)", false},
	{"(SELECT max(e) FROM (SELECT e FROM v WHERE e = t.x UNION ALL SELECT 1))", false},
	{"(SELECT count(*) FROM u WHERE EXISTS (SELECT 1 FROM v WHERE e = t.x))", false},
	{"(SELECT count(*) FROM u WHERE b = t.x AND EXISTS (SELECT 1 FROM v WHERE e = c))", true},

	{"(SELECT (SELECT max(e) FROM v) FROM u WHERE b = t.x)", false},
	{"(SELECT max(b) + (SELECT max(e) FROM v) FROM u)", true},

	// EXISTS needs no columns, and is as good as a count.
	{"EXISTS (SELECT t.x + c FROM u WHERE b < t.x)", true},
	{"EXISTS (SELECT c FROM u WHERE b = t.x LIMIT 3)", true},
	{"EXISTS (SELECT c FROM u WHERE b < t.x LIMIT 3)", false},
	{"EXISTS (SELECT c FROM u WHERE b = t.x OFFSET 1)", false},
	{"EXISTS (SELECT max(c) FROM u WHERE b + t.x < c)", true},
	{"EXISTS (SELECT 1 FROM u WHERE b = t.x GROUP BY c)", true},
	{"EXISTS (SELECT 1 FROM u WHERE d = t.x GROUP BY c)", true},
	{"EXISTS (SELECT 1 FROM u WHERE b < t.x GROUP BY c)", false},
	{"EXISTS (SELECT 1 FROM (VALUES (BIGINT '1', 2)) AS w(b, c) WHERE b = CAST(t.x AS double) GROUP BY c)", false},
	{"EXISTS (SELECT 1 FROM u GROUP BY c HAVING count(*) > t.x)", true},
	{"EXISTS (SELECT 1 FROM u WHERE b < t.x GROUP BY c HAVING count(*) > 1)", false},

	// IN: filters alone.
	{"t.x IN (SELECT c FROM u WHERE b < t.y)", true},
	{"t.x NOT IN (SELECT c FROM u WHERE b < t.y)", true},
	{"t.x IN (SELECT c + t.y FROM u)", false},
	{"t.x IN (SELECT c FROM u WHERE b = t.y LIMIT 2)", false},
	{"t.x IN (SELECT max(c) FROM u WHERE b = t.y)", false},
	{"t.x IN (SELECT max(c) FROM u GROUP BY b HAVING max(c) < t.y)", true},
	{"t.x = ANY (SELECT DISTINCT c FROM u WHERE b = t.y)", false},
	{"t.x <> ALL (SELECT c FROM u WHERE b = t.y)", true},
	{"t.x < ALL (SELECT c FROM u WHERE b < t.y)", true},
	{"t.x < ALL (SELECT DISTINCT c FROM u WHERE b < t.y)", true},
	{"t.x < ALL (SELECT c + t.y FROM u)", false},
	{"t.x = ALL (SELECT c FROM u WHERE b < t.y LIMIT 2)", false},
}

const within = "WITH u AS (SELECT * FROM (VALUES (1, 2, 1e0)) AS u(b, c, d)), v AS (SELECT * FROM (VALUES 1) AS v(e)) "

func TestCorrelatedSubqueries(t *testing.T) {
	for _, test := range correlatedTests {
		checkSupported(t, within+"SELECT "+test.sql+" FROM "+around, test.supported)
	}
}

var lateralTests = []struct {
	sql         string
	inner, left bool // supported in an inner and in a left join
}{
	{"SELECT count(DISTINCT c) + 100 FROM u WHERE b <= t.x", true, true},
	{"SELECT c FROM u WHERE b <= t.x GROUP BY c", true, true},
	{"SELECT count(b) FROM u WHERE b <= t.x GROUP BY c", true, false},
	{"SELECT count(b) FROM u WHERE b = t.x GROUP BY c", true, true},
	{"SELECT c FROM u WHERE b = t.x ORDER BY c LIMIT 2", true, true},
	{"SELECT c FROM u WHERE b < t.x ORDER BY c LIMIT 2", false, false},
	{"SELECT c + t.x FROM u WHERE b = t.x", false, false},
	{"SELECT t.x + 1", true, true},
	{"VALUES t.x", true, true},
	{"SELECT x UNION ALL SELECT y", false, false},
}

func TestCorrelatedLaterals(t *testing.T) {
	for _, test := range lateralTests {
		checkSupported(t, within+"SELECT 1 FROM "+around+" CROSS JOIN LATERAL ("+test.sql+")", test.inner)
		checkSupported(t, within+"SELECT 1 FROM "+around+", LATERAL ("+test.sql+")", test.inner)
		checkSupported(t, within+"SELECT 1 FROM "+around+" LEFT JOIN LATERAL ("+test.sql+") ON TRUE", test.left)
	}
}

// checkSupported analyses a statement, which may fail only as correlated subqueries do.
func checkSupported(t *testing.T, sql string, want bool) {
	t.Helper()
	s, err := Parse(sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	_, err = Analyze(s, flowLogs{}, noon)
	if err != nil && !strings.Contains(err.Error(), "Given correlated subquery is not supported") {
		t.Errorf("%s: %v", sql, err)
	} else if got := err == nil; got != want {
		t.Errorf("%s: supported is %v, want %v", sql, got, want)
	}
}
