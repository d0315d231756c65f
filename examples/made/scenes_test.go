package made

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func unix(t *testing.T, seconds string) time.Time {
	t.Helper()
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return time.Unix(n, 0).UTC()
}

// TestExampleHolds says what the reports and the manual may count on.
func TestExampleHolds(t *testing.T) {
	scanned := map[string]bool{}
	counts := map[string]int{}
	for _, r := range lines(t, plan(t, Example)) {
		for what, is := range map[string]bool{
			"NODATA":                 r["log-status"] == "NODATA",
			"SKIPDATA":               r["log-status"] == "SKIPDATA",
			"IPv6 in default format": r["version"] == "2" && strings.Contains(r["srcaddr"], ":"),
			"IPv6 in v5":             r["type"] == "IPv6",
			"rejected SSH":           r["dstport"] == "22" && r["action"] == "REJECT",
			"rewritten by NAT":       r["pkt-dstaddr"] != "" && r["pkt-dstaddr"] != r["dstaddr"],
			"to S3":                  r["pkt-dst-aws-service"] == "S3",
			"ICMP":                   r["protocol"] == "1" && r["srcport"] == "0",
			"begun the day before":   !strings.Contains(r["key"], unix(t, r["start"]).Format("/2006/01/02/")),
		} {
			if is {
				counts[what]++
			} else if _, known := counts[what]; !known {
				counts[what] = 0
			}
		}
		if r["srcaddr"] == scanner {
			scanned[r["dstport"]] = true
			if r["action"] != "REJECT" {
				t.Errorf("the scanner was let in: %v", r)
			}
		}
	}
	for what, n := range counts {
		if n < 10 {
			t.Errorf("%d records are %s, want at least 10", n, what)
		}
	}
	if len(scanned) < 100 {
		t.Errorf("the scanner tried %d ports, want at least 100", len(scanned))
	}
}

// What enters the NAT gateway from inside leaves it to the outside.
func TestNATPassesOnWhatItGets(t *testing.T) {
	in, out := 0, 0
	for _, r := range lines(t, plan(t, Example)) {
		n, _ := strconv.Atoi(r["bytes"])
		switch {
		case r["flow-direction"] == "ingress" && r["pkt-dstaddr"] != r["dstaddr"]:
			in += n
		case r["flow-direction"] == "egress" && strings.HasSuffix(r["srcaddr"], ".0.220") && r["pkt-srcaddr"] == r["srcaddr"]:
			out += n
		}
	}
	if in == 0 || in != out {
		t.Errorf("%d bytes in, %d out", in, out)
	}
}
