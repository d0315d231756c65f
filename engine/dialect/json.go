package dialect

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// jsonValue is a value of JSON as Trino has it: objects keep the order of their
// members, of members with one name the last counts, and numbers keep their text.
type jsonValue struct {
	kind    jsonToken // the token of a scalar, jsonArrayStart or jsonObjectStart
	text    string    // of a string what it spells, of a number its text
	items   []*jsonValue
	members []string // the names of an object's items
}

// parseJSON reads a text that is one value and nothing else. It is nil where
// the text is empty or white space.
func parseJSON(text string) (*jsonValue, error) {
	s := &jsonScanner{text: text}
	v, err := s.readTree()
	if err != nil || v == nil {
		return nil, err
	}
	if err := s.next(); err != nil {
		return nil, err
	}
	if s.token != jsonEnd || s.lone {
		return nil, s.fault()
	}
	return v, nil
}

// readTree reads the next value, or nil at the end.
func (s *jsonScanner) readTree() (*jsonValue, error) {
	if err := s.next(); err != nil || s.token == jsonEnd {
		return nil, err
	}
	return s.tree()
}

// tree reads the rest of the value whose first token has been read.
func (s *jsonScanner) tree() (*jsonValue, error) {
	v := &jsonValue{kind: s.token}
	switch s.token {
	case jsonArrayStart:
		for {
			if err := s.next(); err != nil || s.token == jsonArrayEnd {
				return v, err
			}
			item, err := s.tree()
			if err != nil {
				return nil, err
			}
			v.items = append(v.items, item)
		}
	case jsonObjectStart:
		return v, s.readMembers(v)
	}
	v.text = s.value
	return v, nil
}

func (s *jsonScanner) readMembers(v *jsonValue) error {
	index := map[string]int{}
	for {
		if err := s.next(); err != nil || s.token == jsonObjectEnd {
			return err
		}
		name := s.value
		if err := s.next(); err != nil {
			return err
		}
		item, err := s.tree()
		if err != nil {
			return err
		}
		if i, again := index[name]; again {
			v.items[i] = item
			continue
		}
		index[name] = len(v.items)
		v.items, v.members = append(v.items, item), append(v.members, name)
	}
}

// member returns the item of an object under a name, or nil.
func (v *jsonValue) member(name string) *jsonValue {
	for i, n := range v.members {
		if n == name {
			return v.items[i]
		}
	}
	return nil
}

// isScalar reports whether v is neither an array nor an object.
func (v *jsonValue) isScalar() bool { return v.kind != jsonArrayStart && v.kind != jsonObjectStart }

// float returns the value of a number, infinite where it is too large.
func (v *jsonValue) float(bits int) float64 {
	f, _ := strconv.ParseFloat(v.text, bits)
	return f
}

// appendJSON appends v as Trino prints JSON: without white space, numbers with
// a point or exponent as Java prints doubles.
func appendJSON(dst []byte, v *jsonValue) []byte {
	switch v.kind {
	case jsonArrayStart:
		dst = append(dst, '[')
		for i, item := range v.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = appendJSON(dst, item)
		}
		return append(dst, ']')
	case jsonObjectStart:
		dst = append(dst, '{')
		for i, item := range v.items {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendQuotedJSON(dst, v.members[i]), ':')
			dst = appendJSON(dst, item)
		}
		return append(dst, '}')
	}
	return appendScalarJSON(dst, v.kind, v.text)
}

func appendScalarJSON(dst []byte, kind jsonToken, text string) []byte {
	switch kind {
	case jsonString:
		return appendQuotedJSON(dst, text)
	case jsonFloat:
		f, _ := strconv.ParseFloat(text, 64)
		return appendNumberJSON(dst, f, 64)
	case jsonInteger:
		if text == "-0" {
			text = "0"
		}
	}
	return append(dst, text...)
}

// appendNumberJSON appends a double or real; JSON has no number for those that are not finite.
func appendNumberJSON(dst []byte, f float64, bits int) []byte {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return append(appendJavaFloat(append(dst, '"'), f, bits), '"')
	}
	return appendJavaFloat(dst, f, bits)
}

// appendQuotedJSON appends a string with the escapes that Jackson writes.
func appendQuotedJSON(dst []byte, text string) []byte {
	dst = append(dst, '"')
	for i := range len(text) {
		c := text[i]
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c >= ' ':
			dst = append(dst, c)
		case strings.IndexByte("\b\t\n\f\r", c) >= 0:
			dst = append(dst, '\\', "btn?fr"[c-'\b'])
		default:
			dst = append(dst, `\u00`...)
			dst = append(dst, "0123456789ABCDEF"[c>>4], "0123456789ABCDEF"[c&15])
		}
	}
	return append(dst, '"')
}

// sortMembers orders the members of all objects within v by name, as json_parse does.
func (v *jsonValue) sortMembers() {
	for _, item := range v.items {
		item.sortMembers()
	}
	if len(v.members) < 2 || slices.IsSortedFunc(v.members, compareJava) {
		return
	}
	order := make([]int, len(v.members))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return compareJava(v.members[i], v.members[j]) })
	items, members := v.items, v.members
	v.items, v.members = make([]*jsonValue, len(order)), make([]string, len(order))
	for to, from := range order {
		v.items[to], v.members[to] = items[from], members[from]
	}
}

// compareJava compares as Java's String.compareTo does: by UTF-16 units, which
// puts characters beyond U+FFFF before those from U+E000 on.
func compareJava(a, b string) int {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	if i == len(a) || i == len(b) || a[i] < 0xEE || b[i] < 0xEE {
		return strings.Compare(a, b)
	}
	return slices.Compare(utf16.Encode([]rune(a)), utf16.Encode([]rune(b)))
}

// appendJavaFloat appends f as Java's Double.toString, or Float.toString where
// bits is 32, prints it since JDK 19: the fewest digits that read back as f, but
// two where the nearest of two is nearer, in scientific notation below 1e-3 and
// from 1e7 on. Source: the javadoc of java.lang.Double.toString.
func appendJavaFloat(dst []byte, f float64, bits int) []byte {
	switch {
	case math.IsNaN(f):
		return append(dst, "NaN"...)
	case f > math.MaxFloat64:
		return append(dst, "Infinity"...)
	case f < -math.MaxFloat64:
		return append(dst, "-Infinity"...)
	case f == 0:
		return append(strconv.AppendFloat(dst, f, 'f', -1, bits), ".0"...)
	}
	mantissa, exponent, _ := strings.Cut(javaDigits(f, bits), "e")
	if n, _ := strconv.Atoi(exponent); n < -3 || n >= 7 {
		return strconv.AppendInt(append(append(dst, mantissa...), 'E'), int64(n), 10)
	}
	start := len(dst)
	dst = strconv.AppendFloat(dst, f, 'f', -1, bits)
	if !slices.Contains(dst[start:], '.') {
		dst = append(dst, ".0"...)
	}
	return dst
}

// javaDigits gives the digits that Java prints of a number, as 1.5e+02.
func javaDigits(f float64, bits int) string {
	text := strconv.FormatFloat(f, 'e', -1, bits)
	if !strings.Contains(text, ".") {
		two := strconv.FormatFloat(f, 'e', 1, bits)
		if back, err := strconv.ParseFloat(two, bits); err == nil && back == f {
			return two
		}
	}
	return text
}
