package inflate

import "unsafe"

// fast goes on only while there is so much room for text and so much input, in
// bytes. Between two looks at them it writes six literals at most, the longest
// match, and up to 15 bytes of no meaning behind that; and it loads three words,
// each up to seven bytes further on. Nothing else bounds its loads and stores,
// which would cost a quarter of its speed, but that no match begins before floor.
const (
	fastRoom  = 6 + 258 + 15
	fastInput = 2*7 + 8
)

// fast is decode as long as there is room and input enough. The bits are loaded
// eight bytes at a time: above those counted stand further ones of the input,
// which the next load puts there again.
func (r *Reader) fast(buf []byte, at, floor int) (int, error) {
	t := &r.tables
	in, out := unsafe.Pointer(unsafe.SliceData(r.input.chunk)), unsafe.Pointer(unsafe.SliceData(buf))
	lastNext, lastAt := len(r.input.chunk)-fastInput, len(buf)-fastRoom
	bits, count, next := refill(in, r.input.bits, r.input.count, r.input.next)
	e := t.literals[bits&(1<<literalBits-1)]
	var err error
	for next <= lastNext && at <= lastAt {
		// 56 bits or more are counted, and e is the entry of the first of them.
		if e&isLiteral != 0 {
			store16(out, at, uint16(e>>valueShift))
			at += 1 + int(e/isPair&1)
			bits >>= e & 63
			count -= uint(e)
			e = t.literals[bits&(1<<literalBits-1)]
			if e&isLiteral != 0 {
				store16(out, at, uint16(e>>valueShift))
				at += 1 + int(e/isPair&1)
				bits >>= e & 63
				count -= uint(e)
				e = t.literals[bits&(1<<literalBits-1)]
				if e&isLiteral != 0 {
					store16(out, at, uint16(e>>valueShift))
					at += 1 + int(e/isPair&1)
					bits >>= e & 63
					count -= uint(e)
					e = t.literals[bits&(1<<literalBits-1)]
				}
			}
			bits, count, next = refill(in, bits, count, next)
			if e&isLiteral != 0 {
				continue
			}
		}
		if e&isSecond != 0 {
			bits >>= literalBits
			count -= literalBits
			e = t.literals[e.second(bits)&uint(len(t.literals)-1)]
		}
		if e&(isLiteral|isSpecial) != 0 {
			if e.invalid() {
				err = ErrCorrupt
				break
			}
			bits >>= e & 63
			count -= uint(e)
			if e&isEnd != 0 {
				r.endBlock()
				break
			}
			store16(out, at, uint16(e>>valueShift))
			at++
			bits, count, next = refill(in, bits, count, next)
			e = t.literals[bits&(1<<literalBits-1)]
			continue
		}
		length := e.number(bits)
		bits >>= e & 63
		count -= uint(e)
		e = t.distances[bits&(1<<distanceBits-1)]
		if e&isSpecial != 0 {
			if e.invalid() {
				err = ErrCorrupt
				break
			}
			bits >>= distanceBits
			count -= distanceBits
			e = t.distances[e.second(bits)&uint(len(t.distances)-1)]
		}
		from := at - e.number(bits)
		bits >>= e & 63
		count -= uint(e)
		if from < floor {
			err = ErrCorrupt
			break
		}
		// Length and distance used 48 bits at most, and of the 64 that were
		// loaded all are true: the next entry is found without waiting for a load.
		e = t.literals[bits&(1<<literalBits-1)]
		bits, count, next = refill(in, bits, count, next)
		end := at + length
		if at-from < 16 {
			repeatNear(out, at, from, length)
			at = end
			continue
		}
		store64(out, at, load64(out, from))
		store64(out, at+8, load64(out, from+8))
		for at += 16; at < end; at += 16 {
			from += 16
			store64(out, at, load64(out, from))
			store64(out, at+8, load64(out, from+8))
		}
		at = end
	}
	r.input.bits, r.input.count, r.input.next = bits&(1<<(count&63)-1), count&63, next
	return at, err
}

// refill loads bits until 56 or more are counted.
func refill(in unsafe.Pointer, bits uint64, count uint, next int) (uint64, uint, int) {
	return bits | load64(in, next)<<(count&63), count | 56, next + int((63-count)>>3&7)
}

// second is where the entry of the next bits stands in the second table of e.
func (e entry) second(bits uint64) uint { return uint(e>>valueShift) + uint(bits)&(1<<(e>>8&63)-1) }

// number is the length or distance that e and the bits added to it say.
func (e entry) number(bits uint64) int {
	return int(e>>valueShift) + int(bits&(1<<(e&63)-1)>>(e>>8&63))
}

// repeatNear repeats at at what stands from from on, less than 16 bytes before.
// It may write up to 7 bytes more.
func repeatNear(out unsafe.Pointer, at, from, length int) {
	end := at + length
	switch distance := at - from; {
	case distance >= 8:
		for ; at < end; at, from = at+8, from+8 {
			store64(out, at, load64(out, from))
		}
	case distance == 1:
		word := load64(out, from) & 0xff * 0x0101010101010101
		for ; at < end; at += 8 {
			store64(out, at, word)
		}
	default:
		for ; at < end; at, from = at+1, from+1 {
			*(*byte)(unsafe.Add(out, at)) = *(*byte)(unsafe.Add(out, from))
		}
	}
}

func load64(p unsafe.Pointer, i int) uint64        { return *(*uint64)(unsafe.Add(p, i)) }
func store64(p unsafe.Pointer, i int, word uint64) { *(*uint64)(unsafe.Add(p, i)) = word }
func store16(p unsafe.Pointer, i int, word uint16) { *(*uint16)(unsafe.Add(p, i)) = word }
