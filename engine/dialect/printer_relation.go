package dialect

// relation writes what FROM names.
func (p *printer) relation(r TableExpression) {
	switch r := r.(type) {
	case *Table:
		p.table(r)
	case *AliasedRelation:
		p.operandRelation(r.Relation)
		p.alias(r.Alias, r.Columns)
	case *Join:
		p.join(r)
	case *SampledRelation:
		p.aliasedRelation(r.Relation)
		p.words(" TABLESAMPLE ")
		if r.System {
			p.words("SYSTEM (")
		} else {
			p.words("BERNOULLI (")
		}
		p.expression(r.Percentage)
		p.words(")")
	case *TableSubquery:
		p.subquery(r.Query)
	case *Lateral:
		p.words("LATERAL ")
		p.subquery(r.Query)
	case *Unnest:
		p.words("UNNEST")
		inParentheses(p, r.Exprs, p.expression)
		p.when(r.WithOrdinality, " WITH ORDINALITY")
	case *TableFunction:
		p.tableFunction(r)
	case *JSONTable:
		p.words("JSON_TABLE(", r.Text, ")")
	case *PatternRecognition:
		p.aliasedRelation(r.Input)
		p.words(" MATCH_RECOGNIZE (", r.Text, ")")
		if r.Alias != nil {
			p.alias(r.Alias, r.Columns)
		}
	}
}

// table writes a table's name and the time it is read at.
func (p *printer) table(t *Table) {
	p.name(t.Name)
	if t.Period == nil {
		return
	}
	if t.Period.Version {
		p.words(" FOR VERSION AS OF ")
	} else {
		p.words(" FOR TIMESTAMP AS OF ")
	}
	p.operand(t.Period.End, concatLevel)
}

// alias writes AS name (columns).
func (p *printer) alias(name *Identifier, columns []*Identifier) {
	p.words(" AS ")
	p.identifier(name)
	p.names("", columns)
}

// operandRelation writes a relation to which something is added: in
// parentheses where it would not be taken as a whole.
func (p *printer) operandRelation(r TableExpression) {
	switch r.(type) {
	case *Join, *SampledRelation, *PatternRecognition, *AliasedRelation:
		p.words("(")
		p.relation(r)
		p.words(")")
	default:
		p.relation(r)
	}
}

// aliasedRelation writes a relation to which something is added that may
// follow an alias.
func (p *printer) aliasedRelation(r TableExpression) {
	if a, ok := r.(*AliasedRelation); ok {
		p.relation(a)
		return
	}
	p.operandRelation(r)
}

// join writes a join.
func (p *printer) join(j *Join) {
	p.relation(j.Left)
	p.when(j.Natural, " NATURAL")
	p.words(" ", string(j.Kind), " JOIN ")
	if _, ok := j.Right.(*Join); ok {
		p.words("(")
		p.relation(j.Right)
		p.words(")")
	} else {
		p.relation(j.Right)
	}
	optional(p, " ON ", j.On, p.expression)
	p.names(" USING ", j.Using)
}

// tableFunction writes TABLE(name(…)).
func (p *printer) tableFunction(f *TableFunction) {
	p.words("TABLE(")
	p.name(f.Name)
	p.words("(")
	separated(p, f.Args, func(a *TableFunctionArgument) {
		if a.Name != nil {
			p.identifier(a.Name)
			p.words(" => ")
		}
		p.words(a.Text)
		optional(p, "", a.Value, p.expression)
	})
	p.when(f.Copartition != "" && len(f.Args) > 0, " ")
	p.words(f.Copartition, "))")
}
