//go:build !unix

package source

import (
	"errors"
	"os"
)

// lockFolder locks no directory here: who has one is not known.
func lockFolder(string) (*os.File, error) { return nil, errors.ErrUnsupported }
