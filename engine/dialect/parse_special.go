package dialect

// special reads an operand that begins with a key word of its own. It gives
// nil, having read nothing, where the word is a name here.
func (p *parser) special() Expression {
	t := p.cur()
	called := p.peek(1).key == "("
	switch t.key {
	case "NULL", "TRUE", "FALSE":
		return p.constant()
	case "CASE":
		return p.caseExpression()
	case "CAST", "TRIM", "NORMALIZE", "EXTRACT", "EXISTS", "GROUPING", "LISTAGG",
		"JSON_EXISTS", "JSON_VALUE", "JSON_QUERY", "JSON_OBJECT", "JSON_ARRAY":
		return p.reservedCall()
	case "CURRENT_CATALOG", "CURRENT_DATE", "CURRENT_PATH", "CURRENT_SCHEMA", "CURRENT_USER":
		p.advance()
		return &Current{Pos: t.pos, Name: t.key}
	case "CURRENT_TIME", "CURRENT_TIMESTAMP", "LOCALTIME", "LOCALTIMESTAMP":
		return p.currentTime()
	case "INTERVAL":
		if p.atInterval() {
			return p.interval()
		}
	case "DOUBLE":
		if p.peek(1).key == "PRECISION" && p.peek(2).isString() {
			name := p.identifier()
			p.advance()
			return &GenericLiteral{Pos: t.pos, Type: name, Value: p.stringLiteral().Value}
		}
	case "ARRAY":
		if p.accept("ARRAY", "[") {
			return p.array(t.pos)
		}
	case "ROW":
		if called {
			return p.row()
		}
	case "TRY_CAST":
		if called {
			return p.cast()
		}
	case "POSITION", "SUBSTRING":
		if called {
			return p.positionOrSubstring()
		}
	}
	return nil
}

// constant reads NULL, TRUE or FALSE.
func (p *parser) constant() Expression {
	t := p.advance()
	if t.key == "NULL" {
		return &NullLiteral{Pos: t.pos}
	}
	return &BooleanLiteral{Pos: t.pos, Value: t.key == "TRUE"}
}

// reservedCall reads a function whose name is reserved.
func (p *parser) reservedCall() Expression {
	switch p.cur().key {
	case "CAST":
		return p.cast()
	case "TRIM":
		return p.trim()
	case "NORMALIZE":
		return p.normalize()
	case "EXTRACT":
		return p.extract()
	case "EXISTS":
		return p.exists()
	case "GROUPING":
		return p.grouping()
	case "LISTAGG":
		return p.listAgg()
	}
	return p.jsonCall()
}

// atInterval tells whether an interval stands here, not a name.
func (p *parser) atInterval() bool {
	n := 1
	if k := p.peek(1).key; k == "+" || k == "-" {
		n = 2
	}
	if !p.peek(n).isString() {
		return false
	}
	if p.peek(n+1).key == "UESCAPE" {
		n += 2
	}
	return isIntervalField(p.peek(n + 1))
}

// currentTime reads CURRENT_TIMESTAMP and its kin with their precision.
func (p *parser) currentTime() Expression {
	t := p.advance()
	c := &Current{Pos: t.pos, Name: t.key}
	if p.accept("(") {
		precision := int(p.integerToken())
		c.Precision = &precision
		p.expect(")")
	}
	return c
}

// array reads the elements of ARRAY[…].
func (p *parser) array(at Pos) Expression {
	a := &Array{Pos: at}
	if !p.is("]") {
		a.Elements = list(p, p.expression)
	}
	p.expect("]")
	return a
}

// row reads ROW(…), which is a call of a function of that name where it has
// what only calls have.
func (p *parser) row() Expression {
	f := p.call().(*FunctionCall)
	plain := f.Quantifier == "" && f.OrderBy == nil && f.Filter == nil && f.Over == nil && !f.Star
	if plain && len(f.Args) > 0 {
		return &Row{Pos: f.Pos, Items: f.Args}
	}
	return f
}

// cast reads CAST and TRY_CAST.
func (p *parser) cast() Expression {
	t := p.advance()
	c := &Cast{Pos: t.pos, Try: t.key == "TRY_CAST"}
	p.expect("(")
	c.Expr = p.expression()
	p.expect("AS")
	c.Type = p.typeName()
	p.expect(")")
	return c
}

// caseExpression reads CASE.
func (p *parser) caseExpression() Expression {
	c := &Case{Pos: p.pos()}
	p.expect("CASE")
	if !p.is("WHEN") {
		c.Operand = p.expression()
	}
	for first := true; first || p.is("WHEN"); first = false {
		w := &When{Pos: p.pos()}
		p.expect("WHEN")
		w.Condition = p.expression()
		p.expect("THEN")
		w.Result = p.expression()
		c.Whens = append(c.Whens, w)
	}
	if p.accept("ELSE") {
		c.Else = p.expression()
	}
	p.expect("END")
	return c
}

