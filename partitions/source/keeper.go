package source

import "context"

// Keeper is a Source that takes new objects.
type Keeper interface {
	Source

	// Stage makes an empty directory for files that are to become objects below
	// prefix, which ends in a slash. No listing shows as an object what is in it.
	// The caller must remove it.
	Stage(ctx context.Context, prefix string) (dir string, err error)

	// Put makes a file of such a directory a new object. The object is there
	// whole or not at all. What becomes of the file is not said. The key must be
	// one that no object has.
	Put(ctx context.Context, key, file string) error

	// Remove takes an object away that Put has made.
	Remove(ctx context.Context, key string) error
}

// Locator is a Source that can say where in the world a prefix of it is.
type Locator interface {
	Source

	// Locate returns the prefix's directory, as an absolute path without links,
	// or its URL: either way ending in a slash. What lies below one prefix has
	// its place begin with that of the prefix, through whatever source it is seen.
	Locate(ctx context.Context, prefix string) (string, error)
}
