package dialect

import "testing"

func TestLet(t *testing.T) {
	tests := []struct{ sql, want string }{
		{`"t"."a"`, `("t"."a" + "t"."a")`},
		{`CAST([1, 2] AS INTEGER[])`, `(CAST([1, 2] AS INTEGER[]) + CAST([1, 2] AS INTEGER[]))`},
		{`'f("x") '' SELECT'`, `('f("x") '' SELECT' + 'f("x") '' SELECT')`},
		{`abs(1)`, `list_transform([abs(1)], lambda "v~1": ("v~1" + "v~1"))[1]`},
		{`abs("v~1")`, `list_transform([abs("v~1")], lambda "v~2": ("v~2" + "v~2"))[1]`},
		{`(SELECT 1)`, `list_transform([(SELECT 1)], lambda "v~1": ("v~1" + "v~1"))[1]`},
	}
	for _, test := range tests {
		if got := let(test.sql, "", func(name string) string { return "(" + name + " + " + name + ")" }); got != test.want {
			t.Errorf("let(%s) = %s, want %s", test.sql, got, test.want)
		}
	}
}

// Equal expressions have equal translations, by which GROUP BY knows them.
func TestSharedArgumentsGroup(t *testing.T) {
	for _, e := range []string{"zip(a || a, a)", "array_sort(a || a, (x, y) -> 0)", "transform(a || a, x -> contains(a || x, 1))", "reduce(a || a, 0, (s, x) -> s + x, s -> s)"} {
		analyzed(t, "SELECT "+e+" FROM (VALUES ARRAY[1]) t(a) GROUP BY "+e)
	}
}

// The text of nested calls grows with their number, not with its power.
func TestNestedCallsStayShort(t *testing.T) {
	sql := "a"
	for range 12 {
		sql = "array_union(" + sql + ", a)"
	}
	if n := len(analyzed(t, "SELECT "+sql+" FROM (VALUES ARRAY[1]) t(a)").DuckDB()); n > 20_000 {
		t.Errorf("twelve calls make %d bytes", n)
	}
}
