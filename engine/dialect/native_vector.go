package dialect

// Vector is an argument of a native over many rows, or its result. Its values
// are in the slice for its type, the others are nil. Nothing of a Vector may be
// kept after the call.
type Vector struct {
	Bools    []bool
	Int32s   []int32
	Int64s   []int64
	Float32s []float32
	Float64s []float64
	Texts    [][]byte // VARCHAR and BLOB; of an argument read-only

	// Nulls says which rows are NULL. Of an argument it is nil where none is. Of
	// the result it is never nil, and says true already where an argument is
	// NULL, unless the native takes NULLs: those rows are to be passed over.
	Nulls []bool

	room []byte // what Room gives out
}

// leastRoom is how many bytes a vector takes at once, at least.
const leastRoom = 32 << 10

// Room gives n bytes of any content, for a text of the result.
func (v *Vector) Room(n int) []byte {
	if len(v.room)+n > cap(v.room) {
		v.room = make([]byte, 0, max(n, leastRoom, 2*cap(v.room))) // what was given out stays where it is
	}
	from := len(v.room)
	v.room = v.room[:from+n]
	return v.room[from : from+n : from+n]
}

// Reset makes v ready for the next rows, in the same memory.
func (v *Vector) Reset() {
	clear(v.Texts)
	*v = Vector{Texts: v.Texts[:0], Nulls: v.Nulls[:0], room: v.room[:0]}
}
