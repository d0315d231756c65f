package loader

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	logical "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/vpcq/vpcq/schema"
)

// parquetMagic is how objects in the other file format of flow logs begin and
// end (Parquet's specification, "File format").
var parquetMagic = []byte("PAR1")

var (
	errParquet        = errors.New("it is Parquet where text is declared: declare the table as STORED AS PARQUET")
	errNoParquet      = errors.New("it is no Parquet where the table is STORED AS PARQUET")
	errZipped         = errors.New("it is Parquet in gzip data, which nothing reads: gunzip it (Parquet's own pages are compressed already)")
	errDamagedParquet = errors.New("damaged Parquet")
	errNotUTF8        = errors.New("text that is not UTF-8")
	errBigParquet     = fmt.Errorf("it is Parquet of more than %d MB, and would have to be held in memory: copy it to a directory", maxParquet>>20)
)

// maxParquet is the largest Parquet object that is read where it cannot be read
// at any place, in bytes as stored. AWS begins a new one at 75 MB.
const maxParquet = 512 << 20

// columnar is a Parquet object being read, or those row groups of one that
// another reader has lent; pages are inflated one at a time.
type columnar struct {
	size     int64
	file     *file.Reader
	shared   *sharedFile // what file reads; nil: bytes held in memory
	lent     bool        // by another reader, whose object it is
	declared *Declared
	format   schema.Format // a column in each place of the file's leaves
	name     string        // of the format: equal for objects that are planned alike

	next int   // the row group that is taken next; readers that borrow take some too
	left int64 // records of the row groups not taken yet

	inGroup int64   // records of the group taken, not given out yet
	leaves  []*leaf // of that group, by column asked for; nil where the object lacks it
}

// guarded calls read and returns its error as the object's damage. The library
// that reads Parquet meets what it does not expect with a panic, here and there.
func guarded(read func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = damage{fmt.Errorf("%w: %v", errDamagedParquet, cause)}
			if failed, ok := cause.(error); ok {
				err = failedSource(failed, err)
			}
		}
	}()
	err = read()
	var known damage
	if failed := failedSource(err, nil); failed != nil {
		return failed
	}
	if err == nil || errors.As(err, &known) {
		return err
	}
	return damage{fmt.Errorf("%w: %s", errDamagedParquet, strings.TrimPrefix(err.Error(), "parquet: "))}
}

// openColumnar reads the footer of a Parquet object of that size, of which a
// table declares columns; nil: it is a flow log's.
func openColumnar(stored io.ReaderAt, size int64, declared *Declared) (c *columnar, err error) {
	err = guarded(func() error {
		f, err := file.NewParquetReader(io.NewSectionReader(stored, 0, size))
		if err != nil {
			return err
		}
		c = &columnar{size: size, file: f, declared: declared, left: f.NumRows()}
		return c.describe()
	})
	return c, err
}

// describe finds the format, and checks that the footer's numbers agree.
func (c *columnar) describe() error {
	meta := c.file.MetaData()
	name := "PAR1\n" // which no header line is equal to
	for i := range meta.Schema.NumColumns() {
		column := c.columnOf(meta.Schema.Column(i))
		if c.format.Index(column.Name) >= 0 {
			column.Name = "" // the first of that name is the column, as in a header line
		}
		c.format.Columns = append(c.format.Columns, column)
		name += " " + column.Name
	}
	c.name = name
	if c.declared == nil && !slices.ContainsFunc(c.format.Columns, isField) {
		return damage{errNoFields}
	}
	rows := int64(0)
	for i := range c.file.NumRowGroups() {
		n := meta.RowGroup(i).NumRows()
		if n < 0 {
			return fmt.Errorf("row group %d has %d rows", i, n)
		}
		rows += n
	}
	if rows != c.left {
		return fmt.Errorf("%d rows in row groups, %d in the footer", rows, c.left)
	}
	return nil
}

// errNoFields tells of Parquet that somebody keeps beside flow logs: its rows
// would count as records.
var errNoFields = errors.New("no column of the Parquet data is one that flow logs have")

// isField reports whether AWS documents the column's field.
func isField(c schema.Column) bool {
	_, ok := schema.FieldOfColumn(c.Name)
	return ok
}

