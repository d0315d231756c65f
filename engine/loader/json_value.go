package loader

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/loader/document"
	"github.com/vpcq/vpcq/schema"
)

// appendValue appends the text of a member's value that gives what the SerDe
// reads as a value of the column. given is false where that is null though a
// value stands there; an error ends Athena's query.
func (j *JSON) appendValue(dst []byte, c schema.Column, v document.Value) (text []byte, given bool, err error) {
	nested := v.Kind == document.Object || v.Kind == document.Array
	isText := c.Type == schema.String || c.Type == schema.Varchar || c.Type == schema.Char
	switch {
	case nested && j.OpenX && isText:
		return appendCompact(dst, v.Raw), true, nil
	case nested && j.OpenX && c.Type == schema.Boolean:
		return append(dst, "false"...), true, nil
	case nested:
		return dst, false, fmt.Errorf("HIVE_BAD_DATA: Failed to parse value: Invalid JSON: %s value must be a scalar json value", c.DDLType())
	}
	from := len(dst)
	if v.Kind == document.String {
		dst = v.AppendText(dst)
	} else {
		dst = append(dst, v.Raw...)
	}
	value := dst[from:]
	switch c.Type {
	case schema.String, schema.Varchar, schema.Char:
		if j.OpenX && v.Kind == document.Number {
			return append(dst[:from], canonical(string(value))...), true, nil
		}
		return dst, true, nil
	case schema.Boolean:
		return strconv.AppendBool(dst[:from], strings.EqualFold(string(value), "true")), true, nil
	case schema.Decimal:
		text, given = appendDecimal(dst[:from], c, string(value))
		return text, given, nil
	}
	if j.OpenX {
		return appendOpenX(dst[:from], c, string(value))
	}
	return appendHive(dst[:from], c, v.Kind, string(value))
}

