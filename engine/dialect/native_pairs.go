package dialect

// Pairs is a map as natives see it: its entries in DuckDB's order. No key is nil
// and none comes twice.
type Pairs []Pair

// Pair is an entry of a map. Its value may be nil.
type Pair struct{ Key, Value any }
