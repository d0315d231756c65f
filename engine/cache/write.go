package cache

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Put makes an entry of what write writes to the file it is given the name of,
// which takes the place of the partition's entry before. Of the entry, Prefix,
// Columns, Fields, Formats and Objects must be set; the objects' Records may still
// be set by write.
func (c *Cache) Put(e Entry, write func(file string) error) (err error) {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("write cache: %w; name another directory", err)
	}
	draft, err := c.draft()
	if err != nil {
		return fmt.Errorf("write cache: %w", err)
	}
	defer func() {
		if err != nil {
			os.Remove(draft)
			err = fmt.Errorf("write cache: %w", err)
		}
	}()
	if err := write(draft); err != nil {
		return err
	}
	e.Source, e.Built = c.source, time.Now().UTC()
	e.dir, e.manifest = c.dir, c.manifestOf(e.Prefix)
	if e.Size, e.Sum, err = digest(draft); err != nil {
		return err
	}
	info, err := os.Stat(draft)
	if err != nil {
		return err
	}
	e.Written = info.ModTime()
	// No other Put uses the name, be its rows the same: what another process
	// removes as its partition's file before is never what a manifest names.
	e.File = strings.TrimSuffix(e.manifest, manifestSuffix) + "-" + strings.TrimPrefix(filepath.Base(draft), draftPrefix)
	before, _ := c.read(e.manifest) // nil where there is none
	if err := os.Rename(draft, e.Path()); err != nil {
		return err
	}
	if err := c.writeManifest(e); err != nil {
		return err
	}
	if before != nil {
		os.Remove(before.Path()) // what still reads it keeps it open, or reads the source
	}
	return nil
}

// draft makes an empty file that only the user can read.
func (c *Cache) draft() (name string, err error) {
	f, err := os.CreateTemp(c.dir, draftPrefix+"*"+dataSuffix)
	if err != nil {
		return "", err
	}
	return f.Name(), f.Close()
}

// writeManifest writes the manifest, whole or not at all.
func (c *Cache) writeManifest(e Entry) error {
	return c.replace(filepath.Join(c.dir, e.manifest), e.encode())
}

// digest returns the size and the sum of a file.
func digest(name string) (size int64, sum string, err error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	size, err = io.Copy(h, f)
	return size, hex.EncodeToString(h.Sum(nil)), err
}
