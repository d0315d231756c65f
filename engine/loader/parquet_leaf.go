package loader

import (
	"fmt"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	logical "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/vpcq/vpcq/engine/javatext"
	"github.com/vpcq/vpcq/schema"
)

// leaf is the values of one column of a row group, from where they have been
// read. The library gives the values that are not null without gaps, and for
// each row a level that says whether it has one.
type leaf struct {
	name     string
	values   file.ColumnChunkReader
	optional bool
	size     int64 // of the pages, decompressed

	levels   [MaxRows]int16
	narrow   []int32
	wide     []int64
	texts    []parquet.ByteArray
	booleans []bool
	floats   []float32
	doubles  []float64
	fixed    []parquet.FixedLenByteArray
	stamps   []parquet.Int96

	logical logical.LogicalType
	text    func(l *leaf, dst []byte, value int) []byte // of values whose text is read; nil: they are read themselves
	scratch []byte
}

// read puts the values of that many rows into v. Strings of more than InlineLen
// bytes are copied behind the reader's constants.
func (l *leaf) read(r *Reader, v *vector, rows int) error {
	v.begin()
	for row := 0; row < rows; {
		n, given, err := l.next(rows - row)
		if err == nil && n == 0 {
			err = fmt.Errorf("%d values where there are to be %d", row, rows)
		}
		if err == nil {
			err = l.spread(r, v, row, n, given)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", l.name, err)
		}
		row += n
	}
	return nil
}

// next reads up to limit rows of one page; given is how many of them have a value.
func (l *leaf) next(limit int) (n, given int, err error) {
	var rows int64
	levels := l.levels[:limit]
	switch values := l.values.(type) {
	case *file.Int32ColumnChunkReader:
		l.narrow = room(l.narrow)
		rows, given, err = values.ReadBatchInPage(int64(limit), l.narrow, levels, nil)
	case *file.Int64ColumnChunkReader:
		l.wide = room(l.wide)
		rows, given, err = values.ReadBatchInPage(int64(limit), l.wide, levels, nil)
	case *file.ByteArrayColumnChunkReader:
		l.texts = room(l.texts)
		rows, given, err = values.ReadBatchInPage(int64(limit), l.texts, levels, nil)
	default:
		rows, given, err = l.nextOdd(int64(limit), levels)
	}
	if err == nil {
		err = l.values.Err()
	}
	if err == nil && (rows > int64(limit) || int64(given) > rows || !l.optional && int64(given) != rows) {
		err = fmt.Errorf("%d values in %d rows", given, rows)
	}
	return int(rows), given, err
}

// nextOdd is next for the types that flow logs do not have.
func (l *leaf) nextOdd(limit int64, levels []int16) (rows int64, given int, err error) {
	switch values := l.values.(type) {
	case *file.BooleanColumnChunkReader:
		l.booleans = room(l.booleans)
		return values.ReadBatchInPage(limit, l.booleans, levels, nil)
	case *file.Float32ColumnChunkReader:
		l.floats = room(l.floats)
		return values.ReadBatchInPage(limit, l.floats, levels, nil)
	case *file.Float64ColumnChunkReader:
		l.doubles = room(l.doubles)
		return values.ReadBatchInPage(limit, l.doubles, levels, nil)
	case *file.FixedLenByteArrayColumnChunkReader:
		l.fixed = room(l.fixed)
		return values.ReadBatchInPage(limit, l.fixed, levels, nil)
	case *file.Int96ColumnChunkReader:
		l.stamps = room(l.stamps)
		return values.ReadBatchInPage(limit, l.stamps, levels, nil)
	}
	return 0, 0, fmt.Errorf("values of type %s", l.values.Type())
}

// room is memory for the values of a batch.
func room[T any](values []T) []T {
	if values == nil {
		return make([]T, MaxRows)
	}
	return values
}

// spread puts the values of n rows, of which so many are given, at row and after it.
func (l *leaf) spread(r *Reader, v *vector, row, n, given int) error {
	value := 0
	for i := range n {
		if l.optional && l.levels[i] == 0 {
			v.clear(row + i)
			continue
		}
		if value == given {
			return fmt.Errorf("fewer values than rows that have one")
		}
		if err := l.put(r, v, row+i, value); err != nil {
			return err
		}
		value++
	}
	if value != given {
		return fmt.Errorf("more values than rows that have one")
	}
	return nil
}

// put makes a value that of the row. Trino refuses a number that the declared
// type does not hold, and widens what is narrower (its parquet reader's
// ValueDecoders and TransformingValueDecoders).
func (l *leaf) put(r *Reader, v *vector, row, value int) error {
	if l.text != nil {
		l.scratch = l.text(l, l.scratch[:0], value)
		return l.putText(r, v, row, l.scratch)
	}
	if l.texts != nil {
		return l.putText(r, v, row, l.texts[value])
	}
	var n int64
	if l.wide != nil {
		n = l.wide[value]
	} else {
		n = int64(l.narrow[value])
	}
	switch {
	case v.Type == schema.BigInt:
		v.Int64[row] = n
	case n == int64(int32(n)):
		v.Int32[row] = int32(n)
	default:
		return fmt.Errorf("%d is no %s", n, v.Type)
	}
	return nil
}

func (l *leaf) putText(r *Reader, v *vector, row int, text []byte) error {
	valid := utf8.Valid(text)
	if valid && len(text) <= InlineLen {
		v.Views[row] = viewOf(text, extraText, 0)
		return nil
	}
	from := len(r.extra)
	if valid {
		r.extra = append(r.extra, text...)
	} else if r.scan.verifies() {
		return errNotUTF8
	} else {
		r.fields.mark(row)
		r.extra = javatext.AppendUTF8(r.extra, text)
	}
	v.Views[row] = viewOf(r.extra[from:], extraText, from)
	return nil
}

// clear makes row null.
func (v *vector) clear(row int) {
	v.setNull(row)
	switch v.Type {
	case schema.String:
		v.Views[row] = View{}
	case schema.BigInt:
		v.Int64[row] = 0
	default:
		v.Int32[row] = 0
	}
}
