package dialect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// patternScope is what the names in a condition or a measure of MATCH_RECOGNIZE
// mean: a column stands for its value in a row of the match.
type patternScope struct {
	*recognition
	defines    int                // the label whose condition this is, -1 in a measure
	navigation *patternNavigation // within a navigation, else nil: the last row so far
	aggregate  string             // within an aggregate its name, else ""
	depends    *dependence        // of a condition, what it reads of the match before
	seen       *seenLabel         // within a navigation or an aggregate
}

// seenLabel is the label of the columns in one call; they must all have the same.
type seenLabel struct {
	any    bool
	name   string // "" of columns without a label
	labels int64
}

// patternColumn analyses column, relation.column and label.column.
func (a *analyzer) patternColumn(n Node, parts []string, p *patternScope) term {
	name, labels, rest := "", int64(allLabels), parts
	first := firstIdentifier(n)
	if set, ok := p.sets[canonical(first)]; ok && len(parts) > 1 {
		name, labels, rest = canonical(first), set, parts[1:]
	}
	i, taken := p.columnOf(rest, name != "")
	if i < 0 {
		if name != "" {
			return a.fail(n, columnNotFound, "Column %s prefixed with label %s cannot be resolved", strings.Join(lowered(rest), "."), name)
		}
		return a.failWithHint(n, didYouMean(parts[len(parts)-1], p.recognition.scope.names()), columnNotFound, "Column '%s' cannot be resolved", strings.Join(lowered(parts), "."))
	}
	p.note(n, name, labels)
	f := p.input.fields[i]
	f.use()
	a.mustRead(n, f)
	if f.fails {
		a.mayFail()
	}
	return a.rowFields(n, term{typ: f.typ, sql: p.value(i, labels)}, rest[taken:])
}

// firstIdentifier is the first name of a dotted one.
func firstIdentifier(n Node) *Identifier {
	for {
		switch e := n.(type) {
		case *Identifier:
			return e
		case *Dereference:
			n = e.Base
		default:
			return &Identifier{}
		}
	}
}

// columnOf gives the position of the column that a name begins with and how many
// parts of the name it takes, or -1. After a label no relation is named.
func (r *recognition) columnOf(parts []string, labelled bool) (int, int) {
	lower := lowered(parts)
	longest := min(len(parts)-1, 3)
	if labelled {
		longest = 0
	}
	for split := longest; split >= 0; split-- {
		if found := r.scope.find(lower[:split], lower[split]); len(found) == 1 {
			return slices.Index(r.input.fields, found[0]), split + 1
		}
	}
	return -1, 0
}

// note holds the columns and classifiers within one call to one label.
func (p *patternScope) note(n Node, name string, labels int64) {
	switch s := p.seen; {
	case s == nil:
	case !s.any:
		s.any, s.name, s.labels = true, name, labels
	case s.name != name:
		p.a.fail(n, invalidArgument, "All labels and classifiers inside the call to '%s' must match", p.callName())
	}
}

func (p *patternScope) callName() string {
	if p.aggregate != "" {
		return p.aggregate
	}
	if p.navigation != nil && !p.navigation.Last {
		return "first"
	}
	return "last"
}

// row gives the navigation to the row of a reference.
func (p *patternScope) row(labels int64) patternNavigation {
	at := patternNavigation{Last: true}
	if p.navigation != nil {
		at = *p.navigation
	}
	at.Labels = labels
	return at
}

// isCurrent reports whether the reference in a condition is to a row at a fixed
// distance from the current one, which has the label that the condition defines.
func (p *patternScope) isCurrent(at patternNavigation) bool {
	return p.aggregate == "" && at.Last && at.Offset == 0 && at.Labels&(1<<p.defines) != 0
}

const dependsOnMatch = "a condition in DEFINE that depends on several of the rows matched before"

// value writes the value of a column of the input for a reference.
func (p *patternScope) value(field int, labels int64) string {
	at := p.row(labels)
	switch {
	case p.defines >= 0 && !p.isCurrent(at):
		p.depends.on(patternTable{At: at})
		return "other." + column(field)
	case p.defines >= 0 && at.Physical == 0:
		return "cur." + column(field)
	case p.defines >= 0:
		return "cur.s" + itoa(placeIn(&p.shifted, shiftedField{field, at.Physical}))
	case p.aggregate != "":
		return "cur." + column(field)
	}
	return "n" + itoa(placeIn(&p.program.Navigations, at)) + "." + column(field)
}

