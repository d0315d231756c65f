package partitions

import (
	"slices"
	"testing"
)

func TestReport(t *testing.T) {
	src := newMemory(
		"AWSLogs/111111111111/vpcflowlogs/us-east-1/2024/03/02/a.log", "AWSLogs/111111111111/vpcflowlogs/us-east-1/2024/03/02/b.log",
		"AWSLogs/222222222222/vpcflowlogs/us-west-2/2024/03/05/07/c.log", "AWSLogs/222222222222/vpcflowlogs/us-west-2/2024/03/05/08/d.log",
		"333333333333_vpcflowlogs_eu-west-1_fl-1_20240301T0000Z_x.log.gz", "444444444444_vpcflowlogs.log.parquet")
	_, r := discover(t, src, Options{})
	if r.Objects != 6 || r.Bytes != 60 || r.Partitions != 5 || r.Undated != 1 || r.Pruned != 0 || r.ObjectsPruned != 0 {
		t.Errorf("report %+v", r)
	}
	if want := []string{"111111111111", "222222222222", "333333333333", "444444444444"}; !slices.Equal(r.Accounts, want) {
		t.Errorf("accounts %q, want %q", r.Accounts, want)
	}
	if want := []string{"eu-west-1", "us-east-1", "us-west-2"}; !slices.Equal(r.Regions, want) {
		t.Errorf("regions %q, want %q", r.Regions, want)
	}
	if spell(r.First) != "2024-03-01" || spell(r.Last) != "2024-03-05" {
		t.Errorf("days %v to %v", r.First, r.Last)
	}
	want := []LayoutCount{{&Layouts[0], 2, 20}, {&Layouts[1], 2, 20}, {nil, 2, 20}}
	if !slices.Equal(r.Layouts, want) {
		t.Errorf("layouts %+v, want %+v", r.Layouts, want)
	}
}

func TestReportOfWhatIsRuledOut(t *testing.T) {
	src := newMemory(usEast+"2024/03/02/a.log", usEast+"2024/04/02/b.log", usEast+"2023/01/01/c.log")
	_, r := discover(t, src, Options{From: date("2024-04-02")})
	if r.Objects != 1 || r.Pruned != 2 || r.Partitions != 1 || spell(r.First) != "2024-04-02" {
		t.Errorf("report %+v", r)
	}
	_, r = discover(t, newMemory("2024/03/02/a.log", "2024/03/03/a.log"), Options{From: date("2024-03-03")})
	if r.Objects != 1 || r.Pruned != 0 || r.ObjectsPruned != 1 { // nothing is sure, so all is listed
		t.Errorf("report of a partial copy %+v", r)
	}
}
