package dialect

import (
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"time"
)

// pointsInTime writes one signature for each type that has a date.
func pointsInTime(pattern string) []string {
	var all []string
	for _, t := range []string{"date", "timestamp(p)", "timestamp(p) with time zone"} {
		all = append(all, fmt.Sprintf(pattern, t))
	}
	return all
}

// timesOfDay writes one signature for each type that has a time.
func timesOfDay(pattern string) []string {
	var all []string
	for _, t := range []string{"timestamp(p)", "timestamp(p) with time zone", "time(p)", "interval day to second"} {
		all = append(all, fmt.Sprintf(pattern, t))
	}
	return all
}

// dateFunctions work on dates and times. What shows of a timestamp with time
// zone is its wall-clock time.
var dateFunctions = []Function{
	{Name: "at_timezone", Signatures: []string{"at_timezone(timestamp(p) with time zone, varchar) timestamp(p) with time zone"}, Doc: "The same instant in another zone; also written AT TIME ZONE.", Example: "at_timezone(TIMESTAMP '2024-01-01 00:00:00 UTC', 'Asia/Tokyo')", Want: "2024-01-01 09:00:00 Asia/Tokyo", render: atTimeZone, refine: keepValue(0)},
	{Name: "with_timezone", Signatures: []string{"with_timezone(timestamp(p), varchar) timestamp(p) with time zone"}, Doc: "The instant of a wall-clock time in a zone.", Example: "with_timezone(TIMESTAMP '2024-01-01 00:00:00', 'Asia/Tokyo')", Want: "2024-01-01 00:00:00 Asia/Tokyo", render: withTimeZone},
	{Name: "current_timezone", Signatures: []string{"current_timezone() varchar"}, SQL: "$Z", Doc: "The session's zone.", Example: "current_timezone()", Want: "UTC"},
	{Name: "date", Signatures: []string{"date(varchar) date", "date(date) date", "date(timestamp(p)) date", "date(timestamp(p) with time zone) date"}, Doc: "The argument as a date.", Example: "date('2024-03-02')", Want: "2024-03-02", render: toDate, refine: foldDate},
	{Name: "date_add", Signatures: pointsInTime("date_add(varchar, bigint, %[1]s) %[1]s"), Doc: "A number of units later.", Example: "date_add('day', -7, DATE '2024-03-08')", Want: "2024-03-01", render: dateAdd, refine: foldDateAdd},
	{Name: "date_diff", Signatures: pointsInTime("date_diff(varchar, %[1]s, %[1]s) bigint"), Doc: "The number of whole units from the first to the second.", Example: "date_diff('day', DATE '2024-03-01', DATE '2024-03-08')", Want: "7", render: dateDiff},
	{Name: "date_trunc", Signatures: pointsInTime("date_trunc(varchar, %[1]s) %[1]s"), Doc: "The beginning of the unit that contains it.", Example: "date_trunc('month', DATE '2024-03-08')", Want: "2024-03-01", render: dateTrunc, refine: foldDateTrunc},
	{Name: "day", Signatures: append(pointsInTime("day(%s) bigint"), "day(interval day to second) bigint"), Doc: "The day of the month.", Example: "day(DATE '2024-03-08')", Want: "8", render: dayOf},
	{Name: "day_of_month", Signatures: append(pointsInTime("day_of_month(%s) bigint"), "day_of_month(interval day to second) bigint"), Doc: "Another name of day.", Example: "day_of_month(DATE '2024-03-08')", Want: "8", render: dayOf},
	{Name: "day_of_week", Signatures: pointsInTime("day_of_week(%s) bigint"), Doc: "The day of the week, 1 for Monday to 7 for Sunday.", Example: "day_of_week(DATE '2024-03-10')", Want: "7", render: part("isodow")},
	{Name: "dow", Signatures: pointsInTime("dow(%s) bigint"), Doc: "Another name of day_of_week.", Example: "dow(DATE '2024-03-10')", Want: "7", render: part("isodow")},
	{Name: "day_of_year", Signatures: pointsInTime("day_of_year(%s) bigint"), Doc: "The day of the year.", Example: "day_of_year(DATE '2024-02-01')", Want: "32", render: part("doy")},
	{Name: "doy", Signatures: pointsInTime("doy(%s) bigint"), Doc: "Another name of day_of_year.", Example: "doy(DATE '2024-02-01')", Want: "32", render: part("doy")},
	{Name: "from_iso8601_date", Signatures: []string{"from_iso8601_date(varchar) date"}, Doc: "A date from ISO 8601, as 2024-03-08.", Example: "from_iso8601_date('2024-03-08')", Want: "2024-03-08", render: fromISODate},
	{Name: "from_iso8601_timestamp", Signatures: []string{"from_iso8601_timestamp(varchar) timestamp(3) with time zone"}, Doc: "An instant from ISO 8601, as 2024-03-08T10:00:00Z.", Example: "from_iso8601_timestamp('2024-03-08T10:00:00Z')", Want: "2024-03-08 10:00:00.000 UTC", render: fromISOTimestamp},
	{Name: "from_unixtime", Signatures: []string{"from_unixtime(double) timestamp(3) with time zone"}, Doc: "The instant of a number of seconds since 1970, in the session's zone.", Example: "from_unixtime(1709892000)", Want: "2024-03-08 10:00:00.000 UTC", render: fromUnixTime, refine: noteEpoch},
	{Name: "from_unixtime", Signatures: []string{"from_unixtime(double, varchar) timestamp(3) with time zone"}, Doc: "The instant of a number of seconds since 1970, in a zone.", Example: "from_unixtime(1709892000, 'Asia/Tokyo')", Want: "2024-03-08 19:00:00.000 Asia/Tokyo", render: fromUnixTimeIn},
	{Name: "hour", Signatures: timesOfDay("hour(%s) bigint"), Doc: "The hour, 0 to 23.", Example: "hour(TIMESTAMP '2024-03-08 10:20:30')", Want: "10", render: timePart(3_600_000_000, 24)},
	{Name: "last_day_of_month", Signatures: pointsInTime("last_day_of_month(%s) date"), Doc: "The last day of the month.", Example: "last_day_of_month(DATE '2024-02-08')", Want: "2024-02-29", render: func(c *callSite) string { return "last_day(" + c.local(0) + ")" }},
	{Name: "millisecond", Signatures: timesOfDay("millisecond(%s) bigint"), Doc: "The milliseconds of the second.", Example: "millisecond(TIMESTAMP '2024-03-08 10:20:30.456')", Want: "456", render: timePart(1000, 1000)},
	{Name: "minute", Signatures: timesOfDay("minute(%s) bigint"), Doc: "The minute of the hour.", Example: "minute(TIMESTAMP '2024-03-08 10:20:30')", Want: "20", render: timePart(60_000_000, 60)},
	{Name: "month", Signatures: append(pointsInTime("month(%s) bigint"), "month(interval year to month) bigint"), Doc: "The month of the year.", Example: "month(DATE '2024-03-08')", Want: "3", render: part("month")},
	{Name: "now", Signatures: []string{"now() timestamp(3) with time zone"}, Doc: "The instant at which the statement began.", render: func(c *callSite) string {
		return c.a.current(&Current{Name: "CURRENT_TIMESTAMP"}).sql
	}, refine: func(c *callSite, t *term) { t.value = c.a.current(&Current{Name: "CURRENT_TIMESTAMP"}).value }},
	{Name: "quarter", Signatures: pointsInTime("quarter(%s) bigint"), Doc: "The quarter of the year.", Example: "quarter(DATE '2024-03-08')", Want: "1", render: part("quarter")},
	{Name: "second", Signatures: timesOfDay("second(%s) bigint"), Doc: "The second of the minute.", Example: "second(TIMESTAMP '2024-03-08 10:20:30')", Want: "30", render: timePart(1_000_000, 60)},
	{Name: "timezone_hour", Signatures: []string{"timezone_hour(timestamp(p) with time zone) bigint"}, Doc: "The hours of the zone's offset.", Example: "timezone_hour(TIMESTAMP '2024-01-01 00:00:00 +05:30')", Want: "5", render: func(c *callSite) string { return "(" + c.offsetSeconds() + " // 3600)" }},
	{Name: "timezone_minute", Signatures: []string{"timezone_minute(timestamp(p) with time zone) bigint"}, Doc: "The minutes of the zone's offset.", Example: "timezone_minute(TIMESTAMP '2024-01-01 00:00:00 +05:30')", Want: "30", render: func(c *callSite) string { return "(" + c.offsetSeconds() + " % 3600 // 60)" }},
	{Name: "to_iso8601", Signatures: pointsInTime("to_iso8601(%s) varchar"), Doc: "The argument in ISO 8601.", Example: "to_iso8601(from_unixtime(1709892000))", Want: "2024-03-08T10:00:00.000Z", render: toISO},
	{Name: "to_milliseconds", Signatures: []string{"to_milliseconds(interval day to second) bigint"}, SQL: "(epoch_us($1) // 1000)", Doc: "The milliseconds of an interval.", Example: "to_milliseconds(INTERVAL '1' SECOND)", Want: "1000"},
	{Name: "to_unixtime", Signatures: []string{"to_unixtime(timestamp(p) with time zone) double"}, SQL: "(epoch_us($1) / 1000000)", Doc: "The seconds since 1970.", Example: "to_unixtime(TIMESTAMP '2024-03-08 10:00:00 UTC')", Want: "1.709892E9", refine: foldToUnixTime},
	{Name: "week", Signatures: pointsInTime("week(%s) bigint"), Doc: "The ISO week of the year.", Example: "week(DATE '2024-03-08')", Want: "10", render: part("week")},
	{Name: "week_of_year", Signatures: pointsInTime("week_of_year(%s) bigint"), Doc: "Another name of week.", Example: "week_of_year(DATE '2024-03-08')", Want: "10", render: part("week")},
	{Name: "year", Signatures: append(pointsInTime("year(%s) bigint"), "year(interval year to month) bigint"), Doc: "The year.", Example: "year(DATE '2024-03-08')", Want: "2024", render: part("year")},
	{Name: "year_of_week", Signatures: pointsInTime("year_of_week(%s) bigint"), Doc: "The year of the ISO week.", Example: "year_of_week(DATE '2021-01-01')", Want: "2020", render: part("isoyear")},
	{Name: "yow", Signatures: pointsInTime("yow(%s) bigint"), Doc: "Another name of year_of_week.", Example: "yow(DATE '2021-01-01')", Want: "2020", render: part("isoyear")},
	{Name: "human_readable_seconds", Signatures: []string{"human_readable_seconds(double) varchar"}, SQL: "vpcq_human_readable_seconds($1)", Doc: "Seconds in words.", Example: "human_readable_seconds(96)", Want: "1 minute, 36 seconds"},
}

