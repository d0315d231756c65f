package dialect

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonToken is a piece of JSON.
type jsonToken uint8

const (
	jsonEnd jsonToken = iota // of the input
	jsonArrayStart
	jsonArrayEnd
	jsonObjectStart
	jsonObjectEnd
	jsonName // of a member
	jsonString
	jsonInteger // a number without point and exponent
	jsonFloat
	jsonTrue
	jsonFalse
	jsonNull
	jsonRaw // JSON that is printed as it stands; the scanner gives none
)

// maxJSONNesting is how deep JSON may nest before it counts as malformed: it
// keeps what walks it from running out of stack.
const maxJSONNesting = 10_000

// jsonScanner reads JSON token by token, as far as it is asked to. Trino's
// functions do the same with Jackson, so that what stands behind the part they
// want need not be JSON.
type jsonScanner struct {
	text   string
	at     int
	token  jsonToken
	value  string // of a name or string what it spells, of a number its text
	lone   bool   // a string had half of a surrogate pair, which stands as '?'
	open   []byte // the brackets that are open
	filled bool   // a value stands before this place in the array or object
	named  bool   // a member's name has been read, but not its value
}

// fault is the error for JSON that is malformed at the scanner's place.
func (s *jsonScanner) fault() error { return fmt.Errorf("malformed JSON at byte %d", s.at+1) }

// peek returns the next byte that is no white space, or 0 at the end.
func (s *jsonScanner) peek() byte {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; c {
		case ' ', '\t', '\r', '\n':
			s.at++
		default:
			return c
		}
	}
	return 0
}

// next reads a token. At the top level values may follow one another.
func (s *jsonScanner) next() error {
	c := s.peek()
	switch {
	case len(s.open) == 0:
		if s.at == len(s.text) {
			s.token = jsonEnd
			return nil
		}
		return s.readValue(c)
	case s.named:
		s.named = false
		return s.readValue(c)
	case c == s.open[len(s.open)-1]+2: // ']' is '[' + 2, and '}' is '{' + 2
		return s.close(c)
	case s.filled:
		if c != ',' {
			return s.fault()
		}
		s.at++
		c = s.peek()
	}
	if s.open[len(s.open)-1] == '{' {
		return s.readName(c)
	}
	return s.readValue(c)
}

func (s *jsonScanner) close(c byte) error {
	s.at++
	s.open = s.open[:len(s.open)-1]
	s.filled = true
	s.token = jsonArrayEnd
	if c == '}' {
		s.token = jsonObjectEnd
	}
	return nil
}

func (s *jsonScanner) readName(c byte) error {
	if c != '"' {
		return s.fault()
	}
	if err := s.readString(); err != nil {
		return err
	}
	if s.peek() != ':' {
		return s.fault()
	}
	s.at++
	s.token, s.named = jsonName, true
	return nil
}

// readValue reads a scalar, or the bracket that opens a value.
func (s *jsonScanner) readValue(c byte) error {
	s.filled = true
	switch {
	case c == '[' || c == '{':
		if len(s.open) == maxJSONNesting {
			return s.fault()
		}
		s.at++
		s.open, s.filled = append(s.open, c), false
		s.token = jsonArrayStart
		if c == '{' {
			s.token = jsonObjectStart
		}
		return nil
	case c == '"':
		s.token = jsonString
		return s.readString()
	case c == '-' || c >= '0' && c <= '9':
		return s.readNumber()
	}
	for _, word := range []struct {
		text  string
		token jsonToken
	}{{"true", jsonTrue}, {"false", jsonFalse}, {"null", jsonNull}} {
		if strings.HasPrefix(s.text[s.at:], word.text) {
			s.at += len(word.text)
			if s.at < len(s.text) && (isWordByte(s.text[s.at]) || s.text[s.at] >= utf8.RuneSelf) {
				return s.fault()
			}
			s.token, s.value = word.token, word.text
			return nil
		}
	}
	return s.fault()
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$'
}

func (s *jsonScanner) readNumber() error {
	start := s.at
	if s.text[s.at] == '-' {
		s.at++
	}
	whole := s.digits()
	if whole == 0 || whole > 1 && s.text[s.at-whole] == '0' {
		return s.fault()
	}
	s.token = jsonInteger
	if s.at < len(s.text) && s.text[s.at] == '.' {
		s.at++
		s.token = jsonFloat
		if s.digits() == 0 {
			return s.fault()
		}
	}
	if s.at < len(s.text) && s.text[s.at]|0x20 == 'e' {
		s.at++
		s.token = jsonFloat
		if s.at < len(s.text) && (s.text[s.at] == '+' || s.text[s.at] == '-') {
			s.at++
		}
		if s.digits() == 0 {
			return s.fault()
		}
	}
	if len(s.open) == 0 && s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) < 0 {
		return s.fault()
	}
	s.value = s.text[start:s.at]
	return nil
}

// digits skips digits and returns how many there were.
func (s *jsonScanner) digits() int {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
	return s.at - start
}

// readString reads a string; its token is the caller's.
func (s *jsonScanner) readString() error {
	s.at++
	start := s.at
	for ; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.value = s.text[start:s.at]
			s.at++
			return nil
		case c < ' ':
			return s.fault()
		case c == '\\':
			return s.readEscaped(s.text[start:s.at])
		}
	}
	return s.fault()
}

// jsonEscapes are what the letters after a backslash stand for.
var jsonEscapes = map[byte]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// readEscaped reads on from the first backslash of a string.
func (s *jsonScanner) readEscaped(before string) error {
	b := []byte(before)
	for s.at < len(s.text) {
		c := s.text[s.at]
		switch {
		case c == '"':
			s.value = string(b)
			s.at++
			return nil
		case c < ' ':
			return s.fault()
		case c != '\\':
			b = append(b, c)
			s.at++
			continue
		}
		s.at++
		if s.at == len(s.text) {
			break
		}
		if plain, ok := jsonEscapes[s.text[s.at]]; ok {
			b = append(b, plain)
			s.at++
			continue
		}
		r, ok := s.readUnit()
		if !ok {
			return s.fault()
		}
		b = utf8.AppendRune(b, s.joinSurrogates(r))
	}
	return s.fault()
}

// readUnit reads the u and the four digits of an escape.
func (s *jsonScanner) readUnit() (rune, bool) {
	if len(s.text)-s.at < 5 || s.text[s.at] != 'u' {
		return 0, false
	}
	var unit rune
	for _, c := range []byte(s.text[s.at+1 : s.at+5]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if digit < 0 || c < '0' {
			return 0, false
		}
		unit = unit<<4 | rune(digit)
	}
	s.at += 5
	return unit, true
}

// joinSurrogates reads the second half of the character that r begins.
func (s *jsonScanner) joinSurrogates(r rune) rune {
	if !utf16.IsSurrogate(r) {
		return r
	}
	if strings.HasPrefix(s.text[s.at:], `\u`) {
		before := s.at
		s.at++
		if low, ok := s.readUnit(); ok {
			if joined := utf16.DecodeRune(r, low); joined != utf8.RuneError {
				return joined
			}
		}
		s.at = before
	}
	s.lone = true
	return '?'
}

// skip reads to the end of the value whose first token has been read.
func (s *jsonScanner) skip() error {
	if s.token != jsonArrayStart && s.token != jsonObjectStart {
		return nil
	}
	for depth := len(s.open); len(s.open) >= depth; {
		if err := s.next(); err != nil {
			return err
		}
	}
	return nil
}
