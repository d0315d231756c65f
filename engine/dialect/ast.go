package dialect

// Pos is where a node begins in the statement's text.
type Pos struct {
	Line   int // line, from 1
	Column int // column in code points, from 1, as Trino counts
	Offset int // offset in bytes, from 0
}

// Position returns the place itself; embedding Pos makes a struct a Node.
func (p Pos) Position() Pos { return p }

// Node is any part of the tree. Its position is the one Trino reports: the
// first token of the construct, but the operator of a binary expression, a
// comparison, a predicate (BETWEEN, IN, LIKE, IS) and a set operation.
type Node interface {
	Position() Pos
}

// Statement is one whole statement.
type Statement interface {
	Node
	statement()
}

// QueryBody is what stands before ORDER BY: a SELECT, a set operation,
// VALUES, TABLE name, or a whole query in parentheses.
type QueryBody interface {
	Node
	queryBody()
}

// SelectItem is one item of a SELECT list.
type SelectItem interface {
	Node
	selectItem()
}

// GroupingElement is one element of GROUP BY.
type GroupingElement interface {
	Node
	groupingElement()
}

// TableExpression is anything FROM can name. (A Relation is what a catalog knows of a table.)
type TableExpression interface {
	Node
	relation()
}

// Expression is anything that has a value, a lambda included.
type Expression interface {
	Node
	expression()
}

// TypeName is a type as written, not yet resolved.
type TypeName interface {
	Node
	typeName()
}

// Identifier is a name. As an expression it refers to a column, a lambda
// parameter or a field.
type Identifier struct {
	Pos
	Value     string // the name, quotes removed and "" undoubled, case kept
	Delimited bool   // written in double quotes
}

// QualifiedName is a dotted name: of a table, a function, a session property.
type QualifiedName struct {
	Pos
	Parts []*Identifier // at least one
}
