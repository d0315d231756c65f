package render

var txtFormat = Format{
	Name:    "txt",
	Doc:     "tab separated, without header, quotes and escapes, as Athena leaves the answers of SHOW and DESCRIBE; NULL is empty",
	Example: "10.0.0.1\t840\n\t40\n",
	layout:  func() layout { return lines{} },
	bind:    bindText,
}

// lines writes one line per row, as it is.
type lines struct{}

func (lines) begin(*page) {}

func (lines) row(p *page, i int) {
	for j := range p.cells {
		c := &p.cells[j]
		if c.null(i) {
			p.add(p.Null)
		} else {
			p.buf = c.append(p.buf, i)
		}
		p.buf = append(p.buf, tabOrEnd(j, len(p.cells)))
	}
}

func (lines) end(*page) {}
