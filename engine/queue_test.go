package engine

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
)

// The biggest objects are read first, so that none of them is left for the end;
// small ones in the order of their keys.
func TestQueueGivesBigObjectsFirst(t *testing.T) {
	var objects []partitions.Object
	for i, size := range []int64{7, 5 << 20, 9, 8, 90 << 20, 8, 5 << 20} {
		objects = append(objects, partitions.Object{Object: source.Object{Key: fmt.Sprint(i), Size: size}, Partition: &partitions.Partition{}})
	}
	queue := queueOf(objects, nil, "")
	var keys []string
	for {
		o, err := queue(context.Background())
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, o.Key)
	}
	if got, want := strings.Join(keys, " "), "4 1 6 0 2 3 5"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if objects[0].Key != "0" {
		t.Error("the plan's own list was sorted")
	}
}
