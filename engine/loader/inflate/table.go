package inflate

import (
	"math/bits"
	"sync"
)

// The sizes of deflate's alphabets (RFC 1951, 3.2.5 and 3.2.6).
const (
	maxLiterals  = 286
	maxDistances = 30
	endOfBlock   = 256
	longestCode  = 15
)

// How many bits of the input a table is first asked with. Longer codes, which
// are rare, go on in a second table behind the first.
const (
	literalBits  = 11
	distanceBits = 9
	codeBits     = 7
)

// entry is what a table knows of the next bits:
//
//	bits 0-5    how many bits are used, with those added to a length or distance
//	bits 6-7    isLiteral, isSpecial
//	bits 8-11   how many of the bits used are the code's own
//	bits 12-15  isPair, isSecond, isEnd
//	bits 16-31  the value: literals, length, distance, or where a second table begins
//
// With two literals, bits 8-11 are the first's length. For a second table, they
// say how many bits it is asked with.
type entry uint32

const (
	isLiteral  entry = 1 << 6
	isSpecial  entry = 1 << 7 // end of block, second table, or else no code
	isPair     entry = 1 << 12
	isSecond   entry = 1 << 14
	isEnd      entry = 1 << 15
	valueShift       = 16
)

func (e entry) used() uint    { return uint(e & 63) }
func (e entry) own() uint     { return uint(e >> 8 & 15) }
func (e entry) value() int    { return int(e >> valueShift) }
func (e entry) invalid() bool { return e&(isSpecial|isEnd|isSecond) == isSpecial }

// tables are those of the present block. Their sizes are powers of two, so that
// an index that is cut to size needs no check; the longest literal code needs
// 2342 entries, the longest distance code 592 (zlib, examples/enough.c).
type tables struct {
	literals  [4096]entry
	distances [1024]entry
}

// symbolEntries are the entries of an alphabet's symbols, without their codes' lengths.
var (
	literalEntries  = makeLiteralEntries()
	distanceEntries = makeDistanceEntries()
	codeEntries     = makeCodeEntries()
)

func makeLiteralEntries() (entries [288]entry) {
	for i := range 256 {
		entries[i] = isLiteral | entry(i)<<valueShift
	}
	entries[endOfBlock] = isSpecial | isEnd
	base := 3
	for i := endOfBlock + 1; i < maxLiterals-1; i++ {
		extra := max(0, (i-endOfBlock-1)/4-1)
		entries[i] = entry(base)<<valueShift | entry(extra)
		base += 1 << extra
	}
	entries[maxLiterals-1] = 258 << valueShift
	entries[286], entries[287] = isSpecial, isSpecial // have codes in fixed blocks
	return entries
}

func makeDistanceEntries() (entries [32]entry) {
	base := 1
	for i := range maxDistances {
		extra := max(0, i/2-1)
		entries[i] = entry(base)<<valueShift | entry(extra)
		base += 1 << extra
	}
	entries[30], entries[31] = isSpecial, isSpecial // have codes in fixed blocks
	return entries
}

func makeCodeEntries() (entries [len(codeOrder)]entry) {
	for i := range entries {
		entries[i] = entry(i) << valueShift
	}
	return entries
}

// setFixed makes the tables those of fixed blocks. Many objects end with such a
// block, in which there is no text: making them anew would take as long as all else
// of an object with few records.
func (t *tables) setFixed() {
	fixed := fixedTables()
	copy(t.literals[:1<<literalBits], fixed.literals[:])
	copy(t.distances[:1<<distanceBits], fixed.distances[:])
}

// fixedTables are those of fixed blocks (RFC 1951, 3.2.6). No code of theirs is
// so long as to need a second table.
var fixedTables = sync.OnceValue(func() *tables {
	var lengths [288]uint8
	for i := range lengths {
		switch {
		case i < 144:
			lengths[i] = 8
		case i < 256:
			lengths[i] = 9
		case i < 280:
			lengths[i] = 7
		default:
			lengths[i] = 8
		}
	}
	t := new(tables)
	t.setLiterals(lengths[:])
	for i := range 32 {
		lengths[i] = 5
	}
	t.setDistances(lengths[:32])
	return t
})

func (t *tables) setLiterals(lengths []uint8) bool {
	return build(t.literals[:], literalBits, lengths, literalEntries[:])
}

func (t *tables) setDistances(lengths []uint8) bool {
	return build(t.distances[:], distanceBits, lengths, distanceEntries[:])
}

func (t *tables) setCodes(lengths []uint8) bool {
	return build(t.distances[:], codeBits, lengths, codeEntries[:])
}

