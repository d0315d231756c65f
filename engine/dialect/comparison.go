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
	return let(l.sql, r.sql, func(left string) string {
		return let(r.sql, left, func(right string) string {
			l.sql, r.sql = left, right
			switch op {
			case Equal:
				return a.equalParts(l, r)
			case NotEqual:
				return "(NOT " + a.equalParts(l, r) + ")"
			}
			return a.orderParts(op, l, r)
		})
	})
}

// The outcomes of a comparison of parts, besides -1, 0 and 1: what keeps two
// values from being ordered, with what Trino says of it.
const (
	arrayHole = 2
	rowHole   = 3
	nanWithin = 4
)

// orderParts writes <, <=, > or >= of two arrays or rows, which fails where it
// meets a NULL in their parts.
func (a *analyzer) orderParts(op Operator, l, r term) string {
	return let(orderOfParts(l, r), l.sql+r.sql, func(order string) string {
		return fmt.Sprintf("CASE %s WHEN %d THEN %s WHEN %d THEN %s WHEN %d THEN %s ELSE %s %s 0 END", order,
			arrayHole, a.raise(notSupported, "'ARRAY comparison not supported for arrays with null elements'"),
			rowHole, a.raise(notSupported, "'ROW comparison not supported for fields with null elements'"),
			nanWithin, a.raise(notSupported, "'vpcq does not support the order of NaN within arrays and rows yet'"), order, op)
	})
}

// orderOfParts writes how two values of one type compare: a number below, at or
// above 0, or why they do not; NULL where one is NULL.
func orderOfParts(l, r term) string {
	order := "CASE WHEN " + l.sql + " < " + r.sql + " THEN -1 WHEN " + l.sql + " > " + r.sql + " THEN 1 WHEN " + l.sql + " = " + r.sql + " THEN 0 END"
	switch l.typ.Kind {
	case RealKind, DoubleKind:
		return fmt.Sprintf("CASE WHEN isnan(%s) OR isnan(%s) THEN %d ELSE %s END", l.sql, r.sql, nanWithin, order)
	case ArrayKind:
		i := unusedName("i", l.sql, r.sql)
		element := func(t term) term {
			return term{typ: t.typ.Args[0], sql: "list_extract(" + t.sql + ", " + i + ")"}
		}
		each := fmt.Sprintf("list_transform(range(1, least(len(%s), len(%s)) + 1), lambda %s: COALESCE(%s, %d))", l.sql, r.sql, i, orderOfParts(element(l), element(r)), arrayHole)
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL AND %s IS NOT NULL THEN COALESCE(list_filter(%s, lambda o: o <> 0)[1], CAST(sign(len(%s) - len(%s)) AS INTEGER)) END", l.sql, r.sql, each, l.sql, r.sql)
	case RowKind:
		each := make([]string, len(l.typ.Args))
		for i, t := range l.typ.Args {
			name := l.typ.FieldName(i)
			each[i] = fmt.Sprintf("COALESCE(%s, %d)", orderOfParts(term{typ: t, sql: structField(l.sql, name)}, term{typ: t, sql: structField(r.sql, name)}), rowHole)
		}
		return fmt.Sprintf("CASE WHEN %s IS NOT NULL AND %s IS NOT NULL THEN COALESCE(list_filter([%s], lambda o: o <> 0)[1], 0) END", l.sql, r.sql, strings.Join(each, ", "))
	}
	return order
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
		i := unusedName("i", l.sql, r.sql)
		element := func(t term) term {
			return term{typ: t.typ.Args[0], sql: "list_extract(" + t.sql + ", " + i + ")"}
		}
		each := "list_transform(range(1, len(" + l.sql + ") + 1), lambda " + i + ": " + a.equalParts(element(l), element(r)) + ")"
		return fmt.Sprintf("CASE WHEN len(%s) <> len(%s) THEN FALSE WHEN %s IS NULL THEN NULL ELSE %s END", l.sql, r.sql, r.sql, allTrue(each))
	case MapKind:
		k := unusedName("k", l.sql, r.sql)
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
