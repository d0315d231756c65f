package dialect

import (
	"math"
	"strings"
	"unicode/utf8"
)

// split cuts a text at a delimiter into a number of parts at most.
func split(text, delimiter string, limit int64) (any, error) {
	switch {
	case limit <= 0:
		return nil, argumentFault("Limit must be positive")
	case limit > math.MaxInt32:
		return nil, argumentFault("Limit is too large")
	case delimiter == "":
		return nil, argumentFault("The delimiter may not be the empty string")
	}
	parts := []any{}
	for _, part := range strings.SplitN(text, delimiter, int(limit)) {
		parts = append(parts, part)
	}
	return parts, nil
}

// splitPartOf returns the part with a number from 1, nil past the last. An empty
// delimiter stands between all characters.
func splitPartOf(text, delimiter string, index int64) (any, error) {
	if index <= 0 {
		return nil, argumentFault("Index must be greater than zero")
	}
	if delimiter == "" {
		at := offsetOf(text, index)
		if at < 0 {
			return nil, nil
		}
		_, width := utf8.DecodeRuneInString(text[at:])
		return text[at : at+width], nil
	}
	for ; index > 1; index-- {
		_, after, found := strings.Cut(text, delimiter)
		if !found {
			return nil, nil
		}
		text = after
	}
	part, _, _ := strings.Cut(text, delimiter)
	return part, nil
}

// splitEntries calls f with the keys and values of a text.
func splitEntries(text, entries, pairs, quote string, f func(key, value string) error) error {
	switch {
	case entries == "":
		return argumentFault("entryDelimiter is empty")
	case pairs == "":
		return argumentFault("keyValueDelimiter is empty")
	case entries == pairs:
		return argumentFault("entryDelimiter and keyValueDelimiter must not be the same")
	}
	for text != "" {
		var entry string
		entry, text, _ = strings.Cut(text, entries)
		key, value, found := strings.Cut(entry, pairs)
		if !found || strings.Contains(value, pairs) {
			return argumentFault("Key-value delimiter must appear exactly once in each entry. Bad input: %s%s%s", quote, entry, quote)
		}
		if err := f(key, value); err != nil {
			return err
		}
	}
	return nil
}

func splitToMap(text, entries, pairs string) (any, error) {
	out, seen := Pairs{}, map[string]bool{}
	err := splitEntries(text, entries, pairs, "'", func(key, value string) error {
		if seen[key] {
			return argumentFault("Duplicate keys (%s) are not allowed", key)
		}
		seen[key] = true
		out = append(out, Pair{key, value})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func splitToMultimap(text, entries, pairs string) (any, error) {
	out, place := Pairs{}, map[string]int{}
	err := splitEntries(text, entries, pairs, "", func(key, value string) error {
		i, ok := place[key]
		if !ok {
			i = len(out)
			place[key] = i
			out = append(out, Pair{key, []any{}})
		}
		out[i].Value = append(out[i].Value.([]any), value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
