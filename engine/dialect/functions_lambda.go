package dialect

import "strings"

// lambdaFunctions take a function of the elements.
var lambdaFunctions = []Function{
	{Name: "all_match", Signatures: []string{"all_match(array(T), function(T, boolean)) boolean"}, Doc: "Whether the condition holds of every element.", Example: "all_match(ARRAY[1, 2], x -> x > 0)", Want: "true", render: match("FALSE", "FALSE", "TRUE")},
	{Name: "any_match", Signatures: []string{"any_match(array(T), function(T, boolean)) boolean"}, Doc: "Whether the condition holds of an element.", Example: "any_match(ARRAY[1, 2], x -> x > 1)", Want: "true", render: match("TRUE", "TRUE", "FALSE")},
	{Name: "none_match", Signatures: []string{"none_match(array(T), function(T, boolean)) boolean"}, Doc: "Whether the condition holds of no element.", Example: "none_match(ARRAY[1, 2], x -> x > 2)", Want: "true", render: match("TRUE", "FALSE", "TRUE")},
	{Name: "apply", Signatures: []string{"apply(T, function(T, U)) U"}, Doc: "What the function gives for the value.", Example: "apply(5, x -> x + 1)", Want: "6", render: func(c *callSite) string {
		return c.expand("list_transform([$1], $2)[1]")
	}},
	{Name: "filter", Signatures: []string{"filter(array(T), function(T, boolean)) array(T)"}, SQL: "list_filter($1, $2)", Doc: "The elements of which the condition holds.", Example: "filter(ARRAY[1, 2, 3], x -> x > 1)", Want: "[2, 3]"},
	{Name: "transform", Signatures: []string{"transform(array(T), function(T, U)) array(U)"}, SQL: "list_transform($1, $2)", Doc: "What the function gives for each element.", Example: "transform(ARRAY[1, 2], x -> x * 10)", Want: "[10, 20]"},
	{Name: "zip_with", Signatures: []string{"zip_with(array(T), array(U), function(T, U, R)) array(R)"}, Doc: "What the function gives for each pair of elements.", Example: "zip_with(ARRAY[1, 2], ARRAY[3, 4], (x, y) -> x + y)", Want: "[4, 6]", render: zipWith},
	{Name: "reduce", Signatures: []string{"reduce(array(T), S, function(S, T, S), function(S, R)) R"}, Doc: "The state after all elements, from an initial one, and what the last function makes of it.", Example: "reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s * 10)", Want: "60", render: reduceList},
	{Name: "map_filter", Signatures: []string{"map_filter(map(K, V), function(K, V, boolean)) map(K, V)"}, Doc: "The entries of which the condition holds.", Example: "map_filter(map(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1)", Want: "{b=2}", render: mapFilter},
	{Name: "map_zip_with", Signatures: []string{"map_zip_with(map(K, V), map(K, U), function(K, V, U, R)) map(K, R)"}, Doc: "The map of the keys of both and of what the function gives for the two values of each, NULL for a missing one.", Example: "map_zip_with(map(ARRAY['a'], ARRAY[1]), map(ARRAY['a'], ARRAY[2]), (k, x, y) -> x + y)", Want: "{a=3}", render: mapZipWith},
	{Name: "transform_keys", Signatures: []string{"transform_keys(map(K, V), function(K, V, R)) map(R, V)"}, Doc: "The map with new keys.", Example: "transform_keys(map(ARRAY['a'], ARRAY[1]), (k, v) -> upper(k))", Want: "{A=1}", render: transformKeys},
	{Name: "transform_values", Signatures: []string{"transform_values(map(K, V), function(K, V, R)) map(K, R)"}, Doc: "The map with new values.", Example: "transform_values(map(ARRAY['a'], ARRAY[1]), (k, v) -> v + 1)", Want: "{a=2}", render: transformValues},
}

// lambdaParts takes a translated lambda apart: its parameters' names and its body.
func lambdaParts(sql string) ([]string, string) {
	head, body, _ := strings.Cut(strings.TrimPrefix(sql, "lambda "), ": ")
	return strings.Split(head, ", "), body
}

