package dialect

// maxChain bounds how many operators of one level may follow each other, as
// each makes the tree one deeper.
const maxChain = 10000

// expression reads an expression: OR over AND over NOT over predicates over
// values.
func (p *parser) expression() Expression {
	p.enter()
	defer p.exit()
	return p.logical(true)
}

// logical reads terms joined by OR, or by AND below it.
func (p *parser) logical(or bool) Expression {
	word, at := "AND", p.pos()
	term := p.not
	if or {
		word, term = "OR", func() Expression { return p.logical(false) }
	}
	if e := p.seed(); e != nil {
		at = leftmost(e)
	}
	first := term()
	if !p.is(word) {
		return first
	}
	l := &Logical{Pos: at, Or: or, Terms: []Expression{first}}
	for p.accept(word) {
		l.Terms = append(l.Terms, term())
	}
	return l
}

// seed is the expression read ahead, or nil.
func (p *parser) seed() Expression {
	if p.seedPrimary != nil {
		return p.seedPrimary
	}
	return p.seedValue
}

// leftmost is the place of the first token of an expression, whose position
// may be that of an operator.
func leftmost(e Expression) Pos {
	for {
		switch x := e.(type) {
		case *Binary:
			e = x.Left
		case *AtTimeZone:
			e = x.Value
		default:
			return e.Position()
		}
	}
}

// not reads any number of NOT before a predicate.
func (p *parser) not() Expression {
	if p.seed() != nil || !p.is("NOT") {
		return p.predicated()
	}
	at := p.pos()
	p.advance()
	p.enter()
	defer p.exit()
	return &Not{Pos: at, Expr: p.not()}
}

// valueExpression reads a value: || over + and - over *, / and %.
func (p *parser) valueExpression() Expression {
	p.enter()
	defer p.exit()
	if e := p.seedValue; e != nil {
		p.seedValue = nil
		return e
	}
	return p.binary(0)
}

// binaryLevels are the binary operators, those that bind least first.
var binaryLevels = [][]string{{"||"}, {"+", "-"}, {"*", "/", "%"}}

// binary reads operands joined by the operators of one level, left to right.
func (p *parser) binary(level int) Expression {
	if level == len(binaryLevels) {
		return p.unary()
	}
	left := p.binary(level + 1)
	for n := 0; p.is(binaryLevels[level]...); n++ {
		if n > maxChain {
			p.tooLarge()
		}
		t := p.advance()
		left = &Binary{Pos: t.pos, Operator: Operator(t.key), Left: left, Right: p.binary(level + 1)}
	}
	return left
}

// unary reads a sign, or a value with its time zone. A minus before a number
// belongs to the number.
func (p *parser) unary() Expression {
	if p.seedPrimary != nil || !p.is("+", "-") || p.is("-") && isNumber(p.peek(1)) {
		return p.atTimeZone()
	}
	p.enter()
	defer p.exit()
	t := p.advance()
	return &Unary{Pos: t.pos, Operator: Operator(t.key), Expr: p.unary()}
}

// isNumber tells whether a token is a number.
func isNumber(t token) bool {
	return t.kind == integerToken || t.kind == decimalToken || t.kind == doubleToken
}

// atTimeZone reads a primary expression and the zones it is brought to.
func (p *parser) atTimeZone() Expression {
	e := p.primaryExpression()
	for p.follows("AT", "TIME", "ZONE") {
		at := p.pos()
		p.expect("AT", "TIME", "ZONE")
		zone := &AtTimeZone{Pos: at, Value: e}
		if p.is("INTERVAL") {
			zone.Zone = p.interval()
		} else {
			zone.Zone = p.stringLiteral()
		}
		e = zone
	}
	return e
}

// primaryExpression reads an operand with its subscripts and fields.
func (p *parser) primaryExpression() Expression {
	start := p.next
	e := p.seedPrimary
	if e != nil {
		p.seedPrimary = nil
		start = p.primary.start
	} else {
		e = p.operand()
	}
	for n := 0; !p.failed; n++ {
		if n > maxChain {
			p.tooLarge()
		}
		switch {
		case p.accept("["):
			e = &Subscript{Pos: e.Position(), Base: e, Index: p.valueExpression()}
			p.expect("]")
			continue
		case p.is(".") && p.peek(1).key != "*":
			p.advance()
			e = &Dereference{Pos: e.Position(), Base: e, Field: p.identifier()}
			continue
		}
		break
	}
	p.primary = span{start, p.next}
	return e
}

