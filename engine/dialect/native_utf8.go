package dialect

import "unicode/utf8"

// fromUTF8 decodes bytes, with a replacement for each sequence that is no code
// point. What is one sequence is as Trino's library Slice has it
// (io.airlift.slice.SliceUtf8.fixInvalidUtf8): the first byte promises a length,
// up to six, and those continuation bytes that follow belong to it. It is not
// what Java makes of the same bytes (javatext.AppendUTF8): of E0 80 80 and the
// like Slice makes one, Java one of each byte.
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
