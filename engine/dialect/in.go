package dialect

import (
	"slices"
	"strings"
)

// inList analyses IN with a list.
func (a *analyzer) inList(e *InList, s *scope) term {
	var value term
	var own effects
	items, types := make([]operand, len(e.List)), []Type{}
	_, seen := a.observed(func() term {
		value, own = a.observed(func() term { return a.expression(e.Value, s) })
		for i, item := range e.List {
			t, seen := a.observed(func() term { return a.expression(item, s) })
			items[i], types = operand{t, seen, item}, append(types, t.typ)
		}
		return value
	})
	common, ok := commonOf(append([]Type{value.typ}, types...))
	if !ok {
		return a.failIn(e, value, items)
	}
	var conditions conditions
	if !common.hasParts() && !common.hasFloats() {
		conditions = a.inConditions(value, items)
	}
	parts := make([]string, len(items))
	for i := range items {
		items[i].term = a.coerce(items[i].term, common)
		parts[i] = items[i].sql
	}
	list := strings.Join(parts, ", ")
	fixed := seen.fails && len(seen.relations) == 0
	t := a.once(a.coerce(value, common), own, list, func(value term) term {
		if !fixed && slices.ContainsFunc(items, func(o operand) bool { return o.fails }) {
			return a.inOrder(value, items)
		}
		return term{typ: booleanType, sql: a.isIn(value, parts)}
	})
	t.conditions = conditions
	if fixed { // Trino computes all of what the statement fixes, found or not
		t.sql = "CASE WHEN len([" + list + "]) > 0 THEN " + t.sql + " END"
	}
	if e.Not {
		return a.not(t)
	}
	return t
}

// inOrder writes IN for a list of which some items may fail: Trino looks among
// the others first, and computes each of these only where the value was none of
// those before it, and none at all for NULL.
func (a *analyzer) inOrder(value term, items []operand) term {
	sql := let(value.sql, joined(items, " "), func(name string) string {
		value := term{typ: value.typ, sql: name}
		var sure []string
		var unsure []operand
		for _, item := range items {
			if !item.fails {
				sure = append(sure, item.sql)
			} else {
				unsure = append(unsure, operand{term{sql: a.compareAs(Equal, value, item.term, value.typ).sql}, item.effects, item.node})
			}
		}
		if len(sure) > 0 {
			unsure = append([]operand{{term: term{sql: a.isIn(value, sure)}}}, unsure...)
		}
		return "CASE WHEN " + name + " IS NOT NULL THEN " + shortCircuit(unsure, true, wantAny) + " END"
	})
	return term{typ: booleanType, sql: sql}
}

// isIn writes IN for a list in any order.
func (a *analyzer) isIn(value term, items []string) string {
	if value.typ.hasParts() || value.typ.hasFloats() {
		return a.inParts(value, items)
	}
	return "(" + value.sql + " IN (" + strings.Join(items, ", ") + "))"
}

// failIn reports a list that cannot be compared with the value before IN.
func (a *analyzer) failIn(e *InList, value term, items []operand) term {
	const message = "IN value and list items must be the same type: %s"
	for i, item := range items {
		if _, fits := commonType(value.typ, item.typ); !fits {
			return a.failWithHint(e.List[i], comparisonHint(value, item.term), typeMismatch, message, value.typ)
		}
	}
	return a.fail(e, typeMismatch, message, value.typ)
}

// inParts writes IN as the comparisons it stands for, whose outcome NULLs within
// parts leave open and NaN makes false.
func (a *analyzer) inParts(value term, items []string) string {
	return let(value.sql, strings.Join(items, " "), func(name string) string {
		equal := make([]string, len(items))
		for i, item := range items {
			equal[i] = a.compareAs(Equal, term{typ: value.typ, sql: name}, term{typ: value.typ, sql: item}, value.typ).sql
		}
		return "(" + strings.Join(equal, " OR ") + ")"
	})
}

// once analyses what compares a value, of the effects own, more than once. DuckDB
// would compute what is random anew each time; avoid is as for let.
func (a *analyzer) once(value term, own effects, avoid string, body func(value term) term) term {
	if !own.volatile {
		return body(value)
	}
	var t term
	sql := let(value.sql, avoid, func(name string) string {
		t = body(term{typ: value.typ, sql: name})
		return t.sql
	})
	return term{typ: t.typ, sql: sql}
}
