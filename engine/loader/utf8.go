package loader

import "unicode/utf8"

const replacement = "\ufffd"

// appendValid appends text to dst with U+FFFD for what is not UTF-8: one for
// each longest beginning of a character, as the Unicode standard advises and
// Java's decoder does, by which Trino prints.
func appendValid(dst, text []byte) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		if r != utf8.RuneError || n > 1 {
			dst = append(dst, text[:n]...)
		} else {
			dst = append(dst, replacement...)
			n = broken(text)
		}
		text = text[n:]
	}
	return dst
}

// broken returns the length of the longest beginning of text that is also the
// beginning of a character, or 1. Text does not begin with a whole character.
func broken(text []byte) int {
	low, high := byte(0x80), byte(0xbf)
	size := 0
	switch c := text[0]; {
	case c >= 0xc2 && c <= 0xdf:
		size = 2
	case c >= 0xe0 && c <= 0xef:
		size = 3
		if c == 0xe0 {
			low = 0xa0
		} else if c == 0xed {
			high = 0x9f
		}
	case c >= 0xf0 && c <= 0xf4:
		size = 4
		if c == 0xf0 {
			low = 0x90
		} else if c == 0xf4 {
			high = 0x8f
		}
	}
	n := 1
	for n < size && n < len(text) && low <= text[n] && text[n] <= high {
		low, high = 0x80, 0xbf
		n++
	}
	return n
}
