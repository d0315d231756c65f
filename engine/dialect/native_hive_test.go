package dialect

import (
	"testing"
	"time"
)

func TestHiveTimestamp(t *testing.T) {
	for text, want := range map[string]string{
		"2025-11-02 10:20:30.5":         "2025-11-02T10:20:30.5Z",
		"2025-11-02 10:20:30":           "2025-11-02T10:20:30Z",
		"2025-11-02 10:20:30.123499999": "2025-11-02T10:20:30.123Z",
		"2025-11-02 10:20:30.1235":      "2025-11-02T10:20:30.124Z",
		"2025-11-02 10:20:30.9999":      "2025-11-02T10:20:31Z",
		" 2025-11-02 ":                  "2025-11-02T00:00:00Z",
		"2025-1-2 3:4:5":                "2025-01-02T03:04:05Z",
		"2025-13-32 24:00:00":           "2026-02-02T00:00:00Z",
		"2025-11-02T10:20:30.25":        "2025-11-02T10:20:30.25Z",
		"2025-11-02T10:20":              "2025-11-02T10:20:00Z",
		"1969-12-31 23:59:59.75":        "1969-12-31T23:59:59.75Z",
		"2025-11-02 10:20":              "",
		"2025-1-2":                      "2025-01-02T00:00:00Z",
		"25-1-2":                        "",
		"":                              "",
		"x":                             "",
	} {
		got, ok := hiveTimestamp(text).(int64)
		at, err := time.Parse(time.RFC3339Nano, want)
		if ok != (err == nil) || ok && got != at.UnixMicro() {
			t.Errorf("%q is %s, want %s", text, time.UnixMicro(got).UTC(), want)
		}
	}
}

func TestHiveDate(t *testing.T) {
	for text, want := range map[string]int32{"1970-01-02": 1, "2025-11-02": 20394, "1969-12-31": -1, "2025-1-2": 20090, "0001-01-01": -719162} {
		if got, err := hiveDate(text); err != nil || got != want {
			t.Errorf("%q is %v, want %d, error %v", text, got, want, err)
		}
	}
	for _, text := range []string{"2025-02-29", "2025-13-01", "20251102", "2025-11-02 ", "x", "2025-11-02 00:00:00"} {
		if got, err := hiveDate(text); err == nil || got != nil {
			t.Errorf("%q is %v", text, got)
		}
	}
	if got, err := hiveDate(""); got != nil || err != nil {
		t.Errorf("nothing is %v, %v", got, err)
	}
}
