package cache

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// abandoned is the age from which a file that belongs to no entry is taken for
// what a process left behind that ended before its time.
const abandoned = 24 * time.Hour

// Entries lists the entries of every source, those used last first. Manifests
// that cannot be read are told in damaged.
func (c *Cache) Entries() (entries []*Entry, damaged []error, err error) {
	files, err := os.ReadDir(c.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("list cache: %w", err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), manifestSuffix) {
			continue
		}
		e, err := c.read(f.Name())
		if err != nil {
			damaged = append(damaged, err)
			continue
		}
		if info, err := f.Info(); err == nil {
			e.used = info.ModTime()
		}
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(a, b *Entry) int { return cmp.Or(b.used.Compare(a.used), strings.Compare(a.manifest, b.manifest)) })
	return entries, damaged, nil
}

// Verify reads the entry's file and tells whether it is what was written.
func (e *Entry) Verify() error {
	size, sum, err := digest(e.Path())
	if err != nil {
		return fmt.Errorf("verify cache: %w", err)
	}
	if size != e.Size || sum != e.Sum {
		return fmt.Errorf("verify cache: %s is damaged", e.Path())
	}
	return nil
}

// Remove removes an entry.
func (c *Cache) Remove(e *Entry) error {
	if err := os.Remove(filepath.Join(c.dir, e.manifest)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("prune cache: %w", err)
	}
	if err := os.Remove(e.Path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("prune cache: %w", err)
	}
	return nil
}

// Prune removes the entries that were not used for longest until the rest have
// at most limit bytes, manifests that cannot be read, and what was left behind.
// It returns how many files it removed and their bytes.
func (c *Cache) Prune(limit int64) (removed int, bytes int64, err error) {
	entries, _, err := c.Entries()
	if err != nil {
		return 0, 0, err
	}
	kept, held := map[string]bool{}, int64(0)
	for _, e := range entries {
		if held+e.Size <= limit {
			held += e.Size
			kept[e.File], kept[e.manifest] = true, true
			continue
		}
		if err := c.Remove(e); err != nil {
			return removed, bytes, err
		}
		removed, bytes = removed+1, bytes+e.Size
	}
	n, more, err := c.sweep(kept)
	return removed + n, bytes + more, err
}

// keptFor is the age from which a file that belongs to no entry is removed.
func keptFor(name string) time.Duration {
	switch filepath.Ext(name) {
	case dataSuffix, manifestSuffix:
		return abandoned
	case seenSuffix:
		return forgotten
	}
	return math.MaxInt64 // it is not ours
}

// sweep removes the cache's files that belong to no entry and are old.
func (c *Cache) sweep(kept map[string]bool) (removed int, bytes int64, err error) {
	files, err := os.ReadDir(c.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, 0, fmt.Errorf("prune cache: %w", err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || kept[f.Name()] || time.Since(info.ModTime()) < keptFor(f.Name()) {
			continue
		}
		if err := os.Remove(filepath.Join(c.dir, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, bytes, fmt.Errorf("prune cache: %w", err)
		}
		removed, bytes = removed+1, bytes+info.Size()
	}
	return removed, bytes, nil
}