// exists reads EXISTS (query).
func (p *parser) exists() Expression {
	e := &Exists{Pos: p.pos()}
	p.expect("EXISTS", "(")
	e.Query = p.query()
	p.expect(")")
	return e
}

// grouping reads GROUPING(a, b).
func (p *parser) grouping() Expression {
	g := &Grouping{Pos: p.pos()}
	p.expect("GROUPING")
	if p.accept("(", ")") {
		return g
	}
	g.Columns = parenthesized(p, p.qualifiedName)
	return g
}

// extract reads EXTRACT(field FROM x).
func (p *parser) extract() Expression {
	e := &Extract{Pos: p.pos()}
	p.expect("EXTRACT", "(")
	e.Field = p.identifier()
	p.expect("FROM")
	e.Value = p.valueExpression()
	p.expect(")")
	return e
}

// normalize reads NORMALIZE(x, form).
func (p *parser) normalize() Expression {
	n := &Normalize{Pos: p.pos()}
	p.expect("NORMALIZE", "(")
	n.Value = p.valueExpression()
	if p.accept(",") {
		n.Form = p.expectAny("NFC", "NFD", "NFKC", "NFKD")
	}
	p.expect(")")
	return n
}

// trim reads TRIM in all its forms. LEADING, TRAILING and BOTH may be names.
func (p *parser) trim() Expression {
	t := &Trim{Pos: p.pos()}
	p.expect("TRIM", "(")
	sided := p.is("LEADING", "TRAILING", "BOTH") && p.attempt(func() {
		t.Kind = TrimKind(p.advance().key)
		if !p.is("FROM") {
			t.Chars = p.valueExpression()
		}
		p.expect("FROM")
	})
	if sided {
		t.Value = p.valueExpression()
		p.expect(")")
		return t
	}
	t.Kind, t.Chars = TrimDefault, nil
	if p.accept("FROM") {
		t.Value = p.valueExpression()
		p.expect(")")
		return t
	}
	t.Value = p.valueExpression()
	switch {
	case p.accept("FROM"):
		t.Chars, t.Value = t.Value, p.valueExpression()
	case p.accept(","):
		t.Chars = p.valueExpression()
	}
	p.expect(")")
	return t
}

// positionOrSubstring reads POSITION(a IN b) and SUBSTRING(a FROM b FOR c),
// or calls of functions of these names.
func (p *parser) positionOrSubstring() Expression {
	at, name := p.pos(), p.identifier()
	p.expect("(")
	f := newCall(at, name.Value)
	f.Name.Parts[0] = name
	if p.is(")", "*", "ORDER", "NOT", "DISTINCT") || p.quantifierAhead() {
		p.arguments(f)
		p.callRest(f)
		return f
	}
	first := p.valueExpression()
	position := name.Value[0]|0x20 == 'p'
	switch {
	case position && p.accept("IN"):
		f = newCall(at, "strpos", p.valueExpression(), first)
		p.expect(")")
	case !position && p.accept("FROM"):
		f.Args = []Expression{first, p.valueExpression()}
		if p.accept("FOR") {
			f.Args = append(f.Args, p.valueExpression())
		}
		p.expect(")")
	default:
		p.seedValue = first
		p.arguments(f)
		p.callRest(f)
	}
	return f
}

// quantifierAhead tells whether ALL stands before the arguments of a call.
func (p *parser) quantifierAhead() bool { return p.is("ALL") && p.beginsOperand(1) }

// listAgg reads LISTAGG.
func (p *parser) listAgg() Expression {
	l := &ListAgg{Pos: p.pos()}
	p.expect("LISTAGG", "(")
	l.Quantifier = p.quantifier()
	l.Expr = p.expression()
	if p.accept(",") {
		l.Separator = p.stringLiteral()
	}
	if p.is("ON") {
		l.Overflow = p.overflow()
	}
	p.expect(")", "WITHIN", "GROUP", "(")
	if !p.is("ORDER") {
		p.fail()
	}
	l.OrderBy = p.orderBy()
	p.expect(")")
	l.Filter = p.filter()
	return l
}

// overflow reads ON OVERFLOW ERROR or TRUNCATE.
func (p *parser) overflow() *OverflowBehavior {
	o := &OverflowBehavior{Pos: p.pos()}
	p.expect("ON", "OVERFLOW")
	if p.accept("ERROR") {
		return o
	}
	p.expect("TRUNCATE")
	o.Truncate = true
	if p.cur().isString() {
		o.Filler = p.stringLiteral()
	}
	o.WithCount = p.expectAny("WITH", "WITHOUT") == "WITH"
	p.expect("COUNT")
	return o
}
