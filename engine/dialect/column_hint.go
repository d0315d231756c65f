package dialect

import (
	"fmt"
	"strings"
)

// columnHint says what may be meant by a name that no column in sight has: an
// output name, which clauses but ORDER BY do not know; a column spelt nearly so;
// or a text, where the name is in double quotes.
func columnHint(n Node, name string, s *scope) string {
	if meant, ok := s.outputNamed(name); ok {
		return fmt.Sprintf("%s is a name that SELECT gives, which ORDER BY alone knows; write %s in its place", strings.ToLower(name), describe(meant))
	}
	if near := didYouMean(name, s.names()); near != "" {
		return near
	}
	if id, ok := n.(*Identifier); ok && id.Delimited {
		return fmt.Sprintf("double quotes are for names; if a text is meant, write %s", quoted(id.Value))
	}
	return ""
}

// outputNamed is the expression to which the SELECT of the scope gives a name.
func (s *scope) outputNamed(name string) (Expression, bool) {
	for ; s != nil; s = s.parent {
		if s.calls == nil {
			continue
		}
		if e, ok := s.calls.named[strings.ToLower(name)]; ok {
			return e, true
		}
	}
	return nil, false
}

// namedItems are the expressions to which a SELECT gives a name by AS, by that
// name in lower case.
func namedItems(node *Select) map[string]Expression {
	named := map[string]Expression{}
	for _, item := range node.Items {
		if column, ok := item.(*SingleColumn); ok && column.Alias != nil {
			named[strings.ToLower(column.Alias.Value)] = column.Expr
		}
	}
	return named
}

// aggregateHint says where what holds an aggregate stands instead of a clause
// that is asked of each row.
func aggregateHint(c *FunctionCall, clause string, kind FunctionKind) string {
	if clause != "WHERE clause" || kind != AggregateFunction || c.Over != nil {
		return ""
	}
	return fmt.Sprintf("a condition on groups stands after GROUP BY: HAVING %s …", describe(c))
}
