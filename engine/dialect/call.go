package dialect

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// callSite is a call whose function is chosen and whose arguments are coerced.
type callSite struct {
	a        *analyzer
	node     Node
	scope    *scope
	function *Function
	given    []term // the arguments before their coercion
	args     []term
	result   Type
	tail     callTail
	shared   []sharedArgument

	identities []string // of the arguments, as identically gives them
}

// callTail is what surrounds the arguments of an aggregate or a window function.
type callTail struct {
	distinct bool
	order    string // inside the parentheses, with its leading space
	nulls    string // IGNORE NULLS, the same
	after    string // FILTER and OVER, the same
}

// specialCall is a call that a function analyses by itself.
type specialCall struct {
	a     *analyzer
	node  Node
	args  []Expression
	scope *scope
}

// callName is the name of a function in lower case; Trino's own need no qualifier.
func callName(c *FunctionCall) string {
	return strings.ToLower(c.Name.Parts[len(c.Name.Parts)-1].Value)
}

// call analyses a function call.
func (a *analyzer) call(c *FunctionCall, s *scope) term {
	name := callName(c)
	if s.pattern != nil {
		if t, ok := a.patternCall(c, s); ok || a.err != nil {
			return t
		}
	}
	entries := a.functions[name]
	if refused := RefusedFunction(name); refused != nil && len(entries) == 0 && len(c.Name.Parts) == 1 {
		return a.fail(c, notSupported, "vpcq does not support the function %s: %s", name, refused.Why)
	}
	if len(entries) == 0 || len(c.Name.Parts) > 1 {
		return a.failWithHint(c, didYouMean(name, sortedKeys(a.functions)), functionNotFound, "Function '%s' not registered", strings.ToLower(nameText(c.Name)))
	}
	if c.Mode != "" {
		return a.fail(c, "INVALID_PROCESSING_MODE", "%s semantics is not supported out of pattern recognition context", c.Mode)
	}
	kind := entries[0].Kind
	if !a.callAllowed(c, kind, name, s) {
		return nullTerm
	}
	if special := entries[0].special; special != nil {
		return special(&specialCall{a, c, c.Args, s})
	}
	inner := s
	if kind != ScalarFunction || c.Over != nil {
		inner = s.inside()
		if kind == AggregateFunction && c.Over == nil {
			inner.aggregating = name
			s.noteAggregate(c)
		} else {
			inner.windowing = true
			s.noteWindow()
		}
	}
	args := a.arguments(c.Args, inner)
	if a.err != nil {
		return nullTerm
	}
	tail := a.tail(c, args, inner, s)
	t := a.apply(c, name, args, c.Args, tail, inner)
	if s.calls != nil && s.calls.onlyUse != nil && c.countsRows() {
		t.sql = countMarked(s.calls.onlyUse, tail.after)
	}
	return t
}

func (s *scope) noteAggregate(e Expression) {
	if s.calls != nil {
		s.calls.aggregates = append(s.calls.aggregates, e)
	}
}

func (s *scope) noteWindow() {
	if s.calls != nil {
		s.calls.windows++
	}
}

// windowValues are the functions that may pass over NULLs: those that give the value of a row.
var windowValues = map[string]bool{"first_value": true, "lag": true, "last_value": true, "lead": true, "nth_value": true}

// callAllowed checks that a call may stand where it does and carry what it carries.
func (a *analyzer) callAllowed(c *FunctionCall, kind FunctionKind, name string, s *scope) bool {
	before := a.err
	switch {
	case c.StarLabel != nil:
		a.fail(c, functionArgument, "label.* syntax is only supported as the only argument of row pattern count function")
	case kind == ScalarFunction && c.Over != nil:
		a.fail(c, notWindowFunction, "Not a window function: %s", name)
	case kind == ScalarFunction && len(c.OrderBy) > 0:
		a.fail(c, notAggregateFunction, "ORDER BY is only valid for aggregation functions")
	case kind == ScalarFunction && c.Quantifier == QuantifierDistinct:
		a.fail(c, notAggregateFunction, "DISTINCT is not supported for non-aggregation functions")
	case kind == ScalarFunction && c.Filter != nil:
		a.fail(c, notAggregateFunction, "Filter is only valid for aggregation functions")
	case kind == WindowFunction && c.Over == nil:
		a.fail(c, missingOver, "Window function %s requires an OVER clause", name)
	case c.Over != nil && len(c.OrderBy) > 0:
		a.fail(c, notSupported, "Window function with ORDER BY is not supported")
	case kind == WindowFunction && c.Filter != nil:
		a.refuse(c, "FILTER after %s", name)
	case c.NullTreatment != NullTreatmentNone && !windowValues[name]:
		a.fail(c, "NULL_TREATMENT_NOT_ALLOWED", "Cannot specify null treatment clause for %s function", name)
	case kind != ScalarFunction && s.scalar != "":
		a.failWithHint(c, aggregateHint(c, s.scalar, kind), expressionNotScalar, "%s cannot contain aggregations, window functions or grouping operations: [%s]", s.scalar, describe(c))
	case kind != ScalarFunction && s.aggregating != "" && c.Over == nil:
		a.fail(c, nestedAggregation, "Cannot nest aggregations inside aggregation '%s': [%s]", s.aggregating, describe(c))
	case c.Over != nil && s.aggregating != "":
		a.fail(c, nestedWindow, "Cannot nest window functions inside aggregation '%s': [%s]", s.aggregating, describe(c))
	case c.Over != nil && s.windowing:
		a.fail(c, nestedWindow, "Cannot nest window functions or row pattern measures inside window function arguments")
	case c.Star && name != "count":
		a.fail(c, functionNotFound, "Unexpected parameters (*) for function %s", name)
	}
	return a.err == before
}

