package render

var tsvFormat = Format{
	Name:     "tsv",
	Doc:      `tab separated; tab, newline and backslash as \t \n \\; NULL is \N`,
	Example:  "srcaddr\tbytes\n10.0.0.1\t840\n\\N\t40\n",
	null:     `\N`,
	reserved: "\t\n\r",
	layout:   func() layout { return tabs{} },
	bind:     bindText,
}

// tabs writes one line per row, in the escapes that Hive, PostgreSQL and
// ClickHouse read.
type tabs struct{}

func (tabs) begin(p *page) {
	if !p.Header {
		return
	}
	for i, column := range p.columns {
		start := len(p.buf)
		p.add(column.Name)
		p.buf = escapeTabs(p.buf, start)
		p.buf = append(p.buf, tabOrEnd(i, len(p.columns)))
	}
}

func (tabs) row(p *page, i int) {
	for j := range p.cells {
		c := &p.cells[j]
		if c.null(i) {
			p.add(p.Null)
		} else {
			start := len(p.buf)
			p.buf = c.append(p.buf, i)
			if !c.plain {
				p.buf = escapeTabs(p.buf, start)
			}
		}
		p.buf = append(p.buf, tabOrEnd(j, len(p.cells)))
	}
}

func (tabs) end(*page) {}

func tabOrEnd(i, n int) byte {
	if i == n-1 {
		return '\n'
	}
	return '\t'
}

// escapeTabs escapes what follows start.
func escapeTabs(buf []byte, start int) []byte {
	const raw, letters = "\t\n\r\\", "tnr\\"
	clean := true
	for _, b := range buf[start:] {
		clean = clean && b != '\t' && b != '\n' && b != '\r' && b != '\\'
	}
	if clean {
		return buf
	}
	text := string(buf[start:])
	buf = buf[:start]
next:
	for i := range len(text) {
		for j := range len(raw) {
			if text[i] == raw[j] {
				buf = append(buf, '\\', letters[j])
				continue next
			}
		}
		buf = append(buf, text[i])
	}
	return buf
}
