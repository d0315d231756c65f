package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// seenSuffix ends the name of the note of the partitions of one source that
	// were read: a line for each, which tells it from others and nothing more.
	seenSuffix = ".seen"

	// seenAtMost is how many partitions a note has; those read first are forgotten.
	seenAtMost = 50_000

	// forgotten is the age from which Prune removes a note.
	forgotten = 30 * 24 * time.Hour
)

// Seen notes that the partitions with these prefixes were read from the source,
// and returns those of which that had been noted before.
func (c *Cache) Seen(prefixes []string) (before []string, err error) {
	path := filepath.Join(c.dir, nameOf(c.source)+seenSuffix)
	text, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read cache: %w", err)
	}
	noted := strings.Fields(string(text))
	known := make(map[string]bool, len(noted))
	for _, name := range noted {
		known[name] = true
	}
	found := len(noted)
	for _, prefix := range prefixes {
		name := strings.TrimSuffix(c.manifestOf(prefix), manifestSuffix)
		if known[name] {
			before = append(before, prefix)
			continue
		}
		noted = append(noted, name)
	}
	if len(noted) == found {
		return before, nil
	}
	noted = slices.Clone(noted[max(0, len(noted)-seenAtMost):])
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return before, fmt.Errorf("write cache: %w", err)
	}
	if err := c.replace(path, []byte(strings.Join(noted, "\n")+"\n")); err != nil {
		return before, fmt.Errorf("write cache: %w", err)
	}
	return before, nil
}

// replace writes a file that only the user can read, whole or not at all.
func (c *Cache) replace(path string, text []byte) error {
	draft, err := c.draft()
	if err != nil {
		return err
	}
	if err = os.WriteFile(draft, text, 0o600); err == nil {
		err = os.Rename(draft, path)
	}
	if err != nil {
		os.Remove(draft)
	}
	return err
}
