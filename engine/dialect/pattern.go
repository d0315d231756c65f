package dialect

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// recognition is the analysis of one MATCH_RECOGNIZE. Its translation numbers the
// rows of each partition, computes for each row which labels it can have, lets
// the native vpcq_match_rows find the matches of a partition, and computes the
// measures from the rows that the entries of the native name.
type recognition struct {
	a       *analyzer
	node    *PatternRecognition
	clauses *PatternClauses
	input   *source
	scope   *scope           // of the input
	labels  []string         // primary variables
	sets    map[string]int64 // the bits of primary variables and subsets, by name
	program patternProgram

	shifted    []shiftedField // that the conditions read
	aggregates []string       // of the measures, as SQL
	bound      []string       // conditions on the labels, as SQL, by label; "" for none
	tabled     []string       // what conditions say of two rows, as SQL over cur and other, by Table
	name       string         // keeps the names in the SQL apart from others
}

// shiftedField is a field of the input some rows on.
type shiftedField struct {
	field int
	rows  int64
}

// Codes of faults in row patterns, by Trino's StandardErrorCode.
const (
	invalidLabel         = "INVALID_LABEL"
	invalidRowPattern    = "INVALID_ROW_PATTERN"
	invalidProcessing    = "INVALID_PROCESSING_MODE"
	invalidNavigation    = "INVALID_NAVIGATION_NESTING"
	invalidPatternCall   = "INVALID_PATTERN_RECOGNITION_FUNCTION"
	nestedRecognition    = "NESTED_ROW_PATTERN_RECOGNITION"
	tableHasNoColumns    = "TABLE_HAS_NO_COLUMNS"
	maxPatternLabels     = 60
	maxPatternInteger    = 1<<31 - 1
	patternAggregateOver = " OVER (PARTITION BY e.pn, e.mn ORDER BY e.pos ROWS BETWEEN UNBOUNDED PRECEDING AND %s)"
)

// patternRecognition analyses a relation with MATCH_RECOGNIZE.
func (a *analyzer) patternRecognition(node *PatternRecognition, outer *scope, left *source) *source {
	r := &recognition{a: a, node: node, clauses: node.Clauses, sets: map[string]int64{}}
	r.input = a.relation(node.Input, "", outer, left)
	if len(r.input.open) > 0 {
		a.refuse(node, "MATCH_RECOGNIZE of a relation whose columns are not all known")
	}
	r.scope = r.input.scope(nil)
	r.name = a.freshAlias("match")
	r.checkInput()
	r.checkClauses()
	if a.err != nil {
		return &source{}
	}
	partition, order := r.keys()
	for _, v := range r.clauses.Define {
		r.define(v)
	}
	if a.err != nil {
		return &source{}
	}
	fields := r.measures(partition, order)
	if a.err != nil {
		return &source{}
	}
	return r.output(fields, partition, order)
}

// checkInput holds the input to names that differ.
func (r *recognition) checkInput() {
	seen := map[string]bool{}
	for _, f := range visible(r.input.fields) {
		name := strings.ToUpper(f.name)
		if name != "" && seen[name] {
			r.a.fail(r.node, ambiguousName, "ambiguous column: %s in row pattern input relation", name)
		}
		seen[name] = true
	}
}

// keys analyses PARTITION BY and ORDER BY, which name columns.
func (r *recognition) keys() (partition, order []int) {
	for _, e := range r.clauses.PartitionBy {
		i := r.inputField(e)
		if i >= 0 && !r.input.fields[i].typ.isComparable() {
			r.a.fail(e, typeMismatch, "%s is not comparable, and therefore cannot be used in PARTITION BY", r.input.fields[i].typ)
		}
		partition = append(partition, i)
	}
	for _, key := range r.clauses.OrderBy {
		i := r.inputField(key.Key)
		if i >= 0 {
			r.a.orderable(key.Key, term{typ: r.input.fields[i].typ})
		}
		order = append(order, i)
	}
	return partition, order
}

// inputField gives the position of the field that an expression names.
func (r *recognition) inputField(e Expression) int {
	parts, ok := dottedName(e)
	if !ok {
		r.a.fail(e, invalidColumnReference, "Expected column reference. Actual: %s", describe(e))
		return -1
	}
	found := r.scope.find(lowered(parts[:len(parts)-1]), strings.ToLower(parts[len(parts)-1]))
	if len(found) != 1 {
		r.a.fail(e, columnNotFound, "Column %s is not present in the input relation", strings.Join(parts, "."))
		return -1
	}
	found[0].use()
	r.a.mustRead(e, found[0])
	return slices.Index(r.input.fields, found[0])
}

// expression analyses a condition or a measure.
func (r *recognition) expression(e Expression, p *patternScope) term {
	if r.a.err != nil || !r.checkExpression(e) {
		return nullTerm
	}
	return r.a.expression(e, &scope{pattern: p})
}

// measures gives the columns of the output, as SQL over e, an entry, and cur, its row.
func (r *recognition) measures(partition, order []int) []*field {
	var fields []*field
	onOutput := map[int]bool{}
	pass := func(i int) {
		f := *r.input.fields[i]
		f.relation, f.synonym, f.sql, onOutput[i] = nil, "", "cur."+column(i), true
		if f.column != nil {
			c := *f.column
			c.fixed = true
			f.column = &c
		}
		fields = append(fields, &f)
	}
	for _, i := range partition {
		pass(i)
	}
	if r.clauses.Rows != OneRow {
		for _, i := range order {
			pass(i)
		}
	}
	for _, m := range r.clauses.Measures {
		t, seen := r.a.observed(func() term { return r.expression(m.Expr, &patternScope{recognition: r, defines: -1}) })
		sql := fmt.Sprintf("CASE WHEN e.shown = %d THEN %s END", entryShown, duckCast(t.sql, t.typ))
		fields = append(fields, &field{name: strings.ToLower(m.Name.Value), typ: t.typ, sql: sql, fails: seen.fails})
	}
	for i := range r.input.fields {
		if r.clauses.Rows != OneRow && !onOutput[i] {
			pass(i)
		}
	}
	if len(fields) == 0 {
		r.a.fail(r.node, tableHasNoColumns, "pattern recognition output table has no columns")
	}
	return fields
}

