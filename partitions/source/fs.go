package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
)

// FS returns a source of the files in fsys, such as an embed.FS or the contents
// of an archive; name is what String returns. Its root is fsys's root.
func FS(fsys fs.FS, name string) Source { return fsSource{tree{fsFolders{fsys, name}}, name} }

type fsSource struct {
	tree
	name string
}

// String returns the name that FS was given.
func (s fsSource) String() string { return s.name }

type fsFolders struct {
	fsys fs.FS
	name string
}

// path spells the root as package fs does.
func (f fsFolders) path(name string) string {
	if name == "" {
		return "."
	}
	return name
}

func (f fsFolders) readDir(name string) ([]entry, error) {
	lines, err := fs.ReadDir(f.fsys, f.path(name))
	if err != nil {
		return nil, err
	}
	entries := make([]entry, 0, len(lines))
	for _, line := range lines {
		info, err := line.Info()
		switch {
		case errors.Is(err, fs.ErrNotExist): // gone since
		case err != nil:
			return nil, err
		default:
			entries = append(entries, entryOf(info))
		}
	}
	return entries, nil
}

func (f fsFolders) stat(name string) (fs.FileInfo, error) { return fs.Stat(f.fsys, f.path(name)) }

func (f fsFolders) lstat(name string) (fs.FileInfo, error) { return fs.Lstat(f.fsys, f.path(name)) }

func (f fsFolders) open(name string) (io.ReadCloser, error) {
	file, err := f.fsys.Open(f.path(name))
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err == nil {
		err = regular(info)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// regular refuses to read what is no file.
func regular(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return errors.New("is a directory")
	case !info.Mode().IsRegular():
		return errors.New("is a pipe, a socket or a device")
	}
	return nil
}

func (f fsFolders) explain(doing, name string, err error) error {
	return fmt.Errorf("%s %s: %w", doing, path.Join(f.name, name), err)
}
