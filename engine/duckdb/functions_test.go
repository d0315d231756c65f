package duckdb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine/dialect"
)

// Every function's example runs and gives its value. What has no value of its
// own, such as random(), has no example.
func TestFunctionExamples(t *testing.T) {
	e := engineOver(t, nil, time.Date(2025, 11, 8, 12, 0, 0, 0, time.UTC))
	for _, f := range dialect.Functions {
		if f.Example == "" {
			continue
		}
		sql := f.Example
		if !strings.HasPrefix(sql, "SELECT") {
			sql = "SELECT " + sql
		}
		rows, err := answer(t, e, sql)
		switch {
		case err != nil:
			t.Errorf("%s: %v", sql, err)
		case len(rows) < 2 || len(rows[1]) != 1:
			t.Errorf("%s: %v is not one column of rows", sql, rows)
		case f.Want != "" && rows[1][0] != f.Want:
			t.Errorf("%s gives %q, want %q", sql, rows[1][0], f.Want)
		}
	}
}
