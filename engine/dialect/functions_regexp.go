package dialect

import "strings"

// regexpFunctions match regular expressions. Trino's are Joni's with Java's
// syntax; what Go's engine cannot do like it is refused.
var regexpFunctions = []Function{
	{Name: "regexp_like", Signatures: []string{"regexp_like(varchar(x), varchar(y)) boolean"}, Doc: "Whether a part of the text matches.", Example: `regexp_like('eni-0abc', '^eni-')`, Want: "true", render: regexpLike},
	{Name: "regexp_extract", Signatures: []string{"regexp_extract(varchar(x), varchar(y)) varchar(x)"}, Doc: "The first part that matches; NULL without a match.", Example: `regexp_extract('1a 2b', '\d+')`, Want: "1", render: regexpCall("vpcq_regexp_extract($1, $2, 0)")},
	{Name: "regexp_extract", Signatures: []string{"regexp_extract(varchar(x), varchar(y), bigint) varchar(x)"}, Doc: "A group of the first part that matches; NULL without a match.", Example: `regexp_extract('1a 2b', '(\d+)([a-z])', 2)`, Want: "a", render: regexpCall("vpcq_regexp_extract($1, $2, $3)")},
	{Name: "regexp_extract_all", Signatures: []string{"regexp_extract_all(varchar(x), varchar(y)) array(varchar(x))"}, Doc: "Every part that matches.", Example: `regexp_extract_all('1a 2b', '\d+')`, Want: "[1, 2]", render: regexpCall("vpcq_regexp_extract_all($1, $2, 0)")},
	{Name: "regexp_extract_all", Signatures: []string{"regexp_extract_all(varchar(x), varchar(y), bigint) array(varchar(x))"}, Doc: "A group of every part that matches.", Example: `regexp_extract_all('1a 2b', '(\d+)([a-z])', 2)`, Want: "[a, b]", render: regexpCall("vpcq_regexp_extract_all($1, $2, $3)")},
	{Name: "regexp_replace", Signatures: []string{"regexp_replace(varchar(x), varchar(y)) varchar(x)"}, Doc: "The text with every match removed.", Example: `regexp_replace('1a 2b', '\d')`, Want: "a b", render: regexpCall("vpcq_regexp_replace($1, $2, '')")},
	{Name: "regexp_replace", Signatures: []string{"regexp_replace(varchar(x), varchar(y), varchar(z)) varchar(u)"}, Doc: "The text with every match replaced by a text in which $1 and ${name} are groups.", Example: `regexp_replace('1a 2b', '(\d)([ab])', '$2$1')`, Want: "a1 b2", render: regexpReplaced},
	{Name: "regexp_replace", Signatures: []string{"regexp_replace(varchar, varchar, function(array(varchar), varchar(x))) varchar"}, Doc: "The text with every match replaced by what a function makes of its groups.", Example: `regexp_replace('new york', '(\w)(\w*)', x -> upper(x[1]) || lower(x[2]))`, Want: "New York", render: regexpCall("vpcq_regexp_join(vpcq_regexp_split($1, $2), list_transform(vpcq_regexp_groups($1, $2), $3))")},
	{Name: "regexp_split", Signatures: []string{"regexp_split(varchar(x), varchar(y)) array(varchar(x))"}, Doc: "The parts between matches.", Example: `regexp_split('1a2b3', '[a-z]')`, Want: "[1, 2, 3]", render: regexpCall("vpcq_regexp_split($1, $2)")},
	{Name: "regexp_count", Signatures: []string{"regexp_count(varchar(x), varchar(y)) bigint"}, Doc: "The number of matches.", Example: `regexp_count('1a 2b', '\d')`, Want: "2", render: regexpCall("vpcq_regexp_count($1, $2)")},
	{Name: "regexp_position", Signatures: []string{"regexp_position(varchar(x), varchar(y)) integer"}, Doc: "Where the first match begins, from 1; -1 without one.", Example: `regexp_position('a1b2', '\d')`, Want: "2", render: regexpCall("vpcq_regexp_position($1, $2, 1, 1)")},
	{Name: "regexp_position", Signatures: []string{"regexp_position(varchar(x), varchar(y), integer) integer"}, Doc: "Where the first match from a position on begins; -1 without one.", Example: `regexp_position('a1b2', '\d', 3)`, Want: "4", render: regexpCall("vpcq_regexp_position($1, $2, $3, 1)")},
	{Name: "regexp_position", Signatures: []string{"regexp_position(varchar(x), varchar(y), integer, integer) integer"}, Doc: "Where the n-th match from a position on begins; -1 without one.", Example: `regexp_position('a1b2c3', '\d', 3, 2)`, Want: "6", render: regexpCall("vpcq_regexp_position($1, $2, $3, $4)")},
}

// checkPattern refuses a pattern that the statement fixes and that does not run.
func (c *callSite) checkPattern() *pattern {
	text, ok := c.given[1].text()
	if !ok {
		return nil
	}
	p, err := compilePattern(text)
	if err != nil {
		c.fail(notSupported, "%s", strings.TrimPrefix(err.Error(), notSupported+": "))
	}
	return p
}

func regexpCall(template string) func(*callSite) string {
	return func(c *callSite) string {
		c.checkPattern()
		return c.expand(template)
	}
}

// regexpLike leaves to DuckDB the texts that its engine, whose syntax is Go's,
// matches like Joni.
func regexpLike(c *callSite) string {
	p := c.checkPattern()
	if p == nil {
		return c.expand("vpcq_regexp_like($1, $2)")
	}
	if !p.asciiOnly && !p.noLastNL {
		return "regexp_matches(" + c.args[0].sql + ", " + duckString(p.first.String()) + ")"
	}
	c.share()
	var certain []string
	if p.asciiOnly {
		certain = append(certain, "strlen($1) = length($1)")
	}
	if p.noLastNL {
		certain = append(certain, "NOT ends_with($1, chr(10))")
	}
	return c.expand("CASE WHEN "+strings.Join(certain, " AND ")+" THEN regexp_matches($1, ") + duckString(p.first.String()) + c.expand(") ELSE vpcq_regexp_like($1, $2) END")
}

// regexpReplaced has the length that Trino gives the result: the longest that
// an empty match before every character and a replacement of groups can make.
func regexpReplaced(c *callSite) string {
	c.checkPattern()
	c.limitResult(func(x, y int64) int64 { return x + max(x*y/2, y)*(x+1) }, 0, 2)
	return c.expand("vpcq_regexp_replace($1, $2, $3)")
}

// limitResult sets the length of a varchar result, computed from those of two arguments.
func (c *callSite) limitResult(length func(x, y int64) int64, i, j int) {
	const longest = 1<<31 - 1
	x, y := c.args[i].typ.Length, c.args[j].typ.Length
	c.result = varcharType
	if x == Unbounded || y == Unbounded || x > 1<<15 || y > 1<<15 {
		return
	}
	if n := length(int64(x), int64(y)); n < longest {
		c.result = boundedVarchar(int(n))
	}
}
