// Package cache keeps what objects hold in Parquet files, so that a question
// asked again need not decode their text again.
//
// An Entry is one Parquet file and the manifest beside it: the records of the
// objects of one partition, and of each object what its listing said then. An
// object whose listing says anything else today is not in the cache. The file
// has the columns of Entry.Columns and ObjectColumn, by which objects that are
// gone or not asked for are left out.
//
// Only objects without any damage are kept: what is read of the others, and what
// is told of them, depends on the options of a statement.
//
// A cache is a directory for one user's eyes. Files are written under another
// name and renamed when they are whole, so several processes may share one.
// Whatever cannot be read of it is as if it were not there.
package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// ObjectColumn is the column that holds a record's object: its index in Entry.Objects.
const ObjectColumn = "__object"

const (
	manifestSuffix = ".manifest"
	dataSuffix     = ".parquet"
	draftPrefix    = "draft-"
)

// Cache is a directory of entries, of which those of one source are seen.
type Cache struct {
	dir    string
	source string
	lines  columnLines
}

// Entry is one file of the cache.
type Entry struct {
	Source  string // that the objects are of
	Prefix  string // of the partition's keys
	Built   time.Time
	Columns []schema.Column // of the file: those of the objects, then those that the partition's keys tell; names and types alone
	Fields  int             // how many of the columns are the objects'
	Formats []schema.Format // that Objects have
	Objects []Object
	File    string    // its name in the directory
	Size    int64     // of the file, in bytes
	Sum     string    // of the file: SHA-256, in hexadecimal
	Written time.Time // the file's time of modification

	dir      string
	manifest string // its name in the directory
	used     time.Time
}

// Object is an object of an entry: its listing, and what it has.
type Object struct {
	source.Object
	Records int64
	Format  int // index in Entry.Formats; -1: not known
}

// Open returns the cache in dir for a source, which name tells from all others
// that anybody may keep there. The directory need not exist.
func Open(dir, name string) (*Cache, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open cache: %w", err)
	}
	return &Cache{dir: absolute, source: name}, nil
}

// Dir returns the directory.
func (c *Cache) Dir() string { return c.dir }

// Find returns the entry of the partition with that prefix, or nil where there
// is none. An error tells of one that is not as it was written. The file itself
// is read for that only if its size or time say that somebody touched it.
func (c *Cache) Find(prefix string) (*Entry, error) {
	e, err := c.read(c.manifestOf(prefix))
	if errors.Is(err, fs.ErrNotExist) || err == nil && (e.Source != c.source || e.Prefix != prefix) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(e.Path())
	if err != nil {
		return nil, fmt.Errorf("read cache: %w", err)
	}
	if info.Size() == e.Size && info.ModTime().Equal(e.Written) {
		return e, nil
	}
	if err := e.Verify(); err != nil {
		return nil, err
	}
	return e, nil
}

// Used notes that an entry served a statement, for Prune.
func (c *Cache) Used(e *Entry) {
	now := time.Now()
	_ = os.Chtimes(filepath.Join(c.dir, e.manifest), now, now) // else it is thought to be older than it is
}

// Used returns when an entry of Entries last served a statement, or was built.
func (e *Entry) Used() time.Time { return e.used }

// Path returns the name of the entry's file.
func (e *Entry) Path() string { return filepath.Join(e.dir, e.File) }

// Fresh returns where in the entry each of the objects is, if it is there as it
// is now, and else -1.
func (e *Entry) Fresh(objects []source.Object) []int {
	index := make(map[string]int, len(e.Objects))
	for i, o := range e.Objects {
		index[o.Key] = i
	}
	at := make([]int, len(objects))
	for k, o := range objects {
		i, ok := index[o.Key]
		if !ok || !same(e.Objects[i].Object, o) {
			i = -1
		}
		at[k] = i
	}
	return at
}

// same reports whether two listings are of one state of an object.
func same(a, b source.Object) bool {
	return a.Key == b.Key && a.Size == b.Size && a.ETag == b.ETag && a.ModTime.Equal(b.ModTime)
}

// manifestOf names the manifest of a partition.
func (c *Cache) manifestOf(prefix string) string {
	return nameOf(c.source+"\x00"+prefix) + manifestSuffix
}

// nameOf makes a name for a file of what a text tells, without telling it.
func nameOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

// read reads a manifest.
func (c *Cache) read(name string) (*Entry, error) {
	path := filepath.Join(c.dir, name)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	e := &Entry{dir: c.dir, manifest: name}
	if err := e.decode(text, &c.lines); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if e.File != filepath.Base(e.File) || !strings.HasSuffix(e.File, dataSuffix) {
		return nil, fmt.Errorf("read %s: %w", path, errManifest)
	}
	return e, nil
}