// operand reads what an expression is made of.
func (p *parser) operand() Expression {
	t := p.cur()
	switch t.kind {
	case stringToken, unicodeStringToken:
		return p.stringLiteral()
	case binaryToken:
		return p.binaryLiteral()
	case integerToken, decimalToken, doubleToken:
		return p.number(false)
	case symbol:
		return p.symbolOperand()
	case keyWord:
		if e := p.special(); e != nil {
			return e
		}
	}
	return p.nameOperand()
}

// symbolOperand reads an operand that begins with a symbol.
func (p *parser) symbolOperand() Expression {
	switch {
	case p.is("("):
		return p.parenthesis()
	case p.is("?"):
		return p.parameter()
	case p.is("-") && isNumber(p.peek(1)):
		return p.number(true)
	}
	p.fail()
	return &NullLiteral{Pos: p.pos()}
}

// nameOperand reads an operand that begins with a name: a typed literal, a
// lambda, a measure, a call or a reference.
func (p *parser) nameOperand() Expression {
	t := p.cur()
	if !t.isName() {
		p.fail()
		return &NullLiteral{Pos: t.pos}
	}
	after := p.peek(1)
	switch {
	case after.isString():
		name := p.identifier()
		return &GenericLiteral{Pos: t.pos, Type: name, Value: p.stringLiteral().Value}
	case after.key == "->":
		return p.lambda()
	case after.key == "OVER" && (p.peek(2).key == "(" || p.peek(2).isName()):
		m := &Measure{Pos: t.pos, Name: p.identifier()}
		m.Over = p.over()
		return m
	case p.atCall():
		return p.call()
	}
	return p.identifier()
}

// lambda reads x -> body or (x, y) -> body.
func (p *parser) lambda() Expression {
	l := &Lambda{Pos: p.pos()}
	switch {
	case p.accept("(", ")"):
	case p.is("("):
		l.Params = parenthesized(p, p.identifier)
	default:
		l.Params = []*Identifier{p.identifier()}
	}
	p.expect("->")
	l.Body = p.expression()
	return l
}

// atLambda tells whether the parenthesis here opens the parameters of a
// lambda.
func (p *parser) atLambda() bool {
	if p.peek(1).key == ")" {
		return p.peek(2).key == "->"
	}
	for n := 1; p.peek(n).isName(); n += 2 {
		switch p.peek(n + 1).key {
		case ",":
			continue
		case ")":
			return p.peek(n+2).key == "->"
		}
		return false
	}
	return false
}

// parenthesis reads an operand in parentheses: a subquery, a row, a lambda or
// just an expression.
func (p *parser) parenthesis() Expression {
	if p.atLambda() {
		return p.lambda()
	}
	at := p.pos()
	p.expect("(")
	q, e := p.queryOrExpression()
	if q != nil {
		p.expect(")")
		return &Subquery{Pos: at, Query: q}
	}
	return p.parenthesisRest(at, e)
}

// parenthesisRest reads what follows the first expression in parentheses.
func (p *parser) parenthesisRest(at Pos, first Expression) Expression {
	if !p.is(",") {
		p.expect(")")
		return first
	}
	row := &Row{Pos: at, Items: []Expression{first}}
	for p.accept(",") {
		row.Items = append(row.Items, p.expression())
	}
	p.expect(")")
	return row
}

// queryOrExpression reads a query or an expression after a parenthesis. Where
// both begin with parentheses only what follows the inner ones tells which it
// is; a query in two pairs of parentheses is a query.
func (p *parser) queryOrExpression() (*Query, Expression) {
	if p.atQuery() {
		return p.query(), nil
	}
	if !p.is("(") || p.atLambda() {
		return nil, p.expression()
	}
	p.enter()
	defer p.exit()
	at, start := p.pos(), p.next
	p.advance()
	q, e := p.queryOrExpression()
	if q == nil {
		e = p.parenthesisRest(at, e)
	} else {
		p.expect(")")
		if q.With == nil && (p.is(")") || p.atQueryRest()) {
			q.Pos = at
			return p.queryRest(p.unionRest(p.intersectRest(q))), nil
		}
		e = &Subquery{Pos: at, Query: q}
	}
	p.seedPrimary, p.primary = e, span{start, p.next}
	return nil, p.expression()
}
