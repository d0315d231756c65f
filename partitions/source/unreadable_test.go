package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
)

// sick is a file system in which some things cannot be had.
type sick struct {
	fstest.MapFS
	wrong map[string]error // by path
}

func (s sick) Open(name string) (fs.File, error) {
	if err := s.wrong[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return s.MapFS.Open(name)
}

func (s sick) ReadDir(name string) ([]fs.DirEntry, error) {
	if err := s.wrong[name]; err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return s.MapFS.ReadDir(name)
}

// A folder that cannot be listed stands for itself: what comes behind it follows.
func TestUnreadableFolders(t *testing.T) {
	files := fstest.MapFS{"a/1": {}, "b/c/2": {}, "b/d/3": {}, "e/4": {}}
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"denied":           {syscall.EACCES, "a/1 (b/c) b/d/3 e/4"},
		"broken":           {syscall.EIO, "a/1 (b/c) b/d/3 e/4"},
		"short of handles": {syscall.EMFILE, "a/1 [b/c]"},
	} {
		s := FS(sick{files, map[string]error{"b/c": c.err}}, "sick")
		var got []string
		for o, err := range s.Objects(t.Context(), "") {
			switch {
			case errors.Is(err, ErrUnreadable):
				got = append(got, "(b/c)")
			case err != nil:
				got = append(got, "[b/c]")
			default:
				got = append(got, o.Key)
			}
			if err != nil && !strings.HasPrefix(err.Error(), "list sick/b/c: ") {
				t.Errorf("%s: %v", name, err)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %s", name, got, c.want)
		}
	}
}

func TestUnreadableFiles(t *testing.T) {
	s := FS(sick{fstest.MapFS{"a": {}, "b": {}}, map[string]error{"a": syscall.EACCES, "b": syscall.ENFILE}}, "sick")
	for key, want := range map[string]bool{"a": true, "b": false, "none": true} {
		if _, err := s.Open(t.Context(), key); err == nil || errors.Is(err, ErrUnreadable) != want {
			t.Errorf("open %s: %v, unreadable: want %t", key, err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Open(ctx, "a"); errors.Is(err, ErrUnreadable) {
		t.Errorf("open after the end: %v", err)
	}
}

func TestBlame(t *testing.T) {
	for err, want := range map[error]bool{nil: false, io.EOF: false, syscall.EIO: true, syscall.EMFILE: false, syscall.ENOMEM: false, fs.ErrPermission: true} {
		if got := blame(err); errors.Is(got, ErrUnreadable) != want || !errors.Is(got, err) {
			t.Errorf("blame(%v): %v", err, got)
		}
		if wrapped := fmt.Errorf("read x: %w", err); err != nil && errors.Is(blame(wrapped), ErrUnreadable) != want && err != io.EOF {
			t.Errorf("blame(%v)", wrapped)
		}
	}
}
