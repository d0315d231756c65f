package dialect

import (
	"regexp"
	"strconv"
	"strings"
)

// let writes body, in which a name stands for sql, so that DuckDB computes it
// once and nested calls do not double the text at every level. What costs
// nothing stands for itself. DuckDB has no LET; a lambda over a list of one
// serves. The name is none that occurs in sql or in avoid, which is the other
// SQL that body writes; it depends on nothing else, so that equal expressions
// have equal translations.
func let(sql, avoid string, body func(name string) string) string {
	if isPlain(sql) {
		return body(sql)
	}
	name := unusedName("v", sql, avoid)
	return bound(name, sql, body(name))
}

// bound writes body, in which name stands for sql.
func bound(name, sql, body string) string {
	return "list_transform([" + sql + "], lambda " + name + ": " + body + ")[1]"
}

// unusedName returns a quoted name for a lambda's parameter that occurs in none
// of the texts. The tilde keeps it apart from the names of statements and of templates.
func unusedName(prefix string, texts ...string) string {
	for i := 1; ; i++ {
		name := duckName(prefix + "~" + strconv.Itoa(i))
		used := false
		for _, text := range texts {
			used = used || strings.Contains(text, name)
		}
		if !used {
			return name
		}
	}
}

var (
	columnSQL  = regexp.MustCompile(`^"([^"]|"")*"(\."([^"]|"")*")*$`)
	stringSQL  = regexp.MustCompile(`'([^']|'')*'`)
	callInSQL  = regexp.MustCompile(`(\w*)\(`)
	typesInSQL = map[string]bool{"CAST": true, "DECIMAL": true}
)

// isPlain reports whether DuckDB has sql without computing: a column, a
// parameter of a lambda, or what it folds into a constant.
func isPlain(sql string) bool {
	if columnSQL.MatchString(sql) {
		return true
	}
	rest := stringSQL.ReplaceAllString(sql, "''")
	if strings.Contains(rest, `"`) || strings.Contains(rest, "SELECT") {
		return false
	}
	for _, m := range callInSQL.FindAllStringSubmatch(rest, -1) {
		if !typesInSQL[m[1]] {
			return false
		}
	}
	return true
}

// share gives names to the arguments of a scalar call, those that are lambdas
// apart, so that its translation may repeat them and use them within DuckDB's
// lambdas, where aggregates and subqueries may not stand. apply writes what they
// stand for around the translation.
func (c *callSite) share() {
	for i, t := range c.args {
		if t.typ.Kind != lambdaKind {
			c.args[i].sql = c.name(t.sql)
		}
	}
}

// name shares what the call computes of its arguments.
func (c *callSite) name(sql string) string {
	if isPlain(sql) {
		return sql
	}
	name := c.parameter("v", sql)
	c.shared = append(c.shared, sharedArgument{name, sql})
	return name
}

// parameter returns a name for a parameter of a lambda in the call's translation.
func (c *callSite) parameter(prefix string, more ...string) string {
	for _, t := range c.args {
		more = append(more, t.sql)
	}
	for _, s := range c.shared {
		more = append(more, s.name, s.sql)
	}
	return unusedName(prefix, more...)
}

// sharedArgument is an argument that share gave a name.
type sharedArgument struct{ name, sql string }

// withShared writes around a translation what its names stand for.
func (c *callSite) withShared(sql string) string {
	for i := len(c.shared) - 1; i >= 0; i-- {
		sql = bound(c.shared[i].name, c.shared[i].sql, sql)
	}
	return sql
}

// repeats reports whether a template uses an argument twice or within a lambda.
func repeats(template string) bool {
	seen := map[string]bool{}
	for _, m := range placeholder.FindAllString(template, -1) {
		if seen[m] && m != "$T" && m != "$Z" {
			return true
		}
		seen[m] = true
	}
	return strings.Contains(template, "lambda ")
}
