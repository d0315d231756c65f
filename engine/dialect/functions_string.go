package dialect

import (
	"fmt"
	"math"
	"strings"
)

// whiteSpace is what Trino's trim functions strip: the white space of Unicode, but for the no-break spaces.
const whiteSpace = " \t\n\v\f\r\x1c\x1d\x1e\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"

// stringFunctions work on text. Positions and lengths count code points.
var stringFunctions = []Function{
	{Name: "chr", Signatures: []string{"chr(bigint) varchar(1)"}, SQL: "vpcq_chr($1)", Doc: "The character of a code point.", Example: "chr(65)", Want: "A"},
	{Name: "codepoint", Signatures: []string{"codepoint(varchar(1)) integer"}, Doc: "The code point of the only character of a text.", Example: "codepoint('A')", Want: "65", render: func(c *callSite) string {
		return c.guard(c.expand("length($1) <> 1"), functionArgument, "Input string must be a single character string", c.expand("CAST(unicode($1) AS INTEGER)"))
	}},
	{Name: "concat", Signatures: []string{"concat(varchar, varchar...) varchar", "concat(varbinary, varbinary...) varbinary"}, Doc: "The arguments one after another; NULL where one is NULL.", Example: "concat('a', 'b', 'c')", Want: "abc", render: concatenation},
	{Name: "concat", Signatures: []string{"concat(char(x), char(y)) char(u)"}, Doc: "The first text with its padding, then the second.", Example: "concat(CAST('a' AS char(2)), CAST('b' AS char(1)))", Want: "a b", render: charConcatenation},
	{Name: "concat", Signatures: []string{"concat(array(E), array(E)...) array(E)"}, Doc: "The elements of the arrays one after another.", Example: "concat(ARRAY[1], ARRAY[2, 3])", Want: "[1, 2, 3]", render: arrayConcatenation},
	{Name: "concat", Signatures: []string{"concat(array(E), E) array(E)"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE CAST(list_append($1, $2) AS $T) END", Doc: "The array with the element after its own.", Example: "ARRAY[1] || 2", Want: "[1, 2]"},
	{Name: "concat", Signatures: []string{"concat(E, array(E)) array(E)"}, SQL: "CASE WHEN $1 IS NULL OR $2 IS NULL THEN NULL ELSE CAST(list_prepend($1, $2) AS $T) END", Doc: "The array with the element before its own.", Example: "1 || ARRAY[2]", Want: "[1, 2]"},
	{Name: "concat_ws", Signatures: []string{"concat_ws(varchar, varchar...) varchar"}, Doc: "The arguments that are not NULL with the first between them.", Example: "concat_ws('-', 'a', NULL, 'b')", Want: "a-b", render: func(c *callSite) string {
		if len(c.args) < 2 {
			return c.fail(functionArgument, "There must be two or more arguments")
		}
		return c.expand("concat_ws($*)")
	}},
	{Name: "concat_ws", Signatures: []string{"concat_ws(varchar, array(varchar)) varchar"}, Doc: "The elements that are not NULL with the first argument between them.", Example: "concat_ws('-', ARRAY['a', 'b'])", Want: "a-b", render: func(c *callSite) string {
		if _, fixed := c.given[0].text(); !fixed {
			return c.joined(c.args[1].sql, 0)
		}
		c.share()
		return c.strict(c.joined(c.args[1].sql, 0))
	}},
	{Name: "hamming_distance", Signatures: []string{"hamming_distance(varchar(x), varchar(y)) bigint"}, SQL: "vpcq_hamming_distance($1, $2)", Doc: "The number of positions at which two texts of one length differ.", Example: "hamming_distance('abc', 'abd')", Want: "1"},
	{Name: "length", Signatures: []string{"length(varchar(x)) bigint"}, SQL: "length($1)", Doc: "The number of characters.", Example: "length('abc')", Want: "3"},
	{Name: "length", Signatures: []string{"length(varbinary) bigint"}, SQL: "octet_length($1)", Doc: "The number of bytes.", Example: "length(X'6566')", Want: "2"},
	{Name: "length", Signatures: []string{"length(char(x)) bigint"}, Doc: "The length of a char, padding included.", Example: "length(CAST('a' AS char(5)))", Want: "5", render: func(c *callSite) string {
		return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE CAST(%d AS BIGINT) END", c.args[0].sql, c.args[0].typ.Length)
	}},
	{Name: "levenshtein_distance", Signatures: []string{"levenshtein_distance(varchar(x), varchar(y)) bigint"}, SQL: "vpcq_levenshtein_distance($1, $2)", Doc: "The number of characters to insert, delete or replace to turn one text into the other.", Example: "levenshtein_distance('kitten', 'sitting')", Want: "3"},
	{Name: "lower", Signatures: []string{"lower(varchar(x)) varchar(x)", "lower(char(x)) char(x)"}, SQL: "lower($1)", Doc: "The text in lower case.", Example: "lower('ABC')", Want: "abc"},
	{Name: "upper", Signatures: []string{"upper(varchar(x)) varchar(x)", "upper(char(x)) char(x)"}, SQL: "CASE WHEN contains($1, 'ß') THEN array_to_string(list_transform(string_split($1, 'ß'), lambda part: upper(part)), 'ß') ELSE upper($1) END", Doc: "The text in upper case, each character by itself: ß stays, which DuckDB would change.", Example: "upper('abc')", Want: "ABC"},
	{Name: "lpad", Signatures: []string{"lpad(varchar(x), bigint, varchar(y)) varchar"}, Doc: "The text padded on the left, or cut, to a length.", Example: "lpad('7', 3, '0')", Want: "007", render: padded("lpad")},
	{Name: "rpad", Signatures: []string{"rpad(varchar(x), bigint, varchar(y)) varchar"}, Doc: "The text padded on the right, or cut, to a length.", Example: "rpad('7', 3, '0')", Want: "700", render: padded("rpad")},
	{Name: "ltrim", Signatures: []string{"ltrim(varchar(x)) varchar(x)", "ltrim(varchar(x), varchar(y)) varchar(x)", "ltrim(char(x)) varchar(x)", "ltrim(char(x), varchar(y)) varchar(x)"}, Doc: "The text without white space, or the given characters, on the left.", Example: "ltrim('  a')", Want: "a", render: trimmed("ltrim")},
	{Name: "rtrim", Signatures: []string{"rtrim(varchar(x)) varchar(x)", "rtrim(varchar(x), varchar(y)) varchar(x)", "rtrim(char(x)) varchar(x)", "rtrim(char(x), varchar(y)) varchar(x)"}, Doc: "The text without white space, or the given characters, on the right.", Example: "rtrim('a  ')", Want: "a", render: trimmed("rtrim")},
	{Name: "trim", Signatures: []string{"trim(varchar(x)) varchar(x)", "trim(varchar(x), varchar(y)) varchar(x)", "trim(char(x)) varchar(x)", "trim(char(x), varchar(y)) varchar(x)"}, Doc: "The text without white space, or the given characters, on both sides.", Example: "trim('  a ')", Want: "a", render: trimmed("trim")},
	{Name: "normalize", Signatures: []string{"normalize(varchar(x), varchar(y)) varchar"}, SQL: "vpcq_normalize($1, $2)", Doc: "The text in a normal form of Unicode: NFC, NFD, NFKC or NFKD.", Example: "normalize('ﬁ', NFKC)", Want: "fi"},
	{Name: "luhn_check", Signatures: []string{"luhn_check(varchar) boolean"}, SQL: "vpcq_luhn_check($1)", Doc: "Whether the digits end in their Luhn check digit.", Example: "luhn_check('79927398713')", Want: "true"},
	{Name: "replace", Signatures: []string{"replace(varchar(x), varchar(y)) varchar(x)"}, SQL: "replace($1, $2, '')", Doc: "The text without a part, wherever it occurs.", Example: "replace('i-0abc', 'i-')", Want: "0abc"},
	{Name: "replace", Signatures: []string{"replace(varchar(x), varchar(y), varchar(z)) varchar(u)"}, Doc: "The text with one part replaced by another, wherever it occurs.", Example: "replace('a.b', '.', '-')", Want: "a-b", render: replaceAll},
	{Name: "reverse", Signatures: []string{"reverse(varchar(x)) varchar(x)"}, SQL: "vpcq_reverse($1)", Doc: "The characters in reverse order.", Example: "reverse('abc')", Want: "cba"},
	{Name: "reverse", Signatures: []string{"reverse(char(x)) char(x)"}, Doc: "The characters in reverse order, the padding first.", Example: "reverse(CAST('abc' AS char(4)))", Want: " cba", render: func(c *callSite) string {
		return "rtrim(vpcq_reverse(" + padding(c.args[0]) + "), ' ')"
	}},
	{Name: "soundex", Signatures: []string{"soundex(varchar) varchar(4)"}, SQL: "vpcq_soundex($1)", Doc: "The Soundex code of an English word.", Example: "soundex('Miller')", Want: "M460"},
	{Name: "split", Signatures: []string{"split(varchar(x), varchar(y)) array(varchar(x))"}, Doc: "The parts of a text between delimiters.", Example: "split('a,b', ',')", Want: "[a, b]", render: splitAll},
	{Name: "split", Signatures: []string{"split(varchar(x), varchar(y), bigint) array(varchar(x))"}, SQL: "vpcq_split($1, $2, $3)", Doc: "The parts of a text between delimiters, the rest in the last where there are more than a number.", Example: "split('a,b,c', ',', 2)", Want: "[a, b,c]"},
	{Name: "split_part", Signatures: []string{"split_part(varchar(x), varchar(y), bigint) varchar(x)"}, Doc: "The part of a text with a number, from 1; NULL past the last.", Example: "split_part('10.0.0.7', '.', 4)", Want: "7", render: splitPart},
	{Name: "split_to_map", Signatures: []string{"split_to_map(varchar, varchar, varchar) map(varchar, varchar)"}, SQL: "vpcq_split_to_map($1, $2, $3)", Doc: "The keys and values that two delimiters part.", Example: "split_to_map('a=1;b=2', ';', '=')", Want: "{a=1, b=2}"},
	{Name: "split_to_multimap", Signatures: []string{"split_to_multimap(varchar, varchar, varchar) map(varchar, array(varchar))"}, SQL: "vpcq_split_to_multimap($1, $2, $3)", Doc: "The keys and their values that two delimiters part.", Example: "split_to_multimap('a=1;a=2', ';', '=')", Want: "{a=[1, 2]}"},
	{Name: "starts_with", Signatures: []string{"starts_with(varchar(x), varchar(y)) boolean"}, SQL: "starts_with($1, $2)", Doc: "Whether the text begins with another.", Example: "starts_with('eni-1', 'eni-')", Want: "true"},
	{Name: "strpos", Signatures: []string{"strpos(varchar(x), varchar(y)) bigint"}, SQL: "vpcq_strpos($1, $2, 1)", Doc: "The position of a part in a text, from 1; 0 where it does not occur.", Example: "strpos('abc', 'c')", Want: "3"},
	{Name: "strpos", Signatures: []string{"strpos(varchar(x), varchar(y), bigint) bigint"}, SQL: "vpcq_strpos($1, $2, $3)", Doc: "The position of the n-th time that a part occurs, counted from the end where it is negative.", Example: "strpos('abcabc', 'c', -1)", Want: "6"},
	{Name: "substr", Signatures: []string{"substr(varchar(x), bigint) varchar(x)", "substr(varchar(x), bigint, bigint) varchar(x)"}, Doc: "The part of a text from a position, from the end where it is negative, of a length.", Example: "substr('flow-log', 6)", Want: "log", render: substring},
	{Name: "substring", Signatures: []string{"substring(varchar(x), bigint) varchar(x)", "substring(varchar(x), bigint, bigint) varchar(x)"}, Doc: "Another name of substr.", Example: "substring('flow-log', 1, 4)", Want: "flow", render: substring},
	{Name: "translate", Signatures: []string{"translate(varchar(x), varchar(y), varchar(z)) varchar"}, SQL: "vpcq_translate($1, $2, $3)", Doc: "The text with characters replaced one by one.", Example: "translate('abc', 'ab', 'xy')", Want: "xyc"},
	{Name: "word_stem", Signatures: []string{"word_stem(varchar(x)) varchar(x)", "word_stem(varchar(x), varchar(2)) varchar(x)"}, Doc: "The stem of a word: not supported.", render: refused("word_stem")},
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

// charConcatenation is a char as long as both together; Trino has none over 65,536.
func charConcatenation(c *callSite) string {
	length := c.args[0].typ.Length + c.args[1].typ.Length
	if length > longestChar {
		return c.fail("TYPE_NOT_FOUND", "Unknown type: char(%d)", length)
	}
	c.result = charType(length)
	return "rtrim(" + padding(c.args[0]) + " || " + c.args[1].sql + ", ' ')"
}

// padding writes a char with the spaces that its type gives it.
func padding(t term) string { return fmt.Sprintf("rpad(%s, %d, ' ')", t.sql, t.typ.Length) }

// trimmed strips a text. A char is stripped without its padding, and its end of
// spaces again.
func trimmed(name string) func(*callSite) string {
	return func(c *callSite) string {
		isChar := c.args[0].typ.Kind == CharKind
		if isChar {
			c.result = boundedVarchar(c.args[0].typ.Length)
		}
		text, chars := c.args[0].sql, duckString(whiteSpace)
		if len(c.args) == 2 {
			chars = c.args[1].sql
		}
		call := name + "(" + text + ", " + chars + ")"
		if given, known := c.given[len(c.given)-1].text(); len(c.args) == 2 && (!known || given == "") {
			call = "CASE WHEN " + chars + " = '' THEN " + text + " ELSE " + call + " END"
		}
		if isChar && len(c.args) == 2 && name != "ltrim" {
			return "rtrim(" + call + ", ' ')"
		}
		return call
	}
}

// mostPadded bounds what texts are padded to. Trino's bound, which is Java's of
// an array, is more than a worker has memory for.
const mostPadded = 1 << 26

var paddedTooFar = fmt.Sprintf("vpcq does not pad to more than %d characters", mostPadded)

// padded leaves to DuckDB what can be padded to for certain.
func padded(name string) func(*callSite) string {
	return func(c *callSite) string {
		n, known := toFloat(c.args[1].value)
		if known && n > mostPadded && n <= math.MaxInt32 {
			return c.fail(notSupported, "%s", paddedTooFar)
		}
		pad, isText := c.given[2].text()
		if known && n >= 0 && n <= mostPadded && isText && pad != "" {
			return c.expand(name + "($1, CAST($2 AS INTEGER), $3)")
		}
		return c.expand("vpcq_" + name + "($1, $2, $3)")
	}
}

// replaceAll leaves to DuckDB what is not empty; an empty part is between all characters.
func replaceAll(c *callSite) string {
	c.limitResult(func(x, z int64) int64 { return x + z*(x+1) }, 0, 2)
	if part, ok := c.given[1].text(); ok && part != "" {
		return c.expand("replace($1, $2, $3)")
	}
	return c.expand("vpcq_replace($1, $2, $3)")
}

// splitAll leaves to DuckDB a delimiter that is not empty.
func splitAll(c *callSite) string {
	if delimiter, ok := c.given[1].text(); ok && delimiter != "" {
		return c.expand("string_split($1, $2)")
	}
	return c.expand("vpcq_split($1, $2, 2147483647)")
}

// splitPart leaves to DuckDB a delimiter that is not empty and a number from 1,
// and takes NULL past the last part, where DuckDB's split_part has none.
func splitPart(c *callSite) string {
	n, known := toFloat(c.args[2].value)
	if delimiter, ok := c.given[1].text(); ok && delimiter != "" && known && n >= 1 {
		return c.expand("list_extract(string_split($1, $2), $3)")
	}
	return c.expand("vpcq_split_part($1, $2, $3)")
}

// joined puts an argument between the texts of a list that are not NULL. DuckDB
// does so only with one that the statement fixes.
func (c *callSite) joined(list string, separator int) string {
	if _, ok := c.given[separator].text(); !ok {
		return "vpcq_join(" + list + ", " + c.args[separator].sql + ")"
	}
	return "COALESCE(array_to_string(" + list + ", " + c.args[separator].sql + "), '')"
}

// substring leaves to DuckDB a start that the statement fixes within what texts
// have, and a length: it moves a start before the text, and takes no larger numbers.
func substring(c *callSite) string {
	start, known := toFloat(c.args[1].value)
	simple := known && start >= 1 && start <= math.MaxInt32
	if len(c.args) == 2 {
		if simple {
			return c.expand("substr($1, $2)")
		}
		return c.expand("vpcq_substr($1, $2, 9223372036854775807)")
	}
	length, known := toFloat(c.args[2].value)
	if simple && known && length > 0 && length <= math.MaxInt32 {
		return c.expand("substr($1, $2, $3)")
	}
	return c.expand("vpcq_substr($1, $2, $3)")
}

// trim analyses TRIM(LEADING chars FROM x).
func (a *analyzer) trim(e *Trim, s *scope) term {
	name := map[TrimKind]string{TrimLeading: "ltrim", TrimTrailing: "rtrim"}[e.Kind]
	if name == "" {
		name = "trim"
	}
	return a.callNamed(e, name, withoutNil(e.Value, e.Chars), s)
}

// normalize analyses NORMALIZE(x, NFC).
func (a *analyzer) normalize(e *Normalize, s *scope) term {
	form := e.Form
	if form == "" {
		form = "NFC"
	}
	return a.callTerms(e, "normalize", []term{a.expression(e.Value, s), textTerm(form)}, s)
}
