package partitions

import (
	"testing"
	"time"
)

func TestParseFileName(t *testing.T) {
	at := time.Date(2018, 6, 20, 16, 20, 0, 0, time.UTC)
	aws := FileName{Account: "123456789012", Service: "vpcflowlogs", Region: "us-east-1", FlowLog: "fl-1234abcd", Stamp: at, Hash: "fe123456"}
	tests := []struct {
		key  string
		want FileName
		ok   bool
	}{
		{"123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.gz", aws, true},
		{"a/b_c/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.parquet", aws, true},
		{"my_copy_123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456", aws, true},
		{"5640483420244_vpcflowlogs.log.parquet", FileName{Account: "5640483420244", Service: "vpcflowlogs"}, true},
		{"1_vpcflowlogs_us-east-1_x.gz", FileName{Account: "1", Service: "vpcflowlogs", Region: "us-east-1"}, true},
		{"123456789012_CloudTrail_us-east-1_20180620T1620Z_abc.json.gz", FileName{Account: "123456789012", Service: "CloudTrail", Region: "us-east-1", Stamp: at, Hash: "abc"}, true},
		{"1_vpcflowlogs_20240229T2359Z_a.gz", FileName{Account: "1", Service: "vpcflowlogs", Stamp: time.Date(2024, 2, 29, 23, 59, 0, 0, time.UTC), Hash: "a"}, true},
		{"1_vpcflowlogs_20240230T0000Z_20241301T0000Z_20240001T0000Z_20240101T2400Z_20240101T0060Z_2024+101T0000Z.gz", FileName{Account: "1", Service: "vpcflowlogs"}, true},
		{"123_notes.txt", FileName{}, false},
		{"2024_03_02.log", FileName{}, false},
		{"000000.gz", FileName{}, false},
		{"vpcflowlogs_us-east-1.log", FileName{}, false},
		{"", FileName{}, false},
		{"_", FileName{}, false},
		{"1__", FileName{}, false},
	}
	for _, test := range tests {
		got, ok := ParseFileName(test.key)
		if ok != test.ok || ok && got != test.want {
			t.Errorf("ParseFileName(%q) = %+v, %v; want %+v, %v", test.key, got, ok, test.want, test.ok)
		}
	}
}

func FuzzParseFileName(f *testing.F) {
	f.Add("x/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20180620T1620Z_fe123456.log.gz")
	f.Add("1_vpcflowlogs")
	f.Fuzz(func(t *testing.T, key string) {
		n, ok := ParseFileName(key)
		if ok && (!digits(n.Account) || n.Service == "") {
			t.Fatalf("%q reads as %+v", key, n)
		}
		if day := n.day(); !day.IsZero() && n.Stamp.Sub(day) >= 24*time.Hour {
			t.Fatalf("%q of %v has the day %v", key, n.Stamp, day)
		}
	})
}
