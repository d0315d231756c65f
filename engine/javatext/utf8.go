// Package javatext reads bytes as text in Java's way, which is how Trino prints
// what is no UTF-8 and how its functions of URLs decode.
package javatext

import "unicode/utf8"

// AppendUTF8 appends b to dst, which may be nil, with U+FFFD for each sequence
// that is no character, and returns what append does: always UTF-8. What is one
// sequence is as OpenJDK decodes by new String(bytes, UTF_8) and by a decoder
// that replaces (sun.nio.cs.UTF_8, malformedN): the longest beginning of a
// character, or one byte; and unlike in the Unicode standard's advice the two or
// three bytes of a surrogate are one.
//
// Trino's from_utf8 cuts otherwise, see fromUTF8 of the dialect.
func AppendUTF8(dst, b []byte) []byte {
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			n = sequence(b)
		}
		dst = utf8.AppendRune(dst, r)
		b = b[n:]
	}
	return dst
}

// sequence returns how many bytes at the start of b, which does not begin with a
// character, are replaced together.
func sequence(b []byte) int {
	most := 1 // of two bytes that are no character the second is looked at anew
	least, greatest := byte(0x80), byte(0xbf)
	switch first := b[0]; {
	case first >= 0xe0 && first <= 0xef:
		most = 3
		if first == 0xe0 { // what is less is written in two bytes
			least = 0xa0
		}
	case first >= 0xf0 && first <= 0xf4:
		most = 3
		if first == 0xf0 { // what is less is written in three
			least = 0x90
		} else if first == 0xf4 { // what is more is beyond U+10FFFF
			greatest = 0x8f
		}
	}
	n := 1
	for n < most && n < len(b) && least <= b[n] && b[n] <= greatest {
		least, greatest = 0x80, 0xbf
		n++
	}
	return n
}
