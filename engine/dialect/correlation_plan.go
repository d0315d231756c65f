package dialect

// planDrawer draws up the plan of a subquery that has been analysed.
type planDrawer struct {
	a       *analyzer
	names   map[Node]bool // those that refer to the query around
	further map[Node]bool // those that refer to queries further out
}

// query draws up the plan of a query. EXISTS needs no columns of it.
func (d *planDrawer) query(q *Query, use subqueryUse) *subqueryPlan {
	p := &subqueryPlan{unsure: q.With != nil && d.reachesIn(q.With)}
	switch body := q.Body.(type) {
	case *Select:
		d.selection(p, d.a.selections[body], q, use)
	case *Values:
		p.nothing = len(body.Rows) == 1 // Trino plans one row as what is computed of nothing
		p.reaches = !p.nothing && d.reachesIn(body)
	case *SetOperation:
		p.reaches = d.reachesIn(body)
	default:
		p.unsure = true
	}
	return p
}

// selection draws up the steps of a SELECT.
func (d *planDrawer) selection(p *subqueryPlan, s *selection, q *Query, use subqueryUse) {
	node := s.node
	p.nothing = len(node.From) == 0
	d.from(p, s, use)
	d.filter(p, node.Where, s)
	if s.isGrouped() {
		d.grouping(p, s)
		d.filter(p, node.Having, s)
	}
	if s.scope.calls.windows > 0 {
		p.add(planStep{kind: opaqueStep})
	}
	items := d.items(p, s, use)
	limit, limited := d.limit(p, s, q)
	switch {
	case s.distinct:
		p.add(items)
		p.add(planStep{kind: groupStep, keys: items.columns})
	case limited && !items.correlated:
		p.add(limit) // Trino puts it below what SELECT computes
		limited = false
	}
	if limited {
		p.add(limit)
	}
	if !s.distinct && !p.yields(items) {
		p.add(items)
	}
}

func (p *subqueryPlan) add(s planStep) { p.steps = append(p.steps, s) }

// yields reports whether the plan ends with a grouping whose columns are those of
// a projection, which then is none.
func (p *subqueryPlan) yields(items planStep) bool {
	n := len(p.steps)
	if n == 0 || !p.steps[n-1].isDistinct() || items.correlated {
		return false
	}
	keys := p.steps[n-1].keys
	return keys.holds(items.columns) && items.columns.holds(keys)
}

// reachesIn reports whether a name within a node refers to a query around.
func (d *planDrawer) reachesIn(n Node) bool {
	found := false
	visitAll(n, func(n Node) bool {
		found = found || d.names[n] || d.further[n]
		return !found
	})
	return found
}

// reading is what an expression reads.
type reading struct {
	correlated bool      // columns of the query around
	columns    columnSet // of the subquery
	nested     []*Query
	changes    bool // it has another value each time
}

// read says what an expression of a SELECT reads, queries within it apart.
func (d *planDrawer) read(e Expression, s *selection) reading {
	r := reading{columns: columnSet{}}
	visitAll(e, func(n Node) bool {
		if q, ok := n.(*Query); ok {
			r.nested = append(r.nested, q)
			return false
		}
		if call, ok := n.(*FunctionCall); ok {
			r.changes = r.changes || volatile[callName(call)]
		}
		r.correlated = r.correlated || d.names[n]
		if column, ok := n.(Expression); ok && s.scope.local[column] {
			r.columns[s.scope.terms[column].sql] = true
		}
		return true
	})
	return r
}

// from draws up what the rows of FROM hang on.
func (d *planDrawer) from(p *subqueryPlan, s *selection, use subqueryUse) {
	relations := s.node.From
	for _, r := range relations {
		if q, ok := unaliased(r).(*TableSubquery); ok && len(relations) == 1 && d.query(q.Query, asRows).isExpression() {
			p.nothing = true
			return
		}
		switch {
		case !d.reachesIn(r):
		case len(relations) > 1:
			d.side(p, r)
		default:
			d.relation(p, r, s, use)
		}
	}
}

// relation draws up a relation that is all of FROM and reaches out of the subquery.
func (d *planDrawer) relation(p *subqueryPlan, r TableExpression, s *selection, use subqueryUse) {
	switch r := unaliased(r).(type) {
	case *TableSubquery:
		inner := d.query(r.Query, asRows)
		p.reaches = inner.reaches && !inner.unsure
		p.unsure = p.unsure || !p.reaches
	case *Join:
		d.side(p, r.Left)
		d.side(p, r.Right)
		switch {
		case r.On == nil:
		case r.Kind == InnerJoin:
			d.filter(p, r.On, s)
		default:
			p.reaches = p.reaches || d.reachesIn(r.On)
		}
	case *Unnest: // DecorrelateUnnest takes no filter above it, and joins alone
		p.reaches = s.node.Where != nil || use == asSet
		p.unsure = p.unsure || !p.reaches
	default:
		p.unsure = true
	}
}

// side draws up a side of a join.
func (d *planDrawer) side(p *subqueryPlan, r TableExpression) {
	if !d.reachesIn(r) {
		return
	}
	switch unaliased(r).(type) {
	case *Unnest, *Lateral:
		p.unsure = true
	default:
		p.reaches = true
	}
}

// filter draws up a condition, which may be nil.
func (d *planDrawer) filter(p *subqueryPlan, condition Expression, s *selection) {
	if condition == nil {
		return
	}
	step := planStep{kind: filterStep, free: columnSet{}, constant: columnSet{}, columns: d.used(s)}
	for _, c := range conjuncts(condition) {
		r := d.read(c, s)
		for _, q := range r.nested {
			p.reaches = p.reaches || d.reachesIn(q)
			p.unsure = p.unsure || len(s.node.From) == 0
		}
		if !r.correlated {
			continue
		}
		step.correlated = true
		step.free.add(r.columns)
		d.fix(step.constant, c, s)
		p.unsure = p.unsure || len(s.node.From) == 0 || !isComparison(c)
	}
	p.add(step)
}

