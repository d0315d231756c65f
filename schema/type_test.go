package schema

import "testing"

func TestTypeString(t *testing.T) {
	for typ, want := range map[Type]string{String: "string", Int: "int", BigInt: "bigint", Date: "date", 99: "Type(99)"} {
		if got := typ.String(); got != want {
			t.Errorf("Type(%d).String() = %q, want %q", uint8(typ), got, want)
		}
	}
}
