package render

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine/dialect"
)

const millisOfDay = secondsOfDay * 1000

// intervals checks that every interval of a column is of the static type's
// family, since one that mixes months and days has no text in it.
func intervals(t dialect.Type, a arrow.Array, fits func(arrow.MonthDayNanoInterval) bool) (*array.MonthDayNanoInterval, error) {
	v, ok := a.(*array.MonthDayNanoInterval)
	if !ok {
		return nil, mismatch(t, a)
	}
	for i := range v.Len() {
		if v.IsValid(i) && !fits(v.Value(i)) {
			return nil, fmt.Errorf("%+v is no %s: this is a fault in the back end, please report it", v.Value(i), t)
		}
	}
	return v, nil
}

// dayInterval prints days and milliseconds, such as "2 00:00:00.000" and
// "-1 12:00:00.000". Source: Trino's IntervalDayTime.formatMillis.
func dayInterval(t dialect.Type, a arrow.Array) (appendFunc, error) {
	v, err := intervals(t, a, func(v arrow.MonthDayNanoInterval) bool { return v.Months == 0 })
	return func(dst []byte, i int) []byte {
		x := v.Value(i)
		millis := int64(x.Days)*millisOfDay + floorDiv(x.Nanoseconds, 1e6)
		if millis < 0 {
			dst, millis = append(dst, '-'), -millis
		}
		dst = append(strconv.AppendInt(dst, millis/millisOfDay, 10), ' ')
		millis %= millisOfDay
		return appendClock(dst, millis/1000, millis%1000, 1000, 3)
	}, err
}

// monthInterval prints years and months, such as "1-2" and "-0-3".
// Source: Trino's IntervalYearMonth.formatMonths.
func monthInterval(t dialect.Type, a arrow.Array) (appendFunc, error) {
	v, err := intervals(t, a, func(v arrow.MonthDayNanoInterval) bool { return v.Days == 0 && v.Nanoseconds == 0 })
	return func(dst []byte, i int) []byte {
		months := int64(v.Value(i).Months)
		if months < 0 {
			dst, months = append(dst, '-'), -months
		}
		dst = append(strconv.AppendInt(dst, months/12, 10), '-')
		return strconv.AppendInt(dst, months%12, 10)
	}, err
}
