package dialect

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
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
	{Name: "at_timezone", Signatures: []string{"at_timezone(timestamp(p) with time zone, varchar) timestamp(p) with time zone", "at_timezone(timestamp(p) with time zone, interval day to second) timestamp(p) with time zone"}, Doc: "The same instant in another zone; also written AT TIME ZONE.", Example: "at_timezone(TIMESTAMP '2024-01-01 00:00:00 UTC', 'Asia/Tokyo')", Want: "2024-01-01 09:00:00 Asia/Tokyo", render: atTimeZone, refine: keepValue(0)},
	{Name: "with_timezone", Signatures: []string{"with_timezone(timestamp(p), varchar) timestamp(p) with time zone", "with_timezone(timestamp(p), interval day to second) timestamp(p) with time zone"}, Doc: "The instant of a wall-clock time in a zone.", Example: "with_timezone(TIMESTAMP '2024-01-01 00:00:00', 'Asia/Tokyo')", Want: "2024-01-01 00:00:00 Asia/Tokyo", render: withTimeZone},
	{Name: "current_timezone", Signatures: []string{"current_timezone() varchar"}, SQL: "$Z", Doc: "The session's zone.", Example: "current_timezone()", Want: "UTC"},
	{Name: "date", Signatures: []string{"date(varchar) date", "date(date) date", "date(timestamp(p)) date", "date(timestamp(p) with time zone) date"}, Doc: "The argument as a date.", Example: "date('2024-03-02')", Want: "2024-03-02", render: toDate, refine: foldDate},
	{Name: "date_add", Signatures: append(pointsInTime("date_add(varchar, bigint, %[1]s) %[1]s"), "date_add(varchar, bigint, time(p)) time(p)"), Doc: "A number of units later.", Example: "date_add('day', -7, DATE '2024-03-08')", Want: "2024-03-01", render: dateAdd, refine: foldDateAdd},
	{Name: "date_diff", Signatures: append(pointsInTime("date_diff(varchar, %[1]s, %[1]s) bigint"), "date_diff(varchar, time(p), time(p)) bigint"), Doc: "The number of whole units from the first to the second.", Example: "date_diff('day', DATE '2024-03-01', DATE '2024-03-08')", Want: "7", render: dateDiff},
	{Name: "date_trunc", Signatures: append(pointsInTime("date_trunc(varchar, %[1]s) %[1]s"), "date_trunc(varchar, time(p)) time(p)"), Doc: "The beginning of the unit that contains it.", Example: "date_trunc('month', DATE '2024-03-08')", Want: "2024-03-01", render: dateTrunc, refine: foldDateTrunc},
	{Name: "day", Signatures: append(pointsInTime("day(%s) bigint"), "day(interval day to second) bigint"), Doc: "The day of the month.", Example: "day(DATE '2024-03-08')", Want: "8", render: dayOf},
	{Name: "day_of_month", Signatures: append(pointsInTime("day_of_month(%s) bigint"), "day_of_month(interval day to second) bigint"), Doc: "Another name of day.", Example: "day_of_month(DATE '2024-03-08')", Want: "8", render: dayOf},
	{Name: "day_of_week", Signatures: pointsInTime("day_of_week(%s) bigint"), Doc: "The day of the week, 1 for Monday to 7 for Sunday.", Example: "day_of_week(DATE '2024-03-10')", Want: "7", render: part("isodow")},
	{Name: "dow", Signatures: pointsInTime("dow(%s) bigint"), Doc: "Another name of day_of_week.", Example: "dow(DATE '2024-03-10')", Want: "7", render: part("isodow")},
	{Name: "day_of_year", Signatures: pointsInTime("day_of_year(%s) bigint"), Doc: "The day of the year.", Example: "day_of_year(DATE '2024-02-01')", Want: "32", render: part("doy")},
	{Name: "doy", Signatures: pointsInTime("doy(%s) bigint"), Doc: "Another name of day_of_year.", Example: "doy(DATE '2024-02-01')", Want: "32", render: part("doy")},
	{Name: "from_iso8601_date", Signatures: []string{"from_iso8601_date(varchar) date"}, SQL: "vpcq_iso_date($1)", Doc: "A date from ISO 8601, as 2024-03-08, 2024-W10-5 or 2024-068.", Example: "from_iso8601_date('2024-W10-5')", Want: "2024-03-08"},
	{Name: "from_iso8601_timestamp", Signatures: []string{"from_iso8601_timestamp(varchar) timestamp(3) with time zone"}, Doc: "An instant from ISO 8601, as 2024-03-08T10:00:00Z.", Example: "from_iso8601_timestamp('2024-03-08T10:00:00Z')", Want: "2024-03-08 10:00:00.000 UTC", render: fromISOTimestamp},
	{Name: "from_unixtime", Signatures: []string{"from_unixtime(double) timestamp(3) with time zone"}, Doc: "The instant of a number of seconds since 1970, in the session's zone.", Example: "from_unixtime(1709892000)", Want: "2024-03-08 10:00:00.000 UTC", render: fromUnixTime, refine: noteEpoch},
	{Name: "from_unixtime", Signatures: []string{"from_unixtime(double, varchar) timestamp(3) with time zone"}, Doc: "The instant of a number of seconds since 1970, in a zone.", Example: "from_unixtime(1709892000, 'Asia/Tokyo')", Want: "2024-03-08 19:00:00.000 Asia/Tokyo", render: fromUnixTimeIn},
	{Name: "from_unixtime", Signatures: []string{"from_unixtime(double, bigint, bigint) timestamp(3) with time zone"}, Doc: "The instant of a number of seconds since 1970, in the zone of an offset of hours and minutes.", Example: "from_unixtime(1709892000, 5, 30)", Want: "2024-03-08 15:30:00.000 +05:30", render: fromUnixTimeAt},
	{Name: "from_unixtime_nanos", Signatures: []string{"from_unixtime_nanos(bigint) timestamp(9) with time zone", "from_unixtime_nanos(decimal(p,s)) timestamp(9) with time zone"}, Doc: "The instant of a number of nanoseconds since 1970, in the session's zone.", Example: "from_unixtime_nanos(1709892000123456789)", Want: "2024-03-08 10:00:00.123456789 UTC", render: fromUnixTimeNanos},
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
	{Name: "timezone_hour", Signatures: []string{"timezone_hour(timestamp(p) with time zone) bigint"}, Doc: "The hours of the zone's offset.", Example: "timezone_hour(TIMESTAMP '2024-01-01 00:00:00 +05:30')", Want: "5", render: func(c *callSite) string { return "(" + c.a.offsetSeconds(c.args[0]) + " // 3600)" }},
	{Name: "timezone_minute", Signatures: []string{"timezone_minute(timestamp(p) with time zone) bigint"}, Doc: "The minutes of the zone's offset.", Example: "timezone_minute(TIMESTAMP '2024-01-01 00:00:00 +05:30')", Want: "30", render: func(c *callSite) string { return "(" + c.a.offsetSeconds(c.args[0]) + " % 3600 // 60)" }},
	{Name: "to_iso8601", Signatures: pointsInTime("to_iso8601(%s) varchar"), Doc: "The argument in ISO 8601.", Example: "to_iso8601(from_unixtime(1709892000))", Want: "2024-03-08T10:00:00.000Z", render: toISO},
	{Name: "to_milliseconds", Signatures: []string{"to_milliseconds(interval day to second) bigint"}, SQL: "(epoch_us($1) // 1000)", Doc: "The milliseconds of an interval.", Example: "to_milliseconds(INTERVAL '1' SECOND)", Want: "1000"},
	{Name: "to_unixtime", Signatures: []string{"to_unixtime(timestamp(p) with time zone) double"}, render: toUnixTime, Doc: "The seconds since 1970.", Example: "to_unixtime(TIMESTAMP '2024-03-08 10:00:00 UTC')", Want: "1.709892E9", refine: foldToUnixTime},
	{Name: "week", Signatures: pointsInTime("week(%s) bigint"), Doc: "The ISO week of the year.", Example: "week(DATE '2024-03-08')", Want: "10", render: part("week")},
	{Name: "week_of_year", Signatures: pointsInTime("week_of_year(%s) bigint"), Doc: "Another name of week.", Example: "week_of_year(DATE '2024-03-08')", Want: "10", render: part("week")},
	{Name: "year", Signatures: append(pointsInTime("year(%s) bigint"), "year(interval year to month) bigint"), Doc: "The year.", Example: "year(DATE '2024-03-08')", Want: "2024", render: part("year")},
	{Name: "year_of_week", Signatures: pointsInTime("year_of_week(%s) bigint"), Doc: "The year of the ISO week.", Example: "year_of_week(DATE '2021-01-01')", Want: "2020", render: part("isoyear")},
	{Name: "yow", Signatures: pointsInTime("yow(%s) bigint"), Doc: "Another name of year_of_week.", Example: "yow(DATE '2021-01-01')", Want: "2020", render: part("isoyear")},
	{Name: "parse_duration", Signatures: []string{"parse_duration(varchar) interval day to second"}, SQL: "to_microseconds(vpcq_parse_duration($1) * 1000)", Doc: "An interval from a number and a unit: ns, us, ms, s, m, h or d.", Example: "parse_duration('42.8ms')", Want: "0 00:00:00.043"},
	{Name: "human_readable_seconds", Signatures: []string{"human_readable_seconds(double) varchar"}, SQL: "vpcq_human_readable_seconds($1)", Doc: "Seconds in words.", Example: "human_readable_seconds(96)", Want: "1 minute, 36 seconds"},
}

