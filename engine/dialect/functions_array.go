package dialect

import (
	"strings"
)

// arrayFunctions work on arrays, whose positions count from 1.
var arrayFunctions = []Function{
	{Name: "cardinality", Signatures: []string{"cardinality(array(E)) bigint"}, SQL: "len($1)", Doc: "The number of elements.", Example: "cardinality(ARRAY[5, 7])", Want: "2"},
	{Name: "reverse", Signatures: []string{"reverse(array(E)) array(E)"}, SQL: "list_reverse($1)", Doc: "The elements in reverse order.", Example: "reverse(ARRAY[1, 2])", Want: "[2, 1]"},
	{Name: "array_join", Signatures: []string{"array_join(array(T), varchar) varchar", "array_join(array(T), varchar, varchar) varchar"}, Doc: "The elements as text with a text between them; NULLs are left out, or shown as the last argument.", Example: "array_join(ARRAY['a', NULL, 'b'], ',')", Want: "a,b", render: arrayJoin},
	{Name: "combinations", Signatures: []string{"combinations(array(T), integer) array(array(T))"}, Doc: "The subsets of a number of elements, 5 at most.", Example: "combinations(ARRAY['a', 'b', 'c'], 2)", Want: "[[a, b], [a, c], [b, c]]",
		render: strict("CAST(list_transform(vpcq_combinations(len($1), CAST($2 AS BIGINT)), lambda c: list_transform(c, lambda i: $1[i])) AS $T)")},
	{Name: "element_at", Signatures: []string{"element_at(array(E), bigint) E"}, Doc: "The element at a position, from the end where it is negative; NULL past the end.", Example: "element_at(ARRAY[5, 7], -1)", Want: "7",
		render: strict("list_extract($1, $2)", check{"$2 = 0", indexFromOne})},
	{Name: "flatten", Signatures: []string{"flatten(array(array(E))) array(E)"}, SQL: "CAST(flatten(list_filter($1, lambda x: x IS NOT NULL)) AS $T)", Doc: "The elements of the arrays of an array.", Example: "flatten(ARRAY[ARRAY[1], ARRAY[2, 3]])", Want: "[1, 2, 3]"},
	{Name: "ngrams", Signatures: []string{"ngrams(array(T), integer) array(array(T))"}, Doc: "The runs of a number of neighbouring elements.", Example: "ngrams(ARRAY[1, 2, 3], 2)", Want: "[[1, 2], [2, 3]]",
		render: strict("CAST(list_transform(range(1, greatest(len($1) - $2 + 1, 1) + 1), lambda i: list_slice($1, i, i + least($2, len($1)) - 1)) AS $T)", check{"$2 <= 0", "'N must be positive'"})},
	{Name: "repeat", Signatures: []string{"repeat(T, bigint) array(T)"}, Doc: "An array of an element, a number of times.", Example: "repeat('a', 2)", Want: "[a, a]", render: repeat},
	{Name: "shuffle", Signatures: []string{"shuffle(array(E)) array(E)"}, SQL: "list_transform(list_sort(list_transform(range(1, len($1) + 1), lambda i: struct_pack(r := random(), i := i))), lambda e: $1[struct_extract(e, 'i')])", Doc: "The elements in random order.", Example: "cardinality(shuffle(ARRAY[1, 2]))", Want: "2"},
	{Name: "slice", Signatures: []string{"slice(array(E), bigint, bigint) array(E)"}, Doc: "A number of elements from a position.", Example: "slice(ARRAY[1, 2, 3], 2, 2)", Want: "[2, 3]",
		render: strict("CASE WHEN $2 > 0 THEN list_slice($1, $2, CAST(least(CAST($2 AS HUGEINT) + $3 - 1, len($1)) AS BIGINT)) WHEN $2 < - len($1) THEN CAST([] AS $T) ELSE list_slice($1, len($1) + $2 + 1, CAST(least(CAST($2 AS HUGEINT) + $3 + len($1), len($1)) AS BIGINT)) END",
			check{"$3 < 0", "'length must be greater than or equal to 0'"}, check{"$2 = 0", indexFromOne})},
	{Name: "trim_array", Signatures: []string{"trim_array(array(E), bigint) array(E)"}, Doc: "The array without a number of its last elements.", Example: "trim_array(ARRAY[1, 2, 3], 1)", Want: "[1, 2]",
		render: strict("list_slice($1, 1, len($1) - $2)", check{"$2 < 0", "'size must not be negative: ' || $2"}, check{"$2 > len($1)", "'size must not exceed array cardinality ' || len($1) || ': ' || $2"})},
	{Name: "zip", Signatures: []string{"zip(array(A), array(B)) array(A)", "zip(array(A), array(B), array(C)) array(A)", "zip(array(A), array(B), array(C), array(D)) array(A)", "zip(array(A), array(B), array(C), array(D), array(E)) array(A)"}, Doc: "Rows of the elements at each position, NULL past the end of an array.", Example: "zip(ARRAY[1, 2], ARRAY['a'])", Want: "[{field0=1, field1=a}, {field0=2, field1=null}]", render: zip},
}

