package partitions_test

import (
	"context"
	"fmt"
	"testing/fstest"
	"time"

	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
)

func ExampleDiscover() {
	src := source.FS(fstest.MapFS{
		"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/01/a.log":        {},
		"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/b.log":        {},
		"AWSLogs/111122223333/CloudTrail/us-east-1/2024/03/02/trail.json.gz": {},
	}, "example")
	discovery := partitions.Discover(src, partitions.Options{From: time.Date(2024, 3, 2, 0, 0, 0, 0, time.UTC)})
	for object, err := range discovery.Objects(context.Background()) {
		if err != nil {
			fmt.Println(err)
			return
		}
		p := object.Partition
		fmt.Println(object.Key[len(p.Prefix):], p.Layout.Name, p.Account, p.Region, p.Values()["date"])
	}
	report := discovery.Report()
	fmt.Println("pruned", report.Pruned, "foreign", report.PassedOver.Foreign)
	// Output:
	// b.log daily 111122223333 us-east-1 2024-03-02
	// pruned 1 foreign 1
}
