package dialect

// sortFunctions put the elements of an array in order, NaN above all numbers
// where they sort and aside where they look for the least and the greatest.
var sortFunctions = []Function{
	{Name: "array_max", Signatures: []string{"array_max(array(T:orderable)) T"}, Doc: "The largest element, NULL where one is NULL, NaN where all are NaN.", Example: "array_max(ARRAY[1, 3, 2])", Want: "3", render: arrayMax},
	{Name: "array_min", Signatures: []string{"array_min(array(T:orderable)) T"}, Doc: "The smallest element, NULL where one is NULL, NaN where all are NaN.", Example: "array_min(ARRAY[1, 3, 2])", Want: "1", render: func(c *callSite) string {
		c.share()
		return c.wholly("list_min(" + c.args[0].sql + ")")
	}},
	{Name: "array_sort", Signatures: []string{"array_sort(array(E:orderable)) array(E)"}, Doc: "The elements in ascending order, NULLs last.", Example: "array_sort(ARRAY[3, NULL, 1])", Want: "[1, 3, null]", render: func(c *callSite) string {
		c.share()
		return c.refuseHoles(c.expand("list_sort($1, 'ASC', 'NULLS LAST')"))
	}},
	{Name: "array_sort", Signatures: []string{"array_sort(array(T), function(T, T, integer)) array(T)"}, Doc: "The elements in the order of a comparison, which gives -1, 0 or 1.", Example: "array_sort(ARRAY[3, 1, 2], (x, y) -> IF(x < y, 1, IF(x = y, 0, -1)))", Want: "[3, 2, 1]", render: arraySortBy},
}

// arrayMax takes NaN for less than all numbers, within rows and arrays too.
func arrayMax(c *callSite) string {
	c.share()
	array, element := c.args[0].sql, c.args[0].typ.Args[0]
	if !element.hasFloats() {
		return c.wholly("list_max(" + array + ")")
	}
	x := c.parameter("x")
	return c.wholly("list_max(list_transform(" + array + ", lambda " + x + ": struct_pack(k := " + nanFirst(element, x) + ", v := " + x + "))).v")
}

// nanFirst writes a value that DuckDB orders as the other, but NaN before all numbers.
func nanFirst(t Type, sql string) string {
	switch {
	case !t.hasFloats():
		return sql
	case t.Kind == ArrayKind:
		x := unusedName("x", sql)
		return "list_transform(" + sql + ", lambda " + x + ": " + nanFirst(t.Args[0], x) + ")"
	case t.Kind == RowKind:
		fields := ""
		for i, arg := range t.Args {
			if i > 0 {
				fields += ", "
			}
			fields += "f" + itoa(i) + " := " + nanFirst(arg, structField(sql, t.FieldName(i)))
		}
		return "struct_pack(" + fields + ")"
	}
	return "struct_pack(n := NOT isnan(" + sql + "), f := " + sql + ")"
}

// wholly writes a choice among the elements, NULL where one of them is NULL.
func (c *callSite) wholly(sql string) string {
	return c.refuseHoles(c.expand("CASE WHEN len(list_filter($1, lambda x: x IS NULL)) = 0 THEN ") + sql + " END")
}

// refuseHoles fails where NULLs within elements leave their order open. Trino
// does so only where it compares them.
func (c *callSite) refuseHoles(sql string) string {
	array := c.args[0]
	element := array.typ.Args[0]
	if !element.hasParts() {
		return sql
	}
	x := c.parameter("x")
	message := "'ARRAY comparison not supported for arrays with null elements'"
	if element.Kind == RowKind {
		message = "'ROW comparison not supported for fields with null elements'"
	}
	holes := "len(list_filter(" + array.sql + ", lambda " + x + ": " + x + " IS NOT NULL AND " + hasHoles(element, x) + ")) > 0"
	return "CASE WHEN len(" + array.sql + ") > 1 AND " + holes + " THEN " + c.a.raise(notSupported, message) + " ELSE " + sql + " END"
}

// hasHoles writes whether a value that is not NULL has a NULL within.
func hasHoles(t Type, sql string) string {
	switch t.Kind {
	case ArrayKind:
		x := unusedName("x", sql)
		return "len(list_filter(" + sql + ", lambda " + x + ": " + x + " IS NULL OR " + hasHoles(t.Args[0], x) + ")) > 0"
	case MapKind:
		e := unusedName("e", sql)
		return "len(list_filter(map_values(" + sql + "), lambda " + e + ": " + e + " IS NULL OR " + hasHoles(t.Args[1], e) + ")) > 0"
	case RowKind:
		any := "FALSE"
		for i, arg := range t.Args {
			field := structField(sql, t.FieldName(i))
			any += " OR " + field + " IS NULL OR " + hasHoles(arg, field)
		}
		return "(" + any + ")"
	}
	return "FALSE"
}

// arraySortBy compares each pair and has a native put the positions in order.
func arraySortBy(c *callSite) string {
	c.share()
	names, body := lambdaParts(c.args[1].sql)
	array := c.args[0].sql
	comparisons := "flatten(list_transform(" + array + ", lambda " + names[0] + ": list_transform(" + array + ", lambda " + names[1] + ": CAST(COALESCE(" + body + ", 2) AS BIGINT))))"
	same := c.name(identity(c.args[0].typ, array))
	i := c.parameter("i", comparisons)
	classes := "list_transform(" + same + ", lambda " + i + ": CAST(list_position(" + same + ", " + i + ") AS BIGINT))"
	return c.strict("list_transform(" + nativeName("sorted_positions") + "(" + classes + ", " + comparisons + "), lambda " + i + ": " + array + "[" + i + "])")
}
