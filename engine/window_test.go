package engine

import (
	"testing"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// TestWindow asks of single records, known by their start and their folder's
// date, whether the window of From and To takes them.
func TestWindow(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2025, 11, d, 0, 0, 0, 0, time.UTC) }
	seconds := func(at time.Time) *schema.Value { v := schema.IntValue(at.Unix()); return &v }
	millis := func(at time.Time) *schema.Value { v := schema.IntValue(at.UnixMilli()); return &v }
	folder := func(d int) *schema.Value { v := schema.DateValue(day(d)); return &v }
	for _, c := range []struct {
		name        string
		from, to    time.Time
		start, date *schema.Value // nil: NULL
		want        bool
	}{
		{"no limits", time.Time{}, time.Time{}, nil, nil, true},
		{"starts at from", day(2), day(3), seconds(day(2)), folder(2), true},
		{"starts before from", day(2), day(3), seconds(day(2).Add(-time.Second)), folder(2), false},
		{"starts at to", day(2), day(3), seconds(day(3)), folder(3), false},
		{"in the next day's folder", day(2), day(3), seconds(day(3).Add(-time.Second)), folder(3), true},
		{"only from", day(2), time.Time{}, seconds(day(20)), folder(20), true},
		{"before only from", day(2), time.Time{}, seconds(day(1)), folder(1), false},
		{"only to", time.Time{}, day(2), seconds(day(1)), folder(1), true},
		{"after only to", time.Time{}, day(2), seconds(day(2)), folder(2), false},
		{"milliseconds within", day(2), day(3), millis(day(2)), folder(2), true},
		{"milliseconds before", day(2), time.Time{}, millis(day(1)), folder(2), false},
		{"milliseconds after", time.Time{}, day(2), millis(day(2)), folder(2), false},
		{"no start, folder within", day(2), day(3), nil, folder(2), true},
		{"no start, folder of to", day(2), day(3), nil, folder(3), false},
		{"no start, folder before", day(2), day(3), nil, folder(1), false},
		{"neither start nor folder", day(2), day(3), nil, nil, true},
	} {
		e := New(nil, Options{From: c.from, To: c.to})
		known := map[string]*schema.Value{"start": c.start, "date": c.date}
		got := e.window(true).CanMatch(func(column string) schema.Domain {
			if v := known[column]; v != nil {
				return schema.Exactly(*v)
			}
			return schema.AlwaysNull
		})
		if got != c.want {
			t.Errorf("%s: taken %v, want %v", c.name, got, c.want)
		}
	}
}
