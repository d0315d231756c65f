package dialect

import (
	"unicode/utf8"
)

// fromUTF8 decodes bytes, with a replacement for each sequence that is no code
// point. What is one sequence is as Trino's library Slice has it
// (io.airlift.slice.SliceUtf8.fixInvalidUtf8): the first byte promises a length,
// up to six, and those continuation bytes that follow belong to it.
func fromUTF8(b []byte, replacement string) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out []byte
	for i := 0; i < len(b); {
		if r, size := utf8.DecodeRune(b[i:]); r != utf8.RuneError || size > 1 {
			out = append(out, b[i:i+size]...)
			i += size
			continue
		}
		out = append(out, replacement...)
		i += faultyLength(b[i:])
	}
	return string(out)
}

// faultyLength returns the length of the sequence at the start of b.
func faultyLength(b []byte) int {
	promised := 1
	for _, limit := range []byte{0xc0, 0xe0, 0xf0, 0xf8, 0xfc} {
		if b[0] >= limit && b[0] < 0xfe {
			promised++
		}
	}
	n := 1
	for n < promised && n < len(b) && b[n]&0xc0 == 0x80 {
		n++
	}
	return n
}

// fromUTF8Text is from_utf8 with a replacement of one character or none.
func fromUTF8Text(b []byte, replacement string) (any, error) {
	if utf8.RuneCountInString(replacement) > 1 {
		return nil, argumentFault("Replacement character string must empty or a single character")
	}
	return fromUTF8(b, replacement), nil
}

// fromUTF8CodePoint is from_utf8 with a replacement given by its code point.
func fromUTF8CodePoint(b []byte, replacement int64) (any, error) {
	if replacement < 0 || replacement > utf8.MaxRune || !utf8.ValidRune(rune(replacement)) {
		return nil, argumentFault("Invalid replacement character")
	}
	return fromUTF8(b, string(rune(replacement))), nil
}

// decodedUTF8 decodes UTF-8 as Java does, with U+FFFD for each sequence that is
// none: as many bytes as begin one, three for a surrogate.
func decodedUTF8(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var out []byte
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			n = maximalPart(b)
		}
		out = utf8.AppendRune(out, r)
		b = b[n:]
	}
	return string(out)
}

// maximalPart returns how many bytes at the start of b begin a sequence of UTF-8.
func maximalPart(b []byte) int {
	first, most := b[0], 1
	least, greatest := byte(0x80), byte(0xbf)
	switch {
	case first >= 0xe0 && first <= 0xef:
		most = 3
		if first == 0xe0 {
			least = 0xa0
		}
	case first >= 0xf0 && first <= 0xf4:
		most = 3
		if first == 0xf0 {
			least = 0x90
		} else if first == 0xf4 {
			greatest = 0x8f
		}
	}
	n := 1
	for n < most && n < len(b) && b[n] >= least && b[n] <= greatest {
		least, greatest = 0x80, 0xbf
		n++
	}
	return n
}
