package inflate

// pairAfter is behind how much text of a block, in bytes, its table is given
// entries of two literals, which small blocks are not worth.
const pairAfter = 6 << 10

// decode inflates symbols into buf[at:] until the end of the block or of buf.
func (r *Reader) decode(buf []byte, at int) (int, error) {
	floor := at - int(min(r.written, Window)) // no match begins before it
	for at < len(buf) && r.state == symbols {
		var err error
		switch {
		case r.match.length > 0:
			at = r.repeat(buf, at)
		case len(buf)-at >= fastRoom && r.input.has(fastInput):
			at, err = r.decodeMany(buf, at, floor)
		default:
			at, err = r.decodeOne(buf, at, floor)
		}
		if err != nil {
			return at, err
		}
	}
	return at, nil
}

// decodeMany is decode while there is room and input enough, and until it is
// time to pair literals.
func (r *Reader) decodeMany(buf []byte, at, floor int) (int, error) {
	if r.single <= 0 {
		return r.fast(buf, at, floor)
	}
	to, err := r.fast(buf[:min(len(buf), at+r.single+fastRoom)], at, floor)
	if r.single -= to - at; r.single <= 0 {
		r.tables.pair()
	}
	return to, err
}

// decodeOne inflates one symbol, wherever the input and buf end.
func (r *Reader) decodeOne(buf []byte, at, floor int) (int, error) {
	e, err := r.symbol(r.tables.literals[:], literalBits)
	switch {
	case err != nil:
		return at, err
	case e&isLiteral != 0:
		buf[at] = byte(e >> valueShift)
		return at + 1, nil
	case e&isEnd != 0:
		r.endBlock()
		return at, nil
	}
	length, err := r.number(e)
	if err != nil {
		return at, err
	}
	if e, err = r.symbol(r.tables.distances[:], distanceBits); err != nil {
		return at, err
	}
	distance, err := r.number(e)
	if err != nil {
		return at, err
	}
	if distance > at-floor {
		return at, ErrCorrupt
	}
	r.match = match{length, distance}
	return at, nil
}

// symbol uses the bits of the next symbol's code and returns its entry: where
// that is of two literals, only the first one's.
func (r *Reader) symbol(table []entry, first uint) (entry, error) {
	in := &r.input
	for {
		e, prefix := table[in.bits&(1<<first-1)], uint(0)
		if e&isSecond != 0 {
			prefix = first
			e = table[e.value()+int(in.bits>>first&(1<<e.own()-1))]
		}
		switch {
		case prefix+e.own() > in.count: // the bits that lack may make it another symbol
			if err := in.need(in.count + 1); err != nil {
				return 0, err
			}
			continue
		case e.invalid():
			return 0, ErrCorrupt
		}
		in.drop(prefix + e.own())
		return e, nil
	}
}

// number is the length or distance of a symbol, with the bits that are added to it.
func (r *Reader) number(e entry) (int, error) {
	more, err := r.input.take(e.used() - e.own())
	return e.value() + int(more), err
}

// repeat writes of the match what fits into buf.
func (r *Reader) repeat(buf []byte, at int) int {
	n := min(r.match.length, len(buf)-at)
	for i := at; i < at+n; i++ {
		buf[i] = buf[i-r.match.distance]
	}
	r.match.length -= n
	return at + n
}
