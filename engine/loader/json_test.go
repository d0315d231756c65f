package loader

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine/loader/document"
	"github.com/vpcq/vpcq/schema"
)

// jsonTable declares columns such as "name:int" of JSON.
func jsonTable(j JSON, columns ...string) *Declared {
	d := &Declared{JSON: &j}
	for _, c := range columns {
		name, typ, _ := strings.Cut(c, ":")
		column := schema.NewColumn(name, typ)
		j.Columns = append(j.Columns, column)
		if column.Type != schema.Int && column.Type != schema.BigInt {
			column.Type = schema.String
		}
		d.Format.Columns = append(d.Format.Columns, column)
	}
	return d
}

func TestJSONLines(t *testing.T) {
	openX := JSON{OpenX: true}
	tests := []struct {
		name string
		json JSON
		text string
		want string // rows, or what is wrong
	}{
		{"members in any order", JSON{}, `{"b":2,"a":"x"}` + "\n" + `{"c":[1],"a":null}`, "x|2, ∅|∅"},
		{"letters", JSON{}, `{"A":"x","B":2}`, "x|2"},
		{"letters of OpenX", openX, `{"A":"x","B":2}`, "x|2"},
		{"letters that matter", JSON{OpenX: true, CaseSensitive: true}, `{"A":"x","a":"y"}`, "y|∅"},
		{"mapping", JSON{OpenX: true, Mapping: map[string]string{"b": "the b"}}, `{"b":1,"The B":2}`, "∅|2"},
		{"two columns of a key", JSON{OpenX: true, Mapping: map[string]string{"b": "a"}}, `{"a":7}`, "7|7"},
		{"Hive's own names", JSON{}, `{"_col1":5,"_col9":6}`, "∅|5"},
		{"a member twice", JSON{}, `{"b":1,"b":2,"b":null}`, "∅|∅"},
		{"a member twice for OpenX", openX, `{"b":1,"B":2}`, `Duplicate key "B"`},
		{"an empty line", JSON{}, "\n", "start of object expected"},
		{"an empty line for OpenX", openX, "\n", "∅|∅"},
		{"an array", JSON{}, "[1]", "start of object expected"},
		{"an array for OpenX", openX, "[1]", "1|∅"},
		{"no JSON", JSON{IgnoreMalformed: true}, "{", "Row is not a valid JSON Object"},
		{"no JSON for OpenX", openX, `{"a"}`, "Row is not a valid JSON Object"},
		{"no JSON that is passed over", JSON{OpenX: true, IgnoreMalformed: true}, `{"a"}`, "∅|∅"},
		{"a number in quotes", JSON{}, `{"b":"1"}`, `column b of type int cannot hold "1"`},
		{"a number in quotes for OpenX", openX, `{"b":"1"}`, "∅|1"},
		{"a number that is too big", JSON{}, `{"b":2147483648}`, "cannot hold"},
		{"a number that is too big for OpenX", openX, `{"b":2147483648}`, "∅|∅"},
		{"an object for a number", openX, `{"b":{}}`, "must be a scalar json value"},
		{"an object for a string", openX, `{"a":{ "x" : "1 \" 2" }}`, `{"x":"1 \" 2"}|∅`},
		{"an object for a string of Hive", JSON{}, `{"a":{}}`, "must be a scalar json value"},
	}
	for _, test := range tests {
		rows, _, err := answer(t, []byte(test.text), Options{Columns: columns("a b:int"), BadRows: Null, Declared: jsonTable(test.json, "a:string", "b:int")})
		got := strings.Join(rows, ", ")
		if err != nil {
			got = err.Error()
		}
		if got != test.want && (err == nil || !strings.Contains(got, test.want)) {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
}

// What is wrong with a line obeys the policy, and every line is counted.
func TestDamagedJSONLines(t *testing.T) {
	text := `{"b":1}` + "\n{\n" + `{"b":"x"}` + "\n" + `{"b":2}{"b":3}` + "\n"
	opt := Options{Columns: columns("b:int"), BadRows: Warn, Declared: jsonTable(JSON{OpenX: true}, "b:int")}
	rows, stats, err := answer(t, []byte(text), opt)
	if got := strings.Join(rows, ","); err != nil || got != "1" || stats.Rejected.Load() != 3 {
		t.Errorf("%s, %d rejected, %v", got, stats.Rejected.Load(), err)
	}
	opt.BadRows, opt.Declared.JSON.IgnoreMalformed = Null, true
	rows, stats, err = answer(t, []byte(text), opt)
	if got := strings.Join(rows, ","); err != nil || got != "1,∅,∅,2" || stats.Damaged.Load() != 3 {
		t.Errorf("%s, %d damaged, %v", got, stats.Damaged.Load(), err)
	}
}

// Many lines fill the room for values more than once.
func TestManyJSONLines(t *testing.T) {
	var b strings.Builder
	long := strings.Repeat("é", 3000)
	for i := range 5000 {
		fmt.Fprintf(&b, `{"a":"%d\u00e9%s","b":%d}`+"\n", i, long, i)
	}
	for _, body := range [][]byte{[]byte(b.String()), zip(b.String())} {
		rows, _, err := answer(t, body, Options{Columns: columns("b:int a"), Declared: jsonTable(JSON{}, "a:string", "b:int")})
		if err != nil || len(rows) != 5000 || rows[4321] != "4321|4321é"+long {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
	}
}

func TestJSONValues(t *testing.T) {
	tests := []struct{ typ, raw, hive, openX string }{ // "∅": null, "!": the statement fails
		{"string", `1.0`, "1.0", "1.0"},
		{"string", `1e2`, "1e2", "1E+2"},
		{"string", `-0.00`, "-0.00", "0.00"},
		{"string", `true`, "true", "true"},
		{"boolean", `"TRUE"`, "true", "true"},
		{"boolean", `1`, "false", "false"},
		{"boolean", `[]`, "!", "false"},
		{"bigint", `40.9`, "40", "40"},
		{"bigint", `-1e2`, "-100", "-100"},
		{"bigint", `1e99`, "!", "∅"},
		{"bigint", `"0x1f"`, "!", "31"},
		{"bigint", `"017"`, "!", "15"},
		{"bigint", `"089"`, "!", "89"},
		{"bigint", `" 1"`, "!", "∅"},
		{"smallint", `32768`, "!", "∅"},
		{"tinyint", `-128`, "-128", "-128"},
		{"double", `"1.5"`, "!", "1.5"},
		{"double", `1.5`, "1.5", "1.5"},
		{"decimal(4,2)", `"x"`, "∅", "∅"},
		{"decimal(4,2)", `-99.994`, "-99.99", "-99.99"},
		{"decimal(4,2)", `99.995`, "∅", "∅"},
		{"decimal(4,4)", `0.12345`, "0.1235", "0.1235"},
		{"decimal", `1234567890.5`, "1234567891", "1234567891"},
		{"date", `"2024-03-02 x"`, "2024-03-02 x", "2024-03-02 x"},
		{"date", `"-"`, "!", "∅"},
		{"date", `19000`, "!", "!"},
		{"timestamp", `"2024-03-02 10:00:00.123"`, "2024-03-02 10:00:00.123", "2024-03-02 10:00:00.123"},
		{"timestamp", `"2024-03-02T10:00:00Z"`, "!", "!"},
	}
	for _, test := range tests {
		v, _, err := document.Next([]byte(test.raw))
		if err != nil {
			t.Fatal(err)
		}
		for openX, want := range map[bool]string{false: test.hive, true: test.openX} {
			j := JSON{OpenX: openX}
			text, given, err := j.appendValue(nil, schema.NewColumn("c", test.typ), v)
			got := string(text)
			switch {
			case err != nil:
				got = "!"
			case !given:
				got = "∅"
			}
			if got != want {
				t.Errorf("%s as %s, OpenX %v: %s, want %s (%v)", test.raw, test.typ, openX, got, want, err)
			}
		}
	}
}

// A number's canonical text is the same number, and canonical.
func FuzzCanonical(f *testing.F) {
	for _, seed := range []string{"0", "-0.50", "1e2", "12.5E-9", "0.0000001", "100", "1E+30", "0e5"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, number string) {
		v, rest, err := document.Next([]byte(number))
		if err != nil || v.Kind != document.Number || len(rest) > 0 || len(v.Raw) != len(number) || !decimalNumber.MatchString(number) {
			return
		}
		got := canonical(number)
		want, _ := new(big.Rat).SetString(number)
		if x, ok := new(big.Rat).SetString(got); !ok || x.Cmp(want) != 0 || canonical(got) != got {
			t.Fatalf("%s is printed as %s, and that as %s", number, got, canonical(got))
		}
	})
}

// No line, however odd, is lost.
func FuzzJSONLine(f *testing.F) {
	for _, seed := range []string{`{"a":"x","b":1}`, `{"b":"0x"}{}`, "[", `{"a":{"b":[1e5, "\u00e9"]}}`, `{"b":-}`} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, line string, openX bool) {
		d := jsonTable(JSON{OpenX: openX, IgnoreMalformed: true, Dots: true}, "a:string", "b:int", "c:decimal(4,2)", "d:timestamp")
		_, stats, err := answer(t, []byte(line), Options{Columns: columns("b:int a c d"), BadRows: Warn, Declared: d})
		if err != nil && !strings.Contains(err.Error(), "a line of more than") {
			t.Fatalf("%q: %v after %d records", line, err, stats.Records.Load())
		}
	})
}
