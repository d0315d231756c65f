package source

import (
	"io/fs"
	"time"
)

// entry is one name in a folder and what it is; of a link it tells the link
// itself, not what that leads to.
type entry struct {
	name    string
	mode    fs.FileMode // the bits of its type at least
	size    int64
	modTime time.Time
}

func entryOf(info fs.FileInfo) entry {
	return entry{info.Name(), info.Mode(), info.Size(), info.ModTime()}
}
