package dialect

import (
	"strings"
	"testing"
)

func TestWithTies(t *testing.T) {
	tests := []struct{ sql, want string }{
		{"SELECT x FROM (VALUES 1) t(x) ORDER BY x FETCH FIRST 4 ROWS WITH TIES", `QUALIFY rank() OVER (ORDER BY "rows"."x" ASC NULLS LAST) <= 4 ORDER BY "rows"."x" ASC NULLS LAST`},
		{"SELECT 1 FROM (VALUES 1) t(x) ORDER BY -x DESC OFFSET 2 FETCH NEXT ROW WITH TIES", `QUALIFY rank() OVER (ORDER BY "rows"."__key0" DESC NULLS LAST) <= 1`},
		{"VALUES 1, 2 ORDER BY 1 FETCH FIRST 2 ROWS WITH TIES", `QUALIFY rank() OVER (ORDER BY "rows_2"."_col0" ASC NULLS LAST) <= 2`},
	}
	for _, test := range tests {
		if got := analyzed(t, test.sql).DuckDB(); !strings.Contains(got, test.want) {
			t.Errorf("%s\n got %s\nwant …%s…", test.sql, got, test.want)
		}
	}
}
