package dialect

// definition reads CREATE, DROP, INSERT and USE where they have a tree.
func (p *parser) definition() Statement {
	at := p.pos()
	switch {
	case p.follows("DROP", "TABLE"):
		p.expect("DROP", "TABLE")
		return &DropTable{Pos: at, IfExists: p.accept("IF", "EXISTS"), Name: p.hiveName()}
	case p.follows("DROP", "VIEW"):
		p.expect("DROP", "VIEW")
		return &DropView{Pos: at, IfExists: p.accept("IF", "EXISTS"), Name: p.hiveName()}
	case p.is("INSERT"):
		return p.insert()
	case p.accept("USE"):
		return p.use(at)
	}
	replace := p.follows("CREATE", "OR", "REPLACE")
	kind := p.peek(1).key
	if replace {
		kind = p.peek(3).key
	}
	switch kind {
	case "VIEW":
		return p.createView(replace)
	case "TABLE":
		if p.createsFromQuery() {
			return p.createTable(replace)
		}
	}
	return p.other()
}

// use reads the rest of USE.
func (p *parser) use(at Pos) Statement {
	u := &Use{Pos: at, Schema: p.identifier()}
	if p.accept(".") {
		u.Catalog, u.Schema = u.Schema, p.identifier()
	}
	return u
}

// insert reads INSERT INTO.
func (p *parser) insert() Statement {
	i := &Insert{Pos: p.pos()}
	p.expect("INSERT", "INTO")
	i.Table = p.qualifiedName()
	if p.atAliasList(0) {
		i.Columns = p.columnAliases()
	}
	i.Query = p.rootQuery()
	return i
}

// createHead goes over CREATE [OR REPLACE].
func (p *parser) createHead() {
	p.expect("CREATE")
	p.accept("OR", "REPLACE")
}

// createView reads CREATE VIEW.
func (p *parser) createView(replace bool) Statement {
	v := &CreateView{Pos: p.pos(), Replace: replace}
	p.createHead()
	p.expect("VIEW")
	v.Name = p.qualifiedName()
	v.Comment = p.comment()
	if p.accept("SECURITY") {
		v.Security = p.expectAny("DEFINER", "INVOKER")
	}
	p.expect("AS")
	v.Query = p.rootQuery()
	return v
}

// comment reads COMMENT 'text', if it is there.
func (p *parser) comment() *StringLiteral {
	if !p.accept("COMMENT") {
		return nil
	}
	return p.stringLiteral()
}

// createsFromQuery tells whether the CREATE TABLE here is one with AS: its
// column list, if any, names columns without types.
func (p *parser) createsFromQuery() bool {
	for n := 2; ; n++ {
		switch t := p.peek(n); {
		case t.kind == endOfInput, t.key == "AS", t.key == "WITH", t.key == "COMMENT":
			return true
		case t.key == "(":
			return p.atAliasList(n)
		}
	}
}

// createTable reads CREATE TABLE … AS query.
func (p *parser) createTable(replace bool) Statement {
	c := &CreateTableAsSelect{Pos: p.pos(), Replace: replace}
	p.createHead()
	p.expect("TABLE")
	c.IfNotExists = p.accept("IF", "NOT", "EXISTS")
	c.Name = p.qualifiedName()
	c.Columns = p.columnAliases()
	c.Comment = p.comment()
	c.Properties = p.properties()
	p.expect("AS")
	if p.follows("(", "WITH") {
		p.expect("(")
		c.Query = p.rootQuery()
		p.expect(")")
	} else {
		c.Query = p.rootQuery()
	}
	if p.accept("WITH") {
		c.WithNoData = p.accept("NO")
		p.expect("DATA")
	}
	return c
}
