package made

// flow is what passed in one direction of a connection within an interval.
type flow struct {
	packets, bytes int64
	start, end     int64
}

// exchange is a request and its answer as one interface sees them.
type exchange struct {
	host          *host
	local, peer   string // addresses
	localPort     int
	peerPort      int
	protocol      int
	out           bool   // the host asked
	service       string // AWS's name for the address range of the packet's peer; "" for none
	localService  string // the same of the packet's local address
	pktLocal      string // the packet's own address where a NAT gateway rewrites it; "" for the same as local
	path          int    // traffic-path of what leaves
	request, back flow
}

// both writes the two records of an exchange, the request first.
func (s *stage) both(x exchange) {
	if x.out {
		s.outgoing(x, x.request)
		s.incoming(x, x.back)
	} else {
		s.incoming(x, x.request)
		s.outgoing(x, x.back)
	}
}

func (s *stage) incoming(x exchange, f flow) {
	s.add(record{
		host: x.host, src: x.peer, dst: x.local, pktSrc: x.peer, pktDst: or(x.pktLocal, x.local),
		srcPort: x.peerPort, dstPort: x.localPort, protocol: x.protocol,
		srcService: or(x.service, "-"), dstService: or(x.localService, "-"),
		packets: f.packets, bytes: f.bytes, start: f.start, end: f.end,
		action: "ACCEPT", direction: "ingress", flags: s.flags(x.protocol, !x.out),
	})
}

func (s *stage) outgoing(x exchange, f flow) {
	s.add(record{
		host: x.host, src: x.local, dst: x.peer, pktSrc: or(x.pktLocal, x.local), pktDst: x.peer,
		srcPort: x.localPort, dstPort: x.peerPort, protocol: x.protocol,
		srcService: or(x.localService, "-"), dstService: or(x.service, "-"),
		packets: f.packets, bytes: f.bytes, start: f.start, end: f.end,
		action: "ACCEPT", direction: "egress", path: x.path, flags: s.flags(x.protocol, x.out),
	})
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// flags draws the tcp-flags of a direction: SYN or SYN and FIN where it asked,
// SYN-ACK (18) or with FIN (19) where it answered, 0 where the connection is
// older than the interval.
func (s *stage) flags(protocol int, asked bool) int {
	switch {
	case protocol != tcp || s.IntN(6) == 0:
		return 0
	case asked:
		return 2 + s.IntN(2)
	}
	return 18 + s.IntN(2)
}

func webRequest(s *stage) {
	h := s.pick(s.object.network.web)
	x := exchange{
		host: h, local: h.ip, localPort: 443, peerPort: s.ephemeral(), protocol: tcp, path: 8,
		request: s.flow(200), back: s.flow(1400),
	}
	ipv6 := s.IntN(6) == 0
	if ipv6 {
		x.local = h.ip6
	}
	if s.IntN(8) == 0 {
		x.localPort = 80
	}
	x.peer = s.somebody(ipv6)
	s.both(x)
}

// databaseQuery passes two interfaces of the VPC: four records.
func databaseQuery(s *stage) {
	n := s.object.network
	h, port := s.pick(n.web), s.ephemeral()
	request, back := s.flow(300), s.flow(1200)
	s.both(exchange{
		host: h, local: h.ip, peer: n.database.ip, localPort: port, peerPort: 5432, protocol: tcp, out: true, path: 1,
		request: request, back: back,
	})
	s.both(exchange{
		host: &n.database, local: n.database.ip, peer: h.ip, localPort: 5432, peerPort: port, protocol: tcp, path: 1,
		request: request, back: back,
	})
}

func natRequest(s *stage) { s.throughNAT(api, "", 900) }

func s3Fetch(s *stage) { s.throughNAT(s3, "S3", 1400) }

// throughNAT writes the records of an instance without a public address that
// asks a peer on the internet: at the instance; at the NAT gateway towards the
// instance, where the packet's own address is not the interface's; and at the
// NAT gateway towards the peer.
// Source: docs.aws.amazon.com/vpc/latest/userguide/flow-logs-records-examples.html, "Traffic through a NAT gateway".
func (s *stage) throughNAT(peer, service string, payload int) {
	n := s.object.network
	h, port, outside := s.pick(n.workers), s.ephemeral(), 1024+s.IntN(64000)
	request, back := s.flow(300), s.flow(payload)
	s.both(exchange{
		host: h, local: h.ip, peer: peer, localPort: port, peerPort: 443, protocol: tcp, out: true, path: 1,
		service: service, request: request, back: back,
	})
	s.both(exchange{
		host: &n.nat, local: n.nat.ip, peer: h.ip, localPort: 443, peerPort: port, protocol: tcp, path: 1,
		pktLocal: peer, localService: service, request: request, back: back,
	})
	s.both(exchange{
		host: &n.nat, local: n.nat.ip, peer: peer, localPort: outside, peerPort: 443, protocol: tcp, out: true, path: 8,
		service: service, request: request, back: back,
	})
}

// rejected writes what a security group turned away.
func (s *stage) rejected(h *host, peer string, peerPort, localPort int) {
	s.add(record{
		host: h, src: peer, dst: h.ip, pktSrc: peer, pktDst: h.ip, srcService: "-", dstService: "-",
		srcPort: peerPort, dstPort: localPort, protocol: tcp, packets: 1, bytes: 40 + 4*int64(s.IntN(6)),
		action: "REJECT", direction: "ingress", flags: 2,
	})
}

func sshRejected(s *stage) {
	s.rejected(s.pick(s.object.network.web), s.somebody(false), s.ephemeral(), 22)
}

func noise(s *stage) {
	ports := []int{23, 445, 3389, 8080, 5900, 6379, 2375, 9200}
	s.rejected(s.pick(s.object.network.web), s.somebody(false), s.ephemeral(), ports[s.IntN(len(ports))])
}

// portScan is one source at one host, a port after the other.
func portScan(s *stage) {
	h, from := &s.object.network.web[1], s.ephemeral()
	for port := 1; port < 1024; port += 1 + s.IntN(13) {
		s.rejected(h, scanner, from, port)
	}
}

func ping(s *stage) {
	h := s.pick(s.object.network.web)
	f := s.flow(60)
	s.both(exchange{host: h, local: h.ip, peer: s.somebody(false), protocol: icmp, path: 8, request: f, back: f})
}

func clock(s *stage) {
	h := s.pick(s.object.network.web)
	f := s.flow(40)
	s.both(exchange{
		host: h, local: h.ip, peer: s.somebody(false), localPort: 123, peerPort: 123, protocol: udp, out: true, path: 8,
		request: f, back: f,
	})
}

// silent writes the record of an interval in which nothing was seen (NODATA),
// or was seen and not recorded (SKIPDATA).
func (s *stage) silent(status string) {
	s.add(record{host: s.pick(s.object.network.workers), status: status})
}
