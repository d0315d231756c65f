package partitions

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/vpcq/vpcq/schema"
)

func TestOpenDays(t *testing.T) {
	all := func(op schema.Op, args ...schema.Predicate) schema.Predicate {
		return schema.Predicate{Op: op, Args: args}
	}
	tests := []struct {
		p           schema.Predicate
		first, last string
	}{
		{schema.Predicate{}, "", ""},
		{onDate(schema.Eq, "2024-03-02"), "2024-03-02", "2024-03-02"},
		{onDate(schema.Lt, "2024-03-01"), "", "2024-02-29"},
		{onDate(schema.Le, "2024-03-01"), "", "2024-03-01"},
		{onDate(schema.Gt, "2024-02-29"), "2024-03-01", ""},
		{onDate(schema.Ge, "2024-02-29"), "2024-02-29", ""},
		{onDate(schema.Ne, "2024-02-29"), "", ""},
		{onDate(schema.In, "2024-03-05", "2024-03-01", "2024-03-03"), "2024-03-01", "2024-03-05"},
		{all(schema.And, onDate(schema.Ge, "2024-03-01"), onDate(schema.Lt, "2024-03-08"), schema.Predicate{}), "2024-03-01", "2024-03-07"},
		{all(schema.Or, onDate(schema.Eq, "2024-03-01"), onDate(schema.Eq, "2024-03-08")), "2024-03-01", "2024-03-08"},
		{all(schema.Or, onDate(schema.Eq, "2024-03-01"), schema.Predicate{}), "", ""},
		{all(schema.Not, onDate(schema.Eq, "2024-03-01")), "", ""},
		{equals("region", "us-east-1"), "", ""},
		{equals("date", "2024-03-01"), "", ""},
	}
	for _, test := range tests {
		first, last := openDays(test.p)
		spelt := func(t time.Time) string {
			if t.IsZero() {
				return ""
			}
			return spell(t)
		}
		if spelt(first) != test.first || spelt(last) != test.last {
			t.Errorf("openDays(%+v) = %v, %v; want %s, %s", test.p, first, last, test.first, test.last)
		}
	}
}

func twoRegions() *memory {
	return newMemory(
		usEast+"2023/12/30/a.log", usEast+"2024/03/02/05/b.log",
		"AWSLogs/111122223333/vpcflowlogs/us-west-2/2024/02/11/c.log", "AWSLogs/111122223333/vpcflowlogs/us-west-2/2025/01/01/d.log")
}

func TestNearest(t *testing.T) {
	for _, test := range []struct {
		day, before, after string
		regions            []string
	}{
		{"2024-02-20", "2024-02-11", "2024-03-02", nil},
		{"2024-03-02", "2024-03-02", "2025-01-01", nil},
		{"2024-02-20", "2023-12-30", "2024-03-02", []string{"us-east-1"}},
		{"2020-01-01", "0001-01-01", "2023-12-30", nil},
		{"2030-01-01", "2025-01-01", "0001-01-01", nil},
		{"2024-02-20", "0001-01-01", "0001-01-01", []string{"eu-west-1"}},
	} {
		before, after, err := Nearest(context.Background(), twoRegions(), Options{Regions: test.regions}, date(test.day))
		if err != nil || spell(before) != test.before || spell(after) != test.after {
			t.Errorf("Nearest(%s) = %s, %s, %v; want %s, %s", test.day, spell(before), spell(after), err, test.before, test.after)
		}
	}
}

func TestExplain(t *testing.T) {
	tests := []struct {
		name string
		src  *memory
		o    Options
		want []string
	}{
		{"all well", twoRegions(), Options{}, nil},
		{"nothing", newMemory(), Options{}, []string{"nothing lies in memory"}},
		{"foreign", newMemory("AWSLogs/1/CloudTrail/x"), Options{}, []string{"no flow logs in memory: passed over: 1 of others, 0 hidden, 0 to mark folders"}},
		{"account", twoRegions(), Options{Accounts: []string{"9"}}, []string{"no account 9: found 111122223333"}},
		{"region", twoRegions(), Options{Regions: []string{"eu-west-1"}}, []string{"no region eu-west-1: found us-east-1, us-west-2"}},
		{"account of the filter", twoRegions(), Options{Filter: equals("account_id", "9")}, []string{"no path has the account that the condition on account_id asks for: found 111122223333"}},
		{"day", twoRegions(), Options{Filter: onDate(schema.Eq, "2024-02-20")}, []string{"no folder of 2024-02-20: the nearest is of 2024-02-11 and 2024-03-02"}},
		{"days", twoRegions(), Options{From: date("2025-01-02"), To: date("2025-01-09")}, []string{"no folder of a day from 2025-01-02 to 2025-01-08: the nearest is of 2025-01-01"}},
		{"days up to", twoRegions(), Options{Filter: onDate(schema.Lt, "2023-01-01")}, []string{"no folder of a day up to 2022-12-31: the nearest is of 2023-12-30"}},
		{"days from", twoRegions(), Options{Filter: onDate(schema.Ge, "2026-01-01")}, []string{"no folder of a day from 2026-01-01 on: the nearest is of 2025-01-01"}},
		{"impossible", twoRegions(), Options{Filter: onDate(schema.Ge, "2026-01-01"), To: date("2025-01-01")}, []string{"no day can be both from 2026-01-01 on and up to 2024-12-31"}},
		{"hour", twoRegions(), Options{Filter: schema.Predicate{Op: schema.And, Args: []schema.Predicate{
			onDate(schema.Eq, "2024-03-02"), equals("hour", "06")}}}, nil},
		{"loose", newMemory("1_vpcflowlogs_us-east-1_fl-1_20240302T1620Z_x.log.gz"), Options{Filter: onDate(schema.Eq, "2024-02-20")}, []string{"no folder of 2024-02-20: the nearest is of 2024-03-02"}},
	}
	for _, test := range tests {
		d := Discover(test.src, test.o)
		for o, err := range d.Objects(context.Background()) {
			if err != nil {
				t.Errorf("%s: %v, %v", test.name, o.Key, err)
			}
		}
		got, err := d.Explain(context.Background())
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s: explained as %q, %v; want %q", test.name, got, err, test.want)
		}
	}
}
