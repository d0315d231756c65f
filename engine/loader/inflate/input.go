package inflate

import (
	"bufio"
	"io"
)

// input is what is read of a member: bits, of each byte the lowest first. It
// works in the memory of src, and between begin and end it consumes nothing there.
type input struct {
	src   *bufio.Reader
	chunk []byte // what src has in memory
	next  int    // the first byte of chunk that is not among the bits
	bits  uint64 // bits not used yet, the first lowest; zeros above them
	count uint   // how many; fewer than 8 between calls of Extend
	err   error  // with which src ended
}

// begin looks at what src has in memory.
func (i *input) begin() {
	i.chunk, _ = i.src.Peek(i.src.Buffered()) // what is buffered can be peeked at
	i.next = 0
}

// end consumes at src the bytes of which a bit has been used, and no others.
func (i *input) end() {
	i.unread()
	_, _ = i.src.Discard(i.next) // what was peeked at can be discarded
	i.chunk = nil
}

// unread gives back the whole bytes among the bits.
func (i *input) unread() {
	i.next -= int(i.count / 8)
	i.count %= 8
	i.bits &= 1<<i.count - 1
}

// more gets further bytes from src. At the end of src its error is
// io.ErrUnexpectedEOF, for a member says itself where it ends.
func (i *input) more() error {
	if i.err != nil {
		return i.err
	}
	i.end()
	_, i.err = i.src.Peek(i.src.Buffered() + 1)
	i.begin()
	if i.err == io.EOF {
		i.err = io.ErrUnexpectedEOF
	}
	return i.err
}

// has reports whether the chunk has n bytes, if src can still give them.
func (i *input) has(n int) bool {
	for len(i.chunk)-i.next < n {
		if i.src.Size() <= n+8 || i.more() != nil { // up to 8 bytes are among the bits
			return false // an error comes again where the bytes are used up
		}
	}
	return true
}

// need makes at least n bits available, up to 48.
func (i *input) need(n uint) error {
	for i.count < n {
		if i.next == len(i.chunk) {
			if err := i.more(); err != nil {
				return err
			}
			continue // some bits may have been given back
		}
		i.bits |= uint64(i.chunk[i.next]) << i.count
		i.next++
		i.count += 8
	}
	return nil
}

// drop uses n bits, which are available.
func (i *input) drop(n uint) {
	i.bits >>= n
	i.count -= n
}

// take uses n bits and returns them.
func (i *input) take(n uint) (uint64, error) {
	if err := i.need(n); err != nil {
		return 0, err
	}
	bits := i.bits & (1<<n - 1)
	i.drop(n)
	return bits, nil
}

// take32 is take of the 32 bits of a number.
func (i *input) take32() (uint32, error) {
	n, err := i.take(32)
	return uint32(n), err
}

// align passes over the rest of a byte that has been begun.
func (i *input) align() { i.drop(i.count % 8) }
