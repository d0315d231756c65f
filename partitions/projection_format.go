package partitions

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dateFormat is a format of Java's DateTimeFormatter, for dates and times of the
// years 1 to 9999 in UTC.
type dateFormat struct {
	fields []dateField
	finest precision
}

// dateField is a part of a format: a text, or a part of the date in so many letters.
type dateField struct {
	text   string // where of is none
	of     precision
	letter byte
	count  int
}

// precision is a part of a date, the coarsest first.
type precision int

const (
	none precision = iota
	years
	months
	days
	hours
	minutes
	seconds
	fractions
)

// dateLetters are the letters that are taken: which part of a date they write,
// and how many of them may stand together (java.time.format.DateTimeFormatter).
// The others, which tell the hour of a half day, the week or a zone, are refused.
var dateLetters = map[byte]struct {
	of     precision
	counts []int
}{
	'y': {years, []int{1, 2, 4}},
	'u': {years, []int{1, 2, 4}},
	'M': {months, []int{1, 2, 3, 4}}, // 3 and 4: the month's English name
	'L': {months, []int{1, 2}},
	'd': {days, []int{1, 2}},
	'H': {hours, []int{1, 2}},
	'm': {minutes, []int{1, 2}},
	's': {seconds, []int{1, 2}},
	'S': {fractions, []int{1, 2, 3, 4, 5, 6, 7, 8, 9}},
}

// readDateFormat reads a format. It must tell the year, and no part of the date
// without all coarser ones.
func readDateFormat(pattern string) (dateFormat, error) {
	var f dateFormat
	for rest := pattern; rest != ""; {
		field, length, err := readDateField(rest)
		if err != nil {
			return f, err
		}
		f.fields = append(f.fields, field)
		f.finest = max(f.finest, field.of)
		rest = rest[length:]
	}
	for p := years; p <= max(f.finest, years); p++ {
		if !slices.ContainsFunc(f.fields, func(field dateField) bool { return field.of == p }) {
			return f, fmt.Errorf("it does not tell the %s", precisionNames[p])
		}
	}
	return f, f.ambiguity()
}

var precisionNames = [...]string{years: "year", months: "month", days: "day", hours: "hour", minutes: "minute", seconds: "second", fractions: "fraction of a second"}

// ambiguity is the error of numbers of any length that others follow directly.
func (f dateFormat) ambiguity() error {
	for i, field := range f.fields[1:] {
		if before := f.fields[i]; before.isNumber() && before.count == 1 && before.of != fractions && field.isNumber() {
			return fmt.Errorf("it does not tell where %q ends", before.letter)
		}
	}
	return nil
}

// isNumber reports whether the field is written in digits.
func (f dateField) isNumber() bool { return f.of != none && (f.of != months || f.count <= 2) }

// isFixed reports whether the field is a number of always as many digits.
func (f dateField) isFixed() bool { return f.isNumber() && (f.count > 1 || f.of == fractions) }

// readDateField reads the field that a pattern begins with, and its length there.
func readDateField(pattern string) (field dateField, length int, err error) {
	c := pattern[0]
	switch {
	case c == '\'':
		return readQuoted(pattern)
	case strings.IndexByte("[]{}#", c) >= 0:
		return field, 0, fmt.Errorf("vpcq does not support %q in formats of dates", c)
	case c|0x20 < 'a' || c|0x20 > 'z':
		return dateField{text: pattern[:1]}, 1, nil
	}
	length = len(pattern) - len(strings.TrimLeft(pattern, string(c)))
	letter, ok := dateLetters[c]
	if !ok || !slices.Contains(letter.counts, length) {
		return field, 0, fmt.Errorf("vpcq does not support %q in formats of dates", pattern[:length])
	}
	return dateField{of: letter.of, letter: c, count: length}, length, nil
}

// readQuoted reads a text between quotes, in which two quotes are one; outside of
// others two quotes are one, too.
func readQuoted(pattern string) (field dateField, length int, err error) {
	if strings.HasPrefix(pattern, "''") {
		return dateField{text: "'"}, 2, nil
	}
	for at := 1; at < len(pattern); at++ {
		switch {
		case pattern[at] != '\'':
		case strings.HasPrefix(pattern[at:], "''"):
			at++
		default:
			return dateField{text: strings.ReplaceAll(pattern[1:at], "''", "'")}, at + 1, nil
		}
	}
	return field, 0, errors.New("its quote is not closed")
}

