package main

import (
	"regexp"
	"strconv"
	"strings"
)

var sizeForm = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$`)

// parseSize reads a number of bytes such as 512MB or 2GiB; the empty text is 0.
func parseSize(flag, text string) (int64, error) {
	if text == "" {
		return 0, nil
	}
	m := sizeForm.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return 0, usage("--%s %q is not a size; write it as 512MB or 2GiB", flag, text)
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return 0, usage("--%s %q: %w", flag, text, err)
	}
	step := 1000.0
	if m[3] == "i" {
		step = 1024
	}
	for range strings.Index("kmgt", m[2]) + len(m[2]) { // k is one step, m two; none is none
		n *= step
	}
	return int64(n), nil
}
