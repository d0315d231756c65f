package dialect

import (
	"reflect"
	"strings"
)

// Print gives a statement as text that Parse reads back to the same tree, on
// one line, with key words in upper case and names as written.
func Print(s Statement) string {
	p := &printer{}
	p.statement(s)
	return p.String()
}

// PrintExpression gives an expression as text that ParseExpression reads back
// to the same tree.
func PrintExpression(e Expression) string {
	p := &printer{}
	p.expression(e)
	return p.String()
}

// printer writes the text of nodes.
type printer struct{ strings.Builder }

// words writes texts one after the other.
func (p *printer) words(texts ...string) {
	for _, t := range texts {
		p.WriteString(t)
	}
}

// when writes a text if a condition holds.
func (p *printer) when(condition bool, text string) {
	if condition {
		p.WriteString(text)
	}
}

// separated writes items with commas between.
func separated[T any](p *printer, items []T, write func(T)) {
	for i, item := range items {
		p.when(i > 0, ", ")
		write(item)
	}
}

// inParentheses writes items with commas between, in parentheses.
func inParentheses[T any](p *printer, items []T, write func(T)) {
	p.words("(")
	separated(p, items, write)
	p.words(")")
}

// clause writes a text and the items after it, if there are any.
func clause[T any](p *printer, text string, items []T, write func(T)) {
	if len(items) > 0 {
		p.words(text)
		separated(p, items, write)
	}
}

// optional writes a text and the node after it, if there is one.
func optional[T Node](p *printer, text string, node T, write func(T)) {
	if v := reflect.ValueOf(node); v.IsValid() && !v.IsNil() {
		p.words(text)
		write(node)
	}
}

// identifier writes a name, in quotes where it was quoted.
func (p *printer) identifier(i *Identifier) {
	if i.Delimited {
		p.words(`"`, strings.ReplaceAll(i.Value, `"`, `""`), `"`)
		return
	}
	p.words(i.Value)
}

// name writes a dotted name.
func (p *printer) name(q *QualifiedName) {
	for i, part := range q.Parts {
		p.when(i > 0, ".")
		p.identifier(part)
	}
}

// names writes a text and a list of names in parentheses, if there is one.
func (p *printer) names(text string, names []*Identifier) {
	if names != nil {
		p.words(text)
		inParentheses(p, names, p.identifier)
	}
}

// quoted writes a string literal.
func (p *printer) quoted(text string) {
	p.words("'", strings.ReplaceAll(text, "'", "''"), "'")
}

// text writes a string literal of the tree.
func (p *printer) text(s *StringLiteral) { p.quoted(s.Value) }
