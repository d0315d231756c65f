package dialect

import (
	"reflect"
	"testing"
)

// callNative calls a native of Natives by its name.
func callNative(t testing.TB, name string, args ...any) (any, error) {
	t.Helper()
	for _, n := range Natives {
		if n.Name == name {
			return n.Call(args)
		}
	}
	t.Fatalf("there is no native %s", name)
	return nil, nil
}

func TestBinaryNatives(t *testing.T) {
	b := func(s string) []byte { return []byte(s) }
	tests := []struct {
		name string
		args []any
		want any // an error where it is one
	}{
		{"vpcq_from_base64", []any{b("YWI=")}, b("ab")},
		{"vpcq_from_base64", []any{b("YWI")}, b("ab")},
		{"vpcq_from_base64", []any{b("YW=")}, errText("")},
		{"vpcq_from_base64", []any{b("YW\nI=")}, errText("")},
		{"vpcq_from_base64url", []any{b("_-8")}, b("\xff\xef")},
		{"vpcq_from_base32", []any{b("MFRGG===")}, b("abc")},
		{"vpcq_from_base32", []any{b("MFRGG")}, b("abc")},
		{"vpcq_from_base32", []any{b("1=======")}, errText("INVALID_FUNCTION_ARGUMENT: Invalid input length 1")},
		{"vpcq_from_base32", []any{b("m1")}, errText("INVALID_FUNCTION_ARGUMENT: Unrecognized character: m")},
		{"vpcq_from_hex", []any{b("0aF")}, errText("INVALID_FUNCTION_ARGUMENT: invalid input length 3")},
		{"vpcq_from_hex", []any{b("0aFf")}, b("\x0a\xff")},
		{"vpcq_from_big_endian_64", []any{b("1")}, errText("INVALID_FUNCTION_ARGUMENT: expected 8-byte input, but got instead: 1")},
		{"vpcq_to_ieee754_64", []any{1.5}, b("\x3f\xf8\x00\x00\x00\x00\x00\x00")},
		{"vpcq_from_ieee754_32", []any{b("")}, errText("INVALID_FUNCTION_ARGUMENT: Input floating-point value must be exactly 4 bytes long")},
		{"vpcq_binary_substr", []any{b("abc"), int64(-2), int64(1)}, b("b")},
		{"vpcq_binary_substr", []any{b("abc"), int64(-4), int64(9)}, b("")},
		{"vpcq_binary_substr", []any{b("abc"), int64(2), int64(1) << 62}, b("bc")},
		{"vpcq_binary_lpad", []any{b("ab"), int64(5), b("xy")}, b("xyxab")},
		{"vpcq_binary_rpad", []any{b("ab"), int64(5), b("xy")}, b("abxyx")},
		{"vpcq_binary_rpad", []any{b("ab"), int64(1), b("xy")}, b("a")},
		{"vpcq_binary_rpad", []any{b("ab"), int64(3), b("")}, errText("INVALID_FUNCTION_ARGUMENT: Padding bytes must not be empty")},
		{"vpcq_binary_reverse", []any{b("abc")}, b("cba")},
		{"vpcq_hmac_sha1", []any{b("a"), b("")}, errText("")},
		{"vpcq_crc32", []any{b("CRC me!")}, int64(38028046)},
	}
	for _, test := range tests {
		checkNative(t, test.name, test.args, test.want)
	}
}

// errText is an error that a test wants, of any text where it is "".
type errText string

func checkNative(t *testing.T, name string, args []any, want any) {
	t.Helper()
	got, err := callNative(t, name, args...)
	if message, ok := want.(errText); ok {
		if err == nil || message != "" && err.Error() != string(message) {
			t.Errorf("%s(%q) = %v, %v, want the error %q", name, args, got, err, message)
		}
		return
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s(%q) = %#v, %v, want %#v", name, args, got, err, want)
	}
}

func TestFromUTF8(t *testing.T) {
	tests := []struct{ in, want string }{
		{"aé", "aé"},
		{"X\xbf", "X#"},
		{"X\xdf", "X#"},
		{"\xbf\xbf", "##"},
		{"\xe2\x82x", "#x"},
		{"\xed\xa0\x80", "#"},
		{"\xf8\x80\x80\x80\x80y", "#y"},
		{"\xff\xfe", "##"},
		{"\xc0\x80", "#"},
	}
	for _, test := range tests {
		if got := fromUTF8([]byte(test.in), "#"); got != test.want {
			t.Errorf("fromUTF8(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}
