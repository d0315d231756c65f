package source

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// abandoned is how long nothing has changed in a staging directory that is taken
// for one of a dead process. Its lock says so already; but a directory that
// several hosts share may have locks that one does not see.
const abandoned = time.Hour

// staged is the staging directories of one source, each of which is locked as
// long as it is there and this process lives.
type staged struct {
	mu    sync.Mutex
	locks map[string]*os.File // by directory
}

// hold locks a new directory, where the host can.
func (s *staged) hold(dir string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for old, lock := range s.locks {
		if _, err := os.Lstat(old); err != nil {
			lock.Close()
			delete(s.locks, old)
		}
	}
	if lock, err := lockFolder(dir); err == nil {
		s.locks[dir] = lock
	}
}

// sweep removes the staging directories in a folder that processes have left which
// were killed. What cannot be removed stays: it is in nobody's way.
func sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !e.IsDir() || !isStage(e.Name()) {
			continue
		}
		dir := filepath.Join(folder, e.Name())
		lock, err := lockFolder(dir)
		if err != nil {
			continue // somebody writes, or nobody can tell
		}
		if time.Since(latest(dir)) > abandoned {
			os.RemoveAll(dir)
		}
		lock.Close()
	}
}

// isStage reports whether a name is one that os.MkdirTemp makes of stagePattern,
// which puts a number for the star: other folders may begin alike.
func isStage(name string) bool {
	number, ok := strings.CutPrefix(name, strings.TrimSuffix(stagePattern, "*"))
	_, err := strconv.ParseUint(number, 10, 64)
	return ok && err == nil
}

// latest returns when something in a directory was changed last; now where that
// cannot be seen.
func latest(dir string) time.Time {
	var last time.Time
	err := filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil && info.ModTime().After(last) {
			last = info.ModTime()
		}
		return err
	})
	if err != nil {
		return time.Now()
	}
	return last
}
