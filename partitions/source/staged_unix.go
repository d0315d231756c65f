//go:build unix

package source

import (
	"os"

	"golang.org/x/sys/unix"
)

// lockFolder locks a directory until the file is closed or the process ends. It
// is an error where another has locked it.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}
