package hive

import (
	"strconv"
	"strings"
)

// escapes are what a backslash and a character stand for in a string (Hive's
// BaseSemanticAnalyzer.unescapeSQLString). Any other character stands for
// itself, without the backslash.
var escapes = map[byte]string{
	'0': "\x00", 'b': "\b", 'n': "\n", 'r': "\r", 't': "\t", 'Z': "\x1a", '%': `\%`, '_': `\_`,
}

// unescape is what a string stands for, quotes and all taken off.
func unescape(text string) string {
	if inner := text[1 : len(text)-1]; !strings.ContainsAny(inner, `\'"`) {
		return inner
	}
	var b strings.Builder
	for len(text) > 0 {
		n := quotedLength(text, true)
		unescapePart(&b, text[1:n-1])
		text = text[n:]
	}
	return b.String()
}

// unescapePart appends what stands between two quotes.
func unescapePart(b *strings.Builder, text string) {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			b.WriteByte(text[i])
			continue
		}
		i++
		if code, length := codePoint(text[i:]); length > 0 {
			b.WriteRune(code)
			i += length - 1
			continue
		}
		if s, ok := escapes[text[i]]; ok {
			b.WriteString(s)
		} else {
			b.WriteByte(text[i])
		}
	}
}

// codePoint reads uXXXX or three octal digits up to 177; length is 0 where
// neither stands.
func codePoint(text string) (code rune, length int) {
	base, digits := 8, text
	length = 3
	if text[0] == 'u' {
		base, digits, length = 16, text[1:], 5
	} else if text[0] > '1' {
		return 0, 0
	}
	if len(text) < length {
		return 0, 0
	}
	n, err := strconv.ParseUint(digits[:length-(base/16)], base, 16)
	if err != nil {
		return 0, 0
	}
	return rune(n), length
}

// quote writes a string in single quotes, so that unescape gives it back.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\'':
			b.WriteString(`\'`)
		case '\\':
			b.WriteString(`\\`)
		case '\n':
			b.WriteString(`\n`)
		case '\r':
			b.WriteString(`\r`)
		case '\t':
			b.WriteString(`\t`)
		case '\b':
			b.WriteString(`\b`)
		default:
			if c < ' ' {
				b.WriteString(`\u00` + strconv.FormatUint(uint64(c)+0x100, 16)[1:])
			} else {
				b.WriteByte(c)
			}
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// quoteName writes a name in backticks.
func quoteName(name string) string { return "`" + strings.ReplaceAll(name, "`", "``") + "`" }
