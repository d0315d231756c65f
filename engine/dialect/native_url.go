package dialect

import (
	"net/url"
	"strings"

	"github.com/vpcq/vpcq/engine/javatext"
)

// urlNatives take URLs apart.
var urlNatives = []Native{
	{Name: "vpcq_url_extract_fragment", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return unescaped(u.fragment) })},
	{Name: "vpcq_url_extract_host", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.host })},
	{Name: "vpcq_url_extract_path", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return unescaped(u.path) })},
	{Name: "vpcq_url_extract_port", Parameters: []string{"VARCHAR"}, Result: "BIGINT", Call: urlPart(func(u uri) any { return u.port })},
	{Name: "vpcq_url_extract_protocol", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.scheme })},
	{Name: "vpcq_url_extract_query", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return unescaped(u.query) })},
	{Name: "vpcq_url_extract_parameter", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: call2(urlParameter)},
	{Name: "vpcq_url_encode", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return urlEncode(args[0].(string)), nil }},
	{Name: "vpcq_url_decode", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: call1(urlDecode)},
}

// urlEncode escapes as an HTML form does, with * kept and ~ escaped.
func urlEncode(s string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(s))
}

// urlDecode takes the escapes of a form for what Java's URLDecoder does: after
// a % stands a number of two characters, which may be a sign and a digit.
func urlDecode(s string) (any, error) {
	const escape = "URLDecoder: Illegal hex characters in escape (%%) pattern - "
	var out []byte
	for i := 0; i < len(s); {
		switch {
		case s[i] == '+':
			out = append(out, ' ')
			i++
		case s[i] != '%':
			out = append(out, s[i])
			i++
		case i+2 >= len(s):
			return nil, argumentFault("URLDecoder: Incomplete trailing escape (%%) pattern")
		case s[i+1] == '-' && s[i+2] != '0' && only(s[i+2:i+3], hexChars):
			return nil, argumentFault(escape + "negative value")
		default:
			digits := strings.Map(signAsZero, s[i+1:i+2]) + s[i+2:i+3]
			if valid := strings.TrimLeft(digits, hexChars); valid != "" {
				return nil, argumentFault(escape+`Error at index %d in: "%s"`, 2-len(valid), javatext.AppendUTF8(nil, []byte(s[i+1:i+3])))
			}
			out = append(out, hexDigit(digits[0])<<4|hexDigit(digits[1]))
			i += 3
		}
	}
	return string(javatext.AppendUTF8(nil, out)), nil
}

// signAsZero takes the sign of a number of two characters for its first digit.
func signAsZero(r rune) rune {
	if r == '+' || r == '-' {
		return '0'
	}
	return r
}

// hexDigit returns the value of a hexadecimal digit.
func hexDigit(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c&^0x20 - 'A' + 10
}

// unescaped decodes %20 and the like, which are well formed, and leaves + alone.
func unescaped(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var out []byte
	for i := 0; i < len(s); i++ {
		if s[i] == '%' {
			out = append(out, hexDigit(s[i+1])<<4|hexDigit(s[i+2]))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return string(javatext.AppendUTF8(nil, out))
}

// urlPart is a native that returns a part of a URL, NULL of what is none.
func urlPart(part func(uri) any) func([]any) (any, error) {
	return func(args []any) (any, error) {
		u, ok := parseURI(args[0].(string))
		if !ok {
			return nil, nil
		}
		return part(u), nil
	}
}

// urlParameter returns the first value of a parameter of a URL's query, whose
// name is given as it is written there.
func urlParameter(s, name string) (any, error) {
	u, ok := parseURI(s)
	if !ok || !u.asks {
		return nil, nil
	}
	for _, pair := range strings.Split(u.query, "&") {
		if key, value, _ := strings.Cut(pair, "="); key == name {
			return urlDecode(value)
		}
	}
	return nil, nil
}
