package loader

import (
	"github.com/vpcq/vpcq/schema"
)

// vector is a Vector with its memory.
type vector struct {
	Vector
	words [MaxRows / 64]uint64
	value constant // what fills it, where Constant is set
}

// constant is the value of a column in all records of an object; the zero
// constant is null.
type constant struct {
	schema.Value
	given bool
}

func newVectors(columns []schema.Column) []vector {
	vectors := make([]vector, len(columns))
	for i, c := range columns {
		v := &vectors[i]
		v.Type = c.Type
		switch c.Type {
		case schema.String:
			v.Views = make([]View, MaxRows)
		case schema.BigInt:
			v.Int64 = make([]int64, MaxRows)
		default:
			v.Int32 = make([]int32, MaxRows)
		}
	}
	return vectors
}

// begin makes all values valid.
func (v *vector) begin() { v.Valid, v.Constant = nil, false }

// setNull makes value i null.
func (v *vector) setNull(i int) {
	if v.Valid == nil {
		v.Valid = v.words[:]
		for w := range v.words {
			v.words[w] = ^uint64(0)
		}
	}
	v.words[i/64] &^= 1 << (i % 64)
}

// fill gives every row the value c; offset is where its text stands in Text[1].
func (v *vector) fill(c constant, offset int) {
	v.Valid, v.Constant, v.value = nil, true, c
	if !c.given {
		v.Valid = v.words[:]
		clear(v.words[:])
	}
	switch v.Type {
	case schema.String:
		repeat(v.Views, viewOf([]byte(c.Text), extraText, offset))
	case schema.BigInt:
		repeat(v.Int64, c.Int)
	default:
		repeat(v.Int32, int32(c.Int))
	}
}

func repeat[T any](values []T, x T) {
	for i := range values {
		values[i] = x
	}
}

// constantOf returns value as a constant of a column of type t: null where the
// type cannot hold it.
func constantOf(value schema.Value, t schema.Type) constant {
	switch {
	case t == schema.String:
		return constant{schema.StringValue(value.String()), true}
	case t == schema.Date && value.Type != schema.Date:
		return constant{}
	case value.Type == schema.String:
		n, ok := parseLong([]byte(value.Text))
		value = schema.IntValue(n)
		if !ok {
			return constant{}
		}
	}
	if t != schema.BigInt && value.Int != int64(int32(value.Int)) {
		return constant{}
	}
	return constant{schema.Value{Type: t, Int: value.Int}, true}
}
