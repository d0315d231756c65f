package dialect

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// timeElement is a part of a pattern: it prints a time, and reads one back.
type timeElement interface {
	// print appends the element of a wall-clock time.
	print(b []byte, at time.Time, zone zoneShown) ([]byte, error)

	// parse reads the element at s[at:] and returns where it ends; ok is false
	// where s does not have it, and then end is where it went wrong.
	parse(s string, at int, into *timeFields) (end int, ok bool)
}

// zoneShown is the zone that patterns print: its offset in seconds, and its name.
type zoneShown struct {
	offset int64
	name   string
}

// timePattern is a pattern in one of the languages, Joda's or MySQL's.
type timePattern []timeElement

// patternCache holds the parsed patterns of a language by their texts.
type patternCache struct {
	parse  func(string) (timePattern, error)
	parsed sync.Map
}

var (
	mysqlPatterns = &patternCache{parse: parseMySQLPattern}
	jodaPatterns  = &patternCache{parse: parseJodaPattern}
)

func (c *patternCache) pattern(text string) (timePattern, error) {
	if known, ok := c.parsed.Load(text); ok {
		return known.(timePattern), nil
	}
	p, err := c.parse(text)
	if err == nil {
		c.parsed.Store(text, p)
	}
	return p, err
}

// printPattern prints a wall-clock time in microseconds, of which patterns see the milliseconds.
func printPattern(c *patternCache, micros int64, pattern string, zone zoneShown) (any, error) {
	p, err := c.pattern(pattern)
	if err != nil {
		return nil, err
	}
	at := time.UnixMicro(micros).UTC()
	var b []byte
	for _, element := range p {
		if b, err = element.print(b, at, zone); err != nil {
			return nil, err
		}
	}
	return string(b), nil
}

// parseWith reads the whole of a text by the pattern.
func (p timePattern) parseWith(s string) (*timeFields, time.Time, error) {
	fields := &timeFields{}
	at, ok := 0, true
	for _, element := range p {
		if at, ok = element.parse(s, at, fields); !ok {
			return nil, time.Time{}, badFormat(s, at)
		}
	}
	if at < len(s) {
		return nil, time.Time{}, badFormat(s, at)
	}
	t, err := fields.time()
	if err != nil {
		return nil, t, fmt.Errorf("%s: Cannot parse \"%s\": %w", functionArgument, s, err)
	}
	return fields, t, nil
}

// badFormat is Joda-Time's message for a text that goes wrong at a place.
func badFormat(s string, at int) error {
	shown := s
	if len(s) > at+35 {
		shown = s[:at+32] + "..."
	}
	switch {
	case at <= 0:
		return fmt.Errorf("%s: Invalid format: \"%s\"", functionArgument, shown)
	case at >= len(s):
		return fmt.Errorf("%s: Invalid format: \"%s\" is too short", functionArgument, shown)
	}
	return fmt.Errorf("%s: Invalid format: \"%s\" is malformed at \"%s\"", functionArgument, shown, shown[at:])
}

// literalElement is text that stands for itself, in upper or lower case.
type literalElement string

func (e literalElement) print(b []byte, _ time.Time, _ zoneShown) ([]byte, error) {
	return append(b, e...), nil
}

func (e literalElement) parse(s string, at int, _ *timeFields) (int, bool) {
	end := at + len(e)
	if end > len(s) || !strings.EqualFold(s[at:end], string(e)) {
		return at, false
	}
	return end, true
}

// numberElement is a field in digits.
type numberElement struct {
	field       timeField
	least, most int // digits to print at least, and to read at most
	signed      bool
}

func (e numberElement) print(b []byte, at time.Time, _ zoneShown) ([]byte, error) {
	value := e.field.value(at)
	if value < 0 {
		b, value = append(b, '-'), -value
	}
	return appendDigits(b, int64(value), e.least), nil
}

func (e numberElement) parse(s string, at int, into *timeFields) (int, bool) {
	most := e.most
	start := at
	if e.signed && at+1 < len(s) && (s[at] == '-' || s[at] == '+') && isDigit(s[at+1]) {
		start++
	}
	end := start
	for end < len(s) && end-start < most && isDigit(s[end]) {
		end++
	}
	value, err := strconv.Atoi(s[start:end])
	if err != nil {
		return at, false
	}
	if s[at] == '-' {
		value = -value
	}
	into.save(e.field, value)
	return end, true
}

// twoDigitYear is the last two digits of a year, which is read as one of the
// hundred that begin 50 before the pivot.
type twoDigitYear struct {
	field   timeField
	pivot   int
	lenient bool // other numbers than of two digits are read as they are
}

