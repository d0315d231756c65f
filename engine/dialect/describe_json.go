package dialect

import "strings"

// describeJSON prints a function of SQL/JSON as Trino's messages show it, with
// what it does by default.
func describeJSON(e Expression) string {
	switch e := e.(type) {
	case *JSONExists:
		return "JSON_EXISTS(" + describePath(e.Path) + " " + behaviorOf(e.OnError, "FALSE") + " ON ERROR)"
	case *JSONValue:
		returning := ""
		if e.Returning != nil {
			returning = " RETURNING " + printedType(e.Returning)
		}
		return "JSON_VALUE(" + describePath(e.Path) + returning + describeBehaviors(e.OnEmpty, e.OnError) + ")"
	case *JSONQuery:
		wrapper := map[string]string{"CONDITIONAL": " WITH CONDITIONAL", "UNCONDITIONAL": " WITH UNCONDITIONAL"}[e.Wrapper]
		if wrapper == "" {
			wrapper = " WITHOUT"
		}
		quotes := ""
		if e.Quotes != "" {
			quotes = " " + e.Quotes + " QUOTES ON SCALAR STRING"
		}
		return "JSON_QUERY(" + describePath(e.Path) + describeReturning(e.Returning) + wrapper + " ARRAY WRAPPER" + quotes + describeBehaviors(e.OnEmpty, e.OnError) + ")"
	case *JSONObject:
		return describeObject(e)
	case *JSONArray:
		parts := make([]string, len(e.Elements))
		for i, element := range e.Elements {
			parts[i] = describeInput(element, false)
		}
		nulls := ""
		if len(parts) > 0 {
			nulls = " " + nullsOf(e.Nulls, AbsentOnNull) + " ON NULL"
		}
		return "JSON_ARRAY(" + strings.Join(parts, ", ") + nulls + describeReturning(e.Returning) + ")"
	}
	return PrintExpression(e)
}

func describeObject(e *JSONObject) string {
	parts := make([]string, len(e.Members))
	for i, m := range e.Members {
		parts[i] = "KEY " + describe(m.Key) + " VALUE " + describeInput(m.Value, false)
	}
	rest := ""
	if len(parts) > 0 {
		rest = " " + nullsOf(e.Nulls, NullOnNull) + " ON NULL WITHOUT UNIQUE KEYS"
		if e.UniqueKeys != nil && *e.UniqueKeys {
			rest = strings.Replace(rest, "WITHOUT", "WITH", 1)
		}
	}
	return "JSON_OBJECT(" + strings.Join(parts, ", ") + rest + describeReturning(e.Returning) + ")"
}

// printedType prints a type as the statement writes it.
func printedType(t TypeName) string {
	p := &printer{}
	p.typeName(t)
	return p.String()
}

func describePath(p *JSONPath) string {
	passing := make([]string, len(p.Passing))
	for i, arg := range p.Passing {
		passing[i] = describeInput(arg.Value, false) + " AS " + describe(arg.Name)
	}
	text := describeInput(p.Input, true) + ", " + describe(p.Path)
	if len(passing) > 0 {
		text += " PASSING " + strings.Join(passing, ", ")
	}
	return text
}

// describeInput prints an input, which has FORMAT JSON where always is set.
func describeInput(in *JSONInput, always bool) string {
	format, _ := formatName(in.Format)
	if in.Format == nil && !always {
		return describe(in.Expr)
	}
	return describe(in.Expr) + " FORMAT " + format
}

func describeReturning(r *JSONReturning) string {
	if r == nil {
		return ""
	}
	format, _ := formatName(r.Format)
	return " RETURNING " + printedType(r.Type) + " FORMAT " + format
}

func describeBehaviors(onEmpty, onError *JSONBehavior) string {
	text := ""
	for _, b := range []struct {
		behavior *JSONBehavior
		event    string
	}{{onEmpty, "EMPTY"}, {onError, "ERROR"}} {
		text += " " + behaviorOf(b.behavior, "NULL")
		if b.behavior != nil && b.behavior.Default != nil {
			text += " " + describe(b.behavior.Default)
		}
		text += " ON " + b.event
	}
	return text
}
