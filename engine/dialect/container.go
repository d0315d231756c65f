package dialect

import (
	"fmt"
	"math/big"
	"strings"
)

// maxArrayElements is the most that Trino takes between the brackets.
const maxArrayElements = 254

// array analyses ARRAY[…].
func (a *analyzer) array(e *Array, s *scope) term {
	if len(e.Elements) > maxArrayElements {
		return a.fail(e, "TOO_MANY_ARGUMENTS", "Too many arguments for array constructor")
	}
	terms := a.arguments(e.Elements, s)
	types := make([]Type, len(terms))
	for i, t := range terms {
		types[i] = t.typ
	}
	common, ok := commonOf(types)
	if !ok {
		for i := range types {
			if so, ok := commonOf(types[:i+1]); !ok {
				before, _ := commonOf(types[:i])
				_ = so
				return a.fail(e.Elements[i], typeMismatch, "All ARRAY elements must be the same type or coercible to a common type. Cannot find common type between %s and %s", before, types[i])
			}
		}
	}
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = a.coerce(t, common).sql
	}
	t := arrayType(common)
	return term{typ: t, sql: duckCast("["+strings.Join(parts, ", ")+"]", t)}
}

// row analyses ROW(…) and (a, b).
func (a *analyzer) row(e *Row, s *scope) term {
	terms := a.arguments(e.Items, s)
	t := Type{Kind: RowKind, Names: make([]string, len(terms))}
	for _, item := range terms {
		t.Args = append(t.Args, item.typ)
	}
	parts := make([]string, len(terms))
	for i, item := range terms {
		parts[i] = duckName(t.FieldName(i)) + " := " + duckCast(item.sql, item.typ)
	}
	return term{typ: t, sql: "struct_pack(" + strings.Join(parts, ", ") + ")"}
}

// subscript analyses a[n], m[k] and r[n], which fail where there is no such part.
func (a *analyzer) subscript(e *Subscript, s *scope) term {
	base, index := a.expression(e.Base, s), a.expression(e.Index, s)
	switch base.typ.Kind {
	case ArrayKind:
		if !canCoerce(index.typ, bigintType) {
			return a.fail(e, typeMismatch, "Cannot use %s for subscript of %s", index.typ, base.typ)
		}
		return a.arraySubscript(base, a.coerce(index, bigintType))
	case MapKind:
		key, ok := commonType(base.typ.Args[0], index.typ)
		if !ok {
			return a.fail(e, typeMismatch, "Cannot use %s for subscript of %s", index.typ, base.typ)
		}
		return a.mapSubscript(a.coerce(base, mapType(key, base.typ.Args[1])), a.coerce(index, key))
	case RowKind:
		return a.rowSubscript(e, base, index)
	}
	return a.fail(e, typeMismatch, "Cannot use %s for subscript of %s", index.typ, base.typ)
}

func (a *analyzer) mapSubscript(base, key term) term {
	sql := let(base.sql, key.sql, func(base string) string {
		return let(key.sql, base, func(k string) string {
			missing := "'Key not present in map'"
			if canCast(key.typ, varcharType) {
				missing = "'Key not present in map: ' || " + a.convert(term{typ: key.typ, sql: k}, varcharType, false).sql
			}
			return fmt.Sprintf("CASE WHEN %s IS NULL OR %s IS NULL OR map_contains(%s, %s) THEN %s[%s] ELSE %s END", base, k, base, k, base, k, a.raise(functionArgument, missing))
		})
	})
	return term{typ: base.typ.Args[1], sql: sql}
}

func (a *analyzer) arraySubscript(base, index term) term {
	sql := let(base.sql, index.sql, func(base string) string {
		return let(index.sql, base, func(i string) string {
			message := "'Array subscript must be less than or equal to array length: ' || " + i + " || ' > ' || len(" + base + ")"
			return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL WHEN %s = 0 THEN %s WHEN %s < 0 THEN %s WHEN %s > len(%s) THEN %s ELSE list_extract(%s, %s) END", base,
				i, a.raise(functionArgument, indexFromOne),
				i, a.raise(functionArgument, "'Array subscript is negative: ' || "+i),
				i, base, a.raise(functionArgument, message), base, i)
		})
	})
	return term{typ: base.typ.Args[0], sql: sql}
}

