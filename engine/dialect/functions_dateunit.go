package dialect

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"
)

// units are the units of dates and times, with the functions of DuckDB's that
// make intervals of them; micros are those of a unit of fixed length.
var units = []struct {
	name, interval string
	factor         int
	micros         int64
}{
	{"millisecond", "to_milliseconds", 1, 1000}, {"second", "to_seconds", 1, microsPerSecond}, {"minute", "to_minutes", 1, 60 * microsPerSecond}, {"hour", "to_hours", 1, 3600 * microsPerSecond},
	{"day", "to_days", 1, microsPerDay}, {"week", "to_days", 7, 7 * microsPerDay},
	{"month", "to_months", 1, 0}, {"quarter", "to_months", 3, 0}, {"year", "to_months", 12, 0},
}

// hourUnit is the index in units of the longest one that goes by the clock:
// in zones, longer ones go by the calendar.
const hourUnit = 3

// unit returns the unit that the first argument names, by its index in units.
func (c *callSite) unit() (int, bool) {
	name, ok := c.constantText(0, "a unit")
	if !ok {
		return 0, false
	}
	kind, of := c.args[len(c.args)-1].typ.Kind, "Timestamp"
	switch kind {
	case DateKind:
		of = "DATE"
	case TimeKind:
		of = "Time"
	}
	for i, u := range units {
		if u.name == strings.ToLower(name) && (i > hourUnit || kind != DateKind) && (i <= hourUnit || kind != TimeKind) {
			return i, true
		}
	}
	c.fail(functionArgument, "'%s' is not a valid %s field", strings.ToLower(name), of)
	return 0, false
}

// dateAdd refuses, as Trino does, a number of units that is no integer, but for times of day.
func dateAdd(c *callSite) string {
	i, ok := c.unit()
	switch n, known := toFloat(c.args[1].value); {
	case !ok:
		return "NULL"
	case c.args[2].typ.Kind == TimeKind:
		return c.addToTime(c.args[1].sql, units[i].micros)
	case known && math.Abs(n) <= math.MaxInt32, c.given[1].typ.isInteger() && c.given[1].typ.Kind != BigintKind:
		return c.addUnits(i)
	}
	return c.strict(c.addUnits(i), check{"$2 NOT BETWEEN -2147483648 AND 2147483647", "'integer overflow'"})
}

// addUnits adds units, by their index, to a date or timestamp.
func (c *callSite) addUnits(i int) string {
	u, t := units[i], c.args[2]
	amount := c.args[1].sql
	if u.factor != 1 {
		amount = fmt.Sprintf("(%s * %d)", amount, u.factor)
	}
	if u.interval == "to_days" || u.interval == "to_months" {
		amount = duckCast(amount, integerType)
	}
	interval := u.interval + "(" + amount + ")"
	if i > hourUnit {
		return c.back(2, "("+c.local(2)+" + "+interval+")", t.beyondMicros())
	}
	sum := "(" + t.narrow().sql + " + " + interval + ")"
	if t.typ.isWide() {
		return widened(sum, t.beyondMicros())
	}
	if i == 0 {
		return roundFraction(sum, 3, t.typ)
	}
	return sum
}

// addToTime adds units to a time of day, which goes round at midnight.
func (c *callSite) addToTime(amount string, micros int64) string {
	sum := floorRemainder(fmt.Sprintf("epoch_us(%s) + (%s %% %d) * %d", c.args[2].sql, amount, microsPerDay/micros, micros), microsPerDay)
	return roundFraction("CAST(make_timestamp(CAST("+sum+" AS BIGINT)) AS TIME)", 3, c.args[2].typ)
}

func foldDateAdd(c *callSite, t *term) {
	n, ok := c.args[1].value.(*big.Rat)
	if !ok || !n.Num().IsInt64() || c.a.err != nil {
		return
	}
	amount := n.Num().Int64()
	i, _ := c.unit()
	u := units[i]
	var by term
	switch {
	case math.Abs(float64(amount)) > 1<<31 || i == 0:
		return
	case u.micros == 0:
		by.value = monthSpan(amount * int64(u.factor))
	case math.Abs(float64(amount)*float64(u.micros)) > 1<<60:
		return
	default:
		by.value = microSpan(amount * u.micros)
	}
	if c.args[2].typ.Kind == TimestampTZKind && c.args[2].typ.Zone != utcZone {
		return
	}
	t.value = foldShift(Add, c.args[2], by, c.a)
	*t = c.a.fixed(*t)
}

