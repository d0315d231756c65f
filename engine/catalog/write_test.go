package catalog

import (
	"os"
	"path/filepath"
	"testing"
)

// TestSaveFails holds that a text that cannot take its place leaves nothing beside it.
func TestSaveFails(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "catalog.sql") // where a directory lies
	if err := os.MkdirAll(filepath.Join(path, "below"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := save(path, "text"); err == nil {
		t.Error("a directory was written over")
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
		t.Errorf("%v lie there, %v", names, err)
	}
}
