package loader

import (
	"errors"
	"io"
	"sync/atomic"

	"github.com/vpcq/vpcq/partitions/source"
)

// sharedFile is a Parquet object that can be read at any place. The readers that
// read row groups of it share it, and the last one closes it.
type sharedFile struct {
	source.RandomReader
	uses atomic.Int32
	read *atomic.Int64 // bytes, in the scan's statistics
}

// sourceFailure is a source's failure to give bytes, which is no damage of what
// they say.
type sourceFailure struct{ error }

// Unwrap returns what the source said.
func (f sourceFailure) Unwrap() error { return f.error }

// failedSource returns the source's failure that err tells of, or other.
func failedSource(err, other error) error {
	var failed sourceFailure
	if errors.As(err, &failed) {
		return blameSource(failed.error)
	}
	return other
}

// ReadAt implements io.ReaderAt.
func (f *sharedFile) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.RandomReader.ReadAt(p, off)
	f.read.Add(int64(n))
	if err != nil && err != io.EOF {
		err = sourceFailure{err}
	}
	return n, err
}

// Close gives up one use.
func (f *sharedFile) Close() error {
	if f.uses.Add(-1) > 0 {
		return nil
	}
	return f.RandomReader.Close()
}