// arguments analyses arguments; lambdas wait for the types of the others.
func (a *analyzer) arguments(exprs []Expression, s *scope) []term {
	args := make([]term, len(exprs))
	for i, e := range exprs {
		if _, ok := e.(*Lambda); ok {
			args[i] = term{typ: Type{Kind: lambdaKind}}
			continue
		}
		args[i] = a.expression(e, s)
	}
	return args
}

// callNamed calls a function by name for another construct of the language.
func (a *analyzer) callNamed(n Node, name string, args []Expression, s *scope) term {
	terms := a.arguments(args, s)
	if a.err != nil {
		return nullTerm
	}
	return a.apply(n, name, terms, args, callTail{}, s)
}

// callTerms is callNamed for arguments that are analysed already.
func (a *analyzer) callTerms(n Node, name string, args []term, s *scope) term {
	return a.apply(n, name, args, make([]Expression, len(args)), callTail{}, s)
}

// apply chooses the function's entry and writes the call.
func (a *analyzer) apply(n Node, name string, args []term, exprs []Expression, tail callTail, s *scope) term {
	if a.err != nil {
		return nullTerm
	}
	entries := a.functions[name]
	types := make([]Type, len(args))
	for i, t := range args {
		types[i] = t.typ
	}
	chosen, ok := choose(entries, types)
	if !ok {
		return a.noOverload(n, name, entries, types)
	}
	c := &callSite{a: a, node: n, scope: s, function: chosen.function, given: args, tail: tail}
	if !c.coerceArguments(chosen, exprs) {
		return nullTerm
	}
	c.result = chosen.binding.instantiate(chosen.signature.result)
	if c.result.Kind == TimestampTZKind && c.result.Zone == "" {
		c.result.Zone = a.zone
	}
	t := term{}
	if chosen.function.render != nil {
		t.sql = chosen.function.render(c)
		a.noteCalls(t.sql)
	} else {
		if chosen.function.Kind == ScalarFunction && repeats(chosen.function.SQL) {
			c.share()
		}
		t.sql = c.expand(chosen.function.SQL)
		a.noteCalls(chosen.function.SQL)
	}
	if volatile[name] {
		a.noteVolatile()
	}
	t.typ, t.sql = c.result, c.withShared(t.sql)
	if chosen.function.refine != nil {
		chosen.function.refine(c, &t)
	}
	return t
}

// noOverload reports that no signature takes the arguments, and which there are.
func (a *analyzer) noOverload(n Node, name string, entries []*Function, types []Type) term {
	given := make([]string, len(types))
	hint := ""
	for i, t := range types {
		given[i] = t.String()
		if t.Kind == lambdaKind {
			given[i] = "<function>"
		}
		if t.isText() && hint == "" {
			hint = "Athena does not turn varchar into other types by itself: write CAST(… AS bigint), DATE '…' or the like"
		} else if t.isNumeric() && hint == "" {
			hint = castHint(t)
		}
	}
	var expected []string
	for _, f := range entries {
		for _, s := range f.parsed() {
			expected = append(expected, s.String())
		}
	}
	return a.failWithHint(n, hint, functionNotFound, "Unexpected parameters (%s) for function %s. Expected: %s",
		strings.Join(given, ", "), name, strings.Join(expected, ", "))
}

// coerceArguments casts the arguments to the parameters' types, lambdas last.
func (c *callSite) coerceArguments(o overload, exprs []Expression) bool {
	c.args = make([]term, len(c.given))
	for i, t := range c.given {
		param := o.signature.param(i)
		if t.typ.Kind == lambdaKind || param.Kind == anyRowKind {
			c.args[i] = t
			continue
		}
		to := o.binding.instantiate(param)
		if to.Kind == TimestampTZKind && to.Zone == "" {
			to.Zone = c.a.zone
			if t.typ.Kind == TimestampTZKind {
				to.Zone = t.typ.Zone
			}
		}
		c.args[i] = c.a.coerce(t, to)
	}
	for i, t := range c.given {
		if t.typ.Kind == lambdaKind && !c.bindLambda(i, exprs[i].(*Lambda), o) {
			return false
		}
	}
	return c.a.err == nil
}

