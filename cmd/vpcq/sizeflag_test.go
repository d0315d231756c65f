package main

import (
	"errors"
	"testing"
)

func TestParseMemory(t *testing.T) {
	for text, want := range map[string]int64{"": 0, "8MB": 8e6, "512MB": 512e6} {
		if got, err := parseMemory(text); err != nil || got != want {
			t.Errorf("parseMemory(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	const least = " is less than the query engine needs, which is 8.0 MB"
	for text, want := range map[string]string{
		"5":    `--memory-limit "5"` + least + "; did you mean 5GB?",
		"0":    `--memory-limit "0"` + least,
		"1MB":  `--memory-limit "1MB"` + least,
		"much": `--memory-limit "much" is not a size; write it as 512MB or 2GiB`,
	} {
		if _, err := parseMemory(text); !errors.Is(err, errUsage) || err.Error() != want {
			t.Errorf("parseMemory(%q): %v, want %s", text, err, want)
		}
	}
}

func TestParseSize(t *testing.T) {
	for text, want := range map[string]int64{
		"": 0, "0": 0, "1024": 1024, "10B": 10, "2kB": 2000, "2KiB": 2048, "512MB": 512e6, "1.5 GB": 1500e6, "2gib": 2 << 30, "1t": 1e12,
	} {
		if got, err := parseSize("memory-limit", text); err != nil || got != want {
			t.Errorf("parseSize(%q) = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"much", "-1", "1XB", "60%", "1e9"} {
		if got, err := parseSize("memory-limit", text); !errors.Is(err, errUsage) {
			t.Errorf("parseSize(%q) = %d, %v; want wrong usage", text, got, err)
		}
	}
}