// applied writes the body of a translated lambda for other arguments. Its
// parameters' names occur for nothing else.
func applied(lambda string, args ...string) string {
	names, body := lambdaParts(lambda)
	pairs := make([]string, 0, 2*len(names))
	for i, name := range names {
		pairs = append(pairs, name, args[i])
	}
	return strings.NewReplacer(pairs...).Replace(body)
}

// match writes a search among the outcomes of a condition: what is looked for,
// what the call gives where it is there, and where it is not and no outcome is open.
func match(wanted, found, otherwise string) func(*callSite) string {
	return func(c *callSite) string {
		c.share()
		m := c.name(c.expand("list_transform($1, $2)"))
		return "CASE WHEN " + m + " IS NULL THEN NULL WHEN list_contains(" + m + ", " + wanted + ") THEN " + found +
			" WHEN len(list_filter(" + m + ", lambda m: m IS NULL)) > 0 THEN NULL ELSE " + otherwise + " END"
	}
}

// zipWith runs over positions, since DuckDB's lambdas take one list.
func zipWith(c *callSite) string {
	c.share()
	x, y := c.args[0].sql, c.args[1].sql
	i := c.parameter("i")
	body := applied(c.args[2].sql, "list_extract("+x+", "+i+")", "list_extract("+y+", "+i+")")
	return "list_transform(CASE WHEN " + x + " IS NOT NULL AND " + y + " IS NOT NULL THEN range(1, greatest(len(" + x + "), len(" + y + ")) + 1) END, lambda " + i + ": " + body + ")"
}

// reduced carries the state and the element in one struct, since DuckDB's
// reduction knows one type.
func (c *callSite) reduced(list string, element Type, initial string, step term) string {
	state := step.typ.Args[2]
	pack := func(s, x string) string {
		return "struct_pack(s := " + duckCast(s, state) + ", x := " + duckCast(x, element) + ")"
	}
	p, q, x := c.parameter("p"), c.parameter("q"), c.parameter("x")
	packed := "list_prepend(" + pack(initial, "NULL") + ", list_transform(" + list + ", lambda " + x + ": " + pack("NULL", x) + "))"
	return structField("list_reduce("+packed+", lambda "+p+", "+q+": "+pack(applied(step.sql, structField(p, "s"), structField(q, "x")), "NULL")+")", "s")
}

func reduceList(c *callSite) string {
	c.share()
	last := c.name(c.reduced(c.args[0].sql, c.args[0].typ.Args[0], c.args[1].sql, c.args[2]))
	return "CASE WHEN " + c.args[0].sql + " IS NOT NULL THEN " + applied(c.args[3].sql, last) + " END"
}

func mapFilter(c *callSite) string {
	e := c.parameter("e")
	return duckCast("map_from_entries(list_filter(map_entries("+c.args[0].sql+"), lambda "+e+": "+applied(c.args[1].sql, structField(e, "key"), structField(e, "value"))+"))", c.result)
}

func transformValues(c *callSite) string {
	e := c.parameter("e")
	value := applied(c.args[1].sql, structField(e, "key"), structField(e, "value"))
	return duckCast("map_from_entries(list_transform(map_entries("+c.args[0].sql+"), lambda "+e+": "+entry(structField(e, "key"), value)+"))", c.result)
}

func transformKeys(c *callSite) string {
	e := c.parameter("e")
	key := applied(c.args[1].sql, structField(e, "key"), structField(e, "value"))
	return c.mapOf("list_transform(map_entries("+c.args[0].sql+"), lambda "+e+": "+entry(key, structField(e, "value"))+")", c.result)
}

// mapZipWith goes through the keys of the first map and then those that the second has besides.
func mapZipWith(c *callSite) string {
	c.share()
	x, y := c.args[0].sql, c.args[1].sql
	others := c.expand("list_filter(map_keys($2), lambda k: NOT map_contains($1, k))")
	keys := "list_concat(map_keys(" + x + "), " + others + ")"
	k := c.parameter("k")
	value := applied(c.args[2].sql, k, x+"["+k+"]", y+"["+k+"]")
	entries := "list_transform(" + keys + ", lambda " + k + ": " + entry(k, value) + ")"
	return c.strict(duckCast("map_from_entries("+entries+")", c.result))
}
