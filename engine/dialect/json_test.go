package dialect

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestJSONParse(t *testing.T) {
	tests := []struct{ text, want string }{
		{` [1, "foo", null] `, `[1,"foo",null]`},
		{`{"b": {"d": 1, "c": 2}, "a": []}`, `{"a":[],"b":{"c":2,"d":1}}`},
		{`{"a": 1, "b": 2, "a": 3}`, `{"a":3,"b":2}`},
		{`[-0, 1e3, 1.50, 12345678901234567890, 1e309, 1e-400]`, `[0,1000.0,1.5,12345678901234567890,"Infinity",0.0]`},
		{`[10000000.0, 0.0001, 123456.5]`, `[1.0E7,1.0E-4,123456.5]`},
		{`"\u00e9\ud83d\ude00\n\/\u0001\""`, `"é😀\n/\u0001\""`},
		{`{"\ue000": 1, "\ud83d\ude00": 2}`, "{\"😀\":2,\"\ue000\":1}"},
		{`true`, `true`},
		{`null`, `null`},
		{``, ""}, {` `, ""}, {`[1,]`, ""}, {`[1,,2]`, ""}, {`{"a":1,}`, ""}, {`{"a"}`, ""}, {`{a:1}`, ""}, {`{}{`, ""},
		{`[1`, ""}, {`{"a":`, ""}, {`1 2`, ""}, {`01`, ""}, {`1.`, ""}, {`.5`, ""}, {`1e`, ""}, {`-`, ""}, {`+1`, ""}, {`tru`, ""}, {`truex`, ""},
		{`"abc`, ""}, {`"a\x"`, ""}, {`"\u12g4"`, ""}, {"\"a\nb\"", ""}, {`"\ud83d"`, ""}, {`]`, ""}, {`'a'`, ""}, {`NaN`, ""},
		{strings.Repeat("[", maxJSONNesting+1), ""},
	}
	for _, test := range tests {
		got, err := jsonParse(test.text)
		if (err != nil) != (test.want == "") || err == nil && got != test.want {
			t.Errorf("jsonParse(%.40q) = %v, %v, want %s", test.text, got, err, test.want)
		}
	}
}

// What encoding/json takes is taken, but for halves of surrogate pairs, and
// printing is a fixed point.
func FuzzJSONParse(f *testing.F) {
	for _, seed := range []string{`{"a": [1, 2.5e3, "x\u00e9"], "b": null}`, `[[[]]]`, `1 2`, `"\ud83d\ude00"`, `{"a":{"a":{}}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := jsonParse(text)
		if err != nil {
			if json.Valid([]byte(text)) && !strings.Contains(text, `\u`) && strings.Count(text, "[")+strings.Count(text, "{") < maxJSONNesting {
				t.Fatalf("jsonParse(%q): %v", text, err)
			}
			return
		}
		if !json.Valid([]byte(text)) {
			t.Fatalf("jsonParse(%q) = %v, but it is no JSON", text, got)
		}
		if again, err := jsonParse(got.(string)); err != nil || again != got {
			t.Fatalf("jsonParse(%q) = %v, of which it makes %v, %v", text, got, again, err)
		}
	})
}

func TestAppendJavaFloat(t *testing.T) {
	tests := []struct {
		f    float64
		bits int
		want string
	}{
		{0, 64, "0.0"}, {math.Copysign(0, -1), 64, "-0.0"}, {1, 64, "1.0"}, {-128.9, 64, "-128.9"}, {9999999, 64, "9999999.0"}, {1e7, 64, "1.0E7"},
		{0.001, 64, "0.001"}, {0.00099, 64, "9.9E-4"}, {1e-323, 64, "9.9E-324"}, {5e-324, 64, "4.9E-324"}, {math.MaxFloat64, 64, "1.7976931348623157E308"},
		{float64(float32(0.1)), 32, "0.1"}, {float64(float32(1e-45)), 32, "1.4E-45"}, {math.Inf(1), 64, "Infinity"}, {math.Inf(-1), 64, "-Infinity"}, {math.NaN(), 64, "NaN"},
	}
	for _, test := range tests {
		if got := string(appendJavaFloat(nil, test.f, test.bits)); got != test.want {
			t.Errorf("%v of %d bits prints %s, want %s", test.f, test.bits, got, test.want)
		}
	}
}

func TestJSONText(t *testing.T) {
	tests := []struct {
		name string
		args []any
		want any
	}{
		{"json_is_scalar", []any{" 1 "}, true},
		{"json_is_scalar", []any{"[1, {}]"}, false},
		{"json_array_length", []any{`[2, 4, {"a": [8, 9]}, [], [5], 4]`}, int64(6)},
		{"json_array_length", []any{`{"a": 1}`}, nil},
		{"json_array_length", []any{`[1, 2`}, nil},
		{"json_array_length", []any{`[1] trailing`}, int64(1)},
		{"json_array_get", []any{`["a", [3, 9.0], "c"]`, int64(0)}, "a"},
		{"json_array_get", []any{`["a", [3, 9.0], "c"]`, int64(1)}, "[3,9.0]"},
		{"json_array_get", []any{`["a", [3, 9.0], "c"]`, int64(-1)}, "c"},
		{"json_array_get", []any{`["a", [3, 9.0], "c"]`, int64(-3)}, "a"},
		{"json_array_get", []any{`["a", [3, 9.0], "c"]`, int64(-4)}, nil},
		{"json_array_get", []any{`["a", null]`, int64(1)}, nil},
		{"json_array_get", []any{`[1.50, oops`, int64(0)}, "1.50"},
		{"json_array_get", []any{`[1.50, oops`, int64(-1)}, nil},
		{"json_array_get", []any{`[]`, int64(math.MinInt64)}, nil},
		{"json_array_contains_bigint", []any{"[1, 2.0]", int64(2)}, false},
		{"json_array_contains_bigint", []any{"[[2], 2]", int64(2)}, true},
		{"json_array_contains_bigint", []any{"[92233720368547758071]", int64(-9)}, false},
		{"json_array_contains_bigint", []any{"[1,,2]", int64(2)}, nil},
		{"json_array_contains_double", []any{"[1, 2.0]", 1.0}, false},
		{"json_array_contains_double", []any{"[1, 2.0]", 2.0}, true},
		{"json_array_contains_double", []any{"{", math.NaN()}, false},
		{"json_array_contains_boolean", []any{"[1, false]", false}, true},
		{"json_array_contains_varchar", []any{`[["x"], "x"]`, "x"}, true},
		{"json_array_contains_varchar", []any{`123`, "x"}, nil},
	}
	for _, test := range tests {
		if got, err := callNative(t, nativeName(test.name), test.args...); err != nil || got != test.want {
			t.Errorf("%s%q = %v, %v, want %v", test.name, test.args, got, err, test.want)
		}
	}
}
