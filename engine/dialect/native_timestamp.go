package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// appendDay appends the date of a time. Of years beyond 9999 Java's classes
// write the sign, Joda-Time's do not.
func appendDay(b []byte, at time.Time, signed bool) []byte {
	year := at.Year()
	switch {
	case year < 0:
		b, year = append(b, '-'), -year
	case year > 9999 && signed:
		b = append(b, '+')
	}
	b = appendDigits(b, int64(year), 4)
	b = appendDigits(append(b, '-'), int64(at.Month()), 2)
	return appendDigits(append(b, '-'), int64(at.Day()), 2)
}

// appendDigits appends a number that is not negative with at least so many digits.
func appendDigits(b []byte, n int64, least int) []byte {
	for limit := int64(10); least > 1; least-- {
		if n < limit {
			b = append(b, "0000000000000"[:least-1]...)
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(b, n, 10)
}

// timestampText prints a wall-clock time, in microseconds, with so many digits of a second.
func timestampText(micros int64, separator byte, precision int) string {
	at := time.UnixMicro(micros).UTC()
	b := append(appendDay(make([]byte, 0, 32), at, true), separator)
	b = at.AppendFormat(b, time.TimeOnly)
	if precision > 0 {
		b = appendDigits(append(b, '.'), int64(at.Nanosecond()/1000), maxFraction)
		b = b[:len(b)-maxFraction+precision]
	}
	return string(b)
}

// offsetText prints an offset from UTC, in seconds, as Java does: Z, +05:30, or
// with the seconds that zones had before there was a standard time.
func offsetText(seconds int64) string {
	if seconds == 0 {
		return "Z"
	}
	b := []byte("+")
	if seconds < 0 {
		b[0], seconds = '-', -seconds
	}
	b = appendDigits(b, seconds/3600, 2)
	b = appendDigits(append(b, ':'), seconds/60%60, 2)
	if seconds%60 != 0 {
		b = appendDigits(append(b, ':'), seconds%60, 2)
	}
	return string(b)
}

func dateOfText(s string) (any, error) {
	day, ok := parseDay(strings.Trim(s, javaSpace))
	if !ok {
		return nil, fmt.Errorf("%s: Value cannot be cast to date: %s", invalidCast, s)
	}
	return int32(day), nil
}

// timeOfText reads a time, in microseconds; a zone after it is dropped.
func timeOfText(s string, precision int) (any, error) {
	p, ok := parseClock(strings.Trim(s, javaSpace))
	if !ok {
		return nil, fmt.Errorf("%s: Value cannot be cast to time: %s", invalidCast, s)
	}
	return p.round(precision) % microsPerDay, nil
}

// timestampOfText reads a timestamp, in microseconds; a zone after it is dropped.
func timestampOfText(s string, precision int) (any, error) {
	p, ok := parseTimestamp(strings.Trim(s, javaSpace))
	if _, _, known := loadZone(p.zone); !ok || p.zone != "" && !known {
		return nil, fmt.Errorf("%s: Value cannot be cast to timestamp: %s", invalidCast, s)
	}
	return p.round(precision), nil
}

// instantOfText reads a timestamp in a zone, the session's where none is written,
// which must be the one wanted.
func instantOfText(s string, precision int, session, want string) (any, error) {
	p, ok := parseTimestamp(strings.Trim(s, javaSpace))
	zone := session
	if p.zone != "" {
		zone = p.zone
	}
	location, zone, known := loadZone(zone)
	if !ok || !known {
		return nil, fmt.Errorf("%s: Value cannot be cast to timestamp: %s", invalidCast, s)
	}
	return inZone(want)(instantOf(p.round(precision), location), zone, nil)
}

// javaSpace is what Trino's casts drop around a text.
const javaSpace = " \t\n\v\f\r\x1c\x1d\x1e\x1f\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
