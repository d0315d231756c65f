package dialect

import "strings"

// conditionalFunctions choose among their arguments.
var conditionalFunctions = []Function{
	{Name: "coalesce", Doc: "The first argument that is not NULL.", Example: "coalesce(NULL, 2, 3)", Want: "2", special: coalesce},
	{Name: "nullif", Doc: "NULL where the two are equal, else the first.", Example: "nullif('-', '-')", Want: "", special: nullIf},
	{Name: "if", Doc: "The second argument where the first is true, else the third, or NULL without one.", Example: "if(1 > 0, 'yes', 'no')", Want: "yes", special: ifFunction},
	{Name: "try", Doc: "The argument, or NULL where its evaluation fails.", Example: "try(1 / 0)", Want: "", special: tryFunction},
	{Name: "typeof", Doc: "The name of the argument's type.", Example: "typeof('cat')", Want: "varchar(3)", special: typeOf},
	{Name: "greatest", Signatures: []string{"greatest(E:orderable, E...) E"}, Doc: "The largest of the arguments, NULL where one is NULL.", Example: "greatest(1, 3, 2)", Want: "3", render: extreme("greatest", "array_max")},
	{Name: "least", Signatures: []string{"least(E:orderable, E...) E"}, Doc: "The smallest of the arguments, NULL where one is NULL.", Example: "least(1, NULL)", Want: "", render: extreme("least", "array_min")},
}

// common analyses arguments that must have a common type.
func (c *specialCall) common(what string, exprs []Expression) ([]term, Type, bool) {
	terms := c.a.arguments(exprs, c.scope)
	types := make([]Type, len(terms))
	for i, t := range terms {
		types[i] = t.typ
	}
	t, ok := commonOf(types)
	if !ok {
		c.a.fail(c.node, typeMismatch, "All %s operands must be the same type or coercible to a common type. Cannot find common type between %s", what, typeList(types))
		return nil, unknownType, false
	}
	for i := range terms {
		terms[i] = c.a.coerce(terms[i], t)
	}
	return terms, t, c.a.err == nil
}

// arity checks the number of arguments.
func (c *specialCall) arity(least, most int, name string) bool {
	if len(c.args) < least || len(c.args) > most {
		c.a.fail(c.node, invalidArgument, "Invalid number of arguments for '%s' function", name)
		return false
	}
	return true
}

func coalesce(c *specialCall) term {
	if !c.arity(2, 1<<20, "coalesce") {
		return nullTerm
	}
	terms, t, ok := c.common("COALESCE", c.args)
	if !ok {
		return nullTerm
	}
	parts := make([]string, len(terms))
	for i := range terms {
		parts[i] = terms[i].sql
	}
	return term{typ: t, sql: duckCast("COALESCE("+strings.Join(parts, ", ")+")", t)}
}

func nullIf(c *specialCall) term {
	if !c.arity(2, 2, "nullif") {
		return nullTerm
	}
	left, own := c.a.observed(func() term { return c.a.expression(c.args[0], c.scope) })
	right := c.a.expression(c.args[1], c.scope)
	return c.a.once(left, own, right.sql, func(left term) term {
		equal := c.a.compare(c.node, Equal, left, right)
		return term{typ: left.typ, sql: "CASE WHEN " + equal.sql + " THEN NULL ELSE " + duckCast(left.sql, left.typ) + " END"}
	})
}

func ifFunction(c *specialCall) term {
	if !c.arity(2, 3, "if") {
		return nullTerm
	}
	c.a.wanted = wantTrue
	condition := c.a.boolean(c.args[0], c.scope, "IF condition")
	terms, t, ok := c.common("IF", c.args[1:])
	if !ok {
		return nullTerm
	}
	return term{typ: t, sql: c.a.writeCase([]string{condition.sql}, terms, t)}
}

func typeOf(c *specialCall) term {
	if !c.arity(1, 1, "typeof") {
		return nullTerm
	}
	t := textTerm(c.a.expression(c.args[0], c.scope).typ.String())
	t.typ = varcharType
	return t
}

// extreme writes greatest or least; DuckDB's pass over NULLs. Those of numbers
// that may be NaN and of what has parts are the largest or smallest of an array:
// both are found by the same comparison in Trino.
func extreme(name, ofArray string) func(*callSite) string {
	return func(c *callSite) string {
		if c.result.hasFloats() || c.result.hasParts() {
			array := term{typ: arrayType(c.result), sql: duckCast("["+c.list()+"]", arrayType(c.result))}
			return c.a.callTerms(c.node, ofArray, []term{array}, c.scope).sql
		}
		var checks []string
		for _, t := range c.args {
			if t.isNull() {
				return duckCast("NULL", c.result)
			}
			if t.value == nil {
				checks = append(checks, t.sql+" IS NULL")
			}
		}
		call := duckCast(name+"("+c.list()+")", c.result)
		if len(checks) == 0 {
			return call
		}
		return "CASE WHEN " + strings.Join(checks, " OR ") + " THEN NULL ELSE " + call + " END"
	}
}
