//go:build !linux && !darwin

package source

import "os"

// openFile opens a file to be read.
func openFile(path string) (*os.File, error) { return os.Open(path) }

// readFolder returns what lies in the directory path.
func readFolder(path string) ([]entry, error) {
	dir, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	infos, err := dir.Readdir(-1)
	entries := make([]entry, len(infos))
	for i, info := range infos {
		entries[i] = entryOf(info)
	}
	return entries, err
}
