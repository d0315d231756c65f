package dialect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// flowLogs is a catalog of tables that all have the columns of flow logs, old
// and new. The table "nope" does not exist, and "open" takes any column.
type flowLogs struct{}

var flowColumns = []schema.Column{
	{Name: "version", Type: schema.Int}, {Name: "account_id"}, {Name: "interface_id"}, {Name: "srcaddr"}, {Name: "dstaddr"},
	{Name: "srcport", Type: schema.Int}, {Name: "dstport", Type: schema.Int}, {Name: "protocol", Type: schema.BigInt},
	{Name: "packets", Type: schema.BigInt}, {Name: "bytes", Type: schema.BigInt}, {Name: "start", Type: schema.BigInt},
	{Name: "end", Type: schema.BigInt}, {Name: "action"}, {Name: "log_status"}, {Name: "region"},
	{Name: "date", Type: schema.Date}, {Name: "day"}, {Name: "ts"},
	{Name: "interfaceid"}, {Name: "sourceaddress"}, {Name: "destinationaddress"}, {Name: "destinationport", Type: schema.Int},
	{Name: "numpackets", Type: schema.BigInt}, {Name: "starttime", Type: schema.BigInt}, {Name: "endtime", Type: schema.BigInt},
}

func (flowLogs) Relation(name []string) (*Relation, bool) {
	last := name[len(name)-1]
	if last == "open" {
		return &Relation{Name: last, Open: true}, true
	}
	return &Relation{Name: last, Columns: flowColumns}, last != "nope"
}

// noon is the session of the tests: 8 March 2024, 12:30:45.678 UTC.
var noon = Session{Now: time.Date(2024, 3, 8, 12, 30, 45, 678_000_000, time.UTC)}

func analyzed(t testing.TB, sql string) *Analysis {
	t.Helper()
	stmt, err := Parse(sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	a, err := Analyze(stmt, flowLogs{}, noon)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return a
}

func TestAnalyzeTypes(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT 1, 2147483648, 1.50, 1e0, 'abc', NULL, true", "_col0 integer, _col1 bigint, _col2 decimal(3,2), _col3 double, _col4 varchar(3), _col5 unknown, _col6 boolean"},
		{"SELECT 7 / 2, 7 / 2.0, 7 / 2e0, 1.5 + 2.25, 1.5 * 2.25, 5 % 3", "_col0 integer, _col1 decimal(12,1), _col2 double, _col3 decimal(4,2), _col4 decimal(5,3), _col5 integer"},
		{"SELECT sum(bytes), sum(bytes) / 1024, sum(bytes) / 1073741824.0, avg(bytes), count(*) FROM t", "_col0 bigint, _col1 bigint, _col2 decimal(21,1), _col3 double, _col4 bigint"},
		{"SELECT srcaddr, DATE, bytes b, t.action FROM t", "srcaddr varchar, DATE date, b bigint, action varchar"},
		{"SELECT current_date - INTERVAL '7' DAY, current_timestamp, now() - INTERVAL '1' HOUR, date - date FROM t", "_col0 date, _col1 timestamp(3) with time zone, _col2 timestamp(3) with time zone, _col3 interval day to second"},
		{"SELECT from_unixtime(start), to_unixtime(now()), date_trunc('hour', from_unixtime(start)), to_iso8601(from_unixtime(start)) FROM t", "_col0 timestamp(3) with time zone, _col1 double, _col2 timestamp(3) with time zone, _col3 varchar(32)"},
		{"SELECT day_of_week(date), date_add('day', 1, date), date_diff('day', date, current_date) FROM t", "_col0 bigint, _col1 date, _col2 bigint"},
		{"SELECT ARRAY[1, 2.5], MAP(ARRAY['a'], ARRAY[1]), ROW(1, 'x')", "_col0 array(decimal(11,1)), _col1 map(varchar(1), integer), _col2 row(integer, varchar(1))"},
		{"SELECT CASE WHEN bytes > 1 THEN 1 ELSE 2.5 END, COALESCE(NULL, 3), IF(true, 'a') FROM t", "_col0 decimal(11,1), _col1 integer, _col2 varchar(1)"},
		{"SELECT transform(ARRAY[1], x -> x + 1e0), filter(ARRAY[1], x -> x > 0)", "_col0 array(double), _col1 array(integer)"},
		{"VALUES 1, 2.5", "_col0 decimal(11,1)"},
		{"SELECT x FROM (VALUES (1, 'a'), (2, 'bcd')) AS v(n, x)", "x varchar(3)"},
		{"SELECT 1 AS a UNION ALL SELECT 2.5", "a decimal(11,1)"},
		{"SELECT * FROM (SELECT 1 x, 2 y) a JOIN (SELECT 1e0 y, 3 z) b USING (y)", "y double, x integer, z integer"},
		{"WITH w(a) AS (SELECT bytes FROM t) SELECT a, w.* FROM w", "a bigint, a bigint"},
		{"SELECT * FROM UNNEST(ARRAY['a'], MAP(ARRAY[1], ARRAY[2e0])) WITH ORDINALITY AS u(a, k, v, n)", "a varchar(1), k integer, v double, n bigint"},
		{"SELECT row_number() OVER (PARTITION BY action ORDER BY bytes) rn, lag(bytes) OVER (ORDER BY start) FROM t", "rn bigint, _col1 bigint"},
		{"SELECT IPADDRESS '10.0.0.1', contains('10.0.0.0/8', CAST(srcaddr AS IPADDRESS)) FROM t", "_col0 ipaddress, _col1 boolean"},
		{"SELECT CAST(1 AS decimal(5, 2)), TRY_CAST('x' AS bigint), CAST(now() AS timestamp(6))", "_col0 decimal(5,2), _col1 bigint, _col2 timestamp(6)"},
	}
	for _, test := range tests {
		var got []string
		for _, c := range analyzed(t, test.sql).Columns {
			got = append(got, c.Name+" "+c.Type.String())
		}
		if all := strings.Join(got, ", "); all != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.sql, all, test.want)
		}
	}
}

