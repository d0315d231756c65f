package dialect

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// formatSpecifier is what java.util.Formatter reads after a %:
// [argument$][flags][width][.precision][t]conversion.
var formatSpecifier = regexp.MustCompile(`^%(\d+\$)?([-#+ 0,(<]*)(\d+)?(\.\d+)?([tT])?([a-zA-Z%])`)

// specifier is one place in a pattern where a value goes.
type specifier struct {
	text             string
	flags            string
	width, precision int // -1 for none
	conversion       byte
	upper            bool // the conversion is a capital
	date             byte // the letter after t, else 0
}

func (s specifier) has(flag byte) bool { return strings.IndexByte(s.flags, flag) >= 0 }

// formatted is Java's String.format. The values are texts that begin with a
// letter for their type, as formatArgument writes them.
func formatted(args []any) (any, error) {
	pattern, ok := args[0].(string)
	if !ok {
		return nil, nil
	}
	var b strings.Builder
	next, last := 1, 0
	for i := 0; i < len(pattern); {
		if pattern[i] != '%' {
			b.WriteByte(pattern[i])
			i++
			continue
		}
		m := formatSpecifier.FindStringSubmatch(pattern[i:])
		if m == nil {
			return nil, formatFault(pattern, "UnknownFormatConversion: Conversion = '%'")
		}
		i += len(m[0])
		s := newSpecifier(m)
		if s.width > mostPrinted || s.precision > mostPrinted {
			return nil, formatFault(pattern, fmt.Sprintf("vpcq prints at most %d characters of a number", mostPrinted))
		}
		if s.conversion == '%' || s.conversion == 'n' {
			b.WriteString(s.padded(map[byte]string{'%': "%", 'n': "\n"}[s.conversion]))
			continue
		}
		switch {
		case s.has('<'):
		case m[1] != "":
			last, _ = strconv.Atoi(strings.TrimSuffix(m[1], "$"))
		default:
			last = next
			next++
		}
		if last < 1 || last >= len(args) {
			return nil, formatFault(pattern, "MissingFormatArgument: Format specifier '"+s.text+"'")
		}
		text, err := s.print(pattern, args[last])
		if err != nil {
			return nil, err
		}
		b.WriteString(text)
	}
	return b.String(), nil
}

// mostPrinted bounds widths and precisions, far above the digits that a number has.
const mostPrinted = 100_000

func newSpecifier(m []string) specifier {
	number := func(text string) int {
		if text == "" {
			return -1
		}
		n, err := strconv.Atoi(text)
		if err != nil || n > mostPrinted {
			return mostPrinted + 1
		}
		return n
	}
	s := specifier{text: m[0], flags: m[2], width: number(m[3]), precision: number(strings.TrimPrefix(m[4], ".")), conversion: m[6][0]}
	if m[5] != "" {
		s.upper, s.date, s.conversion = m[5] == "T", s.conversion, 't'
	} else if s.conversion >= 'A' && s.conversion <= 'Z' {
		s.upper, s.conversion = true, s.conversion-'A'+'a'
	}
	return s
}

func formatFault(pattern, why string) error {
	return argumentFault("Invalid format string: %s (%s)", pattern, why)
}

// conversions are the flags that each conversion takes.
var conversions = map[byte]string{'s': "-<", 'b': "-<", 'd': "-+ 0,(<", 'x': "-#0<", 'o': "-#0<", 'f': "-+ 0,(<", 'e': "-+ 0(<", 't': "-<"}

// print prints one value.
func (s specifier) print(pattern string, value any) (string, error) {
	flags, known := conversions[s.conversion]
	if !known || strings.Trim(s.flags, flags) != "" || s.conversion == 'd' && s.upper || s.conversion == 'f' && s.upper {
		if strings.IndexByte("acgh", s.conversion) >= 0 || s.has('#') {
			return "", fmt.Errorf("%s: vpcq does not support '%s' in format yet", notSupported, s.text)
		}
		return "", formatFault(pattern, "UnknownFormatConversion: Conversion = '"+s.text[len(s.text)-1:]+"'")
	}
	if s.width < 0 && (s.has('-') || s.has('0')) {
		return "", formatFault(pattern, "MissingFormatWidth: "+s.text)
	}
	if s.has('-') && s.has('0') || s.has('+') && s.has(' ') {
		return "", formatFault(pattern, "IllegalFormatFlags: Flags = '"+s.flags+"'")
	}
	typed, ok := value.(string)
	if !ok {
		return s.printText(map[bool]string{true: "false", false: "null"}[s.conversion == 'b']), nil
	}
	kind, text := typed[0], typed[1:]
	switch s.conversion {
	case 's':
		return s.printText(javaText(kind, text)), nil
	case 'b':
		return s.printText(map[bool]string{true: text, false: "true"}[kind == 'b']), nil
	case 'd', 'x', 'o':
		if kind == 'i' && s.precision < 0 {
			return s.printInteger(text), nil
		}
	case 'f', 'e':
		if kind == 'd' || kind == 'f' || kind == 'r' {
			return s.printFraction(kind, text), nil
		}
	case 't':
		return s.printTime(pattern, kind, text)
	}
	return "", formatFault(pattern, fmt.Sprintf("IllegalFormatConversion: %c != %s", s.conversion, javaClasses[kind]))
}

