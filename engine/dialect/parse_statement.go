package dialect

import "strings"

// statement reads one statement: by its own rule where vpcq has a tree for
// it, else by the grammar alone.
func (p *parser) statement() Statement {
	p.enter()
	defer p.exit()
	at := p.pos()
	switch p.cur().key {
	case "SELECT", "WITH", "VALUES", "TABLE", "(":
		return p.rootQuery()
	case "EXPLAIN":
		return p.explain()
	case "PREPARE":
		p.advance()
		s := &Prepare{Pos: at, Name: p.identifier()}
		p.expect("FROM")
		s.Statement = p.statement()
		return s
	case "EXECUTE":
		return p.execute()
	case "DEALLOCATE":
		p.expect("DEALLOCATE", "PREPARE")
		return &Deallocate{Pos: at, Name: p.identifier()}
	case "DESC", "DESCRIBE":
		return p.describe()
	case "SHOW":
		return p.show()
	case "CREATE", "DROP", "INSERT", "USE":
		return p.definition()
	case "SET", "RESET":
		return p.session()
	}
	if strings.EqualFold(p.cur().text, "UNLOAD") && p.peek(1).key == "(" {
		return p.unload()
	}
	return p.other()
}

// explain reads EXPLAIN and EXPLAIN ANALYZE.
func (p *parser) explain() Statement {
	e := &Explain{Pos: p.pos()}
	p.expect("EXPLAIN")
	switch {
	case p.accept("ANALYZE", "VERBOSE"):
		e.Analyze, e.Verbose = true, true
	case p.is("ANALYZE"):
		e.Analyze = p.accept("ANALYZE")
	case p.is("(") && (p.peek(1).key == "FORMAT" || p.peek(1).key == "TYPE"):
		parenthesized(p, func() bool { return p.explainOption(e) })
	}
	e.Statement = p.statement()
	return e
}

// explainOption reads FORMAT x or TYPE x.
func (p *parser) explainOption(e *Explain) bool {
	if p.accept("FORMAT") {
		e.Format = p.expectAny("TEXT", "GRAPHVIZ", "JSON")
		return true
	}
	p.expect("TYPE")
	e.Type = p.expectAny("LOGICAL", "DISTRIBUTED", "VALIDATE", "IO")
	return true
}

// execute reads EXECUTE and EXECUTE IMMEDIATE.
func (p *parser) execute() Statement {
	at := p.pos()
	p.expect("EXECUTE")
	if p.is("IMMEDIATE") && p.peek(1).isString() {
		p.advance()
		return &ExecuteImmediate{Pos: at, Statement: p.stringLiteral(), Args: p.using()}
	}
	return &Execute{Pos: at, Name: p.identifier(), Args: p.using()}
}

// using reads the values for the parameters, if there are any.
func (p *parser) using() []Expression {
	if !p.accept("USING") {
		return nil
	}
	return list(p, p.expression)
}

// session reads SET and RESET.
func (p *parser) session() Statement {
	at := p.pos()
	switch {
	case p.accept("SET", "TIME", "ZONE"):
		if p.is("LOCAL") && p.peek(1).kind == endOfInput {
			p.advance()
			return &SetTimeZone{Pos: at}
		}
		return &SetTimeZone{Pos: at, Zone: p.expression()}
	case p.is("SET") && p.peek(1).key == "SESSION" && (p.peek(2).key != "AUTHORIZATION" || p.peek(3).key == "="):
		p.expect("SET", "SESSION")
		s := &SetSession{Pos: at, Name: p.qualifiedName()}
		p.expect("=")
		s.Value = p.expression()
		return s
	case p.follows("RESET", "SESSION") && p.peek(2).key != "AUTHORIZATION":
		p.expect("RESET", "SESSION")
		return &ResetSession{Pos: at, Name: p.qualifiedName()}
	}
	return p.other()
}

// unload reads UNLOAD (query) TO 'location' [WITH (…)], as Athena's manual
// has it.
func (p *parser) unload() Statement {
	u := &Unload{Pos: p.pos()}
	p.advance()
	p.expect("(")
	u.Query = p.query()
	p.expect(")", "TO")
	u.Location = p.stringLiteral()
	u.Properties = p.properties()
	return u
}

// properties reads WITH (name = value, …), if it is there.
func (p *parser) properties() []*Property {
	if !p.accept("WITH") {
		return nil
	}
	return parenthesized(p, p.property)
}

// property reads name = value.
func (p *parser) property() *Property {
	n := &Property{Pos: p.pos(), Name: p.identifier()}
	p.expect("=")
	if !p.accept("DEFAULT") {
		n.Value = p.expression()
	}
	return n
}

// other reads a statement that has no tree of its own.
func (p *parser) other() Statement {
	o := &OtherStatement{Pos: p.pos(), Name: p.otherName()}
	o.Text = p.raw(ruleAnyStatement)
	return o
}

// otherName is the leading words that name a statement.
func (p *parser) otherName() string {
	words := []string{p.cur().key}
	for n := 1; n < 4; n++ {
		switch key := p.peek(n).key; key {
		case "CATALOG", "SCHEMA", "TABLE", "VIEW", "MATERIALIZED", "ROLE", "FUNCTION", "SESSION", "AUTHORIZATION",
			"TRANSACTION", "ROLES", "GRANTS", "PATH", "CURRENT", "INTO":
			words = append(words, key)
		case "OR", "REPLACE":
		default:
			return strings.Join(words, " ")
		}
	}
	return strings.Join(words, " ")
}

// raw reads the longest text of a rule of the grammar, one space between
// tokens.
func (p *parser) raw(rule string) string {
	end, ok := recognize(p.tokens, rule, p.next)
	switch {
	case !ok:
		p.tooLarge()
	case end < 0:
		p.fail()
	}
	var b strings.Builder
	for p.next < end && !p.failed {
		t := p.advance()
		if bad := p.badName(t); bad {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.text)
	}
	return b.String()
}

// badName refuses names the grammar takes and Trino does not.
func (p *parser) badName(t token) bool {
	switch {
	case t.kind == backquotedWord, t.kind == digitWord, t.text == `""`:
		p.next--
		p.identifier()
	}
	return p.failed
}
