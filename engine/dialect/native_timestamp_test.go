package dialect

import (
	"math"
	"testing"
)

func TestTimestampText(t *testing.T) {
	tests := []struct {
		micros    int64
		precision int
		text      string
	}{
		{0, 0, "1970-01-01 00:00:00"},
		{1_500_000, 1, "1970-01-01 00:00:01.5"},
		{-1, 6, "1969-12-31 23:59:59.999999"},
		{3 * microsPerSecond, 3, "1970-01-01 00:00:03.000"},
		{253_402_300_801_000_000, 3, "+10000-01-01 00:00:01.000"},
		{-62_198_755_200_000_000, 0, "-0001-01-01 00:00:00"},
		{math.MaxInt64, 6, "+294247-01-10 04:00:54.775807"},
	}
	for _, test := range tests {
		if got := timestampText(test.micros, ' ', test.precision); got != test.text {
			t.Errorf("timestampText(%d, %d) = %s, want %s", test.micros, test.precision, got, test.text)
		}
	}
}

func TestOffsetText(t *testing.T) {
	for seconds, want := range map[int64]string{0: "Z", 19800: "+05:30", -34200: "-09:30", 45184: "+12:33:04"} {
		if got := offsetText(seconds); got != want {
			t.Errorf("offsetText(%d) = %s, want %s", seconds, got, want)
		}
	}
}

func TestTimesOfText(t *testing.T) {
	zoned := func(s string) (any, error) { return instantOfText(s, 3, "Asia/Tokyo", "Asia/Tokyo") }
	plain := func(s string) (any, error) { return timestampOfText(s, 3) }
	clock := func(s string) (any, error) { return timeOfText(s, 3) }
	tests := []struct {
		read func(string) (any, error)
		text string
		want any // nil: a fault
	}{
		{dateOfText, " 1970-1-2 ", int32(1)}, {dateOfText, "+1970-01-02", int32(1)}, {dateOfText, "1970-002-01", nil}, {dateOfText, "1970-02-30", nil}, {dateOfText, "", nil},
		{plain, "1970-01-01 00:00:00.0005", int64(1000)}, {plain, "1969-12-31 23:59:59.9995", int64(0)}, {plain, "1970-01-01", int64(0)},
		{plain, "1970-01-01 00:00 Asia/Tokyo", int64(0)}, {plain, "1970-01-01T00:00:00", nil}, {plain, "1970-01-01 xxx", nil}, {plain, "1970-01-01 24:00", nil},
		{zoned, "1970-01-01 09:00", int64(0)}, {zoned, "1970-01-01 09:00 Asia/Tokyo", int64(0)}, {zoned, "1970-01-01 09:00 UTC", nil}, {zoned, "1970-01-01 00:00 ABC", nil},
		{clock, "00:00:00.0005", int64(1000)}, {clock, "23:59:59.9999", int64(0)}, {clock, "0:1 +05:30", int64(60_000_000)}, {clock, "24:00", nil}, {clock, "1", nil},
	}
	for _, test := range tests {
		got, err := test.read(test.text)
		if (err != nil) != (test.want == nil) || test.want != nil && got != test.want {
			t.Errorf("%q: got %v, %v, want %v", test.text, got, err, test.want)
		}
	}
}

func TestParseDuration(t *testing.T) {
	tests := []struct {
		text string
		want any // nil: a fault
	}{
		{"42.8ms", int64(43)}, {"3.81 d", int64(329_184_000)}, {" 1 s ", int64(1000)}, {"999us", int64(1)}, {"499.9us", int64(0)}, {"1234.567ns", int64(0)},
		{"", nil}, {"5", nil}, {"5 fortnights", nil}, {"-1s", nil}, {"1e5s", nil}, {"99999999999999999999d", nil},
	}
	for _, test := range tests {
		got, err := parseDuration(test.text)
		if (err != nil) != (test.want == nil) || test.want != nil && got != test.want {
			t.Errorf("parseDuration(%q) = %v, %v, want %v", test.text, got, err, test.want)
		}
	}
}
