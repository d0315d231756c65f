package dialect

import "testing"

func TestParseNames(t *testing.T) {
	checkPrinted(t, []printed{
		{`SELECT "A b", "a""b", _x, x1 FROM "C".s."T" AS "end"`, ""},
		{`SELECT a as "b", c d, e AS desc FROM t u(x)`, `SELECT a AS "b", c AS d, e AS desc FROM t AS u(x)`},
	})
	checkRefused(t, map[string]string{
		"SELECT `a`":       "1:8",
		"SELECT a FROM 1a": "1:15",
		`SELECT a AS ""`:   "1:13",
		"SELECT a.select":  "1:10",
		"SELECT a é":       "1:10",
	})
}
