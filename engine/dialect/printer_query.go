package dialect

import "strconv"

// query writes a query without parentheses.
func (p *printer) query(q *Query) {
	if q.Functions != nil {
		clause(p, "WITH ", q.Functions, func(f *InlineFunction) { p.words(f.Text) })
		p.words(" ")
	}
	if q.With != nil {
		p.words("WITH ")
		p.when(q.With.Recursive, "RECURSIVE ")
		separated(p, q.With.Queries, p.namedQuery)
		p.words(" ")
	}
	p.queryBody(q.Body)
	p.orderBy(q.OrderBy)
	optional(p, " OFFSET ", q.Offset, p.rowCount)
	switch {
	case q.Limit != nil && q.Limit.All:
		p.words(" LIMIT ALL")
	case q.Limit != nil:
		p.words(" LIMIT ")
		p.rowCount(q.Limit.Count)
	case q.Fetch != nil:
		p.fetch(q.Fetch)
	}
}

// namedQuery writes a common table expression.
func (p *printer) namedQuery(n *NamedQuery) {
	p.identifier(n.Name)
	p.names("", n.Columns)
	p.words(" AS ")
	p.subquery(n.Query)
}

// subquery writes a query in parentheses.
func (p *printer) subquery(q *Query) {
	p.words("(")
	p.query(q)
	p.words(")")
}

// orderBy writes ORDER BY, if there is one.
func (p *printer) orderBy(items []*SortItem) {
	clause(p, " ORDER BY ", items, p.sortItem)
}

// sortItem writes one key of ORDER BY.
func (p *printer) sortItem(s *SortItem) {
	p.expression(s.Key)
	p.when(s.Descending, " DESC")
	p.when(s.Nulls == NullsFirst, " NULLS FIRST")
	p.when(s.Nulls == NullsLast, " NULLS LAST")
}

// rowCount writes a number of rows.
func (p *printer) rowCount(r *RowCount) {
	if r.Parameter != nil {
		p.words("?")
		return
	}
	p.words(strconv.FormatInt(r.Count, 10))
}

// fetch writes FETCH FIRST.
func (p *printer) fetch(f *Fetch) {
	p.words(" FETCH FIRST ")
	if f.Count != nil {
		p.rowCount(f.Count)
		p.words(" ")
	}
	p.words("ROWS ")
	if f.WithTies {
		p.words("WITH TIES")
	} else {
		p.words("ONLY")
	}
}

// queryBody writes a SELECT or what stands for one.
func (p *printer) queryBody(b QueryBody) {
	switch b := b.(type) {
	case *Query:
		p.subquery(b)
	case *Select:
		p.selectQuery(b)
	case *Values:
		p.words("VALUES ")
		separated(p, b.Rows, func(row Expression) {
			if b.Parenthesized {
				p.words("(")
				defer p.words(")")
			}
			p.expression(row)
		})
	case *TableQuery:
		p.words("TABLE ")
		p.name(b.Name)
	case *SetOperation:
		p.queryBody(b.Left)
		p.words(" ", string(b.Operator), " ")
		p.quantifier(b.Quantifier)
		p.queryBody(b.Right)
	}
}

// quantifier writes DISTINCT or ALL and a space.
func (p *printer) quantifier(q SetQuantifier) {
	p.when(q != QuantifierNone, string(q)+" ")
}

// selectQuery writes a SELECT.
func (p *printer) selectQuery(s *Select) {
	p.words("SELECT ")
	p.quantifier(s.Quantifier)
	separated(p, s.Items, p.selectItem)
	clause(p, " FROM ", s.From, p.relation)
	optional(p, " WHERE ", s.Where, p.expression)
	if s.GroupBy != nil {
		p.words(" GROUP BY ")
		p.quantifier(s.GroupBy.Quantifier)
		separated(p, s.GroupBy.Elements, p.groupingElement)
	}
	optional(p, " HAVING ", s.Having, p.expression)
	clause(p, " WINDOW ", s.Windows, func(w *WindowDefinition) {
		p.identifier(w.Name)
		p.words(" AS ")
		p.windowSpecification(w.Window)
	})
}

// selectItem writes one item of a SELECT list.
func (p *printer) selectItem(item SelectItem) {
	switch item := item.(type) {
	case *SingleColumn:
		p.expression(item.Expr)
		optional(p, " AS ", item.Alias, p.identifier)
	case *AllColumns:
		if item.Target != nil {
			p.base(item.Target)
			p.words(".")
		}
		p.words("*")
		p.names(" AS ", item.Aliases)
	}
}

// groupingElement writes one element of GROUP BY.
func (p *printer) groupingElement(g GroupingElement) {
	switch g := g.(type) {
	case *SimpleGroupBy:
		p.groupingSet(g.Columns)
	case *GroupingSets:
		p.words(string(g.Kind), " ")
		inParentheses(p, g.Sets, p.groupingSet)
	}
}

// groupingSet writes an expression, or a list of them in parentheses. A row
// says so, since its short form would be such a list.
func (p *printer) groupingSet(columns []Expression) {
	if len(columns) != 1 {
		inParentheses(p, columns, p.expression)
		return
	}
	if row, ok := columns[0].(*Row); ok {
		p.words("ROW")
		inParentheses(p, row.Items, p.expression)
		return
	}
	p.expression(columns[0])
}
