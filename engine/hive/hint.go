package hive

import (
	"slices"
	"strings"
)

// hint is what to write instead of something that Athena does not take.
type hint struct {
	example string // a statement that gets the hint
	want    string // the hint it gets
	// give looks at the fault: the token at hand and what is wanted in its
	// place. It gives "" where the hint does not apply.
	give func(p *parser, wanted []string) string
}

// hints are tried in this order; the first that applies is given.
var hints = []hint{
	{
		"CREATE EXTERNAL TABLE t (end bigint) LOCATION 's3://b/'", "END is a reserved word; to use it as a name write `end`",
		func(p *parser, wanted []string) string {
			t := p.peek()
			if t.kind != word || !reserved[t.key] || !slices.Contains(wanted, wantName) {
				return ""
			}
			return t.key + " is a reserved word; to use it as a name write `" + t.value + "`"
		},
	},
	{
		"CREATE EXTERNAL TABLE t (a int,) LOCATION 's3://b/'", "a comma stands between items, not behind the last",
		func(p *parser, wanted []string) string {
			if p.at == 0 || p.peek().key != ")" || p.tokens[p.at-1].key != "," {
				return ""
			}
			return "a comma stands between items, not behind the last"
		},
	},
	{
		"CREATE TABLE t (a int) LOCATION 's3://b/'", "write CREATE EXTERNAL TABLE: Athena's tables are external, but for Iceberg's",
		func(_ *parser, wanted []string) string {
			if !slices.Equal(wanted, []string{"'EXTERNAL'"}) {
				return ""
			}
			return "write CREATE EXTERNAL TABLE: Athena's tables are external, but for Iceberg's"
		},
	},
	{
		"DROP TABLE _t", "a name that begins with an underscore is written in backticks: `_t`",
		func(p *parser, wanted []string) string {
			return hintName(p, wanted, "a name that begins with an underscore is written in backticks: ", func(t token) bool { return t.kind == word && t.text[0] == '_' })
		},
	},
	{
		`DROP TABLE "t"`, "in this kind of statement a name is written in backticks: `t`",
		func(p *parser, wanted []string) string {
			return hintName(p, wanted, "in this kind of statement a name is written in backticks: ", func(t token) bool { return t.kind == stringToken })
		},
	},
	{
		"DROP TABLE my-table", "a name with other characters than letters, digits and underscores is written in backticks",
		func(p *parser, _ []string) string {
			before := p.ahead(-min(1, p.at))
			if t := p.peek(); t.key != "-" || t.offset != before.offset+len(before.text) {
				return ""
			}
			return "a name with other characters than letters, digits and underscores is written in backticks"
		},
	},
	{
		"CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/", "the quote that begins here does not end; inside it, a quote follows a backslash",
		func(p *parser, _ []string) string {
			if p.peek().kind != unterminated {
				return ""
			}
			return "the quote that begins here does not end; inside it, a quote follows a backslash"
		},
	},
	{
		"CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/' STORED AS PARQUET", "clauses stand in this order: " + clauseOrder,
		func(p *parser, _ []string) string {
			if t := p.peek(); p.at == 0 || p.tokens[0].key != "CREATE" || !clauseWords[t.key] {
				return ""
			}
			return "clauses stand in this order: " + clauseOrder
		},
	},
	{
		"DROP TABLE a; DROP TABLE b", "a semicolon ends a statement, and there is one statement at a time here",
		func(p *parser, _ []string) string {
			if p.at == 0 || p.tokens[p.at-1].key != ";" {
				return ""
			}
			return "a semicolon ends a statement, and there is one statement at a time here"
		},
	},
}

// clauseOrder is the order of the clauses of CREATE EXTERNAL TABLE.
const clauseOrder = "COMMENT, PARTITIONED BY, CLUSTERED BY, ROW FORMAT, STORED AS, LOCATION, TBLPROPERTIES"

var clauseWords = setOf("COMMENT", "PARTITIONED", "CLUSTERED", "ROW", "STORED", "LOCATION", "TBLPROPERTIES", "WITH")

// hintName shows in backticks what was written for a name, if it is so.
func hintName(p *parser, wanted []string, text string, is func(token) bool) string {
	t := p.peek()
	if !is(t) || !slices.Contains(wanted, wantName) {
		return ""
	}
	return text + quoteName(strings.ToLower(t.value))
}

// hintFor gives the first hint that applies to the token at hand, or "".
func hintFor(p *parser, wanted []string) string {
	for _, h := range hints {
		if text := h.give(p, wanted); text != "" {
			return text
		}
	}
	return ""
}
