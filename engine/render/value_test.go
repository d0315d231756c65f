package render

import (
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/engine/dialect"
)

var (
	bigintType  = dialect.Type{Kind: dialect.BigintKind}
	integerType = dialect.Type{Kind: dialect.IntegerKind}
	doubleType  = dialect.Type{Kind: dialect.DoubleKind}
	varcharType = dialect.Type{Kind: dialect.VarcharKind, Length: dialect.Unbounded}
	jsonType    = dialect.Type{Kind: dialect.JSONKind}
)

func arrayOf(element dialect.Type) dialect.Type {
	return dialect.Type{Kind: dialect.ArrayKind, Args: []dialect.Type{element}}
}

func mapOf(key, value dialect.Type) dialect.Type {
	return dialect.Type{Kind: dialect.MapKind, Args: []dialect.Type{key, value}}
}

func rowOf(names []string, args ...dialect.Type) dialect.Type {
	return dialect.Type{Kind: dialect.RowKind, Names: names, Args: args}
}

// values makes an arrow array from its JSON.
func values(t testing.TB, a arrow.DataType, text string) arrow.Array {
	t.Helper()
	v, _, err := array.FromJSON(memory.DefaultAllocator, a, strings.NewReader(text), array.WithUseNumber())
	if err != nil {
		t.Fatalf("make %s of %s: %v", a, text, err)
	}
	return v
}

// texts writes every value of an array by one of the binders, null included.
func texts(t testing.TB, bind binder, typ dialect.Type, a arrow.Array) []string {
	t.Helper()
	value, err := orNull(bind, typ, a)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, a.Len())
	for i := range out {
		out[i] = string(value(nil, i))
	}
	return out
}

