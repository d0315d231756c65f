package dialect

// Operator is the sign of a unary, binary or comparison expression.
type Operator string

// The operators. != is brought to <>.
const (
	Add            Operator = "+"
	Subtract       Operator = "-"
	Multiply       Operator = "*"
	Divide         Operator = "/"
	Modulus        Operator = "%"
	Concat         Operator = "||"
	Equal          Operator = "="
	NotEqual       Operator = "<>"
	Less           Operator = "<"
	LessOrEqual    Operator = "<="
	Greater        Operator = ">"
	GreaterOrEqual Operator = ">="
)

// Dereference is base.field: a column of a relation or a field of a row.
type Dereference struct {
	Pos
	Base  Expression
	Field *Identifier
}

// Subscript is base[index].
type Subscript struct {
	Pos
	Base  Expression
	Index Expression
}

// Row is (a, b) or ROW(a, b).
type Row struct {
	Pos
	Items []Expression
}

// Array is ARRAY[a, b].
type Array struct {
	Pos
	Elements []Expression
}

// Unary is +x or -x. A minus before a number belongs to the literal.
type Unary struct {
	Pos
	Operator Operator // Add or Subtract
	Expr     Expression
}

// Binary is arithmetic or ||. Its position is the operator's.
type Binary struct {
	Pos
	Operator    Operator
	Left, Right Expression
}

// Comparison is =, <>, <, <=, > or >=. Its position is the operator's.
type Comparison struct {
	Pos
	Operator    Operator
	Left, Right Expression
}

// DistinctFrom is IS [NOT] DISTINCT FROM. Its position is IS.
type DistinctFrom struct {
	Pos
	Not         bool
	Left, Right Expression
}

// QuantifiedComparison is value = ALL (query). Its position is the operator's.
type QuantifiedComparison struct {
	Pos
	Operator   Operator
	Quantifier string // ALL, ANY or SOME
	Value      Expression
	Query      *Query
}

// Logical is AND or OR of two or more terms; a AND b AND c is one Logical.
type Logical struct {
	Pos
	Or    bool // OR, else AND
	Terms []Expression
}

// Not is NOT x.
type Not struct {
	Pos
	Expr Expression
}

// Between is value [NOT] BETWEEN min AND max. Its position is BETWEEN or NOT.
type Between struct {
	Pos
	Not             bool
	Value, Min, Max Expression
}

// InList is value [NOT] IN (a, b). Its position is IN or NOT.
type InList struct {
	Pos
	Not   bool
	Value Expression
	List  []Expression
}

// InSubquery is value [NOT] IN (query). Its position is IN or NOT.
type InSubquery struct {
	Pos
	Not   bool
	Value Expression
	Query *Query
}

// Like is value [NOT] LIKE pattern [ESCAPE escape]. Its position is LIKE or
// NOT.
type Like struct {
	Pos
	Not     bool
	Value   Expression
	Pattern Expression
	Escape  Expression // nil without ESCAPE
}

// IsNull is value IS [NOT] NULL. Its position is IS.
type IsNull struct {
	Pos
	Not   bool
	Value Expression
}

// AtTimeZone is value AT TIME ZONE zone. Its position is AT.
type AtTimeZone struct {
	Pos
	Value Expression
	Zone  Expression // a StringLiteral or an IntervalLiteral
}

// NullTreatment says whether a window function sees NULLs.
type NullTreatment string

// The treatments; none means RESPECT NULLS.
const (
	NullTreatmentNone NullTreatment = ""
	IgnoreNulls       NullTreatment = "IGNORE NULLS"
	RespectNulls      NullTreatment = "RESPECT NULLS"
)

// FunctionCall is name(args) with all that may follow. TRY, IF, COALESCE and
// NULLIF are calls, as in Trino's grammar; SUBSTRING(a FROM b FOR c) is
// substring(a, b, c), and POSITION(a IN b) is strpos(b, a).
type FunctionCall struct {
	Pos
	Mode          string // RUNNING or FINAL, only in MATCH_RECOGNIZE; else empty
	Name          *QualifiedName
	Star          bool          // count(*)
	StarLabel     *Identifier   // count(label.*), else nil
	Quantifier    SetQuantifier // DISTINCT, or ALL, which means nothing
	Args          []Expression
	OrderBy       []*SortItem
	Filter        Expression // nil without FILTER
	NullTreatment NullTreatment
	Over          *Window // nil without OVER
}

// Window is OVER name or OVER (specification): one of the two.
type Window struct {
	Pos
	Name          *Identifier
	Specification *WindowSpecification
}

// WindowSpecification is what stands in the parentheses of OVER and WINDOW.
type WindowSpecification struct {
	Pos
	Base        *Identifier // a window it extends, nil without
	PartitionBy []Expression
	OrderBy     []*SortItem
	Frame       *WindowFrame // nil without one
}

// FrameUnit is ROWS, RANGE or GROUPS.
type FrameUnit string

// The frame units.
const (
	FrameRows   FrameUnit = "ROWS"
	FrameRange  FrameUnit = "RANGE"
	FrameGroups FrameUnit = "GROUPS"
)