// columnOf is the column that a leaf of a file's schema holds: that of the field
// with its name, or else one of the leaf's own type. It has no name where a flow
// log has nothing of the kind. Of an object with declared columns it is the
// declared one.
func (c *columnar) columnOf(leaf *logical.Column) schema.Column {
	name := strings.ToLower(strings.ReplaceAll(leaf.Name(), "-", "_"))
	if leaf.MaxRepetitionLevel() > 0 || len(leaf.ColumnPath()) > 1 {
		return schema.Column{}
	}
	if c.declared != nil {
		plain := strings.ToLower(leaf.Name())
		for _, column := range c.declared.Format.Columns {
			if column.Name == plain || column.Name == name {
				return column
			}
		}
	}
	if field, ok := schema.FieldOfColumn(name); ok {
		return field.Column()
	}
	t, ok := typeOf(leaf)
	if !ok {
		return schema.Column{}
	}
	return schema.Column{Name: name, Type: t}
}

// typeOf is the type of a leaf's values; ok is false where it is none of strings
// and integers.
func typeOf(leaf *logical.Column) (t schema.Type, ok bool) {
	whole := plainNumber(leaf.LogicalType(), leaf.PhysicalType())
	switch leaf.PhysicalType() {
	case parquet.Types.ByteArray:
		_, decimal := leaf.LogicalType().(logical.DecimalLogicalType)
		return schema.String, !decimal
	case parquet.Types.Int32:
		return schema.Int, whole
	case parquet.Types.Int64:
		return schema.BigInt, whole
	}
	return 0, false
}

// plainNumber reports whether integers of that logical type are just these
// integers, and no dates, times, decimals or unsigned numbers of full width.
func plainNumber(t logical.LogicalType, stored parquet.Type) bool {
	switch t := t.(type) {
	case nil, logical.NoLogicalType, logical.UnknownLogicalType, logical.NullLogicalType:
		return true
	case logical.IntLogicalType:
		return t.IsSigned() || int(t.BitWidth()) < map[parquet.Type]int{parquet.Types.Int32: 32, parquet.Types.Int64: 64}[stored]
	}
	return !t.IsValid()
}

// openGroup makes a row group the one that is read.
func (c *columnar) openGroup(r *Reader, group int) error {
	rows := c.file.RowGroup(group)
	c.leaves = make([]*leaf, len(r.plan.fields))
	for i, place := range r.plan.fields {
		if place < 0 {
			continue
		}
		var err error
		if c.leaves[i], err = c.openLeaf(rows, place, r.scan.opt.Columns[i]); err != nil {
			return err
		}
		r.scan.opt.Stats.BytesDecoded.Add(c.leaves[i].size)
	}
	return nil
}

// openLeaf opens the values of one column of a row group.
func (c *columnar) openLeaf(rows *file.RowGroupReader, place int, column schema.Column) (*leaf, error) {
	descr := c.file.MetaData().Schema.Column(place)
	declared := c.format.Columns[place].Type
	form, formed := storedForm{}, false
	if c.declared != nil {
		form, formed = formOf(descr, declared)
	}
	stored, ok := typeOf(descr)
	plain := ok && (stored == schema.String) == (column.Type == schema.String) && !isFormed(declared)
	if !formed && !plain {
		return nil, damage{fmt.Errorf("column %s is stored as %s, and is to be read as %s", descr.Name(), descr.PhysicalType(), column.Type)}
	}
	chunk, err := rows.MetaData().ColumnChunk(place)
	if err != nil {
		return nil, err
	}
	begin, length := chunk.DataPageOffset(), chunk.TotalCompressedSize()
	if begin < 0 || length < 0 || begin > c.size || length > c.size || chunk.NumValues() != rows.NumRows() {
		return nil, fmt.Errorf("column %s: %d values in %d bytes at byte %d", descr.Name(), chunk.NumValues(), length, begin)
	}
	values, err := rows.Column(place)
	if err != nil {
		return nil, err
	}
	return &leaf{
		name: descr.Name(), values: values, optional: descr.MaxDefinitionLevel() > 0, size: chunk.TotalUncompressedSize(),
		logical: descr.LogicalType(), text: form.text,
	}, nil
}
