package hive

import (
	"strings"
	"unicode"
)

// Piece is one statement of a script.
type Piece struct {
	Lead string // white space, comments and empty statements before it
	Text string // from its first to its last character, without the semicolon
	Line int    // the line of the script it begins on, from 1
}

// Split cuts a script, of both of Athena's languages, into statements at the
// semicolons that stand outside quotes and comments: in Hive's language a
// backslash in a string keeps the quote behind it from ending the string, in
// queries it does not. All Leads and Texts, with a semicolon behind each Text,
// and the tail are the script, but for white space before a semicolon; the last
// statement needs none.
func Split(script string) (pieces []Piece, tail string) {
	line := 1
	for {
		lead := leadLength(script)
		if lead == len(script) {
			return pieces, script
		}
		piece := Piece{Lead: script[:lead], Line: line + strings.Count(script[:lead], "\n")}
		line, script = piece.Line, script[lead:]
		end := statementLength(script, IsDDL(script))
		piece.Text = strings.TrimRightFunc(script[:end], unicode.IsSpace)
		pieces = append(pieces, piece)
		line += strings.Count(script[:end], "\n")
		if end == len(script) {
			return pieces, script[len(piece.Text):]
		}
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
