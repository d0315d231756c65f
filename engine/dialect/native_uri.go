package dialect

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// uri is a text taken apart as Java's java.net.URI does, which Trino uses: by
// RFC 2396, whose host names have no underscore. What is not there is "", but
// the port nil; an authority that is no server, such as my_host, is no host.
type uri struct {
	scheme, host, path, query, fragment string // path, query and fragment with their escapes
	port                                any
	asks                                bool // whether it has a query, which may be empty
}

// uriChars is a set of characters: some of ASCII, and others where escapes, and
// characters outside ASCII that show, stand for themselves.
type uriChars struct {
	ascii  string
	others bool
}

const (
	digitChars      = "0123456789"
	letterChars     = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	hexChars        = digitChars + "ABCDEFabcdef"
	unreservedChars = letterChars + digitChars + "-_.!~*'()"
)

var (
	schemeChars    = uriChars{letterChars + digitChars + "+-.", false}
	userChars      = uriChars{unreservedChars + ";:&=+$,", true}
	authorityChars = uriChars{unreservedChars + ";:&=+$,@", true}
	pathChars      = uriChars{unreservedChars + ";:&=+$,@/", true}
	anyURIChars    = uriChars{unreservedChars + ";:&=+$,@/?[]", true}
	scopeChars     = uriChars{letterChars + digitChars + "_.", false}
)

// span returns how much of s is of the set; ok is false where a % begins no escape.
func (c uriChars) span(s string) (n int, ok bool) {
	for n < len(s) {
		r, width := utf8.DecodeRuneInString(s[n:])
		switch {
		case r < utf8.RuneSelf && strings.IndexByte(c.ascii, s[n]) >= 0:
		case r == '%' && c.others:
			if len(s) < n+3 || !only(s[n+1:n+3], hexChars) {
				return n, false
			}
			width = 3
		case r > utf8.RuneSelf && c.others && !unicode.Is(unicode.Z, r) && !unicode.IsControl(r):
		default:
			return n, true
		}
		n += width
	}
	return n, true
}

// matches reports whether all of s is of the set.
func (c uriChars) matches(s string) bool {
	n, ok := c.span(s)
	return ok && n == len(s)
}

// only reports whether s has no other characters than those of a set.
func only(s, chars string) bool { return strings.Trim(s, chars) == "" }

// parseURI takes a URI apart; ok is false where it is none.
func parseURI(s string) (u uri, ok bool) {
	rest, fragment, _ := strings.Cut(s, "#")
	if u.fragment = fragment; !anyURIChars.matches(fragment) {
		return uri{}, false
	}
	if i := strings.IndexAny(rest, ":/?"); i >= 0 && rest[i] == ':' {
		u.scheme, rest = rest[:i], rest[i+1:]
		if u.scheme == "" || !only(u.scheme[:1], letterChars) || !schemeChars.matches(u.scheme) {
			return uri{}, false
		}
		if !strings.HasPrefix(rest, "/") { // mailto:a@b has neither path nor query
			return u, rest != "" && anyURIChars.matches(rest)
		}
	}
	rest, u.query, u.asks = strings.Cut(rest, "?")
	if after, found := strings.CutPrefix(rest, "//"); found {
		authority, _, _ := strings.Cut(after, "/")
		if authority == "" && after == "" && !u.asks && !strings.Contains(s, "#") || authority != "" && !u.readAuthority(authority) {
			return uri{}, false
		}
		rest = after[len(authority):]
	}
	u.path = rest
	return u, pathChars.matches(u.path) && anyURIChars.matches(u.query)
}

// readAuthority reads a server, or else a name that is registered somewhere.
func (u *uri) readAuthority(s string) bool {
	named, ok := authorityChars.span(s)
	if !ok {
		return false
	}
	host, port, ok := serverOf(s)
	if ok {
		u.host, u.port = host, port
	}
	return ok || named == len(s)
}

// serverOf takes user@host:port apart.
func serverOf(s string) (host string, port any, ok bool) {
	if user, after, found := strings.Cut(s, "@"); found {
		if !userChars.matches(user) {
			return "", nil, false
		}
		s = after
	}
	end := strings.IndexByte(s, ':')
	if strings.HasPrefix(s, "[") {
		end = strings.IndexByte(s, ']') + 1
		if end == 0 || !isSixAddress(s[1:end-1]) {
			return "", nil, false
		}
	} else if end < 0 {
		end = len(s)
	}
	host, s = s[:end], s[end:]
	if !strings.HasPrefix(host, "[") && !isFourAddress(host) && !isHostName(host) || s != "" && (s[0] != ':' || !only(s[1:], digitChars)) {
		return "", nil, false
	}
	if len(s) > 1 {
		n, err := strconv.ParseInt(s[1:], 10, 32)
		return host, n, err == nil
	}
	return host, nil, true
}

// isFourAddress reports whether s is four numbers below 256 with dots between.
func isFourAddress(s string) bool {
	parts := strings.Split(s, ".")
	for _, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n > 255 || !only(part, digitChars) {
			return false
		}
	}
	return len(parts) == 4
}

// isHostName reports whether s is labels of letters, digits and inner dashes
// with dots between, and perhaps one at the end; the last of several begins with
// a letter.
func isHostName(s string) bool {
	labels := strings.Split(strings.TrimSuffix(s, "."), ".")
	for _, label := range labels {
		if label == "" || !only(label, letterChars+digitChars+"-") || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
	}
	return len(labels) == 1 || only(labels[len(labels)-1][:1], letterChars)
}

// isSixAddress reports whether s is an IPv6 address, with its scope perhaps.
func isSixAddress(s string) bool {
	s, scope, scoped := strings.Cut(s, "%")
	if scoped && (scope == "" || !scopeChars.matches(scope)) {
		return false
	}
	left, right, compressed := strings.Cut(s, "::")
	n, ok := sixGroups(left, !compressed)
	if !ok || !compressed {
		return ok && n == 8
	}
	m, ok := sixGroups(right, true)
	return ok && n+m < 8
}

// sixGroups counts the groups of 16 bits in a part of an IPv6 address, which may
// be empty; its last two may be written as an IPv4 address where that may be.
func sixGroups(s string, four bool) (n int, ok bool) {
	if s == "" {
		return 0, true
	}
	groups := strings.Split(s, ":")
	for i, group := range groups {
		if four && i == len(groups)-1 && strings.Contains(group, ".") {
			return n + 2, isFourAddress(group)
		}
		if group == "" || len(group) > 4 || !only(group, hexChars) {
			return 0, false
		}
		n++
	}
	return n, true
}
