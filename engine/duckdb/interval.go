package duckdb

import (
	"math"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// interval is DuckDB's INTERVAL.
type interval struct {
	months, days int32
	micros       int64
}

func (c *column) intervals(v mapping.Vector, rows selection) (contents, error) {
	in, valid := valuesOf[interval](v, rows), validityOf(v, rows)
	bytes := c.buffer.clear(rows.n * int(unsafe.Sizeof(arrow.MonthDayNanoInterval{})))
	out := unsafe.Slice((*arrow.MonthDayNanoInterval)(unsafe.Pointer(unsafe.SliceData(bytes))), rows.n)
	for i := range out {
		row := rows.at(i)
		if !isValid(valid, row) {
			continue
		}
		value := in[row]
		if value.micros > math.MaxInt64/1000 || value.micros < math.MinInt64/1000 {
			return contents{}, &engine.RuntimeError{Code: outOfRange, Message: "an interval exceeds 292 years of nanoseconds"}
		}
		out[i] = arrow.MonthDayNanoInterval{Months: value.months, Days: value.days, Nanoseconds: value.micros * 1000}
	}
	return contents{buffers: buffers(bytes)}, nil
}
