package dialect

// patternClauses reads what stands between the parentheses of MATCH_RECOGNIZE,
// which the grammar has found right before.
func (p *parser) patternClauses() *PatternClauses {
	c := &PatternClauses{Pos: p.pos(), Rows: OneRow}
	if p.accept("PARTITION", "BY") {
		c.PartitionBy = list(p, p.expression)
	}
	c.OrderBy = p.orderBy()
	if p.accept("MEASURES") {
		c.Measures = list(p, p.patternMeasure)
	}
	c.Rows = p.rowsPerMatch()
	if p.is("AFTER") {
		c.Skip = p.patternSkip()
	}
	if p.is("INITIAL", "SEEK") {
		t := p.advance()
		c.Search = &Identifier{Pos: t.pos, Value: t.key}
	}
	p.expect("PATTERN", "(")
	c.Pattern = p.rowPattern()
	p.expect(")")
	if p.accept("SUBSET") {
		c.Subsets = list(p, p.patternSubset)
	}
	p.expect("DEFINE")
	c.Define = list(p, p.patternVariable)
	return c
}

func (p *parser) patternMeasure() *PatternMeasure {
	m := &PatternMeasure{Pos: p.pos(), Expr: p.expression()}
	p.expect("AS")
	m.Name = p.identifier()
	return m
}

func (p *parser) patternSubset() *PatternSubset {
	s := &PatternSubset{Pos: p.pos(), Name: p.identifier()}
	p.expect("=")
	s.Elements = parenthesized(p, p.identifier)
	return s
}

func (p *parser) patternVariable() *PatternVariable {
	v := &PatternVariable{Pos: p.pos(), Name: p.identifier()}
	p.expect("AS")
	v.Expr = p.expression()
	return v
}

func (p *parser) rowsPerMatch() RowsPerMatch {
	if p.accept("ONE", "ROW", "PER", "MATCH") || !p.accept("ALL", "ROWS", "PER", "MATCH") {
		return OneRow
	}
	switch {
	case p.accept("OMIT", "EMPTY", "MATCHES"):
		return AllRowsOmitEmpty
	case p.accept("WITH", "UNMATCHED", "ROWS"):
		return AllRowsUnmatched
	}
	p.accept("SHOW", "EMPTY", "MATCHES")
	return AllRowsShowEmpty
}

func (p *parser) patternSkip() *PatternSkip {
	s := &PatternSkip{Pos: p.pos()}
	p.expect("AFTER", "MATCH", "SKIP")
	switch {
	case p.accept("PAST", "LAST", "ROW"):
		s.Kind = skipPastLast
	case p.accept("TO", "NEXT", "ROW"):
		s.Kind = skipToNext
	default:
		p.expect("TO")
		s.Kind = skipToLast
		// FIRST and LAST may themselves be labels.
		if p.is(skipToFirst, skipToLast) && p.peek(1).isName() && (p.peek(1).key != "PATTERN" || p.peek(2).key != "(") {
			s.Kind = p.advance().key
		}
		s.Label = p.identifier()
	}
	return s
}

// rowPattern reads an alternation of sequences.
func (p *parser) rowPattern() *RowPattern {
	p.enter()
	defer p.exit()
	at := p.pos()
	parts := []*RowPattern{p.patternSequence()}
	for p.accept("|") {
		parts = append(parts, p.patternSequence())
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return &RowPattern{Pos: at, Kind: AlternationPattern, Parts: parts}
}

func (p *parser) patternSequence() *RowPattern {
	at := p.pos()
	parts := []*RowPattern{p.patternFactor()}
	for !p.failed && !p.is("|", ")", ",", "-}") && p.cur().kind != endOfInput {
		parts = append(parts, p.patternFactor())
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return &RowPattern{Pos: at, Kind: SequencePattern, Parts: parts}
}

// patternFactor reads a pattern and how often it is to come.
func (p *parser) patternFactor() *RowPattern {
	q := &RowPattern{Pos: p.pos(), Kind: RepeatedPattern, Max: unboundedRepeats}
	primary := p.patternPrimary()
	at := p.pos()
	switch {
	case p.accept("*"):
	case p.accept("+"):
		q.Min = 1
	case p.accept("?"):
		q.Max = 1
	case p.accept("{"):
		q.Bounded = &at
		p.patternBounds(q)
	default:
		return primary
	}
	q.Parts, q.Reluctant = []*RowPattern{primary}, p.accept("?")
	return q
}

// patternBounds reads {n}, {n,}, {,m}, {n,m} and {,} after the brace.
func (p *parser) patternBounds(q *RowPattern) {
	if q.HasMin = p.cur().kind == integerToken; q.HasMin {
		q.Min = p.integerToken()
	}
	if !p.accept(",") {
		q.Max = q.Min
	} else if p.cur().kind == integerToken {
		q.Max = p.integerToken()
	}
	p.expect("}")
}

func (p *parser) patternPrimary() *RowPattern {
	r := &RowPattern{Pos: p.pos()}
	switch {
	case p.accept("^"):
		r.Kind = StartPattern
	case p.accept("$"):
		r.Kind = EndPattern
	case p.accept("(", ")"):
		r.Kind = EmptyPattern
	case p.accept("{-"):
		r.Kind, r.Parts = ExcludedPattern, []*RowPattern{p.rowPattern()}
		p.expect("-}")
	case p.is("PERMUTE") && p.peek(1).key == "(":
		p.advance()
		r.Kind, r.Parts = PermutationPattern, parenthesized(p, p.rowPattern)
	case p.accept("("):
		r = p.rowPattern()
		p.expect(")")
	default:
		r.Kind, r.Label = LabelPattern, p.identifier()
	}
	return r
}
