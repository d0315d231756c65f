package dialect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// printFunctions make text of values.
var printFunctions = []Function{
	{Name: "format", Doc: "The values printed by a pattern of Java's: %s, %d, %.2f, %,d, %%.", Example: "format('%s: %,d bytes, %.1f%%', 'eni-1', 1234567, 12.25e0)", Want: "eni-1: 1,234,567 bytes, 12.3%", special: formatValues},
	{Name: "format_number", Signatures: []string{"format_number(bigint) varchar", "format_number(double) varchar"}, Doc: "A number in thousands, millions and so on.", Example: "format_number(123456)", Want: "123K", render: func(c *callSite) string {
		return "vpcq_format_number(" + c.castTo(0, doubleType) + ")"
	}},
}

// formatSpecifier is %[argument$][flags][width][.precision]conversion.
var formatSpecifier = regexp.MustCompile(`%(\d+\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])`)

// formatValues joins the parts of the pattern, each value printed as Java does.
func formatValues(c *specialCall) term {
	if len(c.args) == 0 {
		return c.a.fail(c.node, functionNotFound, "Unexpected parameters () for function format. Expected: format(varchar, ...)")
	}
	terms := c.a.arguments(c.args, c.scope)
	pattern, ok := terms[0].text()
	if !ok {
		return c.a.refuse(c.node, "a pattern that is not a literal in format")
	}
	var parts []string
	next, from := 1, 0
	for _, m := range formatSpecifier.FindAllStringSubmatchIndex(pattern, -1) {
		parts = append(parts, duckString(pattern[from:m[0]]))
		from = m[1]
		spec := specifierOf(pattern, m)
		if spec.conversion == "%" || spec.conversion == "n" {
			parts = append(parts, duckString(map[string]string{"%": "%", "n": "\n"}[spec.conversion]))
			continue
		}
		if next >= len(terms) {
			return c.a.fail(c.node, functionArgument, "Invalid format string: %s (Format specifier '%s')", pattern, pattern[m[0]:m[1]])
		}
		parts = append(parts, c.printed(spec, terms[next]))
		next++
	}
	if strings.Contains(formatSpecifier.ReplaceAllString(pattern, ""), "%") {
		return c.a.refuse(c.node, "the pattern '%s' in format", pattern)
	}
	parts = append(parts, duckString(pattern[from:]))
	return term{typ: varcharType, sql: "(" + strings.Join(parts, " || ") + ")"}
}

// specifier is one place in a pattern where a value goes.
type specifier struct {
	text, argument, flags, conversion string
	width, precision                  int // -1 for none
}

func specifierOf(pattern string, m []int) specifier {
	group := func(i int) string {
		if m[2*i] < 0 {
			return ""
		}
		return pattern[m[2*i]:m[2*i+1]]
	}
	number := func(s string) int {
		if n, err := strconv.Atoi(s); err == nil {
			return n
		}
		return -1
	}
	return specifier{text: group(0), argument: group(1), flags: group(2), width: number(group(3)), precision: number(group(4)), conversion: group(5)}
}

// printed writes one value; NULL prints as null.
func (c *specialCall) printed(s specifier, t term) string {
	var text string
	switch {
	case s.argument != "" || strings.Trim(s.flags, "-0,") != "":
		return c.refuseSpecifier(s, t)
	case s.conversion == "s" && !strings.ContainsAny(s.flags, "0,") && (t.typ.isText() || t.typ.isInteger() || t.typ.Kind == DecimalKind || t.typ.Kind == BooleanKind || t.typ.Kind == DateKind || t.typ.Kind == UnknownKind):
		text = "COALESCE(" + c.a.convert(t, varcharType, false).sql + ", 'null')"
		if s.precision >= 0 {
			text = fmt.Sprintf("left(%s, %d)", text, s.precision)
		}
	case s.conversion == "d" && s.precision < 0 && t.typ.isInteger():
		text = "COALESCE(" + duckCast(t.sql, varcharType) + ", 'null')"
		if strings.Contains(s.flags, ",") {
			text = "COALESCE(vpcq_fixed(" + duckCast(t.sql, varcharType) + ", 0, TRUE), 'null')"
		}
	case s.conversion == "f" && (t.typ.isNumeric() && !t.typ.isInteger()):
		places := s.precision
		if places < 0 {
			places = 6
		}
		text = fmt.Sprintf("COALESCE(vpcq_fixed(%s, %d, %t), 'null')", duckCast(t.sql, varcharType), places, strings.Contains(s.flags, ","))
	default:
		return c.refuseSpecifier(s, t)
	}
	return padSpecifier(s, text)
}

func (c *specialCall) refuseSpecifier(s specifier, t term) string {
	return c.a.refuse(c.node, "'%s' of %s in format", s.text, t.typ).sql
}

// padSpecifier pads to the width; zeros go between the sign and the digits.
func padSpecifier(s specifier, text string) string {
	if s.width < 0 {
		return text
	}
	padded := fmt.Sprintf("lpad(%s, %d, ' ')", text, s.width)
	switch {
	case strings.Contains(s.flags, "-"):
		padded = fmt.Sprintf("rpad(%s, %d, ' ')", text, s.width)
	case strings.Contains(s.flags, "0"):
		padded = fmt.Sprintf("CASE WHEN %s LIKE '-%%' THEN '-' || lpad(substr(%s, 2), %d, '0') ELSE lpad(%s, %d, '0') END", text, text, s.width-1, text, s.width)
	}
	return fmt.Sprintf("CASE WHEN length(%s) >= %d THEN %s ELSE %s END", text, s.width, text, padded)
}