// write writes an instant.
func (f dateFormat) write(t time.Time) string {
	var b []byte
	for _, field := range f.fields {
		b = field.append(b, t)
	}
	return string(b)
}

func (f dateField) append(b []byte, t time.Time) []byte {
	switch {
	case f.of == none:
		return append(b, f.text...)
	case f.of == months && f.count == 3:
		return append(b, t.Month().String()[:3]...)
	case f.of == months && f.count == 4:
		return append(b, t.Month().String()...)
	case f.of == fractions:
		return fmt.Appendf(b, "%09d", t.Nanosecond())[:len(b)+f.count]
	}
	n := partOf(t, f.of)
	if f.of == years && f.count == 2 {
		n %= 100
	}
	return fmt.Appendf(b, "%0*d", f.count, n)
}

// partOf is a part of a date as a number.
func partOf(t time.Time, p precision) int {
	switch p {
	case years:
		return t.Year()
	case months:
		return int(t.Month())
	case days:
		return t.Day()
	case hours:
		return t.Hour()
	case minutes:
		return t.Minute()
	case seconds:
		return t.Second()
	}
	return t.Nanosecond()
}

// read reads what write writes: the first instant that is written so. Unlike
// Java's it takes no 30th of February for the 28th.
func (f dateFormat) read(text string) (time.Time, error) {
	parts := [...]int{years: 1, months: 1, days: 1, fractions: 0}
	rest := text
	for _, field := range f.fields {
		n, length, ok := field.read(rest)
		if !ok {
			return time.Time{}, fmt.Errorf("text '%s' could not be parsed at index %d", text, len(text)-len(rest))
		}
		if field.of != none {
			parts[field.of] = n
		}
		rest = rest[length:]
	}
	t := time.Date(parts[years], time.Month(parts[months]), parts[days], parts[hours], parts[minutes], parts[seconds], parts[fractions], time.UTC)
	if rest != "" || parts[years] == 0 || f.write(t) != text {
		return time.Time{}, fmt.Errorf("text '%s' could not be parsed", text)
	}
	return t, nil
}

// read reads the field that a text begins with, and its length there.
func (f dateField) read(text string) (n, length int, ok bool) {
	switch {
	case f.of == none:
		return 0, len(f.text), strings.HasPrefix(text, f.text)
	case !f.isNumber():
		for m := time.January; m <= time.December; m++ {
			if name := string(f.append(nil, time.Date(1, m, 1, 0, 0, 0, 0, time.UTC))); strings.HasPrefix(text, name) {
				return int(m), len(name), true
			}
		}
		return 0, 0, false
	}
	length = len(text) - len(strings.TrimLeft(text, "0123456789"))
	if f.isFixed() {
		length = min(length, f.count)
	}
	n, err := strconv.Atoi(text[:length])
	if err != nil || f.isFixed() && length < f.count {
		return 0, 0, false
	}
	switch {
	case f.of == years && f.count == 2:
		n += 2000
	case f.of == fractions:
		n, _ = strconv.Atoi((text[:length] + "00000000")[:9])
	}
	return n, length, true
}

// cut is the first instant that is written as t is.
func (f dateFormat) cut(t time.Time) time.Time {
	parts := [...]int{years: 1, months: 1, days: 1, fractions: 0}
	for p := years; p <= f.finest; p++ {
		parts[p] = partOf(t, p)
	}
	return time.Date(parts[years], time.Month(parts[months]), parts[days], parts[hours], parts[minutes], parts[seconds], parts[fractions], time.UTC)
}

// sorts reports whether the texts of the instants a to b are in their order: all
// parts of a date from the coarsest one on in which the two differ are numbers of
// fixed length, and each stands first behind the coarser ones.
func (f dateFormat) sorts(a, b time.Time) bool {
	from := years
	for from < fractions && partOf(a, from) == partOf(b, from) {
		from++
	}
	next := from
	for _, field := range f.fields {
		switch {
		case field.of < from:
		case !field.isFixed(), field.of > next:
			return false
		case field.of == next:
			next++
		}
	}
	return true
}
