package dialect

import (
	"strings"
	"testing"
	"time"
)

// errorText is the text of an error, "" for none.
func errorText(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func TestPrintPattern(t *testing.T) {
	at := clock(t, "2024-03-08 15:04:05") + 123_000
	tests := []struct {
		language      *patternCache
		pattern, want string
	}{
		{jodaPatterns, "yyyy-MM-dd'T'HH:mm:ss.SSS", "2024-03-08T15:04:05.123"},
		{jodaPatterns, "G C yy Y x ww e D DDD", "AD 20 24 2024 2024 10 5 68 068"},
		{jodaPatterns, "EEEE EEE MMMM MMM M d", "Friday Fri March Mar 3 8"},
		{jodaPatterns, "a h hh H K k m s S SS SSSSSS", "PM 3 03 15 3 15 4 5 1 12 123000"},
		{jodaPatterns, "Z ZZ ZZZ", "-0530 -05:30 Some/Where"},
		{jodaPatterns, "'it''s' ''", "it's '"},
		{mysqlPatterns, "%Y-%m-%d %H:%i:%s.%f", "2024-03-08 15:04:05.123000"},
		{mysqlPatterns, "%a %W %b %M %c %e %j %k %l %h %I %p %r %S %T %v %x %y %%", "Fri Friday Mar March 3 8 068 15 3 03 03 PM 03:04:05 PM 05 15:04:05 10 2024 24 %"},
		{mysqlPatterns, "%z %", "z "},
	}
	for _, test := range tests {
		got, err := printPattern(test.language, at, test.pattern, zoneShown{-19800, "Some/Where"})
		if err != nil || got != test.want {
			t.Errorf("printPattern(%q) = %q, %v, want %q", test.pattern, got, err, test.want)
		}
	}
}

func TestPatternErrors(t *testing.T) {
	tests := []struct {
		language      *patternCache
		pattern, want string
	}{
		{jodaPatterns, "yyyy-bb", "INVALID_FUNCTION_ARGUMENT: Illegal pattern component: bb"},
		{jodaPatterns, "", "INVALID_FUNCTION_ARGUMENT: Invalid pattern specification"},
		{jodaPatterns, "HH z", "NOT_SUPPORTED: vpcq does not support names of zones, 'z', in patterns yet: 'ZZZ' is the zone's id"},
		{mysqlPatterns, "%Y %D", "INVALID_FUNCTION_ARGUMENT: %D not supported in date format string"},
		{mysqlPatterns, "", "INVALID_FUNCTION_ARGUMENT: Both printing and parsing not supported"},
	}
	for _, test := range tests {
		if _, err := test.language.pattern(test.pattern); errorText(err) != test.want {
			t.Errorf("pattern(%q): %v, want %s", test.pattern, err, test.want)
		}
	}
}

func TestParseMySQL(t *testing.T) {
	tests := []struct{ text, pattern, want, fault string }{
		{"2024-03-08 15:04:05", "%Y-%m-%d %H:%i:%s", "2024-03-08 15:04:05", ""},
		{"31/12/69 1 pm", "%d/%m/%y %l %p", "2069-12-31 13:00:00", ""},
		{"1/1/70", "%c/%e/%y", "1970-01-01 00:00:00", ""},
		{"12 AM", "%h %p", "1970-01-01 00:00:00", ""},
		{"29 Feb", "%e %b", "2000-02-29 00:00:00", ""},
		{"1998 53", "%x %v", "1998-12-28 00:00:00", ""},
		{"2024 060", "%Y %j", "2024-02-29 00:00:00", ""},
		{"Thursday, MARCH 7 2024", "%W, %M %e %Y", "2024-03-07 00:00:00", ""},
		{"59.1239", "%s.%f", "1970-01-01 00:00:59", ""},
		{"2023-02-29", "%Y-%m-%d", "", `INVALID_FUNCTION_ARGUMENT: Cannot parse "2023-02-29": Value 29 for dayOfMonth must be in the range [1,28]`},
		{"2024-3-x", "%Y-%m-%d", "", `INVALID_FUNCTION_ARGUMENT: Invalid format: "2024-3-x" is malformed at "x"`},
		{"2024-3", "%Y-%m-%d", "", `INVALID_FUNCTION_ARGUMENT: Invalid format: "2024-3" is too short`},
		{"x", "%Y", "", `INVALID_FUNCTION_ARGUMENT: Invalid format: "x"`},
	}
	for _, test := range tests {
		got, err := parseMySQL(test.text, test.pattern)
		if errorText(err) != test.fault {
			t.Errorf("parseMySQL(%q, %q): %v, want %q", test.text, test.pattern, err, test.fault)
		} else if err == nil && got.(int64)/microsPerSecond*microsPerSecond != clock(t, test.want) {
			t.Errorf("parseMySQL(%q, %q) = %s, want %s", test.text, test.pattern, time.UnixMicro(got.(int64)).UTC(), test.want)
		}
	}
}

func TestParseJoda(t *testing.T) {
	tests := []struct{ text, pattern, want, zone, fault string }{
		{"2024-03-08 10:00", "yyyy-MM-dd HH:mm", "2024-03-08 18:00:00", "America/Los_Angeles", ""},
		{"2024-03-08T10:00Z", "yyyy-MM-dd'T'HH:mmZ", "2024-03-08 10:00:00", "UTC", ""},
		{"2024-03-08 10:00 +05:30", "yyyy-MM-dd HH:mm Z", "2024-03-08 04:30:00", "+05:30", ""},
		{"1960/01/22 03:04 Asia/Tokyo", "yyyy/MM/dd HH:mm ZZZ", "1960-01-21 18:04:00", "Asia/Tokyo", ""},
		{"20240308", "yyyyMMdd", "2024-03-08 08:00:00", "America/Los_Angeles", ""},
		{"24 Jan 46", "d MMM yy", "1946-01-24 08:00:00", "America/Los_Angeles", ""},
		{"24 Jan 45", "d MMM yy", "2045-01-24 08:00:00", "America/Los_Angeles", ""},
		{"2024-03-10 02:30", "yyyy-MM-dd HH:mm", "", "", `INVALID_FUNCTION_ARGUMENT: Cannot parse "2024-03-10 02:30": Illegal instant due to time zone offset transition (America/Los_Angeles)`},
		{"2024-13", "yyyy-MM", "", "", `INVALID_FUNCTION_ARGUMENT: Cannot parse "2024-13": Value 13 for monthOfYear must be in the range [1,12]`},
		{"2024-03-08 25", "yyyy-MM-dd HH", "", "", `INVALID_FUNCTION_ARGUMENT: Cannot parse "2024-03-08 25": Value 25 for hourOfDay must be in the range [0,23]`},
	}
	for _, test := range tests {
		got, zone, err := parseJoda(test.text, test.pattern, 2026, "America/Los_Angeles")
		if errorText(err) != test.fault {
			t.Errorf("parseJoda(%q, %q): %v, want %q", test.text, test.pattern, err, test.fault)
		} else if err == nil && (got != clock(t, test.want) || zone != test.zone) {
			t.Errorf("parseJoda(%q, %q) = %s in %s, want %s in %s", test.text, test.pattern, time.UnixMicro(got).UTC(), zone, test.want, test.zone)
		}
	}
}

func TestParseISOTimestamp(t *testing.T) {
	tests := []struct{ text, want, zone string }{
		{"2024-03-08T10:00:00Z", "2024-03-08 10:00:00", "UTC"},
		{"2024-03-08t10:00:00.123456789+05:30", "2024-03-08 04:30:00.123", "+05:30"},
		{"2024-03-08", "2024-03-07 15:00:00", "Asia/Tokyo"},
		{"2024-W10-5T10", "2024-03-08 01:00:00", "Asia/Tokyo"},
		{"2024-068T10:30", "2024-03-08 01:30:00", "Asia/Tokyo"},
		{"2024", "2023-12-31 15:00:00", "Asia/Tokyo"},
		{"2024-3-8T9:5:7,5Z", "2024-03-08 09:05:07.500", "UTC"},
		{"2024-03-08T10.25Z", "2024-03-08 10:15:00", "UTC"},
		{"T10:00Z", "1970-01-01 10:00:00", "UTC"},
		{"2024-03-08 10:00", "", ""}, {"2024-03-08T10:00:00X", "", ""}, {"", "", ""}, {"2024-02-30", "", ""}, {"T", "", ""}, {"2024-03-08T10:00+15:00", "", ""},
	}
	for _, test := range tests {
		got, zone, err := parseISOTimestamp(test.text, "Asia/Tokyo")
		if (err != nil) != (test.want == "") {
			t.Errorf("parseISOTimestamp(%q): %v", test.text, err)
		}
		if text := strings.TrimSuffix(timestampText(got, ' ', 3), ".000"); err == nil && (text != test.want || zone != test.zone) {
			t.Errorf("parseISOTimestamp(%q) = %s in %s, want %s in %s", test.text, text, zone, test.want, test.zone)
		}
	}
}

func TestParseISODate(t *testing.T) {
	tests := []struct {
		text string
		want int32
		ok   bool
	}{
		{"1970-01-02", 1, true}, {"1970-002", 1, true}, {"1970-W01-5", 1, true}, {"1970-02", 31, true}, {"1970", 0, true}, {"-0001-01-01", -719893, true},
		{"1970-W54", 0, false}, {"1970-01-02T00:00", 0, false}, {"", 0, false}, {"x", 0, false}, {"1970-366", 0, false},
	}
	for _, test := range tests {
		got, err := parseISODate(test.text)
		if (err == nil) != test.ok || test.ok && got != test.want {
			t.Errorf("parseISODate(%q) = %v, %v, want %d", test.text, got, err, test.want)
		}
	}
}

func FuzzParsePatterns(f *testing.F) {
	f.Add("2024-03-08 10:00 Asia/Tokyo PM", "yyyy-MM-dd HH:mm ZZZ a")
	f.Add("24 Jan 46 +0530", "d MMM yy Z")
	f.Add("1998 53", "%x %v")
	f.Add("2024-W10-5T10:20:30.5+01:00", "%Y%%")
	f.Fuzz(func(t *testing.T, text, pattern string) {
		if len(text) > 60 || len(pattern) > 60 {
			return
		}
		if at, _, err := parseJoda(text, pattern, 2026, utcZone); err == nil {
			if again, err := printPattern(jodaPatterns, at, pattern, zoneShown{0, utcZone}); err != nil || again == "" && text != "" {
				t.Errorf("parsed %q by %q, but printing gives %q, %v", text, pattern, again, err)
			}
		}
		parseMySQL(text, pattern)
		parseISODate(text)
		parseISOTimestamp(text, utcZone)
	})
}
