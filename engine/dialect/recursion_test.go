package dialect

import (
	"strings"
	"testing"
)

func TestRecursionUnrolled(t *testing.T) {
	sql := analyzed(t, "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 2 FROM t WHERE n < 6) SELECT * FROM t").DuckDB()
	if steps := strings.Count(sql, "AS MATERIALIZED (WITH"); steps != maxRecursion+1 {
		t.Errorf("%d steps, want %d and one to check:\n%s", steps, maxRecursion, sql)
	}
	if !strings.Contains(sql, "Recursion depth limit exceeded (10)") || strings.Contains(sql, "SELECT DISTINCT") {
		t.Errorf("the limit is not checked, or rows are dropped:\n%s", sql)
	}
	distinct := analyzed(t, "WITH RECURSIVE t(n) AS (SELECT 1 UNION SELECT n + 2 FROM t WHERE n < 6) SELECT * FROM t").DuckDB()
	if !strings.Contains(distinct, "SELECT DISTINCT") {
		t.Errorf("UNION keeps equal rows:\n%s", distinct)
	}
}

func TestRecursionRefused(t *testing.T) {
	const union = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL "
	tests := []struct{ sql, want string }{
		{"WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t", "MISSING_COLUMN_ALIASES: line 1:16: missing column aliases in recursive WITH query"},
		{union + "SELECT n FROM (WITH RECURSIVE u(m) AS (SELECT 1) SELECT * FROM u), t) SELECT * FROM t", "NESTED_RECURSIVE: line 1:59: nested recursive WITH query"},
		{union + "SELECT n, 2 FROM t) SELECT * FROM t", "TYPE_MISMATCH: line 1:44: base and step relations of recursion have different number of fields: 1, 2"},
		{union + "SELECT BIGINT '9' FROM t) SELECT * FROM t", "TYPE_MISMATCH: line 1:44: recursion step relation output type (bigint) is not coercible to recursion base relation output type (integer) at column 1"},
		{union + "(SELECT n FROM t LIMIT 1)) SELECT * FROM t", "INVALID_LIMIT_CLAUSE: line 1:61: FETCH FIRST / LIMIT clause in the step relation of recursion"},
		{union + "SELECT a.n FROM t a, t b) SELECT * FROM t", "INVALID_RECURSIVE_REFERENCE: line 1:65: multiple recursive references in the step relation of recursion"},
		{union + "SELECT 2 WHERE (SELECT true FROM t)) SELECT * FROM t", "INVALID_RECURSIVE_REFERENCE: line 1:77: recursive reference outside of FROM clause of the step relation of recursion"},
		{union + "SELECT n FROM (SELECT 10) u LEFT JOIN t ON true) SELECT * FROM t", "INVALID_RECURSIVE_REFERENCE: line 1:82: recursive reference in right source of LEFT join"},
		{union + "SELECT n FROM t ORDER BY 1) SELECT * FROM t", "NOT_SUPPORTED: line 1:69: immediate ORDER BY clause in recursive query is not supported"},
		{"WITH RECURSIVE t(n) AS (SELECT n FROM t) SELECT * FROM t", "INVALID_RECURSIVE_REFERENCE: line 1:39: recursive reference not allowed in this context"},
		{"WITH RECURSIVE t(n) AS (SELECT 1 FROM t UNION ALL SELECT n FROM t) SELECT * FROM t", "INVALID_RECURSIVE_REFERENCE: line 1:39: WITH table name is referenced in the base relation of recursion"},
		{"WITH t(a, A) AS (SELECT 1, 2) SELECT * FROM t", "DUPLICATE_COLUMN_NAME: line 1:11: Column name 'A' specified more than once"},
	}
	for _, test := range tests {
		stmt, err := Parse(test.sql)
		if err != nil {
			t.Fatalf("%s: %v", test.sql, err)
		}
		if _, err := Analyze(stmt, flowLogs{}, noon); err == nil || err.Error() != test.want {
			t.Errorf("%s\n got %v\nwant %s", test.sql, err, test.want)
		}
	}
}
