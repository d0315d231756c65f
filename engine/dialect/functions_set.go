package dialect

import "strings"

// setFunctions look for elements in arrays. Those that Trino compares with =
// have NULL for an outcome where NULLs lie within the elements, and refuse it;
// the others take NULLs, and NaNs, for the same.
var setFunctions = []Function{
	{Name: "array_distinct", Signatures: []string{"array_distinct(array(E:comparable)) array(E)"}, Doc: "The elements without repetitions, in their order.", Example: "array_distinct(ARRAY[1, 2, 1])", Want: "[1, 2]",
		render: identically("list_filter($1, lambda x, i: list_position(#1, #1[i]) = i)")},
	{Name: "array_except", Signatures: []string{"array_except(array(E:comparable), array(E)) array(E)"}, Doc: "The elements of the first that the second does not have, without repetitions.", Example: "array_except(ARRAY[1, 2], ARRAY[2, 3])", Want: "[1]",
		render: identically("list_filter($1, lambda x, i: list_position(#1, #1[i]) = i AND COALESCE(list_position(#2, #1[i]), 0) = 0)")},
	{Name: "array_histogram", Signatures: []string{"array_histogram(array(T:comparable)) map(T, bigint)"}, Doc: "A map of the elements that are not NULL and how often each occurs.", Example: "array_histogram(ARRAY[42, 7, 42])", Want: "{42=2, 7=1}",
		render: identically("CAST(map_from_entries(list_transform(list_filter(range(1, len($1) + 1), lambda i: $1[i] IS NOT NULL AND list_position(#1, #1[i]) = i), lambda i: struct_pack(\"key\" := $1[i], \"value\" := len(list_filter(#1, lambda x: x = #1[i]))))) AS $T)")},
	{Name: "array_intersect", Signatures: []string{"array_intersect(array(E:comparable), array(E)) array(E)"}, Doc: "The elements that both have, without repetitions, in the order of the longer.", Example: "array_intersect(ARRAY[1, 2, 2], ARRAY[2, 3])", Want: "[2]",
		render: identically("CASE WHEN len($1) < len($2) THEN list_filter($2, lambda x, i: list_position(#2, #2[i]) = i AND list_position(#1, #2[i]) > 0) ELSE list_filter($1, lambda x, i: list_position(#1, #1[i]) = i AND list_position(#2, #1[i]) > 0) END")},
	{Name: "array_position", Signatures: []string{"array_position(array(T:comparable), T) bigint"}, Doc: "The position of the first element equal to the argument, 0 without one.", Example: "array_position(ARRAY[5, 7], 7)", Want: "2", render: arrayPosition},
	{Name: "array_remove", Signatures: []string{"array_remove(array(E:comparable), E) array(E)"}, Doc: "The array without the elements equal to the argument.", Example: "array_remove(ARRAY[1, 2, 1], 1)", Want: "[2]", render: arrayRemove},
	{Name: "array_union", Signatures: []string{"array_union(array(E:comparable), array(E)) array(E)"}, Doc: "The elements of both without repetitions.", Example: "array_union(ARRAY[1, 2], ARRAY[2, 3])", Want: "[1, 2, 3]",
		render: identically("list_filter(list_concat($1, $2), lambda x, i: list_position(list_concat(#1, #2), list_concat(#1, #2)[i]) = i)")},
	{Name: "arrays_overlap", Signatures: []string{"arrays_overlap(array(E:comparable), array(E)) boolean"}, Doc: "Whether the arrays have an element in common, other than NULL.", Example: "arrays_overlap(ARRAY[1, 2], ARRAY[2, 3])", Want: "true",
		render: identically("CASE WHEN len(list_filter(#1, lambda x: x IS NOT NULL AND list_contains(#2, x))) > 0 THEN TRUE WHEN len($1) > 0 AND len($2) > 0 AND (len(list_filter($1, lambda x: x IS NULL)) > 0 OR len(list_filter($2, lambda x: x IS NULL)) > 0) THEN NULL ELSE FALSE END")},
	{Name: "contains", Signatures: []string{"contains(array(T:comparable), T) boolean"}, Doc: "Whether the array has an element equal to the argument; NULL where it has none but a NULL.", Example: "contains(ARRAY[22, 3389], 22)", Want: "true", render: arrayContains},
	{Name: "contains_sequence", Signatures: []string{"contains_sequence(array(T:comparable), array(T)) boolean"}, Doc: "Whether the elements of the second stand in the first, one after another.", Example: "contains_sequence(ARRAY[1, 2, 3], ARRAY[2, 3])", Want: "true",
		render: identically("(len(list_filter(range(1, len($1) - len($2) + 2), lambda i: list_slice(#1, i, i + len($2) - 1) IS NOT DISTINCT FROM #2)) > 0)")},
}

