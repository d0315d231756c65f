package dialect

import (
	"fmt"
	"strings"
)

// hint is what to write instead of something that other dialects take and
// Athena does not.
type hint struct {
	example string // a statement that gets the hint
	want    string // the hint it gets
	// give looks at the token at fault and what is wanted there. It gives ""
	// where the hint does not apply.
	give func(f faultPlace) string
}

// faultPlace is a token at fault among its neighbours.
type faultPlace struct {
	before, at, after token
	wanted            map[string]bool
}

// hints are tried in this order; the first that applies is given.
var hints = []hint{
	{
		"SELECT end FROM t", `END is a reserved word; to use it as a name write "end"`,
		func(f faultPlace) string {
			names := f.wanted["<identifier>"] || f.wanted["<expression>"]
			if f.at.kind != keyWord || !reserved[f.at.key] || !names || !endsName(f.after) {
				return ""
			}
			return fmt.Sprintf(`%s is a reserved word; to use it as a name write "%s"`, f.at.key, strings.ToLower(f.at.text))
		},
	},
	{
		"SELECT 'abc", "the string that begins here does not end; a quote inside a string is written twice",
		func(f faultPlace) string {
			return when(f.at.text == "'", "the string that begins here does not end; a quote inside a string is written twice")
		},
	},
	{
		"SELECT\u00a01", "there is a character here that only looks like a space, a quote or a dash; type it again",
		func(f faultPlace) string {
			looks := f.at.kind == unrecognized && strings.ContainsAny(f.at.text, "\u00a0\u2007\u202f\u2018\u2019\u201c\u201d\u2013\u2014\u2212\ufeff")
			return when(looks, "there is a character here that only looks like a space, a quote or a dash; type it again")
		},
	},
	{
		"SELECT a AS 'b' FROM t", `a name is written in double quotes: "b"`,
		func(f faultPlace) string {
			if f.at.kind != stringToken || !f.wanted["<identifier>"] {
				return ""
			}
			return fmt.Sprintf(`a name is written in double quotes: "%s"`, unquote(f.at.text))
		},
	},
	{
		"SELECT a FROM t WHERE a == 1", "write = for equality",
		func(f faultPlace) string {
			return when(f.before.key == "=" && f.at.key == "=", "write = for equality")
		},
	},
	{
		"SELECT a::bigint FROM t", "write CAST(x AS type) instead of x::type",
		func(f faultPlace) string {
			return when(f.at.key == ":" && f.after.key == ":", "write CAST(x AS type) instead of x::type")
		},
	},
	{
		"SELECT a FROM t WHERE a ILIKE 'x%'", "there is no ILIKE; write lower(x) LIKE 'pattern'",
		func(f faultPlace) string {
			ilike := strings.EqualFold(f.at.text, "ilike") || strings.EqualFold(f.before.text, "ilike")
			return when(ilike, "there is no ILIKE; write lower(x) LIKE 'pattern'")
		},
	},
	{
		"SELECT TOP 10 a FROM t", "there is no TOP; write LIMIT 10 at the end",
		func(f faultPlace) string {
			top := strings.EqualFold(f.before.text, "top") && f.at.kind == integerToken
			return when(top, "there is no TOP; write LIMIT "+f.at.text+" at the end")
		},
	},
	{
		"SELECT a FROM read_csv('a.log')", "FROM takes tables, queries and UNNEST; no function reads a file here",
		func(f faultPlace) string {
			called := f.at.key == "(" && f.before.isName() && f.wanted["'TABLESAMPLE'"]
			return when(called, "FROM takes tables, queries and UNNEST; no function reads a file here")
		},
	},
	{
		"SELECT a FROM t LIMT 5", "did you mean LIMIT?",
		func(f faultPlace) string { return misspelt(f.before, f.wanted) },
	},
	{
		"SELCT a FROM t", "did you mean SELECT?",
		func(f faultPlace) string { return misspelt(f.at, f.wanted) },
	},
	{
		"SELECT a, FROM t", "there is a comma too many, or nothing after it",
		func(f faultPlace) string {
			return when(f.before.key == "," && reserved[f.at.key], "there is a comma too many, or nothing after it")
		},
	},
	{
		"SELECT a FROM t LIMIT 5 OFFSET 10", "OFFSET stands before LIMIT",
		func(f faultPlace) string { return when(f.at.key == "OFFSET", "OFFSET stands before LIMIT") },
	},
	{
		"SELECT 1; SELECT 2", "a semicolon ends a statement, and there is one statement at a time here",
		func(f faultPlace) string {
			return when(f.at.key == ";", "a semicolon ends a statement, and there is one statement at a time here")
		},
	},
}

// misspelt gives the key word that is wanted, if a name is one letter away from it.
func misspelt(name token, wanted map[string]bool) string {
	const short = 4 // shorter names are like many key words
	if name.kind != word || len(name.text) < short {
		return ""
	}
	for _, label := range append(sortedKeys(wanted), "'SELECT'", "'FROM'") {
		key := strings.Trim(label, "'")
		if key == label || !wanted[label] && !wanted["<query>"] {
			continue
		}
		if editDistance(strings.ToUpper(name.text), key) == 1 {
			return "did you mean " + key + "?"
		}
	}
	return ""
}

// when gives a text if a condition holds.
func when(condition bool, text string) string {
	if condition {
		return text
	}
	return ""
}

// endsName tells whether a token is one that stands after a column's name.
func endsName(t token) bool {
	switch t.key {
	case ",", ".", ")", "=", "<>", "<", "<=", ">", ">=", "+", "-", "*", "/", "FROM", "AS", "BETWEEN", "IS", "IN", "DESC", "ASC":
		return true
	}
	return false
}

// hintFor gives the first hint that applies to the token at fault, or "".
func hintFor(tokens []token, at int, wanted map[string]bool) string {
	f := faultPlace{at: tokens[at], wanted: wanted, after: tokens[min(at+1, len(tokens)-1)]}
	if at > 0 {
		f.before = tokens[at-1]
	}
	for _, h := range hints {
		if text := h.give(f); text != "" {
			return text
		}
	}
	return ""
}
