package partitions

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// dateFormat is a pattern of Java's DateTimeFormatter, as far as dates in keys
// need it: numbers of a certain width, names of months, and text between them.
type dateFormat []dateField

// dateField is one part of a format: text that stands for itself, or a number.
type dateField struct {
	letter byte // of the pattern: y M d H m s S; 0: text
	width  int  // how often the letter stands
	text   string
}

// dateLetters are the letters of patterns, the coarsest first, with the unit
// that they count. u is another y (year of era and year are the same from 1 on).
var dateLetters = []struct {
	letter   byte
	unit     string
	maxWidth int
}{
	{'y', "YEAR", 4}, {'M', "MONTH", 4}, {'d', "DAY", 2}, {'H', "HOUR", 2}, {'m', "MINUTE", 2}, {'s', "SECOND", 2}, {'S', "MILLI", 3},
}

// parseDateFormat reads a pattern.
func parseDateFormat(pattern string) (dateFormat, error) {
	var f dateFormat
	for i := 0; i < len(pattern); {
		c := pattern[i]
		switch {
		case c == '\'':
			text, length, ok := quotedText(pattern[i:])
			if !ok {
				return nil, fmt.Errorf("its quote is not closed")
			}
			f = append(f, dateField{text: text})
			i += length
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			width := len(pattern[i:]) - len(strings.TrimLeft(pattern[i:], string(c)))
			field, err := newDateField(c, width)
			if err != nil {
				return nil, err
			}
			f = append(f, field)
			i += width
		case strings.IndexByte("[]{}#", c) >= 0:
			return nil, fmt.Errorf("vpcq does not support %q in formats of dates", c)
		default:
			f = append(f, dateField{text: pattern[i : i+1]})
			i++
		}
	}
	if f.finest().name == "" {
		return nil, fmt.Errorf("it tells no part of a date")
	}
	return f, nil
}

// quotedText reads '…' at the beginning of a pattern; two quotes stand for one.
func quotedText(pattern string) (text string, length int, ok bool) {
	for i := 1; i < len(pattern); i++ {
		switch {
		case pattern[i] != '\'':
			text += pattern[i : i+1]
		case i+1 < len(pattern) && pattern[i+1] == '\'':
			text += "'"
			i++
		case i == 1:
			return "'", 2, true
		default:
			return text, i + 1, true
		}
	}
	return "", 0, false
}

func newDateField(c byte, width int) (dateField, error) {
	if c == 'u' {
		c = 'y'
	}
	for _, l := range dateLetters {
		if l.letter == c && width <= l.maxWidth && (c != 'y' || width == 4 || width == 2) {
			return dateField{letter: c, width: width}, nil
		}
	}
	return dateField{}, fmt.Errorf("vpcq does not support %q in formats of dates", strings.Repeat(string(c), width))
}

// spell writes a time.
func (f dateFormat) spell(t time.Time) string {
	var b []byte
	for _, field := range f {
		b = field.append(b, t)
	}
	return string(b)
}

func (d dateField) append(b []byte, t time.Time) []byte {
	switch d.letter {
	case 0:
		return append(b, d.text...)
	case 'M':
		if d.width == 4 {
			return append(b, t.Month().String()...)
		}
		if d.width == 3 {
			return append(b, t.Month().String()[:3]...)
		}
	}
	return fmt.Appendf(b, "%0*d", d.width, d.number(t))
}

// number is what the field tells of a time.
func (d dateField) number(t time.Time) int {
	switch d.letter {
	case 'y':
		if d.width == 2 {
			return t.Year() % 100
		}
		return t.Year()
	case 'M':
		return int(t.Month())
	case 'd':
		return t.Day()
	case 'H':
		return t.Hour()
	case 'm':
		return t.Minute()
	case 's':
		return t.Second()
	}
	divisor := 1_000_000_000
	for range d.width {
		divisor /= 10
	}
	return t.Nanosecond() / divisor
}

// parse reads a time spelt in the format; what the format does not tell is the
// least there is.
func (f dateFormat) parse(text string) (time.Time, bool) {
	at := map[byte]int{'y': 1970, 'M': 1, 'd': 1}
	for _, field := range f {
		n, length, ok := field.parse(text)
		if !ok {
			return time.Time{}, false
		}
		if field.letter != 0 {
			at[field.letter] = n
		}
		text = text[length:]
	}
	t := time.Date(at['y'], time.Month(at['M']), at['d'], at['H'], at['m'], at['s'], at['S'], time.UTC)
	whole := t.Month() == time.Month(at['M']) && t.Day() == at['d'] && t.Hour() == at['H'] && t.Minute() == at['m'] && t.Second() == at['s']
	return t, text == "" && whole
}

// parse reads the field at the beginning of text.
func (d dateField) parse(text string) (n, length int, ok bool) {
	if d.letter == 0 {
		return 0, len(d.text), strings.HasPrefix(text, d.text)
	}
	if d.letter == 'M' && d.width > 2 {
		for month := time.January; month <= time.December; month++ {
			if name := string(d.append(nil, time.Date(1970, month, 1, 0, 0, 0, 0, time.UTC))); strings.HasPrefix(text, name) {
				return int(month), len(name), true
			}
		}
		return 0, 0, false
	}
	length = d.width
	if d.width == 1 && len(text) > 1 && digits(text[:2]) {
		length = 2
	}
	if len(text) < length || !digits(text[:length]) {
		return 0, 0, false
	}
	n, _ = strconv.Atoi(text[:length])
	switch {
	case d.letter == 'y' && d.width == 2:
		n += 2000
	case d.letter == 'S':
		for range 9 - d.width {
			n *= 10
		}
	}
	return n, length, true
}

// finest is the shortest unit that the format tells.
func (f dateFormat) finest() (finest timeUnit) {
	for _, l := range dateLetters {
		if f.has(l.letter) {
			finest, _ = unitNamed(l.unit)
		}
	}
	return finest
}

func (f dateFormat) has(letter byte) bool {
	for _, field := range f {
		if field.letter == letter {
			return true
		}
	}
	return false
}

// sorts reports whether later times are spelt as greater strings: numbers of a
// fixed width, from the year on, the coarser ones first and none left out.
func (f dateFormat) sorts() bool {
	next := 0
	for _, field := range f {
		if field.letter == 0 {
			continue
		}
		fixed := field.width >= 2 && !(field.letter == 'M' && field.width > 2) && !(field.letter == 'y' && field.width != 4)
		if !fixed || next == len(dateLetters) || dateLetters[next].letter != field.letter {
			return false
		}
		next++
	}
	return true
}
