package dialect

import "testing"

func TestTypeString(t *testing.T) {
	tests := []struct {
		typ           Type
		trino, duckDB string
	}{
		{unknownType, "unknown", "INTEGER"},
		{bigintType, "bigint", "BIGINT"},
		{realType, "real", "FLOAT"},
		{varcharType, "varchar", "VARCHAR"},
		{boundedVarchar(3), "varchar(3)", "VARCHAR"},
		{charType(5), "char(5)", "VARCHAR"},
		{decimalType(5, 2), "decimal(5,2)", "DECIMAL(5,2)"},
		{timestampType(3), "timestamp(3)", "TIMESTAMP"},
		{timestampTZType(0, "UTC"), "timestamp(0) with time zone", "TIMESTAMPTZ"},
		{dayIntervalType, "interval day to second", "INTERVAL"},
		{arrayType(bigintType), "array(bigint)", "BIGINT[]"},
		{mapType(varcharType, arrayType(dateType)), "map(varchar, array(date))", "MAP(VARCHAR, DATE[])"},
		{rowType([]string{"x", ""}, []Type{integerType, varcharType}), "row(x integer, varchar)", `STRUCT("x" INTEGER, "field1" VARCHAR)`},
		{rowType([]string{"a b"}, []Type{integerType}), `row("a b" integer)`, `STRUCT("a b" INTEGER)`},
		{ipAddressType, "ipaddress", "BLOB"},
		{uuidType, "uuid", "VARCHAR"},
		{jsonType, "json", "VARCHAR"},
	}
	for _, test := range tests {
		if got := test.typ.String(); got != test.trino {
			t.Errorf("String() = %s, want %s", got, test.trino)
		}
		if got := test.typ.DuckDB(); got != test.duckDB {
			t.Errorf("%s.DuckDB() = %s, want %s", test.trino, got, test.duckDB)
		}
	}
}

func TestFieldNamesOfARowAreDistinct(t *testing.T) {
	row := rowType([]string{"a", "A", ""}, []Type{integerType, integerType, integerType})
	for i, want := range []string{"a", "field1", "field2"} {
		if got := row.FieldName(i); got != want {
			t.Errorf("FieldName(%d) = %s, want %s", i, got, want)
		}
	}
}

func TestTypeEqualIgnoresZones(t *testing.T) {
	if !timestampTZType(3, "UTC").Equal(timestampTZType(3, "Asia/Tokyo")) {
		t.Error("two timestamps with time zone of one precision differ by their zones")
	}
	if timestampTZType(3, "UTC").Equal(timestampTZType(6, "UTC")) || arrayType(bigintType).Equal(arrayType(integerType)) {
		t.Error("types of different parameters are equal")
	}
}
