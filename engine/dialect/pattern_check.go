package dialect

import (
	"slices"
	"strings"
)

// canonical is a name as Trino compares the variables of patterns.
func canonical(i *Identifier) string {
	if i.Delimited {
		return i.Value
	}
	return strings.ToUpper(i.Value)
}

// shownName is a name as the statement writes it.
func shownName(i *Identifier) string {
	if i.Delimited {
		return duckName(i.Value)
	}
	return i.Value
}

// checkClauses gathers the labels and holds the clauses to Trino's
// PatternRecognitionAnalyzer, in its order; then it compiles the pattern.
func (r *recognition) checkClauses() {
	c := r.clauses
	r.gather(c.Pattern)
	if len(r.labels) > maxPatternLabels {
		r.a.refuse(c.Pattern, "a row pattern of more than %d variables", maxPatternLabels)
		return
	}
	for i, l := range r.labels {
		r.sets[l] = 1 << i
	}
	r.bound = make([]string, len(r.labels))
	primary := func(i *Identifier) bool { return slices.Contains(r.labels, canonical(i)) }
	for _, s := range c.Subsets {
		r.checkSubset(s, primary)
	}
	seen := map[string]bool{}
	for _, v := range c.Define {
		switch name := canonical(v.Name); {
		case !primary(v.Name):
			r.a.fail(v.Name, invalidLabel, "defined variable: %s is not a primary pattern variable", shownName(v.Name))
		case seen[name]:
			r.a.fail(v.Name, invalidLabel, "pattern variable with name: %s is defined twice", shownName(v.Name))
		default:
			seen[name] = true
		}
		r.checkRunning(v.Expr)
	}
	r.checkQuantifiers(c.Pattern)
	r.checkSkip()
	if c.Search != nil {
		r.a.fail(c.Search, notSupported, "Pattern search modifier: %s is not allowed in MATCH_RECOGNIZE clause", c.Search.Value)
	}
	if c.Rows == AllRowsUnmatched {
		r.checkExclusions(c.Pattern)
	}
	r.compile()
}

// gather notes the primary variables in the order in which they appear.
func (r *recognition) gather(p *RowPattern) {
	if p.Kind == LabelPattern && !slices.Contains(r.labels, canonical(p.Label)) {
		r.labels = append(r.labels, canonical(p.Label))
	}
	for _, part := range p.Parts {
		r.gather(part)
	}
}

func (r *recognition) checkSubset(s *PatternSubset, primary func(*Identifier) bool) {
	name := canonical(s.Name)
	if primary(s.Name) {
		r.a.fail(s.Name, invalidLabel, "union pattern variable name: %s is a duplicate of primary pattern variable name", shownName(s.Name))
		return
	}
	if _, twice := r.sets[name]; twice {
		r.a.fail(s.Name, invalidLabel, "union pattern variable name: %s is declared twice", shownName(s.Name))
	}
	set := int64(0)
	for _, e := range s.Elements {
		if !primary(e) {
			r.a.fail(e, invalidLabel, "subset element: %s is not a primary pattern variable", shownName(e))
			return
		}
		set |= 1 << slices.Index(r.labels, canonical(e))
	}
	r.sets[name] = set
}

// checkRunning refuses FINAL in DEFINE.
func (r *recognition) checkRunning(e Expression) {
	visitAll(e, func(n Node) bool {
		if c, ok := n.(*FunctionCall); ok && c.Mode == "FINAL" {
			r.a.fail(c, invalidProcessing, "FINAL semantics is not supported in DEFINE clause")
		}
		return true
	})
}

func (r *recognition) checkQuantifiers(p *RowPattern) {
	if p.Bounded != nil {
		hasMax := p.Max != unboundedRepeats
		switch {
		case p.HasMin && p.Min > maxPatternInteger:
			r.a.fail(p.Bounded, outOfRange, "Pattern quantifier lower bound must not exceed %d", maxPatternInteger)
		case hasMax && p.Max < 1:
			r.a.fail(p.Bounded, outOfRange, "Pattern quantifier upper bound must be greater than or equal to 1")
		case hasMax && p.Max > maxPatternInteger:
			r.a.fail(p.Bounded, outOfRange, "Pattern quantifier upper bound must not exceed %d", maxPatternInteger)
		case hasMax && p.HasMin && p.Min > p.Max:
			r.a.fail(p.Bounded, "INVALID_RANGE", "Pattern quantifier lower bound must not exceed upper bound")
		}
	}
	for _, part := range p.Parts {
		r.checkQuantifiers(part)
	}
}

func (r *recognition) checkSkip() {
	r.program.Skip = skipPastLast
	s := r.clauses.Skip
	if s == nil {
		return
	}
	r.program.Skip = s.Kind
	if s.Label == nil {
		return
	}
	set, ok := r.sets[canonical(s.Label)]
	if !ok {
		r.a.fail(s.Label, invalidLabel, "%s is not a primary or union pattern variable", shownName(s.Label))
	}
	r.program.SkipLabels = set
}

func (r *recognition) checkExclusions(p *RowPattern) {
	if p.Kind == ExcludedPattern {
		r.a.fail(p, invalidRowPattern, "Pattern exclusion syntax is not allowed when ALL ROWS PER MATCH WITH UNMATCHED ROWS is specified")
	}
	for _, part := range p.Parts {
		r.checkExclusions(part)
	}
}

// compile writes the program.
func (r *recognition) compile() {
	if r.a.err != nil {
		return
	}
	c := &patternCompiler{label: func(i *Identifier) int { return slices.Index(r.labels, canonical(i)) }}
	c.compile(r.clauses.Pattern)
	c.emit(patternStep{Op: stepDone})
	if c.tooLong {
		r.a.refuse(r.clauses.Pattern, "a row pattern this large")
	}
	r.program.Code, r.program.Rows = c.code, r.clauses.Rows
}

// checkExpression refuses what neither Trino nor vpcq has in conditions and measures.
func (r *recognition) checkExpression(e Expression) bool {
	visitAll(e, func(n Node) bool {
		switch n := n.(type) {
		case *PatternRecognition:
			r.a.fail(n, nestedRecognition, "nested row pattern recognition in row pattern recognition")
		case *WindowFrame:
			if n.Pattern != "" || n.Measures != "" {
				r.a.fail(n, nestedRecognition, "nested row pattern recognition in row pattern recognition")
			}
		}
		return true
	})
	visitAll(e, func(n Node) bool {
		switch n := n.(type) {
		case *Lambda:
			r.a.fail(n, notSupported, "Lambda expression in pattern recognition context is not yet supported")
		case *Query:
			r.a.refuse(n, "a subquery in the conditions and measures of MATCH_RECOGNIZE")
			return false
		case *FunctionCall:
			r.checkCall(n)
		case *ListAgg:
			r.a.fail(n, notSupported, "Cannot use ORDER BY with listagg aggregate function in pattern recognition context")
		}
		return r.a.err == nil
	})
	return r.a.err == nil
}

func (r *recognition) checkCall(c *FunctionCall) {
	if callName(c) == "try" && len(c.Name.Parts) == 1 {
		r.a.fail(c, notSupported, "TRY expression in pattern recognition context is not yet supported")
	}
}
