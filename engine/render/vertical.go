package render

import (
	"fmt"
	"strings"
)

var verticalFormat = Format{
	Name: "vertical",
	Doc:  `one line per value, as psql's \x and mysql's \G; nothing is cut`,
	Example: `-[ RECORD 1 ]-----
srcaddr | 10.0.0.1
bytes   | 840
-[ RECORD 2 ]-----
srcaddr | NULL
bytes   | 40
`,
	null:   "NULL",
	layout: func() layout { return &vertical{} },
	bind:   bindText,
}

type vertical struct {
	labels  []string // the names, padded, and the line after them
	scratch []byte
}

func (v *vertical) begin(p *page) {
	names := make([]string, len(p.columns))
	widest := 0
	for i, c := range p.columns {
		names[i] = visible(c.Name)
		widest = max(widest, width(names[i]))
	}
	for _, name := range names {
		v.labels = append(v.labels, string(pad(nil, name, widest, false))+" | ")
	}
}

func (v *vertical) row(p *page, i int) {
	title := fmt.Sprintf("-[ RECORD %d ]", p.rows+1)
	p.add(title + strings.Repeat("-", max(18-len(title), 0)) + "\n")
	for j := range p.cells {
		c := &p.cells[j]
		p.add(v.labels[j])
		if c.null(i) {
			p.add(visible(p.Null))
		} else {
			v.scratch = c.append(v.scratch[:0], i)
			p.add(visible(string(v.scratch)))
		}
		p.add("\n")
	}
}

func (v *vertical) end(*page) {}
