package loader

import "fmt"

// Error is the damage of an object or of one of its lines, or the failure to
// read it. It prints as "read object KEY: at byte 40960: unexpected end of gzip
// data", or "read object KEY: line 7, byte 612 of its text: …" where Line is set.
// A failure of the source that names the object itself prints as it is.
type Error struct {
	Key    string // of the object
	Line   int64  // the line of the object's text, from 1; 0 where the damage is the object's own
	Offset int64  // of the line's first byte in the text; without a line, of the object's bytes as stored; -1: not known
	Err    error  // what is wrong
	Left   bool   // the whole object is left out for it

	named bool // Err names the object
}

// Error returns the message.
func (e *Error) Error() string {
	if e.Line > 0 {
		return fmt.Sprintf("read object %s: line %d, byte %d of its text: %v", e.Key, e.Line, e.Offset, e.Err)
	}
	if e.named {
		return e.Err.Error()
	}
	if e.Offset < 0 {
		return fmt.Sprintf("read object %s: %v", e.Key, e.Err)
	}
	return fmt.Sprintf("read object %s: at byte %d: %v", e.Key, e.Offset, e.Err)
}

// Unwrap returns what is wrong, without the place.
func (e *Error) Unwrap() error { return e.Err }

// damage marks an error that the object's own bytes are to blame for, so that
// Options.BadFiles decides; any other error is the source's, and ends the scan.
type damage struct{ error }

// Unwrap returns what is wrong with the bytes.
func (d damage) Unwrap() error { return d.error }
