package dialect

import "testing"

func TestExtract(t *testing.T) {
	const document = `{"a": {"b c": [10, {"x": 1.50}]}, "0": "zero", "": null, "a": 2, "é": true, "k:v": "colon"}`
	tests := []struct {
		name, path string
		want       any // an error where it is its message
	}{
		{"json_extract", `$`, `{"a":{"b c":[10,{"x":1.5}]},"0":"zero","":null,"a":2,"é":true,"k:v":"colon"}`},
		{"json_extract", `$.a["b c"]`, `[10,{"x":1.5}]`},
		{"json_extract", `$["a"]["b c"][1]`, `{"x":1.5}`},
		{"json_extract", `$[""]`, "null"},
		{"json_extract", `$.a.nope`, nil},
		{"json_extract", `$.a["b c"][2]`, nil},
		{"json_extract", `$["0"]`, `"zero"`},
		{"json_extract_scalar", `$.0`, "zero"},
		{"json_extract_scalar", `$.k:v`, "colon"},
		{"json_extract_scalar", `$.é`, "true"},
		{"json_extract_scalar", `$.a["b c"][1].x`, "1.50"},
		{"json_extract_scalar", `$.a["b c"][1].x.y`, nil},
		{"json_extract_scalar", `$.a`, nil},
		{"json_extract_scalar", `$[""]`, nil},
		{"json_size", `$`, int64(6)},
		{"json_size", `$.a["b c"]`, int64(2)},
		{"json_size", `$.a["b c"][0]`, int64(0)},
		{"json_size", `$.nope`, nil},
		{"json_extract", ``, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: ''"},
		{"json_extract", `a`, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: 'a'"},
		{"json_extract", `$.`, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$.'"},
		{"json_extract", `$.*`, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$.*'"},
		{"json_extract", `$['a']`, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$['a']'"},
		{"json_extract", `$[0`, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$[0'"},
		{"json_extract", `$["a`, `INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$["a'`},
		{"json_extract", `$["a\n"]`, `INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$["a\n"]'`},
		{"json_extract", `$.a-b`, "INVALID_FUNCTION_ARGUMENT: Invalid JSON path: '$.a-b'"},
	}
	for _, test := range tests {
		got, err := callNative(t, nativeName(test.name), document, test.path)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s(%q) = %v, want %v", test.name, test.path, got, test.want)
		}
	}
}

// What stands behind the part that is asked for need not be JSON.
func TestExtractStopsReading(t *testing.T) {
	tests := []struct {
		text, path string
		want       any
	}{
		{`{"a": 1, oops`, "$.a", "1"},
		{`{"a": 1 oops`, "$.a", "1"},
		{`{oops, "a": 1}`, "$.a", nil},
		{`[1, 2] oops`, "$[1]", "2"},
		{`oops`, "$", nil},
		{``, "$", nil},
		{`1`, "$", "1"},
	}
	for _, test := range tests {
		if got, err := callNative(t, nativeName("json_extract_scalar"), test.text, test.path); err != nil || got != test.want {
			t.Errorf("json_extract_scalar(%q, %q) = %v, %v, want %v", test.text, test.path, got, err, test.want)
		}
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(`{"a": [1, {"b": "x"}]}`, `$.a[1]["b"]`)
	f.Add(`[[[1]]]`, `$[0][0]`)
	f.Fuzz(func(t *testing.T, text, path string) {
		got, err := callNative(t, nativeName("json_extract"), text, path)
		if err != nil || got == nil {
			return
		}
		if _, err := parseJSON(got.(string)); err != nil {
			t.Fatalf("json_extract(%q, %q) = %v: %v", text, path, got, err)
		}
	})
}

func TestCompiledForgets(t *testing.T) {
	calls := 0
	c := &compiled[int]{compile: func(text string) (int, error) { calls++; return len(text), nil }}
	for i := range 2 * maxCompiled {
		if _, err := c.get(itoa(i)); err != nil {
			t.Fatal(err)
		}
		if n, _ := c.get(itoa(i)); n != len(itoa(i)) {
			t.Fatalf("get(%d) = %d", i, n)
		}
	}
	if calls != 2*maxCompiled || len(c.known) > maxCompiled {
		t.Errorf("%d calls, %d texts known", calls, len(c.known))
	}
}