// placeIn gives the place of v in the list, to which it is added where it is missing.
func placeIn[T comparable](list *[]T, v T) int {
	if i := slices.Index(*list, v); i >= 0 {
		return i
	}
	*list = append(*list, v)
	return len(*list) - 1
}

// patternCall analyses the functions of row pattern recognition, and aggregates,
// which have rows of the match for their own; ok tells whether it was one.
func (a *analyzer) patternCall(c *FunctionCall, s *scope) (t term, ok bool) {
	name, p := callName(c), s.pattern
	if isPatternFunction(c) {
		return a.patternFunction(c, name, p), true
	}
	entries := a.functions[name]
	if len(c.Name.Parts) == 1 && len(entries) > 0 && entries[0].Kind == AggregateFunction {
		return a.patternAggregate(c, name, p), true
	}
	if c.StarLabel == nil && c.Mode != "" {
		return a.fail(c, invalidProcessing, "%s semantics is supported only for FIRST(), LAST() and aggregation functions. Actual: %s", c.Mode, name), true
	}
	return term{}, false
}

// isPatternFunction reports whether the call is one of row pattern recognition:
// those have plain names.
func isPatternFunction(c *FunctionCall) bool {
	switch callName(c) {
	case "first", "last", "prev", "next", "classifier", "match_number":
		return len(c.Name.Parts) == 1 && !c.Name.Parts[0].Delimited
	}
	return false
}

func isPatternNavigation(c *FunctionCall) bool {
	return isPatternFunction(c) && callName(c) != "classifier" && callName(c) != "match_number"
}

func (a *analyzer) patternFunction(c *FunctionCall, name string, p *patternScope) term {
	const message = "Cannot use %s with %s pattern recognition function"
	switch {
	case c.Over != nil:
		return a.fail(c, invalidPatternCall, message, "OVER", name)
	case c.Filter != nil:
		return a.fail(c, invalidPatternCall, message, "FILTER", name)
	case len(c.OrderBy) > 0:
		return a.fail(c, invalidPatternCall, message, "ORDER BY", name)
	case c.Quantifier == QuantifierDistinct:
		return a.fail(c, invalidPatternCall, message, "DISTINCT", name)
	case c.Mode != "" && name != "first" && name != "last":
		return a.fail(c, invalidProcessing, "%s semantics is not supported with %s pattern recognition function", c.Mode, name)
	case c.StarLabel != nil || c.Star:
		return a.fail(c, functionArgument, "label.* syntax is only supported as the only argument of row pattern count function")
	}
	switch name {
	case "match_number":
		return a.matchNumber(c, p)
	case "classifier":
		return a.classifier(c, p)
	}
	return a.navigate(c, name, p)
}

func (a *analyzer) matchNumber(c *FunctionCall, p *patternScope) term {
	if len(c.Args) > 0 {
		return a.fail(c, functionArgument, "MATCH_NUMBER pattern recognition function takes no arguments")
	}
	if p.defines >= 0 {
		return a.refuse(c, "MATCH_NUMBER in DEFINE")
	}
	return term{typ: bigintType, sql: "e.mn"}
}

// classifier analyses CLASSIFIER: the name of the label of a row.
func (a *analyzer) classifier(c *FunctionCall, p *patternScope) term {
	name, labels := "", int64(allLabels)
	switch len(c.Args) {
	case 0:
	case 1:
		i, ok := c.Args[0].(*Identifier)
		if !ok {
			kind := strings.TrimPrefix(fmt.Sprintf("%T", c.Args[0]), "*dialect.")
			return a.fail(c.Args[0], typeMismatch, "CLASSIFIER function argument should be primary pattern variable or subset name. Actual: %sExpression", kind)
		}
		set, ok := p.sets[canonical(i)]
		if !ok {
			return a.fail(i, functionArgument, "%s is not a primary pattern variable or subset name", i.Value)
		}
		name, labels = canonical(i), set
	default:
		return a.fail(c, functionArgument, "CLASSIFIER pattern recognition function takes no arguments or 1 argument")
	}
	p.note(c, name, labels)
	at := p.row(labels)
	switch {
	case p.defines >= 0 && p.isCurrent(at) && at.Physical == 0:
		return term{typ: varcharType, sql: duckString(p.labels[p.defines])}
	case p.defines >= 0:
		return a.refuse(c, "CLASSIFIER of another row in DEFINE")
	case p.aggregate != "":
		return term{typ: varcharType, sql: p.labelName("e.label")}
	}
	return term{typ: varcharType, sql: p.labelName("e.l" + itoa(placeIn(&p.program.Navigations, at)))}
}

