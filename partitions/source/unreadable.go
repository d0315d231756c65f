package source

import (
	"errors"
	"io"
	"syscall"
)

// ErrUnreadable is what errors.Is finds in an error that says of one object or
// folder that the source does not give it, while it may well give the others:
// permission is denied, the disk fails there, a link leads nowhere, it is gone.
var ErrUnreadable = errors.New("it cannot be read")

// unreadable makes an error an ErrUnreadable.
type unreadable struct{ error }

// Is lets errors.Is find ErrUnreadable.
func (u unreadable) Is(target error) bool { return target == ErrUnreadable }

// Unwrap returns what is wrong.
func (u unreadable) Unwrap() error { return u.error }

// lacks are the errors of what this process or its host is short of: whatever
// file it asks for next, the answer is the same.
var lacks = []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM}

// blame makes the error of a file or folder of the host an ErrUnreadable, unless
// something else is to blame.
func blame(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	for _, lack := range lacks {
		if errors.Is(err, lack) {
			return err
		}
	}
	return unreadable{err}
}