func TestAnalyzeErrors(t *testing.T) {
	tests := []struct{ sql, want, hint string }{
		{"SELECT srcadr FROM t", "COLUMN_NOT_FOUND: line 1:8: Column 'srcadr' cannot be resolved", "did you mean srcaddr?"},
		{"SELECT\n  x.srcaddr FROM t", "COLUMN_NOT_FOUND: line 2:3: Column 'x.srcaddr' cannot be resolved", ""},
		{"SELECT 1 FROM nope", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.default.nope' does not exist", ""},
		{"SELECT summ(bytes) FROM t", "FUNCTION_NOT_FOUND: line 1:8: Function 'summ' not registered", "did you mean sum?"},
		{"SELECT ip_prefix(srcaddr, 8) FROM t", "FUNCTION_NOT_FOUND: line 1:8: Function 'ip_prefix' not registered", ""},
		{"SELECT length(1)", "FUNCTION_NOT_FOUND: line 1:8: Unexpected parameters (integer) for function length. Expected: length(varchar(x)), length(varbinary), length(char(x))", "write CAST"},
		{"SELECT 1 FROM t WHERE dstport = '443'", "TYPE_MISMATCH: line 1:31: Cannot apply operator: integer = varchar(3)", "write the number without quotes: 443"},
		{"SELECT 1 FROM t WHERE date >= '2024-01-01'", "TYPE_MISMATCH: line 1:28: Cannot apply operator: date <= varchar(10)", "write DATE '2024-01-01'"},
		{"SELECT 1 FROM t WHERE srcaddr IN (1)", "TYPE_MISMATCH: line 1:35: IN value and list items must be the same type: varchar", ""},
		{"SELECT 8 + 'x'", "TYPE_MISMATCH: line 1:10: Cannot apply operator: integer + varchar(1)", "CAST"},
		{"SELECT 1 FROM t WHERE bytes", "TYPE_MISMATCH: line 1:23: WHERE clause must evaluate to a boolean: actual type bigint", ""},
		{"SELECT srcaddr AS s FROM t WHERE s = 'x'", "COLUMN_NOT_FOUND: line 1:34: Column 's' cannot be resolved", "s is a name that SELECT gives, which ORDER BY alone knows; write srcaddr in its place"},
		{"SELECT srcaddr AS s, count(*) FROM t GROUP BY s", "COLUMN_NOT_FOUND: line 1:47: Column 's' cannot be resolved", "write srcaddr in its place"},
		{"SELECT srcaddr, count(*) AS n FROM t GROUP BY 1 HAVING n > 1", "COLUMN_NOT_FOUND: line 1:56: Column 'n' cannot be resolved", "write count(*) in its place"},
		{"SELECT 1 FROM t WHERE action = \"REJECT\"", "COLUMN_NOT_FOUND: line 1:32: Column 'reject' cannot be resolved", "if a text is meant, write 'REJECT'"},
		{"SELECT 1 FROM t WHERE date = 2025-11-01", "TYPE_MISMATCH: line 1:28: Cannot apply operator: date = integer", "a date is written DATE '2025-11-01'"},
		{"SELECT 1 FROM t WHERE 1 < now()", "TYPE_MISMATCH: line 1:25: Cannot apply operator: integer < timestamp(3) with time zone", "from_unixtime(…) makes a timestamp"},
		{"SELECT 1 FROM t WHERE sum(bytes) > 1", "EXPRESSION_NOT_SCALAR: line 1:23: WHERE clause cannot contain aggregations, window functions or grouping operations: [sum(bytes)]", "a condition on groups stands after GROUP BY: HAVING sum(bytes)"},
		{"SELECT srcaddr, count(*) FROM t", "EXPRESSION_NOT_AGGREGATE: line 1:8: 'srcaddr' must be an aggregate expression or appear in GROUP BY clause", "add srcaddr to GROUP BY, or take one of its values: arbitrary(srcaddr)"},
		{"SELECT bytes + 1 FROM t GROUP BY packets", "EXPRESSION_NOT_AGGREGATE: line 1:14: '(bytes + 1)' must be an aggregate expression or appear in GROUP BY clause", ""},
		{"SELECT 1 FROM t WHERE sum(bytes) > 1", "EXPRESSION_NOT_SCALAR: line 1:23: WHERE clause cannot contain aggregations, window functions or grouping operations: [sum(bytes)]", ""},
		{"SELECT sum(sum(bytes)) FROM t", "NESTED_AGGREGATION: line 1:12: Cannot nest aggregations inside aggregation 'sum': [sum(bytes)]", ""},
		{"SELECT date FROM t JOIN u ON t.bytes = u.bytes", "AMBIGUOUS_NAME: line 1:8: Column 'date' is ambiguous", ""},
		{"SELECT bytes FROM t ORDER BY 2", "INVALID_COLUMN_REFERENCE: line 1:30: ORDER BY position 2 is not in select list", ""},
		{"SELECT DISTINCT bytes FROM t ORDER BY packets", "EXPRESSION_NOT_IN_DISTINCT: line 1:1: For SELECT DISTINCT, ORDER BY expressions must appear in select list", ""},
		{"SELECT 1 UNION SELECT 'a'", "TYPE_MISMATCH: line 1:10: column 1 in UNION query has incompatible types: integer, varchar(1)", ""},
		{"SELECT CAST(1 AS date)", "TYPE_MISMATCH: line 1:8: Cannot cast integer to date", ""},
		{"SELECT DATE '2024-02-30'", "INVALID_LITERAL: line 1:8: '2024-02-30' is not a valid DATE literal", ""},
		{"SELECT date + 1 FROM t", "TYPE_MISMATCH: line 1:13: Cannot apply operator: date + integer", "INTERVAL"},
		{"SELECT rank() FROM t", "MISSING_OVER: line 1:8: Window function rank requires an OVER clause", ""},
		{"SELECT 1 FROM other.nope", "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.other.nope' does not exist", ""},
		{"SELECT * FROM t CROSS JOIN UNNEST(ARRAY[1]) TABLESAMPLE BERNOULLI (10)", "NOT_SUPPORTED: line 1:28: vpcq does not support TABLESAMPLE of what is no table or query yet", ""},
		{"SELECT * FROM t TABLESAMPLE SYSTEM (101)", "NUMERIC_VALUE_OUT_OF_RANGE: line 1:37: Sample percentage must be less than or equal to 100", ""},
		{"SELECT * FROM t TABLESAMPLE SYSTEM (-1)", "NUMERIC_VALUE_OUT_OF_RANGE: line 1:37: Sample percentage must be greater than or equal to 0", ""},
		{"SELECT * FROM t TABLESAMPLE SYSTEM ('1')", "TYPE_MISMATCH: line 1:37: Sample percentage should be a numeric expression", ""},
		{"SELECT * FROM t TABLESAMPLE SYSTEM (rand())", "NOT_SUPPORTED: line 1:37: vpcq does not support a percentage of TABLESAMPLE that is no number yet", ""},
		{"SELECT DISTINCT bytes, bytes + packets FROM t ORDER BY bytes + packets", "EXPRESSION_NOT_IN_DISTINCT: line 1:1: For SELECT DISTINCT, ORDER BY expressions must appear in select list", ""},
		{"SELECT 1 AS x FROM t GROUP BY action ORDER BY sum(x)", "COLUMN_NOT_FOUND: line 1:51: Invalid reference to output projection attribute from ORDER BY aggregation", ""},
		{"SELECT grouping(action) FROM t GROUP BY region", "INVALID_ARGUMENTS: line 1:8: The arguments to GROUPING() must be expressions referenced by the GROUP BY at the associated query level. Mismatch due to action.", ""},
		{"SELECT grouping(action) FROM t", "MISSING_GROUP_BY: line 1:8: A GROUPING() operation can only be used with a corresponding GROUPING SET/CUBE/ROLLUP/GROUP BY clause", ""},
		{"SELECT max(bytes) FROM t GROUP BY action WINDOW w AS (ORDER BY bytes)", "EXPRESSION_NOT_AGGREGATE: line 1:64: 'bytes' must be an aggregate expression or appear in GROUP BY clause", ""},
		{"SELECT lag(bytes) OVER () FROM t", "MISSING_ORDER_BY: line 1:19: lag function requires an ORDER BY window clause", ""},
		{"SELECT count(DISTINCT bytes) OVER () FROM t", "NOT_SUPPORTED: line 1:8: DISTINCT in window function parameters not yet supported: count(DISTINCT bytes)", ""},
		{"SELECT 1 FROM t LEFT JOIN t u ON u.bytes IN (SELECT t.bytes)", "INVALID_COLUMN_REFERENCE: line 1:53: Reference to column 't.bytes' from outer scope not allowed in this context", ""},
		{"SELECT 1 FROM t FULL JOIN LATERAL (SELECT 1) u ON 1 = 2", "NOT_SUPPORTED: line 1:15: FULL JOIN involving LATERAL relation is only supported with condition ON TRUE", ""},
		{"SELECT 1 FETCH FIRST ROW WITH TIES", "MISSING_ORDER_BY: line 1:10: FETCH FIRST WITH TIES clause requires ORDER BY", ""},
		{"SELECT TIME '00:00:00.1234567'", "NOT_SUPPORTED: line 1:8: vpcq does not support times with more than 6 digits of a second yet", ""},
		{"SELECT CAST(TRUE AS decimal(2,2))", "NOT_SUPPORTED: line 1:8: vpcq does not support a cast of boolean to decimal(2,2) yet", ""},
	}
	for _, test := range tests {
		stmt, err := Parse(test.sql)
		if err != nil {
			t.Fatalf("%s: %v", test.sql, err)
		}
		_, err = Analyze(stmt, flowLogs{}, noon)
		fault, ok := err.(*Error)
		if !ok {
			t.Errorf("%s: no error", test.sql)
			continue
		}
		if fault.Error() != test.want || !strings.Contains(fault.Hint, test.hint) {
			t.Errorf("%s\n got %s (hint: %s)\nwant %s (hint: …%s…)", test.sql, fault, fault.Hint, test.want, test.hint)
		}
	}
}

func TestDuckDB(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT 7 / 2", `SELECT CAST((7 // 2) AS INTEGER) AS "_col0"`},
		{"SELECT bytes / packets FROM t", `SELECT CAST(CASE WHEN "t"."packets" = 0 THEN error('DIVISION_BY_ZERO: Division by zero') ELSE ("t"."bytes" // "t"."packets") END AS BIGINT) AS "_col0" FROM vpcq_scan(0) AS "t"`},
		{"SELECT * FROM (SELECT action, bytes FROM t)", `SELECT "query"."action" AS "action", "query"."bytes" AS "bytes" FROM (SELECT "t"."action" AS "action", "t"."bytes" AS "bytes" FROM vpcq_scan(0) AS "t") AS "query"`},
		{"SELECT a.bytes, b.bytes FROM t a, t b", `SELECT "a"."bytes" AS "bytes", "b"."bytes" AS "bytes_2" FROM vpcq_scan(0) AS "a" CROSS JOIN vpcq_scan(1) AS "b"`},
		{"SELECT action, sum(bytes) s FROM t GROUP BY 1 ORDER BY s DESC LIMIT 3", `SELECT "t"."action" AS "action", CAST(sum("t"."bytes") AS BIGINT) AS "s" FROM vpcq_scan(0) AS "t" GROUP BY "t"."action" ORDER BY 2 DESC NULLS LAST LIMIT 3`},
		{"SELECT date - INTERVAL '1' DAY FROM t", `SELECT CAST(("t"."date" - to_microseconds(CAST(86400000000 AS BIGINT))) AS DATE) AS "_col0" FROM vpcq_scan(0) AS "t"`},
		{"SELECT current_date - INTERVAL '7' DAY", `SELECT CAST(DATE '2024-03-01' AS DATE) AS "_col0"`},
		{`SELECT "end" FROM t WHERE "start" > 5`, `SELECT "t"."end" AS "end" FROM vpcq_scan(0) AS "t" WHERE ("t"."start" > CAST(5 AS BIGINT))`},
	}
	for _, test := range tests {
		if got := analyzed(t, test.sql).DuckDB(); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.sql, got, test.want)
		}
	}
}

