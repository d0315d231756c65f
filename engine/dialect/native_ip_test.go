package dialect

import "testing"

// The networks and faults are those of Trino's IpAddressFunctions.
func TestCIDRContainsText(t *testing.T) {
	tests := []struct{ cidr, address, want string }{
		{"10.0.0.0/8", "10.255.255.255", "true"},
		{"10.0.0.0/8", "11.0.0.0", "false"},
		{"0.0.0.0/0", "2001:db8::1", "false"},
		{"::/0", "10.0.0.1", "true"},
		{"::/8", "10.0.0.1", "true"}, // its first bits are 0 as well
		{"2001:abcd:ef01:2345:6789:abcd:ef01:234/60", "2001:abcd:ef01:2340::", "true"},
		{"2001:abcd:ef01:2345:6789:abcd:ef01:234/60", "2001:abcd:ef01:2330::", "false"},
		{"0:0:0:0:0:ffff:aabb:ccdd/96", "170.187.204.221", "true"},
		{"1:2:3:4:5:6:aabb:ccdd/96", "170.187.204.221", "false"},
		{"170.0.0.0/8", "0:0:0:0:0:ffff:aa01:0203", "true"},
		{"10.0.0.0/+8", "10.0.0.1", "true"},
		{"10.0.0.0", "10.0.0.1", "INVALID_FUNCTION_ARGUMENT: Invalid CIDR"},
		{"10.0.0.1/33", "10.0.0.1", "INVALID_FUNCTION_ARGUMENT: Invalid CIDR"},
		{"10.0.0.1/8", "10.0.0.1", "INVALID_FUNCTION_ARGUMENT: Invalid CIDR"},
		{"::/129", "10.0.0.1", "INVALID_FUNCTION_ARGUMENT: Invalid CIDR"},
		{"::/-1", "10.0.0.1", "INVALID_FUNCTION_ARGUMENT: Invalid prefix length"},
		{"x/8", "10.0.0.1", "INVALID_FUNCTION_ARGUMENT: Invalid network IP address"},
		{"10.0.0.0/x", "10.0.0.1", `GENERIC_INTERNAL_ERROR: For input string: "x"`},
		{"10.0.0.0/8", "-", "INVALID_CAST_ARGUMENT: Cannot cast value to IPADDRESS: -"},
	}
	for _, test := range tests {
		if got := outcome(cidrContainsText(test.cidr, test.address)); got != test.want {
			t.Errorf("%s contains %s: %s, want %s", test.cidr, test.address, got, test.want)
		}
	}
}

func TestAddressesOfBinary(t *testing.T) {
	address, _ := addressOfText("10.0.0.1")
	prefix, err := prefixOfAddress(address.([]byte))
	if err != nil || prefixText(prefix.([]byte)) != "10.0.0.1/32" {
		t.Errorf("the prefix of 10.0.0.1 is %v, %v", prefix, err)
	}
	six, _ := addressOfText("2001:db8::1")
	prefix, _ = prefixOfAddress(six.([]byte))
	if got := prefixText(prefix.([]byte)); got != "2001:db8::1/128" {
		t.Errorf("the prefix of 2001:db8::1 is %s", got)
	}
	first, _ := addressOfPrefix(prefix.([]byte))
	if got := addressText(first.([]byte)); got != "2001:db8::1" {
		t.Errorf("the address of 2001:db8::1/128 is %s", got)
	}
	if got := outcome(uuidOfBinary(six.([]byte))); got != "20010db8-0000-0000-0000-000000000001" {
		t.Errorf("a UUID of bytes is %s", got)
	}
	if got := outcome(uuidOfBinary([]byte("x"))); got != "INVALID_CAST_ARGUMENT: Invalid UUID binary length: 1" {
		t.Errorf("a UUID of one byte is %s", got)
	}
}
