package dialect

import "strings"

// printFunctions make text of values, and values of such text.
var printFunctions = []Function{
	{Name: "format", Doc: "The values printed by a pattern of Java's: %s, %d, %.2f, %,d, %%.", Example: "format('%s: %,d bytes, %.1f%%', 'eni-1', 1234567, 12.25e0)", Want: "eni-1: 1,234,567 bytes, 12.3%", special: formatValues},
	{Name: "format_number", Signatures: []string{"format_number(bigint) varchar"}, SQL: "vpcq_format_number($1)", Doc: "A number in thousands, millions and so on.", Example: "format_number(123456)", Want: "123K"},
	{Name: "format_number", Signatures: []string{"format_number(double) varchar"}, SQL: "vpcq_format_number_double($1)", Doc: "A number in thousands, millions and so on.", Example: "format_number(1.5e6)", Want: "1.5M"},
	{Name: "parse_data_size", Signatures: []string{"parse_data_size(varchar(x)) decimal(38,0)"}, SQL: "vpcq_parse_data_size($1)", Doc: "The bytes of a size such as 2.5MB, in units of 1024.", Example: "parse_data_size('2.5kB')", Want: "2560"},
	{Name: "parse_presto_data_size", Signatures: []string{"parse_presto_data_size(varchar(x)) decimal(38,0)"}, SQL: "vpcq_parse_data_size($1)", Doc: "Another name of parse_data_size.", Example: "parse_presto_data_size('1MB')", Want: "1048576"},
}

// formatValues passes the values to the printer with a letter for their type.
func formatValues(c *specialCall) term {
	if len(c.args) < 2 {
		return c.a.fail(c.node, functionNotFound, "format must have two or more arguments")
	}
	terms := c.a.arguments(c.args, c.scope)
	if c.a.err != nil {
		return nullTerm
	}
	if !terms[0].typ.isText() && terms[0].typ.Kind != UnknownKind {
		return c.a.failWithHint(c.node, castHint(terms[0].typ), typeMismatch, "Type of first argument to format must be VARCHAR (actual: %s)", terms[0].typ)
	}
	parts := []string{c.a.coerce(terms[0], varcharType).sql}
	for _, t := range terms[1:] {
		parts = append(parts, c.formatArgument(t))
	}
	return term{typ: varcharType, sql: "vpcq_format(" + strings.Join(parts, ", ") + ")"}
}

// formatLetters tell the printer what Java would be given of a value.
var formatLetters = map[Kind]string{
	BooleanKind: "b", TinyintKind: "i", SmallintKind: "i", IntegerKind: "i", BigintKind: "i", DecimalKind: "d", DoubleKind: "f", RealKind: "r",
	DateKind: "D", TimeKind: "T", TimestampKind: "t",
}

// formatArgument writes a value as a text that begins with a letter for its type.
func (c *specialCall) formatArgument(t term) string {
	letter, ok := formatLetters[t.typ.Kind]
	switch {
	case t.typ.Kind == UnknownKind:
		return "CAST(NULL AS VARCHAR)"
	case t.typ.Kind == TimestampTZKind && t.typ.Zone != VaryingZone && !t.typ.isWide():
		return "('z' || epoch_us(" + t.sql + ") || " + duckString(" "+t.typ.Zone) + ")"
	case t.typ.Kind == JSONKind:
		return "('s' || " + t.sql + ")"
	case !ok:
		letter = "s"
	}
	if !canCast(t.typ, varcharType) || t.typ.Kind == TimestampTZKind || t.typ.isWide() {
		return c.a.refuse(c.node, "values of %s in format", t.typ).sql
	}
	text := c.a.convert(t, varcharType, false).sql
	if t.typ.Kind == RealKind { // the cast to varchar leaves digits out
		text = shownFloat(t)
	}
	return "('" + letter + "' || " + text + ")"
}
