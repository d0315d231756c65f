package inflate

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"io"
)

// The flags of a member's header that say what follows it (RFC 1952, 2.3.1).
const (
	hasSum     = 1 << 1
	hasExtra   = 1 << 2
	hasName    = 1 << 3
	hasComment = 1 << 4
)

// magic is how a member begins: two bytes that say gzip, and the method deflate.
var magic = []byte{0x1f, 0x8b, 8}

// readHeader reads the header of a member and consumes it.
func readHeader(in *bufio.Reader) error {
	if err := expectMagic(in); err != nil {
		return err
	}
	h := header{in: in}
	flags := h.take(10)[3]
	if flags&hasExtra != 0 {
		if size := h.take(2); h.err == nil {
			h.skip(int(binary.LittleEndian.Uint16(size)))
		}
	}
	if flags&hasName != 0 {
		h.skipText()
	}
	if flags&hasComment != 0 {
		h.skipText()
	}
	if flags&hasSum != 0 {
		sum := uint16(h.sum)
		if read := h.take(2); h.err == nil && binary.LittleEndian.Uint16(read) != sum {
			return ErrHeader
		}
	}
	return h.cutShort()
}

// expectMagic returns an error where no member begins at the next byte of in. It
// consumes nothing but the beginning of a member that is cut short within magic:
// what else stands there is not the member's.
func expectMagic(in *bufio.Reader) error {
	head, err := in.Peek(len(magic))
	switch {
	case !bytes.HasPrefix(magic, head):
		return ErrHeader
	case err == io.EOF && len(head) > 0:
		_, _ = in.Discard(len(head)) // what was peeked at can be discarded
		return io.ErrUnexpectedEOF
	}
	return err
}

// header is what is known while a header is read.
type header struct {
	in    *bufio.Reader
	sum   uint32 // CRC-32 of what has been read
	err   error
	bytes [10]byte
}

// take returns the next n bytes, up to 10, until it is called again.
func (h *header) take(n int) []byte {
	if h.err == nil {
		var got int
		got, h.err = io.ReadFull(h.in, h.bytes[:n])
		h.sum = crc32.Update(h.sum, crc32.IEEETable, h.bytes[:got])
	}
	return h.bytes[:n]
}

func (h *header) skip(n int) {
	for ; n > 0 && h.err == nil; n-- {
		h.take(1)
	}
}

// skipText passes over text that ends with a zero.
func (h *header) skipText() {
	for h.err == nil && h.take(1)[0] != 0 {
	}
}

// cutShort returns the error of a header of which a part has been read.
func (h *header) cutShort() error {
	if h.err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return h.err
}
