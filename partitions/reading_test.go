package partitions

import (
	"strings"
	"testing"
	"time"
)

func read(path string) reading {
	rs := []reading{nowhere}
	for name := range strings.SplitSeq(path, "/") {
		rs = down(rs, name)
	}
	return best(rs)
}

func TestReadingSpan(t *testing.T) {
	tests := []struct{ path, from, to string }{
		{"2023", "2023-01-01T00", "2024-01-01T00"},
		{"2024/02", "2024-02-01T00", "2024-03-01T00"},
		{"2024/12", "2024-12-01T00", "2025-01-01T00"},
		{"2024/02/29", "2024-02-29T00", "2024-03-01T00"},
		{"2024/12/31/23", "2024-12-31T23", "2025-01-01T00"},
		{"logs", "", ""},
		{"us-east-1", "", ""},
	}
	for _, test := range tests {
		from, to, ok := read(test.path).span()
		spell := func(t time.Time) string { return t.Format("2006-01-02T15") }
		if ok != (test.from != "") || ok && (spell(from) != test.from || spell(to) != test.to) {
			t.Errorf("%s spans %v to %v, %v; want %s to %s", test.path, from, to, ok, test.from, test.to)
		}
	}
}

func TestDownGivesUpForeignFolders(t *testing.T) {
	for path, left := range map[string]bool{
		"a/b/c":                                     true,
		"AWSLogs/odd":                               false,
		"AWSLogs/111122223333/CloudTrail":           false,
		"AWSLogs/AWSLogs":                           false,
		"AWSLogs/111122223333/vpcflowlogs/2024":     false,
		"AWSLogs/o-abc/o-abc":                       false,
		"AWSLogs/aws-account-id=x":                  false,
		"vpcflowlogs/us-east-1/2023/02/29":          false,
		"vpcflowlogs/us-east-1/2024/02/29/05":       true,
		"vpcflowlogs/us-east-1/2024/02/29/sub/more": true,
		"2024/odd":                                  true,
	} {
		rs := []reading{nowhere}
		for name := range strings.SplitSeq(path, "/") {
			rs = down(rs, name)
		}
		if (len(rs) > 0) != left {
			t.Errorf("%s: readings %+v", path, rs)
		}
	}
}

func FuzzDown(f *testing.F) {
	for _, l := range Layouts {
		f.Add(l.Example)
	}
	f.Add("2024/AWSLogs/2024/03//02")
	f.Fuzz(func(t *testing.T, path string) {
		r := read(path)
		if from, to, ok := r.span(); ok && !from.Before(to) {
			t.Fatalf("%q spans %v to %v", path, from, to)
		}
		if r.complete() && (r.day == 0 || r.year == 0) {
			t.Fatalf("%q is complete without a date: %+v", path, r)
		}
		for name, v := range partitionOf(path, r).Values() {
			if v.String() == "" {
				t.Fatalf("%q gives an empty %s", path, name)
			}
		}
	})
}
