package dialect

// rootQuery reads a query that may define functions before it.
func (p *parser) rootQuery() *Query {
	if !p.follows("WITH", "FUNCTION") || p.atAliasList(2) || p.peek(2).key == "AS" {
		return p.query()
	}
	at := p.pos()
	p.advance()
	functions := list(p, p.inlineFunction)
	q := p.query()
	q.Pos, q.Functions = at, functions
	return q
}

// inlineFunction reads FUNCTION … by the grammar alone.
func (p *parser) inlineFunction() *InlineFunction {
	f := &InlineFunction{Pos: p.pos(), Text: p.raw("function")}
	if !p.failed {
		name := newParser(f.Text)
		name.advance()
		f.Name = name.qualifiedName()
	}
	return f
}

// query reads a query with its WITH.
func (p *parser) query() *Query {
	p.enter()
	defer p.exit()
	at := p.pos()
	var with *With
	if p.is("WITH") {
		with = p.with()
	}
	q := p.queryRest(p.queryTerm())
	q.Pos, q.With = at, with
	return q
}

// with reads WITH [RECURSIVE] and its named queries.
func (p *parser) with() *With {
	w := &With{Pos: p.pos()}
	p.expect("WITH")
	w.Recursive = p.accept("RECURSIVE")
	w.Queries = list(p, p.namedQuery)
	return w
}

// namedQuery reads name (columns) AS (query).
func (p *parser) namedQuery() *NamedQuery {
	n := &NamedQuery{Pos: p.pos(), Name: p.identifier(), Columns: p.columnAliases()}
	p.expect("AS", "(")
	n.Query = p.query()
	p.expect(")")
	return n
}

// queryRest reads what follows the body of a query.
func (p *parser) queryRest(body QueryBody) *Query {
	q := &Query{Pos: body.Position(), Body: body, OrderBy: p.orderBy()}
	if p.accept("OFFSET") {
		q.Offset = p.rowCount()
		p.acceptAny("ROW", "ROWS")
	}
	switch at := p.pos(); {
	case p.accept("LIMIT"):
		q.Limit = &Limit{Pos: at, All: p.accept("ALL")}
		if !q.Limit.All {
			q.Limit.Count = p.rowCount()
		}
	case p.accept("FETCH"):
		q.Fetch = p.fetch(at)
	}
	return q
}

// orderBy reads ORDER BY, if it is there.
func (p *parser) orderBy() []*SortItem {
	if !p.accept("ORDER") {
		return nil
	}
	p.expect("BY")
	return list(p, p.sortItem)
}

// sortItem reads one key of ORDER BY.
func (p *parser) sortItem() *SortItem {
	s := &SortItem{Pos: p.pos(), Key: p.expression()}
	s.Descending = p.acceptAny("ASC", "DESC") == "DESC"
	if p.accept("NULLS") {
		s.Nulls = NullsFirst
		if p.expectAny("FIRST", "LAST") == "LAST" {
			s.Nulls = NullsLast
		}
	}
	return s
}

// rowCount reads a whole number or a parameter.
func (p *parser) rowCount() *RowCount {
	t := p.cur()
	switch {
	case t.key == "?":
		return &RowCount{Pos: t.pos, Parameter: p.parameter()}
	case t.kind == integerToken:
		p.advance()
		return &RowCount{Pos: t.pos, Count: p.integerValue(t, false)}
	}
	p.fail()
	return &RowCount{Pos: t.pos}
}

// fetch reads the rest of FETCH FIRST.
func (p *parser) fetch(at Pos) *Fetch {
	f := &Fetch{Pos: at}
	p.expectAny("FIRST", "NEXT")
	if !p.is("ROW", "ROWS") {
		f.Count = p.rowCount()
	}
	p.expectAny("ROW", "ROWS")
	if !p.accept("ONLY") {
		p.expect("WITH", "TIES")
		f.WithTies = true
	}
	return f
}

// queryTerm reads bodies joined by UNION and EXCEPT.
func (p *parser) queryTerm() QueryBody {
	return p.unionRest(p.intersectRest(p.queryPrimary()))
}

// unionRest reads what UNION and EXCEPT add to a body.
func (p *parser) unionRest(left QueryBody) QueryBody {
	for p.is("UNION", "EXCEPT") {
		s := p.setOperation(left)
		s.Right = p.intersectRest(p.queryPrimary())
		left = s
	}
	return left
}

// intersectRest reads what INTERSECT adds to a body.
func (p *parser) intersectRest(left QueryBody) QueryBody {
	for p.is("INTERSECT") {
		s := p.setOperation(left)
		s.Right = p.queryPrimary()
		left = s
	}
	return left
}

// setOperation reads the operator of a set operation and its quantifier.
func (p *parser) setOperation(left QueryBody) *SetOperation {
	t := p.advance()
	quantifier := SetQuantifier(p.acceptAny("ALL", "DISTINCT"))
	return &SetOperation{Pos: t.pos, Operator: SetOperator(t.key), Quantifier: quantifier, Left: left}
}

// queryPrimary reads SELECT, VALUES, TABLE or a query in parentheses.
func (p *parser) queryPrimary() QueryBody {
	at := p.pos()
	switch {
	case p.is("SELECT"):
		return p.selectQuery()
	case p.accept("TABLE"):
		return &TableQuery{Pos: at, Name: p.qualifiedName()}
	case p.accept("VALUES"):
		v := &Values{Pos: at, Parenthesized: true}
		v.Rows = list(p, func() Expression {
			e, inParentheses := p.expressionInParentheses()
			v.Parenthesized = v.Parenthesized && inParentheses
			return e
		})
		return v
	case p.is("("):
		return p.parenthesizedQuery()
	}
	p.fail()
	return &Values{Pos: at}
}

// expressionInParentheses reads an expression, and tells whether nothing but
// parentheses that make no row or subquery of it stand around it.
func (p *parser) expressionInParentheses() (Expression, bool) {
	at, start, depth := p.pos(), p.next, 0
	e := p.expression()
	if p.tokens[start].key != "(" || e.Position() == at {
		return e, false
	}
	for i, t := range p.tokens[start:p.next] {
		switch t.key {
		case "(":
			depth++
		case ")":
			depth--
		}
		if depth == 0 {
			return e, start+i == p.next-1
		}
	}
	return e, false
}

// parenthesizedQuery reads a query without WITH in parentheses.
func (p *parser) parenthesizedQuery() *Query {
	p.enter()
	defer p.exit()
	at := p.pos()
	p.expect("(")
	q := p.queryRest(p.queryTerm())
	q.Pos = at
	p.expect(")")
	return q
}
