package source

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"
)

// TestStageSweeps holds that a new staging directory takes away what a dead process
// has left for an hour, and nothing else.
func TestStageSweeps(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("nothing is known of other processes here")
	}
	root := t.TempDir()
	other := open(t, root).(dirSource)
	live, err := other.Stage(t.Context(), "a/")
	if err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Hour)
	for name, changed := range map[string]time.Time{".vpcq-1234/rows/data": old, ".vpcq-5678/rows/data": time.Now(), "vpcq-mine/data": old, ".other/data": old, ".vpcq-90": old, ".vpcq-cache/data": old, ".vpcq-12 of mine/data": old} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, changed, changed); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(".other", filepath.Join(root, ".vpcq-77")); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{live, ".vpcq-1234/rows", ".vpcq-1234", ".vpcq-5678/rows", ".vpcq-5678", ".other", "vpcq-mine", ".vpcq-cache", ".vpcq-12 of mine"} {
		if !filepath.IsAbs(folder) {
			folder = filepath.Join(root, filepath.FromSlash(folder))
		}
		if err := os.Chtimes(folder, old, old); err != nil {
			t.Fatal(err)
		}
	}
	mine, err := open(t, root).(Keeper).Stage(t.Context(), "a/")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	want := []string{filepath.Base(live), filepath.Base(mine), ".vpcq-5678", "vpcq-mine", ".other", ".vpcq-90", ".vpcq-77", ".vpcq-cache", ".vpcq-12 of mine"}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	if err := os.RemoveAll(live); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Stage(t.Context(), "a/"); err != nil || len(other.staged.locks) != 1 {
		t.Errorf("%d locks are held, %v", len(other.staged.locks), err)
	}
}
