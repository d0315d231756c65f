package dialect

import (
	"testing"
	"time"
)

func clock(t *testing.T, text string) int64 {
	t.Helper()
	at, err := time.Parse(time.DateTime, text)
	if err != nil {
		t.Fatal(err)
	}
	return at.UnixMicro()
}

func TestInstantOf(t *testing.T) {
	tests := []struct{ zone, wall, want string }{
		{"America/New_York", "2024-01-01 12:00:00", "2024-01-01 17:00:00"},
		{"America/New_York", "2024-03-10 02:30:00", "2024-03-10 07:30:00"}, // skipped: 03:30
		{"America/New_York", "2024-11-03 01:30:00", "2024-11-03 05:30:00"}, // repeated: the first
		{"America/New_York", "2024-11-03 02:00:00", "2024-11-03 07:00:00"},
		{"Europe/Berlin", "2024-03-31 02:30:00", "2024-03-31 01:30:00"},
		{"Europe/Berlin", "2024-10-27 02:30:00", "2024-10-27 00:30:00"},
		{"Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30 22:00:00"}, // a day that never was
	}
	for _, test := range tests {
		location, err := zoneNamed(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := instantOf(clock(t, test.wall), location), clock(t, test.want); got != want {
			t.Errorf("instantOf(%s, %s) = %s, want %s", test.wall, test.zone, time.UnixMicro(got).UTC(), test.want)
		}
	}
}

func TestInstantOfInvertsWallOf(t *testing.T) {
	location, err := zoneNamed("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for at := clock(t, "2024-01-01 00:00:00"); at < clock(t, "2025-01-01 00:00:00"); at += 30 * 60 * microsPerSecond {
		if got := instantNear(wallOf(at, location), at, location); got != at {
			t.Errorf("instantNear(wallOf(%s)) = %s", time.UnixMicro(at).UTC(), time.UnixMicro(got).UTC())
		}
	}
}