// local writes the wall-clock time of an argument, in whole microseconds.
func (c *callSite) local(i int) string { return c.a.wall(c.args[i]) }

// back writes a wall-clock time, computed from that of an argument, as the type
// of the argument; picos are the picoseconds beyond it.
func (c *callSite) back(i int, local, picos string) string {
	t := c.args[i]
	sql := "CAST(" + local + " AS TIMESTAMP)"
	switch t.typ.Kind {
	case DateKind, TimeKind:
		return "CAST(" + local + " AS " + t.typ.DuckDB() + ")"
	case TimestampTZKind:
		sql = instantLike(local, t.narrow().sql, t.typ.Zone)
	}
	if t.typ.isWide() {
		return widened(sql, picos)
	}
	return sql
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

// zoneOf returns the zone that an argument names, or whose offset it is.
func (c *callSite) zoneOf(i int) (string, bool) {
	if c.args[i].typ.Kind == DayIntervalKind {
		return c.zoneOfInterval(i)
	}
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

func (c *callSite) zoneOfInterval(i int) (string, bool) {
	span, ok := c.given[i].value.(microSpan)
	if !ok {
		c.a.refuse(c.node, "a time zone that is not a literal in %s", c.function.Name)
		return "", false
	}
	if span%60_000_000 != 0 {
		c.fail(functionArgument, "Invalid time zone offset interval: interval contains seconds")
		return "", false
	}
	zone, ok := offsetZone(int64(span) / 60_000_000)
	if !ok {
		c.fail(functionArgument, "Invalid offset minutes %d", int64(span)/60_000_000)
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
	t := c.args[0]
	if t.typ.isWide() {
		return widened(instant(t.narrow().sql, zone), t.beyondMicros())
	}
	return instant(t.sql, zone)
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

// fromISOTimestamp finds the zone of a text that the statement fixes; of others
// it must be the session's.
func fromISOTimestamp(c *callSite) string {
	if text, ok := c.given[0].text(); ok {
		if _, zone, err := parseISOTimestamp(text, c.a.zone); err == nil {
			c.result.Zone = zone
		}
	}
	return fmt.Sprintf("vpcq_iso_timestamp(%s, %s, %s)", c.args[0].sql, duckString(c.a.zone), duckString(c.result.Zone))
}

// fromUnixTime rounds fractions to milliseconds, halves up.
func fromUnixTime(c *callSite) string {
	seconds, micros := c.args[0].sql, ""
	if c.given[0].typ.isInteger() {
		seconds = duckCast(c.given[0].sql, bigintType)
		micros = seconds + " * 1000000"
	} else {
		millis := "(" + seconds + " * 1000)"
		micros = fmt.Sprintf("CAST(floor(%s) + CASE WHEN %s - floor(%s) >= 0.5 THEN 1 ELSE 0 END AS BIGINT) * 1000", millis, millis, millis)
	}
	sql := "make_timestamptz(" + micros + ")"
	if n, ok := c.given[0].value.(*big.Rat); ok && n.Num().BitLen() < 40 {
		return sql
	}
	nan := ""
	if !c.given[0].typ.isInteger() {
		nan = "WHEN isnan(" + seconds + ") THEN make_timestamptz(0) " // which DuckDB takes for the largest
	}
	millis := "CAST(" + seconds + " AS DOUBLE) * 1000"
	message := fmt.Sprintf("'Millis overflow: ' || CASE WHEN %s >= 9223372036854775807 THEN '9223372036854775807' WHEN %s <= -9223372036854775808 THEN '-9223372036854775808' ELSE CAST(CAST(round(%s) AS BIGINT) AS VARCHAR) END", millis, millis, millis)
	return fmt.Sprintf("CASE %sWHEN abs(CAST(%s AS DOUBLE)) > %d THEN %s ELSE %s END", nan, seconds, farthestMilli/1000, c.a.raise(functionArgument, message), sql)
}

func fromUnixTimeIn(c *callSite) string {
	c.result.Zone, _ = c.zoneOf(1)
	return fromUnixTime(c)
}

// fromUnixTimeAt takes the hours and minutes of an offset, which the statement must fix.
func fromUnixTimeAt(c *callSite) string {
	hours, ok1 := c.given[1].value.(*big.Rat)
	minutes, ok2 := c.given[2].value.(*big.Rat)
	if !ok1 || !ok2 {
		c.a.refuse(c.node, "an offset that is not a literal in %s", c.function.Name)
		return "NULL"
	}
	h, _ := hours.Float64()
	m, _ := minutes.Float64()
	offset, ok := offsetZone(int64(h*60 + m))
	if !ok {
		return c.fail(functionArgument, "Invalid offset minutes %d", int64(h*60+m))
	}
	c.result.Zone = offset
	return fromUnixTime(c)
}

// offsetZone names the zone of an offset in minutes.
func offsetZone(minutes int64) (string, bool) {
	if minutes > furthestOffset/60 || minutes < -furthestOffset/60 {
		return "", false
	}
	sign := "+"
	if minutes < 0 {
		sign, minutes = "-", -minutes
	}
	_, zone, ok := loadZone(fmt.Sprintf("%s%02d:%02d", sign, minutes/60, minutes%60))
	return zone, ok
}

// fromUnixTimeNanos rounds a decimal half away from zero to whole nanoseconds.
func fromUnixTimeNanos(c *callSite) string {
	return "(CAST(round(" + c.args[0].sql + ") AS HUGEINT) * 1000)"
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

// toUnixTime adds the milliseconds and what is beyond them as doubles, as Trino does.
func toUnixTime(c *callSite) string {
	t := c.args[0]
	micros := t.narrow()
	if t.typ.Precision <= 3 {
		return "(epoch_us(" + t.sql + ") / 1000000)"
	}
	beyond := fmt.Sprintf("(CAST(%s AS BIGINT) * %d + CAST(%s AS BIGINT))", floorRemainder("epoch_us("+micros.sql+")", 1000), picosPerMicro, t.beyondMicros())
	return fmt.Sprintf("(%s / 1000e0 + %s / 1e12)", wholeMillis(micros), beyond)
}

func foldToUnixTime(c *callSite, t *term) {
	if m, ok := c.args[0].value.(microValue); ok && m%1000 == 0 {
		t.value = float64(m) / 1e6
	}
}

// toISO prints in ISO 8601, with the digits that the type has and the offset of
// its zone. Trino declares how long the text can be: a sign, six digits of the
// year, the rest of the date and the time, the fraction, the offset.
func toISO(c *callSite) string {
	t := c.args[0].typ
	if t.Kind == DateKind {
		c.result = boundedVarchar(16)
		return "vpcq_text_of_date(" + c.args[0].sql + ")"
	}
	length := 22 + min(t.Precision, 1) + t.Precision
	text := c.a.wallText(c.args[0], "iso")
	if t.Kind == TimestampKind {
		c.result = boundedVarchar(length)
		return text
	}
	c.result = boundedVarchar(length + 6)
	offset := c.a.offsetText(c.args[0])
	text = "(" + text + " || " + offset + ")"
	if _, fixed := fixedOffset(t.Zone); fixed {
		return text
	}
	fault := c.a.raise("INVALID_ARGUMENTS", "'Timezone with non-zero seconds offset cannot be rendered as ISO8601: ' || "+offset)
	return fmt.Sprintf("CASE WHEN %s %% 60 <> 0 THEN %s ELSE %s END", c.a.offsetSeconds(c.args[0]), fault, text)
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
