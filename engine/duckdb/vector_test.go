package duckdb

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine"
)

func TestVectorTypes(t *testing.T) {
	tests := []struct{ expression, kind, want string }{
		{"i > 1", "bool", "false|true|(null)"},
		{"i::TINYINT", "int8", "1|2|(null)"},
		{"i::SMALLINT", "int16", "1|2|(null)"},
		{"i::INTEGER", "int32", "1|2|(null)"},
		{"-i::BIGINT", "int64", "-1|-2|(null)"},
		{"i / 4", "float64", "0.25|0.5|(null)"},
		{"(i / 4)::FLOAT", "float32", "0.25|0.5|(null)"},
		{"(i / 4)::DECIMAL(4, 2)", "decimal(4, 2)", "0.25|0.5|(null)"},
		{"(-i / 4)::DECIMAL(9, 2)", "decimal(9, 2)", "-0.25|-0.5|(null)"},
		{"(i / 4)::DECIMAL(18, 2)", "decimal(18, 2)", "0.25|0.5|(null)"},
		{"(-i / 4)::DECIMAL(38, 2)", "decimal(38, 2)", "-0.25|-0.5|(null)"},
		{"i * -10000000000000000000::HUGEINT", "decimal(38, 0)", "-10000000000000000000|-20000000000000000000|(null)"},
		{"'text ' || i", "utf8", "text 1|text 2|(null)"},
		{"repeat('long ', 4) || i", "utf8", "long long long long 1|long long long long 2|(null)"},
		{"repeat('x', 12) || left('', i)", "utf8", "xxxxxxxxxxxx|xxxxxxxxxxxx|(null)"},
		{"encode('a' || i)", "binary", "YTE=|YTI=|(null)"},
		{"DATE '2024-02-28' + i::INTEGER", "date32", "2024-02-29|2024-03-01|(null)"},
		{"TIME '10:00:00.5' + to_hours(i)", "time64[us]", "11:00:00.500000|12:00:00.500000|(null)"},
		{"TIMESTAMP '2024-02-28 23:00:00.25' + to_hours(i)", "timestamp[us]", "2024-02-29T00:00:00.25Z|2024-02-29T01:00:00.25Z|(null)"},
		{"TIMESTAMPTZ '2024-02-28 23:00:00+01' + to_hours(i)", "timestamp[us, tz=UTC]", "2024-02-28T23:00:00Z|2024-02-29T00:00:00Z|(null)"},
		{"to_months(i) + to_days(3) + to_seconds(4)", "month_day_nano_interval",
			`{"months":1,"days":3,"nanoseconds":4000000000}|{"months":2,"days":3,"nanoseconds":4000000000}|(null)`},
		{"CASE WHEN i > 0 THEN range(i) END", "list<item: int64, nullable>", "[0]|[0,1]|(null)"},
		{"[[i], NULL, [], [i, NULL]]", "list<item: list<item: int64, nullable>, nullable>", "[[1],null,[],[1,null]]|[[2],null,[],[2,null]]|[[null],null,[],[null,null]]"},
		{"CASE WHEN i > 0 THEN {'a': i, 'b': 'x' || i} END", "struct<a: int64, b: utf8>", `{"a":1,"b":"x1"}|{"a":2,"b":"x2"}|(null)`},
		{"{'a': 7, 'b': NULL::VARCHAR, 'c': {'d': i}}", "struct<a: int32, b: utf8, c: struct<d: int64>>",
			`{"a":7,"b":null,"c":{"d":1}}|{"a":7,"b":null,"c":{"d":2}}|{"a":7,"b":null,"c":{"d":null}}`},
		{"MAP {'k': i, 'l': NULL}", "map<utf8, int64, items_nullable>",
			`[{"key":"k","value":1},{"key":"l","value":null}]|[{"key":"k","value":2},{"key":"l","value":null}]|[{"key":"k","value":null},{"key":"l","value":null}]`},
		{"NULL", "int32", "(null)|(null)|(null)"},
	}
	db := open(t)
	for _, test := range tests {
		kind, got, err := readOne(t.Context(), db, "SELECT "+test.expression+" FROM (VALUES (1::BIGINT), (2), (NULL)) t(i) ORDER BY i NULLS LAST")
		if err != nil {
			t.Errorf("%s: %v", test.expression, err)
			continue
		}
		if kind != test.kind || strings.Join(got, "|") != test.want {
			t.Errorf("%s\n got %s %s\nwant %s %s", test.expression, kind, strings.Join(got, "|"), test.kind, test.want)
		}
	}
}

// readOne runs a query of one column and returns the column's type and values.
func readOne(ctx context.Context, db *DB, sql string) (kind string, values []string, err error) {
	rows, err := db.Execute(ctx, engine.Job{SQL: sql})
	if err != nil {
		return "", nil, err
	}
	defer rows.Close()
	for {
		batch, err := rows.Next()
		if err == io.EOF {
			return rows.Schema().Field(0).Type.String(), values, nil
		}
		if err != nil {
			return "", values, err
		}
		for row := range int(batch.NumRows()) {
			values = append(values, batch.Column(0).ValueStr(row))
		}
	}
}

// DuckDB writes what it reads as text itself: the same through Arrow and through a cast.
func TestVectorManyBatches(t *testing.T) {
	tests := []string{"i", "i::VARCHAR || repeat('-', i % 30)", "CASE WHEN i % 3 > 0 THEN i END", "i % 2 = 0", "i::DECIMAL(20, 0)"}
	db := open(t)
	for _, expression := range tests {
		_, got, err := readOne(t.Context(), db, "SELECT "+expression+" FROM range(10000) t(i) ORDER BY i")
		if err != nil {
			t.Fatal(err)
		}
		_, want, err := readOne(t.Context(), db, "SELECT coalesce(("+expression+")::VARCHAR, '(null)') FROM range(10000) t(i) ORDER BY i")
		if err != nil {
			t.Fatal(err)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") || len(got) != 10000 {
			t.Errorf("%s differs from its text", expression)
		}
	}
}

func TestVectorRefuses(t *testing.T) {
	tests := []struct{ expression, want string }{
		{"170141183460469231731687303715884105727::HUGEINT", "NUMERIC_VALUE_OUT_OF_RANGE: Decimal overflow"},
		{"'infinity'::DATE", "INVALID_CAST_ARGUMENT: infinity is not a date32"},
		{"'-infinity'::TIMESTAMP", "INVALID_CAST_ARGUMENT: infinity is not a timestamp"},
		{"uuid()", "read column c of the result: DuckDB's type 27 is not a type of results"},
		{"[uuid()]", "read column c of the result: list: DuckDB's type 27 is not a type of results"},
		{"{'f': uuid()}", "read column c of the result: field f: DuckDB's type 27 is not a type of results"},
		{"MAP {1: uuid()}", "read column c of the result: map: DuckDB's type 27 is not a type of results"},
	}
	db := open(t)
	for _, test := range tests {
		_, err := answer(t.Context(), db, jobOf("SELECT "+test.expression+" AS c", nil))
		if err == nil || err.Error() != test.want {
			t.Errorf("%s\n got %v\nwant %s", test.expression, err, test.want)
		}
	}
	_, err := answer(t.Context(), db, jobOf("SELECT INTERVAL 9000000 HOUR", nil))
	var fault *engine.RuntimeError
	if !errors.As(err, &fault) || fault.Code != outOfRange {
		t.Errorf("a long interval: got %v", err)
	}
}
