package dialect

import (
	"encoding/json"
	"fmt"
	"sort"
)

// patternNatives match the rows of a partition to a row pattern.
var patternNatives = []Native{
	{Name: "vpcq_match_rows", Parameters: []string{"VARCHAR", "BIGINT[]", "BIGINT[][]"}, Result: "BIGINT[][]", Call: call3(matchRows)},
}

// allLabels is the set of labels that every row has.
const allLabels = -1

// The bounds of a partition: its states, in bits of memory, the numbers that its
// matches yield, and the steps that its rows take.
const (
	maxMatchStates  = 1 << 29
	maxMatchNumbers = 1 << 24
	maxMatchWork    = 1 << 33
	tablesWork      = 1 << 13 // of a row that is matched by tables, which share no states
)

// What an entry of matchRows says of its row.
const (
	entryHidden    = 0 // it is in a match, and not put out
	entryShown     = 1 // it is put out with measures
	entryUnmatched = 2 // it is put out without
)

// matchRows finds the matches in the rows of one partition, in their order. For
// each row it is given the labels whose conditions hold, as bits. It gives an
// entry for each row of each match, for each empty match and for each row put
// out without a match: the number of the match, the row, counted from 1, its
// label or NULL, one of the constants above, and for each navigation the row,
// or NULL, and its label, or NULL.
func matchRows(program string, labels, tables []any) (any, error) {
	m := &rowMatcher{}
	if err := json.Unmarshal([]byte(program), &m.patternProgram); err != nil {
		return nil, fmt.Errorf("%s: read row pattern: %w", internalError, err)
	}
	m.possible = make([]int64, len(labels))
	for i, l := range labels {
		m.possible[i] = l.(int64)
	}
	if len(m.Tables) > 0 {
		if err := m.readTables(tables); err != nil {
			return nil, err
		}
	}
	states := (len(labels) + 1) * len(m.Code)
	if states > maxMatchStates {
		return nil, fmt.Errorf("%s: vpcq does not match a row pattern of %d steps to a partition of %d rows: partition by more columns", notSupported, len(m.Code), len(labels))
	}
	m.tried = make([]uint64, states/64+1)
	if err := m.run(); err != nil {
		return nil, err
	}
	return m.entries, nil
}

// rowMatcher matches one partition.
type rowMatcher struct {
	patternProgram
	possible []int64   // the labels that each row can have, as bits
	tables   [][]int64 // by row, what the tables say for no other row and for each
	entries  []any
	numbers  int // in entries
	work     int // the steps taken

	// tried has a bit for each step and row from which no match is to be
	// found: without tables conditions do not depend on the match so far, so
	// that holds wherever a match begins. With tables it holds for one path.
	tried  []uint64
	marked []int // the bits set since the last match

	failed bool            // a condition of a table could not be computed
	path   int             // the rows that were matched one after another so far, numbered
	onPath map[[2]int]bool // the paths and steps that were tried, with tables
	stack  []matchState
	labels []int // of the rows of the match
	saves  []int // where exclusions begin and end
}

// matchState is a step to try at a row, which a path has led to.
type matchState struct{ step, row, saves, path int }

// readTables reads what the tables say for each row.
func (m *rowMatcher) readTables(tables []any) error {
	m.tables, m.onPath = make([][]int64, len(tables)), map[[2]int]bool{}
	for i, row := range tables {
		values, _ := row.([]any)
		if len(values) != len(tables)+1 {
			return fmt.Errorf("%s: vpcq does not match conditions that depend on the rows matched before in a partition of %d rows, more than %d: partition by more columns", notSupported, len(tables), maxTabled)
		}
		for _, v := range values {
			said, _ := v.(int64)
			m.tables[i] = append(m.tables[i], said)
		}
	}
	return nil
}

// errExhausted is what a partition beyond the bounds fails with.
var errExhausted = fmt.Errorf("%s: vpcq does not support this many matches, or matches this long, in one partition: partition by more columns, or skip past the last row", notSupported)

