package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Dir returns the source of the files below the directory path, which holds a
// bucket's keys or any part of them; a path that is a file is a source of that
// one object. Symbolic links are followed, except those that lead back to a
// directory above them. Pipes, sockets and devices are listed, and not opened.
func Dir(path string) (Source, error) {
	above, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open source %s: %w", path, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, explainSource(path, err)
	}
	root := path
	only := ""
	switch {
	case info.Mode().IsRegular():
		root, only = filepath.Split(path)
		above = filepath.Dir(above)
	case !info.IsDir():
		return nil, fmt.Errorf("open source %s: it is neither a directory nor a file that can be read twice: save it to a file first", path)
	}
	return dirSource{tree{dirFolders{root, only}}, path, filepath.ToSlash(above) + "/", &staged{locks: map[string]*os.File{}}}, nil
}

type dirSource struct {
	tree
	path   string
	above  string
	staged *staged
}

// String returns the directory as the user named it.
func (d dirSource) String() string { return d.path }

// Root implements Rooted: it is the absolute path of the directory.
func (d dirSource) Root() string { return d.above }

// dirFolders is the host's files below root; where only is set, just that one.
type dirFolders struct {
	root, only string
}

func (d dirFolders) path(name string) string {
	return filepath.Join(d.root, filepath.FromSlash(name))
}

func (d dirFolders) readDir(name string) ([]entry, error) {
	switch {
	case d.only != "" && name == "":
		info, err := d.stat(d.only)
		if err != nil {
			return nil, err
		}
		return []entry{entryOf(info)}, nil
	case d.only != "" || outside(name):
		return nil, fs.ErrNotExist
	}
	return readFolder(d.path(name))
}

// outside reports whether name leads out of the root: a key may have ".." in it.
func outside(name string) bool {
	return name != "" && !filepath.IsLocal(filepath.FromSlash(name))
}

func (d dirFolders) stat(name string) (fs.FileInfo, error) {
	if outside(name) {
		return nil, fs.ErrNotExist
	}
	return os.Stat(d.path(name))
}

func (d dirFolders) lstat(name string) (fs.FileInfo, error) {
	if outside(name) {
		return nil, fs.ErrNotExist
	}
	return os.Lstat(d.path(name))
}

func (d dirFolders) open(name string) (io.ReadCloser, error) {
	if outside(name) {
		return nil, errors.New("the key leads out of the directory")
	}
	info, err := os.Stat(d.path(name)) // first: to open a pipe waits for its other end
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		return nil, err
	}
	return openFile(d.path(name))
}

func (d dirFolders) explain(doing, name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s %s: %w: a link to nothing, or taken away since it was listed; ask again, or remove the link", doing, d.path(name), fs.ErrNotExist)
	}
	return explainPath(doing, d.path(name), err)
}

// explainSource is explainPath for the path of a source as it was typed.
func explainSource(path string, err error) error {
	remedy := ""
	switch {
	case !errors.Is(err, fs.ErrNotExist):
		return explainPath("open source", path, err)
	case strings.HasPrefix(path, "~"):
		remedy = "the shell replaces ~ at the start of a word without quotes alone; write $HOME"
	case strings.Contains(path, ":/"):
		remedy = "a source is a directory or s3://bucket/prefix, and no other URL"
	default:
		return explainPath("open source", path, err)
	}
	return fmt.Errorf("open source %s: %w: %s", path, fs.ErrNotExist, remedy)
}

// explainPath returns err with what was done to which path, and the remedy.
func explainPath(doing, path string, err error) error {
	var detail *fs.PathError
	if errors.As(err, &detail) {
		err = detail.Err // its path is in the message already
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s %s: %w: check the path; a bucket is written s3://bucket/prefix", doing, path, err)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s %s: %w: make it readable for the user who runs this (chmod a+rX)", doing, path, err)
	}
	return fmt.Errorf("%s %s: %w", doing, path, err)
}
