package dialect

import (
	"errors"
	"strings"
	"testing"
)

// The messages are those of Trino 440 (TestSqlParserErrorHandling), or of the
// same rule on another text.
func TestSyntaxErrors(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"select * from", "line 1:14: mismatched input '<EOF>'. Expecting: '(', 'JSON_TABLE', 'LATERAL', 'TABLE', 'UNNEST', <identifier>"},
		{"select * from;", "line 1:14: mismatched input '<EOF>'. Expecting: '(', 'JSON_TABLE', 'LATERAL', 'TABLE', 'UNNEST', <identifier>"},
		{"select *\nfrom x\nwhere from", "line 3:7: mismatched input 'from'. Expecting: <expression>"},
		{"select * from `foo`", "line 1:15: backquoted identifiers are not supported; use double quotes to quote identifiers"},
		{"select * from foo 1x", "line 1:19: identifiers must not start with a digit; surround the identifier with double quotes"},
		{"select 1x from foo where", "line 1:8: identifiers must not start with a digit; surround the identifier with double quotes"},
		{"select cast(a as `b` date) from foo", "line 1:22: mismatched input 'date'. Expecting: '(', ')', 'ARRAY'"},
		{`select a from ""`, "line 1:15: Zero-length delimited identifier not allowed"},
		{"select foo(,1)", "line 1:12: mismatched input ','. Expecting: ')', '*', 'ALL', 'DISTINCT', 'ORDER', <expression>"},
		{"CREATE )", "line 1:8: mismatched input ')'. Expecting: 'CATALOG', 'FUNCTION', 'MATERIALIZED', 'OR', 'ROLE', 'SCHEMA', 'TABLE', 'VIEW'"},
		{"SELECT CAST(a AS )", "line 1:18: mismatched input ')'. Expecting: <type>"},
		{"SELECT CAST(a AS decimal()", "line 1:26: mismatched input ')'. Expecting: <integer>, <type>"},
		{"SELECT * FROM t WHERE EXISTS (", "line 1:31: mismatched input '<EOF>'. Expecting: <query>"},
		{"SELECT grouping(a+2)", "line 1:18: mismatched input '+'. Expecting: ')', ',', '.'"},
		{"select * from 'oops", "line 1:15: mismatched input '''. Expecting: '(', 'JSON_TABLE', 'LATERAL', 'TABLE', 'UNNEST', <identifier>"},
		{"SELECT 12345678901234567890", "line 1:8: Invalid numeric literal: 12345678901234567890"},
		{"SELECT -12345678901234567890", "line 1:8: Invalid numeric literal: -12345678901234567890"},
		{"SELECT 0xFFFF_FFFF_FFFF_FFFF, X'5'", "line 1:8: Invalid numeric literal: 0xFFFF_FFFF_FFFF_FFFF"},
		{"SELECT X'5' FROM", "line 1:17: mismatched input '<EOF>'. Expecting: '(', 'JSON_TABLE', 'LATERAL', 'TABLE', 'UNNEST', <identifier>"},
		{"SELECT X'5'", "line 1:8: Binary literal must contain an even number of digits"},
		{"SELECT X'zz'", "line 1:8: Binary literal can only contain hexadecimal digits"},
		{`SELECT U&'\00'`, "line 1:8: Incomplete escape sequence: 00"},
		{"SELECT f(a.)", "line 1:12: mismatched input ')'. Expecting: '*', <identifier>"},
		{"SELECT * FROM t WHERE a b", "line 1:25: mismatched input 'b'. Expecting: '%', '*', '+', '-', '.', '/', 'AND', 'AT', 'EXCEPT', 'FETCH', 'GROUP', 'HAVING', 'INTERSECT', 'LIMIT', 'OFFSET', 'OR', 'ORDER', 'UNION', 'WINDOW', '[', '||', <EOF>, <predicate>"},
		{"SELECT * FROM a.", "line 1:17: mismatched input '<EOF>'. Expecting: <identifier>"},
		{"MERGE t", "line 1:7: mismatched input 't'. Expecting: 'INTO'"},
	}
	for _, test := range tests {
		_, err := Parse(test.sql)
		var fault *Error
		if !errors.As(err, &fault) {
			t.Errorf("Parse(%q) gives %v", test.sql, err)
			continue
		}
		if got := fault.Error(); got != "SYNTAX_ERROR: "+test.want {
			t.Errorf("Parse(%q):\n got %s\nwant %s", test.sql, got, test.want)
		}
	}
}

func TestRecognize(t *testing.T) {
	tests := []struct {
		rule, text string
		want       int
	}{
		{"expression", "a + b c", 3},
		{"type", "varchar(10) array x", 5},
		{"rowPattern", "(a | b+?) c)", 8},
		{"query", "x", -1},
	}
	for _, test := range tests {
		if got, ok := recognize(tokenize(test.text), test.rule, 0); got != test.want || !ok {
			t.Errorf("recognize(%q, %s) = %d, %v, want %d", test.text, test.rule, got, ok, test.want)
		}
	}
}

// The work of finding words grows with the text, not with its square.
func TestWalkIsLinear(t *testing.T) {
	for _, again := range []string{" AND 1 = 1", " + 1", ", 1", "[1]", " UNION SELECT 1", " AT TIME ZONE 'x'", ".b", " IS NULL OR NOT a"} {
		tokens := tokenize("SELECT a" + strings.Repeat(again, 1000) + " FROM")
		w := newWalk(tokens, len(tokens))
		w.rule(w.net.index[ruleStatement], 0, false)
		if w.gaveUp || w.furthest != len(tokens)-1 || w.work > 200*len(tokens) {
			t.Errorf("%q: %d steps for %d tokens, as far as token %d", again, w.work, len(tokens), w.furthest)
		}
	}
}
