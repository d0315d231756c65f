package loader

import (
	"testing"

	"github.com/vpcq/vpcq/engine/loader/document"
	"github.com/vpcq/vpcq/schema"
)

func TestJSONParts(t *testing.T) {
	const failed = "failed"
	for _, test := range []struct{ ddl, json, hive, openx string }{
		{"array<int>", `[1, null]`, `["1",null]`, `["1",null]`},
		{"array<int>", `["x"]`, failed, `[null]`},
		{"array<int>", `5`, failed, `["5"]`},
		{"array<string>", `" "`, failed, `[" "]`},
		{"map<int,string>", `{"1":"a","01":"b","x":"c"}`, failed, `{"1":"b"}`},
		{"map<int,string>", `{"1":"a","01":"b"}`, `{"1":"b"}`, `{"1":"b"}`},
		{"map<string,int>", `{"a":1,"a":2}`, `{"a":"2"}`, failed},
		{"map<string,int>", `{"b":1,"\"":null}`, `{"b":"1","\"":null}`, `{"b":"1","\"":null}`},
		{"map<string,int>", `[1]`, failed, failed},
		{"map<string,int>", `7`, failed, failed},
		{"struct<a:int,b:string>", `{"B":"x","c":{}}`, `{"a":null,"b":"x"}`, `{"a":null,"b":"x"}`},
		{"struct<a:int,b:string>", `{"_col0":1}`, `{"a":"1","b":null}`, `{"a":null,"b":null}`},
		{"struct<a:int,b:string>", `[1,2,3]`, failed, `{"a":"1","b":"2"}`},
		{"struct<a:int,b:string>", `"x"`, failed, failed},
		{"array<struct<a:map<string,array<int>>>>", `[{"a":{"k":[1]}},{}]`, `[{"a":{"k":["1"]}},{"a":null}]`, `[{"a":{"k":["1"]}},{"a":null}]`},
	} {
		for _, openX := range []bool{false, true} {
			want := map[bool]string{false: test.hive, true: test.openx}[openX]
			rows := newJSONRows(&JSON{OpenX: openX, Columns: []schema.Column{schema.NewColumn("x", test.ddl)}})
			v, _, err := document.Next([]byte(test.json))
			if err != nil {
				t.Fatal(err)
			}
			out, _, err := rows.appendPart(nil, &rows.fields[0], v)
			got := string(out)
			if err != nil {
				got = failed
			}
			if got != want {
				t.Errorf("%s of %s, OpenX %v: %s (%v), want %s", test.ddl, test.json, openX, got, err, want)
			}
		}
	}
}
