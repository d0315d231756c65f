// Package source says where objects are. A Source is a bucket or a directory
// that holds a bucket's keys; an Object is one file in it; a prefix is the part
// of a key up to and including a slash. Keys are spelt with forward slashes
// whatever the host's file system spells.
package source

import (
	"context"
	"io"
	"iter"
	"time"
)

// Object is one file of a source, as a listing tells it.
type Object struct {
	Key     string // below the source's root, such as "AWSLogs/111122223333/vpcflowlogs/…/a.log.gz"
	Size    int64  // bytes as stored
	ModTime time.Time
	ETag    string // as the bucket gives it, without quotes; empty for a directory
}

// Entry is one line of a listing: either an Object or a prefix below which there are more.
type Entry struct {
	Object Object
	Prefix string // ends in a slash; empty where the entry is an object
}

// Source lists and opens objects. Its methods may be called from several
// goroutines at once.
type Source interface {
	// Children lists what lies directly below prefix, in the order of the keys:
	// the objects and the next prefixes. The empty prefix is the root. A prefix
	// that does not exist has no children and is no error. The sequence ends
	// after the first error, which is an ErrUnreadable where only this prefix is
	// to blame.
	Children(ctx context.Context, prefix string) iter.Seq2[Entry, error]

	// Objects lists every object below prefix, at any depth, in the order of the
	// keys. The sequence ends after the first error, unless that is an
	// ErrUnreadable: it stands for a folder, and what comes behind it follows.
	Objects(ctx context.Context, prefix string) iter.Seq2[Object, error]

	// Open streams the object with that key from its first byte. The caller must
	// close it. Reads end with an error when ctx is done. Errors name the object,
	// and are ErrUnreadable where it alone is to blame.
	Open(ctx context.Context, key string) (io.ReadCloser, error)

	// String names the source as the user did: "s3://bucket/prefix/" or "examples/bucket".
	String() string
}

// RandomReader is what Open returns of an object that can be read at any place,
// by several goroutines at once, such as a file.
type RandomReader interface {
	io.ReadCloser
	io.ReaderAt

	// Size returns the length of the object as it is now, in bytes.
	Size() (int64, error)
}

// Distant is a Source that knows how far off its objects are.
type Distant interface {
	Source

	// Distant reports whether an object's first byte is long in coming, so that
	// it pays to have many open at once.
	Distant() bool
}

// IsDistant reports whether s is known to be far off.
func IsDistant(s Source) bool {
	d, ok := s.(Distant)
	return ok && d.Distant()
}

// ListingsAtOnce returns how many listings of s should be under way at the same
// time. Those of a distant source only wait: S3 answers thousands in a second
// (performance guidelines of the S3 user guide: 5,500 for each prefix), and each
// page of a thousand keys that is being read takes half a megabyte.
func ListingsAtOnce(s Source) int {
	if IsDistant(s) {
		return 64
	}
	return 16
}

// Peeker is a Source that can tell an object without a listing of many.
type Peeker interface {
	Source

	// First returns the object below prefix whose key comes first; ok is false
	// where there is none.
	First(ctx context.Context, prefix string) (object Object, ok bool, err error)
}

// Rooted is a Source that knows what its keys are cut off from.
type Rooted interface {
	Source

	// Root returns what stands before the source's keys, ending in a slash:
	// "/home/me/AWSLogs/111122223333/" or a bucket's "prefix/AWSLogs/". It may
	// tell account, region and date of the objects.
	Root() string
}

// Root returns what stands before the keys of s, and the empty string where s
// does not know.
func Root(s Source) string {
	if r, ok := s.(Rooted); ok {
		return r.Root()
	}
	return ""
}
