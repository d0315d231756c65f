package dialect

import (
	"fmt"
	"unicode/utf8"
)

// mysqlPivot is the year from which %y counts: 70 to 99 are 1970 to 1999.
const mysqlPivot = 2020

// mysqlElements are the letters that follow % in a pattern of MySQL's.
var mysqlElements = map[rune]timePattern{
	'a': {textElement{dayOfWeekField, true}}, 'W': {textElement{dayOfWeekField, false}},
	'b': {textElement{monthField, true}}, 'M': {textElement{monthField, false}},
	'c': {numberElement{monthField, 1, 2, false}}, 'm': {numberElement{monthField, 2, 2, false}},
	'd': {numberElement{dayOfMonthField, 2, 2, false}}, 'e': {numberElement{dayOfMonthField, 1, 2, false}},
	'f': {fractionElement{6, 9}},
	'H': {numberElement{hourField, 2, 2, false}}, 'k': {numberElement{hourField, 1, 2, false}},
	'h': {numberElement{clockHourOfHalfField, 2, 2, false}}, 'I': {numberElement{clockHourOfHalfField, 2, 2, false}},
	'l': {numberElement{clockHourOfHalfField, 1, 2, false}},
	'i': {numberElement{minuteField, 2, 2, false}},
	'j': {numberElement{dayOfYearField, 3, 3, false}},
	'p': {textElement{halfDayField, false}},
	'r': {numberElement{clockHourOfHalfField, 2, 2, false}, literalElement(":"), numberElement{minuteField, 2, 2, false}, literalElement(":"),
		numberElement{secondField, 2, 2, false}, literalElement(" "), textElement{halfDayField, false}},
	'S': {numberElement{secondField, 2, 2, false}}, 's': {numberElement{secondField, 2, 2, false}},
	'T': {numberElement{hourField, 2, 2, false}, literalElement(":"), numberElement{minuteField, 2, 2, false}, literalElement(":"), numberElement{secondField, 2, 2, false}},
	'v': {numberElement{weekField, 2, 2, false}}, 'x': {numberElement{weekYearField, 4, 4, true}},
	'Y': {numberElement{yearField, 4, 4, true}}, 'y': {twoDigitYear{yearField, mysqlPivot, false}},
}

// parseMySQLPattern reads a pattern such as %Y-%m-%d. A last % alone is nothing.
func parseMySQLPattern(text string) (timePattern, error) {
	var p timePattern
	escaped := false
	for _, c := range text {
		switch element, ok := mysqlElements[c]; {
		case !escaped && c == '%':
			escaped = true
			continue
		case !escaped:
			p = append(p, literalElement(utf8.AppendRune(nil, c)))
		case ok:
			p = append(p, element...)
		case c == 'w' || c == 'U' || c == 'u' || c == 'V' || c == 'X' || c == 'D':
			return nil, fmt.Errorf("%s: %%%c not supported in date format string", functionArgument, c)
		default:
			p = append(p, literalElement(utf8.AppendRune(nil, c)))
		}
		escaped = false
	}
	if len(p) == 0 {
		return nil, fmt.Errorf("%s: Both printing and parsing not supported", functionArgument)
	}
	return p, nil
}

// parseMySQL reads a wall-clock time by a pattern of MySQL's, in microseconds.
func parseMySQL(s, pattern string) (any, error) {
	p, err := mysqlPatterns.pattern(pattern)
	if err != nil {
		return nil, err
	}
	_, at, err := p.parseWith(s)
	return at.UnixMicro(), err
}
