package dialect

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// parameter reads a question mark.
func (p *parser) parameter() *Parameter {
	n := &Parameter{Pos: p.pos(), Index: p.params}
	p.expect("?")
	p.params++
	return n
}

// number reads a number, with the minus before it if negative.
func (p *parser) number(negative bool) Expression {
	at, sign := p.pos(), ""
	if negative {
		sign = "-"
		p.advance()
	}
	t := p.advance()
	plain := sign + strings.ReplaceAll(t.text, "_", "")
	switch t.kind {
	case decimalToken:
		return &DecimalLiteral{Pos: at, Text: plain}
	case doubleToken:
		value, _ := strconv.ParseFloat(plain, 64) // out of range is ±Inf or 0, as in Java
		return &DoubleLiteral{Pos: at, Value: value, Text: plain}
	}
	t.pos = at
	return &IntegerLiteral{Pos: at, Value: p.integerValue(t, negative), Text: t.text}
}

// integerValue is the number an integer token spells, which must fit in 64
// bits.
func (p *parser) integerValue(t token, negative bool) int64 {
	digits := strings.ReplaceAll(t.text, "_", "")
	base := 10
	if len(digits) > 2 && digits[0] == '0' {
		switch digits[1] | 0x20 {
		case 'x':
			base = 16
		case 'o':
			base = 8
		case 'b':
			base = 2
		}
	}
	if base != 10 {
		digits = digits[2:]
	}
	sign := ""
	if negative {
		sign = "-"
	}
	value, err := strconv.ParseInt(sign+digits, base, 64)
	if err != nil {
		p.refuse(t.pos, "Invalid numeric literal: "+sign+t.text)
	}
	return value
}

// integerToken goes over a whole number.
func (p *parser) integerToken() int64 {
	t := p.cur()
	if t.kind != integerToken {
		p.fail()
		return 0
	}
	p.advance()
	return p.integerValue(t, false)
}

// stringLiteral reads 'text' or U&'text' [UESCAPE 'c'].
func (p *parser) stringLiteral() *StringLiteral {
	t := p.cur()
	if !t.isString() {
		p.fail()
		return &StringLiteral{Pos: t.pos}
	}
	p.advance()
	if t.kind == stringToken {
		return &StringLiteral{Pos: t.pos, Value: unquote(t.text)}
	}
	escape := '\\'
	if p.is("UESCAPE") && p.peek(1).kind == stringToken {
		p.advance()
		escape = p.unicodeEscape(t.pos, unquote(p.advance().text))
	}
	value, message := decodeUnicode(unquote(t.text[2:]), escape)
	if message != "" {
		p.refuse(t.pos, message)
	}
	return &StringLiteral{Pos: t.pos, Value: value}
}

// unquote takes the quotes off a string and undoubles those within.
func unquote(text string) string {
	return strings.ReplaceAll(text[1:len(text)-1], "''", "'")
}

// unicodeEscape checks the character of UESCAPE.
func (p *parser) unicodeEscape(at Pos, escape string) rune {
	runes := []rune(escape)
	switch {
	case len(runes) == 0:
		p.refuse(at, "Empty Unicode escape character")
	case len(runes) > 1 || runes[0] < 0x20 || runes[0] > 0x7e:
		p.refuse(at, "Invalid Unicode escape character")
	case isHexDigit(byte(runes[0])) || strings.ContainsRune(`'+" `, runes[0]):
		p.refuse(at, "Invalid Unicode escape character")
	default:
		return runes[0]
	}
	return '\\'
}

// decodeUnicode replaces the escapes of a U&” string: \XXXX, \+XXXXXX and a
// doubled escape character. Its second result is Trino's message for a bad
// one.
func decodeUnicode(text string, escape rune) (value, message string) {
	var b strings.Builder
	for rest := []rune(text); len(rest) > 0; {
		r := rest[0]
		rest = rest[1:]
		if r != escape {
			b.WriteRune(r)
			continue
		}
		if len(rest) > 0 && rest[0] == escape {
			b.WriteRune(escape)
			rest = rest[1:]
			continue
		}
		digits := 4
		if len(rest) > 0 && rest[0] == '+' {
			digits, rest = 6, rest[1:]
		}
		code, bad := unicodeCode(rest, digits)
		if bad != "" {
			return "", bad
		}
		b.WriteRune(code)
		rest = rest[digits:]
	}
	return b.String(), ""
}

// unicodeCode reads the digits of one escape.
func unicodeCode(rest []rune, digits int) (code rune, message string) {
	if len(rest) < digits {
		return 0, "Incomplete escape sequence: " + string(rest)
	}
	n, err := strconv.ParseUint(string(rest[:digits]), 16, 32)
	switch {
	case err != nil:
		return 0, "Invalid hexadecimal digit: " + firstNonHex(rest[:digits])
	case n > 0x10ffff:
		return 0, "Invalid escaped character: " + string(rest[:digits])
	case n >= 0xd800 && n <= 0xdfff:
		return 0, "Invalid escaped character: " + string(rest[:digits]) + ". Escaped character is a surrogate. Use '\\+123456' instead."
	}
	return rune(n), ""
}

// firstNonHex is the first rune that is no hexadecimal digit.
func firstNonHex(runes []rune) string {
	for _, r := range runes {
		if r > 0x7f || !isHexDigit(byte(r)) {
			return string(r)
		}
	}
	return ""
}

// binaryLiteral reads X'…'; white space between digits does not count.
func (p *parser) binaryLiteral() Expression {
	t := p.advance()
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \r\n\t", r) {
			return -1
		}
		return r
	}, t.text[2:len(t.text)-1])
	for i := range len(digits) {
		if !isHexDigit(digits[i]) {
			p.refuse(t.pos, "Binary literal can only contain hexadecimal digits")
		}
	}
	if len(digits)%2 != 0 {
		p.refuse(t.pos, "Binary literal must contain an even number of digits")
	}
	value, _ := hex.DecodeString(digits) // checked above
	return &BinaryLiteral{Pos: t.pos, Value: value}
}

// interval reads INTERVAL [sign] 'n' unit [TO unit].
func (p *parser) interval() Expression {
	i := &IntervalLiteral{Pos: p.pos()}
	p.expect("INTERVAL")
	i.Negative = p.acceptAny("+", "-") == "-"
	i.Value = p.stringLiteral().Value
	i.From, i.To = p.intervalFields()
	return i
}
