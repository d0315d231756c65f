package dialect

import (
	"fmt"
	"strings"
	"time"
)

// formatFunctions print and parse dates and times by a pattern, MySQL's or
// Joda's. DuckDB's strftime has a code for each that is translated here.
var formatFunctions = []Function{
	{Name: "date_format", Signatures: []string{"date_format(timestamp(p), varchar) varchar", "date_format(timestamp(p) with time zone, varchar) varchar"}, Doc: "A time printed by a pattern of MySQL's, such as %Y-%m-%d %H:%i:%s.", Example: "date_format(TIMESTAMP '2024-03-08 10:20:30', '%d/%m/%Y %H:%i')", Want: "08/03/2024 10:20", render: dateFormat, refine: foldDateFormat},
	{Name: "date_parse", Signatures: []string{"date_parse(varchar, varchar) timestamp(3)"}, Doc: "A time read by a pattern of MySQL's.", Example: "date_parse('2024/03/08', '%Y/%m/%d')", Want: "2024-03-08 00:00:00.000", render: dateParse},
	{Name: "format_datetime", Signatures: []string{"format_datetime(timestamp(p), varchar) varchar", "format_datetime(timestamp(p) with time zone, varchar) varchar"}, Doc: "A time printed by a pattern of Joda's, such as yyyy-MM-dd HH:mm:ss.", Example: "format_datetime(TIMESTAMP '2024-03-08 10:20:30', 'yyyy/MM/dd')", Want: "2024/03/08", render: formatDateTime},
	{Name: "parse_datetime", Signatures: []string{"parse_datetime(varchar, varchar) timestamp(3) with time zone"}, Doc: "An instant read by a pattern of Joda's, in the session's zone.", Example: "parse_datetime('2024-03-08 10', 'yyyy-MM-dd HH')", Want: "2024-03-08 10:00:00.000 UTC", render: parseDateTime},
}

// mysqlCodes are the codes of MySQL's patterns, with strftime's.
var mysqlCodes = map[byte]string{
	'a': "%a", 'b': "%b", 'c': "%-m", 'd': "%d", 'e': "%-d", 'f': "%f", 'H': "%H", 'h': "%I", 'I': "%I", 'i': "%M", 'j': "%j",
	'k': "%-H", 'l': "%-I", 'M': "%B", 'm': "%m", 'p': "%p", 'r': "%I:%M:%S %p", 'S': "%S", 's': "%S", 'T': "%H:%M:%S", 'v': "%V",
	'W': "%A", 'x': "%G", 'Y': "%Y", 'y': "%y", '%': "%%",
}

// mysqlPattern translates a pattern of MySQL's to strftime's.
func (c *callSite) mysqlPattern(i int) (string, bool) {
	pattern, ok := c.constantText(i, "a format")
	if !ok {
		return "", false
	}
	var b strings.Builder
	for j := 0; j < len(pattern); j++ {
		if pattern[j] != '%' || j+1 == len(pattern) {
			b.WriteString(strings.ReplaceAll(pattern[j:j+1], "%", "%%"))
			continue
		}
		j++
		code, ok := mysqlCodes[pattern[j]]
		switch {
		case ok:
			b.WriteString(code)
		case strings.IndexByte("DUuVwX", pattern[j]) >= 0:
			c.fail(functionArgument, "%%%c not supported in date format string", pattern[j])
			return "", false
		default:
			b.WriteByte(pattern[j])
		}
	}
	return b.String(), true
}

func dateFormat(c *callSite) string {
	pattern, ok := c.mysqlPattern(1)
	if !ok {
		return "NULL"
	}
	return c.formatted(pattern)
}

// formatted prints the first argument, of which these functions see the milliseconds only.
func (c *callSite) formatted(pattern string) string {
	local := c.local(0)
	if c.args[0].typ.Precision > 3 && strings.Contains(pattern, "%f") {
		local = roundFraction("CAST("+local+" AS TIMESTAMP)", maxFraction, timestampType(3))
	}
	return "strftime(" + local + ", " + duckString(pattern) + ")"
}

