package render

import (
	"fmt"
	"math/big"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine/dialect"
)

const secondsOfDay = 24 * 60 * 60

func date(t dialect.Type, a arrow.Array) (appendFunc, error) {
	d, ok := a.(*array.Date32)
	if !ok {
		return nil, mismatch(t, a)
	}
	return func(dst []byte, i int) []byte { return appendDate(dst, int64(d.Value(i))) }, nil
}

// appendDate appends the date that many days after 1970-01-01 as Java's
// LocalDate.toString prints it: years of four digits, with a sign where they
// are below 0 or above 9999.
func appendDate(dst []byte, days int64) []byte {
	// The calendar of days since 0000-03-01, whose years end in February: see
	// howardhinnant.github.io/date_algorithms.html, civil_from_days.
	days += 719468
	era := floorDiv(days, 146097)
	ofEra := days - era*146097
	yearOfEra := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	month := (5*ofYear + 2) / 153
	day := ofYear - (153*month+2)/5 + 1
	year := yearOfEra + era*400
	if month += 3; month > 12 {
		month, year = month-12, year+1
	}
	switch {
	case year < 0:
		dst, year = append(dst, '-'), -year
	case year > 9999:
		dst = append(dst, '+')
	}
	dst = append(appendPadded(dst, year, 4), '-')
	dst = append(appendPadded(dst, month, 2), '-')
	return appendPadded(dst, day, 2)
}

// floorDiv is a/b rounded down, so that instants before 1970 fall on the right day.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// appendPadded appends n, which is not negative, with zeros before it up to the width.
func appendPadded(dst []byte, n int64, width int) []byte {
	for limit := int64(10); width > 1; width-- {
		if n < limit {
			for range width - 1 {
				dst = append(dst, '0')
			}
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(dst, n, 10)
}

// appendClock appends the seconds of a day and the first precision digits of a
// fraction that is given in units of 1/perSecond.
func appendClock(dst []byte, seconds, fraction, perSecond int64, precision int) []byte {
	dst = append(appendPadded(dst, seconds/3600, 2), ':')
	dst = append(appendPadded(dst, seconds/60%60, 2), ':')
	dst = appendPadded(dst, seconds%60, 2)
	if precision == 0 {
		return dst
	}
	dst = append(dst, '.')
	for range precision {
		fraction *= 10
		dst = append(dst, byte('0'+fraction/perSecond))
		fraction %= perSecond
	}
	return dst
}

// perSecond is how many of a unit make a second.
func perSecond(u arrow.TimeUnit) int64 { return int64(time.Second / u.Multiplier()) }

// timeOfDay prints a time without a date, to the precision of its type.
func timeOfDay(t dialect.Type, a arrow.Array) (appendFunc, error) {
	clock, ok := a.(*array.Time64)
	if !ok {
		return nil, mismatch(t, a)
	}
	per := perSecond(clock.DataType().(*arrow.Time64Type).Unit)
	return func(dst []byte, i int) []byte {
		v := int64(clock.Value(i))
		return appendClock(dst, v/per, v%per, per, t.Precision)
	}, nil
}

// timestamp prints the precision of the type whatever the unit of the values,
// and of a timestamp with time zone the clock and the name of the zone.
func timestamp(t dialect.Type, a arrow.Array) (appendFunc, error) {
	value, per, ok := instants(a)
	if !ok {
		return nil, mismatch(t, a)
	}
	offset, suffix := func(int64) int64 { return 0 }, ""
	if t.Kind == dialect.TimestampTZKind {
		zone, err := location(t.Zone)
		if err != nil {
			return nil, err
		}
		suffix = " " + zone.String()
		if zone != time.UTC {
			offset = func(at int64) int64 {
				_, seconds := time.Unix(at, 0).In(zone).Zone()
				return int64(seconds)
			}
		}
	}
	return func(dst []byte, i int) []byte {
		seconds, fraction := value(i)
		seconds += offset(seconds)
		days := floorDiv(seconds, secondsOfDay)
		dst = append(appendDate(dst, days), ' ')
		dst = appendClock(dst, seconds-days*secondsOfDay, fraction, per, t.Precision)
		return append(dst, suffix...)
	}, nil
}

// instants gives the seconds since 1970 of timestamps, rounded down, and the
// fraction beyond in units of 1/perSecond. Those that hold picoseconds come as
// decimals, as dialect.Type.DuckDB says.
func instants(a arrow.Array) (value func(i int) (seconds, fraction int64), perSecond int64, ok bool) {
	switch a := a.(type) {
	case *array.Timestamp:
		per := int64(time.Second / a.DataType().(*arrow.TimestampType).Unit.Multiplier())
		return func(i int) (int64, int64) {
			v := int64(a.Value(i))
			seconds := floorDiv(v, per)
			return seconds, v - seconds*per
		}, per, true
	case *array.Decimal128:
		picos := big.NewInt(picosPerSecond)
		return func(i int) (int64, int64) {
			seconds, fraction := new(big.Int).DivMod(a.Value(i).BigInt(), picos, new(big.Int))
			return seconds.Int64(), fraction.Int64()
		}, picosPerSecond, true
	}
	return nil, 0, false
}

const picosPerSecond = 1_000_000_000_000

// location finds the zone of a static type. Its String is the name that Athena
// prints: that of the statement.
func location(zone string) (*time.Location, error) {
	switch zone {
	case "", "UTC":
		return time.UTC, nil
	case dialect.VaryingZone:
		return nil, fmt.Errorf("the time zone differs from row to row: fix it with AT TIME ZONE 'UTC'")
	}
	if seconds, ok := fixedOffset(zone); ok {
		return time.FixedZone(zone, seconds), nil
	}
	l, err := time.LoadLocation(zone)
	if err != nil {
		return nil, fmt.Errorf("find time zone: %w", err)
	}
	return l, nil
}

// fixedOffset reads a zone such as +05:30, in seconds east of UTC.
func fixedOffset(zone string) (seconds int, ok bool) {
	if len(zone) != 6 || zone[0] != '+' && zone[0] != '-' || zone[3] != ':' {
		return 0, false
	}
	hours, err := strconv.ParseUint(zone[1:3], 10, 8)
	if err != nil {
		return 0, false
	}
	minutes, err := strconv.ParseUint(zone[4:6], 10, 8)
	if err != nil {
		return 0, false
	}
	seconds = int(hours*3600 + minutes*60)
	if zone[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}
