package source

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestReadFolder compares with what package os tells of the same names, of which
// there are more than one call of the system gives.
func TestReadFolder(t *testing.T) {
	dir := t.TempDir()
	for i := range 1000 {
		name := filepath.Join(dir, fmt.Sprintf("%0100d.log", i))
		if err := os.WriteFile(name, make([]byte, i), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
		t.Skip(err)
	}
	got, err := readFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, func(a, b entry) int { return cmp.Compare(a.name, b.name) })
	lines, err := os.ReadDir(dir)
	if err != nil || len(lines) != len(got) {
		t.Fatalf("%d names, want %d (%v)", len(got), len(lines), err)
	}
	for i, line := range lines {
		info, err := line.Info()
		if err != nil {
			t.Fatal(err)
		}
		want := entryOf(info)
		if g := got[i]; g.name != want.name || g.mode.Type() != want.mode.Type() || g.size != want.size || !g.modTime.Equal(want.modTime) {
			t.Errorf("readFolder tells %+v, want %+v", g, want)
		}
	}
}

func TestReadFolderFails(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if _, err := readFolder(file); !os.IsNotExist(err) {
		t.Errorf("a folder that is not there: %v", err)
	}
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if entries, err := readFolder(file); err == nil {
		t.Errorf("a file has the entries %v", entries)
	}
}