// foldDateFormat prints what the statement fixes in digits alone, which
// conditions on partition columns of text use.
func foldDateFormat(c *callSite, t *term) {
	m, ok := c.args[0].value.(microValue)
	pattern, isText := c.given[1].text()
	location, _, known := loadZone(utcZone)
	if c.args[0].typ.Kind == TimestampTZKind {
		location, _, known = loadZone(c.args[0].typ.Zone)
	}
	if !ok || !isText || !known {
		return
	}
	wall := time.UnixMicro(toWall(m, location)).UTC()
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '%' {
			b.WriteByte(pattern[i])
			continue
		}
		if i++; i == len(pattern) {
			return
		}
		layout, ok := map[byte]string{'Y': "2006", 'm': "01", 'd': "02", 'H': "15", 'i': "04", 's': "05", 'S': "05"}[pattern[i]]
		if !ok {
			return
		}
		b.WriteString(wall.Format(layout))
	}
	t.value = b.String()
}

func dateParse(c *callSite) string {
	pattern, ok := c.mysqlPattern(1)
	if !ok {
		return "NULL"
	}
	return c.parsed(pattern)
}

// parsed reads the first argument by strftime's pattern, to milliseconds.
func (c *callSite) parsed(pattern string) string {
	text := c.args[0].sql
	time := fmt.Sprintf("date_trunc('millisecond', try_strptime(%s, %s))", text, duckString(pattern))
	if strings.Contains(pattern, "%y") { // two digits mean 1970 to 2069, where strptime has 1969 to 2068
		time = fmt.Sprintf("CASE WHEN year(%s) = 1969 THEN %s + to_years(100) ELSE %s END", time, time, time)
	}
	return fmt.Sprintf("CASE WHEN %s IS NULL THEN NULL ELSE COALESCE(%s, %s) END", text, time, c.a.raise(functionArgument, "'Invalid format: \"' || "+text+" || '\"'"))
}

// jodaCodes are runs of letters of Joda's patterns, with strftime's codes.
var jodaCodes = map[string]string{
	"y": "%-Y", "yy": "%y", "yyyy": "%Y", "Y": "%-Y", "YYYY": "%Y", "x": "%-G", "xxxx": "%G", "M": "%-m", "MM": "%m", "MMM": "%b", "MMMM": "%B",
	"d": "%-d", "dd": "%d", "D": "%-j", "DDD": "%j", "w": "%-V", "ww": "%V", "e": "%u", "E": "%a", "EE": "%a", "EEE": "%a", "EEEE": "%A",
	"a": "%p", "H": "%-H", "HH": "%H", "h": "%-I", "hh": "%I", "m": "%-M", "mm": "%M", "s": "%-S", "ss": "%S", "SSS": "%g", "SSSSSS": "%f",
}

// jodaPattern translates a pattern of Joda's to strftime's.
func (c *callSite) jodaPattern(i int) (string, bool) {
	pattern, ok := c.constantText(i, "a format")
	if !ok {
		return "", false
	}
	var b strings.Builder
	for j := 0; j < len(pattern); {
		letter := pattern[j]
		switch {
		case letter == '\'':
			end := strings.IndexByte(pattern[j+1:], '\'')
			if end < 0 {
				c.fail(functionArgument, "Illegal pattern component: %s", pattern[j:])
				return "", false
			}
			literal := pattern[j+1 : j+1+end]
			if literal == "" {
				literal = "'"
			}
			b.WriteString(strings.ReplaceAll(literal, "%", "%%"))
			j += end + 2
		case letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z':
			run := 1
			for j+run < len(pattern) && pattern[j+run] == letter {
				run++
			}
			code, ok := jodaCodes[pattern[j:j+run]]
			if !ok {
				c.a.refuse(c.node, "'%s' in the pattern of %s", pattern[j:j+run], c.function.Name)
				return "", false
			}
			b.WriteString(code)
			j += run
		default:
			b.WriteString(strings.ReplaceAll(string(letter), "%", "%%"))
			j++
		}
	}
	return strings.NewReplacer("%-Y", "%Y", "%-G", "%G").Replace(b.String()), true
}

func formatDateTime(c *callSite) string {
	pattern, ok := c.jodaPattern(1)
	if !ok {
		return "NULL"
	}
	return c.formatted(pattern)
}

func parseDateTime(c *callSite) string {
	pattern, ok := c.jodaPattern(1)
	if !ok {
		return "NULL"
	}
	return instant(c.parsed(pattern), c.a.zone)
}