// WindowFrame is ROWS BETWEEN start AND end.
type WindowFrame struct {
	Pos
	Unit  FrameUnit
	Start *FrameBound
	End   *FrameBound // nil without BETWEEN, which means the current row
	// Measures and Pattern are the parts of row pattern recognition in a
	// window (MEASURES … before, PATTERN … after the frame), as text, to be
	// refused by name.
	Measures, Pattern string
}

// FrameBoundKind is one of the five ends a frame can have.
type FrameBoundKind string

// The frame bounds.
const (
	UnboundedPreceding FrameBoundKind = "UNBOUNDED PRECEDING"
	Preceding          FrameBoundKind = "PRECEDING"
	CurrentRow         FrameBoundKind = "CURRENT ROW"
	Following          FrameBoundKind = "FOLLOWING"
	UnboundedFollowing FrameBoundKind = "UNBOUNDED FOLLOWING"
)

// FrameBound is one end of a frame.
type FrameBound struct {
	Pos
	Kind  FrameBoundKind
	Value Expression // for Preceding and Following, else nil
}

// Measure is name OVER window: a measure of row pattern recognition.
type Measure struct {
	Pos
	Name *Identifier
	Over *Window
}

// ListAgg is LISTAGG(x, separator) WITHIN GROUP (ORDER BY …).
type ListAgg struct {
	Pos
	Quantifier SetQuantifier
	Expr       Expression
	Separator  *StringLiteral    // nil without one, which means ''
	Overflow   *OverflowBehavior // nil without ON OVERFLOW
	OrderBy    []*SortItem       // never empty
	Filter     Expression        // nil without FILTER
}

// OverflowBehavior is ON OVERFLOW ERROR or TRUNCATE.
type OverflowBehavior struct {
	Pos
	Truncate  bool
	Filler    *StringLiteral // nil without one, which means '...'
	WithCount bool           // WITH COUNT, else WITHOUT COUNT
}

// Lambda is x -> body or (x, y) -> body.
type Lambda struct {
	Pos
	Params []*Identifier
	Body   Expression
}

// Subquery is a query in parentheses used as a value.
type Subquery struct {
	Pos
	Query *Query
}

// Exists is EXISTS (query).
type Exists struct {
	Pos
	Query *Query
}

// Case is CASE operand WHEN … END or CASE WHEN … END.
type Case struct {
	Pos
	Operand Expression // nil for the searched form
	Whens   []*When
	Else    Expression // nil without ELSE
}

// When is one WHEN … THEN … of a Case.
type When struct {
	Pos
	Condition Expression
	Result    Expression
}

// Cast is CAST(x AS type) or TRY_CAST.
type Cast struct {
	Pos
	Try  bool
	Expr Expression
	Type TypeName
}

// Current is a value of the session, written without a call: CURRENT_DATE,
// CURRENT_TIMESTAMP(6), CURRENT_USER, …
type Current struct {
	Pos
	Name      string // upper case: CURRENT_DATE, CURRENT_TIME, CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP, CURRENT_USER, CURRENT_CATALOG, CURRENT_SCHEMA, CURRENT_PATH
	Precision *int   // nil without one
}

// TrimKind is the side TRIM works on.
type TrimKind string

// The sides; none means both.
const (
	TrimDefault  TrimKind = ""
	TrimLeading  TrimKind = "LEADING"
	TrimTrailing TrimKind = "TRAILING"
	TrimBoth     TrimKind = "BOTH"
)

// Trim is TRIM(LEADING chars FROM x) and its shorter forms.
type Trim struct {
	Pos
	Kind  TrimKind
	Value Expression
	Chars Expression // nil without, which means white space
}

// Normalize is NORMALIZE(x, NFC).
type Normalize struct {
	Pos
	Value Expression
	Form  string // NFC, NFD, NFKC or NFKD; empty without, which means NFC
}

// Extract is EXTRACT(field FROM x).
type Extract struct {
	Pos
	Field *Identifier
	Value Expression
}

// Grouping is GROUPING(column, …).
type Grouping struct {
	Pos
	Columns []*QualifiedName
}

func (*Identifier) expression()           {}
func (*Dereference) expression()          {}
func (*Subscript) expression()            {}
func (*Row) expression()                  {}
func (*Array) expression()                {}
func (*Unary) expression()                {}
func (*Binary) expression()               {}
func (*Comparison) expression()           {}
func (*DistinctFrom) expression()         {}
func (*QuantifiedComparison) expression() {}
func (*Logical) expression()              {}
func (*Not) expression()                  {}
func (*Between) expression()              {}
func (*InList) expression()               {}
func (*InSubquery) expression()           {}
func (*Like) expression()                 {}
func (*IsNull) expression()               {}
func (*AtTimeZone) expression()           {}
func (*FunctionCall) expression()         {}
func (*Measure) expression()              {}
func (*ListAgg) expression()              {}
func (*Lambda) expression()               {}
func (*Subquery) expression()             {}
func (*Exists) expression()               {}
func (*Case) expression()                 {}
func (*Cast) expression()                 {}
func (*Current) expression()              {}
func (*Trim) expression()                 {}
func (*Normalize) expression()            {}
func (*Extract) expression()              {}
func (*Grouping) expression()             {}
