package dialect

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// matchedLabels matches a pattern to rows, each given by the labels that it can
// have, and tells each match as its first row and its labels.
func matchedLabels(t testing.TB, pattern, skip string, rows ...string) string {
	t.Helper()
	p, names := programOf(t, pattern, skip)
	return runMatch(t, p, names, possibleLabels(names, rows), nil)
}

// matchedByTables does the same, but tables tell the labels, whatever other row or
// number they are asked about.
func matchedByTables(t testing.TB, pattern, skip string, rows ...string) string {
	t.Helper()
	p, names := programOf(t, pattern, skip)
	anything, tables := make([]any, len(rows)), make([]any, len(rows))
	for label := range names {
		p.Tables = append(p.Tables, patternTable{Label: label, Table: label, Count: label == 0, At: patternNavigation{Labels: allLabels}})
	}
	for i, bits := range possibleLabels(names, rows) {
		anything[i] = int64(1)<<len(names) - 1
		said := int64(0)
		for label := range names {
			if bits.(int64)&(1<<label) != 0 {
				said |= tableHolds << (tableBits * label)
			}
		}
		tables[i] = slices.Repeat([]any{said}, len(rows)+1)
	}
	return runMatch(t, p, names, anything, tables)
}

func programOf(t testing.TB, pattern, skip string) (patternProgram, string) {
	t.Helper()
	stmt, err := Parse("SELECT * FROM t MATCH_RECOGNIZE (" + skip + " PATTERN (" + pattern + ") DEFINE A AS true)")
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	var clauses *PatternClauses
	visitAll(stmt, func(n Node) bool {
		if c, ok := n.(*PatternClauses); ok {
			clauses = c
		}
		return true
	})
	names := "ABC"
	c := &patternCompiler{label: func(i *Identifier) int { return strings.Index(names, canonical(i)) }}
	c.compile(clauses.Pattern)
	c.emit(patternStep{Op: stepDone})
	p := patternProgram{Code: c.code, Rows: AllRowsShowEmpty, Skip: skipPastLast}
	if clauses.Skip != nil {
		p.Skip = clauses.Skip.Kind
		if l := clauses.Skip.Label; l != nil {
			p.SkipLabels = 1 << strings.Index(names, canonical(l))
		}
	}
	return p, names
}

func possibleLabels(names string, rows []string) []any {
	possible := make([]any, len(rows))
	for i, row := range rows {
		bits := int64(0)
		for _, l := range row {
			bits |= 1 << strings.IndexRune(names, l)
		}
		possible[i] = bits
	}
	return possible
}

func runMatch(t testing.TB, p patternProgram, names string, possible, tables []any) string {
	t.Helper()
	program, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	found, err := matchRows(string(program), possible, tables)
	if err != nil {
		return err.Error()
	}
	return toldMatches(found.([]any), names)
}

func toldMatches(entries []any, names string) string {
	var b strings.Builder
	last := any(nil)
	for _, e := range entries {
		e := e.([]any)
		if e[0] != last {
			fmt.Fprintf(&b, " %d", e[1])
			last = e[0]
		}
		if l, ok := e[2].(int64); ok {
			b.WriteByte(names[l])
		}
	}
	return strings.TrimSpace(b.String())
}

func TestMatchRows(t *testing.T) {
	falls := []string{"A", "AB", "AB", "A"} // 90, 80, 70, 70: B falls
	tests := []struct{ pattern, skip, want string }{
		{"A B+", "", "1ABB"},
		{"B*", "", "1 2BB 4"},
		{"B*?", "", "1 2 3 4"},
		{"B+?", "", "2B 3B"},
		{"B??", "", "1 2 3 4"},
		{"B{2,}", "", "2BB"},
		{"B{3,}", "", ""},
		{"B{,1}", "", "1 2B 3B 4"},
		{"B | A", "", "1A 2B 3B 4A"},
		{"()", "", "1 2 3 4"},
		{"^A", "", "1A"},
		{"A^", "", ""},
		{"A$", "", "4A"},
		{"PERMUTE(A, B)", "", "1AB 3BA"},
		{"()* | B", "", "1 2 3 4"},
		{"B | ()*", "", "1 2B 3B 4"},
		{"(B ()*)*", "", "1 2BB 4"},
		{"(B ()*)*?", "", "1 2 3 4"},
		{"^+ | B", "", "1 2B 3B"},
		{"$+ | B", "", "2B 3B"},
		{"B A $+", "", "3BA"},
		{"A {- B -}+", "", "1A"},
		{"A+", "AFTER MATCH SKIP TO NEXT ROW", "1AAAA 2AAA 3AA 4A"},
		{"A B+", "AFTER MATCH SKIP TO LAST B", "1ABB"},
		{"A B+", "AFTER MATCH SKIP TO FIRST B", "1ABB 2AB"},
		{"A B*", "AFTER MATCH SKIP TO B", "GENERIC_USER_ERROR: AFTER MATCH SKIP failed: pattern variable is not present in match"},
		{"A B+", "AFTER MATCH SKIP TO A", "GENERIC_USER_ERROR: AFTER MATCH SKIP failed: cannot skip to first row of match"},
		{"A B+", "AFTER MATCH SKIP TO C", "GENERIC_USER_ERROR: AFTER MATCH SKIP failed: pattern variable is not present in match"},
	}
	for _, test := range tests {
		got := matchedLabels(t, test.pattern, test.skip, falls...)
		if got != test.want {
			t.Errorf("%s %s = %q, want %q", test.pattern, test.skip, got, test.want)
		}
		if got := matchedByTables(t, test.pattern, test.skip, falls...); got != test.want {
			t.Errorf("%s %s by tables = %q, want %q", test.pattern, test.skip, got, test.want)
		}
	}
}

// A pattern that can be matched in very many ways is tried once for each step and row.
func TestMatchRowsIsNotExponential(t *testing.T) {
	rows := strings.Split(strings.Repeat("AB ", 2000), " ")
	rows[len(rows)-1] = "A"
	if got := matchedLabels(t, "((A | B)+)+ C", "", rows...); got != "" {
		t.Errorf("found %q", got)
	}
}
