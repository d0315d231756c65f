package dialect

import (
	"errors"
	"testing"
)

func TestSQLJSONTypes(t *testing.T) {
	tests := []struct{ sql, want string }{
		{`SELECT json_exists(srcaddr, 'lax $.a'), json_value(srcaddr, 'lax $.a'), json_value(srcaddr, 'lax $.a' RETURNING bigint) FROM t`, "_col0 boolean, _col1 varchar, _col2 bigint"},
		{`SELECT json_query(srcaddr, 'lax $' RETURNING char(10)), json_query(srcaddr, 'lax $' RETURNING varbinary FORMAT JSON ENCODING UTF16) FROM t`, "_col0 char(10), _col1 varbinary"},
		{`SELECT json_object(srcaddr : bytes), json_array(json_array(1), date RETURNING varchar(5)) FROM t`, "_col0 varchar, _col1 varchar(5)"},
		{`SELECT json_value(srcaddr, 'lax $.a' RETURNING timestamp(3) DEFAULT NULL ON ERROR) FROM t`, "_col0 timestamp(3)"},
		{`SELECT json_array_length(json_query(a, 'lax $')) FROM (SELECT srcaddr AS a FROM t GROUP BY srcaddr)`, "_col0 bigint"},
		{`SELECT json_value(srcaddr, 'lax $[$i]' PASSING count(*) AS "i") FROM t GROUP BY srcaddr`, "_col0 varchar"},
		{`SELECT CAST(JSON '[1]' AS ARRAY(ROW(a BIGINT, MAP(VARCHAR, JSON)))), CAST(ROW(1, DATE '2001-01-01') AS JSON), JSON '1' = JSON '1'`, "_col0 array(row(a bigint, map(varchar, json))), _col1 json, _col2 boolean"},
		{`SELECT json_extract_scalar('{"a": 1}', '$.a'), json_extract_scalar(JSON '1', '$')`, "_col0 varchar(8), _col1 varchar"},
	}
	for _, test := range tests {
		got := ""
		for i, c := range analyzed(t, test.sql).Columns {
			if i > 0 {
				got += ", "
			}
			got += c.Name + " " + c.Type.String()
		}
		if got != test.want {
			t.Errorf("%s has %s, want %s", test.sql, got, test.want)
		}
	}
}

