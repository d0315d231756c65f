package dialect

import (
	"strings"
	"unicode/utf8"
)

// lexer cuts a text into tokens by the longest match, as Trino's grammar
// does. It knows no errors: what it cannot read becomes an unrecognized token
// of one character, which no rule of the grammar takes.
type lexer struct {
	text string
	pos  Pos
}

// tokenize gives all tokens of a text; the last is always endOfInput.
func tokenize(text string) []token {
	l := lexer{text: text, pos: Pos{Line: 1, Column: 1}}
	tokens := make([]token, 0, len(text)/5+2)
	for {
		t := l.next()
		tokens = append(tokens, t)
		if t.kind == endOfInput {
			return tokens
		}
	}
}

// next skips white space and comments and reads one token.
func (l *lexer) next() token {
	l.skipBlank()
	rest := l.text[l.pos.Offset:]
	if rest == "" {
		return token{kind: endOfInput, pos: l.pos}
	}
	kind, length := scan(rest)
	t := token{kind: kind, text: rest[:length], pos: l.pos}
	switch kind {
	case symbol:
		t.key = symbolKey(t.text)
	case word:
		if t.key = keyWordOf(t.text); t.key != "" {
			t.kind = keyWord
		}
	}
	l.advance(length)
	return t
}

// symbolKey brings the second spelling of "not equal" to the first.
func symbolKey(text string) string {
	if text == "!=" {
		return "<>"
	}
	return text
}

// advance moves over n bytes, counting lines and code points.
func (l *lexer) advance(n int) {
	for _, r := range l.text[l.pos.Offset : l.pos.Offset+n] {
		if r == '\n' {
			l.pos.Line++
			l.pos.Column = 1
		} else {
			l.pos.Column++
		}
	}
	l.pos.Offset += n
}

// skipBlank moves over white space and comments.
func (l *lexer) skipBlank() {
	for {
		n := blankLength(l.text[l.pos.Offset:])
		if n == 0 {
			return
		}
		l.advance(n)
	}
}

// blankLength is the length of the white space or the comment that s begins
// with. A block comment that does not end is none: its two characters are
// operators then.
func blankLength(s string) int {
	switch {
	case strings.HasPrefix(s, "--"):
		if end := strings.IndexAny(s, "\r\n"); end >= 0 {
			return end
		}
		return len(s)
	case strings.HasPrefix(s, "/*"):
		if end := strings.Index(s[2:], "*/"); end >= 0 {
			return end + 4
		}
		return 0
	}
	return len(s) - len(strings.TrimLeft(s, " \t\r\n"))
}

// scan reads the kind and length of the token that s begins with.
func scan(s string) (tokenKind, int) {
	switch c := s[0]; {
	case isDigit(c), c == '.' && len(s) > 1 && isDigit(s[1]):
		return scanNumber(s)
	case isLetter(c):
		return scanWord(s)
	case c == '\'':
		return scanQuoted(s, '\'', stringToken)
	case c == '"':
		return scanQuoted(s, '"', quotedWord)
	case c == '`':
		return scanQuoted(s, '`', backquotedWord)
	}
	return scanSymbol(s)
}

// scanWord reads a word, or a literal that begins with a letter.
func scanWord(s string) (tokenKind, int) {
	if len(s) > 2 && (s[0] == 'U' || s[0] == 'u') && s[1] == '&' && s[2] == '\'' {
		if n := quotedLength(s[2:], '\''); n > 0 {
			return unicodeStringToken, n + 2
		}
	}
	if len(s) > 1 && (s[0] == 'X' || s[0] == 'x') && s[1] == '\'' {
		if end := strings.IndexByte(s[2:], '\''); end >= 0 {
			return binaryToken, end + 3
		}
	}
	return word, wordLength(s)
}

// wordLength is the length of the letters, digits and underscores of s.
func wordLength(s string) int {
	n := 0
	for n < len(s) && (isLetter(s[n]) || isDigit(s[n])) {
		n++
	}
	return n
}

// scanQuoted reads a quoted token; a quote without an end is unrecognized.
func scanQuoted(s string, quote byte, kind tokenKind) (tokenKind, int) {
	if n := quotedLength(s, quote); n > 0 {
		return kind, n
	}
	return unrecognized, 1
}

// quotedLength is the length of the quoted text s begins with, in which a
// doubled quote stands for one; 0 if it does not end.
func quotedLength(s string, quote byte) int {
	for i := 1; i < len(s); i++ {
		if s[i] != quote {
			continue
		}
		if i+1 == len(s) || s[i+1] != quote {
			return i + 1
		}
		i++
	}
	return 0
}

// scanSymbol reads the longest symbol s begins with.
func scanSymbol(s string) (tokenKind, int) {
	if len(s) > 1 {
		switch s[:2] {
		case "<>", "!=", "<=", ">=", "||", "=>", "->", "{-", "-}":
			return symbol, 2
		}
	}
	if strings.IndexByte("=<>+-*/%?;().,[]:|^${}", s[0]) >= 0 {
		return symbol, 1
	}
	_, n := utf8.DecodeRuneInString(s)
	return unrecognized, n
}

// isDigit tells whether c is a decimal digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// isLetter tells whether c can begin a word.
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c == '_' }
