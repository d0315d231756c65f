package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"sync"
)

// Mount lets what lies below a URL be read from a source: from a local copy.
type Mount struct {
	URL    string // "s3://bucket/" or "s3://bucket/prefix/", ending in a slash
	Source Source // its keys are what follows the URL
}

// Mounts is a source of many buckets: its keys are whole URLs, such as
// "s3://bucket/prefix/a.log.gz". What lies below a mount is read from it, that
// with the longest URL where there are several; every other bucket is opened
// when it is first asked for.
type Mounts struct {
	mounts []Mount // the longest URL first
	open   func(ctx context.Context, bucket string) (Source, error)

	mu      sync.Mutex
	buckets map[string]Source
}

// NewMounts returns the source of these mounts. open opens a bucket by its name,
// so that its keys are those of the bucket; where it is nil there are no others.
func NewMounts(mounts []Mount, open func(ctx context.Context, bucket string) (Source, error)) *Mounts {
	sorted := slices.Clone(mounts)
	slices.SortStableFunc(sorted, func(a, b Mount) int { return len(b.URL) - len(a.URL) })
	return &Mounts{mounts: sorted, open: open, buckets: map[string]Source{}}
}

// ParseURL returns the bucket and the key, or prefix, of a URL such as
// "s3://bucket/prefix/".
func ParseURL(url string) (bucket, key string, err error) {
	rest, ok := strings.CutPrefix(url, "s3://")
	bucket, key, _ = strings.Cut(rest, "/")
	if !ok || bucket == "" {
		return "", "", fmt.Errorf("parse location %q: it is no bucket: write s3://bucket/prefix/", url)
	}
	return bucket, key, nil
}

// At returns the source that a URL is read from, and the URL's key, or prefix, in it.
func (m *Mounts) At(ctx context.Context, url string) (Source, string, error) {
	for _, mount := range m.mounts {
		if key, ok := strings.CutPrefix(url, mount.URL); ok {
			return mount.Source, key, nil
		}
	}
	bucket, key, err := ParseURL(url)
	if err != nil {
		return nil, "", err
	}
	src, err := m.bucket(ctx, bucket)
	return src, key, err
}

// bucket opens a bucket, once.
func (m *Mounts) bucket(ctx context.Context, name string) (Source, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if src, ok := m.buckets[name]; ok {
		return src, nil
	}
	if m.open == nil {
		return nil, fmt.Errorf("open bucket %s: nothing is mounted there: pass --mount s3://%s=DIRECTORY", name, name)
	}
	src, err := m.open(ctx, name)
	if err == nil {
		m.buckets[name] = src
	}
	return src, err
}

// Children implements Source.
func (m *Mounts) Children(ctx context.Context, prefix string) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		src, below, err := m.At(ctx, prefix)
		if err != nil {
			yield(Entry{}, err)
			return
		}
		base := strings.TrimSuffix(prefix, below)
		for entry, err := range src.Children(ctx, below) {
			if entry.Prefix != "" {
				entry.Prefix = base + entry.Prefix
			} else {
				entry.Object.Key = base + entry.Object.Key
			}
			if !yield(entry, err) {
				return
			}
		}
	}
}

// Objects implements Source.
func (m *Mounts) Objects(ctx context.Context, prefix string) iter.Seq2[Object, error] {
	return func(yield func(Object, error) bool) {
		src, below, err := m.At(ctx, prefix)
		if err != nil {
			yield(Object{}, err)
			return
		}
		base := strings.TrimSuffix(prefix, below)
		for object, err := range src.Objects(ctx, below) {
			object.Key = base + object.Key
			if !yield(object, err) {
				return
			}
		}
	}
}

// Open implements Source.
func (m *Mounts) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	src, below, err := m.At(ctx, key)
	if err != nil {
		return nil, err
	}
	return src.Open(ctx, below)
}

// String implements Source.
func (m *Mounts) String() string { return "s3://" }

// Distant implements the interface Distant: it reports whether any bucket that
// has been opened is.
func (m *Mounts) Distant() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, src := range m.buckets {
		if IsDistant(src) {
			return true
		}
	}
	return false
}

// Close closes the buckets that were opened; the mounts stay the caller's.
func (m *Mounts) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	var errs []error
	for _, src := range m.buckets {
		if c, ok := src.(io.Closer); ok {
			errs = append(errs, c.Close())
		}
	}
	clear(m.buckets)
	return errors.Join(errs...)
}
