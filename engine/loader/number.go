package loader

import (
	"math"
	"unsafe"
)

// null is what Hive's LazySimpleSerDe writes for null (serialization.null.format).
const null = `\N`

// parseLong reads a number as Athena does from text, bug for bug: an optional
// sign, digits, and perhaps a point and digits that are checked and dropped; so
// "+5", "007", "5.9", ".9" and "." are 5, 7, 5, 0 and 0, and "", "-", " 5", "5e3"
// and what does not fit are no numbers. Source: Trino, lib/trino-hive-formats,
// encodings/text/LongEncoding.java (parseLong, truncateDecimal).
func parseLong(s []byte) (n int64, ok bool) {
	negative := false
	if len(s) > 0 && (s[0] == '-' || s[0] == '+') {
		negative = s[0] == '-'
		s = s[1:]
	}
	if len(s) == 0 {
		return 0, false
	}
	for len(s) > 0 && s[0] == '0' {
		s = s[1:]
	}
	whole, ok := dropFraction(s)
	if !ok || len(whole) > 19 {
		return 0, false
	}
	var u uint64
	for _, c := range whole {
		if c < '0' || c > '9' {
			return 0, false
		}
		u = u*10 + uint64(c-'0')
	}
	if negative {
		return int64(-u), u <= -math.MinInt64
	}
	return int64(u), u <= math.MaxInt64
}

// dropFraction returns s without the point and the digits after it; ok is false
// where something else follows the point.
func dropFraction(s []byte) (whole []byte, ok bool) {
	for i, c := range s {
		if c != '.' {
			continue
		}
		for _, d := range s[i+1:] {
			if d < '0' || d > '9' {
				return nil, false
			}
		}
		return s[:i], true
	}
	return s, true
}

// shortDigits returns the word for eightDigits of the number at base[s:e], if
// that is 1 to 8 digits and nothing else. The 8 bytes before e are loaded.
func shortDigits(base unsafe.Pointer, s, e int) (word uint64, ok bool) {
	shift := uint(8-(e-s)) * 8
	x := (load64(base, e-8) ^ zeros) >> (shift & 63) << (shift & 63)
	return x, shift < 64 && ((x+notDigit)|x)&highs == 0
}

// digits reads the number at base[s:e] if it is 1 to 16 digits and nothing else.
// The 16 bytes before e may be loaded.
func digits(base unsafe.Pointer, s, e int) (n int64, ok bool) {
	if e-s <= 8 {
		x, ok := shortDigits(base, s, e)
		return int64(eightDigits(x)), ok
	}
	high, ok := shortDigits(base, s, e-8)
	low := load64(base, e-8) ^ zeros
	return int64(eightDigits(high)*1e8 + eightDigits(low)), ok && ((low+notDigit)|low)&highs == 0
}

// notDigit added to a byte of 10 to 127 sets its highest bit.
const notDigit = (0x80 - 10) * ones

// eightDigits is the number whose decimal digits are the bytes of x, the first
// the most significant: pairs, then fours, then all eight at once.
func eightDigits(x uint64) uint64 {
	const (
		mask   = 0x000000ff000000ff
		first  = 0x000f424000000064 // 100 + (1000000 << 32)
		second = 0x0000271000000001 // 1 + (10000 << 32)
	)
	x = x*10 + x>>8
	return ((x&mask)*first + (x>>16&mask)*second) >> 32
}
