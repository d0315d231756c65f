package source

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

func TestFS(t *testing.T) {
	s := FS(fstest.MapFS{
		"a/x":   {Data: []byte("x")},
		"a.log": {Data: []byte("y")},
	}, "memory")
	if s.String() != "memory" || Root(s) != "" {
		t.Errorf("String() = %q, Root() = %q", s, Root(s))
	}
	equal(t, "children", children(t, s, ""), "a.log", "a/")
	equal(t, "children of nothing", children(t, s, "none/"))
	equal(t, "children of a file", children(t, s, "a.log/"))
	body(t, s, "a/x")
	for key, want := range map[string]string{
		"a":    "open memory/a: is a directory",
		"none": "open memory/none: ",
		"../x": "open x: ",
	} {
		if r, err := s.Open(context.Background(), key); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Open(%q) = %v, %v, want %q", key, r, err, want)
		}
	}
	r, err := s.Open(context.Background(), "a.log")
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); string(text) != "y" || err != nil {
		t.Errorf("read %q, %v", text, err)
	}
}

func TestFSRefusesAPathWithoutEnd(t *testing.T) {
	s := FS(fstest.MapFS{}, "memory")
	for _, err := range s.Children(context.Background(), strings.Repeat("a/", maxKey)) {
		if err == nil || !strings.Contains(err.Error(), "leads back up") {
			t.Errorf("err = %v", err)
		}
	}
}
