package made

import (
	"net/netip"
	"testing"
)

func TestAccountIDsHaveTwelveDigits(t *testing.T) {
	seen := map[string]bool{}
	for i := range maxAccounts {
		id := accountID(i)
		if len(id) != 12 || seen[id] {
			t.Errorf("account %d is %q", i, id)
		}
		seen[id] = true
	}
}

func TestHostsHaveAddressesOfTheirOwn(t *testing.T) {
	o := Example
	o.Accounts, o.Regions, o.Bytes = 4, 6, 1e9
	seen := map[string]bool{}
	for _, n := range o.networks() {
		for _, h := range append(append([]host{n.database, n.nat}, n.web...), n.workers...) {
			if _, err := netip.ParseAddr(h.ip); err != nil || seen[h.ip] || seen[h.eni] {
				t.Errorf("%s %s: taken, or no address: %v", h.eni, h.ip, err)
			}
			if a, err := netip.ParseAddr(h.ip6); err != nil || a.String() != h.ip6 {
				t.Errorf("%s is no canonical address: %v", h.ip6, err)
			}
			seen[h.ip], seen[h.eni] = true, true
		}
	}
}

func TestClientsAreAddresses(t *testing.T) {
	for _, c := range Example.clients() {
		if a, err := netip.ParseAddr(c); err != nil || a.String() != c {
			t.Errorf("%s is no canonical address: %v", c, err)
		}
	}
}
