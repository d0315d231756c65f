package loader

import (
	"bytes"
	"io"

	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// openParquet makes the present object one that is read by columns, by name.
func (r *Reader) openParquet() error {
	if d := r.scan.opt.Declared; d != nil && !d.Parquet {
		return damage{errParquet}
	}
	c, err := r.openStored()
	if err != nil {
		return err
	}
	r.columnar, r.headers, r.block.done = c, 0, true
	if r.plan == nil || string(r.planOf) != c.name {
		r.setPlan([]byte(c.name), c.format)
	}
	return nil
}

// openStored opens the present object at any place, of which a big one that
// streams is fetched in parts, or holds it in memory.
func (r *Reader) openStored() (*columnar, error) {
	random, ok := r.stream.body.r.(source.RandomReader)
	if parts, gives := r.scan.opt.Source.(source.Ranger); !ok && gives && r.object.Size > r.scan.inParts {
		if err := r.stream.body.r.Close(); err != nil {
			return nil, err
		}
		random, ok = &ranged{ctx: r.stream.body.ctx, source: parts, object: r.object.Object}, true
		r.stream.body.r = random
	}
	if !ok {
		stored, err := r.stream.whole(maxParquet)
		if err != nil {
			return nil, err
		}
		return openColumnar(bytes.NewReader(stored), int64(len(stored)), r.scan.opt.Declared)
	}
	size, err := random.Size()
	if err != nil {
		return nil, err
	}
	shared := &sharedFile{RandomReader: random, read: &r.scan.opt.Stats.BytesRead}
	shared.uses.Store(1)
	r.stream.body.r = shared
	c, err := openColumnar(shared, size, r.scan.opt.Declared)
	if err == nil {
		c.shared = shared
	}
	return c, err
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
		r.stopLending()
		lost := c.left + c.inGroup
		r.dry, c.left, c.inGroup = true, 0, 0
		if err = r.leave(err); err == nil {
			r.reject(lost)
		}
		return err
	}
	r.fields.rows, r.dry = rows, rows == 0
	return nil
}

// read reads records of one row group and returns their number; 0: there are none left.
func (c *columnar) read(r *Reader) (rows int, err error) {
	for c.inGroup == 0 {
		group, ok := r.takeGroup()
		if !ok {
			return 0, nil
		}
		n := c.file.MetaData().RowGroup(group).NumRows()
		if r.none || c.ruledOut(r, group) {
			r.pass(n)
			continue
		}
		c.inGroup = n
		if err := c.openGroup(r, group); err != nil {
			return 0, err
		}
	}
	rows = int(min(c.inGroup, MaxRows))
	for i, l := range c.leaves {
		if l == nil {
			continue
		}
		if err := l.read(r, &r.vectors[i], rows); err != nil {
			return 0, err
		}
	}
	c.inGroup -= int64(rows)
	return rows, nil
}

// takeGroup takes the next row group; ok is false where there is none.
func (r *Reader) takeGroup() (group int, ok bool) {
	r.lending.mu.Lock()
	defer r.lending.mu.Unlock()
	return r.columnar.take()
}

// take takes the next row group; ok is false where there is none with records.
func (c *columnar) take() (group int, ok bool) {
	if c.left == 0 {
		return 0, false
	}
	group = c.next
	c.next++
	c.left -= c.file.MetaData().RowGroup(group).NumRows()
	return group, true
}

// lendGroup gives the next row group of the present object to another reader,
// and reports whether there was one. It is called with the lending locked.
func (r *Reader) lendGroup(to *Reader) bool {
	c := r.columnar
	from := c.next
	if _, ok := c.take(); !ok {
		return false
	}
	if c.shared != nil {
		c.shared.uses.Add(1)
	}
	to.columnar = &columnar{
		size: c.size, file: c.file, shared: c.shared, lent: true, declared: c.declared, format: c.format, name: c.name,
		next: from, left: c.file.MetaData().RowGroup(from).NumRows(),
	}
	to.object, to.plan, to.planOf, to.header = r.object, r.plan, r.planOf, nil
	return true
}

// pass counts records that the scan's condition rules out unread.
func (r *Reader) pass(rows int64) {
	r.scan.opt.Stats.Lines.Add(rows)
	r.scan.opt.Stats.Records.Add(rows)
}

// countRows counts the records that are left, as the footer has them.
func (r *Reader) countRows() int64 {
	r.lending.mu.Lock()
	defer r.lending.mu.Unlock()
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
