package loader

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/vpcq/vpcq/engine/loader/inflate"
	"github.com/vpcq/vpcq/partitions/source"
)

// inputSize is how much of an object is asked of the source at a time, in bytes as stored.
const inputSize = 64 << 10

// stream gives the text of one object after another: inflated where the object
// begins as gzip data do, and as it is where it does not, whatever its name.
type stream struct {
	body     tallied
	in       *bufio.Reader
	gz       inflate.Reader
	zipped   bool
	inMember bool // the present member has not ended yet
	members  int  // members begun, so far
	wrapping wrapping
}

// gzipMagic is how gzip data begin.
var gzipMagic = []byte{0x1f, 0x8b}

// tallied counts what the source gives and remembers the source's own failure,
// which tells whether that is the object's damage. An object that has ended stays
// so, even if it grows.
type tallied struct {
	ctx   context.Context
	r     io.ReadCloser
	size  int64 // that the listing told
	read  int64
	err   error
	ended bool
}

// Read implements io.Reader.
func (t *tallied) Read(p []byte) (int, error) {
	if t.err == nil {
		t.err = t.ctx.Err()
	}
	if t.err != nil {
		return 0, t.err
	}
	if t.ended {
		return 0, io.EOF
	}
	n, err := t.r.Read(p)
	t.read += int64(n)
	if t.ended = err == io.EOF; err != nil && !t.ended {
		t.err = err
	}
	return n, err
}

// open begins an object of which body gives the stored bytes: size of them, or
// more if it grows. The stream must be closed, which closes body, before the next.
func (s *stream) open(ctx context.Context, body io.ReadCloser, size int64) {
	s.body = tallied{ctx: ctx, r: body, size: size}
	if s.in == nil {
		s.in = bufio.NewReaderSize(&s.body, inputSize)
	} else {
		s.in.Reset(&s.body)
	}
	s.inMember, s.members = false, 0
	s.wrapping.reset()
	s.zipped = s.begins(gzipMagic)
}

// begins reports whether the object's stored bytes begin so. It is to be asked
// before anything is read.
func (s *stream) begins(magic []byte) bool {
	head, _ := s.in.Peek(len(magic))
	return bytes.Equal(head, magic)
}

// isEmpty reports whether the object has no bytes. It is to be asked before
// anything is read.
func (s *stream) isEmpty() bool {
	_, err := s.in.Peek(1)
	return err == io.EOF && s.body.err == nil
}

// offset returns how many of the object's stored bytes have been used.
func (s *stream) offset() int64 { return s.body.read - int64(s.in.Buffered()) }

func (s *stream) close() error {
	err := s.body.r.Close()
	s.body.r = nil
	return err
}

// read puts more text into buf[from:to]: at least one byte, or an error, or, at
// the end of a gzip member, perhaps neither. io.EOF says that the object ended as
// it should. buf[:from] ends with the last bytes that were read, as many as
// window says.
func (s *stream) read(buf []byte, from, to int) (int, error) {
	if s.wrapping.text != nil {
		return s.wrapping.text.Read(buf[from:to])
	}
	return s.readPlain(buf, from, to)
}

// readPlain is read for the text as it stands in the object.
func (s *stream) readPlain(buf []byte, from, to int) (int, error) {
	if s.wrapping.hasHead() {
		return s.wrapping.takeHead(buf[from:to])
	}
	return s.readOn(buf, from, to)
}

// readOn is readPlain behind what has been looked at.
func (s *stream) readOn(buf []byte, from, to int) (int, error) {
	if !s.zipped {
		n, err := s.in.Read(buf[from:to])
		return n, s.blame(err)
	}
	if !s.inMember {
		if err := s.nextMember(); err != nil {
			return 0, s.blame(err)
		}
	}
	n, err := s.gz.Extend(buf, from, to)
	if err == io.EOF {
		s.inMember, err = false, nil
	} else if err == io.ErrUnexpectedEOF {
		err = errCutShort
	}
	return n, s.blame(err)
}

// window returns how much of the text that was read is needed to read on, in
// bytes.
func (s *stream) window() int {
	if s.zipped && s.wrapping.text == nil {
		return inflate.Window
	}
	return 0
}

var (
	errCutShort = errors.New("unexpected end of gzip data")
	errJunk     = errors.New("bytes after the end of gzip data that are no gzip data")
)

// nextMember reads a member's header, or gives io.EOF where there is none.
func (s *stream) nextMember() error {
	err := s.gz.Reset(s.in)
	switch {
	case err == nil:
	case err == inflate.ErrHeader && s.members > 0:
		return errJunk
	case err == io.ErrUnexpectedEOF:
		return errCutShort
	default:
		return err
	}
	s.inMember = true
	s.members++
	return nil
}

// begun returns how many gzip members of the text that read gives have begun.
func (s *stream) begun() int {
	if s.wrapping.text != nil {
		return 0
	}
	return s.members
}

// blame tells the source's failure from the object's damage. Of an object that
// was cut off since it was listed, nothing else may show that: text ends anywhere,
// and gzip data behind any member.
func (s *stream) blame(err error) error {
	switch {
	case s.body.err != nil && err != nil:
		return blameSource(s.body.err)
	case err == io.EOF && s.body.read < s.body.size:
		return damage{fmt.Errorf("it has %d bytes, and had %d when it was listed", s.body.read, s.body.size)}
	case err == nil || err == io.EOF:
		return err
	}
	return damage{err}
}

// blameSource makes what a source says of this one object its damage.
func blameSource(err error) error {
	if errors.Is(err, source.ErrUnreadable) {
		return damage{err}
	}
	return err
}
