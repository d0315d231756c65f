package catalog

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/vpcq/vpcq/engine/hive"
)

// BenchmarkOpen reads a catalog of 100 tables, of which one has 20,000 partitions.
func BenchmarkOpen(b *testing.B) {
	path := filepath.Join(b.TempDir(), "catalog.sql")
	if err := declareTables(path, "t", 99); err != nil {
		b.Fatal(err)
	}
	c, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	create, err := hive.Parse("CREATE EXTERNAL TABLE p (a int) PARTITIONED BY (account string, region string, day string) LOCATION 's3://b/'")
	if err != nil {
		b.Fatal(err)
	}
	add := &hive.AddPartitions{Table: hive.Name{Table: "p"}}
	for i := range 20_000 {
		add.Partitions = append(add.Partitions, hive.NewPartition{Spec: hive.PartitionSpec{
			{Name: "account", Value: "111122223333"}, {Name: "region", Value: "us-east-1"}, {Name: "day", Value: fmt.Sprint(i)},
		}})
	}
	for _, s := range []hive.Statement{create, add} {
		if err := c.Apply(DefaultDatabase, s); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := Open(path); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkApply registers a partition in a table that has 20,000.
func BenchmarkApply(b *testing.B) {
	path := filepath.Join(b.TempDir(), "catalog.sql")
	c, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	create, err := hive.Parse("CREATE EXTERNAL TABLE p (a int) PARTITIONED BY (day string) LOCATION 's3://b/'")
	if err != nil {
		b.Fatal(err)
	}
	day := 0
	add := func(n int) hive.Statement {
		a := &hive.AddPartitions{Table: hive.Name{Table: "p"}}
		for range n {
			day++
			a.Partitions = append(a.Partitions, hive.NewPartition{Spec: hive.PartitionSpec{{Name: "day", Value: fmt.Sprint(day)}}})
		}
		return a
	}
	for _, s := range []hive.Statement{create, add(20_000)} {
		if err := c.Apply(DefaultDatabase, s); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := c.Apply(DefaultDatabase, add(1)); err != nil {
			b.Fatal(err)
		}
	}
}
