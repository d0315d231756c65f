package dialect

import (
	"strings"
	"testing"
)

// evaluated gives the items of a path as JSON, or the error's text.
func evaluated(t *testing.T, path, text string, passed map[string][]pathItem) string {
	t.Helper()
	compiledPath, err := parseJSONPath(path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	input, err := parseInput(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	items, err := compiledPath.evaluate(input, passed)
	if err != nil {
		return strings.TrimPrefix(err.Error(), "path evaluation failed: ")
	}
	texts := make([]string, len(items))
	for i, item := range items {
		v, ok := item.toJSON()
		if !ok {
			return item.typ.String()
		}
		texts[i] = string(appendJSON(nil, v))
	}
	return strings.Join(texts, " ")
}

func TestEvaluatePath(t *testing.T) {
	const document = `{"a": [1, 2, [3]], "b": {"c": "x", "d": null}, "e": 2.5}`
	tests := []struct{ path, want string }{
		{`lax $.a[0]`, "1"},
		{`lax $.a[1 to 5]`, "2 [3]"},
		{`lax $.a[last, 0, 0]`, "[3] 1 1"},
		{`lax $.a[2 to 1]`, ""},
		{`lax $.a[0.5]`, "2"},
		{`lax $.e[0]`, "2.5"},
		{`lax $.a.b`, ""},
		{`lax $.nope`, ""},
		{`lax $.b.*`, `"x" null`},
		{`lax $.*`, `[1,2,[3]] {"c":"x","d":null} 2.5`},
		{`lax $..c`, `"x"`},
		{`lax $.a[*]`, "1 2 [3]"},
		{`lax $.a.size()`, "3"},
		{`lax $.b.size()`, "1"},
		{`lax $.a.type()`, `"array"`},
		{`lax $.a[*].type()`, `"number" "number" "array"`},
		{`lax $.b.keyvalue()`, `{"name":"c","value":"x","id":0} {"name":"d","value":null,"id":0}`},
		{`lax $.b.keyvalue().name`, `"c" "d"`},
		{`lax $.e.ceiling()`, "3.0"},
		{`lax -$.e.floor()`, "-2.0"},
		{`lax "2.50".double()`, "2.5"},
		{`lax -$.a[0 to 1]`, "-1 -2"},
		{`lax $.a?(@ > 1)`, "2 [3]"},
		{`strict $.a[0]`, "1"},
		{`strict $.a[3]`, "structural error: invalid array subscript: [3, 3] for array of size 3"},
		{`strict $.nope`, "structural error: missing member 'nope' in JSON object"},
		{`strict $.a.b`, "invalid item type. Expected: OBJECT, actual: ARRAY"},
		{`strict $.e[0]`, "invalid item type. Expected: ARRAY, actual: NUMBER"},
		{`strict $.e.size()`, "invalid item type. Expected: ARRAY, actual: NUMBER"},
		{`lax $.b.c.abs()`, "invalid item type. Expected: NUMBER, actual: STRING"},
		{`lax $.e.keyvalue()`, "invalid item type. Expected: OBJECT, actual: NUMBER"},
		{`lax $.a + 1`, "arithmetic binary expression requires singleton operands"},
		{`lax $.a["x"]`, "invalid item type. Expected: NUMBER, actual: varchar(1)"},
		{`lax last`, "accessing the last array index with no enclosing array"},
		{`lax @`, "accessing current filter item with no enclosing filter"},
		{`lax $n + 1`, "6"},
		{`lax $none`, ""},
		{`lax $day`, "date"},
	}
	passed := map[string][]pathItem{"n": {integerItem(5)}, "none": nil, "day": {textItem("2001-01-31", dateType)}}
	for _, test := range tests {
		if got := evaluated(t, test.path, document, passed); got != test.want {
			t.Errorf("%s = %s, want %s", test.path, got, test.want)
		}
	}
}

func TestPathArithmetic(t *testing.T) {
	tests := []struct{ path, want string }{
		{`lax 7 / 2`, "3"},
		{`lax -7 % 3`, "-1"},
		{`lax 2147483647 + 1`, ""},
		{`lax 2147483648 + 1`, "2147483649"},
		{`lax 1000000000000 * 1000000000000`, ""},
		{`lax 1 / 0`, ""},
		{`lax 1e0 / 0`, `"Infinity"`},
		{`lax 1.50 + 2`, "3.50"},
		{`lax 1.5 * 2.25`, "3.375"},
		{`lax 2.0 / 3`, "0.7"},
		{`lax 200.00 / 0.3`, "666.67"},
		{`lax 7.5 % 2`, "1.5"},
		{`lax 1.5 + 1e0`, "2.5"},
		{`lax 1.5 / 0`, ""},
		{`lax (-1.5).ceiling()`, "-1"},
		{`lax (-1.5).floor()`, "-2"},
		{`lax (-1.5).abs()`, "1.5"},
		{`lax 0.00000001`, "1E-8"},
		{`lax 1.5.double()`, "1.5"},
	}
	for _, test := range tests {
		if got := evaluated(t, test.path, "null", nil); got != test.want {
			t.Errorf("%s = %s, want %s", test.path, got, test.want)
		}
	}
}

func TestPathPredicates(t *testing.T) {
	const items = `[1, 2.0, "a", "ab", true, null, [1, 5], {"k": 1}]`
	tests := []struct{ predicate, want string }{
		{`@ == 1`, `1 [1,5]`},
		{`@ == 2`, "2.0"},
		{`@ <> 2`, `1 null [1,5]`},
		{`@ > 1 && @ < 3`, "2.0 [1,5]"},
		{`@ == "a"`, `"a"`},
		{`@ >= "ab"`, `"ab"`},
		{`@ starts with "a"`, `"a" "ab"`},
		{`@ == true`, "true"},
		{`@ == null`, "null"},
		{`@ != null`, `1 2.0 "a" "ab" true [1,5] {"k":1}`},
		{`exists(@.k)`, `{"k":1}`},
		{`!exists(@.k)`, `1 2.0 "a" "ab" true null [1,5]`},
		{`(@ > 1) is unknown`, `"a" "ab" true {"k":1}`},
		{`!(@ == 1)`, `2.0 null`},
		{`@ == 5 || @ == "a"`, `"a" [1,5]`},
		{`@.size() == 2`, `[1,5]`},
	}
	for _, test := range tests {
		if got := evaluated(t, "lax $?("+test.predicate+")", items, nil); got != test.want {
			t.Errorf("lax $?(%s) = %s, want %s", test.predicate, got, test.want)
		}
	}
}

// In strict mode nothing is unwrapped, and a pair that cannot be compared decides.
func TestStrictPredicates(t *testing.T) {
	tests := []struct{ predicate, want string }{
		{`@[0] == 1`, "[1,\"a\"]"},
		{`@[*] == 1`, ""},
		{`(@[*] == 1) is unknown`, `[1,"a"] [{}] 7`},
		{`@ == 7`, "7"},
		{`@[*] == null`, "[null]"},
		{`exists(@[1])`, `[1,"a"]`},
		{`@[*] starts with "a"`, ""},
	}
	for _, test := range tests {
		if got := evaluated(t, "strict $[*]?("+test.predicate+")", `[[1, "a"], [{}], 7, [null]]`, nil); got != test.want {
			t.Errorf("strict $[*]?(%s) = %s, want %s", test.predicate, got, test.want)
		}
	}
}
