package render

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"
)

// The rows from which a grid measures its columns, and the bytes of text at
// which it has seen enough.
const (
	sampleRows  = 1000
	sampleBytes = 4 << 20
)

// grid is the rows of a result in aligned columns. It keeps the first rows back
// to measure them, and then passes every row on.
type grid struct {
	escape  func(string) string // of a name or a value
	settle  func(p *page)       // is called once the widths are known, before the first row
	line    func(p *page, values []string)
	named   bool // the names are shown whatever Options say
	names   []string
	widths  []int // of names and sampled values, in columns of the screen
	right   []bool
	sample  [][]string
	bytes   int
	settled bool
	scratch []byte
}

// begin takes the names, which count for the widths only where they are shown.
func (g *grid) begin(p *page) {
	for _, c := range p.columns {
		name := g.escape(c.Name)
		g.names = append(g.names, name)
		w := 0
		if g.named || p.Header {
			w = width(name)
		}
		g.widths = append(g.widths, w)
		g.right = append(g.right, kindOf(c.Type.Kind).right)
	}
}

// row turns a row into texts, and keeps it back while the widths are unknown.
func (g *grid) row(p *page, i int) {
	values := make([]string, len(p.cells))
	for j := range p.cells {
		c := &p.cells[j]
		if c.null(i) {
			values[j] = g.escape(p.Null)
		} else {
			g.scratch = c.append(g.scratch[:0], i)
			values[j] = g.escape(string(g.scratch))
		}
		if !g.settled {
			g.widths[j] = max(g.widths[j], width(values[j]))
			g.bytes += len(values[j])
		}
	}
	if g.settled {
		g.line(p, values)
		return
	}
	if g.sample = append(g.sample, values); len(g.sample) == sampleRows || g.bytes > sampleBytes {
		g.release(p)
	}
}

// release writes what was kept back.
func (g *grid) release(p *page) {
	if g.settled {
		return
	}
	g.settled = true
	g.settle(p)
	for _, values := range g.sample {
		g.line(p, values)
	}
	g.sample = nil
}

// width is how many columns of the screen the text takes: two for an East
// Asian wide character, none for a combining one.
func width(s string) int {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return text.StringWidthWithoutEscSequences(s)
		}
	}
	return len(s)
}

// cut shortens a text that is wider than the limit, with … for what is gone.
func cut(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	used := 0
	for i, r := range s {
		if used+text.RuneWidth(r) > limit-1 {
			return s[:i] + "…"
		}
		used += text.RuneWidth(r)
	}
	return s
}

// visible makes the text safe for a terminal: no control character, line
// break, byte outside UTF-8 or change of direction comes through.
func visible(s string) string {
	if strings.IndexFunc(s, obeyed) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r < 0x80 && obeyed(r):
			fmt.Fprintf(&b, `\x%02x`, r)
		case obeyed(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// obeyed reports whether a terminal would obey the character rather than show it.
func obeyed(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0: // C0, DEL, C1
		return true
	case r == 0x061c, r == 0x200e, r == 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // direction
		return true
	case r == 0x2028, r == 0x2029, r == 0xfeff: // line and paragraph separator, byte order mark
		return true
	}
	return false
}

// pad appends the text at the width, on the side it is aligned to.
func pad(dst []byte, s string, to int, right bool) []byte {
	blank := max(to-width(s), 0)
	if !right {
		dst = append(dst, s...)
	}
	for range blank {
		dst = append(dst, ' ')
	}
	if right {
		dst = append(dst, s...)
	}
	return dst
}
