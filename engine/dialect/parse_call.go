package dialect

// atCall tells whether a dotted name and a parenthesis stand here, perhaps
// after RUNNING or FINAL.
func (p *parser) atCall() bool {
	n := 0
	if p.is("RUNNING", "FINAL") && p.peek(1).isName() {
		n = 1
	}
	for n++; p.peek(n).key == "." && p.peek(n+1).isName(); n += 2 {
	}
	return p.peek(n).key == "("
}

// call reads a function call.
func (p *parser) call() Expression {
	f := &FunctionCall{Pos: p.pos()}
	if p.is("RUNNING", "FINAL") && p.peek(1).isName() {
		f.Mode = p.advance().key
	}
	f.Name = p.qualifiedName()
	p.expect("(")
	p.arguments(f)
	p.callRest(f)
	return f
}

// arguments reads what stands between the parentheses of a call.
func (p *parser) arguments(f *FunctionCall) {
	switch {
	case p.accept("*"):
		f.Star = true
	case p.cur().isName() && p.peek(1).key == "." && p.peek(2).key == "*":
		f.Star, f.StarLabel = true, p.identifier()
		p.expect(".", "*")
	default:
		f.Quantifier = p.quantifier()
		if f.Quantifier != QuantifierNone || p.seed() != nil || !p.is(")", "ORDER") {
			f.Args = list(p, p.expression)
		}
		f.OrderBy = p.orderBy()
	}
	p.expect(")")
}

// callRest reads FILTER, IGNORE NULLS and OVER.
func (p *parser) callRest(f *FunctionCall) {
	f.Filter = p.filter()
	for _, t := range []NullTreatment{IgnoreNulls, RespectNulls} {
		if !f.Star && p.is(string(t[:len(t)-len(" NULLS")])) && p.peek(1).key == "NULLS" && p.peek(2).key == "OVER" {
			p.advance()
			p.advance()
			f.NullTreatment = t
		}
	}
	if p.is("OVER") && (p.peek(1).key == "(" || p.peek(1).isName()) {
		f.Over = p.over()
	}
}

// filter reads FILTER (WHERE …), if it is there.
func (p *parser) filter() Expression {
	if !p.accept("FILTER", "(") {
		return nil
	}
	p.expect("WHERE")
	e := p.expression()
	p.expect(")")
	return e
}

// over reads OVER name or OVER (specification).
func (p *parser) over() *Window {
	w := &Window{Pos: p.pos()}
	p.expect("OVER")
	if !p.accept("(") {
		w.Name = p.identifier()
		return w
	}
	w.Specification = p.windowSpecification()
	p.expect(")")
	return w
}

// windowSpecification reads what stands in the parentheses of a window.
func (p *parser) windowSpecification() *WindowSpecification {
	w := &WindowSpecification{Pos: p.pos()}
	if p.cur().isName() && !p.atWindowClause() {
		w.Base = p.identifier()
	}
	if p.accept("PARTITION") {
		p.expect("BY")
		w.PartitionBy = list(p, p.expression)
	}
	w.OrderBy = p.orderBy()
	if !p.is(")") {
		w.Frame = p.windowFrame()
	}
	return w
}

// atWindowClause tells whether the key word here begins a clause of a window
// rather than being the name of one.
func (p *parser) atWindowClause() bool {
	after := p.peek(1).key
	switch p.cur().key {
	case "PARTITION":
		return after == "BY"
	case "ROWS", "RANGE", "GROUPS", "MEASURES":
		return after != ")" && after != "ORDER" && !p.follows(p.cur().key, "PARTITION", "BY")
	}
	return false
}

// windowFrame reads a frame; what row pattern recognition adds to it is read
// by the grammar alone.
func (p *parser) windowFrame() *WindowFrame {
	f := &WindowFrame{Pos: p.pos()}
	if p.is("MEASURES") {
		f.Measures = p.raw("measures")
	}
	f.Unit = FrameUnit(p.expectAny("ROWS", "RANGE", "GROUPS"))
	if p.accept("BETWEEN") {
		f.Start = p.frameBound()
		p.expect("AND")
		f.End = p.frameBound()
	} else {
		f.Start = p.frameBound()
	}
	if !p.is(")") {
		f.Pattern = p.raw("framePattern")
	}
	return f
}

// frameBound reads one end of a frame.
func (p *parser) frameBound() *FrameBound {
	b := &FrameBound{Pos: p.pos()}
	switch {
	case p.accept("UNBOUNDED", "PRECEDING"):
		b.Kind = UnboundedPreceding
	case p.accept("UNBOUNDED", "FOLLOWING"):
		b.Kind = UnboundedFollowing
	case p.accept("CURRENT", "ROW"):
		b.Kind = CurrentRow
	default:
		b.Value = p.expression()
		b.Kind = FrameBoundKind(p.expectAny("PRECEDING", "FOLLOWING"))
	}
	return b
}

// newCall is a call of a plain function, for syntax that Trino turns into one.
func newCall(at Pos, name string, args ...Expression) *FunctionCall {
	parts := []*Identifier{{Pos: at, Value: name}}
	return &FunctionCall{Pos: at, Name: &QualifiedName{Pos: at, Parts: parts}, Args: args}
}
