package dialect

import (
	"reflect"
	"testing"
)

// forgetPlaces sets every position in a tree to zero.
func forgetPlaces(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			forgetPlaces(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			forgetPlaces(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[Pos]() {
			if v.CanSet() {
				v.SetZero()
			}
			return
		}
		for i := range v.NumField() {
			forgetPlaces(v.Field(i))
		}
	}
}

// checkIdentity prints a statement, parses that and compares the trees.
func checkIdentity(t *testing.T, sql string, s Statement) {
	t.Helper()
	text := Print(s)
	again, err := Parse(text)
	if err != nil {
		t.Errorf("%q prints %q: %v", sql, text, err)
		return
	}
	forgetPlaces(reflect.ValueOf(s))
	forgetPlaces(reflect.ValueOf(again))
	if !reflect.DeepEqual(s, again) {
		t.Errorf("%q prints %q, which is another tree: %q", sql, text, Print(again))
	}
}

func TestPrintIsIdentity(t *testing.T) {
	statements := corpus(t, 1)
	if statements == nil {
		t.Skip("the conformance set is absent")
	}
	for _, sql := range statements {
		if s, err := Parse(sql); err == nil {
			checkIdentity(t, sql, s)
		}
	}
}

func TestPrintParentheses(t *testing.T) {
	tests := []printed{
		{"SELECT (a + b) * c, a + (b + c), a - (b - c), a * (b * c)", ""},
		{"SELECT ((a + b) + c)", "SELECT a + b + c"},
		{"SELECT -(1), - -1, -(-a), -a, +1, - 1", "SELECT -(1), - -1, - -a, -a, +1, -1"},
		{"SELECT (1).a, (a).b, (a + b).c, (a = b)[1]", "SELECT (1).a, a.b, (a + b).c, (a = b)[1]"},
		{"SELECT (a AND b) AND c, a AND (b OR c), NOT (a AND b), (NOT a) = b", ""},
		{"SELECT (a = b) = c, a || (b || c), (a BETWEEN 1 AND 2) AND b", "SELECT (a = b) = c, a || (b || c), a BETWEEN 1 AND 2 AND b"},
		{"SELECT (x -> x) + 1, f(x -> x + 1)", "SELECT ((x) -> x) + 1, f((x) -> x + 1)"},
		{"SELECT 1 FROM t GROUP BY (a, b), ROW(a, b), ((a, b)), (a)", "SELECT 1 FROM t GROUP BY (a, b), ROW(a, b), ROW(a, b), a"},
		{"SELECT * FROM (a CROSS JOIN b) t, (a x) y", "SELECT * FROM (a CROSS JOIN b) AS t, (a AS x) AS y"},
		{"SELECT * FROM a CROSS JOIN (b CROSS JOIN c)", ""},
	}
	checkPrinted(t, tests)
	for _, test := range tests {
		s, err := Parse(test.sql)
		if err != nil {
			t.Fatal(err)
		}
		checkIdentity(t, test.sql, s)
	}
}
