package duckdb

import (
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/enginetest"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// TestPages runs the pages of data that every back end runs, over each kind of source.
func TestPages(t *testing.T) {
	stores := map[string]sourcetest.Opener{"memory": enginetest.Memory, "directory": inDirectory, "bucket": inBucket}
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			sourcetest.Hermetic(t)
			enginetest.Run(t, func(t *testing.T) engine.Backend { return open(t) }, store, "../testdata/*.txtar")
		})
	}
}

// TestDelivered runs pages over each format that AWS delivers.
func TestDelivered(t *testing.T) {
	enginetest.RunDelivered(t, func(t *testing.T) engine.Backend { return open(t) }, "../testdata/delivered_*.txtar")
}

func inDirectory(t *testing.T, objects map[string][]byte) source.Source {
	dir := t.TempDir()
	sourcetest.WriteFiles(t, dir, objects)
	src, err := source.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func inBucket(t *testing.T, objects map[string][]byte) source.Source {
	bucket, err := s3.Open(t.Context(), "s3://bucket", s3.Options{EndpointURL: sourcetest.NewServer(t, "bucket", objects).URL})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := bucket.Close(); err != nil {
			t.Error(err)
		}
	})
	return bucket
}
