package catalog_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/hive"
)

func Example() {
	dir, err := os.MkdirTemp("", "catalog")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	c, err := catalog.Open(filepath.Join(dir, "catalog.sql"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, text := range []string{
		"CREATE EXTERNAL TABLE logs (version int) PARTITIONED BY (day string) LOCATION 's3://b/'",
		"ALTER TABLE logs ADD PARTITION (day='2024/03/02') LOCATION 's3://b/2024/03/02/'",
		"ALTER TABLE logs ADD PARTITION (day='2024/03/02')",
	} {
		s, err := hive.Parse(text)
		if err == nil {
			err = c.Apply(catalog.DefaultDatabase, s)
		}
		if err != nil {
			fmt.Println(err)
		}
	}
	for _, p := range c.Partitions("default", "logs") {
		fmt.Println(hive.PartitionName(p.Spec), p.Location)
	}
	// Output:
	// FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. AlreadyExistsException(message:Partition already exists: {day=2024/03/02})
	// day=2024%2F03%2F02 s3://b/2024/03/02/
}
