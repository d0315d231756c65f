package dialect

import "testing"

func TestParseInterval(t *testing.T) {
	const hour = 3_600_000_000
	tests := []struct {
		text, from, to string
		want           int64
		ok             bool
	}{
		{"7", "DAY", "", 7 * microsPerDay, true},
		{"-7", "DAY", "", -7 * microsPerDay, true},
		{"1 12:00:00", "DAY", "SECOND", 36 * hour, true},
		{"1 12", "DAY", "HOUR", 36 * hour, true},
		{"90:30", "MINUTE", "SECOND", 90*60_000_000 + 30_000_000, true},
		{"1.5", "SECOND", "", 1_500_000, true},
		{"1-2", "YEAR", "MONTH", 14, true},
		{"3", "MONTH", "", 3, true},
		{"", "DAY", "", 0, false},
		{"a", "DAY", "SECOND", 0, false},
		{"12", "YEAR", "DAY", 0, false},
		{"1-2-3", "YEAR", "MONTH", 0, false},
		{"1.5", "DAY", "", 0, false},
	}
	for _, test := range tests {
		got, ok := parseInterval(test.text, test.from, test.to)
		if ok != test.ok || ok && got != test.want {
			t.Errorf("parseInterval(%q, %s, %s) = %d, %v, want %d, %v", test.text, test.from, test.to, got, ok, test.want, test.ok)
		}
	}
}

func TestParseTimestamp(t *testing.T) {
	tests := []struct {
		text string
		want timestampParts
		ok   bool
	}{
		{"1970-01-02", timestampParts{micros: microsPerDay}, true},
		{"1970-1-1 0:1", timestampParts{micros: 60_000_000}, true},
		{"1970-01-01 00:00:01.25", timestampParts{micros: 1_250_000, precision: 2}, true},
		{"1970-01-01 00:00:00 Asia/Tokyo", timestampParts{zone: "Asia/Tokyo"}, true},
		{"1970-01-01 00:00:00 +05:30", timestampParts{zone: "+05:30"}, true},
		{"1970-01-01 24:00:00", timestampParts{}, false},
		{"1970-02-30 00:00:00", timestampParts{}, false},
		{"1970-01-01 00:00:00.123456789012", timestampParts{micros: 123_456, picos: 789_012, precision: 12}, true},
		{"1970-01-01 00:00:00.1234567890123", timestampParts{}, false},
		{"1970-01-01UTC", timestampParts{}, false},
		{"x", timestampParts{}, false},
	}
	for _, test := range tests {
		got, ok := parseTimestamp(test.text)
		if ok != test.ok || got != test.want {
			t.Errorf("parseTimestamp(%q) = %+v, %v, want %+v, %v", test.text, got, ok, test.want, test.ok)
		}
	}
}

func TestLoadZone(t *testing.T) {
	tests := []struct{ name, want string }{
		{"UTC", "UTC"}, {"Z", "UTC"}, {"+00:00", "UTC"}, {"+05:30", "+05:30"}, {"-8", "-08:00"}, {"Asia/Tokyo", "Asia/Tokyo"}, {"UTC+3", "+03:00"}, {"Etc/GMT-3", "+03:00"}, {"gmt0", "UTC"}, {"-00:00", "UTC"}, {"Local", ""}, {"Nowhere/Land", ""}, {"+15:00", ""}, {"", ""},
	}
	for _, test := range tests {
		_, got, ok := loadZone(test.name)
		if ok != (test.want != "") || ok && got != test.want {
			t.Errorf("loadZone(%q) = %q, %v, want %q", test.name, got, ok, test.want)
		}
	}
}
