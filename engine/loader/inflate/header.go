package inflate

import (
	"bufio"
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

// readHeader reads the header of a member and consumes it.
func readHeader(in *bufio.Reader) error {
	h := header{in: in}
	fixed := h.take(10)
	if h.err != nil {
		return h.err
	}
	if fixed[0] != 0x1f || fixed[1] != 0x8b || fixed[2] != 8 {
		return ErrHeader
	}
	flags := fixed[3]
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
