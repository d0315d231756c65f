package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// A condition in DEFINE is computed for each row before anything is matched,
// wherever it reads rows at a fixed distance from its own. What it reads of the
// match before, which is one row or a number of rows, is not known then: such a
// condition is computed for every pair of the row and another of its partition,
// or a number as large as that row's, and the native looks up the pair it needs.

// maxTabled bounds the rows of a partition for which pairs are computed, and
// maxTables the conditions, which share a number for each pair, of so many bits.
const (
	maxTabled = 2_000
	maxTables = 30
	tableBits = 2
)

// What a condition says of a pair, where it is true and where it cannot be computed.
const (
	tableHolds = 1
	tableFails = 2
)

// dependence is what one condition reads of the rows matched before.
type dependence struct {
	rows []patternTable // but for Table
}

// define analyses the condition of a label.
func (r *recognition) define(v *PatternVariable) {
	label := slices.Index(r.labels, canonical(v.Name))
	whole := &dependence{}
	t := r.expression(v.Expr, &patternScope{recognition: r, defines: label, depends: whole})
	if r.a.err == nil && t.typ.Kind != BooleanKind && t.typ.Kind != UnknownKind {
		r.a.fail(v.Expr, typeMismatch, "Expression defining a label must be boolean (actual type: %s)", t.typ)
	}
	if len(whole.rows) == 0 {
		r.bound[label] = r.a.coerce(t, booleanType).sql
		return
	}
	var fixed []string
	for _, e := range conjuncts(v.Expr) {
		if sql := r.defineConjunct(e, label); sql != "" {
			fixed = append(fixed, sql)
		}
	}
	r.bound[label] = strings.Join(fixed, " AND ")
}

// defineConjunct writes a condition that does not depend on the match; one that
// does goes among the tables.
func (r *recognition) defineConjunct(e Expression, label int) string {
	depends := &dependence{}
	t, seen := r.a.observed(func() term {
		return r.expression(e, &patternScope{recognition: r, defines: label, depends: depends})
	})
	sql := r.a.coerce(t, booleanType).sql
	switch {
	case len(depends.rows) == 0:
		return sql
	case len(depends.rows) > 1 || len(r.tabled) == maxTables:
		r.a.refuse(e, dependsOnMatch)
		return ""
	}
	says := fmt.Sprintf("CASE WHEN %s THEN %d ELSE 0 END", sql, tableHolds)
	if seen.fails {
		says = fmt.Sprintf("COALESCE(TRY(%s), %d)", says, tableFails)
	}
	table := depends.rows[0]
	table.Label, table.Table = label, len(r.tabled)
	r.tabled = append(r.tabled, says)
	r.program.Tables = append(r.program.Tables, table)
	return ""
}

// on notes that a condition reads a row of the match before, or a number of them.
func (d *dependence) on(t patternTable) {
	if !slices.Contains(d.rows, t) {
		d.rows = append(d.rows, t)
	}
}

// tables writes for a row the list of what the tabled conditions say, all in one
// number: for no other row, and for each row of its partition.
func (r *recognition) tables(rows string) string {
	if len(r.tabled) == 0 {
		return "CAST(NULL AS BIGINT[])"
	}
	value := "CAST(0 AS BIGINT)"
	for i, says := range r.tabled {
		value += fmt.Sprintf(" + (%s) * CAST(%d AS BIGINT)", says, int64(1)<<(tableBits*i))
	}
	others := "(SELECT * FROM " + rows + " UNION ALL BY NAME SELECT DISTINCT pn, size, CAST(0 AS BIGINT) AS rn FROM " + rows + ")"
	return fmt.Sprintf("(SELECT list(%s ORDER BY other.rn) FROM %s AS other WHERE other.pn = cur.pn AND other.size <= %d)", value, others, maxTabled)
}
