package dialect

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// term is an expression after its analysis: its type, its translation, and
// what pruning wants to know of it.
type term struct {
	typ        Type
	sql        string
	value      any        // its value, of the Go types below, where the statement fixes it; nil elsewhere
	column     *columnRef // the table's column that it is, cast or not, where nothing is done to it
	epoch      *columnRef // the column of seconds of which it is from_unixtime
	conditions conditions // of a boolean: what is known of it for each table use
}

// The values that terms have besides bool, string, float64 and *big.Rat (of the
// integers and decimals). They are what constants are folded in.
type (
	nullValue  struct{} // NULL
	dayValue   int64    // a date: days since 1970-01-01
	microValue int64    // a timestamp: microseconds since 1970-01-01 00:00:00, of the instant where it has a zone
	monthSpan  int64    // an interval year to month, in months
	microSpan  int64    // an interval day to second, in microseconds
)

// nullTerm is NULL.
var nullTerm = term{typ: unknownType, sql: "NULL", value: nullValue{}}

// columnRef is a column of one use of a table.
type columnRef struct {
	use     *TableUse
	name    string
	typ     schema.Type
	via     []*namedQuery // the common table expressions through which it is seen
	fixed   bool          // a condition on it may not prune: rows that fail it still matter
	changed bool          // its values are not those that the scan yields: a condition on it tells nothing of them
}

// mark notes that the statement needs the column.
func (c *columnRef) mark() {
	if c != nil {
		c.use.used[c.name] = true
	}
}

// isNull reports whether the term is NULL for certain.
func (t term) isNull() bool {
	_, ok := t.value.(nullValue)
	return ok
}

// text returns the value of a varchar that the statement fixes.
func (t term) text() (string, bool) {
	s, ok := t.value.(string)
	return s, ok
}

// float returns the number that the term is for certain.
func (t term) float() (float64, bool) {
	switch v := t.value.(type) {
	case *big.Rat:
		f, _ := v.Float64()
		return f, true
	case float64:
		return v, true
	}
	return 0, false
}

// bare returns the term without what pruning knows of it.
func (t term) bare() term { return term{typ: t.typ, sql: t.sql} }

// duckName quotes an identifier for DuckDB.
func duckName(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// duckString quotes a string for DuckDB. DuckDB's strings cannot hold a NUL in a literal.
func duckString(s string) string {
	if strings.IndexByte(s, 0) < 0 {
		return "'" + strings.ReplaceAll(s, "'", "''") + "'"
	}
	parts := strings.Split(s, "\x00")
	for i, part := range parts {
		parts[i] = duckString(part)
	}
	return "(" + strings.Join(parts, " || chr(0) || ") + ")"
}

// duckCast writes a cast to the DuckDB type of t.
func duckCast(sql string, t Type) string {
	suffix := " AS " + t.DuckDB() + ")"
	if strings.HasPrefix(sql, "CAST(") && strings.HasSuffix(sql, suffix) && closesAtEnd(sql) {
		return sql
	}
	return "CAST(" + sql + suffix
}

// closesAtEnd reports whether the first parenthesis of sql is closed by its last character.
func closesAtEnd(sql string) bool {
	depth := 0
	for i := 0; i < len(sql); i++ {
		switch sql[i] {
		case '\'', '"':
			end := strings.IndexByte(sql[i+1:], sql[i])
			if end < 0 {
				return false
			}
			i += end + 1
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return i == len(sql)-1
			}
		}
	}
	return false
}

// raise writes an expression that fails with "code: message" when it is
// evaluated; message is SQL of type VARCHAR. DuckDB's TRY does not take the
// volatile error(), so within one a native fails instead.
func (a *analyzer) raise(code, message string) string {
	a.mayFail()
	text := duckString(code + ": ")
	if strings.HasPrefix(message, "'") && closesQuote(message) {
		text = duckString(code + ": ")[:len(text)-1] + message[1:]
	} else {
		text += " || " + message
	}
	if a.trying > 0 {
		return nativeName("raise") + "(" + text + ")"
	}
	return "error(" + text + ")"
}

// closesQuote reports whether sql is one string literal.
func closesQuote(sql string) bool {
	return len(sql) >= 2 && !strings.Contains(strings.ReplaceAll(sql[1:len(sql)-1], "''", ""), "'")
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func itoa(n int) string { return strconv.Itoa(n) }
