package dialect

// children returns the expressions directly within e, those of its window
// included; the queries within it are left out.
func children(e Expression) []Expression {
	switch e := e.(type) {
	case *Dereference:
		return []Expression{e.Base}
	case *Subscript:
		return []Expression{e.Base, e.Index}
	case *Row:
		return e.Items
	case *Array:
		return e.Elements
	case *Unary:
		return []Expression{e.Expr}
	case *Binary:
		return []Expression{e.Left, e.Right}
	case *Comparison:
		return []Expression{e.Left, e.Right}
	case *DistinctFrom:
		return []Expression{e.Left, e.Right}
	case *QuantifiedComparison:
		return []Expression{e.Value}
	case *Logical:
		return e.Terms
	case *Not:
		return []Expression{e.Expr}
	case *Between:
		return []Expression{e.Value, e.Min, e.Max}
	case *InList:
		return append([]Expression{e.Value}, e.List...)
	case *InSubquery:
		return []Expression{e.Value}
	case *Like:
		return withoutNil(e.Value, e.Pattern, e.Escape)
	case *IsNull:
		return []Expression{e.Value}
	case *AtTimeZone:
		return []Expression{e.Value, e.Zone}
	case *Lambda:
		return []Expression{e.Body}
	case *Cast:
		return []Expression{e.Expr}
	case *Trim:
		return withoutNil(e.Value, e.Chars)
	case *Normalize:
		return []Expression{e.Value}
	case *Extract:
		return []Expression{e.Value}
	case *Case:
		return caseChildren(e)
	case *FunctionCall:
		return callChildren(e)
	}
	return jsonChildren(e)
}

func jsonChildren(e Expression) []Expression {
	var out []Expression
	path := func(p *JSONPath, behaviors ...*JSONBehavior) {
		out = append(out, p.Input.Expr)
		for _, arg := range p.Passing {
			out = append(out, arg.Value.Expr)
		}
		for _, b := range behaviors {
			if b != nil && b.Default != nil {
				out = append(out, b.Default)
			}
		}
	}
	switch e := e.(type) {
	case *JSONExists:
		path(e.Path)
	case *JSONValue:
		path(e.Path, e.OnEmpty, e.OnError)
	case *JSONQuery:
		path(e.Path)
	case *JSONObject:
		for _, m := range e.Members {
			out = append(out, m.Key, m.Value.Expr)
		}
	case *JSONArray:
		for _, element := range e.Elements {
			out = append(out, element.Expr)
		}
	}
	return out
}

func withoutNil(all ...Expression) []Expression {
	var some []Expression
	for _, e := range all {
		if e != nil {
			some = append(some, e)
		}
	}
	return some
}

func caseChildren(c *Case) []Expression {
	out := withoutNil(c.Operand, c.Else)
	for _, w := range c.Whens {
		out = append(out, w.Condition, w.Result)
	}
	return out
}

func callChildren(c *FunctionCall) []Expression {
	out := append(withoutNil(c.Filter), c.Args...)
	out = append(out, sortKeys(c.OrderBy)...)
	if c.Over != nil && c.Over.Specification != nil {
		w := c.Over.Specification
		out = append(append(out, w.PartitionBy...), sortKeys(w.OrderBy)...)
	}
	return out
}

func sortKeys(items []*SortItem) []Expression {
	keys := make([]Expression, len(items))
	for i, item := range items {
		keys[i] = item.Key
	}
	return keys
}
