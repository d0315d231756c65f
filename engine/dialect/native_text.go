package dialect

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// textNatives work on text.
var textNatives = []Native{
	{Name: "vpcq_from_utf8", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: call1(func(b []byte) (any, error) { return fromUTF8(b, "\uFFFD"), nil })},
	{Name: "vpcq_from_utf8_text", Parameters: []string{"BLOB", "VARCHAR"}, Result: "VARCHAR", Call: call2(fromUTF8Text)},
	{Name: "vpcq_from_utf8_codepoint", Parameters: []string{"BLOB", "BIGINT"}, Result: "VARCHAR", Call: call2(fromUTF8CodePoint)},
	{Name: "vpcq_hamming_distance", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BIGINT", Call: call2(hammingDistance)},
	{Name: "vpcq_join", Parameters: []string{"VARCHAR[]", "VARCHAR"}, Result: "VARCHAR", Call: call2(joinedBy)},
	{Name: "vpcq_levenshtein_distance", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BIGINT", Call: call2(levenshteinDistance)},
	{Name: "vpcq_chr", Parameters: []string{"BIGINT"}, Result: "VARCHAR", Call: call1(character)},
	{Name: "vpcq_like_pattern", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: call2(func(pattern, escape string) (any, error) { return likePattern(pattern, escape) })},
	{Name: "vpcq_luhn_check", Parameters: []string{"VARCHAR"}, Result: "BOOLEAN", Call: call1(luhnCheck)},
	{Name: "vpcq_normalize", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: call2(normalized)},
	{Name: "vpcq_replace", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: call3(func(s, part, by string) (any, error) { return strings.ReplaceAll(s, part, by), nil })},
	{Name: "vpcq_reverse", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: call1(reversed)},
	{Name: "vpcq_soundex", Parameters: []string{"VARCHAR"}, Result: "VARCHAR", Call: call1(soundex)},
	{Name: "vpcq_split", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT"}, Result: "VARCHAR[]", Call: call3(split)},
	{Name: "vpcq_split_part", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT"}, Result: "VARCHAR", Call: call3(splitPartOf)},
	{Name: "vpcq_split_to_map", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR"}, Result: "MAP(VARCHAR, VARCHAR)", Call: call3(splitToMap)},
	{Name: "vpcq_split_to_multimap", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR"}, Result: "MAP(VARCHAR, VARCHAR[])", Call: call3(splitToMultimap)},
	{Name: "vpcq_lpad", Parameters: []string{"VARCHAR", "BIGINT", "VARCHAR"}, Result: "VARCHAR", Call: call3(func(s string, length int64, with string) (any, error) { return paddedText(s, length, with, true) })},
	{Name: "vpcq_rpad", Parameters: []string{"VARCHAR", "BIGINT", "VARCHAR"}, Result: "VARCHAR", Call: call3(func(s string, length int64, with string) (any, error) { return paddedText(s, length, with, false) })},
	{Name: "vpcq_substr", Parameters: []string{"VARCHAR", "BIGINT", "BIGINT"}, Result: "VARCHAR", Call: call3(func(s string, start, length int64) (any, error) { return string(partOf([]rune(s), start, length)), nil })},
	{Name: "vpcq_strpos", Parameters: []string{"VARCHAR", "VARCHAR", "BIGINT"}, Result: "BIGINT", Call: call3(position)},
	{Name: "vpcq_translate", Parameters: []string{"VARCHAR", "VARCHAR", "VARCHAR"}, Result: "VARCHAR", Call: call3(translated)},
	{Name: "vpcq_human_readable_seconds", Parameters: []string{"DOUBLE"}, Result: "VARCHAR", Call: call1(humanReadableSeconds)},
}

// humanReadableSeconds prints seconds in words: 1 day, 3 minutes, 5 seconds.
func humanReadableSeconds(f float64) (any, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("%s: Invalid argument found: %v", functionArgument, f)
	}
	rest := javaLong(math.Abs(math.Floor(f + 0.5))) // halves up, as Java's Math.round
	var parts []string
	for _, unit := range []struct {
		name    string
		seconds int64
	}{{"week", 604800}, {"day", 86400}, {"hour", 3600}, {"minute", 60}, {"second", 1}} {
		n := rest / unit.seconds
		rest %= unit.seconds
		if n == 0 && (unit.seconds > 1 || len(parts) > 0) {
			continue
		}
		plural := "s"
		if n == 1 {
			plural = ""
		}
		parts = append(parts, fmt.Sprintf("%d %s%s", n, unit.name, plural))
	}
	return strings.Join(parts, ", "), nil
}

// joinedBy puts a separator between the texts that are not NULL.
func joinedBy(texts []any, separator string) (any, error) {
	given := make([]string, 0, len(texts))
	for _, t := range texts {
		if s, ok := t.(string); ok {
			given = append(given, s)
		}
	}
	return strings.Join(given, separator), nil
}

func paddedText(s string, length int64, with string, left bool) (any, error) {
	n := int64(utf8.RuneCountInString(s))
	switch {
	case length < 0 || length > math.MaxInt32:
		return nil, argumentFault("Target length must be in the range [0..2147483647]")
	case with == "":
		return nil, argumentFault("Padding string must not be empty")
	case n >= length:
		return string(partOf([]rune(s), 1, length)), nil
	case length > mostPadded:
		return nil, fmt.Errorf("%s: %s", notSupported, paddedTooFar)
	}
	characters := []rune(with)
	whole, rest := int(length-n)/len(characters), int(length-n)%len(characters)
	pad := strings.Repeat(with, whole) + string(characters[:rest])
	if left {
		return pad + s, nil
	}
	return s + pad, nil
}

func hammingDistance(s, t string) (any, error) {
	left, right := []rune(s), []rune(t)
	if len(left) != len(right) {
		return nil, fmt.Errorf("%s: The input strings to hamming_distance function must have the same length", functionArgument)
	}
	var n int64
	for i := range left {
		if left[i] != right[i] {
			n++
		}
	}
	return n, nil
}

// levenshteinDistance counts edits, for texts as small as Trino allows.
func levenshteinDistance(s, t string) (any, error) {
	const most = 1_000_000
	left, right := []rune(s), []rune(t)
	if max(len(left), len(right))*(min(len(left), len(right))-1) > most {
		return nil, fmt.Errorf("%s: The combined inputs for Levenshtein distance are too large", functionArgument)
	}
	row := make([]int64, len(right)+1)
	for j := range row {
		row[j] = int64(j)
	}
	for i, l := range left {
		diagonal := row[0]
		row[0] = int64(i + 1)
		for j, r := range right {
			cost := diagonal
			if l != r {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(right)], nil
}

// character returns the text of one code point.
func character(code int64) (any, error) {
	if code < 0 || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return nil, argumentFault("Not a valid Unicode code point: %d", code)
	}
	return string(rune(code)), nil
}

func reversed(s string) (any, error) {
	runes := []rune(s)
	slices.Reverse(runes)
	return string(runes), nil
}

// luhnCheck adds up digits, every second doubled, from the right.
func luhnCheck(s string) (any, error) {
	sum, double := 0, false
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] < '0' || s[i] > '9' {
			return nil, argumentFault("Input contains non-digit character")
		}
		n := int(s[i] - '0')
		if double {
			n *= 2
		}
		if n > 9 {
			n -= 9
		}
		sum += n
		double = !double
	}
	return s != "" && sum%10 == 0, nil
}

// position returns the place of the n-th occurrence, which may overlap the one
// before, in characters from 1, or 0.
func position(s, part string, instance int64) (any, error) {
	if instance == 0 || instance == math.MinInt64 {
		return nil, argumentFault("'instance' must be a positive or negative number.")
	}
	if part == "" {
		return int64(1), nil
	}
	at := -1
	for from := 0; instance > 0; instance-- {
		i := strings.Index(s[min(from, len(s)):], part)
		if i < 0 {
			return int64(0), nil
		}
		at = from + i
		from = at + 1
	}
	for end := len(s); instance < 0; instance++ {
		if at = strings.LastIndex(s[:end], part); at < 0 {
			return int64(0), nil
		}
		end = at + len(part) - 1
	}
	return int64(utf8.RuneCountInString(s[:at]) + 1), nil
}

// translated replaces each character of from by that at its place in to, or drops it.
func translated(s, from, to string) (any, error) {
	by := map[rune]rune{}
	targets := []rune(to)
	for i, r := range []rune(from) {
		if _, ok := by[r]; ok {
			continue
		}
		by[r] = -1
		if i < len(targets) {
			by[r] = targets[i]
		}
	}
	return strings.Map(func(r rune) rune {
		if target, ok := by[r]; ok {
			return target
		}
		return r
	}, s), nil
}

func normalized(s, form string) (any, error) {
	forms := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}
	f, ok := forms[form]
	if !ok {
		return nil, argumentFault("Normalization form must be one of [NFD, NFC, NFKD, NFKC]")
	}
	return f.String(s), nil
}

// soundex is the code of Apache Commons Codec's Soundex.US_ENGLISH, which Trino uses.
func soundex(s string) (any, error) {
	const codes = "01230120022455012623010202"
	letters := []rune(cases.Upper(language.English).String(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) && r <= 0xffff {
			return r
		}
		return -1
	}, s)))
	var out []byte
	last := byte('0')
	for i, r := range letters {
		if len(out) == 4 {
			break
		}
		if i > 0 && (r == 'H' || r == 'W') {
			continue
		}
		if r < 'A' || r > 'Z' {
			return nil, argumentFault("The character is not mapped: %c (index=%d)", r, r-'A')
		}
		code := codes[r-'A']
		if i == 0 {
			out = append(out, byte(r))
		} else if code != '0' && code != last {
			out = append(out, code)
		}
		last = code
	}
	if len(letters) == 0 {
		return "", nil
	}
	return string(append(out, "000"[:4-len(out)]...)), nil
}
