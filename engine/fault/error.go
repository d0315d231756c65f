// Package fault has the error of a statement, which the parsers of both of
// Athena's languages give, and those who run what they parsed.
package fault

import (
	"fmt"
	"strings"
)

// Error is a fault in a statement, with the code and the words Athena has for
// it.
type Error struct {
	Code      string // Trino's error name: SYNTAX_ERROR, COLUMN_NOT_FOUND, …; FAILED where Hive refuses
	Line      int    // from 1; 0 where the fault has no place
	Column    int    // from 1, in code points
	Message   string // without code and place
	Hint      string // what to write instead; may be empty
	Statement string // the text that Line and Column count in; may be empty
}

// Error gives code, place and message on one line, as Athena reports them.
func (e *Error) Error() string {
	if e.Line == 0 {
		return fmt.Sprintf("%s: %s", e.Code, e.Message)
	}
	return fmt.Sprintf("%s: line %d:%d: %s", e.Code, e.Line, e.Column, e.Message)
}

// Render gives the error for people: the message, the line at fault with a
// caret under the place, and the hint. It ends without a line break.
func (e *Error) Render() string {
	return e.Error() + e.Excerpt()
}

// Excerpt gives what Render has behind the message: each line of it begins with a
// line break. It may be empty.
func (e *Error) Excerpt() string {
	var b strings.Builder
	if line, ok := e.line(); ok {
		fmt.Fprintf(&b, "\n%s\n%s^", line, indent(line, e.Column-1))
	}
	if e.Hint != "" {
		fmt.Fprintf(&b, "\nhint: %s", e.Hint)
	}
	return b.String()
}

// line finds the source line at fault.
func (e *Error) line() (string, bool) {
	lines := strings.Split(e.Statement, "\n")
	if e.Statement == "" || e.Line < 1 || e.Line > len(lines) {
		return "", false
	}
	return strings.TrimRight(lines[e.Line-1], "\r"), true
}

// indent gives white space as wide as the first n code points of line; tabs
// stay tabs, so that the caret stands right whatever their width.
func indent(line string, n int) string {
	var b strings.Builder
	for _, r := range line {
		if n <= 0 {
			break
		}
		n--
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	b.WriteString(strings.Repeat(" ", max(n, 0)))
	return b.String()
}
