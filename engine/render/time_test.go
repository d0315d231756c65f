package render

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/engine/dialect"
)

func floats(values ...float64) arrow.Array {
	b := array.NewFloat64Builder(memory.DefaultAllocator)
	b.AppendValues(values, nil)
	return b.NewArray()
}

func stamps(unit arrow.TimeUnit, values ...arrow.Timestamp) arrow.Array {
	b := array.NewTimestampBuilder(memory.DefaultAllocator, &arrow.TimestampType{Unit: unit})
	b.AppendValues(values, nil)
	return b.NewArray()
}

// The wanted texts are Java's: LocalDate.toString of years around the limits.
func TestDates(t *testing.T) {
	for days, want := range map[int64]string{
		0:         "1970-01-01",
		-1:        "1969-12-31",
		20394:     "2025-11-02",
		11016:     "2000-02-29",
		2932896:   "9999-12-31",
		2932897:   "+10000-01-01",
		-719528:   "0000-01-01",
		-719529:   "-0001-12-31",
		-719162:   "0001-01-01",
		-4371953:  "-10000-01-01",
		106751991: "+294247-01-10",
	} {
		if got := string(appendDate(nil, days)); got != want {
			t.Errorf("day %d is %s, want %s", days, got, want)
		}
	}
}

func TestDatesAreThoseOfPackageTime(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		days := r.Int64N(3652059) - 719162 // the years 1 to 9999
		want := time.Unix(days*secondsOfDay, 0).UTC().Format(time.DateOnly)
		if got := string(appendDate(nil, days)); got != want {
			t.Fatalf("day %d is %s, want %s", days, got, want)
		}
	}
}

func TestDateColumn(t *testing.T) {
	a := values(t, arrow.FixedWidthTypes.Date32, `["2025-11-01", null]`)
	typ := dialect.Type{Kind: dialect.DateKind}
	if got := texts(t, textOf, typ, a); !slices.Equal(got, []string{"2025-11-01", "null"}) {
		t.Errorf("text %q", got)
	}
	if got := texts(t, jsonOf, typ, a); !slices.Equal(got, []string{`"2025-11-01"`, "null"}) {
		t.Errorf("json %q", got)
	}
}

func TestTimestamps(t *testing.T) {
	const at = 1761955199123456 // 2025-10-31 23:59:59.123456 UTC
	for _, c := range []struct {
		precision int
		zone      string // "-": a timestamp without
		micros    arrow.Timestamp
		want      string
	}{
		{3, "-", at, "2025-10-31 23:59:59.123"},
		{0, "-", at, "2025-10-31 23:59:59"},
		{6, "-", at, "2025-10-31 23:59:59.123456"},
		{9, "-", at, "2025-10-31 23:59:59.123456000"},
		{3, "-", -1, "1969-12-31 23:59:59.999"},
		{3, "-", 0, "1970-01-01 00:00:00.000"},
		{3, "-", 253402300800000000, "+10000-01-01 00:00:00.000"},
		{3, "UTC", at, "2025-10-31 23:59:59.123 UTC"},
		{3, "America/New_York", at, "2025-10-31 19:59:59.123 America/New_York"},
		{3, "America/New_York", 1762095600000000, "2025-11-02 10:00:00.000 America/New_York"}, // winter time began at night
		{0, "+05:30", at, "2025-11-01 05:29:59 +05:30"},
		{0, "-11:00", at, "2025-10-31 12:59:59 -11:00"},
		{3, "+00:00", at, "2025-10-31 23:59:59.123 +00:00"},
	} {
		typ := dialect.Type{Kind: dialect.TimestampTZKind, Precision: c.precision, Zone: c.zone}
		if c.zone == "-" {
			typ = dialect.Type{Kind: dialect.TimestampKind, Precision: c.precision}
		}
		if got := texts(t, textOf, typ, stamps(arrow.Microsecond, c.micros)); got[0] != c.want {
			t.Errorf("%d as %s in %s is %s, want %s", c.micros, typ, c.zone, got[0], c.want)
		}
	}
}

func TestTimestampsOfEveryUnit(t *testing.T) {
	typ := dialect.Type{Kind: dialect.TimestampKind, Precision: 3}
	for unit, value := range map[arrow.TimeUnit]arrow.Timestamp{
		arrow.Second: -1, arrow.Millisecond: -1000, arrow.Microsecond: -1_000_000, arrow.Nanosecond: -1_000_000_000,
	} {
		if got := texts(t, textOf, typ, stamps(unit, value)); got[0] != "1969-12-31 23:59:59.000" {
			t.Errorf("in %s: %s", unit, got[0])
		}
	}
}

func TestZonesThatAreRefused(t *testing.T) {
	for _, zone := range []string{dialect.VaryingZone, "Mars/Olympus", "+5:30", "+0a:00", "+00:0b"} {
		typ := dialect.Type{Kind: dialect.TimestampTZKind, Precision: 3, Zone: zone}
		if _, err := textOf(typ, stamps(arrow.Microsecond, 0)); err == nil {
			t.Errorf("zone %q is taken", zone)
		}
	}
}

func TestTimesOfDay(t *testing.T) {
	for precision, want := range map[int]string{0: "01:02:03", 3: "01:02:03.000", 6: "01:02:03.000004"} {
		typ := dialect.Type{Kind: dialect.TimeKind, Precision: precision}
		a := values(t, arrow.FixedWidthTypes.Time64us, fmt.Sprintf(`[%d]`, 3723000004))
		if got := texts(t, textOf, typ, a); got[0] != want {
			t.Errorf("%s: %s, want %s", typ, got[0], want)
		}
	}
}
