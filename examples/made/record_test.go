package made

import "testing"

// The wanted lines are those of AWS's page of examples, with other ids.
func TestRecordAsALineOfTheDefaultFormat(t *testing.T) {
	n := &network{account: "123456789010"}
	h := &host{eni: "eni-1235b8ca123456789"}
	for _, c := range []struct {
		record record
		want   string
	}{
		{
			record{network: n, host: h, src: "172.31.9.69", dst: "172.31.9.12", srcPort: 49761, dstPort: 3389, protocol: 6, packets: 20,
				bytes: 4249, start: 1418530010, end: 1418530070, action: "REJECT", status: statusOK},
			"2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK\n",
		},
		{
			record{network: n, host: h, start: 1431280876, end: 1431280934, status: "NODATA"},
			"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA\n",
		},
		{
			record{network: n, host: h, start: 1431280876, end: 1431280934, status: "SKIPDATA"},
			"2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - SKIPDATA\n",
		},
	} {
		if got := string(formats["default"].append(nil, &c.record)); got != c.want {
			t.Errorf("got  %swant %s", got, c.want)
		}
	}
}

func TestSilentRecordInV5(t *testing.T) {
	r := record{
		network: &network{account: "123456789010", region: "us-east-1", vpc: "vpc-1"}, status: "NODATA",
		host: &host{eni: "eni-1", instance: "i-1", subnet: "subnet-1", zone: "use1-az1"}, start: 1, end: 2,
	}
	want := "123456789010 - use1-az1 - - - 2 - i-1 eni-1 NODATA - - - - - - us-east-1 - - 1 - - subnet-1 - - - 5 vpc-1\n"
	if got := string(formats["v5"].append(nil, &r)); got != want {
		t.Errorf("got  %swant %s", got, want)
	}
}
