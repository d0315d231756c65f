package dialect

import (
	"slices"
	"sync"
)

// FunctionKind is where a function may stand.
type FunctionKind uint8

// The kinds of functions. An aggregate may also stand before OVER.
const (
	ScalarFunction FunctionKind = iota
	AggregateFunction
	WindowFunction
)

// String returns the kind as a reference heads it.
func (k FunctionKind) String() string {
	return [...]string{"scalar", "aggregate", "window"}[k]
}

// Function is an entry of Functions: one way to call a function of Trino's.
// Functions that are written differently for different types have several.
//
// SQL is the translation. $1, $2, … are the arguments, each an SQL expression
// that needs no parentheses; $* is all of them with commas; $T is the DuckDB
// type of the result; $Z is the session's zone as a string. In an aggregate or
// window function the braces hold DuckDB's call, into which DISTINCT and ORDER
// BY and after which FILTER and OVER are written: "CAST({sum($1)} AS BIGINT)".
type Function struct {
	Name       string
	Kind       FunctionKind
	Signatures []string // what it takes and gives, as parseSignature reads it
	SQL        string   // "" where render writes it
	Doc        string   // one sentence
	Example    string   // an expression, or a statement that begins with SELECT
	Want       string   // the example's value as Athena prints it; "" for NULL or where it varies

	render  func(c *callSite) string   // writes the translation, and may set the result's type
	refine  func(c *callSite, t *term) // adds what pruning wants to know of the result
	special func(c *specialCall) term  // analyses the arguments itself
	parsed  func() []*signature        // the signatures, parsed when they are first needed
}

// Functions is every function that statements may call, in the order of the
// reference. To add one is to add a line to its slice.
var Functions = assemble(
	conditionalFunctions, stringFunctions, regexpFunctions, numberFunctions, probabilityFunctions, bitwiseFunctions, dateFunctions, formatFunctions, printFunctions,
	arrayFunctions, setFunctions, sortFunctions, sequenceFunctions, mapFunctions, lambdaFunctions, jsonFunctions, binaryFunctions, ipFunctions, urlFunctions,
	gatherFunctions, aggregateFunctions, statisticFunctions, windowFunctions,
)

// assemble joins the slices.
func assemble(slices ...[]Function) []Function {
	var all []Function
	for _, s := range slices {
		for _, f := range s {
			lines := f.Signatures
			f.parsed = sync.OnceValue(func() []*signature {
				parsed := make([]*signature, len(lines))
				for i, line := range lines {
					parsed[i] = parseSignature(line)
				}
				return parsed
			})
			all = append(all, f)
		}
	}
	return all
}

// functionIndex finds the entries of a function by its name.
var functionIndex = sync.OnceValue(func() map[string][]*Function {
	index := map[string][]*Function{}
	for i := range Functions {
		f := &Functions[i]
		index[f.Name] = append(index[f.Name], f)
	}
	return index
})

// isAggregate reports whether a call names an aggregate.
func (a *analyzer) isAggregate(c *FunctionCall) bool {
	entries := a.functions[callName(c)]
	return len(entries) > 0 && entries[0].Kind == AggregateFunction
}

// overload is a function's entry chosen for a call.
type overload struct {
	function  *Function
	signature *signature
	binding   binding
}

// choose picks the entry and signature that fit the types best: one that needs
// no coercion and no type variable, one that needs no coercion, or else the
// most specific of those that do, or of those that do for NULLs only.
func choose(entries []*Function, args []Type) (overload, bool) {
	var generic, coerced []overload
	for _, f := range entries {
		for _, s := range f.parsed() {
			if b, ok := s.bind(args, false); ok {
				if !s.isGeneric() {
					return overload{f, s, b}, true
				}
				generic = append(generic, overload{f, s, b})
			} else if b, ok := s.bind(args, true); ok {
				coerced = append(coerced, overload{f, s, b})
			}
		}
	}
	if len(generic) > 0 {
		return generic[0], true
	}
	if onlyNulls := slices.DeleteFunc(slices.Clone(coerced), func(o overload) bool { return o.coercesValues(args) }); len(onlyNulls) > 0 {
		coerced = onlyNulls
	}
	return mostSpecific(coerced, len(args))
}

// coercesValues reports whether another argument than NULL becomes one of another kind.
func (o overload) coercesValues(args []Type) bool {
	for i, arg := range args {
		if arg.Kind != UnknownKind && arg.Kind != o.signature.param(i).Kind && o.signature.param(i).Kind != UnknownKind {
			return true
		}
	}
	return false
}

// mostSpecific returns the candidate whose parameters coerce to those of every other.
func mostSpecific(candidates []overload, n int) (overload, bool) {
	for _, c := range candidates {
		best := true
		for _, other := range candidates {
			best = best && c.coercesTo(other, n)
		}
		if best {
			return c, true
		}
	}
	if len(candidates) > 0 {
		return candidates[0], true
	}
	return overload{}, false
}

func (o overload) coercesTo(other overload, n int) bool {
	for i := range n {
		from, to := o.binding.instantiate(o.signature.param(i)), other.binding.instantiate(other.signature.param(i))
		if from.Kind != lambdaKind && !canCoerce(from, to) {
			return false
		}
	}
	return true
}
