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
	return term{typ: dateType, sql: "DATE '" + day.time().Format(time.DateOnly) + "'", value: day}
}

func (d dayValue) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// timestampTerm is a timestamp that the statement fixes.
func timestampTerm(m microValue, t Type) term {
	text := time.UnixMicro(int64(m)).UTC().Format("2006-01-02 15:04:05.000000")
	if t.Kind == TimestampTZKind {
		return term{typ: t, sql: "TIMESTAMPTZ '" + text + "+00'", value: m}
	}
	return term{typ: t, sql: "TIMESTAMP '" + text + "'", value: m}
}

func dayIntervalTerm(m microSpan) term {
	return term{typ: dayIntervalType, sql: fmt.Sprintf("to_microseconds(CAST(%d AS BIGINT))", int64(m)), value: m}
}

func monthIntervalTerm(m monthSpan) term {
	return term{typ: monthIntervalType, sql: fmt.Sprintf("to_months(%d)", int64(m)), value: m}
}

var dayPattern = regexp.MustCompile(`^\s*([+-]?\d{4,})-(\d{1,2})-(\d{1,2})\s*$`)

// parseDay reads the text of a date.
func parseDay(s string) (dayValue, bool) {
	m := dayPattern.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	year, err := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	day, _ := strconv.Atoi(m[3])
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if err != nil || year > 9999 || year < 0 || int(t.Month()) != month || t.Day() != day {
		return 0, false
	}
	return dayValue(t.Unix() / 86400), true
}

var timestampPattern = regexp.MustCompile(`^\s*([+-]?\d{4,}-\d{1,2}-\d{1,2})(?: (\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?)?\s*([^\s].*?)?\s*$`)

// timestampParts is a timestamp as written: its wall-clock time as microseconds
// in UTC, the digits of its fraction, and its zone, "" for none.
type timestampParts struct {
	micros    int64
	precision int
	zone      string
}

// parseTimestamp reads the text of a timestamp.
func parseTimestamp(s string) (timestampParts, bool) {
	m := timestampPattern.FindStringSubmatch(s)
	if m == nil {
		return timestampParts{}, false
	}
	day, ok := parseDay(m[1])
	number := func(s string) int64 { n, _ := strconv.ParseInt("0"+s, 10, 64); return n }
	h, min, sec := number(m[2]), number(m[3]), number(m[4])
	if !ok || h > 23 || min > 59 || sec > 59 || len(m[5]) > 12 {
		return timestampParts{}, false
	}
	fraction := (m[5] + "000000")[:6]
	micros := int64(day)*microsPerDay + ((h*60+min)*60+sec)*1_000_000 + number(fraction)
	return timestampParts{micros: micros, precision: len(m[5]), zone: m[6]}, true
}

// loadZone finds a zone by its IANA name or its offset, and Trino's name for it.
func loadZone(name string) (*time.Location, string, bool) {
	if m := offsetPattern.FindStringSubmatch(name); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi("0" + m[3])
		seconds := (hours*60 + minutes) * 60
		if hours > 14 || minutes > 59 {
			return nil, "", false
		}
		if m[1] == "-" {
			seconds = -seconds
		}
		if seconds == 0 {
			return time.UTC, utcZone, true
		}
		canonical := fmt.Sprintf("%s%02d:%02d", m[1], hours, minutes)
		return time.FixedZone(canonical, seconds), canonical, true
	}
	switch strings.ToUpper(name) {
	case "UTC", "GMT", "Z", "UT", "ETC/UTC", "ETC/GMT", "ZULU":
		return time.UTC, utcZone, true
	case "", "LOCAL":
		return nil, "", false
	}
	location, err := time.LoadLocation(name)
	return location, name, err == nil
}

var offsetPattern = regexp.MustCompile(`^([+-])(\d{1,2}):?(\d{2})?$`)

// localTime writes the wall-clock time in a zone of an instant.
func localTime(sql, zone string) string {
	location, _, ok := loadZone(zone)
	if ok && offsetPattern.MatchString(zone) {
		_, offset := time.Unix(0, 0).In(location).Zone()
		return fmt.Sprintf("(timezone('UTC', %s) + to_seconds(%d))", sql, offset)
	}
	return "timezone(" + duckString(zone) + ", " + sql + ")"
}

// instant writes the instant of a wall-clock time in a zone.
func instant(sql, zone string) string {
	location, _, ok := loadZone(zone)
	if ok && offsetPattern.MatchString(zone) {
		_, offset := time.Unix(0, 0).In(location).Zone()
		return fmt.Sprintf("timezone('UTC', %s - to_seconds(%d))", sql, offset)
	}
	return "timezone(" + duckString(zone) + ", " + sql + ")"
}

// maxFraction is the most digits of a second's fraction that DuckDB's timestamps keep.
const maxFraction = 6

func (a *analyzer) timestampLiteral(e *GenericLiteral) term {
	p, ok := parseTimestamp(e.Value)
	if !ok {
		return a.fail(e, invalidLiteral, "'%s' is not a valid TIMESTAMP literal", e.Value)
	}
	if p.precision > maxFraction {
		return a.refuse(e, "timestamps with more than %d digits of a second", maxFraction)
	}
	if p.zone == "" {
		return timestampTerm(microValue(p.micros), timestampType(p.precision))
	}
	location, zone, ok := loadZone(p.zone)
	if !ok {
		return a.fail(e, invalidLiteral, "'%s' is not a valid TIMESTAMP literal", e.Value)
	}
	return timestampTerm(toInstant(p.micros, location), timestampTZType(p.precision, zone))
}

// toInstant returns the instant of a wall-clock time, given as microseconds in UTC.
func toInstant(wall int64, location *time.Location) microValue {
	t := time.UnixMicro(wall).UTC()
	local := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), location)
	return microValue(local.UnixMicro())
}

// toWall returns the wall-clock time of an instant, as microseconds in UTC.
func toWall(m microValue, location *time.Location) int64 {
	_, offset := time.UnixMicro(int64(m)).In(location).Zone()
	return int64(m) + int64(offset)*1_000_000
}

var timePattern = regexp.MustCompile(`^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?\s*$`)

func (a *analyzer) timeLiteral(e *GenericLiteral) term {
	m := timePattern.FindStringSubmatch(e.Value)
	if m == nil {
		if regexp.MustCompile(`[+-]\d{1,2}:\d{2}\s*$`).MatchString(e.Value) {
			return a.refuse(e, "time with time zone")
		}
		return a.fail(e, invalidLiteral, "'%s' is not a valid TIME literal", e.Value)
	}
	if len(m[4]) > maxFraction {
		return a.refuse(e, "times with more than %d digits of a second", maxFraction)
	}
	h, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	second, _ := strconv.Atoi("0" + m[3])
	if h > 23 || minute > 59 || second > 59 {
		return a.fail(e, invalidLiteral, "'%s' is not a valid TIME literal", e.Value)
	}
	return term{typ: timeType(len(m[4])), sql: fmt.Sprintf("TIME '%02d:%02d:%02d.%s'", h, minute, second, (m[4] + "000000")[:6])}
}

// current analyses CURRENT_DATE and its like: values of the session's one instant.
func (a *analyzer) current(e *Current) term {
	precision := 3
	if e.Precision != nil {
		precision = *e.Precision
	}
	if precision > maxFraction {
		return a.refuse(e, "timestamps with more than %d digits of a second", maxFraction)
	}
	now := a.session.Now.In(a.session.Zone)
	micros := roundMicros(now.UnixMicro(), precision)
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
