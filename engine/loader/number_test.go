package loader

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"unsafe"
)

func TestParseLong(t *testing.T) {
	tests := []struct {
		s    string
		want int64
		ok   bool
	}{
		{"0", 0, true}, {"7", 7, true}, {"007", 7, true}, {"+5", 5, true}, {"-5", -5, true}, {"-0", 0, true},
		{"5.0", 5, true}, {"5.9", 5, true}, {"-5.9", -5, true}, {"5.", 5, true}, {".5", 0, true}, {".", 0, true}, {"-.", 0, true},
		{"9223372036854775807", 1<<63 - 1, true}, {"-9223372036854775808", -1 << 63, true}, {"00000000000000000000001", 1, true},
		{"9223372036854775808", 0, false}, {"-9223372036854775809", 0, false}, {"99999999999999999999", 0, false},
		{"", 0, false}, {"-", 0, false}, {"+", 0, false}, {"--5", 0, false}, {"+-5", 0, false}, {" 5", 0, false}, {"5 ", 0, false},
		{"\t5", 0, false}, {"5.0.0", 0, false}, {"5.a", 0, false}, {"5a", 0, false}, {"a", 0, false}, {"5e3", 0, false}, {"0x5", 0, false},
		{"5L", 0, false}, {`\N`, 0, false}, {"٥", 0, false},
	}
	for _, test := range tests {
		got, ok := parseLong([]byte(test.s))
		if ok != test.ok || ok && got != test.want {
			t.Errorf("parseLong(%q) = %d, %v, want %d, %v", test.s, got, ok, test.want, test.ok)
		}
	}
}

func TestDigitsAgreeWithParseUint(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 100_000 {
		s := []byte(strconv.FormatUint(random.Uint64()>>random.IntN(64), 10))
		if random.IntN(4) == 0 {
			s[random.IntN(len(s))] = byte(random.Uint32())
		}
		text := []byte(fmt.Sprintf("%16s%s%8s", "12345678901 3456", s, "78"))
		got, ok := digits(unsafe.Pointer(unsafe.SliceData(text)), 16, 16+len(s))
		want, err := strconv.ParseUint(string(s), 10, 64)
		isShort := err == nil && len(s) <= 16 && !strings.ContainsAny(string(s), "_+")
		if ok != isShort || ok && got != int64(want) {
			t.Fatalf("digits(%q) = %d, %v", s, got, ok)
		}
	}
}

func TestDigitsRefuseWhatIsNoField(t *testing.T) {
	text := []byte("1234567890123456 1234567890")
	for _, end := range []int{16, 15} {
		if n, ok := digits(unsafe.Pointer(unsafe.SliceData(text)), 16, end); ok {
			t.Errorf("digits of text[16:%d] = %d", end, n)
		}
	}
}
