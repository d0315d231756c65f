package dialect

// Piece is one statement of a script.
type Piece struct {
	Text string // from its first to its last token, without the semicolon
	Line int    // the line of the script it begins on, from 1
}

// Split cuts a script into statements at the semicolons that stand outside
// strings, quoted names and comments. White space and comments around a
// statement are dropped, and so are empty statements.
func Split(script string) []Piece {
	var pieces []Piece
	var first, last token
	open := false
	for _, t := range tokenize(script) {
		if t.key != ";" && t.kind != endOfInput {
			if !open {
				first, open = t, true
			}
			last = t
			continue
		}
		if open {
			text := script[first.pos.Offset : last.pos.Offset+len(last.text)]
			pieces = append(pieces, Piece{Text: text, Line: first.pos.Line})
			open = false
		}
	}
	return pieces
}