func (e twoDigitYear) print(b []byte, at time.Time, _ zoneShown) ([]byte, error) {
	year := e.field.value(at)
	return appendDigits(b, int64(max(year, -year)%100), 2), nil
}

func (e twoDigitYear) parse(s string, at int, into *timeFields) (int, bool) {
	if e.lenient {
		fields := &timeFields{}
		end, ok := numberElement{e.field, 1, 9, true}.parse(s, at, fields)
		if !ok || end-at != 2 || !isDigit(s[at]) {
			into.saved = append(into.saved, fields.saved...)
			return end, ok
		}
	}
	if at+2 > len(s) || !isDigit(s[at]) || !isDigit(s[at+1]) {
		return at, false
	}
	first := e.pivot - 50
	year, _ := strconv.Atoi(s[at : at+2])
	if year < first%100 {
		year += 100
	}
	into.save(e.field, year+first-first%100)
	return at + 2, true
}

// fractionElement is the fraction of a second.
type fractionElement struct{ least, most int }

func (e fractionElement) print(b []byte, at time.Time, _ zoneShown) ([]byte, error) {
	digits := fmt.Sprintf("%03d", milliField.value(at)) + strings.Repeat("0", max(0, e.most-3))
	digits = digits[:e.most]
	for len(digits) > e.least && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	return append(b, digits...), nil
}

func (e fractionElement) parse(s string, at int, into *timeFields) (int, bool) {
	end := at
	for end < len(s) && end-at < e.most && isDigit(s[end]) {
		end++
	}
	if end == at {
		return at, false
	}
	millis, _ := strconv.Atoi((s[at:end] + "000")[:3])
	into.save(milliField, millis)
	return end, true
}

// textElement is a field in English words.
type textElement struct {
	field timeField
	short bool
}

// fieldWords are the words of the fields that have some, by the value less the least.
var fieldWords = map[timeField][]string{
	eraField:       {"BC", "AD"},
	halfDayField:   {"AM", "PM"},
	monthField:     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	dayOfWeekField: {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"},
}

func (e textElement) print(b []byte, at time.Time, _ zoneShown) ([]byte, error) {
	least, _ := e.field.limits(at)
	word := fieldWords[e.field][e.field.value(at)-least]
	if e.short && len(word) > 3 {
		word = word[:3]
	}
	return append(b, word...), nil
}

func (e textElement) parse(s string, at int, into *timeFields) (int, bool) {
	least, _ := e.field.limits(time.Unix(0, 0).UTC())
	end, value := at, 0
	for i, word := range fieldWords[e.field] {
		for _, w := range []string{word, word[:min(3, len(word))]} {
			if rest := s[at:]; len(w) > end-at && (strings.HasPrefix(rest, w) || strings.HasPrefix(rest, strings.ToLower(w)) || strings.HasPrefix(rest, strings.ToUpper(w))) {
				end, value = at+len(w), least+i
			}
		}
	}
	if end > at {
		into.save(e.field, value)
	}
	return end, end > at
}

// offsetElement is the offset of a zone: +0530, or +05:30; Z is read as zero.
type offsetElement struct{ colon bool }

func (e offsetElement) print(b []byte, _ time.Time, zone zoneShown) ([]byte, error) {
	sign, offset := byte('+'), zone.offset
	if offset < 0 {
		sign, offset = '-', -offset
	}
	b = appendDigits(append(b, sign), offset/3600, 2)
	if e.colon {
		b = append(b, ':')
	}
	return appendDigits(b, offset/60%60, 2), nil
}

func (e offsetElement) parse(s string, at int, into *timeFields) (int, bool) {
	rest := s[at:]
	if rest != "" && rest[0]|' ' == 'z' {
		into.zone = utcZone
		return at + 1, true
	}
	m := writtenOffset.FindStringSubmatch(rest)
	if m == nil {
		return at, false
	}
	_, zone, ok := loadZone(m[1] + ":" + (m[2] + m[3] + "00")[:2])
	if !ok {
		return at, false
	}
	into.zone = zone
	return at + len(m[0]), true
}

// zoneElement is the name of a zone.
type zoneElement struct{}

func (zoneElement) print(b []byte, _ time.Time, zone zoneShown) ([]byte, error) {
	return append(b, zone.name...), nil
}

func (zoneElement) parse(s string, at int, into *timeFields) (int, bool) {
	end := at
	for end < len(s) && (isDigit(s[end]) || s[end]|' ' >= 'a' && s[end]|' ' <= 'z' || strings.IndexByte("/_+-:", s[end]) >= 0) {
		end++
	}
	for ; end > at; end-- {
		if _, zone, ok := loadZone(s[at:end]); ok {
			into.zone = zone
			return end, true
		}
	}
	return at, false
}
