package made

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/netip"
)

// regions are the regions a bucket may have, and how their zone ids begin.
var regions = []struct{ name, zone string }{
	{"us-east-1", "use1"}, {"eu-west-1", "euw1"}, {"us-west-2", "usw2"},
	{"ap-southeast-2", "apse2"}, {"eu-central-1", "euc1"}, {"sa-east-1", "sae1"},
}

// maxAccounts bounds Options.Accounts: the VPC of each account and region has a
// 10.x.0.0/16 of its own.
const maxAccounts = 40

// network is the VPC of one account in one region, with the flow log over it.
type network struct {
	account, region, vpc, flowLog string
	format                        *format
	first                         bool // the bucket's first network, which the scanner visits
	aggregation                   int  // seconds: the longest flow in one record
	web, workers                  []host
	database, nat                 host
}

// host is one network interface and what stands behind it.
type host struct {
	eni, instance, subnet, zone string
	ip, ip6                     string
}

// hashSeed mixes a seed and the name of a thing, so that each thing has random
// numbers of its own whatever else is made.
func hashSeed(seed uint64, name string) uint64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d/%s", seed, name)
	return h.Sum64()
}

func (o Options) rand(name string) *rand.Rand {
	return rand.New(rand.NewPCG(o.Seed, hashSeed(o.Seed, name)))
}

func accountID(i int) string {
	documented := []string{"111122223333", "444455556666", "777788889999", "123456789012"}
	if i < len(documented) {
		return documented[i]
	}
	return fmt.Sprintf("0%011d", 20000000000+i*1234567)
}

// networks gives a network for each account and region, in that order.
func (o Options) networks() []*network {
	var all []*network
	for a := range o.Accounts {
		for r := range o.Regions {
			n := o.network(a, r)
			n.first = len(all) == 0
			name := o.Format
			if name == "mixed" {
				name = "default"
				if a == o.Accounts-1 && r == o.Regions-1 {
					name = "v5"
				}
			}
			n.format = formats[name]
			all = append(all, n)
		}
	}
	return all
}

func (o Options) network(account, region int) *network {
	n := &network{account: accountID(account), region: regions[region].name, aggregation: 600}
	if account%2 == 1 {
		n.aggregation = 60
	}
	r := o.rand("network/" + n.account + "/" + n.region)
	n.vpc, n.flowLog = id(r, "vpc"), id(r, "fl")
	second := account*len(regions) + region
	public, private := id(r, "subnet"), id(r, "subnet")
	interfaceAt := func(subnet string, third, fourth int) host {
		return host{
			eni: id(r, "eni"), instance: id(r, "i"), subnet: subnet,
			zone: fmt.Sprintf("%s-az%d", regions[region].zone, 1+third%2),
			ip:   fmt.Sprintf("10.%d.%d.%d", second, third, fourth),
			ip6:  address6(0x100+second, third, fourth),
		}
	}
	web, workers := 3, 5
	if o.Bytes > 0 { // a site that fills gigabytes has more than a few instances
		web, workers = 30, 150
	}
	for i := range web {
		n.web = append(n.web, interfaceAt(public, 0, 10+i))
	}
	for i := range workers {
		n.workers = append(n.workers, interfaceAt(private, 1, 20+i))
	}
	n.database = interfaceAt(private, 1, 10)
	n.database.instance = "-" // RDS: a requester-managed interface
	n.nat = interfaceAt(public, 0, 220)
	n.nat.instance = "-"
	return n
}

// address6 returns an IPv6 address in its canonical form, as AWS writes them.
func address6(site, subnet, host int) string {
	return netip.MustParseAddr(fmt.Sprintf("2001:db8:%x:%x::%x", site, subnet, host)).String()
}

// id returns an AWS resource id: the prefix and 17 hexadecimal digits.
func id(r *rand.Rand, prefix string) string {
	return fmt.Sprintf("%s-0%016x", prefix, r.Uint64())
}

// clients gives the addresses on the internet, the busiest first; each eighth
// is an IPv6 address. They are of the ranges reserved for documentation and
// for benchmarks, which belong to nobody.
func (o Options) clients() []string {
	count := 240
	if o.Bytes > 0 {
		count = 50_000
	}
	r := o.rand("clients")
	documentation := []string{"192.0.2", "198.51.100", "203.0.113"}
	all := make([]string, count)
	for i := range all {
		switch {
		case i%8 == 7:
			all[i] = address6(r.IntN(0x100), r.IntN(0x10000), 1+r.IntN(0xfffe))
		case i < 240:
			all[i] = fmt.Sprintf("%s.%d", documentation[i%3], 1+r.IntN(200))
		default:
			all[i] = fmt.Sprintf("198.%d.%d.%d", 18+r.IntN(2), r.IntN(256), 1+r.IntN(254))
		}
	}
	return all
}
