package dialect

// scanNumber reads what begins with a digit, or with a point and a digit: a
// number, or a word that begins with a digit where that is longer.
func scanNumber(s string) (tokenKind, int) {
	kind, n := integerToken, radixLength(s)
	if n == 0 {
		n = digitsLength(s)
		if n < len(s) && s[n] == '.' {
			kind = decimalToken
			n++
			n += digitsLength(s[n:])
		}
		if double := doubleLength(s); double > n {
			kind, n = doubleToken, double
		}
	}
	if isDigit(s[0]) {
		if w := wordLength(s); w > n {
			return digitWord, w
		}
	}
	return kind, n
}

// radixLength is the length of a hexadecimal, octal or binary number, or 0.
func radixLength(s string) int {
	if len(s) < 3 || s[0] != '0' {
		return 0
	}
	var digit func(byte) bool
	switch s[1] | 0x20 {
	case 'x':
		digit = isHexDigit
	case 'o':
		digit = func(c byte) bool { return '0' <= c && c <= '7' }
	case 'b':
		digit = func(c byte) bool { return c == '0' || c == '1' }
	default:
		return 0
	}
	n := 2
	for {
		i := n
		if i < len(s) && s[i] == '_' {
			i++
		}
		if i == len(s) || !digit(s[i]) {
			break
		}
		n = i + 1
	}
	if n == 2 {
		return 0
	}
	return n
}

// isHexDigit tells whether c is a hexadecimal digit.
func isHexDigit(c byte) bool {
	return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f'
}

// digitsLength is the length of digits with single underscores between them.
func digitsLength(s string) int {
	n := 0
	for n < len(s) {
		switch {
		case isDigit(s[n]):
			n++
		case s[n] == '_' && n > 0 && n+1 < len(s) && isDigit(s[n+1]):
			n += 2
		default:
			return n
		}
	}
	return n
}

// doubleLength is the length of a number with an exponent, or 0. It takes no
// underscores.
func doubleLength(s string) int {
	n := plainDigits(s)
	if n < len(s) && s[n] == '.' {
		n++
		n += plainDigits(s[n:])
	}
	if n == len(s) || s[n]|0x20 != 'e' {
		return 0
	}
	n++
	if n < len(s) && (s[n] == '+' || s[n] == '-') {
		n++
	}
	digits := plainDigits(s[n:])
	if digits == 0 {
		return 0
	}
	return n + digits
}

// plainDigits is the number of decimal digits s begins with.
func plainDigits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}
