package dialect

// typeName reads a type.
func (p *parser) typeName() TypeName {
	p.enter()
	defer p.exit()
	t := p.simpleType()
	for p.is("ARRAY") && !p.failed {
		p.advance()
		name := &Identifier{Pos: t.Position(), Value: "ARRAY"}
		t = &GenericType{Pos: t.Position(), Name: name, Args: []TypeArgument{{Pos: t.Position(), Type: t}}}
		if p.accept("[") {
			p.integerToken()
			p.expect("]")
		}
	}
	return t
}

// simpleType reads a type without the ARRAY that may follow it.
func (p *parser) simpleType() TypeName {
	at := p.pos()
	switch {
	case p.follows("ROW", "("):
		p.advance()
		return &RowType{Pos: at, Fields: parenthesized(p, p.rowField)}
	case p.is("INTERVAL") && isIntervalField(p.peek(1)):
		p.advance()
		t := &IntervalType{Pos: at}
		t.From, t.To = p.intervalFields()
		return t
	case p.is("TIMESTAMP", "TIME"):
		return p.dateTimeType()
	case p.follows("DOUBLE", "PRECISION"):
		name := p.identifier()
		p.advance()
		return &GenericType{Pos: at, Name: name}
	case p.follows("ARRAY", "<"), p.follows("MAP", "<"):
		return p.angleType()
	}
	t := &GenericType{Pos: at, Name: p.identifier()}
	if p.is("(") {
		t.Args = parenthesized(p, p.typeArgument)
	}
	return t
}

// angleType reads ARRAY<T> and MAP<K, V>.
func (p *parser) angleType() TypeName {
	t := &GenericType{Pos: p.pos()}
	isMap := p.is("MAP")
	t.Name = p.identifier()
	p.expect("<")
	t.Args = []TypeArgument{p.typeOnly()}
	if isMap {
		p.expect(",")
		t.Args = append(t.Args, p.typeOnly())
	}
	p.expect(">")
	return t
}

// typeOnly reads a type as an argument of another.
func (p *parser) typeOnly() TypeArgument {
	return TypeArgument{Pos: p.pos(), Type: p.typeName()}
}

// typeArgument reads a number or a type.
func (p *parser) typeArgument() TypeArgument {
	if t := p.cur(); t.kind == integerToken {
		p.advance()
		return TypeArgument{Pos: t.pos, Number: t.text}
	}
	return p.typeOnly()
}

// dateTimeType reads TIME or TIMESTAMP with precision and zone.
func (p *parser) dateTimeType() TypeName {
	t := &DateTimeType{Pos: p.pos(), Timestamp: p.is("TIMESTAMP")}
	p.advance()
	if p.accept("(") {
		precision := p.typeArgument()
		t.Precision = &precision
		p.expect(")")
	}
	t.WithTimeZone = p.accept("WITH", "TIME", "ZONE")
	if !t.WithTimeZone {
		p.accept("WITHOUT", "TIME", "ZONE")
	}
	return t
}

// rowField reads a type, or a name and a type.
func (p *parser) rowField() RowField {
	f := RowField{Pos: p.pos()}
	if p.attempt(func() {
		f.Type = p.typeName()
		if !p.is(",", ")") {
			p.fail()
		}
	}) {
		return f
	}
	f.Name = p.identifier()
	f.Type = p.typeName()
	return f
}

// isIntervalField tells whether a token is a unit of an interval.
func isIntervalField(t token) bool {
	switch t.key {
	case "YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND":
		return true
	}
	return false
}

// intervalFields reads a unit and the one after TO.
func (p *parser) intervalFields() (from, to IntervalField) {
	from = p.intervalField()
	if p.is("TO") && isIntervalField(p.peek(1)) {
		p.advance()
		to = p.intervalField()
	}
	return from, to
}

// intervalField reads a unit of an interval.
func (p *parser) intervalField() IntervalField {
	return IntervalField(p.expectAny("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND"))
}
