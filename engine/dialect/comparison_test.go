package dialect

import (
	"strings"
	"testing"
)

func TestIdentityOrdersMapsOnly(t *testing.T) {
	m := mapType(integerType, varcharType)
	tests := []struct {
		typ  Type
		want string
	}{
		{integerType, "x"},
		{arrayType(doubleType), "x"},
		{m, `list_sort(list_transform(map_entries(x), lambda "e~1": struct_pack(k := struct_extract("e~1", 'key'), v := struct_extract("e~1", 'value'))))`},
		{rowType([]string{"a"}, []Type{m}), `CASE WHEN x IS NOT NULL THEN struct_pack("a" := ` + identity(m, "struct_extract(x, 'a')") + `) END`},
	}
	for _, test := range tests {
		if got := identity(test.typ, "x"); got != test.want {
			t.Errorf("identity of %s is %s, want %s", test.typ, got, test.want)
		}
	}
}

// Comparisons of containers say what a NULL or a NaN within makes of them.
func TestContainersAreComparedByParts(t *testing.T) {
	tests := []struct{ sql, has string }{
		{"SELECT a < a FROM (VALUES ARRAY[1]) t(a)", "ARRAY comparison not supported for arrays with null elements"},
		{"SELECT a IN (a, a) FROM (VALUES ARRAY[1]) t(a)", " OR "},
		{"SELECT array_position(a, ARRAY[1]) FROM (VALUES ARRAY[ARRAY[1]]) t(a)", "array_position does not support arrays with elements that are null or contain null"},
		{"SELECT array_sort(a) FROM (VALUES ARRAY[ROW(1, 2)]) t(a)", "ROW comparison not supported for fields with null elements"},
		{"SELECT TRY(a[2]) FROM (VALUES ARRAY[1]) t(a)", "vpcq_raise("},
		{"SELECT TRY_CAST(a AS array(integer)) FROM (VALUES ARRAY['1']) t(a)", "TRY(CAST(list_transform("},
	}
	for _, test := range tests {
		if got := analyzed(t, test.sql).DuckDB(); !strings.Contains(got, test.has) {
			t.Errorf("%s is %s, which lacks %s", test.sql, got, test.has)
		}
	}
}

// A lambda's result is coerced to nothing, but a state takes a wider type.
func TestLambdaResults(t *testing.T) {
	analyzed(t, "SELECT reduce(ARRAY[BIGINT '5'], 0, (s, x) -> s + x, s -> s)")
	narrower, err := Parse("SELECT reduce(ARRAY[1], 0, (s, x) -> CAST(s + x AS tinyint), s -> s)")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Analyze(narrower, flowLogs{}, noon); err == nil || !strings.HasPrefix(err.Error(), functionNotFound) {
		t.Errorf("a narrower state gives %v", err)
	}
}
