package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
)

// A part is of the file that was listed, or none.
func TestReadRangeOfAnotherVersion(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.parquet")
	if err := os.WriteFile(name, []byte("first"), 0o644); err != nil {
		t.Fatal(err)
	}
	copied, err := source.Dir(dir)
	if err != nil {
		t.Fatal(err)
	}
	mounts := source.NewMounts([]source.Mount{{URL: "s3://b/p/", Source: copied}}, nil)
	var listed source.Object
	for o, err := range mounts.Objects(t.Context(), "s3://b/p/") {
		if listed = o; err != nil {
			t.Fatal(err)
		}
	}
	p := make([]byte, 3)
	if err := mounts.ReadRange(t.Context(), listed, p, 1); err != nil || string(p) != "irs" {
		t.Errorf("%q, %v", p, err)
	}
	if err := os.Chtimes(name, time.Time{}, listed.ModTime.Add(time.Second)); err != nil {
		t.Fatal(err)
	}
	if err := mounts.ReadRange(t.Context(), listed, p, 1); err == nil || !strings.Contains(err.Error(), "it is not as it was listed") {
		t.Errorf("a file with another time: %v", err)
	}
}
