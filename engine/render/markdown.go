package render

import "strings"

var markdownFormat = Format{
	Name: "markdown",
	Doc:  "a table of GitHub's Markdown; what Markdown would read as marks is escaped",
	Example: `| srcaddr  | bytes |
|----------|------:|
| 10.0.0.1 |   840 |
| NULL     |    40 |
`,
	null:   "NULL",
	layout: newMarkdown,
	bind:   bindText,
}

// markdown is a grid that is also easy on the eye before it is rendered.
type markdown struct{ grid }

func newMarkdown() layout {
	m := &markdown{}
	m.grid = grid{named: true, escape: escapeMarkdown, settle: m.settle, line: m.line}
	return m
}

func (m *markdown) settle(p *page) {
	for i := range m.widths {
		m.widths[i] = max(m.widths[i], 3) // the least that some readers take for a rule
	}
	m.line(p, m.names)
	for i, w := range m.widths {
		last := "-"
		if m.right[i] {
			last = ":"
		}
		p.add("|" + strings.Repeat("-", w+1) + last)
	}
	p.add("|\n")
}

func (m *markdown) line(p *page, values []string) {
	for i, v := range values {
		p.add("| ")
		p.buf = append(pad(p.buf, v, m.widths[i], m.right[i]), ' ')
	}
	p.add("|\n")
}

func (m *markdown) end(p *page) { m.release(p) }

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "|", `\|`, "`", "\\`", "*", `\*`, "<", "&lt;", "&", "&amp;", "[", `\[`, "~", `\~`,
	"\r\n", "<br>", "\n", "<br>", "\r", "<br>",
)

// escapeMarkdown leaves underscores be: between letters they are no marks, and
// names are full of them.
func escapeMarkdown(s string) string { return visible(markdownEscapes.Replace(s)) }
