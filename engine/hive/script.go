package hive

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Piece is one statement of a script.
type Piece struct {
	Lead string // white space, comments and empty statements before it
	Text string // from its first to its last character, without the semicolon

	Line, Column int // of the script, where it begins: from 1, the column in code points
}

// Split cuts a script, of both of Athena's languages, into statements at the
// semicolons that stand outside quotes and comments: in Hive's language a
// backslash in a string keeps the quote behind it from ending the string, in
// queries it does not. All Leads and Texts, with a semicolon behind each Text,
// and the tail are the script, but for white space before a semicolon; the last
// statement needs none.
func Split(script string) (pieces []Piece, tail string) {
	line, column := 1, 1
	pass := func(text string) {
		if end := strings.LastIndexByte(text, '\n'); end >= 0 {
			line, column, text = line+strings.Count(text, "\n"), 1, text[end+1:]
		}
		column += utf8.RuneCountInString(text)
	}
	for {
		lead := leadLength(script)
		if lead == len(script) {
			return pieces, script
		}
		pass(script[:lead])
		piece := Piece{Lead: script[:lead], Line: line, Column: column}
		script = script[lead:]
		end := statementLength(script, IsDDL(script))
		piece.Text = strings.TrimRightFunc(script[:end], unicode.IsSpace)
		pieces = append(pieces, piece)
		if end == len(script) {
			return pieces, script[len(piece.Text):]
		}
		pass(script[:end+1])
		script = script[end+1:]
	}
}

// leadLength is the length of what stands before a statement.
func leadLength(script string) int {
	s := &scanner{text: script}
	for {
		s.skipSpace()
		if !strings.HasPrefix(s.rest(), ";") {
			return s.at
		}
		s.at++
	}
}

// statementLength is the length of a statement up to its semicolon.
func statementLength(text string, hive bool) int {
	for i := 0; i < len(text); {
		n := 1
		switch c := text[i]; {
		case c == ';':
			return i
		case c == '\'' || c == '"' || c == '`' && hive:
			if n = quotedLength(text[i:], hive && c != '`'); n == 0 {
				return len(text)
			}
		case strings.HasPrefix(text[i:], "--"):
			n = untilIndex(text[i:], "\n", 0)
		case strings.HasPrefix(text[i:], "/*"):
			n = untilIndex(text[i+2:], "*/", 2) + 2
		}
		i += n
	}
	return len(text)
}
