package partitions

import (
	"slices"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

func TestSample(t *testing.T) {
	east, west := &Partition{Prefix: "e/", Region: "us-east-1"}, &Partition{Prefix: "w/", Region: "us-west-2"}
	eastNext := &Partition{Prefix: "e2/", Region: "us-east-1"}
	object := func(key string, p *Partition, flowLog string, size int64) Object {
		return Object{Object: source.Object{Key: key, Size: size}, Partition: p, FlowLog: flowLog}
	}
	objects := []Object{
		object("1", east, "fl-1", 0),
		object("2", east, "fl-1", 5), // the first has no bytes
		object("3", eastNext, "fl-1", 5),
		object("4", east, "fl-2", 5),
		object("5", west, "fl-1", 5),
		object("6", west, "", 5),
		object("7", west, "", 5),
		object("8", east, "", 0),
	}
	if got, want := keysOf(Sample(objects)), []string{"2", "4", "5", "6", "8"}; !slices.Equal(got, want) {
		t.Errorf("Sample gives %q, want %q", got, want)
	}
}
