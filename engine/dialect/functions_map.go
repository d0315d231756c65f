package dialect

// mapFunctions work on maps. Those that make one fail where a key is NULL, has a
// NULL within or repeats.
var mapFunctions = []Function{
	{Name: "cardinality", Signatures: []string{"cardinality(map(K, V)) bigint"}, SQL: "CAST(cardinality($1) AS BIGINT)", Doc: "The number of entries.", Example: "cardinality(MAP(ARRAY['a'], ARRAY[1]))", Want: "1"},
	{Name: "element_at", Signatures: []string{"element_at(map(K, V), K) V"}, SQL: "$1[$2]", Doc: "The value of a key, NULL without one.", Example: "element_at(MAP(ARRAY['a'], ARRAY[1]), 'b')", Want: ""},
	{Name: "map", Signatures: []string{"map() map(unknown, unknown)"}, SQL: "CAST(MAP([], []) AS $T)", Doc: "An empty map.", Example: "map()", Want: "{}"},
	{Name: "map", Signatures: []string{"map(array(K:comparable), array(V)) map(K, V)"}, Doc: "A map of keys and values.", Example: "map(ARRAY['a', 'b'], ARRAY[1, 2])", Want: "{a=1, b=2}", render: mapOfArrays},
	{Name: "map_concat", Signatures: []string{"map_concat(map(K, V), map(K, V)...) map(K, V)"}, Doc: "The entries of all maps; of a key that repeats, the last.", Example: "map_concat(map(ARRAY['a'], ARRAY[1]), map(ARRAY['a'], ARRAY[2]))", Want: "{a=2}", render: mapConcat},
	{Name: "map_entries", Signatures: []string{"map_entries(map(K, V)) array(K)"}, Doc: "The entries as rows of a key and a value.", Example: "map_entries(map(ARRAY['a'], ARRAY[1]))", Want: "[{field0=a, field1=1}]", render: mapEntries},
	{Name: "map_from_entries", Signatures: []string{"map_from_entries(array(T)) map(T, T)"}, Doc: "A map of rows of a key and a value.", Example: "map_from_entries(ARRAY[(1, 'x')])", Want: "{1=x}", render: mapFromEntries},
	{Name: "map_keys", Signatures: []string{"map_keys(map(K, V)) array(K)"}, SQL: "map_keys($1)", Doc: "The keys.", Example: "map_keys(map(ARRAY['a'], ARRAY[1]))", Want: "[a]"},
	{Name: "map_values", Signatures: []string{"map_values(map(K, V)) array(V)"}, SQL: "map_values($1)", Doc: "The values.", Example: "map_values(map(ARRAY['a'], ARRAY[1]))", Want: "[1]"},
	{Name: "multimap_from_entries", Signatures: []string{"multimap_from_entries(array(T)) map(T, array(T))"}, Doc: "A map of the keys of rows, and of each key the array of its values.", Example: "multimap_from_entries(ARRAY[(1, 'x'), (2, 'y'), (1, 'z')])", Want: "{1=[x, z], 2=[y]}", render: multimapFromEntries},
}

// The messages of Trino's about keys.
const (
	nullKey   = "'map key cannot be null'"
	nullEntry = "'map entry cannot be null'"
)

// entry writes DuckDB's struct of a key and a value.
func entry(key, value string) string {
	return `struct_pack("key" := ` + key + `, "value" := ` + value + ")"
}

// mapOf writes the map of a list of entries, which is of type t.
func (c *callSite) mapOf(entries string, t Type) string {
	entries = c.name(entries)
	e := c.parameter("e")
	keys := c.name("list_transform(" + entries + ", lambda " + e + ": " + structField(e, "key") + ")")
	same := c.name(identity(arrayType(t.Args[0]), keys))
	open := ""
	if t.Args[0].hasParts() {
		k := c.parameter("k")
		holes := "list_filter(" + keys + ", lambda " + k + ": " + hasHoles(t.Args[0], k) + ")"
		open = " WHEN len(" + holes + ") > 0 THEN " + c.a.raise(functionArgument, "'map key cannot be indeterminate: ' || "+shownText(t.Args[0], holes+"[1]"))
	}
	duplicate := keys + "[list_filter(range(1, len(" + keys + ") + 1), lambda i: list_position(" + same + ", " + same + "[i]) < i)[1]]"
	return "CASE WHEN " + entries + " IS NULL THEN NULL" +
		" WHEN len(list_filter(" + keys + ", lambda k: k IS NULL)) > 0 THEN " + c.a.raise(functionArgument, nullKey) + open +
		" WHEN len(list_distinct(" + same + ")) < len(" + same + ") THEN " + c.a.raise(functionArgument, "'Duplicate map keys (' || "+shownText(t.Args[0], duplicate)+" || ') are not allowed'") +
		" ELSE " + duckCast("map_from_entries("+entries+")", t) + " END"
}

