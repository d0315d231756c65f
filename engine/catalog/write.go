package catalog

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// patience is how long a change waits for that of another process. Tests have more.
var patience = 30 * time.Second

// errLocked is given by tryLock while another has the lock.
var errLocked = errors.New("locked")

// atStep is called before each step of a write, for a test to end the process there.
var atStep = func(string) {}

// change makes a change to what the file declares now, and to the file.
func (c *Catalog) change(make func(*state) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.path == "" {
		changed := c.state.clone()
		err := make(changed)
		if err == nil {
			c.state = changed
		}
		return err
	}
	if err := os.MkdirAll(filepath.Dir(c.path), 0o700); err != nil {
		return fmt.Errorf("make the catalog's directory: %w; name a file elsewhere with --catalog", err)
	}
	unlock, err := lock(c.path + ".lock")
	if err != nil {
		return fmt.Errorf("lock catalog %s: %w; name a file elsewhere with --catalog", c.path, err)
	}
	defer unlock()
	if err := c.refresh(); err != nil {
		return err
	}
	changed := c.state.clone()
	if err := make(changed); err != nil || !changed.changed {
		return err
	}
	info, err := save(c.path, changed.String())
	if err != nil {
		return fmt.Errorf("write catalog: %w", err)
	}
	c.state, c.read = changed, info
	return nil
}

// lock takes a lock that ends with the process, however it ends. The file of the
// lock stays: whoever removed it could remove that of another.
func lock(path string) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for begun := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		err = tryLock(f)
		if err == nil {
			return func() { f.Close() }, nil // which gives the lock up
		}
		if !errors.Is(err, errLocked) || time.Since(begun) > patience {
			break
		}
	}
	f.Close()
	if errors.Is(err, errLocked) {
		err = fmt.Errorf("another process has been changing it for %v; end that one and run this again", patience)
	}
	return nil, err
}

// save puts a text in the place of a file, which is the old one or the new one
// at any time, whole. It keeps the file's mode, and what a link points to.
func save(path, text string) (fs.FileInfo, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	mode := fs.FileMode(0o600)
	if info, err := os.Stat(path); err == nil {
		mode = info.Mode().Perm()
	}
	beside := path + ".new"
	if err := os.Remove(beside); err != nil && !errors.Is(err, fs.ErrNotExist) { // of a process that was killed
		return nil, err
	}
	info, err := create(beside, text, mode)
	if err == nil {
		atStep("rename")
		err = os.Rename(beside, path)
	}
	if err != nil {
		os.Remove(beside) // half a file on a full disk, which would stay full
		return nil, err
	}
	atStep("sync directory")
	return info, syncDir(filepath.Dir(path))
}

// create makes a file, and returns when the disk has it.
func create(path, text string, mode fs.FileMode) (info fs.FileInfo, err error) {
	atStep("create")
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Chmod(mode); err != nil { // the process's umask may have taken some of it
		return nil, err
	}
	atStep("write")
	half := len(text) / 2
	if _, err := f.WriteString(text[:half]); err != nil {
		return nil, err
	}
	atStep("write the rest")
	if _, err := f.WriteString(text[half:]); err != nil {
		return nil, err
	}
	atStep("sync")
	if err := f.Sync(); err != nil {
		return nil, err
	}
	return f.Stat()
}