func TestSQLJSONFaults(t *testing.T) {
	tests := []struct{ sql, want string }{
		{`SELECT json_exists('[]', 'certainly not a valid path')`, "SYNTAX_ERROR: line 1:27: mismatched input 'certainly' expecting {'lax', 'strict'}"},
		{"SELECT json_exists('[]', 'lax $\n + ')", "SYNTAX_ERROR: line 2:4: mismatched input '<EOF>'"},
		{`SELECT json_value('[]', 'lax $n' PASSING 1 AS n)`, `INVALID_PATH: line 1:25: no value passed for parameter n. Try quoting "n" in the PASSING clause to match case`},
		{`SELECT json_value('[]', 'lax $n')`, "INVALID_PATH: line 1:25: no value passed for parameter n"},
		{`SELECT json_value('[]', 'lax $[$n]?(@ == $m)' PASSING 1 AS "n")`, "INVALID_PATH: line 1:25: no value passed for parameter m"},
		{`SELECT json_value('[]', 'lax $' PASSING 1 AS "n", 2 AS "n")`, "DUPLICATE_PARAMETER_NAME: line 1:8: n JSON path parameter is specified more than once"},
		{`SELECT json_value('[]', 'lax "a" + 1')`, "INVALID_PATH: line 1:25: invalid operand types (varchar(1) and integer) in JSON path arithmetic binary expression"},
		{`SELECT json_value('[]', 'lax $.datetime()')`, "NOT_SUPPORTED: line 1:25: datetime method in JSON path is not yet supported"},
		{`SELECT json_exists('[]', 'lax $?(@ like_regex "a" flag "i")')`, "NOT_SUPPORTED: line 1:26: like_regex predicate in JSON path is not yet supported"},
		{`SELECT json_exists('[]', 'lax $' AS p)`, "INVALID_PATH: line 1:37: JSON path name is not allowed in JSON_EXISTS function"},
		{`SELECT json_query('[]' FORMAT JSON ENCODING UTF8, 'lax $')`, "TYPE_MISMATCH: line 1:19: Cannot read input of type varchar(2) as JSON using formatting JSON ENCODING UTF8"},
		{`SELECT json_query(JSON '[]', 'lax $')`, "TYPE_MISMATCH: line 1:19: Cannot read input of type json as JSON using formatting JSON"},
		{`SELECT json_query('[]', 'lax $' RETURNING tinyint)`, "TYPE_MISMATCH: line 1:8: Cannot output JSON value as tinyint using formatting JSON"},
		{`SELECT json_query('[]', 'lax $' WITH ARRAY WRAPPER OMIT QUOTES)`, "INVALID_FUNCTION_ARGUMENT: line 1:8: OMIT QUOTES behavior specified with WITH UNCONDITIONAL ARRAY WRAPPER behavior"},
		{`SELECT json_value('[]', 'lax $' RETURNING json)`, "TYPE_MISMATCH: line 1:8: Invalid return type of function JSON_VALUE: json"},
		{`SELECT json_value('[]', 'lax $' RETURNING double DEFAULT 'x' ON EMPTY)`, "TYPE_MISMATCH: line 1:58: Function JSON_VALUE default ON EMPTY result must evaluate to a double (actual: varchar(1))"},
		{`SELECT json_object(1 : 2)`, "INVALID_FUNCTION_ARGUMENT: line 1:20: Invalid type of JSON object key: integer"},
		{`SELECT json_object('a' : ARRAY[1])`, "NOT_SUPPORTED: line 1:26: Unsupported type of value passed to JSON_OBJECT function: array(integer)"},
		{`SELECT json_object('a' : '[]' FORMAT JSON WITH UNIQUE KEYS)`, "NOT_SUPPORTED: line 1:8: WITH UNIQUE KEYS behavior is not supported for JSON_OBJECT function when input expression has FORMAT"},
		{`SELECT json_value(srcaddr, 'lax $' PASSING bytes AS b RETURNING bigint) FROM t GROUP BY srcaddr`, `EXPRESSION_NOT_AGGREGATE: line 1:8: 'JSON_VALUE(srcaddr FORMAT JSON, 'lax $' PASSING bytes AS b RETURNING bigint NULL ON EMPTY NULL ON ERROR)' must be an aggregate expression or appear in GROUP BY clause`},
		{`SELECT json_array(srcaddr, 1 FORMAT JSON) FROM t GROUP BY bytes`, `TYPE_MISMATCH: line 1:28: Cannot read input of type integer as JSON using formatting JSON`},
		{`SELECT json_object(srcaddr : 1) FROM t GROUP BY bytes`, `EXPRESSION_NOT_AGGREGATE: line 1:8: 'JSON_OBJECT(KEY srcaddr VALUE 1 NULL ON NULL WITHOUT UNIQUE KEYS)' must be an aggregate expression or appear in GROUP BY clause`},
		{`SELECT CAST(JSON '1' AS DATE)`, "TYPE_MISMATCH: line 1:8: Cannot cast json to date"},
		{`SELECT CAST(JSON '{}' AS MAP(DATE, VARCHAR))`, "TYPE_MISMATCH: line 1:8: Cannot cast json to map(date, varchar)"},
		{`SELECT CAST(ARRAY[TIME '01:00:00'] AS JSON)`, "TYPE_MISMATCH: line 1:8: Cannot cast array(time(0)) to json"},
		{`SELECT JSON '{}abc'`, "INVALID_LITERAL: line 1:8: '{}abc' is not a valid JSON literal"},
	}
	for _, test := range tests {
		stmt, err := Parse(test.sql)
		if err == nil {
			_, err = Analyze(stmt, flowLogs{}, noon)
		}
		var fault *Error
		if !errors.As(err, &fault) || fault.Error() != test.want {
			t.Errorf("%s: %v, want %s", test.sql, err, test.want)
		}
	}
}
