package dialect

import "strings"

// describe prints a node as Trino's messages show expressions: operators in
// parentheses, calls as they are written.
func describe(n Node) string {
	switch e := n.(type) {
	case *Identifier:
		if e.Delimited {
			return `"` + e.Value + `"`
		}
		return e.Value
	case *QualifiedName:
		return nameText(e)
	case *Dereference:
		return describe(e.Base) + "." + describe(e.Field)
	case *Binary:
		return "(" + describe(e.Left) + " " + string(e.Operator) + " " + describe(e.Right) + ")"
	case *Comparison:
		return "(" + describe(e.Left) + " " + string(e.Operator) + " " + describe(e.Right) + ")"
	case *StringLiteral:
		return "'" + strings.ReplaceAll(e.Value, "'", "''") + "'"
	case *IntegerLiteral:
		return itoa(int(e.Value))
	case *DecimalLiteral:
		return "DECIMAL '" + e.Text + "'"
	case *FunctionCall:
		return describeCall(e)
	case *JSONExists, *JSONValue, *JSONQuery, *JSONObject, *JSONArray:
		return describeJSON(e.(Expression))
	}
	if e, ok := n.(Expression); ok {
		return PrintExpression(e)
	}
	return "this"
}

func describeCall(c *FunctionCall) string {
	args := make([]string, len(c.Args))
	for i, arg := range c.Args {
		args[i] = describe(arg)
	}
	list := strings.Join(args, ", ")
	if c.Star {
		list = "*"
	}
	if c.Quantifier == QuantifierDistinct {
		list = "DISTINCT " + list
	}
	return nameText(c.Name) + "(" + list + ")"
}
