package dialect

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// The texts that Java's Double.parseDouble and Float.parseFloat read, as regular
// expressions: a letter may follow a number, hexadecimal digits have a power of
// two, and what String.trim drops may be around (OpenJDK 17, Double.valueOf).
const (
	decimalFloatShape = `([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]?`
	hexFloatShape     = `0[xX]([0-9a-fA-F]+\.?|[0-9a-fA-F]*\.[0-9a-fA-F]+)[pP][+-]?[0-9]+[fFdD]?`
	javaFloatShape    = `[\x00-\x20]*[+-]?(NaN|Infinity|` + decimalFloatShape + `|` + hexFloatShape + `)[\x00-\x20]*`

	// plainFloatShape is what DuckDB reads as well, without spaces and the letter.
	plainFloatShape = ` *[+-]?(NaN|Infinity|` + decimalFloatShape + `) *`
)

// parseJavaFloat reads a number of so many bits as Java does; ok tells whether
// the text is one. A number too large is infinite, one too small zero.
func parseJavaFloat(text string, bits int) (f float64, ok bool) {
	shape, err := compiledShapes.get(javaFloatShape)
	if err != nil || !shape.MatchString(text) {
		return 0, false
	}
	text = strings.TrimFunc(text, func(r rune) bool { return r <= ' ' })
	if strings.HasSuffix(text, "NaN") { // which has no sign to Go
		return math.NaN(), true
	}
	if !strings.HasSuffix(text, "y") {
		text = strings.TrimRight(text, "fFdD")
	}
	f, _ = strconv.ParseFloat(text, bits) // of a number out of range, the result is Java's
	return f, true
}

// bareFloat writes a text that is a number to Java as DuckDB reads it; else it is NULL.
func bareFloat(sql string, to Type) string {
	return fmt.Sprintf("CASE WHEN regexp_full_match(%[1]s, %[2]s) THEN rtrim(trim(%[1]s), 'fFdD') WHEN regexp_full_match(%[1]s, %[3]s) THEN vpcq_float_text(%[1]s, %[4]d) END",
		sql, duckString(plainFloatShape), duckString(javaFloatShape), floatBits[to.Kind])
}

// floatTextOf gives a number as DuckDB reads it, of a text of javaFloatShape.
func floatTextOf(text string, bits int64) (any, error) {
	f, ok := parseJavaFloat(text, int(bits))
	if !ok {
		return nil, nil
	}
	return strconv.FormatFloat(f, 'g', -1, int(bits)), nil
}
