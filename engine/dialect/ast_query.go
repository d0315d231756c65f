package dialect

// Query is a query expression. It is a Statement, and a QueryBody where it
// stands in parentheses inside another query.
type Query struct {
	Pos
	Functions []*InlineFunction // WITH FUNCTION …, only at the top of a statement
	With      *With             // nil without WITH
	Body      QueryBody
	OrderBy   []*SortItem // nil without ORDER BY
	Offset    *RowCount   // nil without OFFSET
	Limit     *Limit      // nil without LIMIT
	Fetch     *Fetch      // nil without FETCH FIRST; never together with Limit
}

// InlineFunction is a function defined in a statement. It is kept as text:
// Athena refuses it.
type InlineFunction struct {
	Pos
	Name *QualifiedName
	Text string // FUNCTION …, its tokens with one space between
}

// With is the list of common table expressions of a query.
type With struct {
	Pos
	Recursive bool
	Queries   []*NamedQuery
}

// NamedQuery is one common table expression.
type NamedQuery struct {
	Pos
	Name    *Identifier
	Columns []*Identifier // nil without a column list
	Query   *Query
}

// SortItem is one key of ORDER BY.
type SortItem struct {
	Pos
	Key        Expression
	Descending bool
	Nulls      NullOrder
}

// NullOrder is where NULLs sort.
type NullOrder int

// The three ways to order NULLs; the default is last, for ASC and DESC alike.
const (
	NullsDefault NullOrder = iota
	NullsFirst
	NullsLast
)

// RowCount is a number of rows: a literal or a parameter.
type RowCount struct {
	Pos
	Count     int64
	Parameter *Parameter // nil for a literal
}

// Limit is LIMIT n or LIMIT ALL.
type Limit struct {
	Pos
	All   bool
	Count *RowCount // nil with All
}

// Fetch is FETCH FIRST n ROWS ONLY or WITH TIES.
type Fetch struct {
	Pos
	Count    *RowCount // nil without a number, which means one row
	WithTies bool
}

// SetOperator is UNION, EXCEPT or INTERSECT.
type SetOperator string

// The set operators.
const (
	Union     SetOperator = "UNION"
	Except    SetOperator = "EXCEPT"
	Intersect SetOperator = "INTERSECT"
)

// SetQuantifier is DISTINCT, ALL, or nothing.
type SetQuantifier string

// The quantifiers. Without one UNION is DISTINCT and SELECT is ALL.
const (
	QuantifierNone     SetQuantifier = ""
	QuantifierAll      SetQuantifier = "ALL"
	QuantifierDistinct SetQuantifier = "DISTINCT"
)

// SetOperation joins two bodies; INTERSECT binds tighter, the others go left
// to right. Its position is the operator's.
type SetOperation struct {
	Pos
	Operator   SetOperator
	Quantifier SetQuantifier
	Left       QueryBody
	Right      QueryBody
}

// Values is VALUES row, row: a row of one column may be a bare expression.
type Values struct {
	Pos
	Rows []Expression

	// Parenthesized is whether each row stands in parentheses of its own, as
	// (ROW(1, 2)). To Trino they are nothing: they make no row.
	Parenthesized bool
}

// TableQuery is TABLE name, short for SELECT * FROM name.
type TableQuery struct {
	Pos
	Name *QualifiedName
}

// Select is one SELECT up to ORDER BY.
type Select struct {
	Pos
	Quantifier SetQuantifier
	Items      []SelectItem
	From       []TableExpression // comma means CROSS JOIN; nil without FROM
	Where      Expression        // nil without WHERE
	GroupBy    *GroupBy          // nil without GROUP BY
	Having     Expression        // nil without HAVING
	Windows    []*WindowDefinition
}

// SingleColumn is a select item with a value.
type SingleColumn struct {
	Pos
	Expr  Expression
	Alias *Identifier // nil without one
}

// AllColumns is *, or target.* with an optional list of aliases.
type AllColumns struct {
	Pos
	Target  Expression    // nil for a plain *
	Aliases []*Identifier // nil without AS (…)
}

// GroupBy is the GROUP BY clause.
type GroupBy struct {
	Pos
	Quantifier SetQuantifier // GROUP BY DISTINCT removes equal grouping sets
	Elements   []GroupingElement
}

// SimpleGroupBy is an expression, or several in parentheses, of GROUP BY.
type SimpleGroupBy struct {
	Pos
	Columns []Expression // empty for ()
}

// GroupingSetsKind says how a GroupingSets expands.
type GroupingSetsKind string

// The kinds of grouping sets.
const (
	Explicit GroupingSetsKind = "GROUPING SETS"
	Rollup   GroupingSetsKind = "ROLLUP"
	Cube     GroupingSetsKind = "CUBE"
)

// GroupingSets is GROUPING SETS, ROLLUP or CUBE.
type GroupingSets struct {
	Pos
	Kind GroupingSetsKind
	Sets [][]Expression
}

// WindowDefinition is one name of the WINDOW clause.
type WindowDefinition struct {
	Pos
	Name   *Identifier
	Window *WindowSpecification
}

func (*Query) statement() {}

func (*Query) queryBody()        {}
func (*SetOperation) queryBody() {}
func (*Values) queryBody()       {}
func (*TableQuery) queryBody()   {}
func (*Select) queryBody()       {}

func (*SingleColumn) selectItem() {}
func (*AllColumns) selectItem()   {}

func (*SimpleGroupBy) groupingElement() {}
func (*GroupingSets) groupingElement()  {}