func column(i int) string { return duckName("c" + itoa(i)) }

// output writes the translation.
func (r *recognition) output(fields []*field, partition, order []int) *source {
	name := r.name
	if r.node.Alias != nil {
		name = strings.ToLower(r.node.Alias.Value)
	}
	if n := len(r.node.Columns); n > 0 {
		if fields = visible(fields); n != len(fields) {
			r.a.fail(r.node, mismatchedColumns, "Column alias list has %d entries but '%s' has %d columns available", n, name, len(fields))
			return &source{}
		}
	}
	alias := r.a.freshAlias(name)
	items := make([]string, len(fields))
	for i, f := range fields {
		items[i] = f.sql + " AS " + column(i)
		f.sql = duckName(alias) + "." + column(i)
		if r.node.Alias != nil {
			f.relation = []string{name}
		}
		if len(r.node.Columns) > 0 {
			f.name = strings.ToLower(r.node.Columns[i].Value)
		}
	}
	rows, entries := duckName(r.name+"_rows"), duckName(r.name+"_entries")
	joins := " JOIN " + rows + " AS cur ON cur.pn = e.pn AND cur.rn = e.pos"
	aggregated := "SELECT e.*"
	for i, sql := range r.aggregates {
		aggregated += ", " + sql + " AS a" + itoa(i)
	}
	sql := "WITH " + rows + " AS MATERIALIZED (" + r.numbered(partition, order) + "), " + entries + " AS (" + r.entries(rows) + ") SELECT " +
		strings.Join(items, ", ") + " FROM (" + aggregated + " FROM " + entries + " AS e" + joins + ") AS e" + joins
	for i := range r.program.Navigations {
		sql += fmt.Sprintf(" LEFT JOIN %s AS n%d ON n%d.pn = e.pn AND n%d.rn = e.p%d", rows, i, i, i, i)
	}
	return &source{sql: "(" + sql + fmt.Sprintf(" WHERE e.shown <> %d) AS ", entryHidden) + duckName(alias), fields: fields}
}

// numbered writes the rows of the input with the number of their partition, which
// is that of its first row, and their number within.
func (r *recognition) numbered(partition, order []int) string {
	items := []string{"row_number() OVER () AS g"}
	for i, f := range r.input.fields {
		items = append(items, f.sql+" AS "+column(i))
	}
	over, number := "", "CAST(0 AS BIGINT)"
	if len(partition) > 0 {
		keys := make([]string, len(partition))
		for i, p := range partition {
			keys[i] = column(p)
		}
		over = "PARTITION BY " + strings.Join(keys, ", ") + " "
		number = "min(g) OVER (" + over + ")"
	}
	var keys strings.Builder
	for i, o := range order {
		keys.WriteString(column(o) + sortDirection(r.clauses.OrderBy[i]) + ", ")
	}
	return "SELECT *, " + number + " AS pn, row_number() OVER (" + over + "ORDER BY " + keys.String() + "g) AS rn, count(*) OVER (" + over + ") AS size FROM (SELECT " +
		strings.Join(items, ", ") + " FROM " + r.input.sql + ")"
}

// entries writes what the native gives for every partition.
func (r *recognition) entries(rows string) string {
	items := []string{"*"}
	for i, s := range r.shifted {
		shift := fmt.Sprintf("lead(%s, %d)", column(s.field), s.rows)
		if s.rows < 0 {
			shift = fmt.Sprintf("lag(%s, %d)", column(s.field), -s.rows)
		}
		items = append(items, shift+" OVER (PARTITION BY pn ORDER BY rn) AS s"+itoa(i))
	}
	possible := "CAST(0 AS BIGINT)"
	for i, condition := range r.bound {
		bit := fmt.Sprintf("CAST(%d AS BIGINT)", int64(1)<<i)
		if condition != "" {
			bit = "CASE WHEN " + condition + " THEN " + bit + " ELSE 0 END"
		}
		possible += " + " + bit
	}
	program, _ := json.Marshal(r.program) // a struct of numbers and strings
	out := []string{"pn", "x[1] AS mn", "x[2] AS pos", "x[3] AS label", "x[4] AS shown"}
	for i := range r.program.Navigations {
		out = append(out, fmt.Sprintf("x[%d] AS p%d, x[%d] AS l%d", 5+2*i, i, 6+2*i, i))
	}
	shifted := "(SELECT " + strings.Join(items, ", ") + " FROM " + rows + ") AS cur"
	partitions := "SELECT pn, list(possible ORDER BY rn) AS possible, list(tables ORDER BY rn) AS tables FROM (SELECT pn, rn, " + possible +
		" AS possible, " + r.tables(rows) + " AS tables FROM " + shifted + ") GROUP BY pn"
	return "SELECT " + strings.Join(out, ", ") + " FROM (SELECT pn, unnest(found) AS x FROM (SELECT pn, " + nativeName("match_rows") + "(" +
		duckString(string(program)) + ", possible, tables) AS found FROM (" + partitions + ")))"
}
