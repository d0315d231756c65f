package dialect

// json writes one of the JSON functions of standard SQL.
func (p *printer) json(e Expression) {
	switch e := e.(type) {
	case *JSONExists:
		p.words("JSON_EXISTS(")
		p.jsonPath(e.Path)
		p.behavior(e.OnError, "ERROR")
	case *JSONValue:
		p.words("JSON_VALUE(")
		p.jsonPath(e.Path)
		optional(p, " RETURNING ", e.Returning, p.typeName)
		p.behavior(e.OnEmpty, "EMPTY")
		p.behavior(e.OnError, "ERROR")
	case *JSONQuery:
		p.jsonQuery(e)
	case *JSONObject:
		p.jsonObject(e)
	case *JSONArray:
		p.words("JSON_ARRAY(")
		separated(p, e.Elements, p.jsonInput)
		p.when(e.Nulls != NullBehaviorNone, " "+string(e.Nulls))
		p.returning(e.Returning)
	}
	p.words(")")
}

// jsonPath writes input, path, its name and variables.
func (p *printer) jsonPath(j *JSONPath) {
	p.jsonInput(j.Input)
	p.words(", ")
	p.text(j.Path)
	optional(p, " AS ", j.Name, p.identifier)
	clause(p, " PASSING ", j.Passing, func(a *JSONArgument) {
		p.jsonInput(a.Value)
		p.words(" AS ")
		p.identifier(a.Name)
	})
}

// jsonInput writes expression [FORMAT JSON].
func (p *printer) jsonInput(i *JSONInput) {
	p.expression(i.Expr)
	p.jsonFormat(i.Format)
}

// jsonFormat writes FORMAT JSON, if it is there.
func (p *printer) jsonFormat(f *JSONFormat) {
	if f != nil {
		p.words(" FORMAT JSON")
		p.when(f.Encoding != "", " ENCODING "+f.Encoding)
	}
}

// behavior writes behaviour ON event, if it is there.
func (p *printer) behavior(b *JSONBehavior, event string) {
	if b != nil {
		p.words(" ", b.Kind)
		optional(p, " ", b.Default, p.expression)
		p.words(" ON ", event)
	}
}

// returning writes RETURNING, if it is there.
func (p *printer) returning(r *JSONReturning) {
	if r != nil {
		p.words(" RETURNING ")
		p.typeName(r.Type)
		p.jsonFormat(r.Format)
	}
}

// jsonQuery writes JSON_QUERY up to its last parenthesis.
func (p *printer) jsonQuery(q *JSONQuery) {
	p.words("JSON_QUERY(")
	p.jsonPath(q.Path)
	p.returning(q.Returning)
	switch q.Wrapper {
	case "":
	case "WITHOUT":
		p.words(" WITHOUT WRAPPER")
	default:
		p.words(" WITH ", q.Wrapper, " WRAPPER")
	}
	if q.Quotes != "" {
		p.words(" ", q.Quotes, " QUOTES")
		p.when(q.ScalarString, " ON SCALAR STRING")
	}
	p.behavior(q.OnEmpty, "EMPTY")
	p.behavior(q.OnError, "ERROR")
}

// jsonObject writes JSON_OBJECT up to its last parenthesis.
func (p *printer) jsonObject(o *JSONObject) {
	p.words("JSON_OBJECT(")
	separated(p, o.Members, func(m *JSONMember) {
		p.expression(m.Key)
		p.words(" : ")
		p.jsonInput(m.Value)
	})
	p.when(o.Nulls != NullBehaviorNone, " "+string(o.Nulls))
	if o.UniqueKeys != nil {
		p.words(" WITH")
		p.when(!*o.UniqueKeys, "OUT")
		p.words(" UNIQUE KEYS")
	}
	p.returning(o.Returning)
}