// shownText writes a value as Trino's messages show it.
func shownText(t Type, sql string) string {
	list := func(of, separator string) string { return "array_to_string(" + of + ", '" + separator + "')" }
	x := unusedName("x", sql)
	text := duckCast(sql, varcharType)
	switch t.Kind {
	case ArrayKind:
		text = "('[' || " + list("list_transform("+sql+", lambda "+x+": "+shownText(t.Args[0], x)+")", ", ") + " || ']')"
	case MapKind:
		pair := shownText(t.Args[0], structField(x, "key")) + " || '=' || " + shownText(t.Args[1], structField(x, "value"))
		text = "('{' || " + list("list_transform(map_entries("+sql+"), lambda "+x+": "+pair+")", ", ") + " || '}')"
	case RowKind:
		fields := ""
		for i, arg := range t.Args {
			if i > 0 {
				fields += ", "
			}
			fields += shownText(arg, structField(sql, t.FieldName(i)))
		}
		text = "('[' || " + list("["+fields+"]", ", ") + " || ']')"
	}
	return "COALESCE(" + text + ", 'null')"
}

func mapOfArrays(c *callSite) string {
	c.share()
	i := c.parameter("i")
	keys, values := c.args[0].sql, c.args[1].sql
	entries := "CASE WHEN " + c.anyNull() + " THEN NULL WHEN len(" + keys + ") <> len(" + values + ") THEN " + c.a.raise(functionArgument, "'Key and value arrays must be the same length'") +
		" ELSE list_transform(range(1, len(" + keys + ") + 1), lambda " + i + ": " + entry(keys+"["+i+"]", values+"["+i+"]") + ") END"
	return c.mapOf(entries, c.result)
}

// entryRows shares the rows of the first argument, of a key and a value, and
// returns their entries and the type of their map.
func (c *callSite) entryRows() (string, Type) {
	row := c.args[0].typ.Args[0]
	if row.Kind == UnknownKind {
		row = rowType([]string{"", ""}, []Type{unknownType, unknownType})
	}
	if row.Kind != RowKind || len(row.Args) != 2 {
		return c.fail(functionNotFound, "Unexpected parameters (%s) for function %s. Expected: %s(array(row(k,v)))", c.args[0].typ, c.function.Name, c.function.Name), row
	}
	array := c.name(duckCast(c.args[0].sql, arrayType(row)))
	e := c.parameter("e")
	entries := c.name("list_transform(" + array + ", lambda " + e + ": " + entry(structField(e, row.FieldName(0)), structField(e, row.FieldName(1))) + ")")
	return "CASE WHEN len(list_filter(" + array + ", lambda e: e IS NULL)) > 0 THEN " + c.a.raise(functionArgument, nullEntry) + " ELSE " + entries + " END",
		mapType(row.Args[0], row.Args[1])
}

func mapFromEntries(c *callSite) string {
	entries, t := c.entryRows()
	if c.a.err != nil {
		return "NULL"
	}
	c.result = t
	return c.mapOf(entries, t)
}

func multimapFromEntries(c *callSite) string {
	entries, t := c.entryRows()
	if c.a.err != nil {
		return "NULL"
	}
	c.result = mapType(t.Args[0], arrayType(t.Args[1]))
	return c.multimap(entries, c.result)
}

// mapConcat puts the last map first, as Trino does, and keeps the first of a key.
func mapConcat(c *callSite) string {
	c.share()
	maps := "CAST([] AS " + arrayType(rowType([]string{"key", "value"}, c.result.Args)).DuckDB() + ")"
	for _, t := range c.args {
		maps = "list_concat(map_entries(" + t.sql + "), " + maps + ")"
	}
	return c.firstOfKeys("CASE WHEN "+c.anyNull()+" THEN NULL ELSE "+maps+" END", c.result)
}

func mapEntries(c *callSite) string {
	row := rowType([]string{"", ""}, c.args[0].typ.Args)
	c.result = arrayType(row)
	return c.expand(`list_transform(map_entries($1), lambda e: struct_pack("field0" := struct_extract(e, 'key'), "field1" := struct_extract(e, 'value')))`)
}