// javaClasses are what Trino passes to Java for the kinds of values.
var javaClasses = map[byte]string{
	'i': "java.lang.Long", 'd': "java.math.BigDecimal", 'f': "java.lang.Double", 'r': "java.lang.Float", 's': "java.lang.String", 'b': "java.lang.Boolean",
	'D': "java.time.LocalDate", 't': "java.time.LocalDateTime", 'T': "java.time.LocalTime", 'z': "java.time.ZonedDateTime",
}

// printText prints a text, cut to the precision.
func (s specifier) printText(text string) string {
	if s.precision >= 0 && utf8.RuneCountInString(text) > s.precision {
		text = string([]rune(text)[:s.precision])
	}
	if s.upper {
		text = strings.ToUpper(text)
	}
	return s.padded(text)
}

// padded fills up to the width with spaces.
func (s specifier) padded(text string) string {
	missing := s.width - utf8.RuneCountInString(text)
	if missing <= 0 {
		return text
	}
	if s.has('-') {
		return text + strings.Repeat(" ", missing)
	}
	return strings.Repeat(" ", missing) + text
}

func (s specifier) printInteger(text string) string {
	if s.conversion == 'd' {
		return s.signed(strings.HasPrefix(text, "-"), strings.TrimPrefix(text, "-"))
	}
	n, _ := strconv.ParseInt(text, 10, 64)
	base, prefix := 16, "0x"
	if s.conversion == 'o' {
		base, prefix = 8, "0"
	}
	digits := strconv.FormatUint(uint64(n), base)
	if !s.has('#') {
		prefix = ""
	}
	if missing := s.width - len(prefix) - len(digits); s.has('0') && missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	if s.upper {
		return s.padded(strings.ToUpper(prefix + digits))
	}
	return s.padded(prefix + digits)
}

// signed gives digits their sign, commas and leading zeros.
func (s specifier) signed(negative bool, digits string) string {
	if s.has(',') {
		digits = withCommas(digits)
	}
	before, after := "", ""
	switch {
	case negative && s.has('('):
		before, after = "(", ")"
	case negative:
		before = "-"
	case s.has('+'):
		before = "+"
	case s.has(' '):
		before = " "
	}
	if missing := s.width - len(before) - len(digits) - len(after); s.has('0') && missing > 0 && digits[0] <= '9' {
		digits = strings.Repeat("0", missing) + digits
	}
	return s.padded(before + digits + after)
}

func withCommas(digits string) string {
	whole, fraction, dotted := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if dotted {
		return whole + "." + fraction
	}
	return whole
}

// printFraction prints a decimal, or a double by the shortest digits that tell
// it apart, as Java does; halves are rounded away from zero.
func (s specifier) printFraction(kind byte, text string) string {
	if kind != 'd' {
		bits := map[byte]int{'f': 64, 'r': 32}[kind]
		f, _ := strconv.ParseFloat(text, bits)
		if math.IsNaN(f) {
			return s.padded("NaN")
		}
		if math.IsInf(f, 0) {
			return s.signed(f < 0, "Infinity")
		}
		text = strconv.FormatFloat(f, 'e', -1, 64)
	}
	value, _ := new(big.Rat).SetString(text)
	places := s.precision
	if places < 0 {
		places = 6
	}
	negative := strings.HasPrefix(text, "-") && (kind != 'd' || value.Sign() < 0)
	value.Abs(value)
	if s.conversion == 'f' {
		return s.signed(negative, value.FloatString(places))
	}
	digits := scientificDigits(value, places)
	if s.upper {
		digits = strings.ToUpper(digits)
	}
	return s.signed(negative, digits)
}

// scientificDigits prints 12.25 as 1.225e+01.
func scientificDigits(value *big.Rat, places int) string {
	exponent, ten := 0, big.NewRat(10, 1)
	for one := big.NewRat(1, 1); value.Sign() > 0 && value.Cmp(one) < 0; exponent-- {
		value.Mul(value, ten)
	}
	for ; value.Cmp(ten) >= 0; exponent++ {
		value.Quo(value, ten)
	}
	digits := value.FloatString(places)
	if strings.HasPrefix(digits, "10") {
		exponent++
		digits = value.Quo(value, ten).FloatString(places)
	}
	return fmt.Sprintf("%se%+03d", digits, exponent)
}

