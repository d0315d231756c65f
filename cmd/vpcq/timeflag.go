package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// timeForms are the ways to write an instant, all UTC where no offset stands.
var timeForms = []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly}

// parseDuration reads a span of time such as 5m; the empty text is 0.
func parseDuration(flag, text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, usage("--%s %q is not a span of time; write it as 30s, 5m or 2h", flag, text)
	}
	return d, nil
}

var ago = regexp.MustCompile(`^[Tt]?-(\d+)([smhdw])$`)

var agoUnits = map[string]time.Duration{"s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour, "w": 7 * 24 * time.Hour}

// parseTime reads a day, an instant, seconds since 1970 or a time before now
// such as -7d. The empty text is no time at all.
func parseTime(flag, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, form := range timeForms {
		if t, err := time.Parse(form, text); err == nil {
			return t.UTC(), nil
		}
	}
	if m := ago.FindStringSubmatch(text); m != nil {
		if n, err := strconv.Atoi(m[1]); err == nil {
			return now.UTC().Add(-time.Duration(n) * agoUnits[m[2]]), nil
		}
	}
	if seconds, err := strconv.ParseInt(strings.TrimPrefix(text, "@"), 10, 64); err == nil && seconds > 1e8 && seconds < 1e11 {
		return time.Unix(seconds, 0).UTC(), nil
	}
	return time.Time{}, usage("--%s %q is not a time; write a day (2025-11-01), an instant (2025-11-01T06:00:00Z), seconds since 1970, or a time before now (-7d)", flag, text)
}
