package hive

// show reads what follows SHOW.
func (p *parser) show() Statement {
	switch {
	case p.take("DATABASES"), p.take("SCHEMAS"):
		return &ShowDatabases{Pattern: p.pattern()}
	case p.take("TABLES"):
		return p.showTables(false)
	case p.take("VIEWS"):
		return p.showTables(true)
	case p.take("COLUMNS"):
		return p.showColumns()
	case p.take("PARTITIONS"):
		s := &ShowPartitions{Table: p.tableName()}
		s.Spec = p.optionalPartition()
		return s
	case p.take("TBLPROPERTIES"):
		s := &ShowProperties{Table: p.tableName()}
		if p.is("(") {
			p.list(func() { s.Name = p.str() })
		}
		return s
	case p.take("CREATE"):
		view := p.oneOf("TABLE", "VIEW") == "VIEW"
		return &ShowCreate{View: view, Name: p.tableName()}
	}
	p.mismatch()
	return nil
}

func (p *parser) showTables(views bool) Statement {
	s := &ShowTables{Views: views}
	if p.take("IN") || p.take("FROM") {
		s.Database = p.database()
	}
	s.Pattern = p.pattern()
	return s
}

// pattern reads [LIKE] 'pattern', which may be missing.
func (p *parser) pattern() string {
	if p.take("LIKE") || p.peek().kind == stringToken {
		return p.str()
	}
	return ""
}

// showColumns reads FROM table, and FROM database behind it.
func (p *parser) showColumns() Statement {
	p.oneOf("FROM", "IN")
	s := &ShowColumns{Table: p.tableName()}
	if s.Table.Database == "" && (p.take("FROM") || p.take("IN")) {
		s.Table.Database = p.database()
	}
	return s
}

// optionalPartition reads PARTITION (…) where it stands.
func (p *parser) optionalPartition() PartitionSpec {
	if p.is("PARTITION") {
		return p.partition()
	}
	p.take("PARTITION") // notes that it would do here
	return nil
}

// describe reads what follows DESCRIBE.
func (p *parser) describe() Statement {
	s := &Describe{}
	if p.take("EXTENDED") {
		s.Detail = Extended
	} else if p.is("FORMATTED") && p.ahead(1).kind != endOfInput && p.ahead(1).kind != sign {
		p.next()
		s.Detail = Formatted
	}
	s.Table = p.tableName()
	s.Partition = p.optionalPartition()
	if k := p.peek().kind; k == word || k == quotedName {
		s.Column = append(s.Column, p.name())
		for p.take(".") {
			s.Column = append(s.Column, p.field())
		}
	}
	return s
}

// field reads the name of a field, or '$elem$', '$key$' or '$value$'.
func (p *parser) field() string {
	if p.peek().kind == stringToken {
		return p.next().value
	}
	return p.name()
}
