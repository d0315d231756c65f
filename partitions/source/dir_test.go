package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// bucket writes files of one byte each below a new directory.
func bucket(t *testing.T, keys ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, key := range keys {
		path := filepath.Join(root, filepath.FromSlash(key))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func open(t *testing.T, path string) Source {
	t.Helper()
	s, err := Dir(path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func keys(t *testing.T, objects iter.Seq2[Object, error]) []string {
	t.Helper()
	var all []string
	for o, err := range objects {
		if err != nil {
			t.Fatal(err)
		}
		if o.Size != 1 || o.ModTime.IsZero() {
			t.Errorf("%s: size %d, modified %v", o.Key, o.Size, o.ModTime)
		}
		all = append(all, o.Key)
	}
	return all
}

func children(t *testing.T, s Source, prefix string) []string {
	t.Helper()
	var all []string
	for e, err := range s.Children(context.Background(), prefix) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e.Prefix+e.Object.Key)
	}
	return all
}

func equal(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

func TestDirListsInTheOrderOfKeys(t *testing.T) {
	s := open(t, bucket(t, "a/x", "a.log", "a-b/c/d", "a0", "B"))
	equal(t, "children", children(t, s, ""), "B", "a-b/", "a.log", "a/", "a0")
	equal(t, "objects", keys(t, s.Objects(context.Background(), "")), "B", "a-b/c/d", "a.log", "a/x", "a0")
	equal(t, "objects below", keys(t, s.Objects(context.Background(), "a-b/")), "a-b/c/d")
	equal(t, "children of nothing", children(t, s, "none/"))
	equal(t, "children of a file", children(t, s, "a.log/"))
	equal(t, "children outside", children(t, s, "../"))
}

func TestDirRefusesHalfAPrefix(t *testing.T) {
	s := open(t, bucket(t, "a/x"))
	for _, err := range s.Children(context.Background(), "a") {
		if err == nil || !strings.Contains(err.Error(), "ends in a slash") {
			t.Errorf("err = %v", err)
		}
	}
}

func TestDirOfOneFile(t *testing.T) {
	root := bucket(t, "AWSLogs/1.log", "AWSLogs/2.log")
	path := filepath.Join(root, "AWSLogs", "1.log")
	s := open(t, path)
	equal(t, "children", children(t, s, ""), "1.log")
	equal(t, "objects", keys(t, s.Objects(context.Background(), "")), "1.log")
	equal(t, "children below", children(t, s, "1.log/"))
	if s.String() != path || Root(s) != filepath.ToSlash(root)+"/AWSLogs/" {
		t.Errorf("String() = %q, Root() = %q", s, Root(s))
	}
	body(t, s, "1.log")
}

func body(t *testing.T, s Source, key string) {
	t.Helper()
	r, err := s.Open(context.Background(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if text, err := io.ReadAll(r); string(text) != "x" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
}

func TestDirFollowsLinksWithoutLoops(t *testing.T) {
	root := bucket(t, "a/b/x", "other/y")
	for link, target := range map[string]string{
		"a/b/up":  "../..",           // a loop
		"a/self":  ".",               // a loop
		"link":    "other",           // a folder
		"a/z":     "../other/y",      // a file
		"a/b.log": "../no/such/file", // is listed, so that reading it fails
		"a/c":     "../no/such/dir",  // is listed, so that what lies below it fails
	} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	s := open(t, root)
	var got []string
	for o, err := range s.Objects(context.Background(), "") {
		if err != nil && (!errors.Is(err, ErrUnreadable) || !strings.Contains(err.Error(), filepath.Join("a", "c")+": file does not exist: a link to nothing")) {
			t.Error(err)
		}
		got = append(got, o.Key)
	}
	equal(t, "objects", got, "a/b.log", "a/b/x", "", "a/z", "link/y", "other/y")
	body(t, s, "a/z")
	equal(t, "children", children(t, s, "a/"), "a/b.log", "a/b/", "a/c/", "a/z")
	if _, err := s.Open(context.Background(), "a/b.log"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("open a/b.log: %v", err)
	}
}

func TestDirErrors(t *testing.T) {
	root := bucket(t, "a/x")
	if _, err := Dir(filepath.Join(root, "none")); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "check the path") {
		t.Errorf("Dir(none): %v", err)
	}
	for path, want := range map[string]string{"~/logs": "write $HOME", "file:///logs": "no other URL", "s3:/logs": "no other URL", "logs": "check the path"} {
		if err := explainSource(path, fs.ErrNotExist); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), want) {
			t.Errorf("source %s: %v, want %q", path, err, want)
		}
	}
	s := open(t, root)
	for key, want := range map[string]string{
		"a":        "is a directory",
		"none":     "taken away since it was listed",
		"../x":     "leads out of the directory",
		"/etc/etc": "leads out of the directory",
	} {
		if _, err := s.Open(context.Background(), key); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Open(%q): %v, want %q", key, err, want)
		}
	}
}

func TestDirWithoutPermission(t *testing.T) {
	err := explainPath("list", "d", &fs.PathError{Op: "open", Path: "d", Err: fs.ErrPermission})
	if want := "list d: permission denied: make it readable"; !errors.Is(err, fs.ErrPermission) || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("err = %v, want %q", err, want)
	}
}

func TestDirEndsWithTheContext(t *testing.T) {
	s := open(t, bucket(t, "a/x"))
	ctx, cancel := context.WithCancel(context.Background())
	r, err := s.Open(ctx, "a/x")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cancel()
	if _, err := r.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("read: %v", err)
	}
	if _, err := s.Open(ctx, "a/x"); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	for o, err := range s.Objects(ctx, "") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("objects: %v, %v", o, err)
		}
	}
}

func TestDirStopsWhenNoMoreIsWanted(t *testing.T) {
	s := open(t, bucket(t, "a/x", "b/y", "c/z"))
	n := 0
	for range s.Objects(context.Background(), "") {
		n++
		break
	}
	for range s.Children(context.Background(), "") {
		n++
		break
	}
	if n != 2 {
		t.Errorf("%d entries", n)
	}
}
