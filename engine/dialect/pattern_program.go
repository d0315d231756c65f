package dialect

// patternProgram is what the native that matches rows is told, as JSON.
type patternProgram struct {
	Code        []patternStep       `json:"code"`
	Rows        RowsPerMatch        `json:"rows"`
	Skip        string              `json:"skip"`        // a kind of PatternSkip
	SkipLabels  int64               `json:"skip_labels"` // of FIRST and LAST: a bit for each label
	Navigations []patternNavigation `json:"navigations"` // whose rows each entry tells
	EveryRow    bool                `json:"every_row"`   // rows that are not put out are wanted, too: measures aggregate them
	Tables      []patternTable      `json:"tables"`      // conditions that depend on the match so far
}

// patternStep is an instruction of the machine that matches a pattern; those
// that jump name the instructions to try, the preferred one first.
type patternStep struct {
	Op    stepOp `json:"op"`
	Label int    `json:"label,omitempty"`
	Then  int    `json:"then,omitempty"`
	Else  int    `json:"else,omitempty"`
}

type stepOp int

const (
	stepDone  stepOp = iota
	stepLabel        // the row can have the label: go to the next row
	stepSplit        // try Then, after that Else
	stepJump         // go on at Then
	stepStart        // the partition begins here
	stepEnd          // the partition ends here
	stepSave         // an exclusion begins or ends
)

// patternNavigation names a row of a match: the first or last with one of the
// labels, then Offset matching rows inwards, then Physical rows on.
type patternNavigation struct {
	Labels   int64 `json:"labels"` // a bit for each, allLabels for any
	Last     bool  `json:"last"`
	Final    bool  `json:"final"` // not only up to the current row; Trino heeds it for LAST only
	Offset   int64 `json:"offset"`
	Physical int64 `json:"physical"`
}

// patternTable is a condition on a label that was computed for each other row that
// the current one may read, or each number of rows that it may count.
type patternTable struct {
	Label int               `json:"label"`
	Table int               `json:"table"` // its place among the conditions
	Count bool              `json:"count"` // it counts the rows of At, else it reads the row At
	At    patternNavigation `json:"at"`
}

// maxPatternSteps bounds a program: {n,m} and PERMUTE multiply what they hold.
const maxPatternSteps = 5000

// patternCompiler writes the program of a pattern as Trino's
// IrRowPatternToProgramRewriter does, so that its preferences are the same.
type patternCompiler struct {
	code      []patternStep
	label     func(*Identifier) int
	excluding bool
	tooLong   bool
}

func (c *patternCompiler) emit(s patternStep) int {
	if len(c.code) > maxPatternSteps {
		c.tooLong = true
		return 0
	}
	c.code = append(c.code, s)
	return len(c.code) - 1
}

func (c *patternCompiler) compile(p *RowPattern) {
	switch p.Kind {
	case LabelPattern:
		c.emit(patternStep{Op: stepLabel, Label: c.label(p.Label)})
	case StartPattern:
		c.emit(patternStep{Op: stepStart})
	case EndPattern:
		c.emit(patternStep{Op: stepEnd})
	case ExcludedPattern:
		c.excluded(p.Parts[0])
	case SequencePattern:
		c.sequence(p.Parts)
	case AlternationPattern:
		alternatives := make([][]*RowPattern, len(p.Parts))
		for i, part := range p.Parts {
			alternatives[i] = []*RowPattern{part}
		}
		c.alternation(alternatives)
	case PermutationPattern:
		c.permutation(p.Parts)
	case RepeatedPattern:
		c.repeated(p)
	}
}

// excluded marks where an exclusion begins and ends; one within another adds nothing.
func (c *patternCompiler) excluded(p *RowPattern) {
	if c.excluding {
		c.compile(p)
		return
	}
	c.excluding = true
	c.emit(patternStep{Op: stepSave})
	c.compile(p)
	c.emit(patternStep{Op: stepSave})
	c.excluding = false
}

func (c *patternCompiler) sequence(parts []*RowPattern) {
	for _, p := range parts {
		if !c.tooLong {
			c.compile(p)
		}
	}
}

func (c *patternCompiler) alternation(alternatives [][]*RowPattern) {
	var jumps []int
	last := len(alternatives) - 1
	for _, parts := range alternatives[:last] {
		split := c.emit(patternStep{Op: stepSplit, Then: len(c.code) + 1})
		c.sequence(parts)
		jumps = append(jumps, c.emit(patternStep{Op: stepJump}))
		c.code[split].Else = len(c.code)
	}
	c.sequence(alternatives[last])
	for _, j := range jumps {
		c.code[j].Then = len(c.code)
	}
}

// permutation tries the parts in every order, by the order in which they are given.
func (c *patternCompiler) permutation(parts []*RowPattern) {
	if len(parts) > 6 {
		c.tooLong = true
		return
	}
	c.alternation(permutations(parts))
}

func permutations(parts []*RowPattern) [][]*RowPattern {
	if len(parts) == 0 {
		return [][]*RowPattern{nil}
	}
	var all [][]*RowPattern
	for i, first := range parts {
		rest := append(append([]*RowPattern{}, parts[:i]...), parts[i+1:]...)
		for _, tail := range permutations(rest) {
			all = append(all, append([]*RowPattern{first}, tail...))
		}
	}
	return all
}

// repeated writes a quantifier: the repetitions that must be, then either a loop
// or those that may be.
func (c *patternCompiler) repeated(q *RowPattern) {
	part, loop := q.Parts[0], len(c.code)
	for range q.Min {
		if loop = len(c.code); c.tooLong {
			return
		}
		c.compile(part)
	}
	if q.Max != unboundedRepeats {
		var splits []int
		for i := q.Min; i < q.Max && !c.tooLong; i++ {
			splits = append(splits, c.emit(patternStep{Op: stepSplit}))
			c.compile(part)
		}
		for _, at := range splits {
			c.setSplit(at, at+1, len(c.code), q.Reluctant)
		}
		return
	}
	start := -1
	if q.Min == 0 {
		start = c.emit(patternStep{Op: stepSplit})
		loop = len(c.code)
		c.compile(part)
	}
	again := c.emit(patternStep{Op: stepSplit})
	c.setSplit(again, loop, len(c.code), q.Reluctant)
	if start >= 0 {
		c.setSplit(start, start+1, len(c.code), q.Reluctant)
	}
}

// setSplit lets a greedy quantifier prefer another repetition, a reluctant one the end.
func (c *patternCompiler) setSplit(at, again, end int, reluctant bool) {
	if reluctant {
		again, end = end, again
	}
	c.code[at].Then, c.code[at].Else = again, end
}
