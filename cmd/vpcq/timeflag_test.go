package main

import (
	"errors"
	"testing"
	"time"
)

func TestParseTime(t *testing.T) {
	now := time.Date(2025, 11, 8, 12, 30, 0, 0, time.UTC)
	for text, want := range map[string]string{
		"":                          "0001-01-01T00:00:00Z",
		"2025-11-01":                "2025-11-01T00:00:00Z",
		"2025-11-01T06:00:00Z":      "2025-11-01T06:00:00Z",
		"2025-11-01T06:00:00+02:00": "2025-11-01T04:00:00Z",
		"2025-11-01 06:00":          "2025-11-01T06:00:00Z",
		"1761955200":                "2025-11-01T00:00:00Z",
		"-7d":                       "2025-11-01T12:30:00Z",
		"T-90m":                     "2025-11-08T11:00:00Z",
		"-1w":                       "2025-11-01T12:30:00Z",
	} {
		got, err := parseTime("from", text, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("parseTime(%q) = %s, %v; want %s", text, got.Format(time.RFC3339), err, want)
		}
	}
	for _, text := range []string{"yesterday", "2025-13-01", "-7", "-7x", "1761955200000", "7d", "12"} {
		if got, err := parseTime("from", text, now); !errors.Is(err, errUsage) {
			t.Errorf("parseTime(%q) = %s, %v; want wrong usage", text, got, err)
		}
	}
}
