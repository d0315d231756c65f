package dialect

import "strings"

// identifier reads a name. Names Trino's grammar knows but refuses have words
// of their own.
func (p *parser) identifier() *Identifier {
	t := p.cur()
	if !t.isName() {
		p.fail()
		return &Identifier{Pos: t.pos}
	}
	switch t.kind {
	case backquotedWord:
		p.rejectName("backquoted identifiers are not supported; use double quotes to quote identifiers", strings.Trim(t.text, "`"))
	case digitWord:
		p.rejectName("identifiers must not start with a digit; surround the identifier with double quotes", t.text)
	case quotedWord:
		if t.text == `""` {
			p.reject(t.pos, "Zero-length delimited identifier not allowed")
		}
	}
	p.advance()
	return newIdentifier(t)
}

// rejectName refuses the name at hand and says how to write it.
func (p *parser) rejectName(message, name string) {
	if !p.failed && !p.anyone {
		p.named = p.next
		p.reject(p.pos(), message)
		p.fault.Hint = `write "` + strings.ReplaceAll(name, `"`, `""`) + `"`
	}
}

// newIdentifier is the name a token spells.
func newIdentifier(t token) *Identifier {
	if t.kind != quotedWord {
		return &Identifier{Pos: t.pos, Value: t.text}
	}
	value := strings.ReplaceAll(t.text[1:len(t.text)-1], `""`, `"`)
	return &Identifier{Pos: t.pos, Value: value, Delimited: true}
}

// qualifiedName reads a dotted name.
func (p *parser) qualifiedName() *QualifiedName {
	name := &QualifiedName{Pos: p.pos(), Parts: []*Identifier{p.identifier()}}
	for p.accept(".") {
		name.Parts = append(name.Parts, p.identifier())
	}
	return name
}

// columnAliases reads a list of names in parentheses, if there is one.
func (p *parser) columnAliases() []*Identifier {
	if !p.is("(") {
		return nil
	}
	return parenthesized(p, p.identifier)
}

// acceptAlias reads [AS] name, if there is one. A key word that begins the
// next clause is no name.
func (p *parser) acceptAlias() *Identifier {
	if p.accept("AS") || p.cur().isName() && !p.atClause() {
		return p.identifier()
	}
	return nil
}

// atClause tells whether the key word at hand, though it may be a name,
// begins a clause here: what follows could not follow a name.
func (p *parser) atClause() bool {
	t := p.peek(1)
	switch p.cur().key {
	case "LIMIT":
		return t.kind == integerToken || t.key == "?" || t.key == "ALL"
	case "OFFSET":
		return t.kind == integerToken || t.key == "?"
	case "FETCH":
		return t.key == "FIRST" || t.key == "NEXT"
	case "WINDOW":
		return t.isName() && p.peek(2).key == "AS"
	case "TABLESAMPLE":
		return t.key == "BERNOULLI" || t.key == "SYSTEM"
	case "MATCH_RECOGNIZE":
		return t.key == "(" && !p.atAliasList(1)
	}
	return false
}

// atAliasList tells whether the n-th token from here begins a list of names
// in parentheses.
func (p *parser) atAliasList(n int) bool {
	after := p.peek(n + 2).key
	return p.peek(n).key == "(" && p.peek(n+1).isName() && (after == "," || after == ")")
}
