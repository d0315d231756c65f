package cache

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

var at = time.Date(2025, 11, 1, 0, 5, 0, 123456789, time.UTC)

// opened is a cache of the source "s" in dir.
func opened(t *testing.T, dir, name string) *Cache {
	t.Helper()
	c, err := Open(dir, name)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func put(t *testing.T, c *Cache, prefix, text string, keys ...string) {
	t.Helper()
	e := Entry{Prefix: prefix, Columns: []schema.Column{{Name: "bytes", Type: schema.BigInt}, {Name: "date", Type: schema.Date}}, Fields: 1, Formats: []schema.Format{{}}}
	for _, key := range keys {
		e.Objects = append(e.Objects, Object{Object: source.Object{Key: prefix + key, Size: 10, ModTime: at, ETag: "e"}, Records: 3})
	}
	if err := c.Put(e, func(file string) error { return os.WriteFile(file, []byte(text), 0o600) }); err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		all = append(all, filepath.Ext(f.Name()))
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", f.Name(), info.Mode())
		}
	}
	return all
}

func TestCacheFindsWhatWasPut(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "when", "needed")
	c := opened(t, dir, "s")
	if e, err := c.Find("p/"); e != nil || err != nil {
		t.Error("an empty cache has an entry")
	}
	put(t, c, "p/", "one", "a", "b")
	put(t, c, "p/", "another", "a", "b", "c")
	e, err := c.Find("p/")
	if err != nil || e == nil || e.Prefix != "p/" || e.Fields != 1 || len(e.Objects) != 3 || e.Objects[2].Records != 3 || e.Columns[1].Type != schema.Date || e.Verify() != nil {
		t.Fatalf("found %+v, error %v", e, err)
	}
	if text, err := os.ReadFile(e.Path()); err != nil || string(text) != "another" {
		t.Errorf("the file has %q, error %v", text, err)
	}
	if got := names(t, dir); !slices.Equal(got, []string{".parquet", ".manifest"}) {
		t.Errorf("the directory has %q", got)
	}
	if e, err := c.Find("q/"); e != nil || err != nil {
		t.Error("the entry of another partition is found")
	}
	if e, err := opened(t, dir, "other").Find("p/"); e != nil || err != nil {
		t.Error("the entry of another source is found")
	}
}

// An object whose listing says anything else is not in the cache.
func TestEntryFresh(t *testing.T) {
	c := opened(t, t.TempDir(), "s")
	put(t, c, "p/", "text", "a", "b", "c", "d", "e", "gone")
	e, _ := c.Find("p/")
	as := func(key string, change func(*source.Object)) source.Object {
		o := source.Object{Key: "p/" + key, Size: 10, ModTime: at.In(time.FixedZone("", 3600)), ETag: "e"}
		change(&o)
		return o
	}
	same := func(*source.Object) {}
	got := e.Fresh([]source.Object{
		as("a", same), as("b", func(o *source.Object) { o.Size++ }), as("c", func(o *source.Object) { o.ETag = "f" }),
		as("d", func(o *source.Object) { o.ModTime = at.Add(1) }), as("e", same), as("new", same),
	})
	if want := []int{0, -1, -1, -1, 4, -1}; !slices.Equal(got, want) {
		t.Errorf("fresh at %v, want %v", got, want)
	}
}

// What cannot be written leaves the entry before and nothing else.
func TestCachePutFails(t *testing.T) {
	dir := t.TempDir()
	c := opened(t, dir, "s")
	put(t, c, "p/", "text", "a")
	full := errors.New("no space left on device")
	if err := c.Put(Entry{Prefix: "p/"}, func(string) error { return full }); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	if e, err := c.Find("p/"); err != nil || len(e.Objects) != 1 || e.Verify() != nil {
		t.Errorf("found %+v, error %v", e, err)
	}
	if got := names(t, dir); len(got) != 2 {
		t.Errorf("the directory has %q", got)
	}
	if err := opened(t, filepath.Join(dir, names(t, dir)[0], "below a file that is none"), "s").Put(Entry{}, func(string) error { return full }); !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
}

