package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/duckdb"
)

var sizeForm = regexp.MustCompile(`^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$`)

// mostGB is what a bare number of the memory limit stays below if it may have
// been meant for gigabytes.
const mostGB = 128

// parseMemory reads --memory-limit; the empty text is 0, for no limit.
func parseMemory(text string) (int64, error) {
	const flag = "memory-limit"
	n, err := parseSize(flag, text)
	if err != nil || text == "" || n >= duckdb.LeastMemory {
		return n, err
	}
	instead := ""
	if bare, err := strconv.Atoi(text); err == nil && bare > 0 && bare < mostGB {
		instead = fmt.Sprintf("; did you mean %dGB?", bare)
	}
	return 0, usage("--%s %q is less than the query engine needs, which is %s%s", flag, text, size(duckdb.LeastMemory), instead)
}

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