// local writes the wall-clock time of an argument.
func (c *callSite) local(i int) string {
	t := c.args[i]
	if t.typ.Kind != TimestampTZKind {
		return t.sql
	}
	if t.typ.Zone == VaryingZone {
		c.a.refuse(c.node, "%s of timestamps in several time zones", c.function.Name)
		return "NULL"
	}
	return localTime(t.sql, t.typ.Zone)
}

// back writes a wall-clock time as the type of an argument.
func (c *callSite) back(i int, local string) string {
	switch t := c.args[i].typ; t.Kind {
	case DateKind:
		return "CAST(" + local + " AS DATE)"
	case TimestampTZKind:
		return instant(local, t.Zone)
	}
	return "CAST(" + local + " AS TIMESTAMP)"
}

// part writes datepart, which gives BIGINT.
func part(name string) func(*callSite) string {
	return func(c *callSite) string { return "datepart('" + name + "', " + c.local(0) + ")" }
}

func dayOf(c *callSite) string {
	if c.args[0].typ.Kind == DayIntervalKind {
		return "(" + intervalMicros(c.args[0].sql) + " // " + itoa(microsPerDay) + ")"
	}
	return part("day")(c)
}

// timePart computes a part of the time of day from the microseconds.
func timePart(unit, modulus int64) func(*callSite) string {
	return func(c *callSite) string {
		if c.args[0].typ.Kind == DayIntervalKind {
			return fmt.Sprintf("(%s // %d %% %d)", intervalMicros(c.args[0].sql), unit, modulus)
		}
		return fmt.Sprintf("CAST(epoch_us(CAST(%s AS TIME)) // %d %% %d AS BIGINT)", c.local(0), unit, modulus)
	}
}

