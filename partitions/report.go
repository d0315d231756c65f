package partitions

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// PassedOver counts what lies in a source and is not read.
type PassedOver struct {
	Hidden  int // names that begin with "_" or ".", as Athena ignores them; a folder counts once
	Markers int // objects whose key ends in a slash, as consoles make them for folders
	Foreign int // folders and files of other services, or outside the layouts found; a folder counts once
}

// Report is what a Discovery has found so far.
type Report struct {
	Listed         int           // prefixes listed
	Unlisted       int           // prefixes that could not be listed, and were left out
	Pruned         int           // prefixes not listed because the filter rules them out; a year counts once
	Partitions     int           // partitions of the kept objects
	Objects        int           // kept
	Bytes          int64         // of the kept objects, as stored
	Undated        int           // kept objects of no known date
	ObjectsPruned  int           // objects listed that the filter rules out all the same
	PassedOver     PassedOver    // what is no flow log
	Accounts       []string      // of all paths met, ruled out or not, in order
	Regions        []string      // likewise
	AccountsPruned []string      // ruled out by a condition on account_id; records of other accounts in their objects (shared VPCs) are not seen
	First, Last    time.Time     // of the days met, ruled out or not; zero where there are none
	Layouts        []LayoutCount // of the kept objects, in the order of Layouts; loose objects last
}

// LayoutCount is what was kept in one layout.
type LayoutCount struct {
	Layout  *Layout // nil for loose objects
	Objects int
	Bytes   int64
}

// tally is a Report in the making. It is used by several goroutines.
type tally struct {
	mu             sync.Mutex
	report         Report
	accounts       map[string]bool
	regions        map[string]bool
	accountsPruned map[string]bool
	partitions     map[*Partition]bool
	layouts        map[*Layout]*LayoutCount
	inLayout       bool // whether folders of a layout have been met below the root
}

func newTally() *tally {
	return &tally{
		accounts:       make(map[string]bool),
		regions:        make(map[string]bool),
		accountsPruned: make(map[string]bool),
		partitions:     make(map[*Partition]bool),
		layouts:        make(map[*Layout]*LayoutCount),
	}
}

// count changes the report under its lock.
func (t *tally) count(change func(r *Report)) {
	t.mu.Lock()
	defer t.mu.Unlock()
	change(&t.report)
}

// met notes what the reading of a prefix or of an object's name tells.
func (t *tally) met(r reading) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.account != "" {
		t.accounts[r.account] = true
	}
	if r.region != "" {
		t.regions[r.region] = true
	}
	if r.day == 0 {
		return
	}
	day, _, _ := r.span()
	day = day.Truncate(24 * time.Hour)
	if t.report.First.IsZero() || day.Before(t.report.First) {
		t.report.First = day
	}
	if day.After(t.report.Last) {
		t.report.Last = day
	}
}

// kept counts objects that are given out.
func (t *tally) kept(objects []Object) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var partition *Partition // of the last object, which is mostly the next one's
	var layout *LayoutCount
	for _, o := range objects {
		t.report.Objects++
		t.report.Bytes += o.Size
		if o.Partition.Date.IsZero() {
			t.report.Undated++
		}
		if o.Partition != partition {
			partition, layout = o.Partition, t.enter(o.Partition)
		}
		layout.Objects++
		layout.Bytes += o.Size
	}
}

// enter counts p, once, and returns the count of its layout.
func (t *tally) enter(p *Partition) *LayoutCount {
	t.partitions[p] = true
	c := t.layouts[p.Layout]
	if c == nil {
		c = &LayoutCount{Layout: p.Layout}
		t.layouts[p.Layout] = c
	}
	return c
}

// snapshot returns the report as it stands.
func (t *tally) snapshot() Report {
	t.mu.Lock()
	defer t.mu.Unlock()
	r := t.report
	r.Partitions = len(t.partitions)
	r.Accounts = slices.Sorted(maps.Keys(t.accounts))
	r.Regions = slices.Sorted(maps.Keys(t.regions))
	r.AccountsPruned = slices.Sorted(maps.Keys(t.accountsPruned))
	for i := range Layouts {
		if c := t.layouts[&Layouts[i]]; c != nil {
			r.Layouts = append(r.Layouts, *c)
		}
	}
	if c := t.layouts[nil]; c != nil {
		r.Layouts = append(r.Layouts, *c)
	}
	return r
}

// passOver notes the object or prefix called name if it is one of those that are
// never read, and reports whether it is.
func (c *PassedOver) passOver(key string) bool {
	name := strings.TrimSuffix(key, "/")
	name = name[strings.LastIndexByte(name, '/')+1:]
	switch {
	case strings.HasPrefix(name, "_"), strings.HasPrefix(name, "."):
		c.Hidden++
	case name == "aws-logs-write-test": // CloudWatch's export tries its permission with it
		c.Foreign++
	default:
		return false
	}
	return true
}

func (c *PassedOver) add(d PassedOver) {
	c.Hidden += d.Hidden
	c.Markers += d.Markers
	c.Foreign += d.Foreign
}
