package partitions

import (
	"strings"
	"testing"
)

func TestLayoutExamples(t *testing.T) {
	want := map[part]string{account: "111122223333", region: "us-east-1", year: "2024", month: "03", day: "02", hour: "16", organization: "o-a1b2c3d4e5"}
	names := make(map[string]bool)
	for i, l := range Layouts {
		if l.Name == "" || l.Doc == "" || names[l.Name] || !strings.HasSuffix(l.Path, "/") {
			t.Errorf("%+v: incomplete", l)
		}
		names[l.Name] = true
		rs := []reading{nowhere}
		folders := strings.Split(strings.TrimSuffix(folder(l.Example), "/"), "/")
		for at, name := range folders {
			if v, ok := levels[i][at].value(name, true); !ok || v != want[levels[i][at].part] {
				t.Errorf("%s: folder %s tells %q, %v", l.Name, name, v, ok)
			}
			rs = down(rs, name)
		}
		if r := best(rs); r.layout != i || !r.complete() || !r.sure || !r.inService() {
			t.Errorf("%s: its example reads as %+v", l.Name, r)
		}
		if got := strings.Contains(l.Example, "16/1111") || strings.Contains(l.Example, "hour="); l.Hourly() != got {
			t.Errorf("%s: Hourly() = %v", l.Name, l.Hourly())
		}
	}
}

func TestLevelValue(t *testing.T) {
	tests := []struct {
		part   part
		yes    []string
		no     []string
		unsure []string // only where a layout is sure
	}{
		{organization, []string{"o-abc123"}, []string{"o-", "abc", "o-ABC"}, nil},
		{account, []string{"111122223333", "000000000001"}, []string{"", "o-1", "11112222333x"}, []string{"1111", "5640483420244"}},
		{region, []string{"us-east-1", "us-gov-west-1", "eusc-de-east-1", "us-isob-east-1", "ap-southeast-12"}, []string{"us-east", "1-2", "useast1", "-1", "US-EAST-1", "us-east-1a"}, nil},
		{year, []string{"2024", "1970"}, []string{"24", "0124", "20245", "2o24"}, nil},
		{month, []string{"01", "12"}, []string{"0", "00", "13", "1", "ab"}, nil},
		{day, []string{"01", "31"}, []string{"00", "32", "1"}, nil},
		{hour, []string{"00", "23"}, []string{"24", "1", "x"}, nil},
	}
	for _, test := range tests {
		l := level{part: test.part}
		check := func(names []string, sure, want bool) {
			for _, name := range names {
				if v, ok := l.value(name, sure); ok != want || ok && v != name {
					t.Errorf("part %d, sure %v: %q tells %q, %v", test.part, sure, name, v, ok)
				}
			}
		}
		check(test.yes, true, true)
		check(test.yes, false, true)
		check(test.no, true, false)
		check(test.no, false, false)
		check(test.unsure, true, true)
		check(test.unsure, false, false)
	}
}
