package inflate

// The kinds of deflate blocks (RFC 1951, 3.2.3).
const (
	kindStored = iota
	kindFixed
	kindDynamic
)

// readBlockHeader reads what stands before the text of a block.
func (r *Reader) readBlockHeader() error {
	bits, err := r.input.take(3)
	if err != nil {
		return err
	}
	r.final = bits&1 == 1
	r.single = pairAfter
	switch bits >> 1 {
	case kindStored:
		return r.beginStored()
	case kindFixed:
		r.state = symbols
		r.tables.setFixed()
		return nil
	case kindDynamic:
		r.state = symbols
		return r.readCodes()
	}
	return ErrCorrupt
}

// beginStored reads the length of a stored block, and its complement.
func (r *Reader) beginStored() error {
	r.input.align()
	lengths, err := r.input.take32()
	if err != nil {
		return err
	}
	if uint16(lengths) != ^uint16(lengths>>16) {
		return ErrCorrupt
	}
	r.stored = int(uint16(lengths))
	r.state = storedBytes
	return nil
}

// copyStored copies text from the input to buf[at:].
func (r *Reader) copyStored(buf []byte, at int) (int, error) {
	in := &r.input
	in.unread()
	for r.stored > 0 && at < len(buf) {
		if in.next == len(in.chunk) {
			if err := in.more(); err != nil {
				return at, err
			}
		}
		n := copy(buf[at:min(len(buf), at+r.stored)], in.chunk[in.next:])
		in.next += n
		at += n
		r.stored -= n
	}
	if r.stored == 0 {
		r.endBlock()
	}
	return at, nil
}

// The symbols of the code in which the lengths of a dynamic block's codes are
// given (RFC 1951, 3.2.7): up to 15 a length, then repetitions.
const (
	repeatLast  = 16
	repeatZero  = 17
	repeatZeros = 18
)

// repetitions are those symbols' smallest counts and the bits that are added.
var repetitions = [...]struct {
	least int
	bits  uint
}{repeatLast: {3, 2}, repeatZero: {3, 3}, repeatZeros: {11, 7}}

// codeOrder is the order in which the lengths of that code are given.
var codeOrder = [...]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readCodes reads the codes of a dynamic block.
func (r *Reader) readCodes() error {
	counts, err := r.input.take(14)
	if err != nil {
		return err
	}
	literals, distances := int(counts&31)+257, int(counts>>5&31)+1
	if literals > maxLiterals || distances > maxDistances {
		return ErrCorrupt
	}
	if err := r.readCodeCode(int(counts>>10) + 4); err != nil {
		return err
	}
	var lengths [maxLiterals + maxDistances]uint8
	if err := r.readLengths(lengths[:literals+distances]); err != nil {
		return err
	}
	if !r.tables.setLiterals(lengths[:literals]) || !r.tables.setDistances(lengths[literals:literals+distances]) {
		return ErrCorrupt
	}
	return nil
}

// readCodeCode reads the code of the codes' lengths. Its table takes the place
// of that of distances, which is made later.
func (r *Reader) readCodeCode(n int) error {
	var lengths [len(codeOrder)]uint8
	for _, symbol := range codeOrder[:n] {
		length, err := r.input.take(3)
		if err != nil {
			return err
		}
		lengths[symbol] = uint8(length)
	}
	if !r.tables.setCodes(lengths[:]) {
		return ErrCorrupt
	}
	return nil
}

// readLengths reads the lengths of the codes.
func (r *Reader) readLengths(lengths []uint8) error {
	for i := 0; i < len(lengths); {
		e, err := r.symbol(r.tables.distances[:], codeBits)
		if err != nil {
			return err
		}
		symbol := e.value()
		if symbol < repeatLast {
			lengths[i] = uint8(symbol)
			i++
			continue
		}
		more, err := r.input.take(repetitions[symbol].bits)
		if err != nil {
			return err
		}
		count := repetitions[symbol].least + int(more)
		if count > len(lengths)-i || symbol == repeatLast && i == 0 {
			return ErrCorrupt
		}
		if symbol == repeatLast {
			for k := range count {
				lengths[i+k] = lengths[i-1]
			}
		}
		i += count
	}
	return nil
}
