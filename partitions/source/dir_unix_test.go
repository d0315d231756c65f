//go:build unix

package source

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestDirPassesOverPipes(t *testing.T) {
	root := bucket(t, "a")
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	equal(t, "children", children(t, open(t, root), ""), "a")
	if _, err := Dir(filepath.Join(root, "pipe")); err == nil || !strings.Contains(err.Error(), "save it to a file first") {
		t.Errorf("Dir(pipe): %v", err)
	}
}
