package main

import (
	"errors"
	"testing"
)

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
