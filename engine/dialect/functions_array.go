package dialect

import (
	"fmt"
	"strings"
)

// arrayFunctions work on arrays, whose positions count from 1.
var arrayFunctions = []Function{
	{Name: "array_distinct", Signatures: []string{"array_distinct(array(E:comparable)) array(E)"}, SQL: "list_filter($1, lambda x, i: list_position($1, x) = i)", Doc: "The elements without repetitions, in their order.", Example: "array_distinct(ARRAY[1, 2, 1])", Want: "[1, 2]"},
	{Name: "array_join", Signatures: []string{"array_join(array(varchar), varchar) varchar"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE COALESCE(array_to_string(list_filter($1, lambda x: x IS NOT NULL), $2), '') END", Doc: "The elements that are not NULL with a text between them.", Example: "array_join(ARRAY['a', NULL, 'b'], ',')", Want: "a,b"},
	{Name: "array_join", Signatures: []string{"array_join(array(T), varchar) varchar"}, Doc: "The elements as text.", Example: "array_join(ARRAY[1, 2], ',')", Want: "1,2", render: arrayJoin},
	{Name: "array_join", Signatures: []string{"array_join(array(T), varchar, varchar) varchar"}, Doc: "The elements as text, the last argument for NULLs.", Example: "array_join(ARRAY[1, NULL], ',', '-')", Want: "1,-", render: arrayJoin},
	{Name: "array_max", Signatures: []string{"array_max(array(T:orderable)) T"}, Doc: "The largest element, NULL where one is NULL.", Example: "array_max(ARRAY[1, 3, 2])", Want: "3", render: withoutFloats("CASE WHEN len(list_filter($1, lambda x: x IS NULL)) > 0 THEN NULL ELSE list_max($1) END")},
	{Name: "array_min", Signatures: []string{"array_min(array(T:orderable)) T"}, Doc: "The smallest element, NULL where one is NULL.", Example: "array_min(ARRAY[1, 3, 2])", Want: "1", render: withoutFloats("CASE WHEN len(list_filter($1, lambda x: x IS NULL)) > 0 THEN NULL ELSE list_min($1) END")},
	{Name: "array_position", Signatures: []string{"array_position(array(T:comparable), T) bigint"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE CAST(COALESCE(list_position($1, $2), 0) AS BIGINT) END", Doc: "The position of the first element equal to the argument, 0 without one.", Example: "array_position(ARRAY[5, 7], 7)", Want: "2"},
	{Name: "array_remove", Signatures: []string{"array_remove(array(E:comparable), E) array(E)"}, SQL: "CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda x: x IS NULL OR x <> $2) END", Doc: "The array without the elements equal to the argument.", Example: "array_remove(ARRAY[1, 2, 1], 1)", Want: "[2]"},
	{Name: "array_sort", Signatures: []string{"array_sort(array(E:orderable)) array(E)"}, SQL: "list_sort($1, 'ASC', 'NULLS LAST')", Doc: "The elements in ascending order, NULLs last.", Example: "array_sort(ARRAY[3, NULL, 1])", Want: "[1, 3, null]"},
	{Name: "array_sort", Signatures: []string{"array_sort(array(T), function(T, T, integer)) array(T)"}, Doc: "The elements in the order of a comparison: not supported.", render: refused("array_sort with a lambda")},
	{Name: "array_union", Signatures: []string{"array_union(array(E:comparable), array(E)) array(E)"}, SQL: "list_filter($1 || $2, lambda x, i: list_position($1 || $2, x) = i)", Doc: "The elements of both without repetitions.", Example: "array_union(ARRAY[1, 2], ARRAY[2, 3])", Want: "[1, 2, 3]"},
	{Name: "array_intersect", Signatures: []string{"array_intersect(array(E:comparable), array(E)) array(E)"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN len($1) < len($2) THEN list_filter($2, lambda x, i: list_position($2, x) = i AND list_position($1, x) > 0) ELSE list_filter($1, lambda x, i: list_position($1, x) = i AND list_position($2, x) > 0) END", Doc: "The elements that both have, without repetitions.", Example: "array_intersect(ARRAY[1, 2, 2], ARRAY[2, 3])", Want: "[2]"},
	{Name: "array_except", Signatures: []string{"array_except(array(E:comparable), array(E)) array(E)"}, SQL: "CASE WHEN $2 IS NOT NULL THEN list_filter($1, lambda x, i: list_position($1, x) = i AND COALESCE(list_position($2, x), 0) = 0) END", Doc: "The elements of the first that the second does not have, without repetitions.", Example: "array_except(ARRAY[1, 2], ARRAY[2, 3])", Want: "[1]"},
	{Name: "arrays_overlap", Signatures: []string{"arrays_overlap(array(E:comparable), array(E)) boolean"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN len(list_filter($1, lambda x: x IS NOT NULL AND list_contains($2, x))) > 0 THEN TRUE WHEN len($1) > 0 AND len($2) > 0 AND (len(list_filter($1, lambda x: x IS NULL)) > 0 OR len(list_filter($2, lambda x: x IS NULL)) > 0) THEN NULL ELSE FALSE END", Doc: "Whether the arrays have an element in common.", Example: "arrays_overlap(ARRAY[1, 2], ARRAY[2, 3])", Want: "true"},
	{Name: "cardinality", Signatures: []string{"cardinality(array(E)) bigint"}, SQL: "len($1)", Doc: "The number of elements.", Example: "cardinality(ARRAY[5, 7])", Want: "2"},
	{Name: "contains", Signatures: []string{"contains(array(T:comparable), T) boolean"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL WHEN list_contains($1, $2) THEN TRUE WHEN len(list_filter($1, lambda x: x IS NULL)) > 0 THEN NULL ELSE FALSE END", Doc: "Whether the array has an element equal to the argument.", Example: "contains(ARRAY[22, 3389], 22)", Want: "true"},
	{Name: "element_at", Signatures: []string{"element_at(array(E), bigint) E"}, Doc: "The element at a position, from the end where it is negative; NULL past the end.", Example: "element_at(ARRAY[5, 7], -1)", Want: "7", render: func(c *callSite) string {
		return c.guard(c.args[1].sql+" = 0", functionArgument, "SQL array indices start at 1", c.expand("list_extract($1, $2)"))
	}},
	{Name: "flatten", Signatures: []string{"flatten(array(array(E))) array(E)"}, SQL: "flatten(list_filter($1, lambda x: x IS NOT NULL))", Doc: "The elements of the arrays of an array.", Example: "flatten(ARRAY[ARRAY[1], ARRAY[2, 3]])", Want: "[1, 2, 3]"},
	{Name: "repeat", Signatures: []string{"repeat(T, bigint) array(T)"}, Doc: "An array of an element, a number of times.", Example: "repeat('a', 2)", Want: "[a, a]", render: func(c *callSite) string {
		return c.guard(c.args[1].sql+" > 10000", functionArgument, "count argument of repeat function must be less than or equal to 10000", c.expand("CASE WHEN $2 IS NOT NULL THEN CAST(list_transform(range(greatest($2, 0)), lambda i: $1) AS $T) END"))
	}},
	{Name: "reverse", Signatures: []string{"reverse(array(E)) array(E)"}, SQL: "list_reverse($1)", Doc: "The elements in reverse order.", Example: "reverse(ARRAY[1, 2])", Want: "[2, 1]"},
	{Name: "sequence", Signatures: []string{"sequence(bigint, bigint) array(bigint)"}, SQL: "CASE WHEN abs(CAST($2 AS HUGEINT) - $1) >= 10000 THEN error('INVALID_FUNCTION_ARGUMENT: result of sequence function must not have more than 10000 entries') WHEN $1 <= $2 THEN generate_series($1, $2) ELSE generate_series($1, $2, -1) END", Doc: "The numbers from one to another.", Example: "sequence(1, 3)", Want: "[1, 2, 3]"},
	{Name: "sequence", Signatures: []string{"sequence(bigint, bigint, bigint) array(bigint)"}, Doc: "The numbers from one to another by a step.", Example: "sequence(1, 7, 3)", Want: "[1, 4, 7]", render: numberSequence},
	{Name: "sequence", Signatures: []string{"sequence(date, date) array(date)", "sequence(date, date, interval day to second) array(date)", "sequence(date, date, interval year to month) array(date)"}, Doc: "The days from one to another.", Example: "sequence(DATE '2024-01-01', DATE '2024-01-03')", Want: "[2024-01-01, 2024-01-02, 2024-01-03]", render: daySequence},
	{Name: "trim_array", Signatures: []string{"trim_array(array(E), bigint) array(E)"}, SQL: "CASE WHEN $2 < 0 THEN error('INVALID_FUNCTION_ARGUMENT: size must not be negative: ' || $2) WHEN $2 > len($1) THEN error('INVALID_FUNCTION_ARGUMENT: size must not exceed array cardinality ' || len($1) || ': ' || $2) ELSE list_slice($1, 1, len($1) - $2) END", Doc: "The array without a number of its last elements.", Example: "trim_array(ARRAY[1, 2, 3], 1)", Want: "[1, 2]"},
	{Name: "zip", Signatures: []string{"zip(array(A), array(B)) array(A)", "zip(array(A), array(B), array(C)) array(A)", "zip(array(A), array(B), array(C), array(D)) array(A)"}, Doc: "Rows of the elements at each position, NULL past the end of an array.", Example: "zip(ARRAY[1, 2], ARRAY['a'])", Want: "[{field0=1, field1=a}, {field0=2, field1=null}]", render: zip},
	{Name: "slice", Signatures: []string{"slice(array(E), bigint, bigint) array(E)"}, SQL: "CASE WHEN $3 < 0 THEN error('INVALID_FUNCTION_ARGUMENT: length must be greater than or equal to 0') WHEN $2 = 0 THEN error('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1') WHEN $2 > 0 THEN list_slice($1, $2, $2 + $3 - 1) WHEN - $2 > len($1) THEN [] ELSE list_slice($1, len($1) + $2 + 1, len($1) + $2 + $3) END", Doc: "A number of elements from a position.", Example: "slice(ARRAY[1, 2, 3], 2, 2)", Want: "[2, 3]"},
}

// refused is what a function of Trino's does that vpcq has not.
func refused(what string) func(*callSite) string {
	return func(c *callSite) string { return c.a.refuse(c.node, "%s", what).sql }
}

func arrayJoin(c *callSite) string {
	element := c.args[0].typ.Args[0]
	if !canCast(element, varcharType) {
		return c.fail(typeMismatch, "Input type %s not supported", c.args[0].typ)
	}
	text := c.a.convert(term{typ: element, sql: "x"}, varcharType, false).sql
	list := "list_transform(" + c.args[0].sql + ", lambda x: " + text + ")"
	if len(c.args) == 3 {
		list = "list_transform(" + c.args[0].sql + ", lambda x: COALESCE(" + text + ", " + c.args[2].sql + "))"
	} else {
		list = "list_filter(" + list + ", lambda y: y IS NOT NULL)"
	}
	return fmt.Sprintf("CASE WHEN %s IS NULL OR %s IS NULL THEN NULL ELSE COALESCE(array_to_string(%s, %s), '') END", c.args[0].sql, c.args[1].sql, list, c.args[1].sql)
}

const badSequence = "sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start"

func numberSequence(c *callSite) string {
	tooLong := c.guard(c.expand("abs(CAST($2 AS HUGEINT) - $1) // abs($3) >= 10000"), functionArgument, "result of sequence function must not have more than 10000 entries", c.expand("generate_series($1, $2, $3)"))
	return c.guard(c.expand("$3 = 0 OR ($2 > $1 AND $3 < 0) OR ($2 < $1 AND $3 > 0)"), functionArgument, badSequence, tooLong)
}

func daySequence(c *callSite) string {
	step := "CASE WHEN " + c.args[0].sql + " <= " + c.args[1].sql + " THEN to_days(1) ELSE to_days(-1) END"
	if len(c.args) == 3 {
		if span, ok := c.args[2].value.(microSpan); ok && span%microsPerDay != 0 {
			return c.fail(functionArgument, "sequence step must be a day interval if start and end values are dates")
		}
		step = c.args[2].sql
	}
	series := "list_transform(generate_series(CAST(" + c.args[0].sql + " AS TIMESTAMP), CAST(" + c.args[1].sql + " AS TIMESTAMP), " + step + "), lambda d: CAST(d AS DATE))"
	if len(c.args) < 3 {
		return series
	}
	return c.guard(strings.NewReplacer("$1", c.args[0].sql, "$2", c.args[1].sql, "$3", step).Replace("($2 > $1 AND $3 < INTERVAL 0 DAY) OR ($2 < $1 AND $3 > INTERVAL 0 DAY)"), functionArgument, badSequence, series)
}

// mapFunctions work on maps.
var mapFunctions = []Function{
	{Name: "cardinality", Signatures: []string{"cardinality(map(K, V)) bigint"}, SQL: "CAST(cardinality($1) AS BIGINT)", Doc: "The number of entries.", Example: "cardinality(MAP(ARRAY['a'], ARRAY[1]))", Want: "1"},
	{Name: "element_at", Signatures: []string{"element_at(map(K, V), K) V"}, SQL: "$1[$2]", Doc: "The value of a key, NULL without one.", Example: "element_at(MAP(ARRAY['a'], ARRAY[1]), 'b')", Want: ""},
	{Name: "map", Signatures: []string{"map() map(unknown, unknown)"}, SQL: "CAST(MAP([], []) AS $T)", Doc: "An empty map.", Example: "map()", Want: "{}"},
	{Name: "map", Signatures: []string{"map(array(K:comparable), array(V)) map(K, V)"}, SQL: "CAST(map($1, $2) AS $T)", Doc: "A map of keys and values.", Example: "map(ARRAY['a', 'b'], ARRAY[1, 2])", Want: "{a=1, b=2}"},
	{Name: "map_from_entries", Signatures: []string{"map_from_entries(array(T)) map(T, T)"}, Doc: "A map of rows of a key and a value.", Example: "map_from_entries(ARRAY[(1, 'x')])", Want: "{1=x}", render: mapFromEntries},
	{Name: "map_concat", Signatures: []string{"map_concat(map(K, V), map(K, V)...) map(K, V)"}, Doc: "The entries of all, the last of a key.", Example: "map_concat(map(ARRAY['a'], ARRAY[1]), map(ARRAY['a'], ARRAY[2]))", Want: "{a=2}", render: mapConcat},
	{Name: "map_entries", Signatures: []string{"map_entries(map(K, V)) array(K)"}, Doc: "The entries as rows of a key and a value.", Example: "map_entries(map(ARRAY['a'], ARRAY[1]))", Want: "[{field0=a, field1=1}]", render: mapEntries},
	{Name: "map_keys", Signatures: []string{"map_keys(map(K, V)) array(K)"}, SQL: "map_keys($1)", Doc: "The keys.", Example: "map_keys(map(ARRAY['a'], ARRAY[1]))", Want: "[a]"},
	{Name: "map_values", Signatures: []string{"map_values(map(K, V)) array(V)"}, SQL: "map_values($1)", Doc: "The values.", Example: "map_values(map(ARRAY['a'], ARRAY[1]))", Want: "[1]"},
}

func mapFromEntries(c *callSite) string {
	row := c.args[0].typ.Args[0]
	if row.Kind != RowKind || len(row.Args) != 2 {
		return c.fail(functionNotFound, "Unexpected parameters (%s) for function map_from_entries. Expected: map_from_entries(array(row(k, v)))", c.args[0].typ)
	}
	c.result = mapType(row.Args[0], row.Args[1])
	return "map_from_entries(list_transform(" + c.args[0].sql + ", lambda e: struct_pack(\"key\" := " + structField("e", row.FieldName(0)) + ", \"value\" := " + structField("e", row.FieldName(1)) + ")))"
}

// lambdaFunctions take a function of the elements.
var lambdaFunctions = []Function{
	{Name: "all_match", Signatures: []string{"all_match(array(T), function(T, boolean)) boolean"}, SQL: "CASE WHEN $1 IS NULL THEN NULL WHEN list_contains(list_transform($1, $2), FALSE) THEN FALSE WHEN len(list_filter(list_transform($1, $2), lambda m: m IS NULL)) > 0 THEN NULL ELSE TRUE END", Doc: "Whether the condition holds of every element.", Example: "all_match(ARRAY[1, 2], x -> x > 0)", Want: "true"},
	{Name: "any_match", Signatures: []string{"any_match(array(T), function(T, boolean)) boolean"}, SQL: "CASE WHEN $1 IS NULL THEN NULL WHEN list_contains(list_transform($1, $2), TRUE) THEN TRUE WHEN len(list_filter(list_transform($1, $2), lambda m: m IS NULL)) > 0 THEN NULL ELSE FALSE END", Doc: "Whether the condition holds of an element.", Example: "any_match(ARRAY[1, 2], x -> x > 1)", Want: "true"},
	{Name: "none_match", Signatures: []string{"none_match(array(T), function(T, boolean)) boolean"}, SQL: "CASE WHEN $1 IS NULL THEN NULL WHEN list_contains(list_transform($1, $2), TRUE) THEN FALSE WHEN len(list_filter(list_transform($1, $2), lambda m: m IS NULL)) > 0 THEN NULL ELSE TRUE END", Doc: "Whether the condition holds of no element.", Example: "none_match(ARRAY[1, 2], x -> x > 2)", Want: "true"},
	{Name: "filter", Signatures: []string{"filter(array(T), function(T, boolean)) array(T)"}, SQL: "list_filter($1, $2)", Doc: "The elements of which the condition holds.", Example: "filter(ARRAY[1, 2, 3], x -> x > 1)", Want: "[2, 3]"},
	{Name: "transform", Signatures: []string{"transform(array(T), function(T, U)) array(U)"}, SQL: "list_transform($1, $2)", Doc: "What the function gives for each element.", Example: "transform(ARRAY[1, 2], x -> x * 10)", Want: "[10, 20]"},
	{Name: "zip_with", Signatures: []string{"zip_with(array(T), array(U), function(T, U, R)) array(R)"}, Doc: "What the function gives for each pair of elements.", Example: "zip_with(ARRAY[1, 2], ARRAY[3, 4], (x, y) -> x + y)", Want: "[4, 6]", render: zipWith},
	{Name: "reduce", Signatures: []string{"reduce(array(T), S, function(S, T, S), function(S, R)) R"}, Doc: "The state after all elements, from an initial one, and what the last function makes of it.", Example: "reduce(ARRAY[1, 2, 3], 0, (s, x) -> s + x, s -> s * 10)", Want: "60", render: reduceList},
	{Name: "map_filter", Signatures: []string{"map_filter(map(K, V), function(K, V, boolean)) map(K, V)"}, Doc: "The entries of which the condition holds.", Example: "map_filter(map(ARRAY['a', 'b'], ARRAY[1, 2]), (k, v) -> v > 1)", Want: "{b=2}", render: mapLambda("list_filter", "e", "")},
	{Name: "transform_values", Signatures: []string{"transform_values(map(K, V), function(K, V, R)) map(K, R)"}, Doc: "The map with new values.", Example: "transform_values(map(ARRAY['a'], ARRAY[1]), (k, v) -> v + 1)", Want: "{a=2}", render: mapLambda("list_transform", "e", "value")},
	{Name: "transform_keys", Signatures: []string{"transform_keys(map(K, V), function(K, V, R)) map(R, V)"}, Doc: "The map with new keys.", Example: "transform_keys(map(ARRAY['a'], ARRAY[1]), (k, v) -> upper(k))", Want: "{A=1}", render: mapLambda("list_transform", "e", "key")},
}

// lambdaParts takes a translated lambda apart: its parameters' names and its body.
func lambdaParts(sql string) ([]string, string) {
	head, body, _ := strings.Cut(strings.TrimPrefix(sql, "lambda "), ": ")
	return strings.Split(head, ", "), body
}

// zipWith runs over positions, since DuckDB's lambdas take one list.
func zipWith(c *callSite) string {
	names, body := lambdaParts(c.args[2].sql)
	i := duckName(c.a.freshAlias("i"))
	for j := range names {
		body = strings.ReplaceAll(body, names[j], "list_extract("+c.args[j].sql+", "+i+")")
	}
	return "list_transform(CASE WHEN " + c.args[0].sql + " IS NOT NULL AND " + c.args[1].sql + " IS NOT NULL THEN range(1, greatest(len(" + c.args[0].sql + "), len(" + c.args[1].sql + ")) + 1) END, lambda " + i + ": " + body + ")"
}

// reduceList carries the state and the element in one struct, since DuckDB's
// reduction knows one type.
func reduceList(c *callSite) string {
	step, body := lambdaParts(c.args[2].sql)
	last, final := lambdaParts(c.args[3].sql)
	p, q, x := duckName(c.a.freshAlias("p")), duckName(c.a.freshAlias("q")), duckName(c.a.freshAlias("x"))
	body = strings.ReplaceAll(strings.ReplaceAll(body, step[0], p+".s"), step[1], q+".x")
	state, element := c.args[2].typ.Args[2], c.args[0].typ.Args[0]
	pack := func(s, x string) string {
		return "struct_pack(s := " + duckCast(s, state) + ", x := " + duckCast(x, element) + ")"
	}
	list := "list_prepend(" + pack(c.args[1].sql, "NULL") + ", list_transform(" + c.args[0].sql + ", lambda " + x + ": " + pack("NULL", x) + "))"
	reduced := "list_reduce(" + list + ", lambda " + p + ", " + q + ": " + pack(body, "NULL") + ").s"
	return "CASE WHEN " + c.args[0].sql + " IS NULL THEN NULL ELSE " + strings.ReplaceAll(final, last[0], reduced) + " END"
}

func zip(c *callSite) string {
	row := Type{Kind: RowKind, Names: make([]string, len(c.args))}
	lengths, fields, missing := make([]string, len(c.args)), make([]string, len(c.args)), make([]string, len(c.args))
	i := duckName(c.a.freshAlias("i"))
	for j, t := range c.args {
		row.Args = append(row.Args, t.typ.Args[0])
		lengths[j], missing[j] = "len("+t.sql+")", t.sql+" IS NULL"
		fields[j] = duckName(row.FieldName(j)) + " := list_extract(" + t.sql + ", " + i + ")"
	}
	c.result = arrayType(row)
	return "CASE WHEN " + strings.Join(missing, " OR ") + " THEN NULL ELSE list_transform(range(1, greatest(" + strings.Join(lengths, ", ") + ") + 1), lambda " + i + ": struct_pack(" + strings.Join(fields, ", ") + ")) END"
}

func mapConcat(c *callSite) string {
	checks := make([]string, len(c.args))
	for i, t := range c.args {
		checks[i] = t.sql + " IS NULL"
	}
	return "CASE WHEN " + strings.Join(checks, " OR ") + " THEN NULL ELSE " + duckCast("map_concat("+c.list()+")", c.result) + " END"
}

func mapEntries(c *callSite) string {
	row := rowType([]string{"", ""}, c.args[0].typ.Args)
	c.result = arrayType(row)
	e := duckName(c.a.freshAlias("e"))
	return "list_transform(map_entries(" + c.args[0].sql + "), lambda " + e + ": struct_pack(\"field0\" := " + e + ".\"key\", \"field1\" := " + e + ".\"value\"))"
}

// mapLambda runs over the entries of a map. A lambda's parameters have names
// that occur nowhere else, so they can be replaced in its text.
func mapLambda(function, entry, replaced string) func(*callSite) string {
	return func(c *callSite) string {
		names, body := lambdaParts(c.args[1].sql)
		e := duckName(c.a.freshAlias(entry))
		key, value := e+`."key"`, e+`."value"`
		body = strings.ReplaceAll(strings.ReplaceAll(body, names[0], key), names[1], value)
		switch replaced {
		case "key":
			body = `struct_pack("key" := ` + body + `, "value" := ` + value + ")"
		case "value":
			body = `struct_pack("key" := ` + key + `, "value" := ` + body + ")"
		}
		return duckCast("map_from_entries("+function+"(map_entries("+c.args[0].sql+"), lambda "+e+": "+body+"))", c.result)
	}
}
