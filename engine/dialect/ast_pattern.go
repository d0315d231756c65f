package dialect

// PatternClauses is what stands between the parentheses of MATCH_RECOGNIZE.
type PatternClauses struct {
	Pos
	PartitionBy []Expression
	OrderBy     []*SortItem
	Measures    []*PatternMeasure
	Rows        RowsPerMatch
	Skip        *PatternSkip // nil without AFTER MATCH
	Search      *Identifier  // INITIAL or SEEK, nil without
	Pattern     *RowPattern
	Subsets     []*PatternSubset
	Define      []*PatternVariable
}

// RowsPerMatch says which rows a match yields.
type RowsPerMatch string

// The choices of RowsPerMatch; OneRow is the default.
const (
	OneRow           RowsPerMatch = "ONE ROW PER MATCH"
	AllRowsShowEmpty RowsPerMatch = "ALL ROWS PER MATCH SHOW EMPTY MATCHES"
	AllRowsOmitEmpty RowsPerMatch = "ALL ROWS PER MATCH OMIT EMPTY MATCHES"
	AllRowsUnmatched RowsPerMatch = "ALL ROWS PER MATCH WITH UNMATCHED ROWS"
	skipPastLast                  = "PAST LAST"
	skipToNext                    = "NEXT"
	skipToFirst                   = "FIRST"
	skipToLast                    = "LAST"
	unboundedRepeats              = -1
)

// PatternMeasure is expression AS name.
type PatternMeasure struct {
	Pos
	Expr Expression
	Name *Identifier
}

// PatternSkip is AFTER MATCH SKIP …: Kind is PAST LAST, NEXT, FIRST or LAST.
type PatternSkip struct {
	Pos
	Kind  string
	Label *Identifier // of FIRST and LAST, else nil
}

// PatternSubset is name = (label, …).
type PatternSubset struct {
	Pos
	Name     *Identifier
	Elements []*Identifier
}

// PatternVariable is label AS condition.
type PatternVariable struct {
	Pos
	Name *Identifier
	Expr Expression
}

// RowPatternKind tells the kinds of RowPattern apart.
type RowPatternKind string

// The kinds of row patterns.
const (
	LabelPattern       RowPatternKind = "label"
	EmptyPattern       RowPatternKind = "()"
	StartPattern       RowPatternKind = "^"
	EndPattern         RowPatternKind = "$"
	ExcludedPattern    RowPatternKind = "{- -}"
	SequencePattern    RowPatternKind = "sequence"
	AlternationPattern RowPatternKind = "|"
	PermutationPattern RowPatternKind = "PERMUTE"
	RepeatedPattern    RowPatternKind = "quantified"
)

// RowPattern is a regular expression over the labels of rows.
type RowPattern struct {
	Pos
	Kind      RowPatternKind
	Label     *Identifier   // of a LabelPattern, else nil
	Parts     []*RowPattern // what it is made of
	Min, Max  int64         // of a RepeatedPattern; Max is -1 without an upper bound
	Bounded   *Pos          // where {…} stands, nil for *, + and ?
	HasMin    bool          // {…} gives a lower bound
	Reluctant bool
}
