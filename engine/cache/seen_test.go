package cache

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What was read once is known the second time, of each source by itself.
func TestSeen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "none yet")
	c := opened(t, dir, "s")
	for i, step := range []struct{ read, before []string }{
		{[]string{"a/", "b/"}, nil},
		{[]string{"b/", "c/"}, []string{"b/"}},
		{[]string{"a/", "b/", "c/"}, []string{"a/", "b/", "c/"}},
		{nil, nil},
	} {
		if got, err := c.Seen(step.read); err != nil || !slices.Equal(got, step.before) {
			t.Errorf("step %d: %q, error %v", i, got, err)
		}
	}
	if got, err := opened(t, dir, "other").Seen([]string{"a/"}); err != nil || len(got) > 0 {
		t.Errorf("of another source: %q, error %v", got, err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{".seen", ".seen"}) {
		t.Errorf("the directory has %q", got)
	}
	if _, err := opened(t, "/dev/null/none", "s").Seen([]string{"a/"}); err == nil {
		t.Error("a directory that cannot be is no error")
	}
}

// A note does not grow for ever, nor stay when nobody needs it.
func TestSeenIsBounded(t *testing.T) {
	dir := t.TempDir()
	c := opened(t, dir, "s")
	var all []string
	for i := range seenAtMost + 10 {
		all = append(all, fmt.Sprint(i))
	}
	if _, err := c.Seen(all); err != nil {
		t.Fatal(err)
	}
	if got, err := c.Seen([]string{all[9], all[10], all[len(all)-1]}); err != nil || !slices.Equal(got, []string{all[10], all[len(all)-1]}) {
		t.Errorf("%q, error %v", got, err)
	}
	files, err := filepath.Glob(dir + "/*" + seenSuffix)
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, error %v", files, err)
	}
	for want, age := range []time.Duration{2 * abandoned, forgotten + time.Hour} {
		old := time.Now().Add(-age)
		if err := os.Chtimes(files[0], old, old); err != nil {
			t.Fatal(err)
		}
		if removed, _, err := c.Prune(0); removed != want || err != nil {
			t.Errorf("after %v: %d files removed, error %v", age, removed, err)
		}
	}
}
