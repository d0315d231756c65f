package dialect

import "strings"

// inList analyses IN with a list.
func (a *analyzer) inList(e *InList, s *scope) term {
	var value term
	items := make([]term, len(e.List))
	_, seen := a.observed(func() term {
		value = a.expression(e.Value, s)
		for i, item := range e.List {
			items[i] = a.expression(item, s)
		}
		return value
	})
	types := []Type{value.typ}
	for _, item := range items {
		types = append(types, item.typ)
	}
	common, ok := commonOf(types)
	if !ok {
		return a.failIn(e, value, items)
	}
	parts := make([]string, len(items))
	for i, item := range items {
		parts[i] = a.coerce(item, common).sql
	}
	list := strings.Join(parts, ", ")
	t := a.once(a.coerce(value, common), list, func(value term) term {
		if common.hasParts() || common.hasFloats() {
			return a.inParts(value, parts)
		}
		return term{typ: booleanType, sql: "(" + value.sql + " IN (" + list + "))"}
	})
	if !common.hasParts() && !common.hasFloats() {
		t.conditions = a.inConditions(value, items)
	}
	if seen.fails && len(seen.relations) == 0 { // Trino computes all of what the statement fixes, found or not
		t.sql = "CASE WHEN len([" + list + "]) > 0 THEN " + t.sql + " END"
	}
	if e.Not {
		return a.not(t)
	}
	return t
}

// failIn reports a list that cannot be compared with the value before IN.
func (a *analyzer) failIn(e *InList, value term, items []term) term {
	const message = "IN value and list items must be the same type: %s"
	for i, item := range items {
		if _, fits := commonType(value.typ, item.typ); !fits {
			return a.failWithHint(e.List[i], comparisonHint(value, item), typeMismatch, message, value.typ)
		}
	}
	return a.fail(e, typeMismatch, message, value.typ)
}

// inParts writes IN as the comparisons it stands for, whose outcome NULLs within
// parts leave open and NaN makes false.
func (a *analyzer) inParts(value term, items []string) term {
	sql := let(value.sql, strings.Join(items, " "), func(name string) string {
		equal := make([]string, len(items))
		for i, item := range items {
			equal[i] = a.compareAs(Equal, term{typ: value.typ, sql: name}, term{typ: value.typ, sql: item}, value.typ).sql
		}
		return "(" + strings.Join(equal, " OR ") + ")"
	})
	return term{typ: booleanType, sql: sql}
}

// once analyses what compares a value more than once. DuckDB would compute what
// is random anew each time; avoid is as for let.
func (a *analyzer) once(value term, avoid string, body func(value term) term) term {
	if !strings.Contains(value.sql, "random()") && !strings.Contains(value.sql, "uuid()") {
		return body(value)
	}
	var t term
	sql := let(value.sql, avoid, func(name string) string {
		t = body(term{typ: value.typ, sql: name})
		return t.sql
	})
	return term{typ: t.typ, sql: sql}
}
