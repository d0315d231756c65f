package partitions

import (
	"context"
	"iter"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// peekable is a memory that tells its first keys. It notes what it is asked.
type peekable struct {
	*memory
	mu     sync.Mutex
	peeked []string
	asked  []string            // for children
	before func(prefix string) // is called before children are given; may be nil
}

func (p *peekable) First(ctx context.Context, prefix string) (source.Object, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.peeked = append(p.peeked, prefix)
	keys := p.below(prefix)
	if len(keys) == 0 {
		return source.Object{}, false, ctx.Err()
	}
	return source.Object{Key: keys[0], Size: 10}, true, ctx.Err()
}

func (p *peekable) Children(ctx context.Context, prefix string) iter.Seq2[source.Entry, error] {
	if p.before != nil {
		p.before(prefix)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, prefix)
	return p.memory.Children(ctx, prefix)
}

var twoMonths = []string{
	"AWSLogs/111122223333/CloudTrail/us-east-1/2024/03/01/x.json.gz",
	"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/a.log.gz",
	"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/04/02/b.log.gz",
	"AWSLogs/444455556666/vpcflowlogs/us-east-1/2024/04/02/c.log.gz",
}

func TestAnticipateListsTheWayToTheFirstObject(t *testing.T) {
	const flowLogs = "AWSLogs/111122223333/vpcflowlogs/"
	tests := []struct {
		name    string
		options Options
		peeked  []string
		way     []string // listings begun before the root's is known
	}{
		{"everything", Options{}, []string{"", flowLogs}, []string{
			"AWSLogs/", "AWSLogs/111122223333/", flowLogs, flowLogs + "us-east-1/", flowLogs + "us-east-1/2024/", flowLogs + "us-east-1/2024/03/"}},
		{"not what the filter rules out", Options{Filter: onDate(schema.Eq, "2024-04-02")}, []string{"", flowLogs}, []string{
			"AWSLogs/", "AWSLogs/111122223333/", flowLogs, flowLogs + "us-east-1/", flowLogs + "us-east-1/2024/"}},
		{"nothing where accounts are chosen", Options{Accounts: []string{"444455556666"}}, nil, nil},
		{"nothing where a condition may choose regions", Options{Filter: equals("region", "us-east-1")}, nil, nil},
	}
	for _, test := range tests {
		src := &peekable{memory: newMemory(twoMonths...)}
		d := Discover(src, test.options)
		d.anticipate(t.Context())()
		slices.Sort(src.asked)
		slices.Sort(test.way)
		if !slices.Equal(src.peeked, test.peeked) || !slices.Equal(src.asked, test.way) {
			t.Errorf("%s: peeked at %q, listed %q, want %q, %q", test.name, src.peeked, src.asked, test.peeked, test.way)
		}
	}
}

// What is found is the same with and without, and no prefix is listed twice.
func TestAnticipateChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		bucket, options := randomBucket(r), Options{Filter: randomFilter(r, 2)}
		src := &peekable{memory: bucket}
		want, wantReport := discover(t, bucket, options)
		got, report := discover(t, src, options)
		if !slices.Equal(keysOf(got), keysOf(want)) {
			t.Fatalf("%v: got %q, want %q", options.Filter, keysOf(got), keysOf(want))
		}
		if report.Listed != wantReport.Listed || report.Pruned != wantReport.Pruned {
			t.Fatalf("%v: listed %d, pruned %d, want %d, %d", options.Filter, report.Listed, report.Pruned, wantReport.Listed, wantReport.Pruned)
		}
		slices.Sort(src.asked)
		if once := slices.Compact(slices.Clone(src.asked)); len(once) != len(src.asked) {
			t.Fatalf("listed twice: %q", src.asked)
		}
	}
}

// Below another account the names are taken to be the same: they are listed
// while that account still is.
func TestAnticipateBelowSiblings(t *testing.T) {
	const sibling = "AWSLogs/444455556666/"
	tests := []struct {
		name    string
		filter  schema.Predicate
		guessed []string
	}{
		{"everything", schema.Predicate{}, []string{"vpcflowlogs/", "vpcflowlogs/us-east-1/", "vpcflowlogs/us-east-1/2024/", "vpcflowlogs/us-east-1/2024/03/"}},
		{"not what the filter rules out", onDate(schema.Eq, "2024-04-02"), []string{"vpcflowlogs/", "vpcflowlogs/us-east-1/", "vpcflowlogs/us-east-1/2024/"}},
	}
	for _, test := range tests {
		begun := make(chan string, 100)
		src := &peekable{memory: newMemory(twoMonths...), before: func(prefix string) {
			if prefix != sibling {
				begun <- prefix
				return
			}
			left := slices.Clone(test.guessed)
			for deadline := time.After(20 * time.Second); len(left) > 0; {
				select {
				case prefix := <-begun:
					left = slices.DeleteFunc(left, func(name string) bool { return sibling+name == prefix })
				case <-deadline:
					t.Errorf("%s: %q are not listed before %s is", test.name, left, sibling)
					return
				}
			}
		}}
		discover(t, src, Options{Filter: test.filter})
		ruledOut := sibling + "vpcflowlogs/us-east-1/2024/03/"
		if guessed := slices.Contains(test.guessed, ruledOut[len(sibling):]); slices.Contains(src.asked, ruledOut) != guessed {
			t.Errorf("%s: listed %q; %s is to be among them: %v", test.name, src.asked, ruledOut, guessed)
		}
	}
}

// Outside a layout nothing is taken to be like anything else.
func TestAnticipateNothingOutsideLayouts(t *testing.T) {
	src := &peekable{memory: newMemory("a/"+twoMonths[1], "b/x/y.log.gz")}
	discover(t, src, Options{})
	if slices.Contains(src.asked, "b/AWSLogs/") {
		t.Errorf("listed %q", src.asked)
	}
}