// valueCases are the texts of values of every kind but the numbers, the times
// and the intervals, which have tests of their own.
var valueCases = []struct {
	name  string
	typ   dialect.Type
	arrow arrow.DataType
	in    string
	text  []string
	json  []string
}{
	{
		"boolean", dialect.Type{Kind: dialect.BooleanKind}, arrow.FixedWidthTypes.Boolean,
		`[true, false, null]`, []string{"true", "false", "null"}, []string{"true", "false", "null"},
	},
	{
		"tinyint", dialect.Type{Kind: dialect.TinyintKind}, arrow.PrimitiveTypes.Int8,
		`[-128, 127]`, []string{"-128", "127"}, []string{"-128", "127"},
	},
	{
		"smallint", dialect.Type{Kind: dialect.SmallintKind}, arrow.PrimitiveTypes.Int16,
		`[-32768]`, []string{"-32768"}, []string{"-32768"},
	},
	{
		"integer", integerType, arrow.PrimitiveTypes.Int32,
		`[2147483647]`, []string{"2147483647"}, []string{"2147483647"},
	},
	{
		"bigint beyond the doubles", bigintType, arrow.PrimitiveTypes.Int64,
		`[9007199254740993, -9223372036854775808]`,
		[]string{"9007199254740993", "-9223372036854775808"}, []string{"9007199254740993", "-9223372036854775808"},
	},
	{
		"unknown", dialect.Type{}, arrow.PrimitiveTypes.Int32,
		`[null, null]`, []string{"null", "null"}, []string{"null", "null"},
	},
	{
		"varchar", varcharType, arrow.BinaryTypes.String,
		`["a\"b\\", "", "ö\n\u001b[31m\u0085", null]`,
		[]string{`a"b\`, "", "ö\n\x1b[31m\u0085", "null"}, []string{`"a\"b\\"`, `""`, `"ö\n\u001b[31m\u0085"`, "null"},
	},
	{
		"varchar as views", varcharType, arrow.BinaryTypes.StringView,
		`["short", "longer than twelve bytes"]`,
		[]string{"short", "longer than twelve bytes"}, []string{`"short"`, `"longer than twelve bytes"`},
	},
	{
		"char", dialect.Type{Kind: dialect.CharKind, Length: 4}, arrow.BinaryTypes.String,
		`["ab", "öäü", "abcd"]`, []string{"ab  ", "öäü ", "abcd"}, []string{`"ab  "`, `"öäü "`, `"abcd"`},
	},
	{
		"json", jsonType, arrow.BinaryTypes.String,
		`["{\"b\": 12345678901234567890.0,\n \"a\":[1e2]}", "null", "{"]`,
		[]string{"{\"b\": 12345678901234567890.0,\n \"a\":[1e2]}", "null", "{"},
		[]string{`{"b":12345678901234567890.0,"a":[1e2]}`, "null", `"{"`},
	},
	{
		"varbinary", dialect.Type{Kind: dialect.VarbinaryKind}, arrow.BinaryTypes.Binary,
		`["aGVsAP8=", ""]`, []string{"68 65 6c 00 ff", ""}, []string{`"68 65 6c 00 ff"`, `""`},
	},
	{
		"ipaddress", dialect.Type{Kind: dialect.IPAddressKind}, arrow.BinaryTypes.Binary,
		`["AAAAAAAAAAAAAP//CgAAAQ==", "IAENuAAAAAAAAAAAAAAAAQ=="]`,
		[]string{"10.0.0.1", "2001:db8::1"}, []string{`"10.0.0.1"`, `"2001:db8::1"`},
	},
	{
		"ipprefix", dialect.Type{Kind: dialect.IPPrefixKind}, arrow.BinaryTypes.Binary,
		`["AAAAAAAAAAAAAP//CgAAABg="]`, []string{"10.0.0.0/24"}, []string{`"10.0.0.0/24"`},
	},
	{
		"uuid", dialect.Type{Kind: dialect.UUIDKind}, arrow.BinaryTypes.String,
		`["12151fd2-7586-11e9-8f9e-2a86e4085a59"]`,
		[]string{"12151fd2-7586-11e9-8f9e-2a86e4085a59"}, []string{`"12151fd2-7586-11e9-8f9e-2a86e4085a59"`},
	},
	{
		"array", arrayOf(varcharType), arrow.ListOf(arrow.BinaryTypes.String),
		`[["a", null, "b"], [], null]`, []string{"[a, null, b]", "[]", "null"}, []string{`["a",null,"b"]`, "[]", "null"},
	},
	{
		"array of arrays", arrayOf(arrayOf(doubleType)), arrow.ListOf(arrow.ListOf(arrow.PrimitiveTypes.Float64)),
		`[[[1], null, [1e10, 0.5]]]`, []string{"[[1.0], null, [1.0E10, 0.5]]"}, []string{"[[1.0],null,[1.0E10,0.5]]"},
	},
	{
		"map", mapOf(integerType, varcharType), arrow.MapOf(arrow.PrimitiveTypes.Int32, arrow.BinaryTypes.String),
		`[[{"key":1,"value":"x"},{"key":2,"value":null}], [], null]`,
		[]string{"{1=x, 2=null}", "{}", "null"}, []string{`{"1":"x","2":null}`, "{}", "null"},
	},
	{
		"row", rowOf([]string{"x", ""}, integerType, varcharType), arrow.StructOf(
			arrow.Field{Name: "x", Type: arrow.PrimitiveTypes.Int32, Nullable: true},
			arrow.Field{Name: "field1", Type: arrow.BinaryTypes.String, Nullable: true}),
		`[{"x":1,"field1":"b"}, {"x":null,"field1":""}, null]`,
		[]string{"{x=1, field1=b}", "{x=null, field1=}", "null"}, []string{`{"x":1,"field1":"b"}`, `{"x":null,"field1":""}`, "null"},
	},
	{
		"array of rows of json", arrayOf(rowOf([]string{"a"}, jsonType)),
		arrow.ListOf(arrow.StructOf(arrow.Field{Name: "a", Type: arrow.BinaryTypes.String, Nullable: true})),
		`[[{"a":"[1, 2]"}, null]]`, []string{"[{a=[1, 2]}, null]"}, []string{`[{"a":[1,2]},null]`},
	},
}

func TestValues(t *testing.T) {
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			a := values(t, c.arrow, c.in)
			if got := texts(t, textOf, c.typ, a); !slices.Equal(got, c.text) {
				t.Errorf("text %q, want %q", got, c.text)
			}
			if got := texts(t, jsonOf, c.typ, a); !slices.Equal(got, c.json) {
				t.Errorf("json %q, want %q", got, c.json)
			}
		})
	}
}

// A slice of an array keeps its buffers and begins elsewhere in them.
func TestValuesOfSlices(t *testing.T) {
	for _, c := range valueCases {
		a := values(t, c.arrow, c.in)
		for from := range a.Len() {
			part := array.NewSlice(a, int64(from), int64(a.Len()))
			if got := texts(t, textOf, c.typ, part); !slices.Equal(got, c.text[from:]) {
				t.Errorf("%s from %d: %q, want %q", c.name, from, got, c.text[from:])
			}
		}
	}
}

func TestMismatchIsRefused(t *testing.T) {
	wrong := []arrow.Array{values(t, arrow.FixedWidthTypes.Duration_s, `[1]`), values(t, arrow.PrimitiveTypes.Uint8, `[1]`)}
	for _, c := range valueCases {
		for _, a := range wrong {
			for _, bind := range []binder{textOf, jsonOf} {
				if _, err := bind(c.typ, a); err == nil || !strings.Contains(err.Error(), "came as arrow") {
					t.Errorf("%s from %s: %v", c.typ, a.DataType(), err)
				}
			}
		}
	}
}

func TestAddressOfWrongLengthIsRefused(t *testing.T) {
	a := values(t, arrow.BinaryTypes.Binary, `["CgAAAQ=="]`)
	for _, k := range []dialect.Kind{dialect.IPAddressKind, dialect.IPPrefixKind} {
		if _, err := textOf(dialect.Type{Kind: k}, a); err == nil {
			t.Errorf("4 bytes were taken for an %s", dialect.Type{Kind: k})
		}
	}
}

// Every kind of type a column may have is in the table of kinds.
func TestEveryKindHasItsText(t *testing.T) {
	for k := dialect.UnknownKind; k <= dialect.UUIDKind; k++ {
		if kindOf(k).text == nil {
			t.Errorf("%s has no text", dialect.Type{Kind: k})
		}
	}
	if _, err := textOf(dialect.Type{Kind: dialect.UUIDKind + 1}, values(t, arrow.PrimitiveTypes.Int8, `[1]`)); err == nil {
		t.Error("a lambda has a text")
	}
}

func TestAppendingNumbersAndStringsAllocatesNothing(t *testing.T) {
	for _, c := range valueCases {
		switch c.typ.Kind {
		case dialect.BigintKind, dialect.VarcharKind:
		default:
			continue
		}
		value, err := textOf(c.typ, values(t, c.arrow, c.in))
		if err != nil {
			t.Fatal(err)
		}
		dst := make([]byte, 0, 100)
		if n := testing.AllocsPerRun(10, func() { dst = value(dst[:0], 0) }); n != 0 {
			t.Errorf("%s: %v allocations", c.name, n)
		}
	}
}
