package dialect

import "strings"

// readContainer is readColumn for an array, map or row, which a scan yields as
// JSON of the same shape whose scalars are texts.
func (a *analyzer) readContainer(sql string, t Type) (value string, ok bool) {
	texts := duckCast("CAST("+sql+" AS JSON)", textsOf(t))
	value, ok = a.readParts(texts, t)
	return duckCast(value, t), ok
}

// textsOf is the type of t's shape whose scalars are texts.
func textsOf(t Type) Type {
	if len(t.Args) == 0 {
		return varcharType
	}
	args := make([]Type, len(t.Args))
	for i, arg := range t.Args {
		args[i] = textsOf(arg)
	}
	t.Args = args
	return t
}

// readParts writes the value of type t of one of type textsOf(t).
func (a *analyzer) readParts(sql string, t Type) (value string, ok bool) {
	if len(t.Args) == 0 {
		return a.readText(sql, t)
	}
	parts := make([]string, len(t.Args))
	ok = true
	read := func(i int, sql string) {
		var can bool
		parts[i], can = a.readParts(sql, t.Args[i])
		ok = ok && can
	}
	name := unusedName("e", sql)
	switch t.Kind {
	case ArrayKind:
		read(0, name)
		return "list_transform(" + sql + ", lambda " + name + ": " + parts[0] + ")", ok
	case MapKind:
		read(0, structField(name, "key"))
		read(1, structField(name, "value"))
		return "map_from_entries(list_transform(map_entries(" + sql + "), lambda " + name + ": " + entry(parts[0], parts[1]) + "))", ok
	}
	return let(sql, "", func(row string) string {
		for i := range t.Args {
			read(i, structField(row, t.FieldName(i)))
			parts[i] = duckName(t.FieldName(i)) + " := " + parts[i]
		}
		return "CASE WHEN " + row + " IS NULL THEN NULL ELSE struct_pack(" + strings.Join(parts, ", ") + ") END"
	}), ok
}

// readText is readColumn for a scalar within another value, which is always a
// text: an integer's has the type's form.
func (a *analyzer) readText(sql string, t Type) (value string, ok bool) {
	switch t.Kind {
	case IntegerKind, BigintKind:
		return "CAST(" + sql + " AS " + t.DuckDB() + ")", true
	case DateKind:
		return "vpcq_hive_date(" + sql + ")", true
	}
	return a.readColumn(sql, t)
}