// isComparison reports whether Trino leaves a condition as it is written.
func isComparison(e Expression) bool {
	switch e.(type) {
	case *Comparison, *IsNull, *Like, *FunctionCall, *DistinctFrom:
		return true
	}
	return false
}

// conjuncts takes the terms of AND apart.
func conjuncts(e Expression) []Expression {
	l, ok := e.(*Logical)
	if !ok || l.Or {
		return []Expression{e}
	}
	var all []Expression
	for _, term := range l.Terms {
		all = append(all, conjuncts(term)...)
	}
	return all
}

// fix notes the column that an equality with what the query around says fixes.
func (d *planDrawer) fix(constant columnSet, e Expression, s *selection) {
	c, ok := e.(*Comparison)
	if !ok || c.Operator != Equal {
		return
	}
	common, _ := commonType(s.scope.terms[c.Left].typ, s.scope.terms[c.Right].typ)
	for _, sides := range [][2]Expression{{c.Left, c.Right}, {c.Right, c.Left}} {
		column, other := sides[0], d.read(sides[1], s)
		if cast, ok := column.(*Cast); ok && s.scope.terms[cast].typ.Equal(common) {
			column = cast.Expr
		}
		t := s.scope.terms[column]
		if s.scope.local[column] && columnSQL.MatchString(t.sql) && injective(t.typ, common) &&
			len(other.columns) == 0 && len(other.nested) == 0 && !other.changes {
			constant[t.sql] = true
		}
	}
}

// used gives the columns of FROM that the SELECT reads.
func (d *planDrawer) used(s *selection) columnSet {
	columns := columnSet{}
	for e := range s.scope.local {
		if t := s.scope.terms[e]; t.sql != "" {
			columns[t.sql] = true
		}
	}
	for _, item := range s.items {
		if item.node == nil {
			columns[item.term.sql] = true
		}
	}
	return columns
}

// grouping draws up GROUP BY and the aggregates.
func (d *planDrawer) grouping(p *subqueryPlan, s *selection) {
	for _, e := range s.scope.calls.aggregates {
		r := d.read(e, s)
		p.unsure = p.unsure || len(r.nested) > 0
		if r.correlated {
			p.unsure = p.unsure || len(r.columns) == 0
			p.add(planStep{kind: projectStep, correlated: true})
		}
	}
	step := planStep{kind: groupStep, keys: columnSet{}, columns: columnSet{}, aggregates: len(s.scope.calls.aggregates) > 0}
	if step.aggregates {
		step.columns["aggregates"] = true
	}
	keys, simple := d.keys(s)
	switch {
	case !simple:
		step.kind = opaqueStep
	case len(keys) == 0:
		step.kind = globalStep
	}
	for _, key := range keys {
		r := d.read(key, s)
		p.unsure = p.unsure || r.correlated || len(r.nested) > 0
		step.keys[s.scope.terms[key].sql] = true
	}
	p.add(step)
}

// keys gives the expressions of GROUP BY, and whether they make one grouping set.
func (d *planDrawer) keys(s *selection) (keys []Expression, simple bool) {
	if s.node.GroupBy == nil {
		return nil, true
	}
	for _, element := range s.node.GroupBy.Elements {
		switch element := element.(type) {
		case *SimpleGroupBy:
			for _, e := range element.Columns {
				if n, ok := e.(*IntegerLiteral); ok {
					e = s.items[n.Value-1].node
				}
				if e == nil { // a column of *
					return nil, false
				}
				keys = append(keys, e)
			}
		case *GroupingSets:
			return nil, false
		}
	}
	return keys, true
}

// items draws up the SELECT list.
func (d *planDrawer) items(p *subqueryPlan, s *selection, use subqueryUse) planStep {
	step := planStep{kind: projectStep, columns: columnSet{}}
	for i, item := range s.items {
		if item.node == nil || s.scope.local[item.node] {
			step.columns[item.term.sql] = true
			continue
		}
		r := d.read(item.node, s)
		if len(r.nested) > 0 { // joined to the rows, even where it is correlated with nothing
			p.unsure = p.unsure || use == asExistence
			p.add(planStep{kind: opaqueStep})
		}
		step.correlated = step.correlated || r.correlated && (use != asExistence || s.distinct)
		step.columns["item "+itoa(i)] = true
	}
	return step
}

// limit draws up ORDER BY, OFFSET and LIMIT; an order alone is nothing.
func (d *planDrawer) limit(p *subqueryPlan, s *selection, q *Query) (step planStep, limited bool) {
	step = planStep{kind: limitStep, count: -1}
	switch {
	case q.Limit != nil && !q.Limit.All:
		step.count = d.a.rowCount(q.Limit.Count)
	case q.Fetch != nil && q.Fetch.Count != nil:
		step.count = d.a.rowCount(q.Fetch.Count)
	case q.Fetch != nil:
		step.count = 1
	}
	if len(q.OrderBy) > 0 {
		step.kind = topStep
	}
	for _, key := range q.OrderBy {
		r := d.read(key.Key, s)
		p.unsure = p.unsure || r.correlated || len(r.nested) > 0
	}
	switch {
	case q.hasTies(), q.Offset != nil && d.a.rowCount(q.Offset) > 0:
		return planStep{kind: opaqueStep}, true
	case step.count < 0, step.count > 0 && s.isGrouped() && s.node.GroupBy == nil:
		return step, false
	}
	// A limit of what is distinct has a step of its own in Trino.
	p.unsure = p.unsure || step.kind == limitStep && s.distinct
	return step, true
}
