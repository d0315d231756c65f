package render

var athenaCSVFormat = Format{
	Name: "athena-csv",
	Doc:  "the bytes of the file that Athena leaves in S3: every value in quotes but NULL, which is nothing",
	Example: `"srcaddr","bytes"
"10.0.0.1","840"
,"40"
`,
	reserved: ",\"\r\n",
	layout:   func() layout { return &athenaCommas{commas{all: true}} },
	bind:     bindText,
}

// athenaCommas is commas but for NULL alone in a row, of which Athena makes an
// empty line.
type athenaCommas struct{ commas }

func (c *athenaCommas) row(p *page, i int) {
	if len(p.cells) == 1 && p.cells[0].null(i) {
		p.add(p.Null + "\n")
		return
	}
	c.commas.row(p, i)
}
