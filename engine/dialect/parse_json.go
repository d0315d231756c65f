package dialect

// jsonCall reads one of the five JSON functions of standard SQL.
func (p *parser) jsonCall() Expression {
	t := p.advance()
	p.expect("(")
	var e Expression
	switch t.key {
	case "JSON_EXISTS":
		e = p.jsonExists(t.pos)
	case "JSON_VALUE":
		e = p.jsonValue(t.pos)
	case "JSON_QUERY":
		e = p.jsonQuery(t.pos)
	case "JSON_OBJECT":
		e = p.jsonObject(t.pos)
	default:
		e = p.jsonArray(t.pos)
	}
	p.expect(")")
	return e
}

// jsonPath reads input, path, its name and variables.
func (p *parser) jsonPath() *JSONPath {
	j := &JSONPath{Pos: p.pos(), Input: p.jsonInput()}
	p.expect(",")
	j.Path = p.stringLiteral()
	if p.accept("AS") {
		j.Name = p.identifier()
	}
	if p.accept("PASSING") {
		j.Passing = list(p, p.jsonArgument)
	}
	return j
}

// jsonInput reads expression [FORMAT JSON].
func (p *parser) jsonInput() *JSONInput {
	return &JSONInput{Pos: p.pos(), Expr: p.expression(), Format: p.jsonFormat()}
}

// jsonFormat reads FORMAT JSON [ENCODING …], if it is there.
func (p *parser) jsonFormat() *JSONFormat {
	f := &JSONFormat{Pos: p.pos()}
	if !p.accept("FORMAT") {
		return nil
	}
	p.expect("JSON")
	if p.accept("ENCODING") {
		f.Encoding = p.expectAny("UTF8", "UTF16", "UTF32")
	}
	return f
}

// jsonArgument reads value AS name.
func (p *parser) jsonArgument() *JSONArgument {
	a := &JSONArgument{Pos: p.pos(), Value: p.jsonInput()}
	p.expect("AS")
	a.Name = p.identifier()
	return a
}

// jsonExists reads what stands in JSON_EXISTS(…).
func (p *parser) jsonExists(at Pos) Expression {
	e := &JSONExists{Pos: at, Path: p.jsonPath()}
	if !p.is(")") {
		e.OnError = &JSONBehavior{Pos: p.pos(), Kind: p.expectAny("TRUE", "FALSE", "UNKNOWN", "ERROR")}
		p.expect("ON", "ERROR")
	}
	return e
}

// jsonValue reads what stands in JSON_VALUE(…).
func (p *parser) jsonValue(at Pos) Expression {
	v := &JSONValue{Pos: at, Path: p.jsonPath()}
	if p.accept("RETURNING") {
		v.Returning = p.typeName()
	}
	v.OnEmpty, v.OnError = p.behaviors(p.valueBehavior)
	return v
}

// behaviors reads behaviour ON EMPTY and behaviour ON ERROR.
func (p *parser) behaviors(behavior func() *JSONBehavior) (onEmpty, onError *JSONBehavior) {
	for !p.is(")") && onError == nil && !p.failed {
		b := behavior()
		p.expect("ON")
		if onEmpty == nil && p.accept("EMPTY") {
			onEmpty = b
			continue
		}
		p.expect("ERROR")
		onError = b
	}
	return onEmpty, onError
}

// valueBehavior reads ERROR, NULL or DEFAULT expression.
func (p *parser) valueBehavior() *JSONBehavior {
	b := &JSONBehavior{Pos: p.pos(), Kind: p.expectAny("ERROR", "NULL", "DEFAULT")}
	if b.Kind == "DEFAULT" {
		b.Default = p.expression()
	}
	return b
}

// queryBehavior reads ERROR, NULL, EMPTY ARRAY or EMPTY OBJECT.
func (p *parser) queryBehavior() *JSONBehavior {
	b := &JSONBehavior{Pos: p.pos(), Kind: p.expectAny("ERROR", "NULL", "EMPTY")}
	if b.Kind == "EMPTY" {
		b.Kind += " " + p.expectAny("ARRAY", "OBJECT")
	}
	return b
}

// jsonQuery reads what stands in JSON_QUERY(…).
func (p *parser) jsonQuery(at Pos) Expression {
	q := &JSONQuery{Pos: at, Path: p.jsonPath(), Returning: p.jsonReturning()}
	if wrapper := p.acceptAny("WITHOUT", "WITH"); wrapper != "" {
		q.Wrapper = wrapper
		if wrapper == "WITH" {
			q.Wrapper = "UNCONDITIONAL"
			if p.acceptAny("CONDITIONAL", "UNCONDITIONAL") == "CONDITIONAL" {
				q.Wrapper = "CONDITIONAL"
			}
		}
		p.accept("ARRAY")
		p.expect("WRAPPER")
	}
	if q.Quotes = p.acceptAny("KEEP", "OMIT"); q.Quotes != "" {
		p.expect("QUOTES")
		if p.accept("ON") {
			p.expect("SCALAR", "STRING")
			q.ScalarString = true
		}
	}
	q.OnEmpty, q.OnError = p.behaviors(p.queryBehavior)
	return q
}

// jsonReturning reads RETURNING type [FORMAT JSON], if it is there.
func (p *parser) jsonReturning() *JSONReturning {
	r := &JSONReturning{Pos: p.pos()}
	if !p.accept("RETURNING") {
		return nil
	}
	r.Type = p.typeName()
	r.Format = p.jsonFormat()
	return r
}

// atReturning tells whether RETURNING begins its clause here.
func (p *parser) atReturning() bool {
	return p.is("RETURNING") && p.peek(1).isName() && !p.peek(1).isString() && p.peek(1).key != "VALUE"
}

// nullBehavior reads NULL ON NULL or ABSENT ON NULL, if it is there.
func (p *parser) nullBehavior() NullBehavior {
	for _, b := range []NullBehavior{NullOnNull, AbsentOnNull} {
		if p.accept(string(b[:len(b)-len(" ON NULL")]), "ON", "NULL") {
			return b
		}
	}
	return NullBehaviorNone
}

// jsonObject reads what stands in JSON_OBJECT(…).
func (p *parser) jsonObject(at Pos) Expression {
	o := &JSONObject{Pos: at}
	if !p.is(")") && !p.atReturning() {
		o.Members = list(p, p.jsonMember)
		o.Nulls = p.nullBehavior()
		if unique := p.acceptAny("WITH", "WITHOUT"); unique != "" {
			with := unique == "WITH"
			o.UniqueKeys = &with
			p.expect("UNIQUE")
			p.accept("KEYS")
		}
	}
	o.Returning = p.jsonReturning()
	return o
}

// jsonMember reads key : value or [KEY] key VALUE value. KEY may be a name.
func (p *parser) jsonMember() *JSONMember {
	m := &JSONMember{Pos: p.pos()}
	keyed := p.is("KEY") && p.attempt(func() {
		p.advance()
		m.Key = p.expression()
		p.expect("VALUE")
	})
	if !keyed {
		m.Key = p.expression()
		if !p.accept(":") {
			p.expect("VALUE")
		}
	}
	m.Value = p.jsonInput()
	return m
}

// jsonArray reads what stands in JSON_ARRAY(…).
func (p *parser) jsonArray(at Pos) Expression {
	a := &JSONArray{Pos: at}
	if !p.is(")") && !p.atReturning() {
		a.Elements = list(p, p.jsonInput)
		a.Nulls = p.nullBehavior()
	}
	a.Returning = p.jsonReturning()
	return a
}
