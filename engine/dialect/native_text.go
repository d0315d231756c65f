package dialect

import (
	"fmt"
	"math"
	"strings"
)

// textNatives work on text.
var textNatives = []Native{
	{Name: "vpcq_from_utf8", Parameters: []string{"BLOB"}, Result: "VARCHAR", Call: call1(func(b []byte) (any, error) { return fromUTF8(b, "\uFFFD"), nil })},
	{Name: "vpcq_from_utf8_text", Parameters: []string{"BLOB", "VARCHAR"}, Result: "VARCHAR", Call: call2(fromUTF8Text)},
	{Name: "vpcq_from_utf8_codepoint", Parameters: []string{"BLOB", "BIGINT"}, Result: "VARCHAR", Call: call2(fromUTF8CodePoint)},
	{Name: "vpcq_hamming_distance", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BIGINT", Call: call2(hammingDistance)},
	{Name: "vpcq_levenshtein_distance", Parameters: []string{"VARCHAR", "VARCHAR"}, Result: "BIGINT", Call: call2(levenshteinDistance)},
	{Name: "vpcq_human_readable_seconds", Parameters: []string{"DOUBLE"}, Result: "VARCHAR", Call: call1(humanReadableSeconds)},
}

// humanReadableSeconds prints seconds in words: 1 day, 3 minutes, 5 seconds.
func humanReadableSeconds(f float64) (any, error) {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil, fmt.Errorf("%s: Invalid argument found: %v", functionArgument, f)
	}
	rest := int64(math.Abs(math.Round(f)))
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
	if len(left)*len(right) > most {
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
