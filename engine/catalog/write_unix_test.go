//go:build unix

package catalog

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestModeUnderMask holds that a catalog which others may read stays so, whatever
// a process takes from the files that it makes.
func TestModeUnderMask(t *testing.T) {
	path := filepath.Join(t.TempDir(), "catalog.sql")
	if err := declareTables(path, "a", 1); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o664); err != nil {
		t.Fatal(err)
	}
	defer syscall.Umask(syscall.Umask(0o077))
	if err := declareTables(path, "b", 1); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o664 {
		t.Errorf("the mode is %v, %v", info, err)
	}
}
