package engine

import (
	"io"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/schema"
)

// countedByCache reports whether all that a plan asks is how many records there
// are, and the cache knows of every one: then the back end has nothing to do.
func countedByCache(plan *Plan, served []serving) bool {
	if !plan.analysis.CountsOnly {
		return false
	}
	v, use := served[0], plan.analysis.Uses[0]
	return v.tallied && len(v.objects) == 0 && use.Relation.Where.Op == schema.Unknown
}

// countRow is the Rows of a statement that only counts: one row, in which each
// column is the same number.
type countRow struct {
	batch arrow.RecordBatch
	given bool
}

func newCountRow(plan *Plan, records int64) *countRow {
	fields := make([]arrow.Field, len(plan.analysis.Columns))
	columns := make([]arrow.Array, len(fields))
	number := array.NewInt64Builder(memory.DefaultAllocator)
	for i, c := range plan.analysis.Columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrow.PrimitiveTypes.Int64, Nullable: true}
		number.Append(records)
		columns[i] = number.NewArray()
	}
	return &countRow{batch: array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, 1)}
}

// Schema implements Rows.
func (r *countRow) Schema() *arrow.Schema { return r.batch.Schema() }

// Next implements Rows.
func (r *countRow) Next() (arrow.RecordBatch, error) {
	if r.given {
		return nil, io.EOF
	}
	r.given = true
	return r.batch, nil
}

// Close implements Rows.
func (r *countRow) Close() error { return nil }
