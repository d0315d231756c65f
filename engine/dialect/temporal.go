package dialect

import (
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dayTerm is a date that the statement fixes.
func dayTerm(day dayValue) term {
	sql := fmt.Sprintf("(DATE '1970-01-01' + %d)", int64(day))
	if isWrittenYear(day.time()) {
		sql = "DATE '" + day.time().Format(time.DateOnly) + "'"
	}
	return term{typ: dateType, sql: sql, value: day}
}

// isWrittenYear reports whether DuckDB's literals and Go's layouts write the year as four digits.
func isWrittenYear(at time.Time) bool { return at.Year() >= 1 && at.Year() <= 9999 }

func (d dayValue) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// timestampTerm is a timestamp that the statement fixes.
func timestampTerm(m microValue, t Type) term {
	if t.isWide() {
		return wideTerm(m, 0, t)
	}
	at := time.UnixMicro(int64(m)).UTC()
	text := at.Format("2006-01-02 15:04:05.000000")
	out := term{typ: t, sql: "TIMESTAMP '" + text + "'", value: m}
	switch {
	case !isWrittenYear(at) && t.Kind == TimestampTZKind:
		out.sql = fmt.Sprintf("make_timestamptz(CAST(%d AS BIGINT))", int64(m))
	case !isWrittenYear(at):
		out.sql = fmt.Sprintf("make_timestamp(CAST(%d AS BIGINT))", int64(m))
	case t.Kind == TimestampTZKind:
		out.sql = "TIMESTAMPTZ '" + text + "+00'"
	}
	return out
}

func dayIntervalTerm(m microSpan) term {
	return term{typ: dayIntervalType, sql: fmt.Sprintf("to_microseconds(CAST(%d AS BIGINT))", int64(m)), value: m}
}

func monthIntervalTerm(m monthSpan) term {
	return term{typ: monthIntervalType, sql: fmt.Sprintf("to_months(%d)", int64(m)), value: m}
}

var dayPattern = regexp.MustCompile(`^\s*([+-]?\d{1,9})-(\d{1,2})-(\d{1,2})\s*$`)

// parseDay reads the text of a date.
func parseDay(s string) (dayValue, bool) {
	m := dayPattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	year, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	t := dateOf(year, time.Month(month), day)
	days := floorDiv(t.Unix(), 86400)
	if int(t.Month()) != month || t.Day() != day || days > furthestDay || days < -furthestDay {
		return 0, false
	}
	return dayValue(days), true
}

// furthestDay is the last day, counted from 1970, that DuckDB's dates have, of either sign.
const furthestDay = 1<<31 - 2

var (
	timestampPattern = regexp.MustCompile(`^\s*([+-]?\d{4,9}-\d{1,2}-\d{1,2})(?: (?:(\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?))?\s*([^\s].*?)?)?\s*$`)
	clockPattern     = regexp.MustCompile(`^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?\s*([+-]\d\d:\d\d)?\s*$`)
)

// timestampParts is a timestamp as written: its wall-clock time as microseconds
// in UTC and the picoseconds beyond them, the digits of its fraction, and its
// zone, "" for none.
type timestampParts struct {
	micros    int64
	picos     int64
	precision int
	zone      string
}

// parseTimestamp reads the text of a timestamp.
func parseTimestamp(s string) (timestampParts, bool) {
	m := timestampPattern.FindStringSubmatch(s)
	if m == nil {
		return timestampParts{}, false
	}
	const furthest = 106_751_990 // days that fit into microseconds
	day, ok := parseDay(m[1])
	if !ok || day > furthest || day < -furthest {
		return timestampParts{}, false
	}
	p := timestampParts{micros: int64(day) * microsPerDay, zone: m[3]}
	if m[2] == "" {
		return p, true
	}
	clock, ok := parseClock(m[2])
	p.micros, p.picos, p.precision = p.micros+clock.micros, clock.picos, clock.precision
	return p, ok
}

// parseClock reads the text of a time of day, and the offset that may follow it.
func parseClock(s string) (timestampParts, bool) {
	const mostDigits = 12
	m := clockPattern.FindStringSubmatch(s)
	if m == nil || len(m[4]) > mostDigits {
		return timestampParts{}, false
	}
	number := func(s string) int64 { n, _ := strconv.ParseInt("0"+s, 10, 64); return n }
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	if hour > 23 || minute > 59 || second > 59 {
		return timestampParts{}, false
	}
	fraction := m[4] + "000000000000"
	micros := ((hour*60+minute)*60+second)*microsPerSecond + number(fraction[:6])
	return timestampParts{micros: micros, picos: number(fraction[6:mostDigits]), precision: len(m[4]), zone: m[5]}, true
}

// round gives the wall-clock time in microseconds, rounded half up to a
// precision of at most six digits.
func (p timestampParts) round(precision int) int64 {
	if precision < maxFraction {
		return roundMicros(p.micros, precision)
	}
	return p.micros + p.picos/(picosPerMicro/2)
}

// maxFraction is the most digits of a second's fraction that DuckDB's timestamps keep.
const maxFraction = 6

func (a *analyzer) timestampLiteral(e *GenericLiteral) term {
	p, ok := parseTimestamp(e.Value)
	if !ok {
		return a.fail(e, invalidLiteral, "'%s' is not a valid TIMESTAMP literal", e.Value)
	}
	t, micros := timestampType(p.precision), microValue(p.micros)
	if p.zone != "" {
		location, zone, ok := loadZone(p.zone)
		if !ok || p.micros/1000 > farthestMilli || p.micros/1000 < -farthestMilli {
			return a.fail(e, invalidLiteral, "'%s' is not a valid TIMESTAMP literal", e.Value)
		}
		t, micros = timestampTZType(p.precision, zone), toInstant(p.micros, location)
	}
	if t.isWide() {
		return wideTerm(micros, p.picos, t)
	}
	return timestampTerm(micros, t)
}

// toInstant returns the instant of a wall-clock time, given as microseconds in UTC.
func toInstant(wall int64, location *time.Location) microValue {
	return microValue(instantOf(wall, location))
}

// toWall returns the wall-clock time of an instant, as microseconds in UTC.
func toWall(m microValue, location *time.Location) int64 { return wallOf(int64(m), location) }

func (a *analyzer) timeLiteral(e *GenericLiteral) term {
	p, ok := parseClock(e.Value)
	switch {
	case !ok:
		return a.fail(e, invalidLiteral, "'%s' is not a valid TIME literal", e.Value)
	case p.zone != "":
		return a.refuse(e, "time with time zone")
	case p.precision > maxFraction:
		return a.refuse(e, "times with more than %d digits of a second", maxFraction)
	}
	return term{typ: timeType(p.precision), sql: "TIME '" + time.UnixMicro(p.micros).UTC().Format("15:04:05.000000") + "'"}
}

// current analyses CURRENT_DATE and its like: values of the session's one instant.
func (a *analyzer) current(e *Current) term {
	precision := 3
	if e.Precision != nil {
		precision = *e.Precision
	}
	if precision > maxFraction && e.Name != "CURRENT_TIMESTAMP" && e.Name != "LOCALTIMESTAMP" {
		return a.refuse(e, "times with more than %d digits of a second", maxFraction)
	}
	now := a.session.Now.In(a.session.Zone)
	micros := roundMicros(now.UnixMicro(), min(precision, maxFraction))
	switch e.Name {
	case "CURRENT_DATE":
		y, m, d := now.Date()
		return dayTerm(dayValue(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400))
	case "CURRENT_TIMESTAMP":
		return timestampTerm(microValue(micros), timestampTZType(precision, a.zone))
	case "LOCALTIMESTAMP":
		return timestampTerm(microValue(toWall(microValue(micros), a.session.Zone)), timestampType(precision))
	case "LOCALTIME":
		wall := toWall(microValue(micros), a.session.Zone)
		return term{typ: timeType(precision), sql: "CAST(" + timestampTerm(microValue(wall), timestampType(6)).sql + " AS TIME)"}
	}
	return a.refuse(e, "%s", e.Name)
}

// roundMicros rounds half up to a precision.
func roundMicros(micros int64, precision int) int64 {
	unit := int64(1)
	for range maxFraction - precision {
		unit *= 10
	}
	floor := (micros + unit/2) / unit
	if (micros+unit/2)%unit < 0 {
		floor--
	}
	return floor * unit
}

// intervalLiteral analyses INTERVAL '…' unit.
func (a *analyzer) intervalLiteral(e *IntervalLiteral) term {
	months := e.From == "YEAR" || e.From == "MONTH"
	amount, ok := parseInterval(e.Value, string(e.From), string(e.To))
	if !ok {
		return a.fail(e, invalidLiteral, "'%s' is not a valid INTERVAL literal", e.Value)
	}
	if e.Negative {
		amount = -amount
	}
	if months {
		return monthIntervalTerm(monthSpan(amount))
	}
	return dayIntervalTerm(microSpan(amount))
}

// intervalUnits are the units from the largest to the smallest, each with how many of the next make one.
var intervalUnits = []struct {
	name string
	size int64 // in months, or in microseconds
}{
	{"YEAR", 12}, {"MONTH", 1},
	{"DAY", microsPerDay}, {"HOUR", 3_600_000_000}, {"MINUTE", 60_000_000}, {"SECOND", 1_000_000},
}

// intervalSeparators stand before the unit of their index in a text of several units.
var intervalSeparators = map[string]string{"MONTH": "-", "HOUR": " ", "MINUTE": ":", "SECOND": ":"}

// parseInterval reads the text of an interval from one unit to another, in months or microseconds.
func parseInterval(text, from, to string) (int64, bool) {
	text = strings.TrimSpace(text)
	negative := strings.HasPrefix(text, "-")
	rest := strings.TrimLeft(text, "+-")
	if to == "" {
		to = from
	}
	var total int64
	started, ended := false, false
	for i, unit := range intervalUnits {
		if unit.name == from {
			started = true
		} else if started && i == 2 {
			return 0, false // months do not go on in days
		} else if started && rest != "" {
			if !strings.HasPrefix(rest, intervalSeparators[unit.name]) {
				return 0, false
			}
			rest = rest[1:]
		}
		if started && (rest != "" || unit.name == from) {
			amount, after, ok := leadingNumber(rest, unit.name == "SECOND", unit.size)
			if !ok {
				return 0, false
			}
			total, rest = total+amount, after
		}
		if ended = unit.name == to; ended {
			break
		}
	}
	if negative {
		total = -total
	}
	return total, started && ended && rest == ""
}

// leadingNumber reads an amount of a unit from the front of s; seconds may have a fraction.
func leadingNumber(s string, fraction bool, size int64) (amount int64, rest string, ok bool) {
	end := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
	}
	if fraction && end < len(s) && s[end] == '.' {
		for end++; end < len(s) && s[end] >= '0' && s[end] <= '9'; end++ {
		}
	}
	value, ok := new(big.Rat).SetString(s[:end])
	if end == 0 || !ok {
		return 0, s, false
	}
	value.Mul(value, new(big.Rat).SetInt64(size))
	whole := new(big.Int).Quo(value.Num(), value.Denom())
	return whole.Int64(), s[end:], whole.IsInt64()
}
