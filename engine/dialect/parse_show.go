package dialect

import "strings"

// show reads SHOW: the lists Trino has, and those Athena has from Hive.
func (p *parser) show() Statement {
	at := p.pos()
	switch what := strings.ToUpper(p.peek(1).text); what {
	case "CREATE":
		return p.showCreate()
	case "STATS":
		return p.showStats()
	case "TABLES", "SCHEMAS", "CATALOGS", "COLUMNS", "FUNCTIONS", "SESSION", "VIEWS", "DATABASES":
		p.advance()
		p.advance()
		s := &Show{Pos: at, Kind: ShowKind(what)}
		p.showFrom(s)
		return s
	case "PARTITIONS", "TBLPROPERTIES":
		p.advance()
		p.advance()
		s := &Show{Pos: at, Kind: ShowKind(what), From: p.hiveName()}
		if s.Kind == ShowProperties && p.is("(") {
			s.Like = parenthesized(p, p.stringLiteral)[0]
		}
		return s
	}
	return p.other()
}

// showFrom reads FROM name and LIKE pattern.
func (p *parser) showFrom(s *Show) {
	within := s.Kind != ShowCatalogs && s.Kind != ShowSession && s.Kind != ShowDatabases
	if within && p.acceptAny("FROM", "IN") != "" && !p.is("LIKE") {
		s.From = p.hiveName()
		if s.Kind == ShowColumns && len(s.From.Parts) == 1 && p.acceptAny("FROM", "IN") != "" {
			s.From.Parts = append([]*Identifier{p.hiveIdentifier()}, s.From.Parts...)
		}
	}
	if s.Kind == ShowColumns && s.From == nil && !p.is("LIKE") {
		p.fail()
	}
	if p.accept("LIKE") {
		s.Like = p.stringLiteral()
		if p.accept("ESCAPE") {
			s.Escape = p.stringLiteral()
		}
		return
	}
	if (s.Kind == ShowTables || s.Kind == ShowViews) && p.cur().isString() {
		s.Like = p.stringLiteral()
	}
}

// showCreate reads SHOW CREATE TABLE and its kin.
func (p *parser) showCreate() Statement {
	s := &ShowCreate{Pos: p.pos()}
	p.expect("SHOW", "CREATE")
	if s.Kind = p.expectAny("TABLE", "VIEW", "SCHEMA", "MATERIALIZED"); s.Kind == "MATERIALIZED" {
		p.expect("VIEW")
		s.Kind += " VIEW"
	}
	s.Name = p.hiveName()
	return s
}

// showStats reads SHOW STATS FOR.
func (p *parser) showStats() Statement {
	s := &ShowStats{Pos: p.pos()}
	p.expect("SHOW", "STATS", "FOR")
	if !p.accept("(") {
		s.Table = p.qualifiedName()
		return s
	}
	s.Query = p.query()
	p.expect(")")
	return s
}

// describe reads DESCRIBE of a table, or of a prepared statement.
func (p *parser) describe() Statement {
	at := p.pos()
	input := p.follows("DESCRIBE", "INPUT")
	if (input || p.follows("DESCRIBE", "OUTPUT")) && p.peek(2).isName() {
		p.advance()
		p.advance()
		if input {
			return &DescribeInput{Pos: at, Name: p.identifier()}
		}
		return &DescribeOutput{Pos: at, Name: p.identifier()}
	}
	p.advance()
	if word := strings.ToUpper(p.cur().text); (word == "EXTENDED" || word == "FORMATTED") && p.peek(1).isName() {
		p.advance()
	}
	return &Show{Pos: at, Kind: ShowColumns, From: p.hiveName()}
}

// hiveName reads a dotted name in a statement that Athena hands to Hive,
// where names may stand in backquotes.
func (p *parser) hiveName() *QualifiedName {
	name := &QualifiedName{Pos: p.pos(), Parts: []*Identifier{p.hiveIdentifier()}}
	for p.accept(".") {
		name.Parts = append(name.Parts, p.hiveIdentifier())
	}
	return name
}

// hiveIdentifier reads a name that may stand in backquotes.
func (p *parser) hiveIdentifier() *Identifier {
	t := p.cur()
	if t.kind != backquotedWord {
		return p.identifier()
	}
	p.advance()
	value := strings.ReplaceAll(t.text[1:len(t.text)-1], "``", "`")
	return &Identifier{Pos: t.pos, Value: value, Delimited: true}
}
