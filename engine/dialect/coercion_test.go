package dialect

import "testing"

func TestCommonType(t *testing.T) {
	tests := []struct {
		a, b Type
		want string // "" for none
	}{
		{unknownType, dateType, "date"},
		{integerType, bigintType, "bigint"},
		{integerType, decimalType(3, 2), "decimal(12,2)"},
		{bigintType, decimalType(38, 10), "decimal(38,10)"},
		{decimalType(5, 2), decimalType(10, 4), "decimal(10,4)"},
		{bigintType, doubleType, "double"},
		{decimalType(5, 2), realType, "real"},
		{boundedVarchar(3), boundedVarchar(7), "varchar(7)"},
		{boundedVarchar(3), varcharType, "varchar"},
		{boundedVarchar(3), charType(5), "char(5)"},
		{dateType, timestampType(3), "timestamp(3)"},
		{timestampType(6), timestampTZType(3, "UTC"), "timestamp(6) with time zone"},
		{arrayType(integerType), arrayType(doubleType), "array(double)"},
		{varcharType, bigintType, ""},
		{varcharType, dateType, ""},
		{dateType, bigintType, ""},
		{booleanType, integerType, ""},
		{arrayType(varcharType), arrayType(bigintType), ""},
		{dayIntervalType, monthIntervalType, ""},
	}
	for _, test := range tests {
		for _, pair := range [][2]Type{{test.a, test.b}, {test.b, test.a}} {
			got, ok := commonType(pair[0], pair[1])
			if ok != (test.want != "") || ok && got.String() != test.want {
				t.Errorf("commonType(%s, %s) = %s, %v, want %q", pair[0], pair[1], got, ok, test.want)
			}
		}
	}
}

// everyType is one type of each kind, and some of several.
var everyType = []Type{
	unknownType, booleanType, tinyintType, smallintType, integerType, bigintType, realType, doubleType, decimalType(10, 2), decimalType(38, 0),
	varcharType, boundedVarchar(4), charType(4), varbinaryType, dateType, timeType(3), timestampType(0), timestampType(6), timestampTZType(3, "UTC"),
	dayIntervalType, monthIntervalType, arrayType(integerType), mapType(varcharType, doubleType), rowType([]string{"a"}, []Type{integerType}),
	jsonType, ipAddressType, uuidType,
}

func TestCommonTypeTakesBothSides(t *testing.T) {
	for _, a := range everyType {
		for _, b := range everyType {
			common, ok := commonType(a, b)
			if mirrored, also := commonType(b, a); also != ok || ok && !mirrored.Equal(common) {
				t.Errorf("commonType(%s, %s) is %s, but the other way round %s", a, b, common, mirrored)
			}
			if ok && (!canCoerce(a, common) || !canCoerce(b, common)) {
				t.Errorf("commonType(%s, %s) = %s, which does not take both", a, b, common)
			}
		}
		if !canCoerce(a, a) {
			t.Errorf("%s does not coerce to itself", a)
		}
	}
}
