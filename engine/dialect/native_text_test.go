package dialect

import (
	"math"
	"testing"
)

func TestTextNatives(t *testing.T) {
	list := func(parts ...any) []any { return append([]any{}, parts...) }
	tests := []struct {
		name string
		args []any
		want any
	}{
		{"vpcq_chr", []any{int64(0x1F4B0)}, "💰"},
		{"vpcq_chr", []any{int64(-1)}, errText("INVALID_FUNCTION_ARGUMENT: Not a valid Unicode code point: -1")},
		{"vpcq_chr", []any{int64(0xD800)}, errText("")},
		{"vpcq_chr", []any{int64(8589934592)}, errText("INVALID_FUNCTION_ARGUMENT: Not a valid Unicode code point: 8589934592")},
		{"vpcq_human_readable_seconds", []any{-1.5}, "1 second"},
		{"vpcq_human_readable_seconds", []any{1e300}, "15250284452471 weeks, 3 days, 15 hours, 30 minutes, 7 seconds"},
		{"vpcq_join", []any{list("a", nil, "", "b"), "-"}, "a--b"},
		{"vpcq_join", []any{list(nil), "-"}, ""},
		{"vpcq_lpad", []any{"😀", int64(4), "é😀"}, "é😀é😀"},
		{"vpcq_lpad", []any{"😀bc", int64(2), "x"}, "😀b"},
		{"vpcq_lpad", []any{"a", int64(3), ""}, errText("INVALID_FUNCTION_ARGUMENT: Padding string must not be empty")},
		{"vpcq_rpad", []any{"a", int64(4), "é😀"}, "aé😀é"},
		{"vpcq_rpad", []any{"a", int64(0), "b"}, ""},
		{"vpcq_rpad", []any{"a", int64(-1), "b"}, errText("INVALID_FUNCTION_ARGUMENT: Target length must be in the range [0..2147483647]")},
		{"vpcq_rpad", []any{"a", int64(mostPadded + 1), "b"}, errText("NOT_SUPPORTED: " + paddedTooFar)},
		{"vpcq_substr", []any{"éa😀b", int64(-2), int64(1)}, "😀"},
		{"vpcq_substr", []any{"abc", int64(2), int64(math.MaxInt64)}, "bc"},
		{"vpcq_substr", []any{"abc", int64(math.MinInt64), int64(9)}, ""},
		{"vpcq_substr", []any{"abc", int64(0), int64(1)}, ""},
		{"vpcq_luhn_check", []any{"4242424242424242"}, true},
		{"vpcq_luhn_check", []any{"123456789"}, false},
		{"vpcq_luhn_check", []any{""}, false},
		{"vpcq_luhn_check", []any{"abcd424242424242"}, errText("INVALID_FUNCTION_ARGUMENT: Input contains non-digit character")},
		{"vpcq_normalize", []any{"scho\u0308n", "NFC"}, "schön"},
		{"vpcq_replace", []any{"a朋", "", "-"}, "-a-朋-"},
		{"vpcq_reverse", []any{"o\u0308é"}, "é\u0308o"},
		{"vpcq_soundex", []any{"Ashcraft"}, "A261"},
		{"vpcq_soundex", []any{"Tymczak"}, "T522"},
		{"vpcq_soundex", []any{"Pfister"}, "P236"},
		{"vpcq_soundex", []any{"j~im"}, "J500"},
		{"vpcq_soundex", []any{"123"}, ""},
		{"vpcq_soundex", []any{"jąmes"}, errText("INVALID_FUNCTION_ARGUMENT: The character is not mapped: Ą (index=195)")},
		{"vpcq_split", []any{"a.b.c", ".", int64(2)}, list("a", "b.c")},
		{"vpcq_split", []any{"", ".", int64(9)}, list("")},
		{"vpcq_split", []any{"a", "", int64(9)}, errText("INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string")},
		{"vpcq_split", []any{"a", ".", int64(0)}, errText("INVALID_FUNCTION_ARGUMENT: Limit must be positive")},
		{"vpcq_split_part", []any{"a-b-c", "-", int64(3)}, "c"},
		{"vpcq_split_part", []any{"a-b-c", "-", int64(4)}, nil},
		{"vpcq_split_part", []any{"a朋", "", int64(2)}, "朋"},
		{"vpcq_split_part", []any{"", "", int64(1)}, nil},
		{"vpcq_split_part", []any{"", "-", int64(1)}, ""},
		{"vpcq_split_to_map", []any{"a=123,b=.4,c=,=d", ",", "="}, Pairs{{"a", "123"}, {"b", ".4"}, {"c", ""}, {"", "d"}}},
		{"vpcq_split_to_map", []any{"a=1,a=2", ",", "="}, errText("INVALID_FUNCTION_ARGUMENT: Duplicate keys (a) are not allowed")},
		{"vpcq_split_to_map", []any{"key", ",", "="}, errText("INVALID_FUNCTION_ARGUMENT: Key-value delimiter must appear exactly once in each entry. Bad input: 'key'")},
		{"vpcq_split_to_map", []any{"", ",", ","}, errText("INVALID_FUNCTION_ARGUMENT: entryDelimiter and keyValueDelimiter must not be the same")},
		{"vpcq_split_to_multimap", []any{"a=1,b=2,a=3", ",", "="}, Pairs{{"a", list("1", "3")}, {"b", list("2")}}},
		{"vpcq_split_to_multimap", []any{"key", ",", "="}, errText("INVALID_FUNCTION_ARGUMENT: Key-value delimiter must appear exactly once in each entry. Bad input: key")},
		{"vpcq_strpos", []any{"abc/xyz/foo/bar", "/", int64(-1)}, int64(12)},
		{"vpcq_strpos", []any{"信念爱希望", "爱", int64(1)}, int64(3)},
		{"vpcq_strpos", []any{"aaa", "aa", int64(2)}, int64(2)},
		{"vpcq_strpos", []any{"aaa", "aa", int64(-2)}, int64(1)},
		{"vpcq_strpos", []any{"aaa", "", int64(5)}, int64(1)},
		{"vpcq_strpos", []any{"aaa", "aa", int64(3)}, int64(0)},
		{"vpcq_strpos", []any{"", "", int64(0)}, errText("INVALID_FUNCTION_ARGUMENT: 'instance' must be a positive or negative number.")},
		{"vpcq_translate", []any{"abcd", "aaz", "xy"}, "xbcd"},
		{"vpcq_translate", []any{"abcd", "bd", "ı"}, "aıc"},
	}
	for _, test := range tests {
		checkNative(t, test.name, test.args, test.want)
	}
}