// build makes the table of the code in which symbol i has lengths[i] bits, or
// none. It reports whether there is such a code: one that leaves bits without a
// meaning is none, unless it has a single symbol of one bit, or none at all,
// which zlib and compress/flate let pass.
func build(table []entry, first uint, lengths []uint8, symbols []entry) bool {
	var sorted code
	if !sorted.sort(lengths) {
		return false
	}
	if sorted.left > 0 {
		return sorted.buildIncomplete(table[:1<<first], symbols)
	}
	b := builder{table: table, first: first, code: &sorted, end: 1 << first}
	word, size := 0, 2 // of the part of the first table that is made
	next := 0
	for length := uint(1); length <= longestCode; length++ {
		for k := range sorted.count[length] {
			e := withCode(symbols[sorted.symbols[next]], length)
			next++
			if length <= first {
				table[word] = e
			} else {
				b.put(word, length, sorted.count[length]-k, e)
			}
			word = following(word, length)
		}
		if length < first {
			copy(table[size:2*size], table[:size])
			size *= 2
		}
	}
	return true
}

// withCode is the entry e of a symbol whose code has that length.
func withCode(e entry, length uint) entry { return e + entry(length) | entry(length)<<8 }

// following is the code word after word among those of that length: as RFC 1951
// counts, but the first bit is the lowest. Behind the last it is 0.
func following(word int, length uint) int {
	zero := bits.Len(uint(word^(1<<length-1))) - 1 // the highest that is not set
	if zero < 0 {
		return 0
	}
	return word&(1<<zero-1) | 1<<zero
}

// code is an alphabet in the order of its code words.
type code struct {
	symbols [288]uint16
	count   [longestCode + 1]int // how many symbols have a length
	left    int                  // how many words of the longest length have no meaning
}

// sort orders the symbols; it reports whether there are words enough.
func (c *code) sort(lengths []uint8) bool {
	for _, length := range lengths {
		c.count[length]++
	}
	c.count[0] = 0
	var from [longestCode + 2]int
	c.left = 1
	for length := 1; length <= longestCode; length++ {
		c.left = c.left<<1 - c.count[length]
		if c.left < 0 {
			return false
		}
		from[length+1] = from[length] + c.count[length]
	}
	for symbol, length := range lengths {
		if length > 0 {
			c.symbols[from[length]] = uint16(symbol)
			from[length]++
		}
	}
	return true
}

// buildIncomplete is build for a code of one symbol or none.
func (c *code) buildIncomplete(table []entry, symbols []entry) bool {
	total := 0
	for _, n := range c.count {
		total += n
	}
	if total > 1 || total != c.count[1] {
		return false
	}
	for i := range table {
		switch {
		case total == 0:
			table[i] = isSpecial
		case i&1 == 0:
			table[i] = withCode(symbols[c.symbols[0]], 1)
		default:
			table[i] = withCode(isSpecial, 1)
		}
	}
	return true
}

// builder makes second tables.
type builder struct {
	table []entry
	first uint
	code  *code
	end   int  // of the tables that are made
	start int  // of the present second table
	size  uint // how many bits it is asked with
}

// put puts the entry of a word that is longer than the first table's into a
// second table; the present one, unless the word begins another. left is how
// many words of that length there are from this one on.
func (b *builder) put(word int, length uint, left int, e entry) {
	prefix := word & (1<<b.first - 1)
	rest := length - b.first
	if word>>b.first == 0 {
		b.begin(length, left)
		b.table[prefix] = isSpecial | isSecond | entry(b.start)<<valueShift | entry(b.size)<<8 | entry(b.first)
	}
	e -= entry(b.first) | entry(b.first)<<8
	for i := word >> b.first; i < 1<<b.size; i += 1 << rest {
		b.table[b.start+i] = e
	}
}

// begin begins a second table for a word of that length: big enough for all the
// words that begin as it does.
func (b *builder) begin(length uint, left int) {
	b.start = b.end
	b.size = length - b.first
	for words := left; words < 1<<b.size; {
		length++
		b.size++
		words = words<<1 + b.code.count[length]
	}
	b.end += 1 << b.size
}

// pair makes entries of two literals where both codes are among the bits with
// which the table is asked. It has no branch: none would be foreseen.
func (t *tables) pair() {
	table := (*[1 << literalBits]entry)(t.literals[:])
	// From the last entry on: that of the bits behind a literal is a smaller
	// index, and is still single. Index 0 stands behind itself, and stays single.
	for i := len(table) - 1; i > 0; i-- {
		e := table[i]
		second := table[i>>(e&63)]
		used := e&63 + second&63
		both := e & second & isLiteral / isLiteral
		fits := (used - literalBits - 1) >> 31
		pair := used&63 | e&^63 | isPair | second>>valueShift<<(valueShift+8)
		table[i] = e ^ (e^pair)&-(both&fits)
	}
}
