// Package inflate reads gzip data (RFC 1952, RFC 1951) as fast as Go can: what a
// scan of compressed logs costs is half inflating.
//
// A member is one gzip stream: a header, deflate blocks, and a trailer with the
// CRC-32 and the length of the text. An object may have several, one behind the
// other. A match is a stretch of text that is said to be like one up to Window
// bytes before it.
//
// Unlike compress/gzip, which has a window of its own and copies every byte from
// there, a Reader inflates into the memory of its caller, who leaves in front of
// new text the Window bytes that came before.
package inflate

import (
	"bufio"
	"errors"
	"hash/crc32"
	"io"
)

// Window is how far back in the text a match may begin, in bytes.
const Window = 32 << 10

// What is wrong with gzip data. What the source fails to give is no such error.
var (
	ErrHeader   = errors.New("gzip: invalid header")
	ErrChecksum = errors.New("gzip: invalid checksum")
	ErrCorrupt  = errors.New("corrupt gzip data")
)

// Reader inflates one member after another. The zero Reader waits for Reset. A
// Reader holds 20 KB, has no goroutine, and need not be closed.
type Reader struct {
	input  input
	tables tables

	state   state
	final   bool   // the present block is the member's last
	stored  int    // bytes to come of a stored block
	single  int    // bytes to come of the block until its literals are paired
	match   match  // the rest of one that did not fit into the caller's memory
	crc     uint32 // of the member's text so far
	written int64  // bytes of the member's text so far
	err     error
}

// state is what comes next in a member.
type state uint8

const (
	blockHeader state = iota
	storedBytes
	symbols
	trailer
)

// match is text that repeats what stands distance bytes before it.
type match struct{ length, distance int }

// Reset begins the member that starts at the next byte of in and reads its
// header: ErrHeader says that there is none, io.ErrUnexpectedEOF that it is cut
// short, io.EOF that in is at its end. Of in, whose buffer must have 16 bytes or
// more, no byte is consumed that does not belong to the member.
func (r *Reader) Reset(in *bufio.Reader) error {
	r.input = input{src: in}
	r.state, r.final = blockHeader, false
	r.stored, r.match = 0, match{}
	r.crc, r.written = 0, 0
	r.err = readHeader(in)
	return r.err
}

// Extend inflates into buf[from:to] and returns how many bytes it wrote there:
// all, or fewer with an error. io.EOF says that the member has ended as it
// should, io.ErrUnexpectedEOF that it is cut short, ErrCorrupt and ErrChecksum
// that it is damaged; any other error is that of the source. The bytes written
// before an error are those of the member's text.
//
// buf[:from] must end with the last Window bytes of the member's text, or all of
// it where there is less.
func (r *Reader) Extend(buf []byte, from, to int) (n int, err error) {
	if r.err != nil || from == to {
		return 0, r.err
	}
	r.input.begin()
	at := from
	for at < to && r.err == nil {
		was := at
		at, r.err = r.step(buf[:to], at)
		r.crc = crc32.Update(r.crc, crc32.IEEETable, buf[was:at]) // while it is in the cache
		r.written += int64(at - was)
	}
	r.input.end()
	return at - from, r.err
}

// step inflates until the end of a block, or of buf, and returns where the text
// ends. Its error may be io.EOF.
func (r *Reader) step(buf []byte, at int) (int, error) {
	switch r.state {
	case blockHeader:
		return at, r.readBlockHeader()
	case storedBytes:
		return r.copyStored(buf, at)
	case symbols:
		return r.decode(buf, at)
	}
	return at, r.readTrailer()
}

// endBlock is called behind a block.
func (r *Reader) endBlock() {
	r.state = blockHeader
	if r.final {
		r.state = trailer
	}
}

// readTrailer compares the sums of the text with those that stand behind it. It
// returns io.EOF where they agree.
func (r *Reader) readTrailer() error {
	r.input.align()
	crc, err := r.input.take32()
	if err != nil {
		return err
	}
	length, err := r.input.take32()
	switch {
	case err != nil:
		return err
	case crc != r.crc || length != uint32(r.written):
		return ErrChecksum
	}
	return io.EOF
}