// zoneOf returns the zone that an argument names.
func (c *callSite) zoneOf(i int) (string, bool) {
	name, ok := c.constantText(i, "a time zone")
	if !ok {
		return "", false
	}
	_, zone, ok := loadZone(name)
	if !ok {
		c.fail(functionArgument, "'%s' is not a valid time zone", name)
	}
	return zone, ok
}

func atTimeZone(c *callSite) string {
	c.result.Zone, _ = c.zoneOf(1)
	return c.args[0].sql
}

func withTimeZone(c *callSite) string {
	zone, ok := c.zoneOf(1)
	if !ok {
		return "NULL"
	}
	c.result = timestampTZType(c.args[0].typ.Precision, zone)
	return instant(c.args[0].sql, zone)
}

// keepValue gives the result the value of an argument.
func keepValue(i int) func(*callSite, *term) {
	return func(c *callSite, t *term) { t.value = c.args[i].value }
}

func toDate(c *callSite) string { return c.a.convert(c.args[0], dateType, false).sql }

func foldDate(c *callSite, t *term) {
	t.value = c.a.foldCast(c.given[0], dateType)
	if c.given[0].typ.Kind == DateKind {
		t.column = c.given[0].column
	}
	*t = c.a.fixed(*t)
}

// units are the units of dates and times, with the functions of DuckDB's that make intervals of them.
var units = []struct {
	name, interval string
	factor         int
}{
	{"millisecond", "to_milliseconds", 1}, {"second", "to_seconds", 1}, {"minute", "to_minutes", 1}, {"hour", "to_hours", 1},
	{"day", "to_days", 1}, {"week", "to_days", 7}, {"month", "to_months", 1}, {"quarter", "to_months", 3}, {"year", "to_months", 12},
}

