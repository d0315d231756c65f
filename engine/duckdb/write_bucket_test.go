package duckdb

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// TestWriteToBucket writes to a bucket, in which the source lies too.
func TestWriteToBucket(t *testing.T) {
	sourcetest.Hermetic(t)
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{
		"logs/AWSLogs/111122223333/vpcflowlogs/us-east-1/2025/11/02/a.log": []byte("version srcaddr bytes action\n2 10.0.0.1 5 ACCEPT\n2 10.0.0.2 - REJECT\n"),
	})
	bucketAt := func(url string) *s3.Bucket {
		b, err := s3.Open(t.Context(), url, s3.Options{EndpointURL: server.URL, TempDir: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = b.Close() })
		return b
	}
	locations := source.NewMounts(nil, func(_ context.Context, bucket string) (source.Source, error) { return bucketAt("s3://" + bucket), nil })
	e := engine.New(open(t), engine.Options{Source: bucketAt("s3://bucket/logs"), Catalog: catalog.Empty(), Locations: locations})
	for _, sql := range []string{
		"CREATE TABLE t WITH (external_location = 's3://bucket/t/', partitioned_by = ARRAY['action']) AS SELECT srcaddr, bytes, action FROM vpc_flow_logs",
		"INSERT INTO t VALUES ('10.0.0.3', 7, 'a b')",
		"UNLOAD (SELECT * FROM t) TO 's3://bucket/u/' WITH (format = 'TEXTFILE', compression = 'NONE', field_delimiter = ',')",
		"CREATE EXTERNAL TABLE u (srcaddr string, bytes bigint, action string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' LOCATION 's3://bucket/u/'",
	} {
		rowsOf(t, e, sql)
	}
	want := []string{"10.0.0.1|5|ACCEPT", "10.0.0.2|(null)|REJECT", "10.0.0.3|7|a b"}
	for _, table := range []string{"t", "u"} {
		if got := rowsOf(t, e, "SELECT * FROM "+table+" ORDER BY 1"); !slices.Equal(got, want) {
			t.Errorf("%s has %q, want %q", table, got, want)
		}
	}
	for sql, want := range map[string]string{
		"UNLOAD (SELECT 1 AS a) TO 's3://bucket/t' WITH (format = 'PARQUET')":                                   "table default.t reads all that lies below s3://bucket/t/",
		"UNLOAD (SELECT 1 AS a) TO 's3://bucket/logs/AWSLogs/x/' WITH (format = 'PARQUET')":                     "it is among the objects of s3://bucket/logs/",
		"CREATE TABLE v WITH (external_location = 's3://bucket/') AS SELECT 1 AS a":                             "HIVE_PATH_ALREADY_EXISTS: ",
		"CREATE TABLE v WITH (external_location = 's3://bucket/v') AS SELECT bytes / 0 AS a FROM vpc_flow_logs": "DIVISION_BY_ZERO",
	} {
		result, err := e.Query(t.Context(), sql)
		if err == nil {
			_ = result.Close() // never fails
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", sql, err, want)
		}
	}
	count := 0
	for _, err := range locations.Objects(t.Context(), "s3://bucket/") {
		if count++; err != nil {
			t.Fatal(err)
		}
	}
	if count != 5 { // the log, three files of t, one of u
		t.Errorf("the bucket has %d objects", count)
	}
}
