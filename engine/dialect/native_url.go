package dialect

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// urlNatives take URLs apart.
var urlNatives = []Native{
	{Name: "vpcq_url_extract_fragment", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.fragment })},
	{Name: "vpcq_url_extract_host", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.host })},
	{Name: "vpcq_url_extract_path", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.path })},
	{Name: "vpcq_url_extract_port", Parameters: []string{"VARCHAR"}, Result: "BIGINT", Call: urlPart(func(u uri) any { return u.port })},
	{Name: "vpcq_url_extract_protocol", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.scheme })},
	{Name: "vpcq_url_extract_query", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: urlPart(func(u uri) any { return u.query })},
	{Name: "vpcq_url_extract_parameter", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return urlParameter(args[0].(string), args[1].(string)), nil }},
	{Name: "vpcq_url_encode", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return urlEncode(args[0].(string)), nil }},
	{Name: "vpcq_url_decode", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: func(args []any) (any, error) { return urlDecode(args[0].(string)) }},
}

// urlEncode escapes as an HTML form does, with * kept and ~ escaped.
func urlEncode(s string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(s))
}

func urlDecode(s string) (any, error) {
	decoded, err := url.QueryUnescape(s)
	if err != nil {
		return nil, fmt.Errorf("%s: %v", functionArgument, err)
	}
	return decoded, nil
}

// uri is a text taken apart as java.net.URI does, which Trino uses: what is not
// there is "", but the port nil.
type uri struct {
	scheme, host, path, query, fragment string
	rawQuery                            string
	port                                any
}

var (
	uriShape   = regexp.MustCompile(`^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$`)
	uriLetters = regexp.MustCompile(`^(?:[A-Za-z0-9_.!~*'();/?:@&=+$,#\[\]-]|%[0-9A-Fa-f]{2}|[^\x00-\x7f\pZ])*$`)
	authority  = regexp.MustCompile(`^(?:[^@]*@)?(\[[^\]]*\]|[^:@]*)(?::(\d*))?$`)
)

// parseURI takes a URI apart; ok is false where it is none.
func parseURI(s string) (u uri, ok bool) {
	m := uriShape.FindStringSubmatch(s)
	if m == nil || !uriLetters.MatchString(s) {
		return uri{}, false
	}
	u = uri{scheme: m[1], path: unescaped(m[3]), query: unescaped(m[4]), fragment: unescaped(m[5]), rawQuery: m[4]}
	if m[1] != "" && m[2] == "" && !strings.HasPrefix(m[3], "/") { // mailto:a@b has neither path nor query
		u.path, u.query, u.rawQuery = "", "", ""
	}
	if a := authority.FindStringSubmatch(m[2]); a != nil {
		u.host = a[1]
		if port, err := strconv.ParseInt(a[2], 10, 32); err == nil {
			u.port = port
		}
	}
	return u, true
}

// unescaped decodes %20 and the like, and leaves + alone.
func unescaped(s string) string {
	decoded, err := url.PathUnescape(s)
	if err != nil {
		return s
	}
	return strings.ToValidUTF8(decoded, "\uFFFD")
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

// urlParameter returns the first value of a parameter of a URL's query.
func urlParameter(s, name string) any {
	u, ok := parseURI(s)
	if !ok || u.rawQuery == "" {
		return nil
	}
	for _, pair := range strings.Split(u.rawQuery, "&") {
		key, value, _ := strings.Cut(pair, "=")
		if decoded, err := url.QueryUnescape(key); err == nil && decoded == name {
			if value, err = url.QueryUnescape(value); err == nil {
				return value
			}
		}
	}
	return nil
}
