package dialect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The parts of ISO 8601 as Joda-Time reads them: a date by year, month and day,
// by week, or by the day of the year; then a time and an offset.
var (
	isoDate = []struct {
		pattern *regexp.Regexp
		fields  []timeField
	}{
		{regexp.MustCompile(`^([+-]?\d{1,9})(?:-(\d{1,2})(?:-(\d{1,2}))?)?`), []timeField{yearField, monthField, dayOfMonthField}},
		{regexp.MustCompile(`^([+-]?\d{1,9})-[wW](\d{1,2})(?:-(\d))?`), []timeField{weekYearField, weekField, dayOfWeekField}},
		{regexp.MustCompile(`^([+-]?\d{1,9})-(\d{1,3})`), []timeField{yearField, dayOfYearField}},
	}
	isoTime       = regexp.MustCompile(`^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2}))?)?(?:[.,](\d{1,9}))?`)
	writtenOffset = regexp.MustCompile(`^([+-]\d\d)(?::(\d\d)|(\d\d))?`)
)

// readISODate reads the longest date at the front of s.
func readISODate(s string, into *timeFields) (end int) {
	best := 0
	var groups []string
	for i, form := range isoDate {
		if m := form.pattern.FindStringSubmatch(s); m != nil && len(m[0]) > end {
			best, groups, end = i, m, len(m[0])
		}
	}
	for i, field := range isoDate[best].fields {
		if end > 0 && groups[i+1] != "" {
			value, _ := strconv.Atoi(groups[i+1])
			into.save(field, value)
		}
	}
	return end
}

// readISOTime reads a time at the front of s; a fraction is of the last unit there is.
func readISOTime(s string, into *timeFields) (end int) {
	m := isoTime.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	size := 24 * 60 * 60 * 1000
	for i, field := range []timeField{hourField, minuteField, secondField} {
		if m[i+1] == "" {
			break
		}
		value, _ := strconv.Atoi(m[i+1])
		into.save(field, value)
		size /= []int{24, 60, 60}[i]
	}
	if m[4] != "" {
		digits, _ := strconv.Atoi((m[4] + "00000000")[:9])
		millis := digits * size / 1_000_000_000
		for _, part := range []struct {
			field timeField
			size  int
		}{{minuteField, 60_000}, {secondField, 1000}, {milliField, 1}} {
			if size > part.size {
				into.save(part.field, millis/part.size)
				millis %= part.size
			}
		}
	}
	return len(m[0])
}

// parseISODate reads a date, in days.
func parseISODate(s string) (any, error) {
	fields := &timeFields{}
	if end := readISODate(s, fields); end < len(s) || end == 0 {
		return nil, badFormat(s, end)
	}
	at, err := fields.time()
	if err != nil {
		return nil, fmt.Errorf("%s: Cannot parse \"%s\": %w", functionArgument, s, err)
	}
	return int32(floorDiv(at.Unix(), 24*60*60)), nil
}

// parseISOTimestamp reads an instant, in microseconds to whole milliseconds, and its zone.
func parseISOTimestamp(s, session string) (int64, string, error) {
	fields, at, err := parseISO(s)
	if err != nil {
		return 0, "", err
	}
	return fields.instant(s, at, session)
}

func parseISO(s string) (*timeFields, time.Time, error) {
	fields := &timeFields{}
	end := readISODate(s, fields)
	if end < len(s) && strings.EqualFold(s[end:end+1], "T") {
		timed := readISOTime(s[end+1:], fields)
		if end == 0 && timed == 0 {
			return nil, time.Time{}, badFormat(s, 1)
		}
		end += 1 + timed
		if after, ok := (offsetElement{}).parse(s, end, fields); ok {
			end = after
		}
	}
	if end < len(s) || end == 0 {
		return nil, time.Time{}, badFormat(s, end)
	}
	at, err := fields.time()
	if err != nil {
		return nil, at, fmt.Errorf("%s: Cannot parse \"%s\": %w", functionArgument, s, err)
	}
	return fields, at, nil
}
