package loader

import (
	"io"

	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"

	"github.com/vpcq/vpcq/schema"
)

// openParquet makes the present object one that is read by columns, by name.
func (r *Reader) openParquet() error {
	if d := r.scan.opt.Declared; d != nil && !d.Parquet {
		return damage{errParquet}
	}
	stored, err := r.stream.whole(maxParquet)
	if err != nil {
		return err
	}
	c, err := openColumnar(stored, r.scan.opt.Declared)
	if err != nil {
		return err
	}
	r.columnar, r.headers, r.block.done = c, 0, true
	if r.plan == nil || string(r.planOf) != c.name {
		r.setPlan([]byte(c.name), c.format)
	}
	return nil
}

// whole reads the object to its end, unless it has more bytes than limit.
func (s *stream) whole(limit int64) ([]byte, error) {
	stored, err := io.ReadAll(io.LimitReader(s.in, limit+1))
	if err == nil && int64(len(stored)) > limit {
		return nil, damage{errBigParquet}
	}
	return stored, s.blame(err)
}

// takeRows fills the vectors with up to MaxRows records of a Parquet object.
func (r *Reader) takeRows() error {
	c := r.columnar
	r.fields.reset(0)
	r.extra = r.extra[:r.constants]
	rows := 0
	err := guarded(func() (err error) {
		rows, err = c.read(r)
		return err
	})
	if err != nil {
		lost := c.left
		r.dry, c.left = true, 0
		if err = r.leave(err); err == nil {
			r.reject(lost)
		}
		return err
	}
	r.fields.rows, r.dry = rows, c.left == 0
	return nil
}

// read reads records of one row group and returns their number.
func (c *columnar) read(r *Reader) (rows int, err error) {
	if r.none {
		r.pass(c.left)
		c.left = 0
	}
	for c.left > 0 && c.inGroup == 0 {
		if n := c.file.MetaData().RowGroup(c.group + 1).NumRows(); c.ruledOut(r, c.group+1) {
			r.pass(n)
			c.left -= n
			c.group++
		} else if err := c.openGroup(r); err != nil {
			return 0, err
		}
	}
	rows = int(min(c.inGroup, MaxRows))
	for i, l := range c.leaves {
		if l == nil || rows == 0 {
			continue
		}
		if err := l.read(r, &r.vectors[i], rows); err != nil {
			return 0, err
		}
	}
	c.inGroup -= int64(rows)
	c.left -= int64(rows)
	return rows, nil
}

// pass counts records that the scan's condition rules out unread.
func (r *Reader) pass(rows int64) {
	r.scan.opt.Stats.Lines.Add(rows)
	r.scan.opt.Stats.Records.Add(rows)
}

// countRows counts the records that are left, as the footer has them.
func (r *Reader) countRows() int64 {
	n := r.columnar.left
	r.columnar.left, r.dry = 0, true
	r.pass(n)
	return n
}

// ruledOut reports whether the statistics of a row group say that a filter keeps
// none of its records.
func (c *columnar) ruledOut(r *Reader, group int) bool {
	meta := c.file.MetaData().RowGroup(group)
	for i := range r.scan.filters {
		f := &r.scan.filters[i]
		place := r.plan.fields[f.column]
		if place < 0 || f.kind == schema.String {
			continue
		}
		chunk, err := meta.ColumnChunk(place)
		if err != nil {
			continue
		}
		if lowest, highest, nulls, ok := boundsOf(chunk); ok && !(nulls && f.ints.Null) && !f.ints.Meets(lowest, highest) {
			return true
		}
	}
	return false
}

// boundsOf is the least and the greatest number of a column chunk, and whether
// it may have nulls; ok is false where its statistics do not tell.
func boundsOf(chunk *metadata.ColumnChunkMetaData) (lowest, highest int64, nulls, ok bool) {
	if set, err := chunk.StatsSet(); err != nil || !set {
		return 0, 0, false, false
	}
	statistics, err := chunk.Statistics()
	if err != nil || statistics == nil || !statistics.HasMinMax() {
		return 0, 0, false, false
	}
	nulls = !statistics.HasNullCount() || statistics.NullCount() > 0
	switch s := statistics.(type) {
	case *metadata.Int32Statistics:
		return int64(s.Min()), int64(s.Max()), nulls, true
	case *metadata.Int64Statistics:
		return s.Min(), s.Max(), nulls, true
	}
	return 0, 0, false, false
}

// examineRows reads every column of a Parquet object to its end.
func (r *Reader) examineRows() error {
	c := r.columnar
	return guarded(func() error {
		for group := range c.file.NumRowGroups() {
			rows := c.file.RowGroup(group)
			for place, column := range c.format.Columns {
				stored, ok := typeOf(c.file.MetaData().Schema.Column(place))
				if column.Name == "" || !ok {
					continue
				}
				column.Type = stored
				if err := c.examineLeaf(r, rows, place, column); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// examineLeaf reads the values of one column of a row group.
func (c *columnar) examineLeaf(r *Reader, rows *file.RowGroupReader, place int, column schema.Column) error {
	l, err := c.openLeaf(rows, place, column)
	if err != nil {
		return err
	}
	v := &newVectors([]schema.Column{column})[0]
	for left := rows.NumRows(); left > 0; left -= MaxRows {
		r.extra = r.extra[:0]
		if err := l.read(r, v, int(min(left, MaxRows))); err != nil {
			return err
		}
	}
	return nil
}
