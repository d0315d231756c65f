package dialect

import "strings"

// gatherFunctions gather the values of a group of rows into arrays and maps, or
// lead them through a function.
var gatherFunctions = []Function{
	{Name: "array_agg", Kind: AggregateFunction, Signatures: []string{"array_agg(T) array(T)"}, Doc: "The values as an array, NULLs included.", Example: "SELECT array_agg(x ORDER BY x) FROM (VALUES 2, 1) t(x)", Want: "[1, 2]", render: arrayAggregate},
	{Name: "map_agg", Kind: AggregateFunction, Signatures: []string{"map_agg(K:comparable, V) map(K, V)"}, Doc: "A map of keys and values; of a key that repeats, the first value.", Example: "SELECT map_agg(x, y) FROM (VALUES ('a', 1)) t(x, y)", Want: "{a=1}", render: mapAggregate},
	{Name: "map_union", Kind: AggregateFunction, Signatures: []string{"map_union(map(K, V)) map(K, V)"}, Doc: "The entries of all maps; of a key that repeats, the first value.", Example: "SELECT map_union(m) FROM (VALUES map(ARRAY['a'], ARRAY[1]), map(ARRAY['b'], ARRAY[2])) t(m)", Want: "{a=1, b=2}", render: mapUnion},
	{Name: "multimap_agg", Kind: AggregateFunction, Signatures: []string{"multimap_agg(K:comparable, V) map(K, array(V))"}, Doc: "A map of the keys, and of each key the array of its values.", Example: "SELECT multimap_agg(x, y) FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) t(x, y)", Want: "{a=[1, 3], b=[2]}", render: multimapAggregate},
	{Name: "reduce_agg", Kind: AggregateFunction, Signatures: []string{"reduce_agg(T, S, function(S, T, S), function(S, S, S)) S"}, Doc: "The state after all values that are not NULL, from an initial one.", Example: "SELECT reduce_agg(x, 0, (s, x) -> s + x, (s, t) -> s + t) FROM (VALUES 1, 2, 3) t(x)", Want: "6", render: reduceAggregate},
}

// gathered writes the array of what each row gives, in the order of the rows. An
// unnested array keeps its order, which DuckDB may reverse where the query joins
// or filters as well.
func (c *callSite) gathered(each string) string {
	distinct := c.tail.distinct && c.tail.order == ""
	if distinct {
		c.tail.distinct = false
	}
	if c.tail.order == "" && len(c.scope.ordinals) > 0 && !c.scope.streams {
		c.tail.order = " ORDER BY " + strings.Join(c.scope.ordinals, ", ")
	}
	list := c.expand("{array_agg(" + each + ")}")
	if !distinct {
		return list
	}
	list = c.name(list)
	return "list_filter(" + list + ", lambda x, i: list_position(" + list + ", x) = i)"
}

func arrayAggregate(c *callSite) string { return c.gathered("$1") }

// gatheredEntries writes the entries of keys and values without those whose key
// is NULL, and NULL where none is left.
func (c *callSite) gatheredEntries() string {
	entries := c.name("list_filter(" + c.gathered(entry("$1", "$2")) + `, lambda e: struct_extract(e, 'key') IS NOT NULL)`)
	return "CASE WHEN len(" + entries + ") > 0 THEN " + entries + " END"
}

// mapAggregate keeps the first value of a key; DuckDB's maps refuse a second.
func mapAggregate(c *callSite) string {
	return c.firstOfKeys(c.gatheredEntries(), c.result)
}

// firstOfKeys writes the map, of type t, of the first entries of their keys.
func (c *callSite) firstOfKeys(entries string, t Type) string {
	entries = c.name(entries)
	same := c.name(identity(arrayType(t.Args[0]), c.name("list_transform("+entries+`, lambda e: struct_extract(e, 'key'))`)))
	return duckCast("map_from_entries(list_filter("+entries+", lambda e, i: list_position("+same+", "+same+"[i]) = i))", t)
}

func mapUnion(c *callSite) string {
	maps := c.name("list_filter(" + c.gathered("map_entries($1)") + ", lambda m: m IS NOT NULL)")
	return c.firstOfKeys("CASE WHEN len("+maps+") > 0 THEN flatten("+maps+") END", c.result)
}

func multimapAggregate(c *callSite) string {
	return c.multimap(c.gatheredEntries(), c.result)
}

// multimap writes the map, of type t, of the keys of entries and of all values of each.
func (c *callSite) multimap(entries string, t Type) string {
	entries = c.name(entries)
	keys := c.name("list_transform(" + entries + `, lambda e: struct_extract(e, 'key'))`)
	same := c.name(identity(arrayType(t.Args[0]), keys))
	i, j := c.parameter("i"), c.parameter("j")
	positions := "range(1, len(" + keys + ") + 1)"
	first := "list_filter(" + positions + ", lambda i: list_position(" + same + ", " + same + "[i]) = i)"
	values := "list_transform(list_filter(" + positions + ", lambda " + j + ": " + same + "[" + j + "] = " + same + "[" + i + "]), lambda " + j + ": " + structField(entries+"["+j+"]", "value") + ")"
	return c.mapOf("list_transform("+first+", lambda "+i+": "+entry(keys+"["+i+"]", values)+")", t)
}

// reduceAggregate leads the values through the first function, in the order of
// the rows; the second, which joins states, is not needed.
func reduceAggregate(c *callSite) string {
	if k := c.result.Kind; k != BooleanKind && k != DoubleKind && !c.result.isInteger() {
		return c.fail(notSupported, "State type not supported for reduce_agg: %s", c.result)
	}
	values := c.name("list_filter(" + c.gathered("$1") + ", lambda x: x IS NOT NULL)")
	initial := c.name(c.args[1].sql)
	return "CASE WHEN len(" + values + ") > 0 THEN " + c.reduced(values, c.args[0].typ, initial, c.args[2]) + " END"
}
