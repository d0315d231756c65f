package dialect

import "testing"

func TestParseJSONFunctions(t *testing.T) {
	checkPrinted(t, []printed{
		{`SELECT JSON_EXISTS(a FORMAT JSON ENCODING UTF8, 'lax $' AS p PASSING b AS x, c FORMAT JSON AS "y" UNKNOWN ON ERROR)`, ""},
		{"SELECT JSON_VALUE(a, 'lax $.b' RETURNING bigint DEFAULT 1 + 1 ON EMPTY ERROR ON ERROR), JSON_VALUE(a, 'lax $')", ""},
		{"SELECT JSON_QUERY(a, 'lax $' RETURNING varchar FORMAT JSON WITH ARRAY WRAPPER OMIT QUOTES ON SCALAR STRING EMPTY ARRAY ON EMPTY NULL ON ERROR)", "SELECT JSON_QUERY(a, 'lax $' RETURNING varchar FORMAT JSON WITH UNCONDITIONAL WRAPPER OMIT QUOTES ON SCALAR STRING EMPTY ARRAY ON EMPTY NULL ON ERROR)"},
		{"SELECT JSON_QUERY(a, 'lax $' WITHOUT ARRAY WRAPPER KEEP QUOTES)", "SELECT JSON_QUERY(a, 'lax $' WITHOUT WRAPPER KEEP QUOTES)"},
		{"SELECT JSON_OBJECT('a' : 1, KEY 'b' VALUE 2, 'c' VALUE x FORMAT JSON ABSENT ON NULL WITHOUT UNIQUE RETURNING varbinary)", "SELECT JSON_OBJECT('a' : 1, 'b' : 2, 'c' : x FORMAT JSON ABSENT ON NULL WITHOUT UNIQUE KEYS RETURNING varbinary)"},
		{"SELECT JSON_OBJECT(key VALUE 1), JSON_OBJECT(), JSON_OBJECT(RETURNING json), JSON_OBJECT(key : value)", "SELECT JSON_OBJECT(key : 1), JSON_OBJECT(), JSON_OBJECT( RETURNING json), JSON_OBJECT(key : value)"},
		{"SELECT JSON_ARRAY(1, a FORMAT JSON NULL ON NULL), JSON_ARRAY(), JSON_ARRAY(returning)", ""},
	})
	checkRefused(t, map[string]string{
		"SELECT JSON_VALUE(a)":                                   "1:20",
		"SELECT JSON_QUERY(a, b)":                                "1:22",
		"SELECT JSON_VALUE(a, 'x' ERROR ON ERROR NULL ON EMPTY)": "1:41",
		"SELECT JSON_OBJECT(1)":                                  "1:21",
		"SELECT json_array":                                      "1:18",
	})
}
