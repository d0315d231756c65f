package render

import (
	"fmt"
	"sort"
	"strings"
)

var tableFormat = Format{
	Name: "table",
	Doc:  "aligned columns for a terminal, cut to its width; the last line says how many rows, and what was cut",
	Example: ` srcaddr  | bytes
----------+------
 10.0.0.1 |   840
 NULL     |    40
(2 rows)
`,
	null:   "NULL",
	layout: newTable,
	bind:   bindText,
}

// leastWidth is the width below which a column of text is left out rather than cut further.
const leastWidth = 8

// table is a grid with lines between the columns. go-pretty's own table holds
// all rows until the end, and cuts without counting.
type table struct {
	grid
	shown    int // columns
	cutCells int
}

func newTable() layout {
	t := &table{}
	t.grid = grid{escape: visible, settle: t.settle, line: t.line}
	return t
}

// settle fixes the widths and writes the names.
func (t *table) settle(p *page) {
	t.shown = len(t.widths)
	if p.Width > 0 {
		t.fit(p.Width)
	}
	if !p.Header {
		return
	}
	for i, name := range t.names[:t.shown] {
		p.add(lead(i, " ", " | "))
		p.buf = pad(p.buf, cut(name, t.widths[i]), t.widths[i], t.right[i])
	}
	t.endLine(p)
	for i, w := range t.widths[:t.shown] {
		p.add(lead(i, "-", "-+-") + strings.Repeat("-", w))
	}
	p.add("\n")
}

// line writes a row. One that came after the sample may be wider than its
// column: on a screen it is cut, elsewhere it sticks out.
func (t *table) line(p *page, values []string) {
	for i, v := range values[:t.shown] {
		if p.Width > 0 && width(v) > t.widths[i] {
			v = cut(v, t.widths[i])
			t.cutCells++
		}
		p.add(lead(i, " ", " | "))
		p.buf = pad(p.buf, v, t.widths[i], t.right[i])
	}
	t.endLine(p)
}

// endLine removes the blanks at the end of a line.
func (t *table) endLine(p *page) {
	for p.buf[len(p.buf)-1] == ' ' {
		p.buf = p.buf[:len(p.buf)-1]
	}
	p.add("\n")
}

// end says how many rows there were, and never hides that something was cut.
func (t *table) end(p *page) {
	t.release(p)
	var lost []string
	if t.cutCells > 0 {
		lost = append(lost, fmt.Sprintf("%s cut", count(int64(t.cutCells), "cell")))
	}
	if left := len(t.widths) - t.shown; left > 0 {
		lost = append(lost, fmt.Sprintf("%s of %d left out", count(int64(left), "column"), len(t.widths)))
	}
	switch {
	case len(lost) > 0:
		p.add(fmt.Sprintf("(%s; %s to fit: vertical shows all)\n", count(p.rows, "row"), strings.Join(lost, ", ")))
	case p.Header:
		p.add("(" + count(p.rows, "row") + ")\n")
	}
}

// fit narrows the widest columns of text until the lines fit the screen, and
// where that is not enough leaves out the last columns. Numbers are not cut.
func (t *table) fit(screen int) {
	floors := make([]int, len(t.widths))
	for i, w := range t.widths {
		floors[i] = w
		if !t.right[i] {
			floors[i] = min(w, leastWidth)
		}
	}
	for t.shown > 1 && lineWidth(floors[:t.shown]) > screen {
		t.shown--
	}
	if t.shown == 1 {
		floors[0] = min(floors[0], max(screen-1, 1))
	}
	// capped gives the widths where no column of text is wider than the limit.
	capped := func(limit int) []int {
		out := make([]int, t.shown)
		for i := range out {
			out[i] = max(floors[i], min(t.widths[i], limit))
			if t.right[i] {
				out[i] = floors[i]
			}
		}
		return out
	}
	// The first limit that is too wide; one less is the most that fits.
	limit := sort.Search(screen+1, func(limit int) bool { return lineWidth(capped(limit)) > screen })
	copy(t.widths, capped(limit-1))
}

// lineWidth is the width of a line.
func lineWidth(widths []int) int {
	sum := 1 + 3*(len(widths)-1)
	for _, w := range widths {
		sum += w
	}
	return sum
}

func lead(i int, first, between string) string {
	if i == 0 {
		return first
	}
	return between
}

func count(n int64, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
