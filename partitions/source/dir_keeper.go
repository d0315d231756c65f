package source

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

var (
	_ Keeper  = dirSource{}
	_ Locator = dirSource{}
)

// stagePattern names the directories of Stage: hidden ones, which no table reads.
const stagePattern = ".vpcq-*"

// Stage implements Keeper. The directory lies in the source's own, so that a file
// becomes an object by taking its name. Directories that killed processes have
// left there are removed first.
func (d dirSource) Stage(ctx context.Context, prefix string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := d.takes(prefix); err != nil {
		return "", err
	}
	above := filepath.FromSlash(d.above)
	sweep(above)
	dir, err := os.MkdirTemp(above, stagePattern)
	if err != nil {
		return "", explainWrite(d.above, err)
	}
	d.staged.hold(dir)
	return dir, nil
}

// takes refuses keys that lie elsewhere.
func (d dirSource) takes(key string) error {
	if folders, ok := d.folders.(dirFolders); ok && folders.only != "" || outside(strings.TrimSuffix(key, "/")) {
		return fmt.Errorf("write %s below %s: the key leads out of the directory", key, d.path)
	}
	return nil
}

// Put implements Keeper. The file has the mode that every new file has.
func (d dirSource) Put(ctx context.Context, key, file string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := d.takes(key); err != nil {
		return err
	}
	target := filepath.Join(filepath.FromSlash(d.above), filepath.FromSlash(key))
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return explainWrite(target, err)
	}
	if _, err := os.Lstat(target); err == nil {
		return explainWrite(target, fs.ErrExist)
	}
	if err := errors.Join(settle(file), os.Chmod(file, 0o644), os.Rename(file, target)); err != nil {
		return explainWrite(target, err)
	}
	return nil
}

// settle returns when the disk has what is in a file.
func settle(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Remove implements Keeper. Folders above the object that are empty then go with
// it: in a bucket there would be none.
func (d dirSource) Remove(_ context.Context, key string) error {
	if err := d.takes(key); err != nil {
		return err
	}
	top := filepath.Clean(filepath.FromSlash(d.above))
	target := filepath.Join(top, filepath.FromSlash(key))
	if err := os.Remove(target); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove %s: %w", target, err)
	}
	for dir := filepath.Dir(target); dir != top && os.Remove(dir) == nil; dir = filepath.Dir(dir) {
	}
	return nil
}

// Locate implements Locator. Of a directory that is not there yet, the part that
// is there is freed of links.
func (d dirSource) Locate(_ context.Context, prefix string) (string, error) {
	if err := d.takes(prefix); err != nil {
		return "", err
	}
	path := filepath.Join(filepath.FromSlash(d.above), filepath.FromSlash(prefix))
	rest := ""
	for {
		real, err := filepath.EvalSymlinks(path)
		if err == nil {
			return strings.TrimRight(filepath.ToSlash(filepath.Join(real, rest)), "/") + "/", nil
		}
		if !errors.Is(err, fs.ErrNotExist) || filepath.Dir(path) == path {
			return "", explainPath("find", path, err)
		}
		rest, path = filepath.Join(filepath.Base(path), rest), filepath.Dir(path)
	}
}

// explainWrite is explainPath for what could not be written.
func explainWrite(path string, err error) error {
	var detail *fs.PathError
	if errors.As(err, &detail) {
		err = detail.Err // its path is in the message already
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("write %s: %w: make the directory writable for the user who runs this (chmod u+w)", path, err)
	}
	return fmt.Errorf("write %s: %w", path, err)
}
