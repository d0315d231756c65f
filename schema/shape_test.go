package schema

import (
	"strings"
	"testing"
)

func TestColumnParts(t *testing.T) {
	for _, test := range []struct {
		ddl   string
		shape Shape
		want  string // name:type of the parts
	}{
		{"string", Scalar, ""},
		{"decimal(11,5)", Scalar, ""},
		{"array<string>", Array, ":string"},
		{"array<map<string,array<int>>>", Array, ":map<string,array<int>>"},
		{"map<string,decimal(3,1)>", Map, ":string :decimal(3,1)"},
		{"map<int,map<string,int>>", Map, ":int :map<string,int>"},
		{"struct<a:int>", Struct, "a:int"},
		{"struct<a:int,b:struct<c:decimal(4,2),d:int>,e:array<int>>", Struct, "a:int b:struct<c:decimal(4,2),d:int> e:array<int>"},
		{"array<int,int>", Scalar, ""},
		{"map<int>", Scalar, ""},
		{"array<int", Scalar, ""},
		{"bag<int>", Scalar, ""},
	} {
		shape, parts := NewColumn("x", test.ddl).Parts()
		var got []string
		for _, p := range parts {
			got = append(got, p.Name+":"+p.DDLType())
		}
		if shape != test.shape || strings.Join(got, " ") != test.want {
			t.Errorf("%s: shape %d of %q, want %d of %q", test.ddl, shape, got, test.shape, test.want)
		}
	}
}

func TestColumnHolds(t *testing.T) {
	c := NewColumn("x", "array<struct<a:map<string,binary>,b:int>>")
	for typ, want := range map[Type]bool{Binary: true, Int: true, String: true, Complex: true, Date: false} {
		if got := c.Holds(typ); got != want {
			t.Errorf("%s holds %v: %v, want %v", c.DDLType(), typ, got, want)
		}
	}
}