var (
	hiveDate      = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}( .*)?$`)
	hiveTimestamp = regexp.MustCompile(`^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,9})?$`)
)

// appendHive is appendValue for Hive's SerDe and a column that is no text:
// numbers must be JSON's, and what is not the column's type ends the query.
func appendHive(dst []byte, c schema.Column, kind document.Kind, value string) (text []byte, given bool, err error) {
	ok := kind == document.Number
	switch c.Type {
	case schema.TinyInt, schema.SmallInt, schema.Int, schema.BigInt:
		n, whole := wholeNumber(value)
		if ok = ok && whole && c.Type.Fits(n); ok {
			return strconv.AppendInt(dst, n, 10), true, nil
		}
	case schema.Date:
		ok = hiveDate.MatchString(value)
	case schema.Timestamp:
		ok = hiveTimestamp.MatchString(value)
	}
	if !ok {
		return dst, false, fmt.Errorf("HIVE_BAD_DATA: Failed to parse value: column %s of type %s cannot hold %q", c.Name, c.DDLType(), brief([]byte(value)))
	}
	return append(dst, value...), true, nil
}

// appendOpenX is appendValue for OpenX's SerDe and a column that is no text:
// strings are numbers too, and what is not the column's type is null.
func appendOpenX(dst []byte, c schema.Column, value string) (text []byte, given bool, err error) {
	switch c.Type {
	case schema.TinyInt, schema.SmallInt, schema.Int, schema.BigInt:
		n, ok := openXNumber(value)
		if !ok || !c.Type.Fits(n) {
			return dst, false, nil
		}
		return strconv.AppendInt(dst, n, 10), true, nil
	case schema.Date:
		if !hiveDate.MatchString(value) {
			return dst, false, unreadTime(c, value)
		}
	case schema.Timestamp:
		if !hiveTimestamp.MatchString(value) {
			return dst, false, unreadTime(c, value)
		}
	}
	return append(dst, value...), true, nil
}

// unreadTime refuses the other ways in which OpenX's SerDe takes a text for a
// time; one without digits is none.
func unreadTime(c schema.Column, value string) error {
	if !strings.ContainsAny(value, "0123456789") {
		return nil
	}
	return fmt.Errorf("vpcq does not read %q as a %s of JSON", brief([]byte(value)), c.DDLType())
}

// wholeNumber is a JSON number without its fraction, as Jackson's getLongValue
// gives it.
func wholeNumber(value string) (n int64, ok bool) {
	if n, err := strconv.ParseInt(value, 10, 64); err == nil {
		return n, true
	}
	if !strings.ContainsAny(value, ".eE") {
		return 0, false
	}
	x, err := strconv.ParseFloat(value, 64)
	return int64(x), err == nil && x > -math.MaxInt64 && x < math.MaxInt64
}

// openXNumber is the integer that a text says: in decimal, hexadecimal behind
// "0x", octal behind "0", or as a decimal number whose fraction is dropped.
func openXNumber(value string) (n int64, ok bool) {
	digits, base := value, 10
	switch {
	case len(value) > 2 && strings.EqualFold(value[:2], "0x"):
		digits, base = value[2:], 16
	case len(value) > 1 && value[0] == '0' && value[1] >= '0' && value[1] <= '8':
		digits, base = value[1:], 8
	}
	if n, err := strconv.ParseInt(digits, base, 64); err == nil && !(base != 10 && (digits[0] == '-' || digits[0] == '+')) {
		return n, true
	}
	x, ok := rational(value)
	if !ok {
		return 0, false
	}
	whole := new(big.Int).Quo(x.Num(), x.Denom())
	return whole.Int64(), whole.IsInt64()
}

// decimalNumber is what Java's BigDecimal reads; its exponent is kept small.
var decimalNumber = regexp.MustCompile(`^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$`)

// appendDecimal is appendValue for decimals, to both SerDes: rounded to the
// column's scale, half of a digit away from zero; null is what is no number and
// what has more digits than the column (Trino's HiveFormatUtils.writeDecimal).
func appendDecimal(dst []byte, c schema.Column, value string) (text []byte, given bool) {
	x, ok := rational(value)
	if !ok {
		return dst, false
	}
	precision, scale := 10, 0 // those of "decimal"
	if _, err := fmt.Sscanf(c.DDLType(), "decimal(%d,%d)", &precision, &scale); err != nil {
		scale = 0
	}
	rounded := x.FloatString(scale)
	digits := strings.TrimLeft(strings.Replace(rounded, ".", "", 1), "-0")
	return append(dst, rounded...), len(digits) <= precision
}

func rational(value string) (*big.Rat, bool) {
	if !decimalNumber.MatchString(value) {
		return nil, false
	}
	return new(big.Rat).SetString(value)
}

// canonical is a JSON number as Java's BigDecimal prints it: plainly where its
// exponent is not above the digits there are, nor far below them.
func canonical(number string) string {
	mantissa, exponent, scientific := strings.Cut(strings.ToLower(number), "e")
	sign := ""
	if rest, ok := strings.CutPrefix(mantissa, "-"); ok {
		sign, mantissa = "-", rest
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		digits, sign = "0", ""
	}
	e, err := strconv.Atoi(strings.TrimPrefix(exponent, "+"))
	if scientific && err != nil {
		return number
	}
	scale := len(fraction) - e
	adjusted := len(digits) - 1 - scale
	switch {
	case scale == 0:
		return sign + digits
	case scale > 0 && adjusted >= -6:
		digits = strings.Repeat("0", max(0, scale+1-len(digits))) + digits
		return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
	}
	if len(digits) > 1 {
		digits = digits[:1] + "." + digits[1:]
	}
	if adjusted == 0 {
		return sign + digits
	}
	return fmt.Sprintf("%s%sE%+d", sign, digits, adjusted)
}

// appendCompact appends JSON without the white space between its parts.
func appendCompact(dst, raw []byte) []byte {
	inString := false
	for i := 0; i < len(raw); i++ {
		switch c := raw[i]; {
		case inString && c == '\\':
			dst = append(dst, c, raw[i+1])
			i++
			continue
		case c == '"':
			inString = !inString
		case !inString && (c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			continue
		}
		dst = append(dst, raw[i])
	}
	return dst
}
