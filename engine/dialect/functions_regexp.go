package dialect

import (
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
)

// regexpFunctions match regular expressions. Trino's are Java's, DuckDB's are
// RE2's: what RE2 cannot do is refused.
var regexpFunctions = []Function{
	{Name: "regexp_like", Signatures: []string{"regexp_like(varchar, varchar) boolean"}, Doc: "Whether a part of the text matches.", Example: `regexp_like('eni-0abc', '^eni-')`, Want: "true", render: regexpCall("regexp_matches($1, $P)")},
	{Name: "regexp_extract", Signatures: []string{"regexp_extract(varchar, varchar) varchar", "regexp_extract(varchar, varchar, bigint) varchar"}, Doc: "The first part that matches, or a group of it; NULL without a match.", Example: `regexp_extract('1a 2b', '\d+')`, Want: "1", render: regexpExtract},
	{Name: "regexp_extract_all", Signatures: []string{"regexp_extract_all(varchar, varchar) array(varchar)", "regexp_extract_all(varchar, varchar, bigint) array(varchar)"}, Doc: "Every part that matches, or a group of each.", Example: `regexp_extract_all('1a 2b', '\d+')`, Want: "[1, 2]", render: regexpExtractAll},
	{Name: "regexp_replace", Signatures: []string{"regexp_replace(varchar, varchar) varchar", "regexp_replace(varchar, varchar, varchar) varchar"}, Doc: "The text with every match removed, or replaced by a text in which $1 is a group.", Example: `regexp_replace('1a 2b', '(\d)([ab])', '$2$1')`, Want: "a1 b2", render: regexpReplace},
	{Name: "regexp_replace", Signatures: []string{"regexp_replace(varchar, varchar, function(array(varchar), varchar)) varchar"}, Doc: "The text with every match replaced by what a function makes of it: not supported.", render: refused("regexp_replace with a lambda")},
	{Name: "regexp_split", Signatures: []string{"regexp_split(varchar, varchar) array(varchar)"}, Doc: "The parts between matches.", Example: `regexp_split('1a2b3', '[a-z]')`, Want: "[1, 2, 3]", render: regexpSplit},
	{Name: "regexp_count", Signatures: []string{"regexp_count(varchar, varchar) bigint"}, Doc: "The number of matches.", Example: `regexp_count('1a 2b', '\d')`, Want: "2", render: regexpCall("len(regexp_extract_all($1, $P))")},
}

// pattern returns the pattern in RE2's syntax, as SQL and, where the statement fixes it, as text.
func (c *callSite) pattern() (sql, text string) {
	text, ok := c.given[1].text()
	if !ok {
		return c.args[1].sql, ""
	}
	text = namedGroup.ReplaceAllString(text, "$1(?P<$2")
	if _, err := syntax.Parse(text, syntax.Perl); err != nil {
		c.a.refuse(c.node, "the regular expression '%s' (%v), since look-around, back-references and the like do not run on RE2,", text, err)
	}
	return duckString(text), text
}

