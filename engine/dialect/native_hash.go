package dialect

import (
	"encoding/binary"
	"math"
	"math/big"
	"math/bits"
)

// The primes of xxHash (https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md).
const (
	xxPrime1 uint64 = 0x9E3779B185EBCA87
	xxPrime2 uint64 = 0xC2B2AE3D27D4EB4F
	xxPrime3 uint64 = 0x165667B19E3779F9
	xxPrime4 uint64 = 0x85EBCA77C2B2AE63
	xxPrime5 uint64 = 0x27D4EB2F165667C5
)

// xxHash64 is XXH64 with seed 0.
func xxHash64(data []byte) uint64 {
	rest := data
	hash := xxPrime5
	if len(data) >= 32 {
		hash, rest = xxStripes(data)
	}
	hash += uint64(len(data))
	for ; len(rest) >= 8; rest = rest[8:] {
		hash = bits.RotateLeft64(hash^xxRound(0, binary.LittleEndian.Uint64(rest)), 27)*xxPrime1 + xxPrime4
	}
	if len(rest) >= 4 {
		hash = bits.RotateLeft64(hash^uint64(binary.LittleEndian.Uint32(rest))*xxPrime1, 23)*xxPrime2 + xxPrime3
		rest = rest[4:]
	}
	for _, b := range rest {
		hash = bits.RotateLeft64(hash^uint64(b)*xxPrime5, 11) * xxPrime1
	}
	hash = (hash ^ hash>>33) * xxPrime2
	hash = (hash ^ hash>>29) * xxPrime3
	return hash ^ hash>>32
}

func xxRound(lane, word uint64) uint64 {
	return bits.RotateLeft64(lane+word*xxPrime2, 31) * xxPrime1
}

// xxStripes hashes as many blocks of 32 bytes as there are, and gives the bytes after them.
func xxStripes(data []byte) (uint64, []byte) {
	lanes := [4]uint64{xxPrime1, xxPrime2, 0, 0}
	lanes[0] += xxPrime2
	lanes[3] -= xxPrime1
	for ; len(data) >= 32; data = data[32:] {
		for i := range lanes {
			lanes[i] = xxRound(lanes[i], binary.LittleEndian.Uint64(data[8*i:]))
		}
	}
	var hash uint64
	for i, by := range [4]int{1, 7, 12, 18} {
		hash += bits.RotateLeft64(lanes[i], by)
	}
	for _, lane := range lanes {
		hash = (hash^xxRound(0, lane))*xxPrime1 + xxPrime4
	}
	return hash, data
}

// murmur3 is MurmurHash3_x64_128 with seed 0, its halves in little-endian order as Trino has them.
func murmur3(data []byte) []byte {
	const c1, c2 = 0x87c37b91114253d5, 0x4cf5ad432745937f
	var h1, h2 uint64
	rest := data
	for ; len(rest) >= 16; rest = rest[16:] {
		h1 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(rest)*c1, 31) * c2
		h1 = (bits.RotateLeft64(h1, 27)+h2)*5 + 0x52dce729
		h2 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(rest[8:])*c2, 33) * c1
		h2 = (bits.RotateLeft64(h2, 31)+h1)*5 + 0x38495ab5
	}
	var tail [16]byte
	copy(tail[:], rest)
	h1 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(tail[:])*c1, 31) * c2
	h2 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(tail[8:])*c2, 33) * c1
	h1 ^= uint64(len(data))
	h2 ^= uint64(len(data))
	h1 += h2
	h2 += h1
	h1, h2 = murmurMix(h1), murmurMix(h2)
	h1 += h2
	h2 += h1
	return binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint64(nil, h1), h2)
}

func murmurMix(k uint64) uint64 {
	k = (k ^ k>>33) * 0xff51afd7ed558ccd
	k = (k ^ k>>33) * 0xc4ceb9fe1a85ec53
	return k ^ k>>33
}

// spookyFill is what SpookyHash has where there are no data (http://burtleburtle.net/bob/hash/spooky.html).
const spookyFill uint64 = 0xdeadbeefdeadbeef

