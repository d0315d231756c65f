package render

import "bytes"

var csvFormat = Format{
	Name: "csv",
	Doc:  `comma separated; quotes only where needed; NULL is nothing and the empty string is ""`,
	Example: `srcaddr,bytes
10.0.0.1,840
,40
`,
	reserved: ",\"\r\n",
	layout:   func() layout { return &commas{} },
	bind:     bindText,
}

// commas writes comma separated values as RFC 4180 has them, with \n at the
// end of lines.
//
// A line must not be empty, since readers of CSV skip empty lines and the row
// would be lost: NULL alone in a row is "" therefore, and in results of one
// column looks like the empty string unless Options.Null tells them apart.
type commas struct {
	all bool // quote whatever is not NULL
}

func (c *commas) begin(p *page) {
	if !p.Header {
		return
	}
	for i, column := range p.columns {
		if i > 0 {
			p.add(",")
		}
		start := len(p.buf)
		p.add(column.Name)
		if c.all || needsQuotes(p.buf[start:], "") {
			p.buf = quoteFrom(p.buf, start)
		}
	}
	p.add("\n")
}

// row writes a value where it belongs and moves it only where it needs quotes:
// nearly none of a flow log does.
func (c *commas) row(p *page, i int) {
	line := len(p.buf)
	for j := range p.cells {
		if j > 0 {
			p.buf = append(p.buf, ',')
		}
		value := &p.cells[j]
		if value.null(i) {
			p.add(p.Null)
			continue
		}
		start := len(p.buf)
		p.buf = value.append(p.buf, i)
		if c.all || (!value.plain || p.Null != "") && needsQuotes(p.buf[start:], p.Null) {
			p.buf = quoteFrom(p.buf, start)
		}
	}
	if len(p.buf) == line {
		p.add(`""`)
	}
	p.buf = append(p.buf, '\n')
}

func (c *commas) end(*page) {}

// needsQuotes reports whether a reader would take the text for something else:
// for NULL, for several values, or for PostgreSQL's end of data.
func needsQuotes(text []byte, null string) bool {
	if len(text) == 0 || string(text) == null || string(text) == `\.` {
		return true
	}
	if text[0] == ' ' || text[len(text)-1] == ' ' || text[0] == '\t' || text[len(text)-1] == '\t' {
		return true // some readers trim
	}
	for _, b := range text {
		if b == ',' || b == '"' || b == '\n' || b == '\r' {
			return true
		}
	}
	return false
}

// quoteFrom puts what follows start in quotes, and doubles the quotes in it, in
// place and from the end.
func quoteFrom(buf []byte, start int) []byte {
	inside := bytes.Count(buf[start:], []byte{'"'})
	from := len(buf) - 1
	for range inside + 2 {
		buf = append(buf, '"')
	}
	to := len(buf) - 2 // before the closing quote
	for ; from >= start; from-- {
		buf[to] = buf[from]
		to--
		if buf[from] == '"' {
			buf[to] = '"'
			to--
		}
	}
	buf[start], buf[len(buf)-1] = '"', '"'
	return buf
}
