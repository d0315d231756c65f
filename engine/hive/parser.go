package hive

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/vpcq/vpcq/engine/fault"
)

// Codes of errors. With failed, the message begins as Hive's do.
const (
	syntaxError  = "SYNTAX_ERROR"
	notSupported = "NOT_SUPPORTED"
	failed       = "FAILED"
)

// Parse reads one statement, which a semicolon may end. Every error is a
// *fault.Error.
func Parse(text string) (s Statement, err error) {
	p := &parser{text: text, tokens: tokenize(text)}
	defer func() {
		if r := recover(); r != nil {
			f, ok := r.(*fault.Error)
			if !ok {
				panic(r)
			}
			f.Statement = text
			s, err = nil, f
		}
	}()
	if !utf8.ValidString(text) {
		p.failAt(token{}, syntaxError, "the statement is not UTF-8", "")
	}
	s = p.statement()
	p.take(";")
	if p.peek().kind != endOfInput {
		p.mismatch("<EOF>")
	}
	if c, ok := s.(*CreateTable); ok {
		p.checkTable(&c.Table)
	}
	return s, nil
}

// parser reads tokens. A fault ends it by a panic with a *fault.Error, which
// Parse recovers.
type parser struct {
	text   string
	tokens []token
	at     int
	wanted []string // the keys that take has looked for at the token at hand
}

func (p *parser) peek() token { return p.tokens[p.at] }

// ahead is the n-th token after the one at hand.
func (p *parser) ahead(n int) token { return p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) next() token {
	t := p.peek()
	if t.kind != endOfInput {
		p.at++
	}
	p.wanted = p.wanted[:0]
	return t
}

// is tells whether a word or a sign comes next.
func (p *parser) is(key string) bool { return p.peek().key == key }

// take passes over a word or a sign if it comes next.
func (p *parser) take(key string) bool {
	if p.peek().key != key {
		p.wanted = append(p.wanted, key)
		return false
	}
	p.next()
	return true
}

// clause passes over words of which the first tells that the others follow.
func (p *parser) clause(keys ...string) bool {
	if !p.take(keys[0]) {
		return false
	}
	p.need(keys[1:]...)
	return true
}

// need passes over these words or signs, which must come next.
func (p *parser) need(keys ...string) {
	for _, key := range keys {
		if !p.take(key) {
			p.mismatch()
		}
	}
}

// oneOf passes over one of the words, which must come next.
func (p *parser) oneOf(keys ...string) string {
	for _, key := range keys {
		if p.take(key) {
			return key
		}
	}
	p.mismatch()
	return ""
}

// mismatch fails at the token at hand, naming what would do in its place: what
// has been looked for there, and more.
func (p *parser) mismatch(more ...string) {
	for _, key := range p.wanted {
		more = append(more, "'"+key+"'")
	}
	wanted := slices.Compact(slices.Sorted(slices.Values(more)))
	expecting := strings.Join(wanted, ", ")
	if len(wanted) > 1 {
		expecting = "{" + expecting + "}"
	}
	t := p.peek()
	p.failAt(t, syntaxError, "mismatched input '"+t.shown()+"' expecting "+expecting, hintFor(p, wanted))
}

// failAt fails at a token.
func (p *parser) failAt(t token, code, message, hint string) {
	panic(&fault.Error{Code: code, Line: t.line, Column: t.column, Message: message, Hint: hint})
}

// fail fails as Hive does where the fault has no place.
func (p *parser) fail(message, hint string) {
	panic(&fault.Error{Code: failed, Message: message, Hint: hint})
}

// wantName is what a message wants where a name is missing.
const wantName = "<identifier>"

// name reads an identifier.
func (p *parser) name() string {
	t := p.peek()
	if t.kind != quotedName && (t.kind != word || reserved[t.key] || t.text[0] == '_') {
		p.mismatch(wantName)
	}
	if t.value == "" {
		p.failAt(t, syntaxError, "an identifier must not be empty", "")
	}
	p.next()
	return t.value
}

// tableName reads a table's name. Athena takes `db.t` in one pair of backticks
// for db.t, and a catalog before the database, of which there is one here.
func (p *parser) tableName() Name {
	at := p.peek()
	parts := strings.Split(p.name(), ".")
	for p.take(".") {
		parts = append(parts, p.name())
	}
	if len(parts) == 3 && parts[0] == "awsdatacatalog" {
		parts = parts[1:]
	}
	switch {
	case len(parts) == 1:
		return Name{Table: parts[0]}
	case len(parts) == 2 && parts[0] != "" && parts[1] != "":
		return Name{Database: parts[0], Table: parts[1]}
	case len(parts) == 3:
		p.failAt(at, notSupported, "there is no data catalog "+parts[0]+", only awsdatacatalog", "name the table as database.table")
	}
	p.failAt(at, syntaxError, "Invalid table name "+strings.Join(parts, "."), "name the table as database.table")
	return Name{}
}

// database reads a database's name, with the catalog that may stand before it.
func (p *parser) database() string {
	at := p.peek()
	first := p.name()
	if !p.take(".") {
		return first
	}
	if first != "awsdatacatalog" {
		p.failAt(at, notSupported, "there is no data catalog "+first+", only awsdatacatalog", "name the database alone")
	}
	return p.name()
}

// str reads a string.
func (p *parser) str() string {
	if p.peek().kind != stringToken {
		p.mismatch("STRING")
	}
	return p.next().value
}

// list reads items in parentheses, separated by commas.
func (p *parser) list(item func()) {
	p.need("(")
	item()
	for p.take(",") {
		item()
	}
	p.need(")")
}
