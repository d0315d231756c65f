package dialect

import (
	"slices"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// TallyColumn is the column of a scan whose rows are tallies: each row stands
// for that many records, which have the same values in all columns needed.
var TallyColumn = schema.Column{Name: "__records", Type: schema.BigInt}

// blindToRepeats are the aggregates whose result is the same however often a row
// comes, as long as it comes.
var blindToRepeats = map[string]bool{"any_value": true, "arbitrary": true, "bool_and": true, "bool_or": true, "every": true, "max": true, "min": true}

// tallyMarks stand around what follows count(*), until it is known whether the
// use's rows are tallies. No statement can hold them, since duckString writes no NUL.
func (u *TableUse) tallyMarks() (begin, end string) {
	return "\x00tally" + itoa(u.ID) + "(", "\x00)" + itoa(u.ID) + "\x00"
}

// countMarked is the count(*) of a selection from one table alone.
func countMarked(u *TableUse, after string) string {
	begin, end := u.tallyMarks()
	return begin + after + end
}

// countRows writes the marked count(*) of a use.
func (u *TableUse) countRows(sql string, tallied bool) string {
	begin, end := u.tallyMarks()
	if tallied {
		return strings.NewReplacer(begin, "CAST(COALESCE(sum("+duckName(TallyColumn.Name)+")", end, ", 0) AS BIGINT)").Replace(sql)
	}
	return strings.NewReplacer(begin, "count(*)", end, "").Replace(sql)
}

// onlyUse is the use of a table that is all that a FROM consists of, or nil.
func (a *analyzer) onlyUse(from []TableExpression, f *source, before int) *TableUse {
	if len(from) != 1 || len(a.uses) != before+1 {
		return nil
	}
	relation := from[0]
	if aliased, ok := relation.(*AliasedRelation); ok {
		relation = aliased.Relation
	}
	use := a.uses[before]
	if _, ok := relation.(*Table); !ok || !strings.HasPrefix(f.sql, use.placeholder()) {
		return nil
	}
	return use
}

// noteTallies notes whether the selection, written as sql, may be given tallies:
// it asks only how many rows there are, and which. What is random for each row
// is not the same for a row that stands for many.
func (s *selection) noteTallies(sql string) {
	use := s.scope.calls.onlyUse
	if use == nil || !s.isGrouped() || s.scope.calls.windows > 0 || strings.Contains(sql, "random()") || strings.Contains(sql, "uuid()") {
		return
	}
	use.Tallies = !slices.ContainsFunc(s.scope.calls.aggregates, func(e Expression) bool {
		c, ok := e.(*FunctionCall)
		return !ok || !c.countsRows() && !blindToRepeats[callName(c)]
	})
}

// countsRows reports whether the call is the aggregate count(*).
func (c *FunctionCall) countsRows() bool {
	return callName(c) == "count" && len(c.Args) == 0 && c.Over == nil && c.Quantifier == QuantifierNone
}

// countsOnly reports whether a query is SELECT count(*) FROM a table, and no more.
func (a *analyzer) countsOnly(q *Query) bool {
	body, _ := q.Body.(*Select)
	s, ok := a.selections[body]
	if !ok || len(a.uses) != 1 || q.With != nil || q.OrderBy != nil || q.cutsRows() || s.where+s.groups.sql+s.having != "" {
		return false
	}
	use := s.scope.calls.onlyUse
	return use != nil && use.Tallies && !slices.ContainsFunc(s.items, func(i *selectItem) bool { return i.term.sql != countMarked(use, "") })
}

// DuckDBTallied is DuckDB where the scans of some uses give tallies: of those for
// which tallied is true, which must have Tallies.
func (a *Analysis) DuckDBTallied(tallied func(*TableUse) bool) string {
	sql := a.sql
	for _, use := range a.Uses {
		sql = use.countRows(sql, tallied(use))
	}
	return sql
}