// labelName writes the name of a label that is given by its number.
func (r *recognition) labelName(number string) string {
	names := make([]string, len(r.labels))
	for i, l := range r.labels {
		names[i] = duckString(l)
	}
	return "list_extract(list_value(" + strings.Join(names, ", ") + "), " + number + " + 1)"
}

// navigate analyses FIRST, LAST, PREV and NEXT. Their argument is computed from
// the row that they name, and from NULLs where there is none.
func (a *analyzer) navigate(c *FunctionCall, name string, p *patternScope) term {
	offset := int64(0)
	if name == "prev" || name == "next" {
		offset = 1
	}
	if len(c.Args) == 2 {
		var ok bool
		if offset, ok = a.navigationOffset(c, name); !ok {
			return nullTerm
		}
	} else if len(c.Args) != 1 {
		return a.fail(c, functionArgument, "%s pattern recognition function requires 1 or 2 arguments", name)
	}
	if !a.checkNesting(c, name) {
		return nullTerm
	}
	at := patternNavigation{Last: true}
	if p.navigation != nil { // checkNesting has let FIRST or LAST directly within PREV or NEXT
		at = *p.navigation
	}
	switch name {
	case "prev":
		at.Physical = -offset
	case "next":
		at.Physical = offset
	default:
		at.Last, at.Final, at.Offset = name == "last", c.Mode == "FINAL", offset
	}
	inner := *p
	inner.navigation, inner.seen = &at, &seenLabel{}
	if p.seen != nil {
		inner.seen = p.seen
	}
	t := a.expression(c.Args[0], &scope{pattern: &inner})
	if a.err == nil && !inner.seen.any {
		return a.fail(c, invalidArgument, "Pattern navigation function '%s' must contain at least one column reference or CLASSIFIER()", name)
	}
	return t
}

func (a *analyzer) navigationOffset(c *FunctionCall, name string) (int64, bool) {
	l, ok := c.Args[1].(*IntegerLiteral)
	switch {
	case !ok:
		a.fail(c, functionArgument, "%s pattern recognition navigation function requires a number as the second argument", name)
	case l.Value < 0:
		a.fail(c, outOfRange, "%s pattern recognition navigation function requires a non-negative number as the second argument (actual: %d)", name, l.Value)
	case l.Value > maxPatternInteger:
		a.fail(c, outOfRange, "The second argument of %s pattern recognition navigation function must not exceed %d (actual: %d)", name, maxPatternInteger, l.Value)
	default:
		return l.Value, true
	}
	return 0, false
}

// checkNesting lets FIRST and LAST be the argument of PREV and NEXT, nothing else.
func (a *analyzer) checkNesting(c *FunctionCall, name string) bool {
	var nested []*FunctionCall
	for _, inner := range a.callsIn(c.Args[0]) {
		if isPatternNavigation(inner) {
			nested = append(nested, inner)
		}
	}
	if len(nested) > 0 {
		within := callName(nested[0])
		switch {
		case name == "first" || name == "last", within == "prev", within == "next":
			a.fail(nested[0], invalidNavigation, "Cannot nest %s pattern navigation function inside %s pattern navigation function", within, name)
		case len(nested) > 1:
			a.fail(nested[1], invalidNavigation, "Cannot nest multiple pattern navigation functions inside %s pattern navigation function", name)
		case Expression(nested[0]) != c.Args[0]:
			a.fail(nested[0], invalidNavigation, "Immediate nesting is required for pattern navigation functions")
		}
	}
	a.checkNoAggregates(c, name)
	return a.err == nil
}