// Manifests and files that are damaged are as if they were not there.
func TestCacheDamaged(t *testing.T) {
	for name, spoil := range map[string]func(manifest, file string) error{
		"half a manifest":   func(m, _ string) error { return os.Truncate(m, 30) },
		"an empty manifest": func(m, _ string) error { return os.WriteFile(m, nil, 0o600) },
		"another version":   func(m, _ string) error { return os.WriteFile(m, []byte("vpcq cache 99 00000000\n"), 0o600) },
		"a file elsewhere": func(m, _ string) error {
			return os.WriteFile(m, (&Entry{File: "../x.parquet"}).encode(), 0o600)
		},
		"a byte of a file":   func(_, f string) error { return os.WriteFile(f, []byte("texT"), 0o600) },
		"half a file":        func(_, f string) error { return os.Truncate(f, 2) },
		"a file that's gone": func(_, f string) error { return os.Remove(f) },
	} {
		c := opened(t, t.TempDir(), "s")
		put(t, c, "p/", "text", "a")
		e, _ := c.Find("p/")
		if err := spoil(filepath.Join(e.dir, e.manifest), e.Path()); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(e.Path(), at, at); err != nil && !errors.Is(err, os.ErrNotExist) { // the system's clock of files may stand still in between
			t.Fatal(err)
		}
		if e, err := c.Find("p/"); e != nil || err == nil {
			t.Errorf("%s: it is found", name)
		}
		entries, damaged, err := c.Entries()
		if err != nil || len(entries)+len(damaged) != 1 || len(entries) == 1 && entries[0].Verify() == nil {
			t.Errorf("%s: %d entries, %d damaged, error %v", name, len(entries), len(damaged), err)
		}
		put(t, c, "p/", "text", "a")
		if e, err := c.Find("p/"); err != nil || e.Verify() != nil {
			t.Errorf("%s: it cannot be built again", name)
		}
	}
}

// A file that was copied, and so has another time, is read once more to see that
// it is the same.
func TestCacheCopied(t *testing.T) {
	c := opened(t, t.TempDir(), "s")
	put(t, c, "p/", "text", "a")
	e, _ := c.Find("p/")
	if err := os.Chtimes(e.Path(), at, at); err != nil {
		t.Fatal(err)
	}
	if e, err := c.Find("p/"); e == nil || err != nil {
		t.Errorf("error %v", err)
	}
}

func TestCachePrune(t *testing.T) {
	dir := t.TempDir()
	c := opened(t, dir, "s")
	for i, prefix := range []string{"a/", "b/", "c/", "d/"} {
		put(t, c, prefix, "ten bytes.", prefix)
		e, _ := c.Find(prefix)
		old := time.Now().Add(time.Duration(i-10) * time.Hour)
		if err := os.Chtimes(filepath.Join(dir, e.manifest), old, old); err != nil {
			t.Fatal(err)
		}
	}
	for name, age := range map[string]time.Duration{"draft-1.parquet": 2 * abandoned, "draft-2.parquet": 0, "other.txt": 2 * abandoned} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("12345"), 0o600); err != nil {
			t.Fatal(err)
		}
		old := time.Now().Add(-age)
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	e, _ := c.Find("a/")
	c.Used(e)
	removed, bytes, err := c.Prune(25)
	if removed != 3 || bytes != 25 || err != nil {
		t.Errorf("%d files of %d bytes, error %v", removed, bytes, err)
	}
	for prefix, want := range map[string]bool{"a/": true, "b/": false, "c/": false, "d/": true} {
		if e, err := c.Find(prefix); (e != nil) != want || err != nil {
			t.Errorf("%s is there: %v, error %v", prefix, !want, err)
		}
	}
	if got := len(names(t, dir)); got != 6 {
		t.Errorf("%d files are left", got)
	}
	if removed, _, err := opened(t, filepath.Join(dir, "none"), "s").Prune(0); removed != 0 || err != nil {
		t.Errorf("a directory that is not there: %d, %v", removed, err)
	}
}

// Several that build the same partition at once leave one whole entry.
func TestCacheAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			c, err := Open(dir, "s")
			for n := range 20 {
				if err == nil {
					err = c.Put(Entry{Prefix: "p/"}, func(file string) error { return os.WriteFile(file, fmt.Append(nil, i, n), 0o600) })
				}
				if e, _ := c.Find("p/"); e != nil && e.File == "" { // another may be taking its file away
					t.Error("an entry without a file")
				}
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	entries, damaged, err := opened(t, dir, "s").Entries()
	if err != nil || len(entries) != 1 || len(damaged) != 0 {
		t.Errorf("%d entries, %d damaged, error %v", len(entries), len(damaged), err)
	}
	if e, err := opened(t, dir, "s").Find("p/"); e == nil || err != nil {
		t.Errorf("the entry that was put last: %v, error %v", e, err)
	}
}

// Two processes may write the same rows: what one removes, its partition's file
// before, must not be the file that the other has just named.
func TestCacheFilesOfTheSameRows(t *testing.T) {
	c := opened(t, t.TempDir(), "s")
	var files []string
	for range 2 {
		put(t, c, "p/", "same rows", "a")
		e, err := c.Find("p/")
		if err != nil || e == nil {
			t.Fatalf("entry %v, error %v", e, err)
		}
		files = append(files, e.File)
	}
	if files[0] == files[1] {
		t.Errorf("both have the name %s", files[0])
	}
	if _, err := os.Stat(filepath.Join(c.Dir(), files[0])); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file before: %v", err)
	}
}
