package dialect

import (
	"strings"
)

// Casts to JSON are written part by part: each is the SQL of a text, which is
// NULL where the value is. Casts from JSON are one native and, of arrays, maps
// and rows, DuckDB's cast of what it gives.

// takesJSON reports whether JSON casts to a type.
func takesJSON(to Type) bool {
	switch to.Kind {
	case MapKind:
		return to.Args[0].isJSONKey() && takesJSON(to.Args[1])
	case ArrayKind, RowKind:
		for _, arg := range to.Args {
			if !takesJSON(arg) {
				return false
			}
		}
		return true
	}
	return to.isJSONKey() || to.Kind == JSONKind
}

// becomesJSON reports whether a type casts to JSON.
func becomesJSON(from Type) bool {
	switch from.Kind {
	case MapKind:
		return (from.Args[0].isJSONKey() || from.Args[0].Kind == UnknownKind) && becomesJSON(from.Args[1])
	case ArrayKind, RowKind:
		for _, arg := range from.Args {
			if !becomesJSON(arg) {
				return false
			}
		}
		return true
	case UnknownKind, JSONKind, DateKind, TimestampKind:
		return true
	}
	return from.isJSONKey()
}

// isJSONKey reports whether values of t may be the names of members.
func (t Type) isJSONKey() bool {
	return t.Kind == BooleanKind || t.isNumeric() || t.Kind == VarcharKind
}

// castOperand analyses what a cast is of. The cast of json_parse to an array,
// map or row reads the text itself, as Trino does: members keep their order, and
// what is no JSON fails as the cast does.
func (a *analyzer) castOperand(e *Cast, to Type, s *scope) term {
	call, ok := e.Expr.(*FunctionCall)
	if !ok || e.Try || len(to.Args) == 0 || len(call.Args) != 1 || callName(call) != "json_parse" || len(call.Name.Parts) > 1 {
		return a.expression(e.Expr, s)
	}
	t := a.expression(e.Expr, s)
	text := a.expression(call.Args[0], s)
	if a.err != nil {
		return nullTerm
	}
	t.sql = a.coerce(text, varcharType).sql
	return t
}

// convertJSON casts to and from JSON.
func (a *analyzer) convertJSON(t term, to Type, try bool) string {
	if to.Kind == JSONKind {
		return a.jsonOf(t)
	}
	sql := nativeName("json_cast") + "(" + t.sql + ", " + duckString(typeText(to)) + ")"
	if len(to.Args) > 0 {
		sql = "CAST(" + sql + " AS JSON)"
	}
	if !to.isText() {
		sql = duckCast(sql, to)
	}
	if try {
		return "TRY(" + sql + ")"
	}
	return sql
}

// typeText prints a type so that parseTypeText reads it back, the names of
// fields in quotes, which keep their case.
func typeText(t Type) string {
	parts := make([]string, len(t.Args))
	for i, arg := range t.Args {
		parts[i] = typeText(arg)
		if t.Kind == RowKind && t.Names[i] != "" {
			parts[i] = duckName(t.Names[i]) + " " + parts[i]
		}
	}
	if len(parts) == 0 {
		return t.String()
	}
	return kindNames[t.Kind] + "(" + strings.Join(parts, ", ") + ")"
}

// jsonOf writes the JSON of a value.
func (a *analyzer) jsonOf(t term) string {
	switch t.typ.Kind {
	case JSONKind:
		return t.sql
	case VarcharKind:
		return nativeName("json_string") + "(" + t.sql + ")"
	case DoubleKind, RealKind:
		return nativeName("json_"+kindWord(t.typ.Kind)) + "(" + t.sql + ")"
	case DecimalKind:
		return nativeName("json_decimal") + "(" + duckCast(t.sql, varcharType) + ")"
	case DateKind, TimestampKind:
		return `('"' || ` + a.convertToText(t, varcharType, false) + ` || '"')`
	case ArrayKind:
		return a.jsonOfParts("[", t.sql, "]", func(element string) string {
			return a.jsonOrNull(term{typ: t.typ.Args[0], sql: element})
		})
	case MapKind:
		object := a.jsonOfParts("{", "map_entries("+t.sql+")", "}", func(entry string) string {
			key := term{typ: t.typ.Args[0], sql: structField(entry, "key")}
			value := term{typ: t.typ.Args[1], sql: structField(entry, "value")}
			return nativeName("json_string") + "(" + jsonKey(key) + ") || ':' || " + a.jsonOrNull(value)
		})
		return nativeName("json_sort") + "(" + object + ")"
	case RowKind:
		return a.jsonOfRow(t)
	}
	return duckCast(t.sql, varcharType)
}

// jsonOrNull writes the JSON of a part, which is null where it is NULL.
func (a *analyzer) jsonOrNull(t term) string { return "COALESCE(" + a.jsonOf(t) + ", 'null')" }

// jsonOfParts writes the JSON of the elements of a list, each written by part, between brackets.
func (a *analyzer) jsonOfParts(before, list, after string, part func(element string) string) string {
	e := unusedName("e", list)
	return "('" + before + "' || array_to_string(list_transform(" + list + ", lambda " + e + ": " + part(e) + "), ',') || '" + after + "')"
}

// jsonKey writes the text of a map's key as the name of a member.
func jsonKey(t term) string {
	if t.typ.Kind == DoubleKind || t.typ.Kind == RealKind {
		return nativeName("text_of_json_"+kindWord(t.typ.Kind)) + "(" + t.sql + ")"
	}
	text := duckCast(t.sql, varcharType)
	if t.typ.Kind == DecimalKind && t.typ.Precision == t.typ.Scale {
		return pointedText(text)
	}
	return text
}

// jsonOfRow writes the JSON of a row: an object, whose members may share the
// empty name. A lambda gives the row a name, so that it is computed once.
func (a *analyzer) jsonOfRow(t term) string {
	r := unusedName("r", t.sql)
	parts := make([]string, len(t.typ.Args))
	for i, arg := range t.typ.Args {
		name := string(appendQuotedJSON(nil, t.typ.Names[i])) + ":"
		parts[i] = duckString(name) + " || " + a.jsonOrNull(term{typ: arg, sql: structField(r, t.typ.FieldName(i))})
	}
	object := "'{' || " + strings.Join(parts, " || ',' || ") + " || '}'"
	return "list_extract(list_transform([" + t.sql + "], lambda " + r + ": CASE WHEN " + r + " IS NOT NULL THEN " + object + " END), 1)"
}
