package duckdb

import "math/big"

// hugeInt is DuckDB's integer of 128 bits, in two's complement.
type hugeInt struct {
	low  uint64
	high int64
}

func (h *hugeInt) big() *big.Int {
	n := new(big.Int).Lsh(big.NewInt(h.high), 64)
	return n.Add(n, new(big.Int).SetUint64(h.low))
}

// hugeIntOf is n, and whether it has no more than 128 bits.
func hugeIntOf(n *big.Int) (hugeInt, bool) {
	high := new(big.Int).Rsh(n, 64) // rounds down, so that what is left is not negative
	if !high.IsInt64() {
		return hugeInt{}, false
	}
	low := new(big.Int).Sub(n, new(big.Int).Lsh(high, 64))
	return hugeInt{low: low.Uint64(), high: high.Int64()}, true
}