const indexFromOne = "'SQL array indices start at 1'"

// check is an argument's fault: the condition of it, and Trino's message, both SQL templates.
type check struct{ condition, message string }

// strict writes a function that is NULL where an argument is, and fails as its
// checks say before the template is computed.
func strict(template string, checks ...check) func(*callSite) string {
	return func(c *callSite) string {
		c.share()
		return c.strict(c.expand(template), checks...)
	}
}

// strict writes what strict does around SQL for arguments that are shared.
func (c *callSite) strict(sql string, checks ...check) string {
	var b strings.Builder
	b.WriteString("CASE WHEN " + c.anyNull() + " THEN NULL")
	for _, check := range checks {
		b.WriteString(" WHEN " + c.expand(check.condition) + " THEN " + c.a.raise(functionArgument, c.expand(check.message)))
	}
	return b.String() + " ELSE " + sql + " END"
}

// anyNull writes whether an argument, lambdas apart, is NULL.
func (c *callSite) anyNull() string {
	var checks []string
	for _, t := range c.args {
		if t.typ.Kind != lambdaKind {
			checks = append(checks, t.sql+" IS NULL")
		}
	}
	return strings.Join(checks, " OR ")
}

// refused is what a function of Trino's does that vpcq has not.
func refused(what string) func(*callSite) string {
	return func(c *callSite) string { return c.a.refuse(c.node, "%s", what).sql }
}

// arrayJoin shares its arguments, unless it writes each of them once.
func arrayJoin(c *callSite) string {
	element := c.args[0].typ.Args[0]
	if !canCast(element, varcharType) {
		return c.fail("OPERATOR_NOT_FOUND", "Cannot cast %s to varchar", element)
	}
	_, fixed := c.given[1].text()
	once := len(c.args) == 2 && !fixed
	if !once {
		c.share()
	}
	x := c.parameter("x")
	text := c.a.convert(term{typ: element, sql: x}, varcharType, false).sql
	if len(c.args) == 3 {
		text = "COALESCE(" + text + ", " + c.args[2].sql + ")"
	}
	texts := "list_transform(" + c.args[0].sql + ", lambda " + x + ": " + text + ")"
	sql := c.joined("list_filter("+texts+", lambda t: t IS NOT NULL)", 1)
	if once {
		return sql
	}
	return c.strict(sql)
}

// repeat makes an array of an element, which may be NULL, unlike the count. Texts
// have a limit: each takes its bytes and five more (Trino 440, RepeatFunction).
func repeat(c *callSite) string {
	c.share()
	i := c.parameter("i")
	tooLong := ""
	if bytes := textBytes(c.args[0]); bytes != "" {
		tooLong = " WHEN $2 > 0 AND " + bytes + " + 5 > (1000000 + $2) // $2 THEN " + c.a.raise(functionArgument, "'result of repeat function must not take more than 1000000 bytes'")
	}
	return "CASE WHEN " + c.args[1].sql + " > 10000 THEN " + c.a.raise(functionArgument, "'count argument of repeat function must be less than or equal to 10000'") +
		" WHEN " + c.args[1].sql + " < 0 THEN " + c.a.raise(functionArgument, "'count argument of repeat function must be greater than or equal to 0'") + c.expand(tooLong) +
		" WHEN " + c.args[1].sql + " IS NOT NULL THEN " + duckCast("list_transform(range("+c.args[1].sql+"), lambda "+i+": "+c.args[0].sql+")", c.result) + " END"
}

// textBytes writes how many bytes a text or binary value has; "" of other types.
func textBytes(t term) string {
	switch {
	case t.typ.isText():
		return "strlen(" + t.sql + ")"
	case t.typ.Kind == VarbinaryKind:
		return "octet_length(" + t.sql + ")"
	}
	return ""
}

func zip(c *callSite) string {
	c.share()
	row := Type{Kind: RowKind, Names: make([]string, len(c.args))}
	lengths, fields := make([]string, len(c.args)), make([]string, len(c.args))
	i := c.parameter("i")
	for j, t := range c.args {
		row.Args = append(row.Args, t.typ.Args[0])
		lengths[j] = "len(" + t.sql + ")"
		fields[j] = duckName(row.FieldName(j)) + " := list_extract(" + t.sql + ", " + i + ")"
	}
	c.result = arrayType(row)
	return c.strict("list_transform(range(1, greatest(" + strings.Join(lengths, ", ") + ") + 1), lambda " + i + ": struct_pack(" + strings.Join(fields, ", ") + "))")
}