// errFailed is what a condition fails with that reads another row; which fault of
// Trino's it is was lost when the pairs were computed.
var errFailed = fmt.Errorf("%s: a condition in DEFINE fails for rows that it is asked about, such as a sum out of range: write TRY_CAST, or cast to a wider type", notSupported)

func (m *rowMatcher) run() error {
	number, matchedUpTo := int64(1), 0 // rows before matchedUpTo are in a match
	for row := 0; row < len(m.possible); {
		matched := m.matchAt(row)
		switch {
		case m.failed:
			return errFailed
		case m.exhausted():
			return errExhausted
		}
		if !matched {
			if m.Rows == AllRowsUnmatched && row >= matchedUpTo {
				m.add(nil, int64(row+1), nil, entryUnmatched, -1, row)
			}
			row++
			continue
		}
		next, err := row+1, error(nil)
		if len(m.labels) == 0 {
			if m.Rows != AllRowsOmitEmpty {
				m.add(number, int64(row+1), nil, entryShown, -1, row)
			}
		} else {
			m.addMatch(number, row)
			matchedUpTo = max(matchedUpTo, row+len(m.labels))
			if next, err = m.after(row); err != nil {
				return err
			}
		}
		if m.exhausted() {
			return errExhausted
		}
		number++
		row = next
	}
	return nil
}

func (m *rowMatcher) exhausted() bool {
	return m.numbers > maxMatchNumbers || m.work > maxMatchWork
}

// matchAt finds the preferred match that begins at a row.
func (m *rowMatcher) matchAt(start int) bool {
	clear(m.onPath)
	m.path = 0
	m.stack, m.labels, m.saves = append(m.stack[:0], matchState{row: start}), m.labels[:0], m.saves[:0]
	for len(m.stack) > 0 {
		s := m.stack[len(m.stack)-1]
		m.stack = m.stack[:len(m.stack)-1]
		m.saves = m.saves[:s.saves]
		m.labels = m.labels[:s.row-start]
		if m.follow(s, start) {
			m.forget()
			return true
		}
	}
	m.marked = m.marked[:0]
	return false
}

// isTried reports whether a state was tried before, and notes it.
func (m *rowMatcher) isTried(s matchState) bool {
	if m.tables != nil {
		at := [2]int{s.path, s.step}
		seen := m.onPath[at]
		m.onPath[at] = true
		return seen
	}
	bit := s.row*len(m.Code) + s.step
	if m.tried[bit/64]&(1<<(bit%64)) != 0 {
		return true
	}
	m.tried[bit/64] |= 1 << (bit % 64)
	m.marked = append(m.marked, bit)
	return false
}

// holds reports whether the tables let the row that was matched last have its label.
func (m *rowMatcher) holds(label, row, start int) bool {
	for _, t := range m.Tables {
		if t.Label != label {
			continue
		}
		said := m.tables[row][m.other(t, row, start)] >> (tableBits * t.Table)
		m.failed = m.failed || said&tableFails != 0
		if said&tableHolds == 0 {
			return false
		}
	}
	return true
}

// other gives the number that a table counts, or of the row that it reads, from 1;
// 0 for none.
func (m *rowMatcher) other(t patternTable, row, start int) int {
	if t.Count {
		n := 0
		for _, l := range m.labels {
			if t.At.Labels&(1<<l) != 0 {
				n++
			}
		}
		return n
	}
	at := m.find(t.At, row-start)
	target := int64(start+at) + t.At.Physical
	if at < 0 || target < 0 || target >= int64(len(m.possible)) {
		return 0
	}
	return int(target) + 1
}

