package loader

import (
	"testing"

	"github.com/vpcq/vpcq/schema"
)

func TestTextParts(t *testing.T) {
	for _, test := range []struct {
		ddl, text, want string
		odd             bool
	}{
		{"array<string>", "", "[]", false},
		{"array<string>", `a,\N,"`, `["a",null,"\""]`, false},
		{"array<int>", "1,x,-", `["1",null,null]`, true},
		{"array<int>", "3000000000", `[null]`, true},
		{"map<string,int>", "a:1,b,a:2", `{"a":"1","b":null}`, false},
		{"map<int,string>", `x:1,07:2,7:3`, `{"7":"2"}`, true},
		{"map<string,array<int>>", "a:1;2,b:", `{"a":["1","2"],"b":[]}`, false},
		{"struct<a:string,b:int,c:int>", "", `{"a":"","b":null,"c":null}`, false},
		{"struct<a:string,b:int>", "x,1,2", `{"a":"x","b":"1"}`, false},
		{"struct<a:map<string,int>,b:string>", "k;1:l;2,", `{"a":{"k":"1","l":"2"},"b":""}`, false},
	} {
		odd := false
		p := newTextPart(schema.NewColumn("x", test.ddl), []byte(",:;"))
		if got := string(p.append(nil, []byte(test.text), &odd)); got != test.want || odd != test.odd {
			t.Errorf("%s of %q: %s, odd %v; want %s, %v", test.ddl, test.text, got, odd, test.want, test.odd)
		}
	}
}

func TestLevels(t *testing.T) {
	for ddl, want := range map[string]int{"int": 0, "array<int>": 1, "map<int,int>": 2, "struct<a:int,b:map<int,array<int>>>": 4} {
		if got := Levels(schema.NewColumn("x", ddl)); got != want {
			t.Errorf("%s: %d levels, want %d", ddl, got, want)
		}
	}
}
