package dialect

import (
	"fmt"
	"math/big"
)

// sampled analyses TABLESAMPLE, which takes rows, or runs of them, at random.
// DuckDB's two methods are Trino's, but for what a run is.
func (a *analyzer) sampled(r *SampledRelation, alias string, outer *scope, left *source) *source {
	inner := r.Relation
	if named, ok := inner.(*AliasedRelation); ok {
		inner = named.Relation
	}
	switch inner.(type) {
	case *Table, *TableSubquery:
	default:
		a.refuse(r, "TABLESAMPLE of what is no table or query")
	}
	percentage, ok := a.samplePercentage(r, outer)
	if !ok {
		return &source{}
	}
	method := "bernoulli"
	if r.System {
		method = "system"
	}
	out := *a.relation(r.Relation, alias, outer, left)
	a.noteVolatile()
	out.sql += fmt.Sprintf(" TABLESAMPLE %s(%s PERCENT)", method, percentage)
	return &out
}

// samplePercentage is the share of the rows that TABLESAMPLE takes, which the
// statement must fix. The faults are those of Trino's StatementAnalyzer.
func (a *analyzer) samplePercentage(r *SampledRelation, outer *scope) (string, bool) {
	t := a.expression(r.Percentage, &scope{parent: outer})
	if a.err != nil {
		return "", false
	}
	if !t.typ.isNumeric() {
		a.fail(r.Percentage, typeMismatch, "Sample percentage should be a numeric expression")
		return "", false
	}
	share, ok := new(big.Float), true
	switch v := t.value.(type) {
	case *big.Rat:
		share.SetRat(v)
	case float64:
		share.SetFloat64(v)
	default:
		ok = false
	}
	switch {
	case !ok:
		a.refuse(r.Percentage, "a percentage of TABLESAMPLE that is no number")
	case share.Sign() < 0:
		a.fail(r.Percentage, outOfRange, "Sample percentage must be greater than or equal to 0")
	case share.Cmp(big.NewFloat(100)) > 0:
		a.fail(r.Percentage, outOfRange, "Sample percentage must be less than or equal to 100")
	}
	return share.Text('f', 12), a.err == nil
}