// identically writes a function whose template compares elements in #1 and #2:
// the arguments in a form that DuckDB compares as Trino's IS NOT DISTINCT FROM.
func identically(template string) func(*callSite) string {
	return func(c *callSite) string {
		c.share()
		for _, t := range c.args {
			c.identities = append(c.identities, c.name(identity(t.typ, t.sql)))
		}
		return c.strict(c.expand(template))
	}
}

// identity writes a value that equals another's in DuckDB where Trino takes the
// two for the same. It is the value itself but for maps, whose order does not count.
func identity(t Type, sql string) string {
	if !t.hasMaps() {
		return sql
	}
	e := unusedName("e", sql)
	switch t.Kind {
	case ArrayKind:
		return "list_transform(" + sql + ", lambda " + e + ": " + identity(t.Args[0], e) + ")"
	case MapKind:
		entry := `struct_pack(k := ` + identity(t.Args[0], structField(e, "key")) + `, v := ` + identity(t.Args[1], structField(e, "value")) + ")"
		return "list_sort(list_transform(map_entries(" + sql + "), lambda " + e + ": " + entry + "))"
	}
	fields := make([]string, len(t.Args))
	for i, arg := range t.Args {
		fields[i] = duckName(t.FieldName(i)) + " := " + identity(arg, structField(sql, t.FieldName(i)))
	}
	return "CASE WHEN " + sql + " IS NOT NULL THEN struct_pack(" + strings.Join(fields, ", ") + ") END"
}

// hasMaps reports whether t is a map or has one within.
func (t Type) hasMaps() bool {
	for _, arg := range t.Args {
		if arg.hasMaps() {
			return true
		}
	}
	return t.Kind == MapKind
}

// equalities shares, for each element of the first argument, whether it equals
// the second; NULL, which Trino refuses, where NULLs within leave it open.
func (c *callSite) equalities() string {
	c.share()
	array, value := c.args[0], c.args[1]
	x := c.parameter("x")
	equal := c.a.equalParts(term{typ: array.typ.Args[0], sql: x}, value)
	return c.name("list_transform(" + array.sql + ", lambda " + x + ": CASE WHEN " + x + " IS NULL THEN FALSE ELSE " + equal + " END)")
}

// refuseOpen writes a search among equalities that fails as Trino does where
// one before its end is NULL. end is the position at which the search ends.
func (c *callSite) refuseOpen(equalities, end, sql string) string {
	if !c.args[1].typ.hasParts() {
		return c.strict(sql)
	}
	message := duckString(c.function.Name + " does not support arrays with elements that are null or contain null")
	return c.strict("CASE WHEN list_position(" + equalities + ", NULL) < " + end + " THEN " + c.a.raise(notSupported, message) + " ELSE " + sql + " END")
}

func arrayContains(c *callSite) string {
	if t := c.args[1].typ; !t.hasParts() && !t.hasFloats() {
		c.share()
		return c.strict(c.expand("CASE WHEN list_contains($1, $2) THEN TRUE WHEN len(list_filter($1, lambda x: x IS NULL)) > 0 THEN NULL ELSE FALSE END"))
	}
	m := c.equalities()
	return c.refuseOpen(m, "COALESCE(list_position("+m+", TRUE), len("+m+") + 1)",
		"CASE WHEN list_contains("+m+", TRUE) THEN TRUE WHEN len(list_filter("+c.args[0].sql+", lambda x: x IS NULL)) > 0 THEN NULL ELSE FALSE END")
}

func arrayPosition(c *callSite) string {
	m := c.equalities()
	return c.refuseOpen(m, "COALESCE(list_position("+m+", TRUE), len("+m+") + 1)", "CAST(COALESCE(list_position("+m+", TRUE), 0) AS BIGINT)")
}

func arrayRemove(c *callSite) string {
	m := c.equalities()
	return c.refuseOpen(m, "len("+m+") + 1", "list_filter("+c.args[0].sql+", lambda x, i: NOT "+m+"[i])")
}