// namedGroup finds the start of Java's named groups.
var namedGroup = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\(\?<([^=!])`)

// neverEmpty refuses patterns that match an empty text, between which Java and RE2 count matches differently.
func (c *callSite) neverEmpty(text string) bool {
	if compiled, err := regexp.Compile(text); err != nil || compiled.MatchString("") {
		c.a.refuse(c.node, "a pattern that may match an empty text, or is not a literal, in %s,", c.function.Name)
		return false
	}
	return true
}

func regexpSplit(c *callSite) string {
	pattern, text := c.pattern()
	c.neverEmpty(text)
	return "string_split_regex(" + c.args[0].sql + ", " + pattern + ")"
}

func regexpCall(template string) func(*callSite) string {
	return func(c *callSite) string {
		pattern, _ := c.pattern()
		before, after, _ := strings.Cut(template, "$P")
		return c.expand(before) + pattern + c.expand(after)
	}
}

// group returns the number of the group asked for, checked against the pattern.
func (c *callSite) group(text string) (string, bool) {
	if len(c.args) < 3 {
		return "0", true
	}
	n, known := toFloat(c.args[2].value)
	if !known || text == "" {
		c.a.refuse(c.node, "%s with a pattern or a group that is not a literal", c.function.Name)
		return "0", false
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return "0", false
	}
	if n < 0 || int(n) > tree.MaxCap() {
		c.fail(functionArgument, "Pattern has %d groups. Cannot access group %d", tree.MaxCap(), int(n))
		return "0", false
	}
	if n > 0 && !alwaysMatches(tree, int(n)) {
		c.a.refuse(c.node, "a group that need not take part in a match, in %s,", c.function.Name)
		return "0", false
	}
	return strconv.Itoa(int(n)), true
}

// alwaysMatches reports whether a group takes part in every match: one that
// does not is NULL in Trino and empty in DuckDB.
func alwaysMatches(r *syntax.Regexp, group int) bool {
	switch r.Op {
	case syntax.OpCapture:
		return r.Cap == group || alwaysMatches(r.Sub[0], group)
	case syntax.OpConcat, syntax.OpPlus:
	case syntax.OpRepeat:
		if r.Min == 0 {
			return false
		}
	default:
		return false
	}
	for _, sub := range r.Sub {
		if alwaysMatches(sub, group) {
			return true
		}
	}
	return false
}

func regexpExtract(c *callSite) string {
	pattern, text := c.pattern()
	group, ok := c.group(text)
	if !ok {
		return "NULL"
	}
	subject := c.args[0].sql
	return "CASE WHEN regexp_matches(" + subject + ", " + pattern + ") THEN regexp_extract(" + subject + ", " + pattern + ", " + group + ") END"
}

func regexpExtractAll(c *callSite) string {
	pattern, text := c.pattern()
	group, ok := c.group(text)
	if !ok {
		return "NULL"
	}
	return "regexp_extract_all(" + c.args[0].sql + ", " + pattern + ", " + group + ")"
}

// regexpReplace replaces every match; Java's $1 and ${name} are RE2's \1.
func regexpReplace(c *callSite) string {
	pattern, text := c.pattern()
	if !c.neverEmpty(text) {
		return "NULL"
	}
	if len(c.args) == 2 {
		return "regexp_replace(" + c.args[0].sql + ", " + pattern + ", '', 'g')"
	}
	replacement, ok := c.constantText(2, "a replacement")
	if !ok {
		return "NULL"
	}
	converted, ok := c.replacement(replacement, text)
	if !ok {
		return "NULL"
	}
	return "regexp_replace(" + c.args[0].sql + ", " + pattern + ", " + duckString(converted) + ", 'g')"
}

func (c *callSite) replacement(java, pattern string) (string, bool) {
	compiled, err := regexp.Compile(pattern)
	if err != nil {
		c.a.refuse(c.node, "a pattern that is not a literal in %s", c.function.Name)
		return "", false
	}
	var b strings.Builder
	for i := 0; i < len(java); i++ {
		switch {
		case java[i] == '\\' && i+1 < len(java):
			i++
			b.WriteString(strings.ReplaceAll(java[i:i+1], `\`, `\\`))
		case java[i] == '$':
			name := groupReference.FindString(java[i:])
			group, err := strconv.Atoi(strings.Trim(name, "${}"))
			if err != nil {
				group = compiled.SubexpIndex(strings.Trim(name, "${}"))
			}
			if name == "" || group < 0 || group > compiled.NumSubexp() || group > 9 {
				c.fail(functionArgument, "Illegal replacement sequence: unknown group: %s", java)
				return "", false
			}
			b.WriteString(`\` + strconv.Itoa(group))
			i += len(name) - 1
		default:
			b.WriteByte(java[i])
		}
	}
	return b.String(), true
}

var groupReference = regexp.MustCompile(`^\$(\d|\{[A-Za-z][A-Za-z0-9]*\})`)
