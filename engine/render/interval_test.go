package render

import (
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/engine/dialect"
)

func interval(months, days int32, nanos int64) arrow.Array {
	b := array.NewMonthDayNanoIntervalBuilder(memory.DefaultAllocator)
	b.Append(arrow.MonthDayNanoInterval{Months: months, Days: days, Nanoseconds: nanos})
	b.AppendNull()
	return b.NewArray()
}

func TestIntervals(t *testing.T) {
	const hour = int64(3600) * 1e9
	for _, c := range []struct {
		kind         dialect.Kind
		months, days int32
		nanos        int64
		want         string
	}{
		{dialect.DayIntervalKind, 0, 2, 0, "2 00:00:00.000"},
		{dialect.DayIntervalKind, 0, 0, 36*hour + 1235e6, "1 12:00:01.235"},
		{dialect.DayIntervalKind, 0, -2, 12 * hour, "-1 12:00:00.000"},
		{dialect.DayIntervalKind, 0, 0, -1e6, "-0 00:00:00.001"},
		{dialect.MonthIntervalKind, 14, 0, 0, "1-2"},
		{dialect.MonthIntervalKind, -3, 0, 0, "-0-3"},
		{dialect.MonthIntervalKind, 24, 0, 0, "2-0"},
	} {
		got := texts(t, textOf, dialect.Type{Kind: c.kind}, interval(c.months, c.days, c.nanos))
		if got[0] != c.want || got[1] != "null" {
			t.Errorf("%d months, %d days, %d ns: %q, want %s", c.months, c.days, c.nanos, got, c.want)
		}
	}
}

func TestIntervalsOfTheOtherFamilyAreRefused(t *testing.T) {
	if _, err := textOf(dialect.Type{Kind: dialect.DayIntervalKind}, interval(1, 1, 0)); err == nil {
		t.Error("a month in a day to second interval is taken")
	}
	if _, err := textOf(dialect.Type{Kind: dialect.MonthIntervalKind}, interval(1, 1, 0)); err == nil {
		t.Error("a day in a year to month interval is taken")
	}
}