// bindLambda analyses a lambda now that the types of its parameters are known.
// Where its result widens the type of one of them, as that of a state, it is
// analysed anew. Trino coerces no result of a lambda.
func (c *callSite) bindLambda(i int, l *Lambda, o overload) bool {
	want := o.signature.param(i)
	n := len(want.Args) - 1
	if len(l.Params) != n {
		c.a.fail(l, invalidParameterUsage, "Expected a lambda that takes %d argument(s) but got %d", n, len(l.Params))
		return false
	}
	for {
		params := instantiateAll(o.binding, want.Args[:n])
		names, body := c.lambdaBody(l, params)
		if c.a.err != nil {
			return false
		}
		fits := o.binding.unify(want.Args[n], body.typ, true)
		to := o.binding.instantiate(want.Args[n])
		if !fits || !to.Equal(body.typ) && body.typ.Kind != UnknownKind {
			c.noOverload()
			return false
		}
		if widened := instantiateAll(o.binding, want.Args[:n]); !equalTypes(params, widened) {
			continue
		}
		c.args[i] = term{typ: Type{Kind: lambdaKind, Args: append(params, to)},
			sql: "lambda " + strings.Join(names, ", ") + ": " + duckCast(c.a.coerce(body, to).sql, to)}
		return true
	}
}

// lambdaBody analyses the body of a lambda whose parameters have the types.
func (c *callSite) lambdaBody(l *Lambda, params []Type) ([]string, term) {
	s := &scope{parent: c.scope, lambda: map[string]term{}, calls: c.scope.calls, terms: c.scope.terms, keys: c.scope.keys, local: c.scope.local, scalar: "Lambda expression"}
	names := make([]string, len(params))
	for j, p := range l.Params {
		name := strings.ToLower(p.Value)
		names[j] = duckName(name + "@" + itoa(s.lambdas()))
		s.lambda[name] = term{typ: params[j], sql: names[j]}
	}
	if outside := c.a.outside; outside != nil {
		outside.lambdas++
		defer func() { outside.lambdas-- }()
	}
	return names, c.a.expression(l.Body, s)
}

// noOverload reports that the function does not take what it is given.
func (c *callSite) noOverload() {
	given := make([]Type, len(c.given))
	for j, t := range c.given {
		given[j] = t.typ
	}
	c.a.noOverload(c.node, c.function.Name, c.a.functions[c.function.Name], given)
}

func equalTypes(a, b []Type) bool { return slices.EqualFunc(a, b, Type.Equal) }

func instantiateAll(b binding, types []Type) []Type {
	out := make([]Type, len(types))
	for i, t := range types {
		out[i] = b.instantiate(t)
	}
	return out
}

var placeholder = regexp.MustCompile(`\$([0-9]|\*|T|Z)|#[0-9]`)

// expand fills a translation. What comes from the statement is never searched for placeholders.
func (c *callSite) expand(template string) string {
	open, end := strings.IndexByte(template, '{'), strings.IndexByte(template, '}')
	if c.function.Kind == ScalarFunction || open < 0 {
		return c.fill(template)
	}
	return c.fill(template[:open]) + c.withTail(template[open+1:end]) + c.expand(template[end+1:])
}

// fill replaces the placeholders of a template.
func (c *callSite) fill(template string) string {
	return placeholder.ReplaceAllStringFunc(template, func(m string) string {
		switch m[1] {
		case '*':
			return c.list()
		case 'T':
			return c.result.DuckDB()
		case 'Z':
			return duckString(c.a.zone)
		}
		i, _ := strconv.Atoi(m[1:])
		if m[0] == '#' {
			return c.identities[i-1]
		}
		if i > len(c.args) {
			return "NULL"
		}
		return c.args[i-1].sql
	})
}

// withTail adds DISTINCT, ORDER BY, FILTER and OVER to DuckDB's call of an aggregate.
func (c *callSite) withTail(call string) string {
	open, end := strings.IndexByte(call, '('), strings.LastIndexByte(call, ')')
	inside := call[open+1 : end]
	if c.tail.distinct && !strings.HasPrefix(inside, "DISTINCT ") {
		inside = "DISTINCT " + inside
	}
	return call[:open+1] + c.fill(inside) + c.tail.order + c.tail.nulls + ")" + c.tail.after
}

// list writes the arguments with commas.
func (c *callSite) list() string {
	parts := make([]string, len(c.args))
	for i, t := range c.args {
		parts[i] = t.sql
	}
	return strings.Join(parts, ", ")
}

// fail reports a fault at the call.
func (c *callSite) fail(code, format string, args ...any) string {
	c.a.fail(c.node, code, format, args...)
	return "NULL"
}

// constantText returns the text of an argument that must be fixed by the statement for vpcq to translate it.
func (c *callSite) constantText(i int, what string) (string, bool) {
	text, ok := c.given[i].text()
	if !ok {
		c.a.refuse(c.node, "%s that is not a literal in %s", what, c.function.Name)
	}
	return text, ok
}

// castTo writes the i-th argument, from 0, cast to a type.
func (c *callSite) castTo(i int, t Type) string { return duckCast(c.args[i].sql, t) }

// guard writes an expression that fails where a condition holds.
func (c *callSite) guard(condition, code, message, sql string) string {
	return fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", condition, c.a.raise(code, duckString(message)), sql)
}
