package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// A bucket is made once, and never taken for another.
func TestBucketIsKept(t *testing.T) {
	dir := t.TempDir()
	small := buckets(20_000)[1]
	made, err := small.make(dir)
	if err != nil {
		t.Fatal(err)
	}
	again, err := small.make(dir)
	if err != nil || again != made || made.Objects != 10 || made.Text < 20_000 {
		t.Errorf("made %+v, then %+v, error %v", made, again, err)
	}
	if _, err := buckets(30_000)[1].make(dir); err == nil {
		t.Error("a bucket is taken for a larger one")
	}
	if err := os.WriteFile(filepath.Join(dir, "v5.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := small.make(dir); err == nil {
		t.Error("half a note is read")
	}
}

func TestColumns(t *testing.T) {
	dir := t.TempDir()
	if _, err := buckets(20_000)[1].make(dir); err != nil {
		t.Fatal(err)
	}
	columns, err := columns(filepath.Join(dir, "v5"))
	if err != nil || len(columns) != 29 || columns[0] != (schema.Column{Name: "account_id", Type: schema.String}) {
		t.Errorf("columns %v, error %v", columns, err)
	}
}
