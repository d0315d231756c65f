package duckdb_test

import (
	"fmt"
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

// scalarPlaces are queries in which an expression has the value that it has alone.
var scalarPlaces = []string{
	"SELECT TRY(%s)",
	"SELECT TRY(IF(count(*) > 0, %s)) FROM (VALUES 1) AS t(q)",
	"SELECT %s FROM (VALUES 1) AS t(q) GROUP BY 1",
	"SELECT transform(ARRAY[1], q -> %s)[1]",
	"SELECT q FROM (VALUES (%s, 1)) AS t(q, n)",
}

// aggregatePlaces are the same for an aggregate, given before its FROM.
var aggregatePlaces = []string{
	"SELECT TRY(%[1]s)%[2]s",
	"SELECT %[1]s%[2]s HAVING %[1]s IS NOT NULL OR %[1]s IS NULL",
	"SELECT DISTINCT %[1]s OVER ()%[2]s",
	"SELECT ARRAY[%[1]s][1]%[2]s ORDER BY %[1]s IS NULL",
	"SELECT q FROM (VALUES 1) AS o(n) CROSS JOIN LATERAL (SELECT %[1]s AS q%[2]s GROUP BY ())",
}

// A function's example has its value wherever a query may hold it, or is refused there by name.
func TestFunctionExamplesWithinQueries(t *testing.T) {
	e := engineOver(t, nil, time.Date(2025, 11, 8, 12, 0, 0, 0, time.UTC))
	check := func(f dialect.Function, sql string) {
		rows, err := answer(t, e, sql)
		switch {
		case err != nil && !strings.Contains(err.Error(), "vpcq does not support"):
			t.Errorf("%s: %v", sql, err)
		case err == nil && (len(rows) != 2 || f.Want != "" && rows[1][0] != f.Want):
			t.Errorf("%s gives %q, want %q", sql, rows, f.Want)
		}
	}
	for _, f := range dialect.Functions {
		call, from, aggregates := strings.Cut(strings.TrimPrefix(f.Example, "SELECT "), " FROM ")
		switch {
		case f.Kind == dialect.ScalarFunction && f.Want != "" && !strings.HasPrefix(f.Example, "SELECT"):
			for _, place := range scalarPlaces {
				check(f, fmt.Sprintf(place, f.Example))
			}
		case f.Kind == dialect.AggregateFunction && aggregates:
			for _, place := range aggregatePlaces {
				if strings.Contains(place, " OVER ") && (!strings.HasPrefix(call, f.Name+"(") || strings.Contains(call, "ORDER BY")) {
					continue // what Trino takes for no window function
				}
				check(f, fmt.Sprintf(place, call, " FROM "+from))
			}
		}
	}
}
