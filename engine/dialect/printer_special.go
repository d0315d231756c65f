package dialect

import "fmt"

// special writes an expression if it is a call or has a syntax of its own.
func (p *printer) special(e Expression) bool {
	switch e := e.(type) {
	case *FunctionCall:
		p.call(e)
	case *Measure:
		p.identifier(e.Name)
		p.over(e.Over)
	case *ListAgg:
		p.listAgg(e)
	case *Row:
		p.when(len(e.Items) == 1, "ROW")
		inParentheses(p, e.Items, p.expression)
	case *Array:
		p.words("ARRAY[")
		separated(p, e.Elements, p.expression)
		p.words("]")
	case *Subquery:
		p.subquery(e.Query)
	case *Exists:
		p.words("EXISTS ")
		p.subquery(e.Query)
	case *Case:
		p.caseExpression(e)
	case *Cast:
		p.when(e.Try, "TRY_")
		p.words("CAST(")
		p.expression(e.Expr)
		p.words(" AS ")
		p.typeName(e.Type)
		p.words(")")
	case *Current:
		p.words(e.Name)
		if e.Precision != nil {
			fmt.Fprintf(p, "(%d)", *e.Precision)
		}
	case *Trim:
		p.trim(e)
	case *Normalize:
		p.words("NORMALIZE(")
		p.operand(e.Value, concatLevel)
		p.when(e.Form != "", ", "+e.Form)
		p.words(")")
	case *Extract:
		p.words("EXTRACT(")
		p.identifier(e.Field)
		p.words(" FROM ")
		p.operand(e.Value, concatLevel)
		p.words(")")
	case *Grouping:
		p.words("GROUPING")
		inParentheses(p, e.Columns, p.name)
	default:
		return false
	}
	return true
}

// call writes a function call.
func (p *printer) call(f *FunctionCall) {
	p.when(f.Mode != "", f.Mode+" ")
	p.name(f.Name)
	p.words("(")
	if f.StarLabel != nil {
		p.identifier(f.StarLabel)
		p.words(".")
	}
	p.when(f.Star, "*")
	p.quantifier(f.Quantifier)
	separated(p, f.Args, p.expression)
	p.when(len(f.Args) > 0 && f.OrderBy != nil, " ")
	clause(p, "ORDER BY ", f.OrderBy, p.sortItem)
	p.words(")")
	p.filter(f.Filter)
	p.when(f.NullTreatment != NullTreatmentNone, " "+string(f.NullTreatment))
	if f.Over != nil {
		p.over(f.Over)
	}
}

// filter writes FILTER, if there is one.
func (p *printer) filter(e Expression) {
	if e != nil {
		p.words(" FILTER (WHERE ")
		p.expression(e)
		p.words(")")
	}
}

// over writes OVER and its window.
func (p *printer) over(w *Window) {
	p.words(" OVER ")
	if w.Name != nil {
		p.identifier(w.Name)
		return
	}
	p.windowSpecification(w.Specification)
}

// windowSpecification writes a window in parentheses.
func (p *printer) windowSpecification(w *WindowSpecification) {
	inner := &printer{}
	optional(inner, "", w.Base, inner.identifier)
	clause(inner, " PARTITION BY ", w.PartitionBy, inner.expression)
	inner.orderBy(w.OrderBy)
	if w.Frame != nil {
		inner.frame(w.Frame)
	}
	text := inner.String()
	if text != "" && text[0] == ' ' {
		text = text[1:]
	}
	p.words("(", text, ")")
}

// frame writes a window's frame.
func (p *printer) frame(f *WindowFrame) {
	p.when(f.Measures != "", " "+f.Measures)
	p.words(" ", string(f.Unit), " ")
	if f.End == nil {
		p.bound(f.Start)
	} else {
		p.words("BETWEEN ")
		p.bound(f.Start)
		p.words(" AND ")
		p.bound(f.End)
	}
	p.when(f.Pattern != "", " "+f.Pattern)
}

// bound writes one end of a frame.
func (p *printer) bound(b *FrameBound) {
	if b.Value != nil {
		p.expression(b.Value)
		p.words(" ")
	}
	p.words(string(b.Kind))
}

// listAgg writes LISTAGG.
func (p *printer) listAgg(l *ListAgg) {
	p.words("LISTAGG(")
	p.quantifier(l.Quantifier)
	p.expression(l.Expr)
	optional(p, ", ", l.Separator, p.text)
	switch o := l.Overflow; {
	case o == nil:
	case !o.Truncate:
		p.words(" ON OVERFLOW ERROR")
	default:
		p.words(" ON OVERFLOW TRUNCATE")
		optional(p, " ", o.Filler, p.text)
		p.words(" WITH")
		p.when(!o.WithCount, "OUT")
		p.words(" COUNT")
	}
	p.words(") WITHIN GROUP (")
	clause(p, "ORDER BY ", l.OrderBy, p.sortItem)
	p.words(")")
	p.filter(l.Filter)
}

// caseExpression writes CASE.
func (p *printer) caseExpression(c *Case) {
	p.words("CASE")
	optional(p, " ", c.Operand, p.expression)
	for _, w := range c.Whens {
		p.words(" WHEN ")
		p.expression(w.Condition)
		p.words(" THEN ")
		p.expression(w.Result)
	}
	optional(p, " ELSE ", c.Else, p.expression)
	p.words(" END")
}

// trim writes TRIM.
func (p *printer) trim(t *Trim) {
	p.words("TRIM(")
	p.when(t.Kind != TrimDefault, string(t.Kind)+" ")
	if t.Chars != nil {
		p.operand(t.Chars, concatLevel)
		p.words(" ")
	}
	p.when(t.Kind != TrimDefault || t.Chars != nil, "FROM ")
	p.operand(t.Value, concatLevel)
	p.words(")")
}

// typeName writes a type.
func (p *printer) typeName(t TypeName) {
	switch t := t.(type) {
	case *GenericType:
		p.identifier(t.Name)
		if t.Args != nil {
			inParentheses(p, t.Args, p.typeArgument)
		}
	case *RowType:
		p.words("ROW")
		inParentheses(p, t.Fields, func(f RowField) {
			if f.Name != nil {
				p.identifier(f.Name)
				p.words(" ")
			}
			p.typeName(f.Type)
		})
	case *DateTimeType:
		if t.Timestamp {
			p.words("TIMESTAMP")
		} else {
			p.words("TIME")
		}
		if t.Precision != nil {
			inParentheses(p, []TypeArgument{*t.Precision}, p.typeArgument)
		}
		p.when(t.WithTimeZone, " WITH TIME ZONE")
	case *IntervalType:
		p.words("INTERVAL ")
		p.intervalFields(t.From, t.To)
	}
}

// typeArgument writes a number or a type.
func (p *printer) typeArgument(a TypeArgument) {
	if a.Type == nil {
		p.words(a.Number)
		return
	}
	p.typeName(a.Type)
}
