package loader

import "github.com/vpcq/vpcq/schema"

// Constants returns a batch of rows, at most MaxRows, that no object holds: each
// is the values of its columns, converted as those that Object.Values has; what
// a row lacks is null. The batch is the caller's own.
func Constants(columns []schema.Column, rows []map[string]schema.Value) Batch {
	vectors := newVectors(columns)
	b := Batch{Rows: len(rows), Vectors: make([]Vector, len(columns)), schema: arrowSchema(columns)}
	for i, column := range columns {
		for row, values := range rows {
			value, given := values[column.Name]
			var c constant
			if given {
				c = constantOf(value, column.Type)
			}
			b.Text[extraText] = vectors[i].set(row, c, b.Text[extraText])
		}
		b.Vectors[i] = vectors[i].Vector
	}
	return b
}

// set makes c the value in a row. Its text is added to text, which is returned.
func (v *vector) set(row int, c constant, text []byte) []byte {
	if !c.given {
		v.setNull(row)
		return text
	}
	switch v.Type {
	case schema.String:
		v.Views[row] = viewOf([]byte(c.Text), extraText, len(text))
		return append(text, c.Text...)
	case schema.BigInt:
		v.Int64[row] = c.Int
	default:
		v.Int32[row] = int32(c.Int)
	}
	return text
}
