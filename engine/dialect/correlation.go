package dialect

// This file refuses the correlated subqueries that Trino refuses. Trino plans a
// subquery apart and then takes what it says of the query around out of it, by a
// handful of rules that each know a few shapes of plans; what none of them knows
// is refused. So a subquery's plan is drawn up here as far as those rules look at
// it. Sources: QueryPlanner, SubqueryPlanner, PlanNodeDecorrelator, the rules
// TransformCorrelated… and TransformExistsApplyToCorrelatedJoin of Trino 440.

// reach is a name that refers to a field of a query around the one it stands in.
type reach struct {
	name Node
	at   *scope
}

// subqueryUse is how a statement uses a subquery.
type subqueryUse uint8

const (
	asValue      subqueryUse = iota // of one row
	asExistence                     // in EXISTS
	asSet                           // in IN, = ANY or <> ALL
	asBounds                        // in other quantified comparisons
	asRows                          // in a LATERAL that is joined to what it reaches
	asRowsOrNull                    // in a LATERAL that is left joined
)

// subqueryPlan is what Trino's rules see of the plan of a subquery.
type subqueryPlan struct {
	steps   []planStep // from the rows of FROM upward
	nothing bool       // without FROM, or FROM what is computed without one
	reaches bool       // the rows of FROM hang on the query around
	unsure  bool       // there is more to the plan than is drawn up here
}

// planStep is one step from the rows of FROM to those of the subquery.
type planStep struct {
	kind       stepKind
	correlated bool      // it names columns of the query around
	free       columnSet // of a filter: its own columns beside such names
	constant   columnSet // of a filter: its own columns that the query around fixes
	columns    columnSet // that come out of it
	keys       columnSet // of a grouping
	count      int64     // of a limit
	aggregates bool      // of a grouping: it computes some, so that it is no DISTINCT
}

type stepKind uint8

const (
	filterStep  stepKind = iota
	projectStep          // computes columns
	groupStep            // groups by keys
	globalStep           // makes one row of all
	limitStep
	topStep    // a limit in an order
	opaqueStep // anything else
)

// columnSet is columns of a subquery as SQL.
type columnSet map[string]bool

func (c columnSet) add(more columnSet) {
	for column := range more {
		c[column] = true
	}
}

// holds reports whether all of some columns are in the set.
func (c columnSet) holds(some columnSet) bool {
	for column := range some {
		if !c[column] {
			return false
		}
	}
	return true
}

// decorrelated is what is left of a plan once its conditions on the query around
// are taken out (PlanNodeDecorrelator.DecorrelationResult).
type decorrelated struct {
	free, constant, columns columnSet
	single                  bool // it has at most one row for each row around
}

// subquery analyses a query used so within n, where s is seen, and refuses it
// where Trino cannot take it apart from the query around.
func (a *analyzer) subquery(n Node, use subqueryUse, q *Query, s *scope) *resultSet {
	since := len(a.reached)
	result := a.query(q, s)
	a.early = a.early || a.endsEarly(q, use)
	a.checkCorrelated(n, use, q, s, since)
	return result
}

// checkCorrelated refuses a subquery that Trino cannot take apart from the query
// around it, outer, to which its names since then may refer.
func (a *analyzer) checkCorrelated(n Node, use subqueryUse, q *Query, outer *scope, since int) {
	if a.err != nil {
		return
	}
	d := &planDrawer{a: a, names: map[Node]bool{}, further: map[Node]bool{}}
	for _, r := range a.reached[since:] {
		if outer.sameQuery(r.at) {
			d.names[r.name] = true
		} else if outer.sees(r.at) {
			d.further[r.name] = true
		}
	}
	if len(d.names) == 0 {
		return
	}
	if p := d.query(q, use); !p.unsure && !p.supported(use) {
		a.fail(n, notSupported, "Given correlated subquery is not supported")
	}
}

// sees reports whether at is s or around it.
func (s *scope) sees(at *scope) bool {
	for ; s != nil; s = s.parent {
		if s == at {
			return true
		}
	}
	return false
}

// supported reports whether one of Trino's rules takes the plan.
func (p *subqueryPlan) supported(use subqueryUse) bool {
	switch use {
	case asValue:
		return p.isExpression() || p.aggregated() || p.decorrelates()
	case asExistence:
		return p.isSure() || p.with(planStep{kind: projectStep}, planStep{kind: limitStep, count: 1}).decorrelates() ||
			p.with(planStep{kind: projectStep}, planStep{kind: globalStep}).aggregated()
	case asSet:
		return p.filters()
	case asBounds:
		return p.with(planStep{kind: globalStep}).aggregated()
	case asRows:
		return p.isExpression() || p.aggregated() || p.grouped() || p.decorrelates()
	}
	return p.isExpression() || p.aggregated() || p.distinct() || p.decorrelates()
}

// with returns the plan with more steps.
func (p *subqueryPlan) with(more ...planStep) *subqueryPlan {
	out := *p
	out.steps = append(out.steps[:len(out.steps):len(out.steps)], more...)
	return &out
}

// below returns the first n steps.
func (p *subqueryPlan) below(n int) *subqueryPlan {
	out := *p
	out.steps = p.steps[:n]
	return &out
}

// isExpression reports whether the plan only computes a row
// (TransformCorrelatedSingleRowSubqueryToProject).
func (p *subqueryPlan) isExpression() bool {
	for _, s := range p.steps {
		if s.kind != projectStep {
			return false
		}
	}
	return p.nothing
}

