package made

import (
	"math/rand/v2"
	"time"
)

const (
	windowLength = 5 * time.Minute
	statusOK     = "OK"
	tcp          = 6
	udp          = 17
	icmp         = 1
)

// s3, api and scanner are peers on the internet: an address of S3, a web
// service, and one who looks for open ports.
const (
	s3      = "52.216.8.43"
	api     = "203.0.113.201"
	scanner = "203.0.113.240"
)

// scene is something that happens in a network, and how often among all.
type scene struct {
	weight int
	play   func(*stage)
}

// scenes are in the proportions of a small web site.
var scenes = []scene{
	{300, webRequest},
	{120, databaseQuery},
	{60, natRequest},
	{50, s3Fetch},
	{50, sshRejected},
	{60, noise},
	{30, ping},
	{25, clock},
	{25, func(s *stage) { s.silent("NODATA") }},
	{4, func(s *stage) { s.silent("SKIPDATA") }},
}

var totalWeight = func() (sum int) {
	for _, s := range scenes {
		sum += s.weight
	}
	return sum
}()

// stage is where the scenes of one object play.
type stage struct {
	*rand.Rand
	object  *Object
	client  *rand.Zipf // draws clients: few are busy, most come once
	out     []byte
	records int
}

// AppendText appends the object's text, its header line included, to dst.
func (o *Object) AppendText(dst []byte) []byte {
	if o.Foreign {
		return append(dst, o.text...)
	}
	s := &stage{Rand: rand.New(rand.NewPCG(o.seed, 0)), object: o}
	s.client = rand.NewZipf(s.Rand, 1.3, 8, uint64(len(o.clients)-1))
	from := len(dst)
	s.out = append(dst, o.format.header...)
	if o.scan {
		portScan(s)
	}
	for !s.full(len(s.out) - from) {
		s.playOne()
	}
	return s.out
}

func (s *stage) full(size int) bool {
	if s.object.bytes > 0 {
		return int64(size) >= s.object.bytes
	}
	return s.records >= s.object.records
}

func (s *stage) playOne() {
	draw := s.IntN(totalWeight)
	for _, scene := range scenes {
		if draw -= scene.weight; draw < 0 {
			scene.play(s)
			return
		}
	}
}

// add completes a record with what every record of the stage has, and writes it.
func (s *stage) add(r record) {
	n := s.object.network
	r.network = n
	if r.status == "" {
		r.status = statusOK
	}
	if r.end == 0 {
		r.start, r.end = s.interval()
	}
	s.out = s.object.format.append(s.out, &r)
	s.records++
}

// interval draws a flow that ended within the object's window. It may have
// begun before it, on the day before even.
func (s *stage) interval() (start, end int64) {
	end = s.object.window.Unix() + s.Int64N(int64(windowLength/time.Second))
	return end - s.Int64N(int64(s.object.network.aggregation)), end
}

func (s *stage) pick(hosts []host) *host { return &hosts[s.IntN(len(hosts))] }

func (s *stage) ephemeral() int { return 32768 + s.IntN(28232) }

// somebody draws a client of the address family asked for.
func (s *stage) somebody(ipv6 bool) string {
	for {
		c := s.object.clients[s.client.Uint64()]
		if (family(c) == "IPv6") == ipv6 {
			return c
		}
	}
}

// flow draws what passed: most flows are small, a few carry nearly everything.
// The payload bounds the bytes of a packet beside its header.
func (s *stage) flow(payload int) flow {
	f := flow{packets: 1 + int64(s.ExpFloat64()*12)}
	if s.IntN(40) == 0 {
		f.packets *= 1 + s.Int64N(400)
	}
	f.bytes = f.packets * (40 + s.Int64N(int64(payload)))
	f.start, f.end = s.interval()
	return f
}
