package dialect

// selectQuery reads SELECT up to its windows.
func (p *parser) selectQuery() *Select {
	s := &Select{Pos: p.pos()}
	p.expect("SELECT")
	s.Quantifier = p.quantifier()
	s.Items = list(p, p.selectItem)
	if p.accept("FROM") {
		s.From = list(p, p.relation)
	}
	if p.accept("WHERE") {
		s.Where = p.expression()
	}
	if p.is("GROUP") {
		s.GroupBy = p.groupBy()
	}
	if p.accept("HAVING") {
		s.Having = p.expression()
	}
	if p.accept("WINDOW") {
		s.Windows = list(p, p.windowDefinition)
	}
	return s
}

// quantifier reads DISTINCT or ALL before an expression. ALL may be a name:
// it is one unless an expression follows.
func (p *parser) quantifier() SetQuantifier {
	if p.accept("DISTINCT") {
		return QuantifierDistinct
	}
	if p.is("ALL") && p.beginsOperand(1) {
		p.advance()
		return QuantifierAll
	}
	return QuantifierNone
}

// beginsOperand tells whether the n-th token from here begins an expression
// (or the star of SELECT *) rather than going on with the one before it.
func (p *parser) beginsOperand(n int) bool {
	t := p.peek(n)
	switch t.kind {
	case endOfInput, unrecognized:
		return false
	case symbol:
		if t.key == "*" {
			after := p.peek(n + 1)
			return after.kind == endOfInput || after.key == "," || after.key == "FROM" || after.key == ")"
		}
		return t.key == "(" || t.key == "+" || t.key == "-" || t.key == "?"
	case keyWord:
		return !reserved[t.key] || beginsExpression[t.key]
	}
	return true
}

// beginsExpression is the set of reserved words an expression can begin with.
var beginsExpression = wordSet(`NOT NULL CASE CAST EXISTS EXTRACT TRUE FALSE TRIM NORMALIZE GROUPING LISTAGG
	CURRENT_CATALOG CURRENT_DATE CURRENT_PATH CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER
	LOCALTIME LOCALTIMESTAMP JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_VALUE`)

// selectItem reads one item of a SELECT list.
func (p *parser) selectItem() SelectItem {
	at, start := p.pos(), p.next
	if p.accept("*") {
		return &AllColumns{Pos: at}
	}
	e := p.expression()
	if !p.follows(".", "*") {
		return &SingleColumn{Pos: at, Expr: e, Alias: p.acceptAlias()}
	}
	if p.primary != (span{start, p.next}) {
		p.fail()
	}
	p.expect(".", "*")
	all := &AllColumns{Pos: at, Target: e}
	if p.accept("AS") {
		all.Aliases = parenthesized(p, p.identifier)
	}
	return all
}

// groupBy reads GROUP BY.
func (p *parser) groupBy() *GroupBy {
	g := &GroupBy{Pos: p.pos()}
	p.expect("GROUP", "BY")
	if p.is("ALL") && (p.peek(1).key == "ROLLUP" || p.peek(1).key == "CUBE") {
		g.Quantifier = SetQuantifier(p.advance().key)
	} else {
		g.Quantifier = p.quantifier()
	}
	g.Elements = list(p, p.groupingElement)
	return g
}

// groupingElement reads one element of GROUP BY.
func (p *parser) groupingElement() GroupingElement {
	at := p.pos()
	g := &GroupingSets{Pos: at}
	switch {
	case p.accept("ROLLUP"):
		g.Kind = Rollup
	case p.accept("CUBE"):
		g.Kind = Cube
	case p.accept("GROUPING", "SETS"):
		g.Kind = Explicit
	default:
		return &SimpleGroupBy{Pos: at, Columns: p.groupingSet()}
	}
	if g.Kind != Explicit && p.accept("(", ")") {
		return g
	}
	g.Sets = parenthesized(p, p.groupingSet)
	return g
}

// groupingSet reads an expression, or a list of them in parentheses.
func (p *parser) groupingSet() []Expression {
	start := p.pos()
	if p.is("(") && p.peek(1).key == ")" && p.peek(2).key != "->" {
		p.expect("(", ")")
		return nil
	}
	bare := p.is("(")
	e := p.expression()
	if row, ok := e.(*Row); ok && bare && row.Pos == start {
		return row.Items
	}
	return []Expression{e}
}

// windowDefinition reads name AS (specification).
func (p *parser) windowDefinition() *WindowDefinition {
	w := &WindowDefinition{Pos: p.pos(), Name: p.identifier()}
	p.expect("AS", "(")
	w.Window = p.windowSpecification()
	p.expect(")")
	return w
}