// The numbers by which SpookyHash V2 rotates, in their order.
var (
	spookyShortMix = [12]int{50, 52, 30, 41, 54, 48, 38, 37, 62, 34, 5, 36}
	spookyShortEnd = [11]int{15, 52, 26, 51, 28, 9, 47, 54, 32, 25, 63}
	spookyLongMix  = [12]int{11, 32, 43, 31, 17, 28, 39, 57, 55, 54, 22, 46}
	spookyLongEnd  = [12]int{44, 15, 34, 21, 38, 33, 10, 13, 38, 53, 42, 54}
)

// spookyHash64 is SpookyHash V2 with seed 0.
func spookyHash64(data []byte) uint64 {
	const longest = 192
	if len(data) < longest {
		return spookyShort(data)
	}
	return spookyLong(data)
}

func spookyShort(data []byte) uint64 {
	h := [4]uint64{0, 0, spookyFill, spookyFill}
	rest := data
	for ; len(rest) >= 16; rest = rest[16:] {
		h[2] += binary.LittleEndian.Uint64(rest)
		h[3] += binary.LittleEndian.Uint64(rest[8:])
		for i, by := range spookyShortMix {
			k := (i + 2) % 4
			h[k] = bits.RotateLeft64(h[k], by) + h[(k+1)%4]
			h[(k+2)%4] ^= h[k]
		}
		if len(rest) >= 32 {
			rest = rest[16:]
			h[0] += binary.LittleEndian.Uint64(rest)
			h[1] += binary.LittleEndian.Uint64(rest[8:])
		}
	}
	h[3] += uint64(len(data)) << 56
	if len(rest) == 0 {
		h[2] += spookyFill
		h[3] += spookyFill
	} else {
		var tail [16]byte
		copy(tail[:], rest)
		h[2] += binary.LittleEndian.Uint64(tail[:])
		h[3] += binary.LittleEndian.Uint64(tail[8:])
	}
	for i, by := range spookyShortEnd {
		k, next := (i+2)%4, (i+3)%4
		h[next] ^= h[k]
		h[k] = bits.RotateLeft64(h[k], by)
		h[next] += h[k]
	}
	return h[0]
}

func spookyLong(data []byte) uint64 {
	const words, block = 12, 96
	h := [words]uint64{2: spookyFill, 5: spookyFill, 8: spookyFill, 11: spookyFill}
	rest := data
	for ; len(rest) >= block; rest = rest[block:] {
		for i, by := range spookyLongMix {
			h[i] += binary.LittleEndian.Uint64(rest[8*i:])
			h[(i+2)%words] ^= h[(i+10)%words]
			h[(i+11)%words] ^= h[i]
			h[i] = bits.RotateLeft64(h[i], by)
			h[(i+11)%words] += h[(i+1)%words]
		}
	}
	var tail [block]byte
	copy(tail[:], rest)
	tail[block-1] = byte(len(rest))
	for i := range h {
		h[i] += binary.LittleEndian.Uint64(tail[8*i:])
	}
	for range 3 {
		for i, by := range spookyLongEnd {
			h[(i+11)%words] += h[(i+1)%words]
			h[(i+2)%words] ^= h[(i+11)%words]
			h[(i+1)%words] = bits.RotateLeft64(h[(i+1)%words], by)
		}
	}
	return h[0]
}

// hashOfWord is the hash of an integer, as eight bytes.
func hashOfWord(n uint64) int64 {
	return int64(xxHash64(binary.LittleEndian.AppendUint64(nil, n)))
}

// hashOfDouble is the hash of a number's bits: those of Java's only NaN, and of 0 for -0.
func hashOfDouble(f float64) (any, error) {
	switch {
	case f == 0:
		f = 0
	case math.IsNaN(f):
		return hashOfWord(0x7ff8000000000000), nil
	}
	return hashOfWord(math.Float64bits(f)), nil
}

// checksumOfHashes is what checksum gives for values of whose hashes the sum is known.
func checksumOfHashes(sum *big.Int) (any, error) {
	low := new(big.Int).And(sum, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
	return binary.LittleEndian.AppendUint64(nil, low*xxPrime1), nil
}