func TestTableUseColumns(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT count(*) FROM t", ""},
		{"SELECT srcaddr FROM t WHERE bytes > 1 ORDER BY start", "srcaddr bytes start"},
		{"SELECT srcaddr FROM (SELECT * FROM t)", "srcaddr"},
		{"WITH w AS (SELECT srcaddr, bytes, packets + 1 p FROM t) SELECT bytes FROM w", "packets bytes"},
		{"SELECT 1 FROM t WHERE EXISTS (SELECT 1 FROM (VALUES 1) v(x) WHERE x = t.version)", "version"},
		{"SELECT DISTINCT srcaddr FROM (SELECT DISTINCT srcaddr, dstaddr FROM t)", "srcaddr dstaddr"},
		{"SELECT a FROM (SELECT srcaddr a, bytes b FROM t ORDER BY b LIMIT 5)", "srcaddr bytes"},
		{"SELECT a FROM (SELECT srcaddr a, bytes b, start FROM t ORDER BY 2, 3)", "srcaddr bytes start"},
		{"SELECT a FROM (SELECT srcaddr a, bytes b, count(*) FROM t GROUP BY 1, 2)", "srcaddr bytes"},
		{"SELECT zebra, apple FROM open", "apple zebra"},
	}
	for _, test := range tests {
		if got := strings.Join(analyzed(t, test.sql).Uses[0].Columns, " "); got != test.want {
			t.Errorf("%s uses %q, want %q", test.sql, got, test.want)
		}
	}
}

