package dialect

import (
	"math"
	"strings"
	"testing"
)

// A back end knows natives by their names alone.
func TestNativesHaveNamesOfTheirOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range Natives {
		if seen[n.Name] || !strings.HasPrefix(n.Name, nativePrefix) || n.Name != strings.ToLower(n.Name) {
			t.Errorf("%q is there twice, or no name of a native", n.Name)
		}
		seen[n.Name] = true
	}
}

func TestNatives(t *testing.T) {
	address := func(s string) []byte {
		b, err := addressOfText(s)
		if err != nil {
			t.Fatal(err)
		}
		return b.([]byte)
	}
	tests := []struct {
		name string
		args []any
		want any // nil for an error
	}{
		{"vpcq_text_of_double", []any{37.7}, "3.77E1"},
		{"vpcq_text_of_double", []any{0.0}, "0E0"},
		{"vpcq_text_of_double", []any{1e-7}, "1.0E-7"},
		{"vpcq_text_of_double", []any{math.Inf(-1)}, "-Infinity"},
		{"vpcq_text_of_double", []any{math.NaN()}, "NaN"},
		{"vpcq_text_of_real", []any{float32(0.1)}, "1.0E-1"},
		{"vpcq_text_of_interval_day_to_second", []any{int64(93_784_005_000)}, "1 02:03:04.005"},
		{"vpcq_text_of_interval_day_to_second", []any{int64(-1_000)}, "-0 00:00:00.001"},
		{"vpcq_text_of_interval_year_to_month", []any{int64(14)}, "1-2"},
		{"vpcq_text_of_ipaddress", []any{address("10.0.0.1")}, "10.0.0.1"},
		{"vpcq_text_of_ipaddress", []any{address("2001:db8::1")}, "2001:db8::1"},
		{"vpcq_ipaddress_of_text", []any{"-"}, nil},
		{"vpcq_contains", []any{"10.0.0.0/8", address("10.200.3.4")}, true},
		{"vpcq_contains", []any{"10.0.0.0/8", address("11.0.0.0")}, false},
		{"vpcq_contains", []any{"2001:db8::/32", address("2001:db8::1")}, true},
		{"vpcq_contains", []any{"10.0.0.1/8", address("10.0.0.1")}, nil},
		{"vpcq_contains", []any{"10.0.0.0", address("10.0.0.1")}, nil},
		{"vpcq_uuid_of_text", []any{"12151FD2-7586-11E9-8F9E-2A86E4085A59"}, "12151fd2-7586-11e9-8f9e-2a86e4085a59"},
		{"vpcq_uuid_of_text", []any{"1-2-3-4-1"}, nil},
		{"vpcq_url_encode", []any{"a b~*&"}, "a+b%7E*%26"},
		{"vpcq_url_decode", []any{"a%20b+c"}, "a b c"},
		{"vpcq_human_readable_seconds", []any{96.0}, "1 minute, 36 seconds"},
		{"vpcq_human_readable_seconds", []any{0.0}, "0 seconds"},
		{"vpcq_levenshtein_distance", []any{"naïve", "naive"}, int64(1)},
		{"vpcq_levenshtein_distance", []any{"kitten", "sitting"}, int64(3)},
		{"vpcq_format_number", []any{int64(123456)}, "123K"},
		{"vpcq_format_number", []any{int64(1_000_000)}, "1M"},
		{"vpcq_to_base", []any{int64(255), int64(16)}, "ff"},
		{"vpcq_to_base", []any{int64(255), int64(1)}, nil},
		{"vpcq_shift_left", []any{int64(-7), int64(2), int64(8)}, int64(-28)},
		{"vpcq_shift_right", []any{int64(-8), int64(1), int64(8)}, int64(124)},
		{"vpcq_shift_arithmetic", []any{int64(-7), int64(64), int64(8)}, int64(-1)},
		{"vpcq_width_bucket", []any{5.0, 0.0, 10.0, int64(5)}, int64(3)},
		{"vpcq_url_extract_host", []any{"http://u:p@h:8080/p?q#f"}, "h"},
		{"vpcq_url_extract_parameter", []any{"http://h/p?k=a=b&x=y", "k"}, "a=b"},
		{"vpcq_json_array_get", []any{"[1, [2, 3]]", int64(-1)}, "[2,3]"},
		{"vpcq_json_array_contains_bigint", []any{"[1, 2]", int64(2)}, true},
		{"vpcq_hamming_distance", []any{"abc", "abd"}, int64(1)},
		{"vpcq_hamming_distance", []any{"abc", "ab"}, nil},
		{"vpcq_from_utf8", []any{[]byte{'a', 0xff}}, "a\uFFFD"},
	}
	natives := map[string]Native{}
	for _, n := range Natives {
		natives[n.Name] = n
	}
	for _, test := range tests {
		got, err := natives[test.name].Call(test.args)
		if (err != nil) != (test.want == nil) || err == nil && got != test.want {
			t.Errorf("%s(%v) = %v, %v, want %v", test.name, test.args, got, err, test.want)
		}
	}
}
