package dialect

// relation reads a relation with its joins.
func (p *parser) relation() TableExpression {
	p.enter()
	defer p.exit()
	return p.joins(p.sampledRelation())
}

// joins reads the joins that follow a relation.
func (p *parser) joins(left TableExpression) TableExpression {
	for !p.failed {
		j := &Join{Pos: left.Position(), Left: left}
		switch {
		case p.accept("CROSS"):
			p.expect("JOIN")
			j.Kind, j.Right = CrossJoin, p.sampledRelation()
		case p.accept("NATURAL"):
			j.Natural, j.Kind = true, p.joinKind()
			p.expect("JOIN")
			j.Right = p.sampledRelation()
		case p.is("JOIN", "INNER", "LEFT", "RIGHT", "FULL"):
			j.Kind = p.joinKind()
			p.expect("JOIN")
			j.Right = p.relation()
			p.joinCriteria(j)
		default:
			return left
		}
		left = j
	}
	return left
}

// joinKind reads the words before JOIN.
func (p *parser) joinKind() JoinKind {
	kind := p.acceptAny("INNER", "LEFT", "RIGHT", "FULL")
	if kind == "" || kind == "INNER" {
		return InnerJoin
	}
	p.accept("OUTER")
	return JoinKind(kind)
}

// joinCriteria reads ON or USING.
func (p *parser) joinCriteria(j *Join) {
	if p.accept("ON") {
		j.On = p.expression()
		return
	}
	p.expect("USING")
	j.Using = parenthesized(p, p.identifier)
}

// sampledRelation reads a relation without joins.
func (p *parser) sampledRelation() TableExpression {
	return p.relationSuffix(p.relationPrimary())
}

// relationSuffix reads the alias, the row pattern and the sample of a
// relation.
func (p *parser) relationSuffix(r TableExpression) TableExpression {
	r = p.aliased(r)
	if p.is("MATCH_RECOGNIZE") {
		r = p.patternRecognition(r)
	}
	if !p.accept("TABLESAMPLE") {
		return r
	}
	s := &SampledRelation{Pos: r.Position(), Relation: r}
	s.System = p.expectAny("BERNOULLI", "SYSTEM") == "SYSTEM"
	p.expect("(")
	s.Percentage = p.expression()
	p.expect(")")
	return s
}

// aliased reads the alias of a relation, if there is one.
func (p *parser) aliased(r TableExpression) TableExpression {
	alias := p.acceptAlias()
	if alias == nil {
		return r
	}
	return &AliasedRelation{Pos: r.Position(), Relation: r, Alias: alias, Columns: p.columnAliases()}
}

// patternRecognition reads MATCH_RECOGNIZE: by the grammar first, which words
// what is wrong with it, then for its parts.
func (p *parser) patternRecognition(input TableExpression) *PatternRecognition {
	m := &PatternRecognition{Pos: input.Position(), Input: input}
	p.expect("MATCH_RECOGNIZE", "(")
	start := p.next
	if m.Text = p.raw("matchRecognize"); !p.failed {
		p.next = start
		m.Clauses = p.patternClauses()
	}
	p.expect(")")
	if m.Alias = p.acceptAlias(); m.Alias != nil {
		m.Columns = p.columnAliases()
	}
	return m
}

// relationPrimary reads a table, or what stands for one.
func (p *parser) relationPrimary() TableExpression {
	at := p.pos()
	switch {
	case p.is("("):
		return p.parenthesizedRelation()
	case p.accept("UNNEST"):
		u := &Unnest{Pos: at, Exprs: parenthesized(p, p.expression)}
		u.WithOrdinality = p.accept("WITH", "ORDINALITY")
		return u
	case p.accept("LATERAL", "("):
		l := &Lateral{Pos: at, Query: p.query()}
		p.expect(")")
		return l
	case p.accept("TABLE"):
		return p.tableFunction(at)
	case p.accept("JSON_TABLE"):
		p.expect("(")
		t := &JSONTable{Pos: at, Text: p.raw("jsonTable")}
		p.expect(")")
		return t
	}
	t := &Table{Pos: at, Name: p.qualifiedName()}
	if p.is("FOR") {
		t.Period = p.queryPeriod()
	}
	return t
}

// queryPeriod reads FOR TIMESTAMP AS OF or FOR VERSION AS OF.
func (p *parser) queryPeriod() *QueryPeriod {
	q := &QueryPeriod{Pos: p.pos()}
	p.expect("FOR")
	q.Version = p.expectAny("TIMESTAMP", "VERSION", "SYSTEM_TIME", "SYSTEM_VERSION") == "VERSION"
	p.expect("AS", "OF")
	q.End = p.valueExpression()
	return q
}

// parenthesizedRelation reads a subquery or a relation in parentheses.
func (p *parser) parenthesizedRelation() TableExpression {
	p.enter()
	defer p.exit()
	at := p.pos()
	p.expect("(")
	switch {
	case p.atQuery():
		s := &TableSubquery{Pos: at, Query: p.query()}
		p.expect(")")
		return s
	case p.is("("):
		return p.nestedRelation(at)
	}
	r := p.relation()
	p.expect(")")
	return r
}

// nestedRelation reads what begins with two parentheses, of which the first
// is read: a query or a relation, which only what follows the inner
// parentheses tells.
func (p *parser) nestedRelation(at Pos) TableExpression {
	r := p.parenthesizedRelation()
	if s, ok := r.(*TableSubquery); ok && s.Query.With == nil && (p.is(")") || p.atQueryRest()) {
		s.Query.Pos = s.Pos
		q := p.queryRest(p.unionRest(p.intersectRest(s.Query)))
		p.expect(")")
		return &TableSubquery{Pos: at, Query: q}
	}
	r = p.joins(p.relationSuffix(r))
	p.expect(")")
	return r
}

// atQuery tells whether a query begins here, other than by a parenthesis.
func (p *parser) atQuery() bool {
	return p.is("SELECT", "VALUES", "TABLE", "WITH") && !p.follows("TABLE", "(")
}

// atQueryRest tells whether what follows a query in parentheses makes it part
// of a larger query.
func (p *parser) atQueryRest() bool {
	return p.is("UNION", "EXCEPT", "INTERSECT", "ORDER") || p.is("LIMIT", "OFFSET", "FETCH") && p.atClause()
}

// tableFunction reads the rest of TABLE(name(…)).
func (p *parser) tableFunction(at Pos) *TableFunction {
	p.expect("(")
	f := &TableFunction{Pos: at, Name: p.qualifiedName()}
	p.expect("(")
	if !p.is(")") && !p.follows("COPARTITION", "(") {
		f.Args = list(p, p.tableFunctionArgument)
	}
	if p.is("COPARTITION") {
		f.Copartition = p.raw("copartition")
	}
	p.expect(")", ")")
	return f
}

// tableFunctionArgument reads [name =>] expression, table or descriptor.
func (p *parser) tableFunctionArgument() *TableFunctionArgument {
	a := &TableFunctionArgument{Pos: p.pos()}
	if p.cur().isName() && p.peek(1).key == "=>" {
		a.Name = p.identifier()
		p.expect("=>")
	}
	switch {
	case p.follows("TABLE", "("):
		a.Text = p.raw("tableArgument")
	case p.follows("DESCRIPTOR", "("), p.follows("CAST", "(", "NULL", "AS", "DESCRIPTOR", ")"):
		a.Text = p.raw("descriptorArgument")
	default:
		a.Value = p.expression()
	}
	return a
}