// dateDiff counts units by the milliseconds, as Trino does: by the clock up to
// hours, by the calendar of the first argument's zone beyond.
func dateDiff(c *callSite) string {
	i, ok := c.unit()
	if !ok {
		return "NULL"
	}
	u := units[i]
	from, to := c.args[1].narrow(), c.args[2].narrow()
	if i > hourUnit && from.typ.Kind == TimestampTZKind {
		zone := c.given[1].typ.Zone
		switch {
		case from.typ.Precision > 3: // Trino forgets the zone of these
			zone = utcZone
		case zone == "":
			zone = c.a.zone
		}
		from.typ.Zone, to.typ.Zone = zone, zone
		from.sql, to.sql = c.a.wall(from), c.a.wall(to)
	}
	if u.micros > 0 {
		return fmt.Sprintf("((%s - %s) // %d)", wholeMillis(to), wholeMillis(from), u.micros/1000)
	}
	first, last := from.sql, to.sql
	if from.typ.Precision > 3 {
		first, last = "date_trunc('millisecond', "+first+")", "date_trunc('millisecond', "+last+")"
	}
	months := fmt.Sprintf("CASE WHEN %s > %s THEN - date_sub('month', %s, %s) ELSE date_sub('month', %s, %s) END", first, last, last, first, first, last)
	return fmt.Sprintf("(%s // %d)", "("+months+")", u.factor)
}

// wholeMillis writes the milliseconds of a time, rounded down but for times of day.
func wholeMillis(t term) string {
	switch {
	case t.typ.Kind == DateKind:
		return "(epoch_us(CAST(" + t.sql + " AS TIMESTAMP)) // 1000)"
	case t.typ.Kind == TimeKind || t.typ.Precision <= 3:
		return "(epoch_us(" + t.sql + ") // 1000)"
	}
	return floorQuotient("epoch_us("+t.sql+")", 1000)
}

// dateTrunc cuts off what is less than a unit. Within an hour the offset of a
// zone stays that of the argument.
func dateTrunc(c *callSite) string {
	i, ok := c.unit()
	if !ok {
		return "NULL"
	}
	t := c.args[1]
	if t.typ.Kind == TimeKind {
		return fmt.Sprintf("CAST(make_timestamp(epoch_us(%s) // %d * %d) AS TIME)", t.sql, units[i].micros, units[i].micros)
	}
	local := c.local(1)
	cut := "date_trunc('" + units[i].name + "', " + local + ")"
	if _, fixed := fixedOffset(t.typ.Zone); t.typ.Kind != TimestampTZKind || fixed || i > hourUnit {
		return c.back(1, cut, "0")
	}
	sql := "(" + t.narrow().sql + " - (" + local + " - " + cut + "))"
	if t.typ.isWide() {
		return widened(sql, "0")
	}
	return sql
}

func foldDateTrunc(c *callSite, t *term) {
	i, ok := c.unit()
	if !ok {
		return
	}
	switch v := c.args[1].value.(type) {
	case dayValue:
		t.value = dayValue(truncated(v.time(), i).Unix() / 86400)
	case microValue:
		if c.args[1].typ.Kind == TimestampTZKind && c.args[1].typ.Zone != utcZone {
			return
		}
		t.value = microValue(truncated(time.UnixMicro(int64(v)).UTC(), i).UnixMicro())
	}
	*t = c.a.fixed(*t)
}

// truncated returns the beginning of the unit, an index of units, that contains t.
func truncated(t time.Time, unit int) time.Time {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	switch units[unit].name {
	case "day":
		return day
	case "week":
		return day.AddDate(0, 0, -(int(t.Weekday())+6)%7)
	case "month":
		return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
	case "quarter":
		return time.Date(t.Year(), (t.Month()-1)/3*3+1, 1, 0, 0, 0, 0, time.UTC)
	case "year":
		return time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	size := []time.Duration{time.Millisecond, time.Second, time.Minute, time.Hour}[unit]
	return day.Add(t.Sub(day) / size * size)
}
