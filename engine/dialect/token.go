package dialect

// tokenKind is the lexical class of a token.
type tokenKind uint8

const (
	endOfInput         tokenKind = iota
	word                         // an identifier that is no key word
	keyWord                      // a key word, reserved or not
	symbol                       // an operator or a bracket
	quotedWord                   // "name"
	backquotedWord               // `name`
	digitWord                    // 1st: Trino names it, to refuse it
	stringToken                  // 'text'
	unicodeStringToken           // U&'text'
	binaryToken                  // X'00'
	integerToken                 // 1, 1_000, 0xFF
	decimalToken                 // 1.5
	doubleToken                  // 1e3
	unrecognized                 // one character no rule takes
)

// token is one lexical unit. White space and comments are no tokens.
type token struct {
	kind tokenKind
	// key is what the grammar compares: the key word in upper case, or the
	// symbol (with != as <>). It is empty for all other kinds.
	key  string
	text string // as written
	pos  Pos
}

// shown is the token as messages name it.
func (t token) shown() string {
	if t.kind == endOfInput {
		return "<EOF>"
	}
	return t.text
}

// isName tells whether the token can be an identifier.
func (t token) isName() bool {
	switch t.kind {
	case word, quotedWord, backquotedWord, digitWord:
		return true
	case keyWord:
		return !reserved[t.key]
	}
	return false
}

// isString tells whether the token is a character string.
func (t token) isString() bool {
	return t.kind == stringToken || t.kind == unicodeStringToken
}
