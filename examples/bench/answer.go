package main

import (
	"fmt"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// answer is what a question was answered: its rows, or a hash of them.
type answer struct {
	rows   []string
	hashed bool
	count  int64
	hash   uint64 // the sum of the rows' hashes, in whatever order they come
}

// String gives the rows, one a line, or how many there are and their hash where
// they are too many to keep.
func (a *answer) String() string {
	if a.hashed {
		return fmt.Sprintf("%d rows, hash %016x", a.count, a.hash)
	}
	return strings.Join(a.rows, "\n")
}

// add adds the rows of a batch.
func (a *answer) add(batch arrow.RecordBatch, hashed bool) error {
	a.hashed = hashed
	if hashed {
		return a.mix(batch)
	}
	for row := range int(batch.NumRows()) {
		cells := make([]string, batch.NumCols())
		for i, column := range batch.Columns() {
			cells[i] = cell(column, row)
		}
		a.rows = append(a.rows, strings.Join(cells, " "))
	}
	return nil
}

// cell is a value as text. A null is what vpcq has in its place in a string, as
// read_csv is told to make nulls of "-".
func cell(column arrow.Array, row int) string {
	if column.IsNull(row) {
		return "-"
	}
	return column.ValueStr(row)
}

// mix adds the rows' hashes.
func (a *answer) mix(batch arrow.RecordBatch) error {
	hashes := make([]uint64, batch.NumRows())
	for _, column := range batch.Columns() {
		value, err := hasher(column)
		if err != nil {
			return err
		}
		for row := range hashes {
			h := hashes[row] * prime
			if !column.IsNull(row) {
				h ^= value(row)
			}
			hashes[row] = h*prime + 1
		}
	}
	for _, h := range hashes {
		a.hash += h * (h | 1)
	}
	a.count += batch.NumRows()
	return nil
}

// prime is that of the 64-bit FNV hash.
const prime = 0x100000001b3

// hasher returns the hashes of a column's values; that of "-" is a null's.
func hasher(column arrow.Array) (func(row int) uint64, error) {
	switch values := column.(type) {
	case *array.Int32:
		return func(row int) uint64 { return uint64(values.Value(row)) + 1<<40 }, nil
	case *array.Int64:
		return func(row int) uint64 { return uint64(values.Value(row)) + 1<<40 }, nil
	case *array.String:
		return func(row int) uint64 { return hashText(values.Value(row)) }, nil
	case *array.StringView:
		return func(row int) uint64 { return hashText(values.Value(row)) }, nil
	}
	return nil, fmt.Errorf("hash a column of %s: only numbers and strings are known", column.DataType())
}

func hashText(s string) uint64 {
	if s == "-" {
		return 0
	}
	h := uint64(0xcbf29ce484222325)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * prime
	}
	return h
}
