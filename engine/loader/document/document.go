// Package document reads JSON documents that stand one behind the other, with
// white space between them or without.
//
// A document is one JSON text of RFC 8259, to the letter; a value is a document
// or a part of one; its raw text is what stands there; the text of a string is
// what its raw text means. Nothing is copied but texts that are asked for.
package document

import (
	"fmt"
	"io"
	"iter"
	"unicode/utf16"
	"unicode/utf8"
)

// Kind is what a value is, by the byte that it begins with.
type Kind byte

// The kinds. A number has the kind Number whatever it begins with.
const (
	None   Kind = 0 // there is no value
	Object Kind = '{'
	Array  Kind = '['
	String Kind = '"'
	True   Kind = 't'
	False  Kind = 'f'
	Null   Kind = 'n'
	Number Kind = '0'
)

// Value is a value that has been read; its raw text belongs to whoever gave it to Next.
type Value struct {
	Kind Kind
	Raw  []byte // without white space around it
}

// maxDepth is how deep arrays and objects may stand in each other.
const maxDepth = 512

var errDeep = fmt.Errorf("more than %d arrays and objects in each other", maxDepth)

// Next returns the first document of text, what stands behind it, and a Value of
// the kind None where text is white space alone. The error is
// io.ErrUnexpectedEOF where text ends within the document: more of it may follow.
// A number at the end of text is taken for whole.
func Next(text []byte) (v Value, rest []byte, err error) {
	from := skipSpace(text, 0)
	if from == len(text) {
		return Value{}, nil, nil
	}
	end, err := skipValue(text, from, maxDepth)
	if err != nil {
		return Value{}, nil, err
	}
	return Value{kindOf(text[from]), text[from:end]}, text[end:], nil
}

func kindOf(first byte) Kind {
	if first == '-' || '0' <= first && first <= '9' {
		return Number
	}
	return Kind(first)
}

// Members gives the names and values of an object, in their order; a name may
// come again. It gives none of any other value.
func (v Value) Members() iter.Seq2[Value, Value] {
	return func(yield func(name, value Value) bool) {
		if v.Kind != Object {
			return
		}
		for rest := v.Raw[1:]; ; {
			name, after, err := Next(trim(rest, ','))
			if err != nil || name.Kind != String {
				return // the closing brace
			}
			value, after, err := Next(trim(after, ':'))
			if err != nil || !yield(name, value) {
				return
			}
			rest = after
		}
	}
}

// Elements gives the values of an array, in their order. It gives none of any
// other value.
func (v Value) Elements() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind != Array {
			return
		}
		for rest := v.Raw[1:]; ; {
			element, after, err := Next(trim(rest, ','))
			if err != nil || !yield(element) {
				return // the closing bracket
			}
			rest = after
		}
	}
}

// trim returns what stands behind the mark that text begins with, or text where
// it begins with another.
func trim(text []byte, mark byte) []byte {
	if at := skipSpace(text, 0); at < len(text) && text[at] == mark {
		return text[at+1:]
	}
	return text
}

func skipSpace(text []byte, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
		at++
	}
	return at
}

// skipValue returns the end of the value at text[at:].
func skipValue(text []byte, at, depth int) (end int, err error) {
	switch c := text[at]; {
	case depth == 0:
		return 0, errDeep
	case c == '{':
		return skipList(text, at, depth, '}', skipMember)
	case c == '[':
		return skipList(text, at, depth, ']', skipValue)
	case c == '"':
		return skipString(text, at)
	case c == '-' || '0' <= c && c <= '9':
		return skipNumber(text, at)
	case c == 't':
		return skipWord(text, at, "true")
	case c == 'f':
		return skipWord(text, at, "false")
	case c == 'n':
		return skipWord(text, at, "null")
	}
	return 0, unexpected(text, at)
}

// skipList returns the end of an object or array, whose members skip passes over.
func skipList(text []byte, at, depth int, closing byte, skip func([]byte, int, int) (int, error)) (end int, err error) {
	at = skipSpace(text, at+1)
	for first := true; at < len(text); first = false {
		switch {
		case text[at] == closing:
			return at + 1, nil
		case !first && text[at] != ',':
			return 0, unexpected(text, at)
		case !first:
			if at = skipSpace(text, at+1); at == len(text) {
				return 0, io.ErrUnexpectedEOF
			}
		}
		if at, err = skip(text, at, depth-1); err != nil {
			return 0, err
		}
		at = skipSpace(text, at)
	}
	return 0, io.ErrUnexpectedEOF
}

// skipMember returns the end of a member of an object.
func skipMember(text []byte, at, depth int) (end int, err error) {
	if text[at] != '"' {
		return 0, unexpected(text, at)
	}
	if at, err = skipString(text, at); err != nil {
		return 0, err
	}
	if at = skipSpace(text, at); at < len(text) && text[at] != ':' {
		return 0, unexpected(text, at)
	}
	if at = skipSpace(text, at+1); at >= len(text) {
		return 0, io.ErrUnexpectedEOF
	}
	return skipValue(text, at, depth)
}

