package hive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is what a token is.
type tokenKind uint8

const (
	endOfInput  tokenKind = iota
	word                  // a keyword or a bare name
	quotedName            // in backticks
	stringToken           // in single or double quotes
	numberToken
	sign         // one character
	unterminated // a quote that does not end
)

// token is a piece of a statement with its place.
type token struct {
	kind   tokenKind
	text   string // as written
	key    string // a word in capitals; a sign itself; else empty
	value  string // of a name, in lower case, a string or a number
	line   int    // from 1
	column int    // from 1, in code points
	offset int    // of its first byte
}

// shown is the token in a message, as Athena shows it.
func (t token) shown() string {
	if t.kind == endOfInput {
		return "<EOF>"
	}
	return t.text
}

// scanner cuts a text into tokens.
type scanner struct {
	text         string
	at           int
	line, column int
}

// tokenize gives the tokens of a text; the last is the end of input.
func tokenize(text string) []token {
	s := &scanner{text: text, line: 1, column: 1}
	tokens := make([]token, 0, 16+len(text)/8)
	for {
		s.skipSpace()
		t := s.next()
		tokens = append(tokens, t)
		if t.kind == endOfInput {
			return tokens
		}
	}
}

// rest is what is still to be read.
func (s *scanner) rest() string { return s.text[s.at:] }

// skip passes over n bytes.
func (s *scanner) skip(n int) {
	for _, r := range s.text[s.at : s.at+n] {
		s.column++
		if r == '\n' {
			s.line, s.column = s.line+1, 1
		}
	}
	s.at += n
}

// skipSpace passes over white space and comments.
func (s *scanner) skipSpace() {
	for s.at < len(s.text) {
		rest := s.rest()
		space := len(rest) - len(strings.TrimLeftFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' }))
		switch {
		case space > 0:
			s.skip(space)
		case strings.HasPrefix(rest, "--"):
			s.skip(untilIndex(rest, "\n", 0))
		case strings.HasPrefix(rest, "/*"):
			s.skip(untilIndex(rest[2:], "*/", 2) + 2)
		default:
			return
		}
	}
}

// untilIndex is the length of text up to a mark, and of the mark's first after
// bytes; all of text where there is no mark.
func untilIndex(text, mark string, after int) int {
	if i := strings.Index(text, mark); i >= 0 {
		return i + after
	}
	return len(text)
}

// next reads the token at hand.
func (s *scanner) next() token {
	t := token{line: s.line, column: s.column, offset: s.at}
	rest := s.rest()
	if rest == "" {
		return t
	}
	n := 0
	switch c := rest[0]; {
	case isWordByte(c):
		n = len(rest) - len(strings.TrimLeftFunc(rest, func(r rune) bool { return r < utf8.RuneSelf && isWordByte(byte(r)) }))
		t.kind = word
		if number := numberLength(rest); number >= n {
			n, t.kind = number, numberToken
		}
	case c == '`':
		n, t.kind = quotedLength(rest, false), quotedName
	case c == '\'' || c == '"':
		n, t.kind = stringLength(rest), stringToken
	default:
		_, n = utf8.DecodeRuneInString(rest)
		t.kind = sign
	}
	if n == 0 { // a quote without its end
		n, t.kind = 1, unterminated
	}
	t.text = rest[:n]
	s.skip(n)
	t.set()
	return t
}

// set gives a token its key and value.
func (t *token) set() {
	switch t.kind {
	case word:
		t.key, t.value = strings.ToUpper(t.text), strings.ToLower(t.text)
	case quotedName:
		t.value = strings.ToLower(strings.ReplaceAll(t.text[1:len(t.text)-1], "``", "`"))
	case stringToken:
		t.value = unescape(t.text)
	case numberToken:
		t.value = t.text
	case sign:
		t.key = t.text
	}
}

func isWordByte(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// numberLength is the length of the number that text begins with.
func numberLength(text string) int {
	digits := func(i int) int {
		for i < len(text) && '0' <= text[i] && text[i] <= '9' {
			i++
		}
		return i
	}
	n := digits(0)
	if n > 0 && n+1 < len(text) && text[n] == '.' && digits(n+1) > n+1 {
		n = digits(n + 1)
	}
	return n
}

// quotedLength is the length of the quoted text that text begins with, 0 where
// the quote does not end. Its first byte is the quote; it stands for itself
// twice, or behind a backslash.
func quotedLength(text string, backslash bool) int {
	for i := 1; i < len(text); i++ {
		switch {
		case backslash && text[i] == '\\':
			i++
		case text[i] != text[0]:
		case !backslash && i+1 < len(text) && text[i+1] == text[0]:
			i++
		default:
			return i + 1
		}
	}
	return 0
}

// stringLength is the length of a string and of those that follow it without a
// space, which Hive joins.
func stringLength(text string) int {
	n := 0
	for n < len(text) && (text[n] == '\'' || text[n] == '"') {
		part := quotedLength(text[n:], true)
		if part == 0 {
			return 0
		}
		n += part
	}
	return n
}