// unit returns the unit that the first argument names, by its index in units.
func (c *callSite) unit() (int, bool) {
	name, ok := c.constantText(0, "a unit")
	if !ok {
		return 0, false
	}
	for i, u := range units {
		if u.name == strings.ToLower(name) && (i >= 4 || c.args[len(c.args)-1].typ.Kind != DateKind) {
			return i, true
		}
	}
	kind := "TIMESTAMP"
	if c.args[len(c.args)-1].typ.Kind == DateKind {
		kind = "DATE"
	}
	c.fail(functionArgument, "'%s' is not a valid %s field", name, kind)
	return 0, false
}

func dateAdd(c *callSite) string {
	i, ok := c.unit()
	if !ok {
		return "NULL"
	}
	u := units[i]
	amount := c.args[1].sql
	if u.factor != 1 {
		amount = fmt.Sprintf("(%s * %d)", amount, u.factor)
	}
	if u.interval == "to_days" || u.interval == "to_months" {
		amount = duckCast(amount, integerType)
	}
	interval := u.interval + "(" + amount + ")"
	if c.args[2].typ.Kind == TimestampTZKind && i < 4 {
		return "(" + c.args[2].sql + " + " + interval + ")"
	}
	return c.back(2, "("+c.local(2)+" + "+interval+")")
}

