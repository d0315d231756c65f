package dialect

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// This file keeps Trino's order in AND and OR. Trino evaluates them from left
// to right and stops where the outcome is known, so that in
//
//	srcaddr <> '-' AND contains('10.0.0.0/8', CAST(srcaddr AS ipaddress))
//
// the cast never meets '-'. DuckDB evaluates all terms, or those of a filter
// in the order that proved fast. So a term that may fail is written into a CASE
// behind the terms before it. What cannot fail keeps the plain form, from which
// DuckDB takes the keys of joins and what it evaluates early.

// effects are what there is to know of an expression's evaluation.
type effects struct {
	fails     bool            // it may fail
	volatile  bool            // it has another value each time; then fails is set, since its place matters as much
	relations map[string]bool // it reads columns of these, by the SQL of their names
}

// wanted is which outcome of a boolean matters: the other one and NULL are
// then as good as each other, which spares evaluating a term twice.
type wanted uint8

const (
	wantAny   wanted = iota
	wantTrue         // of a condition, which keeps a row or chooses a branch
	wantFalse        // below a NOT in such a condition
	wantRows         // of a whole WHERE or HAVING, or of a term of its AND: TRUE
	wantPairs        // the same of the condition of a join
)

// below is what matters of the terms of AND and OR, and belowNot below a NOT.
func (w wanted) below(or bool) wanted {
	if or && w >= wantRows {
		return wantTrue
	}
	return w
}

func (w wanted) belowNot() wanted {
	return [...]wanted{wantAny: wantAny, wantTrue: wantFalse, wantFalse: wantTrue, wantRows: wantFalse, wantPairs: wantFalse}[w]
}

// observed runs an analysis and says what its result's evaluation does.
func (a *analyzer) observed(analysis func() term) (term, effects) {
	outer := a.effects
	a.effects = effects{relations: map[string]bool{}}
	t := analysis()
	seen := a.effects
	a.effects = outer
	a.effects.add(seen)
	return t, seen
}

// add adds the effects of a part.
func (e *effects) add(part effects) {
	e.fails = e.fails || part.fails
	e.volatile = e.volatile || part.volatile
	if e.relations != nil {
		maps.Copy(e.relations, part.relations)
	}
}

// mayFail notes that the expression being analysed may fail.
func (a *analyzer) mayFail() { a.effects.fails = true }

// reads notes that the expression being analysed reads a column, given as SQL.
func (a *analyzer) reads(f *field) {
	if f.fails {
		a.mayFail()
	}
	if relation := relationOf(f.sql); relation != "" && a.effects.relations != nil {
		a.effects.relations[relation] = true
	}
}

// fallibleCall matches the functions of DuckDB's SQL that may fail.
var fallibleCall = regexp.MustCompile(`vpcq_[a-z0-9_]+|\b(?:error|strptime|make_date|make_timestamp|decode|unhex|from_hex|from_base64|chr)\(`)

// sureNatives are the natives that never fail, among those of conditions.
var sureNatives = map[string]bool{
	"vpcq_text_of_double": true, "vpcq_text_of_real": true, "vpcq_text_of_ipaddress": true, "vpcq_text_of_ipprefix": true,
	"vpcq_text_of_interval_day_to_second": true, "vpcq_text_of_interval_year_to_month": true, "vpcq_cbrt": true, "vpcq_float_text": true, "vpcq_substr": true, "vpcq_join": true,
}

// noteCalls notes whether a translation calls what may fail.
func (a *analyzer) noteCalls(sql string) {
	if a.effects.fails {
		return
	}
	for _, call := range fallibleCall.FindAllString(sql, -1) {
		if !sureNatives[call] {
			a.mayFail()
			return
		}
	}
}

// operand is a term of AND or OR.
type operand struct {
	term
	effects
	node Expression
}

// logical analyses AND and OR, of which want matters.
func (a *analyzer) logical(e *Logical, s *scope, want wanted) term {
	operands, terms, fallible := make([]operand, len(e.Terms)), make([]term, len(e.Terms)), false
	for i, part := range e.Terms {
		t, seen := a.observed(func() term {
			a.wanted = want.below(e.Or)
			return a.boolean(part, s, "Logical expression term")
		})
		operands[i], terms[i] = operand{t, seen, part}, t
		fallible = fallible || seen.fails && (i > 0 || want == wantRows) || seen.volatile
	}
	op, word := schema.And, " AND "
	if e.Or {
		op, word = schema.Or, " OR "
	}
	out := term{typ: booleanType, conditions: combined(op, terms)}
	switch {
	case !fallible:
		out.sql = joined(operands, word)
	case e.Or || want == wantAny || want == wantFalse:
		out.sql = shortCircuit(operands, e.Or, want.below(e.Or))
	default:
		out.sql = a.filtered(operands, s, want)
	}
	return out
}