func (a *analyzer) rowSubscript(e *Subscript, base, index term) term {
	n, ok := index.value.(*big.Rat)
	if !ok {
		return a.fail(e.Index, "EXPRESSION_NOT_CONSTANT", "Subscript expression on ROW requires a constant index")
	}
	i := n.Num().Int64()
	if i < 1 {
		return a.fail(e.Index, functionArgument, "Invalid subscript index: %d. ROW indices start at 1", i)
	}
	if i > int64(len(base.typ.Args)) {
		return a.fail(e.Index, functionArgument, "Subscript index out of bounds: %d, max value is %d", i, len(base.typ.Args))
	}
	return term{typ: base.typ.Args[i-1], sql: structField(base.sql, base.typ.FieldName(int(i-1)))}
}

// convertContainer casts arrays, maps, rows and JSON part by part.
func (a *analyzer) convertContainer(t term, to Type, try bool) string {
	switch {
	case t.typ.Kind == JSONKind || to.Kind == JSONKind:
		return a.convertJSON(t, to, try)
	case t.typ.DuckDB() == to.DuckDB() && !needsConversion(t.typ, to):
		return t.sql
	}
	name := unusedName("e", t.sql)
	switch to.Kind {
	case ArrayKind:
		element := a.convert(term{typ: t.typ.Args[0], sql: name}, to.Args[0], try)
		return duckCast("list_transform("+t.sql+", lambda "+name+": "+element.sql+")", to)
	case MapKind:
		key := a.convert(term{typ: t.typ.Args[0], sql: name + "." + duckName("key")}, to.Args[0], try)
		value := a.convert(term{typ: t.typ.Args[1], sql: name + "." + duckName("value")}, to.Args[1], try)
		entries := "list_transform(map_entries(" + t.sql + "), lambda " + name + ": " + entry(key.sql, value.sql) + ")"
		return let(entries, "", func(entries string) string { return a.castKeys(entries, to) })
	}
	return let(t.sql, "", func(row string) string {
		parts := make([]string, len(to.Args))
		for i := range to.Args {
			field := a.convert(term{typ: t.typ.Args[i], sql: structField(row, t.typ.FieldName(i))}, to.Args[i], try)
			parts[i] = duckName(to.FieldName(i)) + " := " + duckCast(field.sql, to.Args[i])
		}
		return "CASE WHEN " + row + " IS NULL THEN NULL ELSE struct_pack(" + strings.Join(parts, ", ") + ") END"
	})
}

// castKeys writes the map of entries that were cast, whose keys may have become one.
func (a *analyzer) castKeys(entries string, to Type) string {
	keys := identity(arrayType(to.Args[0]), "list_transform("+entries+`, lambda e: struct_extract(e, 'key'))`)
	return "CASE WHEN len(list_filter(" + keys + ", lambda k: k IS NULL)) > 0 THEN " + a.raise(invalidCast, "'map key is null'") +
		" WHEN len(list_distinct(" + keys + ")) < len(" + keys + ") THEN " + a.raise(invalidCast, "'duplicate keys'") +
		" ELSE " + duckCast("map_from_entries("+entries+")", to) + " END"
}

// needsConversion reports whether values of two types with one DuckDB type still differ.
func needsConversion(from, to Type) bool {
	if from.Kind != to.Kind {
		return true
	}
	for i := range from.Args {
		if needsConversion(from.Args[i], to.Args[i]) {
			return true
		}
	}
	narrower := (from.Kind == VarcharKind || from.Kind == CharKind) && to.Length != Unbounded && (from.Length == Unbounded || from.Length > to.Length)
	return narrower || from.Precision > to.Precision && from.Kind != DecimalKind
}
