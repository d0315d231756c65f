package dialect

// statement writes a statement.
func (p *printer) statement(s Statement) {
	switch s := s.(type) {
	case *Query:
		p.query(s)
	case *Explain:
		p.explain(s)
	case *Prepare:
		p.named("PREPARE ", s.Name)
		p.words(" FROM ")
		p.statement(s.Statement)
	case *Execute:
		p.named("EXECUTE ", s.Name)
		clause(p, " USING ", s.Args, p.expression)
	case *ExecuteImmediate:
		p.words("EXECUTE IMMEDIATE ")
		p.text(s.Statement)
		clause(p, " USING ", s.Args, p.expression)
	case *Deallocate:
		p.named("DEALLOCATE PREPARE ", s.Name)
	case *DescribeInput:
		p.named("DESCRIBE INPUT ", s.Name)
	case *DescribeOutput:
		p.named("DESCRIBE OUTPUT ", s.Name)
	case *OtherStatement:
		p.words(s.Text)
	default:
		if !p.session(s) {
			p.definition(s)
		}
	}
}

// named writes words and a name.
func (p *printer) named(words string, name *Identifier) {
	p.words(words)
	p.identifier(name)
}

// explain writes EXPLAIN.
func (p *printer) explain(e *Explain) {
	p.words("EXPLAIN ")
	p.when(e.Analyze, "ANALYZE ")
	p.when(e.Verbose, "VERBOSE ")
	var options []string
	if e.Type != "" {
		options = append(options, "TYPE "+e.Type)
	}
	if e.Format != "" {
		options = append(options, "FORMAT "+e.Format)
	}
	if options != nil {
		inParentheses(p, options, func(o string) { p.words(o) })
		p.words(" ")
	}
	p.statement(e.Statement)
}

// session writes a statement if it sets or shows something.
func (p *printer) session(s Statement) bool {
	switch s := s.(type) {
	case *SetTimeZone:
		p.words("SET TIME ZONE ")
		if s.Zone == nil {
			p.words("LOCAL")
		} else {
			p.expression(s.Zone)
		}
	case *SetSession:
		p.words("SET SESSION ")
		p.name(s.Name)
		p.words(" = ")
		p.expression(s.Value)
	case *ResetSession:
		p.words("RESET SESSION ")
		p.name(s.Name)
	case *Show:
		p.show(s)
	case *ShowCreate:
		p.words("SHOW CREATE ", s.Kind, " ")
		p.name(s.Name)
	case *ShowStats:
		p.words("SHOW STATS FOR ")
		optional(p, "", s.Table, p.name)
		optional(p, "", s.Query, p.subquery)
	case *Use:
		p.words("USE ")
		if s.Catalog != nil {
			p.identifier(s.Catalog)
			p.words(".")
		}
		p.identifier(s.Schema)
	default:
		return false
	}
	return true
}

// show writes SHOW.
func (p *printer) show(s *Show) {
	p.words("SHOW ", string(s.Kind))
	if s.Kind == ShowPartitions || s.Kind == ShowProperties {
		p.words(" ")
		p.name(s.From)
		if s.Like != nil {
			inParentheses(p, []*StringLiteral{s.Like}, p.text)
		}
		return
	}
	optional(p, " FROM ", s.From, p.name)
	optional(p, " LIKE ", s.Like, p.text)
	optional(p, " ESCAPE ", s.Escape, p.text)
}

// definition writes a statement that makes or drops something.
func (p *printer) definition(s Statement) {
	switch s := s.(type) {
	case *CreateView:
		p.createView(s)
	case *CreateTableAsSelect:
		p.createTable(s)
	case *DropView:
		p.words("DROP VIEW ")
		p.when(s.IfExists, "IF EXISTS ")
		p.name(s.Name)
	case *DropTable:
		p.words("DROP TABLE ")
		p.when(s.IfExists, "IF EXISTS ")
		p.name(s.Name)
	case *Insert:
		p.words("INSERT INTO ")
		p.name(s.Table)
		p.names(" ", s.Columns)
		p.words(" ")
		p.query(s.Query)
	case *Unload:
		p.words("UNLOAD ")
		p.subquery(s.Query)
		p.words(" TO ")
		p.text(s.Location)
		p.properties(s.Properties)
	}
}

// createView writes CREATE VIEW.
func (p *printer) createView(v *CreateView) {
	p.words("CREATE ")
	p.when(v.Replace, "OR REPLACE ")
	p.words("VIEW ")
	p.name(v.Name)
	optional(p, " COMMENT ", v.Comment, p.text)
	p.when(v.Security != "", " SECURITY "+v.Security)
	p.words(" AS ")
	p.query(v.Query)
}

// createTable writes CREATE TABLE … AS.
func (p *printer) createTable(c *CreateTableAsSelect) {
	p.words("CREATE ")
	p.when(c.Replace, "OR REPLACE ")
	p.words("TABLE ")
	p.when(c.IfNotExists, "IF NOT EXISTS ")
	p.name(c.Name)
	p.names(" ", c.Columns)
	optional(p, " COMMENT ", c.Comment, p.text)
	p.properties(c.Properties)
	p.words(" AS ")
	p.query(c.Query)
	p.when(c.WithNoData, " WITH NO DATA")
}

// properties writes WITH (name = value, …), if there are any.
func (p *printer) properties(properties []*Property) {
	if properties == nil {
		return
	}
	p.words(" WITH ")
	inParentheses(p, properties, func(n *Property) {
		p.identifier(n.Name)
		p.words(" = ")
		if n.Value == nil {
			p.words("DEFAULT")
		} else {
			p.expression(n.Value)
		}
	})
}
