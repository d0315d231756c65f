package dialect

import (
	"fmt"
	"strings"
)

// whiteSpace is what Trino's trim functions strip: the white space of Unicode, but for the no-break spaces.
const whiteSpace = " \t\n\v\f\r\x1c\x1d\x1e\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"

// stringFunctions work on text. Positions and lengths count code points.
var stringFunctions = []Function{
	{Name: "chr", Signatures: []string{"chr(bigint) varchar(1)"}, SQL: "chr(CAST($1 AS INTEGER))", Doc: "The character of a code point.", Example: "chr(65)", Want: "A"},
	{Name: "codepoint", Signatures: []string{"codepoint(varchar) integer"}, Doc: "The code point of the only character of a text.", Example: "codepoint('A')", Want: "65", render: func(c *callSite) string {
		return c.guard(c.expand("length($1) <> 1"), functionArgument, "Input string must be a single character string", c.expand("CAST(unicode($1) AS INTEGER)"))
	}},
	{Name: "concat", Signatures: []string{"concat(varchar, varchar...) varchar", "concat(varbinary, varbinary...) varbinary"}, Doc: "The arguments one after another; NULL where one is NULL.", Example: "concat('a', 'b', 'c')", Want: "abc", render: concatenation},
	{Name: "concat", Signatures: []string{"concat(array(E), array(E)...) array(E)"}, Doc: "The elements of the arrays one after another.", Example: "concat(ARRAY[1], ARRAY[2, 3])", Want: "[1, 2, 3]", render: arrayConcatenation},
	{Name: "concat", Signatures: []string{"concat(array(E), E) array(E)"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE CAST(list_append($1, $2) AS $T) END", Doc: "The array with the element after its own.", Example: "ARRAY[1] || 2", Want: "[1, 2]"},
	{Name: "concat", Signatures: []string{"concat(E, array(E)) array(E)"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE CAST(list_prepend($1, $2) AS $T) END", Doc: "The array with the element before its own.", Example: "1 || ARRAY[2]", Want: "[1, 2]"},
	{Name: "concat_ws", Signatures: []string{"concat_ws(varchar, varchar...) varchar"}, SQL: "concat_ws($*)", Doc: "The arguments that are not NULL with the first between them.", Example: "concat_ws('-', 'a', NULL, 'b')", Want: "a-b"},
	{Name: "concat_ws", Signatures: []string{"concat_ws(varchar, array(varchar)) varchar"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE COALESCE(array_to_string($2, $1), '') END", Doc: "The elements that are not NULL with the first argument between them.", Example: "concat_ws('-', ARRAY['a', 'b'])", Want: "a-b"},
	{Name: "hamming_distance", Signatures: []string{"hamming_distance(varchar, varchar) bigint"}, SQL: "vpcq_hamming_distance($1, $2)", Doc: "The number of positions at which two texts of one length differ.", Example: "hamming_distance('abc', 'abd')", Want: "1"},
	{Name: "length", Signatures: []string{"length(varchar) bigint"}, SQL: "length($1)", Doc: "The number of characters.", Example: "length('abc')", Want: "3"},
	{Name: "length", Signatures: []string{"length(varbinary) bigint"}, SQL: "octet_length($1)", Doc: "The number of bytes.", Example: "length(X'6566')", Want: "2"},
	{Name: "length", Signatures: []string{"length(char(x)) bigint"}, Doc: "The length of a char, padding included.", Example: "length(CAST('a' AS char(5)))", Want: "5", render: func(c *callSite) string {
		return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE CAST(%d AS BIGINT) END", c.args[0].sql, c.args[0].typ.Length)
	}},
	{Name: "levenshtein_distance", Signatures: []string{"levenshtein_distance(varchar, varchar) bigint"}, SQL: "vpcq_levenshtein_distance($1, $2)", Doc: "The number of characters to insert, delete or replace to turn one text into the other.", Example: "levenshtein_distance('kitten', 'sitting')", Want: "3"},
	{Name: "lower", Signatures: []string{"lower(varchar(x)) varchar(x)", "lower(char(x)) char(x)"}, SQL: "lower($1)", Doc: "The text in lower case.", Example: "lower('ABC')", Want: "abc"},
	{Name: "upper", Signatures: []string{"upper(varchar(x)) varchar(x)", "upper(char(x)) char(x)"}, SQL: "upper($1)", Doc: "The text in upper case.", Example: "upper('abc')", Want: "ABC"},
	{Name: "lpad", Signatures: []string{"lpad(varchar, bigint, varchar) varchar"}, Doc: "The text padded on the left, or cut, to a length.", Example: "lpad('7', 3, '0')", Want: "007", render: padded("lpad")},
	{Name: "rpad", Signatures: []string{"rpad(varchar, bigint, varchar) varchar"}, Doc: "The text padded on the right, or cut, to a length.", Example: "rpad('7', 3, '0')", Want: "700", render: padded("rpad")},
	{Name: "ltrim", Signatures: []string{"ltrim(varchar) varchar", "ltrim(varchar, varchar) varchar", "ltrim(char(x)) varchar", "ltrim(char(x), varchar) varchar"}, Doc: "The text without white space, or the given characters, on the left.", Example: "ltrim('  a')", Want: "a", render: trimmed("ltrim")},
	{Name: "rtrim", Signatures: []string{"rtrim(varchar) varchar", "rtrim(varchar, varchar) varchar", "rtrim(char(x)) varchar", "rtrim(char(x), varchar) varchar"}, Doc: "The text without white space, or the given characters, on the right.", Example: "rtrim('a  ')", Want: "a", render: trimmed("rtrim")},
	{Name: "trim", Signatures: []string{"trim(varchar) varchar", "trim(varchar, varchar) varchar", "trim(char(x)) varchar", "trim(char(x), varchar) varchar"}, Doc: "The text without white space, or the given characters, on both sides.", Example: "trim('  a ')", Want: "a", render: trimmed("trim")},
	{Name: "replace", Signatures: []string{"replace(varchar, varchar) varchar"}, SQL: "replace($1, $2, '')", Doc: "The text without a part, wherever it occurs.", Example: "replace('i-0abc', 'i-')", Want: "0abc"},
	{Name: "replace", Signatures: []string{"replace(varchar, varchar, varchar) varchar"}, Doc: "The text with one part replaced by another, wherever it occurs.", Example: "replace('a.b', '.', '-')", Want: "a-b", render: replaceAll},
	{Name: "reverse", Signatures: []string{"reverse(varchar) varchar"}, SQL: "reverse($1)", Doc: "The characters in reverse order.", Example: "reverse('abc')", Want: "cba"},
	{Name: "split", Signatures: []string{"split(varchar, varchar) array(varchar)"}, SQL: "string_split($1, $2)", Doc: "The parts of a text between delimiters.", Example: "split('a,b', ',')", Want: "[a, b]"},
	{Name: "split_part", Signatures: []string{"split_part(varchar, varchar, bigint) varchar"}, Doc: "The part of a text with a number, from 1; NULL past the last.", Example: "split_part('10.0.0.7', '.', 4)", Want: "7", render: splitPart},
	{Name: "starts_with", Signatures: []string{"starts_with(varchar, varchar) boolean"}, SQL: "starts_with($1, $2)", Doc: "Whether the text begins with another.", Example: "starts_with('eni-1', 'eni-')", Want: "true"},
	{Name: "strpos", Signatures: []string{"strpos(varchar, varchar) bigint"}, SQL: "CAST(strpos($1, $2) AS BIGINT)", Doc: "The position of a part in a text, from 1; 0 where it does not occur.", Example: "strpos('abc', 'c')", Want: "3"},
	{Name: "substr", Signatures: []string{"substr(varchar, bigint) varchar", "substr(varchar, bigint, bigint) varchar"}, Doc: "The part of a text from a position, from the end where it is negative, of a length.", Example: "substr('flow-log', 6)", Want: "log", render: substring},
	{Name: "substring", Signatures: []string{"substring(varchar, bigint) varchar", "substring(varchar, bigint, bigint) varchar"}, Doc: "Another name of substr.", Example: "substring('flow-log', 1, 4)", Want: "flow", render: substring},
	{Name: "translate", Signatures: []string{"translate(varchar, varchar, varchar) varchar"}, SQL: "translate($1, $2, $3)", Doc: "The text with characters replaced one by one.", Example: "translate('abc', 'ab', 'xy')", Want: "xyc"},
}

func concatenation(c *callSite) string {
	if len(c.args) < 2 {
		return c.fail(functionArgument, "There must be two or more concatenation arguments")
	}
	parts := make([]string, len(c.args))
	for i, t := range c.args {
		parts[i] = t.sql
	}
	return "(" + strings.Join(parts, " || ") + ")"
}

func arrayConcatenation(c *callSite) string {
	parts := make([]string, len(c.args))
	for i := range c.args {
		parts[i] = c.castTo(i, c.result)
	}
	return "(" + strings.Join(parts, " || ") + ")"
}

func trimmed(name string) func(*callSite) string {
	return func(c *callSite) string {
		text, chars := c.args[0].sql, duckString(whiteSpace)
		if len(c.args) == 2 {
			chars = c.args[1].sql
		}
		call := name + "(" + text + ", " + chars + ")"
		if given, known := c.given[len(c.given)-1].text(); len(c.args) == 2 && (!known || given == "") {
			call = "CASE WHEN " + chars + " = '' THEN " + text + " ELSE " + call + " END"
		}
		return call
	}
}

// padded refuses, as Trino does, what cannot be padded to.
func padded(name string) func(*callSite) string {
	return func(c *callSite) string {
		call := c.expand(name + "($1, CAST($2 AS INTEGER), $3)")
		n, known := toFloat(c.args[1].value)
		pad, isText := c.given[2].text()
		if known && n >= 0 && isText && pad != "" {
			return call
		}
		empty := c.guard(c.expand("$3 = ''"), functionArgument, "Padding string must not be empty", call)
		return c.guard(c.expand("$2 < 0 OR $2 > 2147483647"), functionArgument, "Target length must be in the range [0..2147483647]", empty)
	}
}

// replaceAll puts the text between all characters where the part is empty; DuckDB does nothing.
func replaceAll(c *callSite) string {
	call := c.expand("replace($1, $2, $3)")
	if part, ok := c.given[1].text(); ok && part != "" {
		return call
	}
	return c.expand("CASE WHEN $1 = '' AND $2 = '' THEN $3 WHEN $2 = '' THEN $3 || array_to_string(list_transform(string_split($1, ''), lambda x: x || $3), '') ELSE ") + call + " END"
}

// splitPart gives NULL past the last part, where DuckDB gives ”.
func splitPart(c *callSite) string {
	call := c.expand("list_extract(string_split($1, $2), $3)")
	if n, ok := toFloat(c.args[2].value); ok && n >= 1 {
		return call
	}
	return c.guard(c.args[2].sql+" < 1", functionArgument, "Index must be greater than zero", call)
}

// substring gives ” where the start is 0 or before the text, where DuckDB moves it.
func substring(c *callSite) string {
	call := "substr(" + c.list() + ")"
	start, known := toFloat(c.args[1].value)
	length := ""
	if len(c.args) == 3 {
		if n, ok := toFloat(c.args[2].value); !ok || n <= 0 {
			length = " OR " + c.args[2].sql + " <= 0"
		}
	}
	if known && start >= 1 && length == "" {
		return call
	}
	return c.expand("CASE WHEN $2 = 0 OR - $2 > length($1)" + length + " THEN '' ELSE " + call + " END")
}

// trim analyses TRIM(LEADING chars FROM x).
func (a *analyzer) trim(e *Trim, s *scope) term {
	name := map[TrimKind]string{TrimLeading: "ltrim", TrimTrailing: "rtrim"}[e.Kind]
	if name == "" {
		name = "trim"
	}
	return a.callNamed(e, name, withoutNil(e.Value, e.Chars), s)
}