// javaText is what Java's toString gives of a value.
func javaText(kind byte, text string) string {
	switch kind {
	case 'f':
		f, _ := strconv.ParseFloat(text, 64)
		return javaFloat(f, 64)
	case 'r':
		f, _ := strconv.ParseFloat(text, 32)
		return javaFloat(f, 32)
	case 'D':
		return signedYear(text)
	case 't', 'T':
		return javaTime(strings.Replace(text, " ", "T", 1))
	case 'z':
		t := zonedTime(text)
		offset, zone := t.Format("Z07:00"), t.Location().String()
		local := signedYear(javaTime(t.Format("2006-01-02T15:04:05.000000"))) + offset
		if strings.HasPrefix(zone, "+") || strings.HasPrefix(zone, "-") {
			return local
		}
		return local + "[" + zone + "]"
	}
	return text
}

// signedYear writes the sign that java.time gives years of more than four digits.
func signedYear(date string) string {
	if strings.IndexByte(date, '-') > len("9999") {
		return "+" + date
	}
	return date
}

// javaFloat prints as Java's Double.toString: 1.5, 1.0E10, 1.0E-5.
func javaFloat(f float64, bits int) string { return string(appendJavaFloat(nil, f, bits)) }

// javaTime leaves out of 10:20:30.500000 what is zero as java.time does.
func javaTime(text string) string {
	text, fraction, _ := strings.Cut(text, ".")
	fraction = strings.TrimRight(fraction, "0")
	if fraction == "" {
		return strings.TrimSuffix(text, ":00")
	}
	for len(fraction)%3 != 0 {
		fraction += "0"
	}
	return text + "." + fraction
}

// zonedTime reads microseconds since 1970 and a zone.
func zonedTime(text string) time.Time {
	number, zone, _ := strings.Cut(text, " ")
	micros, _ := strconv.ParseInt(number, 10, 64)
	location, _, ok := loadZone(zone)
	if !ok {
		location = time.UTC
	}
	return time.UnixMicro(micros).In(location)
}

// timeLetters are the conversions after t, as layouts of Go's, and the kinds of
// values that have them: D a date, t a timestamp, T a time, z one with a zone.
var timeLetters = map[byte]struct{ layout, kinds string }{
	'Y': {"2006", "Dtz"}, 'y': {"06", "Dtz"}, 'm': {"01", "Dtz"}, 'd': {"02", "Dtz"}, 'e': {"2", "Dtz"}, 'B': {"January", "Dtz"},
	'b': {"Jan", "Dtz"}, 'h': {"Jan", "Dtz"}, 'A': {"Monday", "Dtz"}, 'a': {"Mon", "Dtz"}, 'j': {"002", "Dtz"}, 'F': {"2006-01-02", "Dtz"},
	'D': {"01/02/06", "Dtz"}, 'H': {"15", "tTz"}, 'I': {"03", "tTz"}, 'l': {"3", "tTz"}, 'M': {"04", "tTz"}, 'S': {"05", "tTz"}, 'p': {"pm", "tTz"},
	'L': {".000", "tTz"}, 'N': {".000000000", "tTz"}, 'R': {"15:04", "tTz"}, 'T': {"15:04:05", "tTz"}, 'r': {"03:04:05 PM", "tTz"},
	'z': {"-0700", "z"}, 'Z': {"MST", "z"}, 'c': {"Mon Jan 02 15:04:05 MST 2006", "z"},
}

func (s specifier) printTime(pattern string, kind byte, text string) (string, error) {
	letter, ok := timeLetters[s.date]
	if !ok {
		return "", fmt.Errorf("%s: vpcq does not support '%s' in format yet", notSupported, s.text)
	}
	if strings.IndexByte(letter.kinds, kind) < 0 {
		return "", formatFault(pattern, fmt.Sprintf("IllegalFormatConversion: %c != %s", s.date, javaClasses[kind]))
	}
	var t time.Time
	var err error
	switch kind {
	case 'z':
		t = zonedTime(text)
		if name, _ := t.Zone(); strings.Contains(letter.layout, "MST") && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
			return "", fmt.Errorf("%s: vpcq does not support '%s' of the zone %s in format yet", notSupported, s.text, t.Location())
		}
	case 'D':
		t, err = time.Parse(time.DateOnly, text)
	case 'T':
		t, err = time.Parse(time.TimeOnly, text)
	default:
		t, err = time.Parse(time.DateTime, text)
	}
	if err != nil {
		return "", fmt.Errorf("%s: vpcq does not support '%s' of %s in format yet", notSupported, s.text, text)
	}
	return s.printText(strings.TrimPrefix(t.Format(letter.layout), ".")), nil
}
