package source

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Ranger is a Source that gives parts of objects.
type Ranger interface {
	Source

	// ReadRange fills p with the bytes of an object from offset on, as it stood
	// when it was listed: one that has been replaced since is an error, as far as
	// the source can tell. The range must lie within the object's Size. Errors
	// name the object.
	ReadRange(ctx context.Context, o Object, p []byte, offset int64) error
}

var (
	_ Ranger = dirSource{}
	_ Ranger = fsSource{}
	_ Ranger = (*Mounts)(nil)
)

var errReplaced = errors.New("it is not as it was listed: run again, for its parts would not fit together")

// ReadRange implements Ranger. What was replaced is told by its size and time.
func (t tree) ReadRange(ctx context.Context, o Object, p []byte, offset int64) error {
	body, err := t.Open(ctx, o.Key)
	if err != nil {
		return err
	}
	defer body.Close()
	info, err := t.stat(o.Key)
	if err == nil && (info.Size() != o.Size || !info.ModTime().Equal(o.ModTime)) {
		err = errReplaced
	}
	if err == nil {
		err = readAt(body, p, offset)
	}
	if err != nil {
		return t.explain("read", o.Key, err)
	}
	return nil
}

// readAt reads in the midst of a file; what comes before is passed over where the
// file system knows no better.
func readAt(r io.Reader, p []byte, offset int64) error {
	if file, ok := r.(io.ReaderAt); ok {
		n, err := file.ReadAt(p, offset)
		if n == len(p) {
			return nil // err may say that the file ends there
		}
		return err
	}
	if _, err := io.CopyN(io.Discard, r, offset); err != nil {
		return err
	}
	_, err := io.ReadFull(r, p)
	return err
}

// ReadRange implements Ranger.
func (m *Mounts) ReadRange(ctx context.Context, o Object, p []byte, offset int64) error {
	src, below, err := m.At(ctx, o.Key)
	if err != nil {
		return err
	}
	r, ok := src.(Ranger)
	if !ok {
		return fmt.Errorf("read a part of %s: %s gives none: copy the object to a directory", o.Key, src)
	}
	o.Key = below
	return r.ReadRange(ctx, o, p, offset)
}
