package dialect

import (
	"strings"
	"unicode/utf8"
)

// pathToken is a token of the path language of SQL/JSON.
type pathToken struct {
	kind pathTokenKind
	text string // of a string what it spells, of a variable its name without the $
	at   int    // its place in the path, in bytes
	end  int    // the place after it
}

type pathTokenKind uint8

const (
	pathEnd pathTokenKind = iota
	pathSymbol
	pathWord
	pathVariable // $name
	pathText     // "…"
	pathInteger
	pathDecimal
	pathDouble
	pathBad
)

// pathSymbols are the symbols, longer ones before those they begin with.
var pathSymbols = []string{
	"..", "&&", "||", "==", "<>", "!=", "<=", ">=",
	"<", ">", "!", "+", "-", "*", "/", "%", ".", "?", ",", "(", ")", "[", "]", "$", "@",
}

// tokenizePath cuts a path into tokens, of which the last is its end.
func tokenizePath(path string) []pathToken {
	var tokens []pathToken
	for at := 0; ; {
		at += len(path[at:]) - len(strings.TrimLeft(path[at:], " \t\r\n"))
		t := scanPathToken(path[at:])
		t.at, t.end = at, at+t.end
		tokens = append(tokens, t)
		if t.kind == pathEnd {
			return tokens
		}
		at = t.end
	}
}

// scanPathToken reads the token at the beginning of rest; its end counts from there.
func scanPathToken(rest string) pathToken {
	switch {
	case rest == "":
		return pathToken{kind: pathEnd, text: "<EOF>"}
	case rest[0] == '"':
		return scanPathText(rest)
	case isDigitByte(rest[0]) || rest[0] == '.' && len(rest) > 1 && isDigitByte(rest[1]):
		return scanPathNumber(rest)
	case rest[0] == '$' && pathWordEnd(rest[1:]) > 0:
		end := 1 + pathWordEnd(rest[1:])
		return pathToken{kind: pathVariable, text: rest[1:end], end: end}
	case pathWordEnd(rest) > 0:
		end := pathWordEnd(rest)
		return pathToken{kind: pathWord, text: rest[:end], end: end}
	}
	for _, symbol := range pathSymbols {
		if strings.HasPrefix(rest, symbol) {
			return pathToken{kind: pathSymbol, text: symbol, end: len(symbol)}
		}
	}
	_, size := utf8.DecodeRuneInString(rest)
	return pathToken{kind: pathBad, text: rest[:size], end: size}
}

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

// pathWordEnd returns the length of the word at the beginning of rest.
func pathWordEnd(rest string) int {
	n := 0
	for n < len(rest) && rest[n] != '$' && isWordByte(rest[n]) && (n > 0 || !isDigitByte(rest[n])) {
		n++
	}
	return n
}

// scanPathText reads a string, in which two quotes stand for one.
func scanPathText(rest string) pathToken {
	for i := 1; i < len(rest); i++ {
		if rest[i] != '"' {
			continue
		}
		if i+1 < len(rest) && rest[i+1] == '"' {
			i++
			continue
		}
		return pathToken{kind: pathText, text: strings.ReplaceAll(rest[1:i], `""`, `"`), end: i + 1}
	}
	return pathToken{kind: pathBad, text: `"`, end: 1}
}

func scanPathNumber(rest string) pathToken {
	digits := func(n int) int {
		for n < len(rest) && isDigitByte(rest[n]) {
			n++
		}
		return n
	}
	kind, end := pathInteger, digits(0)
	if end < len(rest) && rest[end] == '.' {
		kind, end = pathDecimal, digits(end+1)
	}
	if end < len(rest) && rest[end]|0x20 == 'e' {
		exponent := end + 1
		if exponent < len(rest) && (rest[exponent] == '+' || rest[exponent] == '-') {
			exponent++
		}
		if last := digits(exponent); last > exponent {
			kind, end = pathDouble, last
		}
	}
	return pathToken{kind: kind, text: rest[:end], end: end}
}
