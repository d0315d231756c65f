// Package made makes buckets of VPC flow logs: the same options give the same
// records on every machine. It knows nothing of the packages that read them, so
// that a test which compares the two compares two opinions.
//
// A bucket is made of objects, one for each account, region, day and window of
// five minutes in which a file was published. The records of an object come
// from scenes: a client asks a web server, an instance fetches from S3 through
// the NAT gateway, a scanner walks over the ports. A scene writes the records
// that AWS would write of it, one for each direction at each interface it
// passes.
package made

import (
	"fmt"
	"time"
)

// Options says what bucket to make.
type Options struct {
	Seed     uint64
	Start    time.Time // the first day, in UTC; its clock time is ignored
	Days     int       // consecutive days
	Accounts int
	Regions  int    // of each account, at most 6
	Objects  int    // log files in all; 0: one for each account, region and day
	Records  int    // about that many records in each object; ignored where Bytes is set
	Bytes    int64  // text of all objects together, before compression, reached within a scene per object; 0: Records rules
	Format   string // "default", "v5", or "mixed": v5 in the last region of the last account, default elsewhere
	Foreign  bool   // also make objects that are not flow logs, as real buckets hold them
}

// Example is the bucket that lies in examples/bucket.
var Example = Options{
	Seed:     1,
	Start:    time.Date(2025, time.November, 1, 0, 0, 0, 0, time.UTC),
	Days:     7,
	Accounts: 2,
	Regions:  2,
	Objects:  120,
	Records:  52,
	Format:   "mixed",
	Foreign:  true,
}

// Object is one object of a bucket that is made when it is asked for.
type Object struct {
	Key     string // below the bucket's root
	Foreign bool   // it is not a flow log, and its text is stored uncompressed

	text    string // of a foreign object
	network *network
	window  time.Time // start of the five minutes in which its flows ended
	format  *format
	records int
	bytes   int64
	scan    bool // holds the port scan
	seed    uint64
	clients []string
}

// Plan gives the bucket's objects in the order of account, region and day. No
// text is made yet, so that even a plan of 100,000 objects takes little memory.
func (o Options) Plan() ([]Object, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	networks := o.networks()
	folders := len(networks) * o.Days
	count := max(o.Objects, 1)
	if o.Objects == 0 {
		count = folders
	}
	clients := o.clients()
	var plan []Object
	for f := range min(folders, count) {
		n, day := networks[f/o.Days], f%o.Days
		inFolder := (count - f + folders - 1) / folders
		for i := range inFolder {
			object := o.object(n, day, i, inFolder)
			object.bytes = (o.Bytes + int64(count) - 1) / int64(count)
			object.clients = clients
			plan = append(plan, object)
		}
	}
	if o.Foreign {
		plan = append(plan, foreign(networks[0], o.Start)...)
	}
	return plan, nil
}

func (o Options) check() error {
	switch {
	case o.Days < 1 || o.Accounts < 1 || o.Regions < 1 || o.Objects < 0 || o.Records < 0 || o.Bytes < 0:
		return fmt.Errorf("make bucket: %d days, %d accounts, %d regions, %d objects: the numbers must be positive", o.Days, o.Accounts, o.Regions, o.Objects)
	case o.Regions > len(regions):
		return fmt.Errorf("make bucket: %d regions: at most %d are known", o.Regions, len(regions))
	case o.Accounts > maxAccounts:
		return fmt.Errorf("make bucket: %d accounts: at most %d", o.Accounts, maxAccounts)
	case o.Format != "mixed" && formats[o.Format] == nil:
		return fmt.Errorf("make bucket: no format %q: use default, v5 or mixed", o.Format)
	}
	return nil
}

// object is the i-th of n objects of a folder. The first is always of the
// window that begins at midnight, whose flows began on the day before.
func (o Options) object(n *network, day, i, inFolder int) Object {
	window := time.Duration(i*288/inFolder) * windowLength
	date := o.Start.UTC().Truncate(24*time.Hour).AddDate(0, 0, day)
	at := date.Add(window)
	serial := fmt.Sprintf("%s/%s/%s/%d", n.account, n.region, at.Format(time.RFC3339), i)
	hash := o.rand(serial + "/name").Uint32()
	return Object{
		Key: fmt.Sprintf("AWSLogs/%s/vpcflowlogs/%s/%s/%s_vpcflowlogs_%s_%s_%s_%08x.log.gz", n.account, n.region,
			at.Format("2006/01/02"), n.account, n.region, n.flowLog, at.Format("20060102T1504Z"), hash),
		network: n,
		window:  at,
		format:  n.format,
		records: o.Records,
		scan:    n.first && day == min(3, o.Days-1) && i == inFolder/2,
		seed:    hashSeed(o.Seed, serial),
	}
}

// foreign gives what lies in real buckets beside flow logs: the marker of a job
// that wrote there, and another service's log.
func foreign(n *network, start time.Time) []Object {
	day := start.UTC().Format("2006/01/02")
	return []Object{
		{Key: fmt.Sprintf("AWSLogs/%s/vpcflowlogs/%s/%s/_SUCCESS", n.account, n.region, day), Foreign: true},
		{
			Key: fmt.Sprintf("AWSLogs/%s/elasticloadbalancing/%s/%s/%s_elasticloadbalancing_%s_app.web.log",
				n.account, n.region, day, n.account, n.region),
			Foreign: true,
			text:    "https 2025-11-01T00:00:07.000000Z app/web/50dc6c495c0c9188 198.51.100.7:42871 10.0.0.10:443 0.000 0.003 0.000 200 200 34 366\n",
		},
	}
}
