package dialect

// predicated reads a value and the one predicate that may follow it.
func (p *parser) predicated() Expression {
	value := p.valueExpression()
	at := p.pos()
	switch {
	case p.is("=", "<>", "<", "<=", ">", ">="):
		return p.comparison(value)
	case p.accept("IS"):
		return p.isPredicate(at, value)
	}
	not := p.is("NOT") && p.peek(1).key != "NULL"
	if not {
		p.advance()
	}
	switch {
	case p.accept("BETWEEN"):
		b := &Between{Pos: at, Not: not, Value: value, Min: p.valueExpression()}
		p.expect("AND")
		b.Max = p.valueExpression()
		return b
	case p.accept("IN"):
		return p.in(at, not, value)
	case p.accept("LIKE"):
		l := &Like{Pos: at, Not: not, Value: value, Pattern: p.valueExpression()}
		if p.accept("ESCAPE") {
			l.Escape = p.valueExpression()
		}
		return l
	case not:
		p.fail()
	}
	return value
}

// comparison reads an operator and a value, or ALL, ANY or SOME of a query.
func (p *parser) comparison(left Expression) Expression {
	t := p.advance()
	if p.is("ALL", "ANY", "SOME") && p.peek(1).key == "(" {
		q := &QuantifiedComparison{Pos: t.pos, Operator: Operator(t.key), Value: left}
		if p.attempt(func() { p.quantified(q) }) {
			return q
		}
	}
	return &Comparison{Pos: t.pos, Operator: Operator(t.key), Left: left, Right: p.valueExpression()}
}

// quantified reads ALL (query). A query in two pairs of parentheses is taken
// for the argument of a function of that name, as in Trino.
func (p *parser) quantified(c *QuantifiedComparison) {
	c.Quantifier = p.advance().key
	p.expect("(")
	bare := p.is("(")
	q, _ := p.queryOrExpression()
	if q == nil || bare && isParenthesized(q) {
		p.fail()
		return
	}
	c.Query = q
	p.expect(")")
}

// isParenthesized tells whether a query is nothing but a query in
// parentheses.
func isParenthesized(q *Query) bool {
	_, nested := q.Body.(*Query)
	return nested && q.With == nil && q.OrderBy == nil && q.Offset == nil && q.Limit == nil && q.Fetch == nil
}

// isPredicate reads what follows IS.
func (p *parser) isPredicate(at Pos, value Expression) Expression {
	not := p.accept("NOT")
	if p.accept("NULL") {
		return &IsNull{Pos: at, Not: not, Value: value}
	}
	p.expect("DISTINCT", "FROM")
	return &DistinctFrom{Pos: at, Not: not, Left: value, Right: p.valueExpression()}
}

// in reads the list or the query after IN. A query in two pairs of
// parentheses is a list of one.
func (p *parser) in(at Pos, not bool, value Expression) Expression {
	p.expect("(")
	q, e := p.queryOrExpression()
	if q != nil && !isParenthesized(q) {
		p.expect(")")
		return &InSubquery{Pos: at, Not: not, Value: value, Query: q}
	}
	if q != nil {
		e = &Subquery{Pos: q.Pos, Query: q.Body.(*Query)}
	}
	l := &InList{Pos: at, Not: not, Value: value, List: []Expression{e}}
	for p.accept(",") {
		l.List = append(l.List, p.expression())
	}
	p.expect(")")
	return l
}
