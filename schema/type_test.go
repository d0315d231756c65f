package schema

import "testing"

func TestTypeString(t *testing.T) {
	for typ, want := range map[Type]string{String: "string", Int: "int", BigInt: "bigint", Date: "date", 99: "Type(99)"} {
		if got := typ.String(); got != want {
			t.Errorf("Type(%d).String() = %q, want %q", uint8(typ), got, want)
		}
	}
}

func TestColumnDDLType(t *testing.T) {
	tests := []struct {
		ddl  string
		typ  Type
		want string
	}{
		{"string", String, "string"},
		{"int", Int, "int"},
		{"integer", Int, "int"},
		{"smallint", SmallInt, "smallint"},
		{"timestamp", Timestamp, "timestamp"},
		{"decimal", Decimal, "decimal"},
		{"decimal(11,5)", Decimal, "decimal(11,5)"},
		{"varchar(20)", Varchar, "varchar(20)"},
		{"array<string>", Complex, "array<string>"},
		{"map<string,decimal(3,1)>", Complex, "map<string,decimal(3,1)>"},
		{"struct<a:int>", Complex, "struct<a:int>"},
		{"complex", Complex, "complex"},
	}
	for _, test := range tests {
		c := NewColumn("x", test.ddl)
		if c.Type != test.typ || c.DDLType() != test.want || c.Name != "x" {
			t.Errorf("NewColumn(%q) = %+v with type %q, want %v %q", test.ddl, c, c.DDLType(), test.typ, test.want)
		}
	}
}

func TestFits(t *testing.T) {
	tests := []struct {
		of          Type
		least, most int64
	}{
		{TinyInt, -128, 127},
		{SmallInt, -32768, 32767},
		{Int, -1 << 31, 1<<31 - 1},
		{BigInt, -1 << 63, 1<<63 - 1},
		{String, -1 << 63, 1<<63 - 1},
	}
	for _, test := range tests {
		if !test.of.Fits(test.least) || !test.of.Fits(test.most) {
			t.Errorf("%v cannot be %d and %d", test.of, test.least, test.most)
		}
		if bits := test.of.IntegerBits(); bits > 0 && bits < 64 && (test.of.Fits(test.least-1) || test.of.Fits(test.most+1)) {
			t.Errorf("%v can be %d or %d", test.of, test.least-1, test.most+1)
		}
	}
}

func TestIntegerBits(t *testing.T) {
	for of, want := range map[Type]int{TinyInt: 8, SmallInt: 16, Int: 32, BigInt: 64, String: 0, Double: 0} {
		if got := of.IntegerBits(); got != want {
			t.Errorf("%v has %d bits, want %d", of, got, want)
		}
	}
}