// follow goes on from a state to the end of the pattern, or to where it fails.
func (m *rowMatcher) follow(s matchState, start int) bool {
	for {
		if m.work++; m.isTried(s) || m.failed || m.exhausted() {
			return false
		}
		step := m.Code[s.step]
		s.step++
		switch step.Op {
		case stepDone:
			return true
		case stepLabel:
			if s.row == len(m.possible) || m.possible[s.row]&(1<<step.Label) == 0 {
				return false
			}
			m.labels = append(m.labels, step.Label)
			if m.tables != nil {
				if !m.holds(step.Label, s.row, start) {
					return false
				}
				m.path++
				m.work += tablesWork
				s.path = m.path
			}
			s.row++
		case stepSplit:
			m.stack = append(m.stack, matchState{step.Else, s.row, len(m.saves), s.path})
			s.step = step.Then
		case stepJump:
			s.step = step.Then
		case stepStart:
			if s.row != 0 {
				return false
			}
		case stepEnd:
			if s.row != len(m.possible) {
				return false
			}
		case stepSave:
			m.saves = append(m.saves, s.row-start)
		}
	}
}

// forget clears what a match has tried: some of it leads to that match.
func (m *rowMatcher) forget() {
	for _, bit := range m.marked {
		m.tried[bit/64] &^= 1 << (bit % 64)
	}
	m.marked = m.marked[:0]
}

// after gives the row from which to look for the next match.
func (m *rowMatcher) after(start int) (int, error) {
	switch m.Skip {
	case skipToNext:
		return start + 1, nil
	case skipPastLast:
		return start + len(m.labels), nil
	}
	at := m.find(patternNavigation{Labels: m.SkipLabels, Last: m.Skip == skipToLast, Final: true}, 0)
	if at < 0 {
		return 0, fmt.Errorf("GENERIC_USER_ERROR: AFTER MATCH SKIP failed: pattern variable is not present in match")
	}
	if at == 0 {
		return 0, fmt.Errorf("GENERIC_USER_ERROR: AFTER MATCH SKIP failed: cannot skip to first row of match")
	}
	return start + at, nil
}

// addMatch adds the rows of a match.
func (m *rowMatcher) addMatch(number int64, start int) {
	for i, label := range m.labels {
		if m.exhausted() {
			return
		}
		shown := int64(entryHidden)
		if m.Rows == OneRow && i == len(m.labels)-1 || m.Rows != OneRow && !m.isExcluded(i) {
			shown = entryShown
		}
		if shown == entryShown || m.EveryRow {
			m.add(number, int64(start+i+1), int64(label), shown, i, start)
		}
	}
}

// isExcluded reports whether the i-th row of the match lies within {- -}.
func (m *rowMatcher) isExcluded(i int) bool {
	return sort.SearchInts(m.saves, i+1)%2 == 1
}

// add adds an entry for the i-th row of the match, or with -1 one without a match.
func (m *rowMatcher) add(number any, row int64, label any, shown int64, i, start int) {
	entry := append(make([]any, 0, 4+2*len(m.Navigations)), number, row, label, shown)
	for _, n := range m.Navigations {
		at := -1
		if i >= 0 {
			at = m.find(n, i)
		}
		target := int64(start+at) + n.Physical
		if at < 0 || target < 0 || target >= int64(len(m.possible)) {
			entry = append(entry, nil, nil)
			continue
		}
		var named any
		if within := target - int64(start); within >= 0 && within < int64(len(m.labels)) {
			named = int64(m.labels[within])
		}
		entry = append(entry, target+1, named)
	}
	m.entries = append(m.entries, any(entry))
	m.numbers += len(entry)
}

// find gives the row of the match that a navigation names before its physical
// offset, from the i-th one; -1 without.
func (m *rowMatcher) find(n patternNavigation, i int) int {
	at, step := 0, 1
	if n.Last {
		at, step = i, -1
		if n.Final {
			at = len(m.labels) - 1
		}
	}
	if n.Labels == allLabels {
		if n.Offset >= int64(len(m.labels)) {
			return -1
		}
		if at += step * int(n.Offset); at < 0 || at >= len(m.labels) {
			return -1
		}
		return at
	}
	for left := n.Offset; at >= 0 && at < len(m.labels); at += step {
		m.work++
		if n.Labels&(1<<m.labels[at]) == 0 {
			continue
		}
		if left == 0 {
			return at
		}
		left--
	}
	return -1
}