func foldDateAdd(c *callSite, t *term) {
	n, ok := c.args[1].value.(*big.Rat)
	if !ok || !n.Num().IsInt64() || c.a.err != nil {
		return
	}
	amount := n.Num().Int64()
	i, _ := c.unit()
	if math.Abs(float64(amount)) > 1<<31 {
		return
	}
	var by term
	switch {
	case i >= 6:
		by.value = monthSpan(amount * int64(units[i].factor))
	default:
		micros := []int64{1000, 1_000_000, 60_000_000, 3_600_000_000, microsPerDay, 7 * microsPerDay}[i]
		if math.Abs(float64(amount)*float64(micros)) > 1<<60 {
			return
		}
		by.value = microSpan(amount * micros)
	}
	if c.args[2].typ.Kind == TimestampTZKind && c.args[2].typ.Zone != utcZone {
		return
	}
	t.value = foldShift(Add, c.args[2], by, c.a)
	*t = c.a.fixed(*t)
}

func dateDiff(c *callSite) string {
	i, ok := c.unit()
	if !ok {
		return "NULL"
	}
	from, to := c.args[1].sql, c.args[2].sql
	if c.args[1].typ.Kind == TimestampTZKind {
		from = c.local(1)
		c.args[2].typ.Zone = c.args[1].typ.Zone // both in the zone of the first
		to = c.local(2)
	}
	return "date_sub('" + units[i].name + "', " + from + ", " + to + ")"
}

func dateTrunc(c *callSite) string {
	i, ok := c.unit()
	if !ok {
		return "NULL"
	}
	return c.back(1, "date_trunc('"+units[i].name+"', "+c.local(1)+")")
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

func fromISODate(c *callSite) string {
	text := c.args[0].sql
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(TRY_CAST(CASE WHEN regexp_full_match(%s, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN %s END AS DATE), %s) END",
		text, text, text, c.a.raise(functionArgument, "'Invalid format: \"' || "+text+" || '\"'"))
}

// fromISOTimestamp takes UTC and, for a literal, any fixed zone: the zone of a
// timestamp is part of its type here.
func fromISOTimestamp(c *callSite) string {
	text := c.args[0].sql
	zones := "Z|[+-]00:?00"
	if literal, ok := c.given[0].text(); ok {
		if i := strings.LastIndexAny(literal, "+-"); i > len("2024-03-08T") {
			if _, zone, ok := loadZone(literal[i:]); ok {
				c.result.Zone, zones = zone, "[+-][0-9]{2}:?[0-9]{2}"
			}
		}
	} else if c.a.zone == utcZone {
		zones += "|"
	}
	if c.result.Zone == c.a.zone && c.a.zone != utcZone {
		c.result.Zone = utcZone
	}
	shape := "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}(:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?(" + zones + ")"
	if _, ok := c.given[0].text(); ok && c.a.zone == utcZone {
		shape = "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}(:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?(" + zones + ")?)?"
	}
	parsed := fmt.Sprintf("TRY_CAST(CASE WHEN regexp_full_match(%s, '%s') THEN %s END AS TIMESTAMPTZ)", text, shape, text)
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(%s, %s) END", text,
		"make_timestamptz(epoch_us("+parsed+") // 1000 * 1000)", c.a.raise(functionArgument, "'Invalid format: \"' || "+text+" || '\"'"))
}

// fromUnixTime is exact for whole seconds; fractions are rounded to milliseconds.
func fromUnixTime(c *callSite) string {
	if c.given[0].typ.isInteger() {
		return "make_timestamptz(" + duckCast(c.given[0].sql, bigintType) + " * 1000000)"
	}
	return "make_timestamptz(CAST(round(" + c.args[0].sql + " * 1000) AS BIGINT) * 1000)"
}

