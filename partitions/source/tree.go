package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"slices"
	"strings"
	"syscall"
	"time"
)

// maxKey is the longest path that is listed, in bytes: four times the longest
// key of S3. A longer one can only come from links that lead back.
const maxKey = 4096

// folders is a hierarchy of files: a directory of the host, or an fs.FS. Names
// are keys without a slash at the end; the root is the empty name.
type folders interface {
	readDir(name string) ([]entry, error)  // links are not followed
	stat(name string) (fs.FileInfo, error) // follows links
	lstat(name string) (fs.FileInfo, error)
	open(name string) (io.ReadCloser, error)
	explain(doing, name string, err error) error
}

// tree is a Source over folders.
type tree struct {
	folders
}

// item is one line of a folder's listing: a file or, where key ends in a slash, a folder.
type item struct {
	key     string
	size    int64 // of a file
	modTime time.Time
}

func (i item) isFolder() bool { return strings.HasSuffix(i.key, "/") }

func (i item) object() Object {
	return Object{Key: i.key, Size: i.size, ModTime: i.modTime}
}

// Children implements Source.
func (t tree) Children(ctx context.Context, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		items, err := t.list(ctx, prefix)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		for _, i := range items {
			entry := Entry{Prefix: i.key}
			if !i.isFolder() {
				entry = Entry{Object: i.object()}
			}
			if !yield(entry, nil) {
				return
			}
		}
	}
}

// Objects implements Source.
func (t tree) Objects(ctx context.Context, prefix string) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		t.walk(ctx, prefix, yield)
	}
}

// walk yields the objects below prefix; it reports whether more are wanted.
func (t tree) walk(ctx context.Context, prefix string, yield func(Object, error) bool) bool {
	items, err := t.list(ctx, prefix)
	if err != nil {
		return yield(Object{}, err) && errors.Is(err, ErrUnreadable)
	}
	for _, i := range items {
		more := false
		if i.isFolder() {
			more = t.walk(ctx, i.key, yield)
		} else {
			more = yield(i.object(), nil)
		}
		if !more {
			return false
		}
	}
	return true
}

// list returns what lies directly below prefix, in the order of the keys. That
// is not the order of the names: "a.log" precedes what is in the folder "a",
// because "." precedes "/".
func (t tree) list(ctx context.Context, prefix string) ([]item, error) {
	name, err := t.folderName(prefix)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	entries, err := t.readDir(name)
	if err != nil && name != "" && !t.isFolder(name) {
		return nil, nil
	}
	if err != nil {
		return nil, blame(t.explain("list", name, err))
	}
	items := make([]item, 0, len(entries))
	for _, e := range entries {
		if i, ok := t.item(prefix, e); ok {
			items = append(items, i)
		}
	}
	slices.SortFunc(items, func(a, b item) int { return cmp.Compare(a.key, b.key) })
	return items, nil
}

// isFolder reports whether name is a folder, or might be one that cannot be looked at.
func (t tree) isFolder(name string) bool {
	info, err := t.stat(name)
	switch {
	case err == nil:
		return info.IsDir()
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		_, err = t.lstat(name)
		return err == nil // a link to nothing
	}
	return true
}

// folderName returns the name of the folder that prefix stands for.
func (t tree) folderName(prefix string) (string, error) {
	if prefix != "" && !strings.HasSuffix(prefix, "/") {
		return "", fmt.Errorf("list %q: a prefix ends in a slash", prefix)
	}
	if len(prefix) > maxKey {
		return "", fmt.Errorf("list %q…: the path is longer than any key: remove the link that leads back up", prefix[:80])
	}
	return strings.TrimSuffix(prefix, "/"), nil
}

// item returns the line of a listing for e; ok is false for a link back to a
// folder that it lies in. What is neither file nor folder is listed as a file, so
// that nothing is missing without a word: opening it says what it is.
func (t tree) item(prefix string, e entry) (i item, ok bool) {
	key := prefix + e.name
	switch {
	case e.mode.IsDir():
		return item{key: key + "/"}, true
	case e.mode&fs.ModeSymlink != 0:
		return t.linked(prefix, key, e)
	}
	return item{key, e.size, e.modTime}, true
}

// linked returns the line of a listing for a symbolic link: what it leads to. A
// link that leads nowhere is listed as what it ought to be, so that opening it, or
// listing what lies below it, says so: a file if its name has a dot, as those of
// logs have, else a folder, as those of accounts, regions and days are.
func (t tree) linked(prefix, key string, e entry) (i item, ok bool) {
	info, err := t.stat(key)
	switch {
	case err != nil && strings.Contains(e.name, "."):
		return item{key, e.size, e.modTime}, true
	case err != nil:
		return item{key: key + "/"}, true
	case info.IsDir():
		return item{key: key + "/"}, !t.above(prefix, info)
	}
	return item{key, info.Size(), info.ModTime()}, true
}

// above reports whether folder is the one that prefix stands for or one that it lies in.
func (t tree) above(prefix string, folder fs.FileInfo) bool {
	for name := strings.TrimSuffix(prefix, "/"); ; {
		info, err := t.stat(name)
		if err == nil && os.SameFile(info, folder) {
			return true
		}
		if name == "" {
			return false
		}
		name = name[:max(strings.LastIndexByte(name, '/'), 0)]
	}
}

// Open implements Source.
func (t tree) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	file, err := t.open(key)
	if err != nil {
		return nil, blame(t.explain("open", key, err))
	}
	if at, ok := file.(randomFile); ok {
		return randomReader{reader{ctx, file}, at}, nil
	}
	return reader{ctx, file}, nil
}

// randomFile is a file that can be read at any place.
type randomFile interface {
	io.ReaderAt
	Stat() (fs.FileInfo, error)
}

// randomReader is a RandomReader.
type randomReader struct {
	reader
	at randomFile
}

// ReadAt reads the file at a place until the context is done.
func (r randomReader) ReadAt(p []byte, off int64) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.at.ReadAt(p, off)
	return n, blame(err)
}

// Size returns the file's length.
func (r randomReader) Size() (int64, error) {
	info, err := r.at.Stat()
	if err != nil {
		return 0, blame(err)
	}
	return info.Size(), nil
}

// reader is a file that reads nothing more once ctx is done.
type reader struct {
	ctx  context.Context
	file io.ReadCloser
}

// Read reads the file until the context is done.
func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := r.file.Read(p)
	return n, blame(err)
}

// Close closes the file.
func (r reader) Close() error { return r.file.Close() }
