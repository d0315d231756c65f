package dialect

import "testing"

func TestSignatureString(t *testing.T) {
	tests := []struct{ line, want string }{
		{"sum(bigint) bigint", "sum(bigint)"},
		{"concat(varchar, varchar...) varchar", "concat(varchar, varchar...)"},
		{"max(E:orderable, bigint) array(E)", "max(e, bigint) E:orderable"},
		{"abs(decimal(p,s)) decimal(p,s)", "abs(decimal(p,s))"},
		{"filter(array(T), function(T, boolean)) array(T)", "filter(array(t), function(t,boolean))"},
		{"hour(timestamp(p) with time zone) bigint", "hour(timestamp(p) with time zone)"},
		{"to_milliseconds(interval day to second) bigint", "to_milliseconds(interval day to second)"},
		{"now() timestamp(3) with time zone", "now()"},
	}
	for _, test := range tests {
		if got := parseSignature(test.line).String(); got != test.want {
			t.Errorf("%q prints %q, want %q", test.line, got, test.want)
		}
	}
}

func TestSignatureBind(t *testing.T) {
	tests := []struct {
		line   string
		args   []Type
		coerce bool
		want   string // the result's type, "" where it does not fit
	}{
		{"f(bigint) bigint", []Type{bigintType}, false, "bigint"},
		{"f(bigint) bigint", []Type{integerType}, false, ""},
		{"f(bigint) bigint", []Type{integerType}, true, "bigint"},
		{"f(bigint) bigint", []Type{varcharType}, true, ""},
		{"f(T) array(T)", []Type{dateType}, false, "array(date)"},
		{"f(array(T), T) T", []Type{arrayType(bigintType), integerType}, true, "bigint"},
		{"f(array(T), T) T", []Type{arrayType(integerType), doubleType}, true, "double"},
		{"f(T:orderable) T", []Type{mapType(varcharType, varcharType)}, true, ""},
		{"f(decimal(p,s)) decimal(p,s)", []Type{decimalType(5, 2)}, false, "decimal(5,2)"},
		{"f(decimal(p,s)) decimal(p,s)", []Type{integerType}, true, "decimal(10,0)"},
		{"f(timestamp(p)) timestamp(p)", []Type{dateType}, true, "timestamp(0)"},
		{"f(varchar(x)) varchar(x)", []Type{boundedVarchar(9)}, false, "varchar(9)"},
		{"f(varchar, varchar...) varchar", []Type{varcharType}, false, "varchar"},
		{"f(varchar, varchar...) varchar", []Type{varcharType, boundedVarchar(1), varcharType}, false, "varchar"},
		{"f(varchar) varchar", []Type{charType(3)}, true, "varchar"},
	}
	for _, test := range tests {
		s := parseSignature(test.line)
		b, ok := s.bind(test.args, test.coerce)
		got := ""
		if ok {
			got = b.instantiate(s.result).String()
		}
		if got != test.want {
			t.Errorf("%s of %v (coerce %v) gives %q, want %q", test.line, test.args, test.coerce, got, test.want)
		}
	}
}

func TestMalformedSignaturePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	parseSignature("f(bigint bigint")
}
