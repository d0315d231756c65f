//go:build unix

package source

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Something that is no file is listed, and told when it is opened: without waiting.
func TestDirTellsWhatIsNoFile(t *testing.T) {
	root := bucket(t, "a")
	if err := syscall.Mkfifo(filepath.Join(root, "pipe"), 0o644); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	t.Chdir(root) // the path of a socket is short
	l, err := net.Listen("unix", "socket")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for link, target := range map[string]string{"device": "/dev/null", "loop.log": "loop.log", "other": "pipe"} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, root)
	equal(t, "children", children(t, s, ""), "a", "device", "loop.log", "other", "pipe", "socket")
	for key, want := range map[string]string{
		"device": "is a pipe, a socket or a device", "other": "is a pipe, a socket or a device", "pipe": "is a pipe, a socket or a device",
		"loop.log": "too many levels of symbolic links", "socket": "is a pipe, a socket or a device",
	} {
		if _, err := s.Open(t.Context(), key); !errors.Is(err, ErrUnreadable) || !strings.Contains(err.Error(), want) {
			t.Errorf("open %s: %v, want %q", key, err, want)
		}
	}
	if _, err := Dir(filepath.Join(root, "pipe")); err == nil || !strings.Contains(err.Error(), "save it to a file first") {
		t.Errorf("Dir(pipe): %v", err)
	}
}

// In a folder whose names may be read and nothing else, each name is told.
func TestDirOfNamesAlone(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is denied to root")
	}
	root := bucket(t, "a/b/y", "a/x.log", "b")
	if err := os.Chmod(filepath.Join(root, "a"), 0o400); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(root, "a"), 0o700)
	s := open(t, root)
	equal(t, "children", children(t, s, "a/"), "a/b/", "a/x.log")
	for _, err := range s.Children(t.Context(), "a/b/") {
		if !errors.Is(err, ErrUnreadable) {
			t.Errorf("list a/b/: %v", err)
		}
	}
	if _, err := s.Open(t.Context(), "a/x.log"); !errors.Is(err, ErrUnreadable) {
		t.Errorf("open a/x.log: %v", err)
	}
}
