package dialect

import (
	"fmt"
	"strings"
	"time"
)

// jodaNumbers are the letters of Joda-Time's patterns that stand for numbers of a field, with the most digits of each.
var jodaNumbers = map[byte]numberElement{
	'd': {field: dayOfMonthField, most: 2}, 'D': {field: dayOfYearField, most: 3}, 'e': {field: dayOfWeekField, most: 1}, 'w': {field: weekField, most: 2},
	'h': {field: clockHourOfHalfField, most: 2}, 'H': {field: hourField, most: 2}, 'k': {field: clockHourField, most: 2}, 'K': {field: hourOfHalfField, most: 2},
	'm': {field: minuteField, most: 2}, 's': {field: secondField, most: 2},
}

// jodaYears are the letters that stand for years.
var jodaYears = map[byte]timeField{'x': weekYearField, 'y': yearField, 'Y': yearOfEraField}

// jodaPivot is the offset of a two-digit year's pivot from the year that runs.
// Printing does not need it; reading replaces it.
const jodaPivot = 30

// parseJodaPattern reads a pattern such as yyyy-MM-dd'T'HH:mm:ss.
func parseJodaPattern(text string) (timePattern, error) {
	if text == "" {
		return nil, fmt.Errorf("%s: Invalid pattern specification", functionArgument)
	}
	tokens := jodaTokens(text)
	var p timePattern
	for i, token := range tokens {
		next := i+1 < len(tokens) && isNumericToken(tokens[i+1])
		element, err := jodaElement(token, next)
		if err != nil {
			return nil, err
		}
		p = append(p, element)
	}
	return p, nil
}

// jodaTokens cuts a pattern into runs of one letter and, after an apostrophe that marks them, literal texts.
func jodaTokens(text string) []string {
	var tokens []string
	for i := 0; i < len(text); {
		if isJodaLetter(text[i]) {
			end := i + 1
			for end < len(text) && text[end] == text[i] {
				end++
			}
			tokens = append(tokens, text[i:end])
			i = end
			continue
		}
		literal, quoted := []byte{'\''}, false
		for ; i < len(text) && (quoted || !isJodaLetter(text[i])); i++ {
			switch {
			case text[i] != '\'':
				literal = append(literal, text[i])
			case i+1 < len(text) && text[i+1] == '\'':
				literal = append(literal, '\'')
				i++
			default:
				quoted = !quoted
			}
		}
		tokens = append(tokens, string(literal))
	}
	return tokens
}

func isJodaLetter(c byte) bool { return c|' ' >= 'a' && c|' ' <= 'z' }

// isNumericToken reports whether a token prints digits, so that a number before it must know its length.
func isNumericToken(token string) bool {
	return strings.IndexByte("cCxyYdhHmsSeDFwWkK", token[0]) >= 0 || token[0] == 'M' && len(token) <= 2
}

// jodaElement gives the element of a token; numeric says that digits follow it.
func jodaElement(token string, numeric bool) (timeElement, error) {
	n := len(token)
	if e, ok := jodaNumbers[token[0]]; ok {
		e.least = n
		e.most = max(e.most, n)
		return e, nil
	}
	if field, ok := jodaYears[token[0]]; ok {
		if n == 2 {
			return twoDigitYear{field: field, lenient: !numeric}, nil
		}
		most := 9
		if numeric {
			most = n
		}
		return numberElement{field, n, max(most, n), field != yearOfEraField}, nil
	}
	switch token[0] {
	case '\'':
		return literalElement(token[1:]), nil
	case 'G':
		return textElement{field: eraField}, nil
	case 'C':
		return numberElement{centuryField, n, n, true}, nil
	case 'M':
		if n >= 3 {
			return textElement{monthField, n == 3}, nil
		}
		return numberElement{monthField, n, 2, false}, nil
	case 'a':
		return textElement{field: halfDayField}, nil
	case 'E':
		return textElement{dayOfWeekField, n < 4}, nil
	case 'S':
		return fractionElement{n, n}, nil
	case 'Z':
		if n >= 3 {
			return zoneElement{}, nil
		}
		return offsetElement{colon: n == 2}, nil
	case 'z':
		return nil, fmt.Errorf("%s: vpcq does not support names of zones, '%s', in patterns yet: 'ZZZ' is the zone's id", notSupported, token)
	}
	return nil, fmt.Errorf("%s: Illegal pattern component: %s", functionArgument, token)
}

// parseJoda reads an instant by a pattern of Joda-Time's, in microseconds, and
// the zone it is in: that written, or the session's. Years of two digits are near
// to the year that runs.
func parseJoda(s, pattern string, thisYear int64, session string) (int64, string, error) {
	cached, err := jodaPatterns.pattern(pattern)
	if err != nil {
		return 0, "", err
	}
	p := make(timePattern, len(cached))
	for i, element := range cached {
		if year, ok := element.(twoDigitYear); ok {
			year.pivot = int(thisYear) - jodaPivot
			element = year
		}
		p[i] = element
	}
	fields, at, err := p.parseWith(s)
	if err != nil {
		return 0, "", err
	}
	return fields.instant(s, at, session)
}

// instant gives the instant of the wall-clock time that the fields make, and its zone.
func (t *timeFields) instant(s string, at time.Time, session string) (int64, string, error) {
	zone := session
	if t.zone != "" {
		zone = t.zone
	}
	location, err := zoneNamed(zone)
	if err != nil {
		return 0, "", err
	}
	instant := instantOf(at.UnixMicro(), location)
	if wallOf(instant, location) != at.UnixMicro() {
		return 0, "", fmt.Errorf("%s: Cannot parse \"%s\": Illegal instant due to time zone offset transition (%s)", functionArgument, s, zone)
	}
	if instant/1000 > farthestMilli || instant/1000 < -farthestMilli {
		return 0, "", fmt.Errorf("%s: Millis overflow: %d", functionArgument, instant/1000)
	}
	return instant, zone, nil
}

// farthestMilli is the last instant that a timestamp with time zone has in Trino, of either sign.
const farthestMilli = 1<<51 - 1
