package dialect

import "testing"

func TestFormat(t *testing.T) {
	tests := []struct {
		pattern string
		args    []any
		want    any
	}{
		{"%s%%%n", []any{"sa"}, "a%\n"},
		{"%s %s %<s %<s", []any{"sa", "sb", "sc"}, "a b b b"},
		{"%2$s %1$s %s", []any{"sa", "sb"}, "b a a"},
		{"%-7s,%7s|%.2S", []any{"shello", "sworld", "sabc"}, "hello  ,  world|AB"},
		{"%s %d %b %.3s", []any{nil, nil, nil, nil}, "null null false nul"},
		{"%03d|%,d|%+d|%(d|% d", []any{"i8", "i-1234567", "i5", "i-5", "i5"}, "008|-1,234,567|+5|(5)| 5"},
		{"%05d|%x|%X|%#o", []any{"i-42", "i-1", "i255", "i8"}, "-0042|ffffffffffffffff|FF|010"},
		{"%.1f %.0f %f %,.2f", []any{"f1.5E-1", "f2.5E0", "f1.0E0", "d1234567.125"}, "0.2 3 1.000000 1,234,567.13"},
		{"%f %f %5.1f|", []any{"fNaN", "f-Infinity", "r1.0E-1"}, "NaN -Infinity   0.1|"},
		{"%e %.2e %E", []any{"f1.225E1", "f9.999E-5", "d0"}, "1.225000e+01 1.00e-04 0.000000E+00"},
		{"%s %s %s", []any{"f1.0E7", "f1.5E2", "r1.0E-1"}, "1.0E7 150.0 0.1"},
		{"%s %s %s", []any{"t2001-08-22 03:04:00.000", "t2001-08-22 03:04:05.120000", "T10:00:30"}, "2001-08-22T03:04 2001-08-22T03:04:05.120 10:00:30"},
		{"%1$s %1$tc", []any{"z-14182980000000 America/New_York"}, "1969-07-20T16:17-04:00[America/New_York] Sun Jul 20 16:17:00 EDT 1969"},
		{"%s", []any{"z0 +05:30"}, "1970-01-01T05:30+05:30"},
		{"%s %s %s", []any{"D12001-05-10", "D2001-05-10", "z316584072000000000 UTC"}, "+12001-05-10 2001-05-10 +12002-02-24T12:00Z[UTC]"},
		{"%1$tA, %1$tB %1$te, %1$tY", []any{"D2006-07-04"}, "Tuesday, July 4, 2006"},
		{"%tH", []any{"D2006-07-04"}, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: %tH (IllegalFormatConversion: H != java.time.LocalDate)")},
		{"%d", []any{"d1.5"}, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: %d (IllegalFormatConversion: d != java.math.BigDecimal)")},
		{"%f", []any{"i1"}, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: %f (IllegalFormatConversion: f != java.lang.Long)")},
		{"%z", []any{"i1"}, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: %z (UnknownFormatConversion: Conversion = 'z')")},
		{"%s %s", []any{"sa"}, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: %s %s (MissingFormatArgument: Format specifier '%s')")},
		{"%-d", []any{"i1"}, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: %-d (MissingFormatWidth: %-d)")},
		{"100%", nil, errText("INVALID_FUNCTION_ARGUMENT: Invalid format string: 100% (UnknownFormatConversion: Conversion = '%')")},
		{"%g", []any{"f1.0E0"}, errText("NOT_SUPPORTED: vpcq does not support '%g' in format yet")},
	}
	for _, test := range tests {
		checkNative(t, "vpcq_format", append([]any{test.pattern}, test.args...), test.want)
	}
}

// FuzzFormat holds that no pattern makes the printer panic.
func FuzzFormat(f *testing.F) {
	for _, seed := range []string{"%s %<s", "%1$tA %2$d", "%-+ 0,(8.3f", "%e%%", "%"} {
		f.Add(seed, "abc")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 12 {
			return // a width of gigabytes is Java's, too
		}
		got, err := formatted([]any{pattern, "s" + text, "i7", "f1.5E0", "d-0.5", "D2006-07-04", nil})
		if (got == nil) == (err == nil) {
			t.Errorf("format(%q) = %v, %v", pattern, got, err)
		}
	})
}

func TestPrintNatives(t *testing.T) {
	tests := []struct {
		name string
		arg  any
		want any
	}{
		{"vpcq_format_number", int64(-123456), "-123.46K"},
		{"vpcq_format_number", int64(12399999999), "12.4B"},
		{"vpcq_format_number", int64(999999999), "1000M"},
		{"vpcq_format_number", int64(1_125), "1.13K"},
		{"vpcq_format_number", int64(0), "0"},
		{"vpcq_format_number_double", 999.9, "999"},
		{"vpcq_parse_data_size", "", errText("INVALID_FUNCTION_ARGUMENT: Invalid data size: ''")},
		{"vpcq_parse_data_size", "1.2.3MB", errText("INVALID_FUNCTION_ARGUMENT: Invalid data size: '1.2.3MB'")},
		{"vpcq_parse_data_size", "10KB", errText("INVALID_FUNCTION_ARGUMENT: Invalid data size: '10KB'")},
		{"vpcq_parse_data_size", "99999999999999YB", errText("NUMERIC_VALUE_OUT_OF_RANGE: Value out of range: '99999999999999YB' ('120892581961461708544797985370825293824B')")},
	}
	for _, test := range tests {
		checkNative(t, test.name, []any{test.arg}, test.want)
	}
}
