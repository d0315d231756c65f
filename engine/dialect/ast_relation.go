package dialect

// Table is a table or view named in FROM.
type Table struct {
	Pos
	Name   *QualifiedName
	Period *QueryPeriod // nil without FOR … AS OF
}

// QueryPeriod is time travel: FOR TIMESTAMP AS OF or FOR VERSION AS OF.
type QueryPeriod struct {
	Pos
	Version bool // VERSION, else TIMESTAMP
	End     Expression
}

// AliasedRelation gives a relation a name, and perhaps names its columns.
type AliasedRelation struct {
	Pos
	Relation TableExpression
	Alias    *Identifier
	Columns  []*Identifier // nil without a list
}

// JoinKind is how rows without a partner are treated.
type JoinKind string

// The kinds of joins.
const (
	CrossJoin JoinKind = "CROSS"
	InnerJoin JoinKind = "INNER"
	LeftJoin  JoinKind = "LEFT"
	RightJoin JoinKind = "RIGHT"
	FullJoin  JoinKind = "FULL"
)

// Join is two relations joined. A cross or natural join has no condition; the
// others have On or Using.
type Join struct {
	Pos
	Kind    JoinKind
	Natural bool
	Left    TableExpression
	Right   TableExpression
	On      Expression    // nil without ON
	Using   []*Identifier // nil without USING
}

// SampledRelation is a relation with TABLESAMPLE.
type SampledRelation struct {
	Pos
	Relation   TableExpression
	System     bool // SYSTEM, else BERNOULLI
	Percentage Expression
}

// TableSubquery is a query in parentheses in FROM.
type TableSubquery struct {
	Pos
	Query *Query
}

// Lateral is a subquery that may use columns of relations to its left.
type Lateral struct {
	Pos
	Query *Query
}

// Unnest turns arrays and maps into rows.
type Unnest struct {
	Pos
	Exprs          []Expression
	WithOrdinality bool
}

// TableFunction is TABLE(name(…)).
type TableFunction struct {
	Pos
	Name        *QualifiedName
	Args        []*TableFunctionArgument
	Copartition string // COPARTITION …, as text; empty without
}

// TableFunctionArgument is one argument: an expression, or a table or
// descriptor, which is kept as text.
type TableFunctionArgument struct {
	Pos
	Name  *Identifier // nil without name =>
	Value Expression  // nil for a table or descriptor argument
	Text  string      // the table or descriptor argument, one space between tokens
}

// JSONTable is JSON_TABLE(…). It is kept as text, to be refused by name.
type JSONTable struct {
	Pos
	Text string // what stands between the parentheses, one space between tokens
}

// PatternRecognition is a relation with MATCH_RECOGNIZE(…). Print writes its
// text, of which Clauses is the tree.
type PatternRecognition struct {
	Pos
	Input   TableExpression
	Text    string // what stands between the parentheses, one space between tokens
	Clauses *PatternClauses
	Alias   *Identifier   // nil without one
	Columns []*Identifier // nil without a list
}

func (*Table) relation()              {}
func (*AliasedRelation) relation()    {}
func (*Join) relation()               {}
func (*SampledRelation) relation()    {}
func (*TableSubquery) relation()      {}
func (*Lateral) relation()            {}
func (*Unnest) relation()             {}
func (*TableFunction) relation()      {}
func (*JSONTable) relation()          {}
func (*PatternRecognition) relation() {}