// skipString returns the end of a string, with its quotes.
func skipString(text []byte, at int) (end int, err error) {
	for at++; at < len(text); at++ {
		switch c := text[at]; {
		case c == '"':
			return at + 1, nil
		case c == '\\':
			if at, err = skipEscape(text, at+1); err != nil {
				return 0, err
			}
		case c < ' ':
			return 0, unexpected(text, at)
		}
	}
	return 0, io.ErrUnexpectedEOF
}

// skipEscape returns the place of the last byte of an escape whose backslash
// stands before at.
func skipEscape(text []byte, at int) (last int, err error) {
	if at >= len(text) {
		return 0, io.ErrUnexpectedEOF
	}
	if text[at] != 'u' {
		if escaped[text[at]] == 0 {
			return 0, unexpected(text, at)
		}
		return at, nil
	}
	for i := 1; i <= 4; i++ {
		if at+i >= len(text) {
			return 0, io.ErrUnexpectedEOF
		}
		if hexDigit(text[at+i]) < 0 {
			return 0, unexpected(text, at+i)
		}
	}
	return at + 4, nil
}

// escaped is what a letter behind a backslash stands for; zero: nothing.
var escaped = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

func hexDigit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return -1
}

// skipNumber returns the end of a number.
func skipNumber(text []byte, at int) (end int, err error) {
	if text[at] == '-' {
		at++
	}
	zero := at < len(text) && text[at] == '0'
	if end, err = skipDigits(text, at); err != nil {
		return 0, err
	}
	if zero && end > at+1 {
		return 0, unexpected(text, at+1)
	}
	if end < len(text) && text[end] == '.' {
		if end, err = skipDigits(text, end+1); err != nil {
			return 0, err
		}
	}
	if end < len(text) && text[end]|0x20 == 'e' {
		if end++; end < len(text) && (text[end] == '+' || text[end] == '-') {
			end++
		}
		return skipDigits(text, end)
	}
	return end, nil
}

// skipDigits returns the end of one or more digits.
func skipDigits(text []byte, at int) (end int, err error) {
	end = at
	for end < len(text) && '0' <= text[end] && text[end] <= '9' {
		end++
	}
	switch {
	case end > at:
		return end, nil
	case end == len(text):
		return 0, io.ErrUnexpectedEOF
	}
	return 0, unexpected(text, end)
}

// skipWord returns the end of a word that stands for itself.
func skipWord(text []byte, at int, word string) (end int, err error) {
	for i := range len(word) {
		if at+i == len(text) {
			return 0, io.ErrUnexpectedEOF
		}
		if text[at+i] != word[i] {
			return 0, unexpected(text, at+i)
		}
	}
	return at + len(word), nil
}

// unexpected is the error of a byte that cannot stand there.
func unexpected(text []byte, at int) error {
	r, _ := utf8.DecodeRune(text[at:])
	return &SyntaxError{At: at, Found: r}
}

// SyntaxError says that a text is no JSON.
type SyntaxError struct {
	At    int  // the byte of the text given to Next
	Found rune // that stands there
}

// Error returns the message, without the place.
func (e *SyntaxError) Error() string { return fmt.Sprintf("unexpected %q in JSON", e.Found) }

// AppendText appends the text of a string to dst. Half of a surrogate pair
// becomes U+FFFD; bytes that are not UTF-8 stay.
func (v Value) AppendText(dst []byte) []byte {
	raw := v.Raw[1 : len(v.Raw)-1]
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			dst = append(dst, raw[i])
			i++
			continue
		}
		if raw[i+1] != 'u' {
			dst = append(dst, escaped[raw[i+1]])
			i += 2
			continue
		}
		r := unit(raw[i+2:])
		i += 6
		if utf16.IsSurrogate(r) && i+6 <= len(raw) && raw[i] == '\\' && raw[i+1] == 'u' {
			if pair := utf16.DecodeRune(r, unit(raw[i+2:])); pair != utf8.RuneError {
				r = pair
				i += 6
			}
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// AppendString appends text to dst as a JSON string. Bytes that are not UTF-8 stay.
func AppendString(dst, text []byte) []byte {
	dst = append(dst, '"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = append(dst, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return append(dst, '"')
}

// unit reads the four hexadecimal digits of a UTF-16 code unit.
func unit(raw []byte) rune {
	return hexDigit(raw[0])<<12 | hexDigit(raw[1])<<8 | hexDigit(raw[2])<<4 | hexDigit(raw[3])
}

// Is reports whether the text of a string is name.
func (v Value) Is(name string) bool {
	if v.Kind != String {
		return false
	}
	if raw := v.Raw[1 : len(v.Raw)-1]; len(raw) == len(name) {
		return string(raw) == name
	}
	return len(v.Raw) > len(name)+2 && string(v.AppendText(nil)) == name
}
