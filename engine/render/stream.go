package render

import (
	"fmt"
	"io"

	"github.com/apache/arrow-go/v18/arrow"
)

// layout is what one format does of its own: it appends to the page's buffer.
type layout interface {
	begin(p *page)      // before the first row; the columns are known
	row(p *page, i int) // the i-th row of the current batch
	end(p *page)        // after the last row
}

// page is where a layout writes, and from what.
type page struct {
	Options
	w       io.Writer
	columns []Column
	cells   []cell // of the current batch
	buf     []byte
	rows    int64 // written so far
}

// cell gives the text of one column's values in one batch.
type cell struct {
	array  arrow.Array
	append appendFunc
	nulls  bool // the batch has nulls in this column
	plain  bool // no text of it is empty or needs quotes in any format
}

// appendFunc appends the text of a value that is not null.
type appendFunc func(dst []byte, row int) []byte

func (c *cell) null(row int) bool { return c.nulls && c.array.IsNull(row) }

// spill is the size at which the buffer goes out.
const spill = 64 << 10

// stream is the Writer of every layout.
type stream struct {
	page
	layout layout
	bind   func(Column, arrow.Array) (cell, error)
}

// Begin takes the columns and lets the layout write what stands above the rows.
func (s *stream) Begin(columns []Column) error {
	s.columns = columns
	s.cells = make([]cell, len(columns))
	s.layout.begin(&s.page)
	return nil
}

// Batch binds the columns once and then writes row after row. What it wrote is
// out when it returns, so that a slow query shows its rows as they come.
func (s *stream) Batch(rec arrow.RecordBatch) error {
	if int(rec.NumCols()) != len(s.columns) {
		return fmt.Errorf("render result: a batch of %d columns under %d names", rec.NumCols(), len(s.columns))
	}
	for i, column := range s.columns {
		c, err := s.bind(column, rec.Column(i))
		if err != nil {
			return fmt.Errorf("render column %s: %w", column.Name, err)
		}
		s.cells[i] = c
	}
	for i := range int(rec.NumRows()) {
		s.layout.row(&s.page, i)
		s.rows++
		if len(s.buf) >= spill {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return s.flush()
}

// End lets the layout write what stands below the rows.
func (s *stream) End() error {
	s.layout.end(&s.page)
	return s.flush()
}

// flush hands the buffer to the writer and keeps its memory.
func (p *page) flush() error {
	if len(p.buf) == 0 {
		return nil
	}
	_, err := p.w.Write(p.buf)
	p.buf = p.buf[:0]
	if err != nil {
		return fmt.Errorf("write result: %w", err)
	}
	return nil
}

func (p *page) add(text string) { p.buf = append(p.buf, text...) }
