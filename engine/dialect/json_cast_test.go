package dialect

import "testing"

func TestJSONCast(t *testing.T) {
	tests := []struct {
		text, to string
		want     any // an error where it begins with a code
	}{
		{`128`, "bigint", "128"},
		{`128.5`, "integer", "129"},
		{`-128.5`, "smallint", "-129"},
		{`"12"`, "tinyint", "12"},
		{`true`, "bigint", "1"},
		{`null`, "bigint", nil},
		{`128`, "tinyint", "INVALID_CAST_ARGUMENT: Cannot cast '128' to tinyint"},
		{`"128.9"`, "integer", "INVALID_CAST_ARGUMENT: Cannot cast '128.9' to INT"},
		{`12345678901234567890`, "bigint", "INVALID_CAST_ARGUMENT: Cannot cast '12345678901234567890' to bigint"},
		{`1 2`, "bigint", "INVALID_CAST_ARGUMENT: Cannot cast '1 2' to bigint"},
		{`[1]`, "bigint", "INVALID_CAST_ARGUMENT: Cannot cast '[1]' to bigint"},
		{``, "bigint", "INVALID_CAST_ARGUMENT: Cannot cast '' to bigint"},
		{`12345678901234567890`, "real", "1.2345679E19"},
		{`1e39`, "real", "Infinity"},
		{`"NaN"`, "double", "NaN"},
		{`false`, "double", "0.0"},
		{`128.9`, "varchar", "1.289E2"},
		{`12345678901234567890`, "varchar", "12345678901234567890"},
		{`"x"`, "varchar", "x"},
		{`"xyz"`, "varchar(3)", "xyz"},
		{`"xyz"`, "varchar(2)", "INVALID_CAST_ARGUMENT: Cannot cast 'xyz' to varchar(2)"},
		{`true`, "varchar", "true"},
		{`{}`, "varchar", "INVALID_CAST_ARGUMENT: Cannot cast '{}' to varchar"},
		{`"T"`, "boolean", "true"},
		{`0.0`, "boolean", "false"},
		{`"yes"`, "boolean", "INVALID_CAST_ARGUMENT: Cannot cast 'yes' to BOOLEAN"},
		{`123456789012345678901234567890.12345678`, "decimal(38,8)", "123456789012345678901234567890.12345678"},
		{`1.005`, "decimal(10,2)", "1.01"},
		{`"1e2"`, "decimal(10,2)", "100.00"},
		{`true`, "decimal(10,3)", "1.000"},
		{`100`, "decimal(2,0)", "INVALID_CAST_ARGUMENT: Cannot cast 100 to DECIMAL(2,0)"},
		{`" 1"`, "decimal(2,0)", `INVALID_CAST_ARGUMENT: Cannot cast '" 1"' to DECIMAL(2,0)`},
		{`[1, "2", null, true]`, "array(bigint)", `["1","2",null,"1"]`},
		{`null`, "array(bigint)", nil},
		{`[null, {"b": 1, "a": 2.0}]`, "array(json)", `["null","{\"b\":1,\"a\":2.0}"]`},
		{`{"1": [1], "2": null}`, "map(bigint, array(double))", `{"1":["1.0"],"2":null}`},
		{`{"1": 1, "01": 2}`, "map(bigint, bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to map(bigint, bigint). Duplicate keys are not allowed\n{\"1\": 1, \"01\": 2}"},
		{`[1, "x"]`, "row(a bigint, varchar)", `{"a":"1","field1":"x"}`},
		{`{"A": 1, "c": [], "b": "x"}`, "row(a bigint, b varchar, z double)", `{"a":"1","b":"x","z":null}`},
		{`{"a": 1}`, "row(bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to row(bigint). Cannot cast a JSON object to anonymous row type. Input must be a JSON array.\n{\"a\": 1}"},
		{`[1, 2]`, "row(bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to row(bigint). Expected json array ending, but got 2\n[1, 2]"},
		{`{"a": 1, "A": 2}`, "row(a bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to row(a bigint). Duplicate field: a\n{\"a\": 1, \"A\": 2}"},
		{`[1, {}]`, "array(bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to array(bigint). Unexpected token when cast to bigint: {\n[1, {}]"},
		{`{}`, "array(bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to array(bigint). Expected a json array, but got {\n{}"},
		{`[1`, "array(bigint)", "INVALID_CAST_ARGUMENT: Cannot cast to array(bigint).\n[1"},
	}
	for _, test := range tests {
		got, err := callNative(t, nativeName("json_cast"), test.text, test.to)
		if err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s as %s = %q, want %q", test.text, test.to, got, test.want)
		}
	}
}

func TestToJSON(t *testing.T) {
	tests := []struct {
		name string
		arg  any
		want string
	}{
		{"json_string", "a\"\\\b\x1fé", `"a\"\\\b\u001Fé"`},
		{"json_double", 3.14, "3.14"},
		{"json_real", float32(0.1), "0.1"},
		{"json_decimal", "3.140", "3.140"},
		{"json_decimal", "-.00000001", "-1E-8"},
		{"json_decimal", "0.000001230", "0.000001230"},
		{"json_sort", `{"b":{"z":1,"":2,"":3},"a":3.00000}`, `{"a":3.00000,"b":{"z":1,"":2,"":3}}`},
	}
	for _, test := range tests {
		if got, err := callNative(t, nativeName(test.name), test.arg); err != nil || got != test.want {
			t.Errorf("%s(%v) = %v, %v, want %s", test.name, test.arg, got, err, test.want)
		}
	}
}

func TestTypesHaveTextsThatParse(t *testing.T) {
	for _, text := range []string{
		"boolean", "decimal(10,2)", "varchar", "varchar(3)", "char(5)", "array(map(varchar, double))", `row(a bigint, "b c" json, real)`,
		"timestamp(6)", "time(0)", "date", "unknown",
	} {
		got, err := parseTypeText(text)
		if err != nil || got.String() != text {
			t.Errorf("parseTypeText(%q) = %s, %v", text, got, err)
		}
		if again, err := parseTypeText(typeText(got)); err != nil || !again.Equal(got) {
			t.Errorf("%q is read as %s, %v", typeText(got), again, err)
		}
	}
	upper := rowType([]string{"A", ""}, []Type{bigintType, jsonType})
	if got, err := parseTypeText(typeText(upper)); err != nil || !got.Equal(upper) {
		t.Errorf("%q is read as %s, %v", typeText(upper), got, err)
	}
	if _, err := parseTypeText("nonsense("); err == nil {
		t.Error("nonsense is a type")
	}
}
