package dialect

import "testing"

func TestSQLJSONNatives(t *testing.T) {
	const input = `["a", "b", "c"]`
	tests := []struct {
		name string
		args []any
		want any // an error where it begins with a code
	}{
		{"json_exists", []any{input, "lax $[1]", "FALSE", ""}, true},
		{"json_exists", []any{input, "lax $[3]", "ERROR", ""}, false},
		{"json_exists", []any{input, "strict $[3]", "FALSE", ""}, false},
		{"json_exists", []any{input, "strict $[3]", "UNKNOWN", ""}, nil},
		{"json_exists", []any{input, "strict $[3]", "ERROR", ""}, "PATH_EVALUATION_ERROR: path evaluation failed: structural error: invalid array subscript: [3, 3] for array of size 3"},
		{"json_exists", []any{"[...", "lax $", "TRUE", ""}, true},
		{"json_exists", []any{"[...", "lax $", "ERROR", ""}, "JSON_INPUT_CONVERSION_ERROR: conversion to JSON failed: "},
		{"json_exists", []any{nil, "lax $", "ERROR", ""}, nil},
		{"json_exists", []any{input, "lax $[$i]", "ERROR", `row("i" integer)`, "2"}, true},
		{"json_exists", []any{input, "lax $j[1]", "ERROR", `row("j" json)`, "[1"}, "JSON_INPUT_CONVERSION_ERROR: conversion to JSON failed: "},
		{"json_exists", []any{input, "lax $j", "ERROR", `row("j" json)`, nil}, false},
		{"json_exists", []any{input, "lax $j", "ERROR", `row("j" integer)`, nil}, true},
		{"json_value", []any{input, "lax $[1]", "varchar", "NULL", "NULL", ""}, "vb"},
		{"json_value", []any{input, "lax $", "varchar", "NULL", "ERROR", ""}, "JSON_VALUE_RESULT_ERROR: cannot extract SQL scalar from JSON: JSON path found an item that cannot be converted to an SQL value"},
		{"json_value", []any{input, "lax $[*]", "varchar", "NULL", "ERROR", ""}, "JSON_VALUE_RESULT_ERROR: cannot extract SQL scalar from JSON: JSON path found multiple items"},
		{"json_value", []any{input, "lax $[9]", "varchar", "ERROR", "NULL", ""}, "JSON_VALUE_RESULT_ERROR: cannot extract SQL scalar from JSON: JSON path found no items"},
		{"json_value", []any{input, "lax $[9]", "varchar", "DEFAULT", "NULL", ""}, "E"},
		{"json_value", []any{input, "lax 1000", "tinyint", "NULL", "DEFAULT", ""}, "R"},
		{"json_value", []any{input, "lax 1000", "tinyint", "NULL", "ERROR", ""}, "JSON_VALUE_RESULT_ERROR: cannot extract SQL scalar from JSON: Cannot cast value of type integer to declared return type of function JSON_VALUE: tinyint"},
		{"json_value", []any{"128.5", "lax $", "bigint", "NULL", "NULL", ""}, "v129"},
		{"json_value", []any{"128.5", "lax $", "varchar", "NULL", "NULL", ""}, "v1.285E2"},
		{"json_value", []any{"null", "lax $", "bigint", "ERROR", "ERROR", ""}, nil},
		{"json_value", []any{"0", "lax $d", "varchar", "NULL", "NULL", `row("d" date)`, "2001-01-31"}, "v2001-01-31"},
		{"json_query", []any{input, "lax $", "WITHOUT", "", "NULL", "NULL", ""}, `["a","b","c"]`},
		{"json_query", []any{input, "lax $[0 to 1]", "WITHOUT", "", "NULL", "NULL", ""}, nil},
		{"json_query", []any{input, "lax $[0 to 1]", "CONDITIONAL", "", "NULL", "NULL", ""}, `["a","b"]`},
		{"json_query", []any{input, "lax $", "CONDITIONAL", "", "NULL", "NULL", ""}, `["a","b","c"]`},
		{"json_query", []any{input, "lax $", "UNCONDITIONAL", "", "NULL", "NULL", ""}, `[["a","b","c"]]`},
		{"json_query", []any{input, "lax $[0]", "WITHOUT", "OMIT", "NULL", "NULL", ""}, "a"},
		{"json_query", []any{input, "lax $[9]", "WITHOUT", "", "EMPTY ARRAY", "NULL", ""}, "[]"},
		{"json_query", []any{input, "lax $[9]", "UNCONDITIONAL", "", "ERROR", "NULL", ""}, "JSON_OUTPUT_CONVERSION_ERROR: conversion from JSON failed: JSON path found no items"},
		{"json_query", []any{input, "lax $[*]", "WITHOUT", "", "NULL", "ERROR", ""}, "JSON_OUTPUT_CONVERSION_ERROR: conversion from JSON failed: JSON path found multiple items"},
		{"json_query", []any{"[...", "lax $", "WITHOUT", "", "NULL", "EMPTY OBJECT", ""}, "{}"},
		{"json_query", []any{"0", "lax $d", "WITHOUT", "", "NULL", "NULL", `row("d" date)`, "2001-01-31"}, nil},
		{"json_query", []any{"0", "lax $d", "WITHOUT", "", "NULL", "NULL", `row("d" unknown)`, nil}, "null"},
		{"json_array", []any{"ABSENT", ""}, "[]"},
		{"json_array", []any{"ABSENT", "row(integer, unknown, double, json, date, char(3))", "1", nil, "1e3", `{"b": 1.50}`, "2001-01-31", "x"}, `[1,1000.0,{"b":1.5},"2001-01-31","x  "]`},
		{"json_array", []any{"NULL", "row(integer, json)", nil, nil}, "[null,null]"},
		{"json_array", []any{"NULL", "row(json)", "[..."}, "JSON_INPUT_CONVERSION_ERROR: conversion to JSON failed: "},
		{"json_object", []any{"NULL", "WITHOUT", ""}, "{}"},
		{"json_object", []any{"NULL", "WITHOUT", "row(integer, integer)", "key_1", "1", "key_2", "2"}, `{"key_2":2,"key_1":1}`},
		{"json_object", []any{"ABSENT", "WITHOUT", "row(integer, decimal(3,1))", "a", nil, "b", "2.5"}, `{"b":2.5}`},
		{"json_object", []any{"NULL", "WITHOUT", "row(integer)", nil, "1"}, "INVALID_FUNCTION_ARGUMENT: null value passed for JSON object key to JSON_OBJECT function"},
		{"json_object", []any{"NULL", "WITHOUT", "row(integer, integer)", "a", "1", "a", "2"}, "NOT_SUPPORTED: cannot construct a JSON object with duplicate key"},
		{"json_object", []any{"NULL", "WITH", "row(integer, integer)", "a", "1", "a", "2"}, "INVALID_FUNCTION_ARGUMENT: duplicate key passed to JSON_OBJECT function"},
	}
	for _, test := range tests {
		got, err := callNative(t, nativeName(test.name), test.args...)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s%q = %v, want %v", test.name, test.args, got, test.want)
		}
	}
}

func TestUnits(t *testing.T) {
	for _, encoding := range []string{"UTF16", "UTF32"} {
		if got := decodeUnits(encodeUnits("aé😀", encoding), encoding); got != "aé😀" {
			t.Errorf("%s: %q", encoding, got)
		}
	}
	if got := encodeUnits("é", "UTF16"); string(got) != "\xe9\x00" {
		t.Errorf("é in UTF16 is %x", got)
	}
	if got := decodeUnits([]byte{0x61, 0, 0x62}, "UTF16"); got != "a\uFFFD" {
		t.Errorf("an odd byte gives %q", got)
	}
}
