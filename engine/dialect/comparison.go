package dialect

import (
	"fmt"
	"strings"
)

// hasParts reports whether values of t are compared part by part, in which
// NULLs within make the outcome NULL; DuckDB takes them for equal.
func (t Type) hasParts() bool {
	return t.Kind == ArrayKind || t.Kind == MapKind || t.Kind == RowKind
}

// compareParts writes a comparison of arrays, maps or rows.
func (a *analyzer) compareParts(op Operator, l, r term) string {
	switch op {
	case Equal:
		return a.equalParts(l, r)
	case NotEqual:
		return "(NOT " + a.equalParts(l, r) + ")"
	}
	return "(" + l.sql + " " + string(op) + " " + r.sql + ")"
}

// equalParts writes the equality of two terms of one type, with three outcomes.
func (a *analyzer) equalParts(l, r term) string {
	switch l.typ.Kind {
	case RowKind:
		parts := make([]string, len(l.typ.Args))
		for i, t := range l.typ.Args {
			name := l.typ.FieldName(i)
			parts[i] = a.equalParts(term{typ: t, sql: structField(l.sql, name)}, term{typ: t, sql: structField(r.sql, name)})
		}
		return "(" + strings.Join(parts, " AND ") + ")"
	case ArrayKind:
		i := duckName(a.freshAlias("i"))
		element := func(t term) term {
			return term{typ: t.typ.Args[0], sql: "list_extract(" + t.sql + ", " + i + ")"}
		}
		each := "list_transform(range(1, len(" + l.sql + ") + 1), lambda " + i + ": " + a.equalParts(element(l), element(r)) + ")"
		return fmt.Sprintf("CASE WHEN len(%s) <> len(%s) THEN FALSE WHEN %s IS NULL THEN NULL ELSE %s END", l.sql, r.sql, r.sql, allTrue(each))
	case MapKind:
		k := duckName(a.freshAlias("k"))
		value := func(t term) term { return term{typ: t.typ.Args[1], sql: t.sql + "[" + k + "]"} }
		each := "list_transform(map_keys(" + l.sql + "), lambda " + k + ": map_contains(" + r.sql + ", " + k + ") AND " + a.equalParts(value(l), value(r)) + ")"
		return fmt.Sprintf("CASE WHEN cardinality(%s) <> cardinality(%s) THEN FALSE WHEN %s IS NULL THEN NULL ELSE %s END", l.sql, r.sql, r.sql, allTrue(each))
	case RealKind, DoubleKind:
		return compareFloats(Equal, l, r, "("+l.sql+" = "+r.sql+")")
	}
	return "(" + l.sql + " = " + r.sql + ")"
}

// allTrue writes the conjunction of a list of booleans.
func allTrue(list string) string {
	return "list_reduce(list_append(" + list + ", TRUE), lambda p, q: p AND q)"
}