// joined writes terms that may be evaluated in any order.
func joined(operands []operand, word string) string {
	parts := make([]string, len(operands))
	for i, o := range operands {
		parts[i] = o.sql
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, word) + ")"
}

// shortCircuit writes terms so that each is evaluated only where those before
// it leave the outcome open.
func shortCircuit(operands []operand, or bool, want wanted) string {
	word, ending := " AND ", "FALSE"
	if or {
		word, ending = " OR ", "TRUE"
	}
	n := 1 // the terms to evaluate first: those up to the next that may fail
	for n < len(operands) && !operands[n].fails {
		n++
	}
	first := joined(operands[:n], word)
	if n == len(operands) {
		return first
	}
	rest := shortCircuit(operands[n:], or, want)
	switch {
	case want == wantAny && or:
		return "CASE WHEN " + first + " THEN TRUE ELSE (" + first + word + rest + ") END"
	case want == wantAny:
		return "CASE WHEN (NOT " + first + ") THEN FALSE ELSE (" + first + word + rest + ") END"
	case or == (want == wantTrue):
		return "CASE WHEN " + decides(first, or) + " THEN " + ending + " ELSE " + rest + " END"
	}
	return "CASE WHEN " + decides(first, !or) + " THEN " + rest + " ELSE " + ending + " END"
}

// decides writes that an outcome is TRUE, or FALSE.
func decides(sql string, isTrue bool) string {
	if isTrue {
		return sql
	}
	return "(NOT " + sql + ")"
}

// filtered writes the AND of a condition. DuckDB filters by each term where it
// likes, so one that may fail must bear the terms before it that read the same
// relations. A comparison of two relations is the key of a join: Trino, too,
// evaluates it for all rows that the conditions on each leave.
func (a *analyzer) filtered(operands []operand, s *scope, want wanted) string {
	var plain []operand
	var done [][]string
	for _, o := range operands {
		if !o.fails || o.isKey() {
			plain = append(plain, o)
		} else if r := sortedKeys(o.relations); !slices.ContainsFunc(done, func(d []string) bool { return slices.Equal(d, r) }) {
			done = append(done, r)
		}
	}
	for _, relations := range done {
		seen := effects{relations: map[string]bool{}}
		ordered := behind(operands, relations)
		for _, o := range ordered {
			seen.add(o.effects)
		}
		sql := shortCircuit(ordered, false, wantTrue)
		plain = append(plain, operand{term: term{sql: a.fenced(sql, s, want, seen)}})
	}
	return joined(plain, " AND ")
}

// behind returns the terms to evaluate in order because the last of them, on
// the relations, may fail.
func behind(operands []operand, relations []string) []operand {
	var all []operand
	end := 0
	for _, o := range operands {
		own := sortedKeys(o.relations)
		foreign := slices.ContainsFunc(own, func(r string) bool { return !slices.Contains(relations, r) })
		if foreign || o.isKey() || o.fails && len(own) != len(relations) {
			continue
		}
		all = append(all, o)
		if o.fails {
			end = len(all)
		}
	}
	return all[:end]
}

// isKey reports whether the term compares two relations.
func (o operand) isKey() bool {
	_, comparison := o.node.(*Comparison)
	return comparison && len(o.relations) > 1
}

// The fences of WHERE and HAVING. DuckDB does not know that natives fail, and
// would move a condition with one below the conditions of subqueries, and of
// WHERE. It moves no error() through a subquery, and no aggregate below itself.
const (
	fenceOfRows   = "CASE WHEN random() < 0 THEN error('') ELSE "
	fenceOfGroups = "CASE WHEN count(*) < 0 THEN FALSE ELSE "
)

// fenced keeps a condition of s, which may fail, where it stands.
func (a *analyzer) fenced(sql string, s *scope, want wanted, seen effects) string {
	if seen.volatile && (want == wantPairs || want == wantRows && a.fence == fenceOfRows) {
		sql = s.perRow(sql)
	}
	if want != wantRows || a.trying > 0 || len(seen.relations) > 1 {
		return sql
	}
	return a.fence + sql + " END"
}

// rowCondition analyses the condition of WHERE or HAVING, or with no fence that
// of a join.
func (a *analyzer) rowCondition(e Expression, s *scope, where, fence string) term {
	outer, want := a.fence, wantRows
	if a.fence = fence; fence == "" {
		want = wantPairs
	}
	t, seen := a.observed(func() term {
		a.wanted = want
		return a.condition(e, s, where)
	})
	if l, ok := e.(*Logical); seen.fails && !(ok && !l.Or) { // the terms of AND have their own
		t.sql = a.fenced(t.sql, s, want, seen)
	}
	a.fence = outer
	return t
}