// TestPublishedStatements analyses the statements that AWS publishes about flow logs.
func TestPublishedStatements(t *testing.T) {
	path := filepath.Join("..", "..", "..", "shared", "conformance", "athena_statements.sql")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Skip("the published statements are not beside the repository")
	}
	n := 0
	for _, entry := range strings.Split(string(text), "-- end") {
		if !strings.Contains(entry, "-- kind: select") || !strings.Contains(entry, "-- runs: yes") {
			continue
		}
		var lines []string
		for _, line := range strings.Split(entry, "\n") {
			if !strings.HasPrefix(line, "--") {
				lines = append(lines, line)
			}
		}
		n++
		if len(analyzed(t, strings.TrimSpace(strings.Join(lines, "\n"))).Uses) == 0 {
			t.Errorf("no use of a table in %s", entry)
		}
	}
	if n == 0 {
		t.Error("no statements found")
	}
}

func FuzzAnalyze(f *testing.F) {
	for _, sql := range []string{
		"SELECT srcaddr, sum(bytes) / 1024.0 FROM t WHERE date > current_date - INTERVAL '7' DAY GROUP BY 1 ORDER BY 2 DESC",
		"WITH w AS (SELECT * FROM t) SELECT w.*, rank() OVER (ORDER BY bytes) FROM w LEFT JOIN u USING (srcaddr)",
		"SELECT transform(ARRAY[1, NULL], x -> x + 1), CAST(ROW(1, 'a') AS row(a bigint, b varchar)).b",
		"SELECT x FROM UNNEST(ARRAY[1], MAP(ARRAY['a'], ARRAY[2])) WITH ORDINALITY t(x, k, v, n) WHERE x IN (SELECT 1)",
		"WITH RECURSIVE r(n) AS (SELECT 1 UNION SELECT n + 1 FROM r WHERE n < 5) SELECT * FROM r FULL JOIN LATERAL (VALUES 1) u ON TRUE ORDER BY 1 FETCH FIRST ROW WITH TIES",
		"SELECT lag(bytes) OVER w, grouping(action) FROM t GROUP BY DISTINCT CUBE (action, bytes) WINDOW w AS (ORDER BY start)",
		"SELECT (1, 'a') IN (SELECT bytes, srcaddr FROM t), bytes > ALL (SELECT 1) FROM t",
		"SELECT date_format(TIMESTAMP '2024-01-01 00:00:00 Asia/Tokyo', '%Y'), try(1 / 0), regexp_replace('a', '(a)', '$1')",
	} {
		f.Add(sql)
	}
	f.Fuzz(func(t *testing.T, sql string) {
		stmt, err := Parse(sql)
		if err != nil {
			return
		}
		a, err := Analyze(stmt, flowLogs{}, noon)
		if err != nil {
			if _, ok := err.(*Error); !ok {
				t.Errorf("%q fails with a %T", sql, err)
			}
			return
		}
		if a.DuckDB() == "" {
			t.Errorf("%q has no translation", sql)
		}
	})
}

func BenchmarkParseAndAnalyze(b *testing.B) {
	const sql = `SELECT srcaddr, dstaddr, sum(bytes) / 1024 / 1024 AS mb, count(*) AS flows FROM vpc_flow_logs
		WHERE action = 'REJECT' AND date BETWEEN DATE '2024-03-01' AND current_date - INTERVAL '1' DAY AND dstport IN (22, 3389)
		GROUP BY srcaddr, dstaddr HAVING count(*) > 10 ORDER BY mb DESC LIMIT 20`
	for b.Loop() {
		analyzed(b, sql)
	}
}