// callsIn lists the calls in an expression.
func (a *analyzer) callsIn(e Expression) []*FunctionCall {
	var calls []*FunctionCall
	visitAll(e, func(n Node) bool {
		if c, ok := n.(*FunctionCall); ok {
			calls = append(calls, c)
		}
		return true
	})
	return calls
}

func (a *analyzer) checkNoAggregates(c *FunctionCall, name string) {
	for _, arg := range c.Args {
		for _, inner := range a.callsIn(arg) {
			if entries := a.functions[callName(inner)]; len(entries) > 0 && entries[0].Kind == AggregateFunction {
				a.fail(inner, nestedAggregation, "Cannot nest %s aggregate function inside %s function", callName(inner), name)
			}
		}
	}
}

// patternAggregate analyses an aggregate over the rows of the match that have
// the label of its arguments.
func (a *analyzer) patternAggregate(c *FunctionCall, name string, p *patternScope) term {
	if !a.checkPatternAggregate(c, name) {
		return nullTerm
	}
	if p.defines >= 0 && (name != "count" || len(c.Args) > 0) {
		return a.refuse(c, "the aggregate %s of values in DEFINE", name)
	}
	inner := *p
	inner.aggregate, inner.seen = name, &seenLabel{labels: allLabels}
	s := &scope{pattern: &inner}
	if c.StarLabel != nil {
		set, ok := p.sets[canonical(c.StarLabel)]
		if !ok {
			return a.fail(c.StarLabel, functionArgument, "%s is not a primary pattern variable or subset name", canonical(c.StarLabel))
		}
		inner.seen.labels = set
	}
	if p.defines >= 0 {
		p.depends.on(patternTable{Count: true, At: patternNavigation{Labels: inner.seen.labels}})
		return term{typ: bigintType, sql: "other.rn"}
	}
	args := a.arguments(c.Args, s)
	end := "CURRENT ROW"
	if c.Mode == "FINAL" {
		end = "UNBOUNDED FOLLOWING"
	}
	tail := callTail{after: " FILTER (WHERE " + p.hasLabel(inner.seen.labels) + ")" + fmt.Sprintf(patternAggregateOver, end)}
	t := a.apply(c, name, args, c.Args, tail, s)
	p.program.EveryRow = true
	return term{typ: t.typ, sql: "e.a" + itoa(placeIn(&p.aggregates, duckCast(t.sql, t.typ)))}
}

func (a *analyzer) checkPatternAggregate(c *FunctionCall, name string) bool {
	const message = "Cannot use %s with %s aggregate function in pattern recognition context"
	switch {
	case c.Over != nil:
		a.fail(c, nestedWindow, message, "OVER", name)
	case c.Filter != nil:
		a.fail(c, notSupported, message, "FILTER", name)
	case len(c.OrderBy) > 0:
		a.fail(c, notSupported, message, "ORDER BY", name)
	case c.Quantifier == QuantifierDistinct:
		a.fail(c, notSupported, message, "DISTINCT", name)
	case c.StarLabel != nil && name != "count":
		a.fail(c, functionArgument, "label.* syntax is only supported as the only argument of row pattern count function")
	case c.Star && name != "count":
		a.fail(c, functionNotFound, "Unexpected parameters (*) for function %s", name)
	case a.functions[name][0].special != nil:
		a.refuse(c, "the aggregate %s in MATCH_RECOGNIZE", name)
	}
	a.checkNoAggregates(c, name)
	for _, arg := range c.Args {
		for _, inner := range a.callsIn(arg) {
			if isPatternNavigation(inner) {
				a.fail(inner, invalidNavigation, "Cannot nest %s pattern navigation function inside %s function", callName(inner), name)
			}
		}
	}
	return a.err == nil
}

// hasLabel writes that the entry is a row of the match with one of the labels.
func (r *recognition) hasLabel(labels int64) string {
	if labels == allLabels {
		return "e.label IS NOT NULL"
	}
	var numbers []string
	for i := range r.labels {
		if labels&(1<<i) != 0 {
			numbers = append(numbers, strconv.Itoa(i))
		}
	}
	return "e.label IS NOT NULL AND e.label IN (" + strings.Join(numbers, ", ") + ")"
}
