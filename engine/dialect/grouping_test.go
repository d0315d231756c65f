package dialect

import (
	"strings"
	"testing"
)

func TestGroupingSets(t *testing.T) {
	tests := []struct{ clause, want string }{
		{"GROUPING SETS ((x), (y), (x, y))", `GROUPING SETS (("t"."_col0"), ("t"."_col1"), ("t"."_col0", "t"."_col1"))`},
		{"DISTINCT GROUPING SETS ((x), (t.x), (x, y), (y, x))", `GROUPING SETS (("t"."_col0"), ("t"."_col0", "t"."_col1"))`},
		{"DISTINCT ROLLUP (x, y), ROLLUP (x)", `GROUPING SETS ((), ("t"."_col0"), ("t"."_col0", "t"."_col1"))`},
		{"DISTINCT CUBE (x, y)", `GROUPING SETS ((), ("t"."_col0"), ("t"."_col1"), ("t"."_col0", "t"."_col1"))`},
		{"ALL CUBE (x, y), x", `CUBE (("t"."_col0"), ("t"."_col1")), "t"."_col0"`},
	}
	for _, test := range tests {
		sql := analyzed(t, "SELECT count(*) FROM (VALUES (1, 2)) t(x, y) GROUP BY "+test.clause).DuckDB()
		if _, got, _ := strings.Cut(sql, " GROUP BY "); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.clause, got, test.want)
		}
	}
}