func fromUnixTimeIn(c *callSite) string {
	c.result.Zone, _ = c.zoneOf(1)
	return fromUnixTime(c)
}

// noteEpoch lets a comparison of from_unixtime(column) be one of the column.
func noteEpoch(c *callSite, t *term) {
	if c.given[0].typ.isInteger() {
		t.epoch = c.given[0].column
	}
	if n, ok := c.given[0].value.(*big.Rat); ok && n.IsInt() && n.Num().IsInt64() && n.Num().BitLen() < 40 {
		t.value = microValue(n.Num().Int64() * 1_000_000)
	}
	*t = c.a.fixed(*t)
}

func foldToUnixTime(c *callSite, t *term) {
	if m, ok := c.args[0].value.(microValue); ok {
		t.value = float64(m) / 1e6
	}
}

// toISO prints in ISO 8601, with the digits that the type has and the offset of its zone.
func toISO(c *callSite) string {
	t := c.args[0].typ
	if t.Kind == DateKind {
		return "strftime(" + c.args[0].sql + ", '%Y-%m-%d')"
	}
	text := fractionText(c.local(0), "%Y-%m-%dT%H:%M:%S", t.Precision)
	if t.Kind == TimestampKind {
		return text
	}
	return "(" + text + " || " + c.offsetText() + ")"
}

// offsetSeconds writes the offset from UTC of the first argument's zone.
func (c *callSite) offsetSeconds() string {
	return "((epoch_us(" + c.local(0) + ") - epoch_us(" + c.args[0].sql + ")) // 1000000)"
}

// offsetText writes it as Z or +05:30.
func (c *callSite) offsetText() string {
	if c.args[0].typ.Zone == utcZone {
		return "'Z'"
	}
	seconds := c.offsetSeconds()
	return fmt.Sprintf("CASE WHEN %s = 0 THEN 'Z' ELSE printf('%%s%%02d:%%02d', CASE WHEN %s < 0 THEN '-' ELSE '+' END, abs(%s) // 3600, abs(%s) %% 3600 // 60) END",
		seconds, seconds, seconds, seconds)
}

// extractFields are the fields of EXTRACT, with the functions that give them.
var extractFields = map[string]string{
	"YEAR": "year", "QUARTER": "quarter", "MONTH": "month", "WEEK": "week", "DAY": "day", "DAY_OF_MONTH": "day", "DAY_OF_WEEK": "day_of_week",
	"DOW": "day_of_week", "DAY_OF_YEAR": "day_of_year", "DOY": "day_of_year", "YEAR_OF_WEEK": "year_of_week", "YOW": "year_of_week",
	"HOUR": "hour", "MINUTE": "minute", "SECOND": "second", "TIMEZONE_HOUR": "timezone_hour", "TIMEZONE_MINUTE": "timezone_minute",
}

// extract analyses EXTRACT(field FROM x).
func (a *analyzer) extract(e *Extract, s *scope) term {
	name, ok := extractFields[strings.ToUpper(e.Field.Value)]
	if !ok {
		return a.fail(e, "INVALID_ARGUMENTS", "Invalid EXTRACT field: %s", e.Field.Value)
	}
	t := a.expression(e.Value, s)
	if strings.HasPrefix(name, "timezone") && t.typ.Kind != TimestampTZKind && t.typ.Kind != UnknownKind {
		return a.fail(e.Value, typeMismatch, "Cannot extract %s from %s", e.Field.Value, t.typ)
	}
	if !isTemporal(t.typ) && !isInterval(t.typ) && t.typ.Kind != UnknownKind || t.typ.Kind == DateKind && slices.Contains([]string{"hour", "minute", "second"}, name) {
		return a.fail(e.Value, typeMismatch, "Cannot extract %s from %s", e.Field.Value, t.typ)
	}
	return a.callTerms(e, name, []term{t}, s)
}