// isSure reports whether there is always a row, whatever it says (RemoveRedundantExists).
func (p *subqueryPlan) isSure() bool {
	n := p.top()
	return p.isExpression() || n > 0 && p.steps[n-1].kind == globalStep
}

// top returns the number of steps below the projection at the top.
func (p *subqueryPlan) top() int {
	n := len(p.steps)
	if n > 0 && p.steps[n-1].kind == projectStep {
		n--
	}
	return n
}

// aggregated reports whether the plan makes one row of what decorrelates, or of
// its distinct rows (TransformCorrelatedGlobalAggregation…).
func (p *subqueryPlan) aggregated() bool {
	n := p.top()
	return n > 0 && p.steps[n-1].kind == globalStep && !p.steps[n-1].correlated && p.below(n-1).decorrelatesDistinct()
}

// grouped reports whether the plan groups what decorrelates, or its distinct rows
// (TransformCorrelatedGroupedAggregation…).
func (p *subqueryPlan) grouped() bool {
	n := p.top()
	return n > 0 && p.steps[n-1].kind == groupStep && p.below(n-1).decorrelatesDistinct()
}

// distinct reports whether the plan keeps the distinct rows of what decorrelates
// (TransformCorrelatedDistinctAggregation…).
func (p *subqueryPlan) distinct() bool {
	n := p.top()
	return n > 0 && p.steps[n-1].isDistinct() && p.below(n-1).decorrelates()
}

func (s planStep) isDistinct() bool { return s.kind == groupStep && !s.aggregates }

func (p *subqueryPlan) decorrelatesDistinct() bool {
	n := len(p.steps)
	return p.decorrelates() || n > 0 && p.steps[n-1].isDistinct() && p.below(n-1).decorrelates()
}

// filters reports whether only filters name columns of the query around, and
// above them is nothing but projections (TransformCorrelatedInPredicateToJoin).
func (p *subqueryPlan) filters() bool {
	for n := len(p.steps); n > 0; n-- {
		switch s := p.steps[n-1]; s.kind {
		case projectStep:
			if s.correlated {
				return false
			}
		case filterStep:
		default:
			return !p.correlated(n)
		}
	}
	return !p.reaches
}

// correlated reports whether the first n steps name columns of the query around.
func (p *subqueryPlan) correlated(n int) bool {
	for _, s := range p.steps[:n] {
		if s.correlated {
			return true
		}
	}
	return p.reaches
}

// decorrelates reports whether all names of the query around stand in conditions
// that can be taken out of the plan.
func (p *subqueryPlan) decorrelates() bool {
	_, ok := p.decorrelated(len(p.steps))
	return ok
}

// decorrelated takes the conditions out of the first n steps.
func (p *subqueryPlan) decorrelated(n int) (*decorrelated, bool) {
	if n == 0 {
		return &decorrelated{free: columnSet{}, constant: columnSet{}, columns: columnSet{}}, !p.reaches
	}
	s := p.steps[n-1]
	switch {
	case s.kind == limitStep && s.count == 0 || s.kind == topStep && s.count == 0:
		return p.below(0).decorrelated(0) // no rows of nothing
	case s.kind == globalStep, s.correlated && s.kind != filterStep:
		return nil, false
	case s.kind == opaqueStep, s.kind == filterStep && !p.correlated(n-1):
		d := &decorrelated{free: columnSet{}, constant: columnSet{}, columns: columnSet{}}
		return s.over(d), s.kind == filterStep || !p.correlated(n)
	}
	d, ok := p.decorrelated(n - 1)
	if !ok {
		return nil, false
	}
	switch s.kind {
	case filterStep, projectStep:
		return s.over(d), true
	case groupStep:
		return s.group(d)
	}
	return s.limit(d)
}

// over is a filter or projection over what is decorrelated.
func (s planStep) over(d *decorrelated) *decorrelated {
	d.free.add(s.free)
	d.constant.add(s.constant)
	d.columns = columnSet{}
	d.columns.add(s.columns)
	d.columns.add(d.free)
	return d
}

// group groups what is decorrelated by the columns taken out, too, which must be constant.
func (s planStep) group(d *decorrelated) (*decorrelated, bool) {
	keys := columnSet{}
	keys.add(s.keys)
	for column := range d.free {
		if !keys[column] && !d.constant[column] {
			return nil, false
		}
		keys[column] = true
	}
	d.columns = columnSet{}
	d.columns.add(keys)
	d.columns.add(s.columns)
	d.single = d.constant.holds(keys)
	return d, true
}

// limit keeps some rows for each of the columns taken out, which must be constant;
// a plain one that keeps one row, only where nothing else comes out.
func (s planStep) limit(d *decorrelated) (*decorrelated, bool) {
	switch {
	case d.single:
		return d, true
	case s.kind == limitStep && s.count == 1:
		d.single = true
		return d, len(d.constant) > 0 && d.constant.holds(d.columns)
	}
	d.single = s.count == 1
	return d, d.constant.holds(d.free)
}

// injective reports whether no two values of a type are one of another that it is
// coerced to (TypeCoercion.isInjectiveCoercion).
func injective(from, to Type) bool {
	switch {
	case from.Equal(to):
		return true
	case to.isFloat():
		return from.Kind == TinyintKind || from.Kind == SmallintKind || from.Kind == RealKind || from.Kind == IntegerKind && to.Kind == DoubleKind
	case to.Kind == TimestampTZKind, to.Kind == CharKind:
		return false
	}
	return to.Kind != UnknownKind
}
