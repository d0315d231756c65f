package made

import (
	"strconv"
	"strings"
)

// record is one line of a flow log before a format has chosen its fields.
type record struct {
	network          *network
	host             *host
	src, dst         string
	pktSrc, pktDst   string
	srcService       string // of pktSrc; "-" outside AWS
	dstService       string
	srcPort, dstPort int
	protocol         int
	packets, bytes   int64
	start, end       int64 // Unix seconds
	action, status   string
	flags            int
	direction        string
	path             int // 0: none applies
}

// field is one field of AWS's; traffic marks those that have no value in the
// NODATA and SKIPDATA records of an interval.
type field struct {
	name    string
	version int
	traffic bool
	add     func(dst []byte, r *record) []byte
}

// fields are the fields of versions 2 to 5 in AWS's order.
// Source: docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html.
var fields = []field{
	{"version", 2, false, nil}, // known to the format only
	{"account-id", 2, false, text(func(r *record) string { return r.network.account })},
	{"interface-id", 2, false, text(func(r *record) string { return r.host.eni })},
	{"srcaddr", 2, true, text(func(r *record) string { return r.src })},
	{"dstaddr", 2, true, text(func(r *record) string { return r.dst })},
	{"srcport", 2, true, number(func(r *record) int64 { return int64(r.srcPort) })},
	{"dstport", 2, true, number(func(r *record) int64 { return int64(r.dstPort) })},
	{"protocol", 2, true, number(func(r *record) int64 { return int64(r.protocol) })},
	{"packets", 2, true, number(func(r *record) int64 { return r.packets })},
	{"bytes", 2, true, number(func(r *record) int64 { return r.bytes })},
	{"start", 2, false, number(func(r *record) int64 { return r.start })},
	{"end", 2, false, number(func(r *record) int64 { return r.end })},
	{"action", 2, true, text(func(r *record) string { return r.action })},
	{"log-status", 2, false, text(func(r *record) string { return r.status })},
	{"vpc-id", 3, false, text(func(r *record) string { return r.network.vpc })},
	{"subnet-id", 3, false, text(func(r *record) string { return r.host.subnet })},
	{"instance-id", 3, false, text(func(r *record) string { return r.host.instance })},
	{"tcp-flags", 3, true, number(func(r *record) int64 { return int64(r.flags) })},
	{"type", 3, true, text(func(r *record) string { return family(r.src) })},
	{"pkt-srcaddr", 3, true, text(func(r *record) string { return r.pktSrc })},
	{"pkt-dstaddr", 3, true, text(func(r *record) string { return r.pktDst })},
	{"region", 4, false, text(func(r *record) string { return r.network.region })},
	{"az-id", 4, false, text(func(r *record) string { return r.host.zone })},
	{"sublocation-type", 4, false, text(func(*record) string { return "-" })},
	{"sublocation-id", 4, false, text(func(*record) string { return "-" })},
	{"pkt-src-aws-service", 5, true, text(func(r *record) string { return r.srcService })},
	{"pkt-dst-aws-service", 5, true, text(func(r *record) string { return r.dstService })},
	{"flow-direction", 5, true, text(func(r *record) string { return r.direction })},
	{"traffic-path", 5, true, trafficPath},
}

func text(get func(*record) string) func([]byte, *record) []byte {
	return func(dst []byte, r *record) []byte { return append(dst, get(r)...) }
}

func number(get func(*record) int64) func([]byte, *record) []byte {
	return func(dst []byte, r *record) []byte { return strconv.AppendInt(dst, get(r), 10) }
}

func trafficPath(dst []byte, r *record) []byte {
	if r.path == 0 {
		return append(dst, '-')
	}
	return strconv.AppendInt(dst, int64(r.path), 10)
}

func family(addr string) string {
	if strings.Contains(addr, ":") {
		return "IPv6"
	}
	return "IPv4"
}

// append adds the record as a line of the format.
func (f *format) append(dst []byte, r *record) []byte {
	for i, field := range f.fields {
		if i > 0 {
			dst = append(dst, ' ')
		}
		switch {
		case field.add == nil:
			dst = strconv.AppendInt(dst, int64(f.version), 10)
		case field.traffic && r.status != statusOK:
			dst = append(dst, '-')
		default:
			dst = field.add(dst, r)
		}
	}
	return append(dst, '\n')
}
