package loader

import (
	"errors"

	"github.com/vpcq/vpcq/schema"
)

var errNoMatch = errors.New("the line does not match the table's input.regex")

// byGroups makes the plan one of groups: they do not lie one behind the other as
// fields do, so that between two of them stands a field that nobody asks for.
func (p *plan) byGroups() {
	for i := range p.fields {
		if p.fields[i] > 0 {
			p.fields[i] *= 2
		}
	}
	p.need = 2 * len(p.format.Columns)
	p.numbers = nil
}

// splitByPattern is split for a pattern: it makes the groups that match the line
// the next record's fields, and reports whether they do. A group that takes no
// part, or is not there, is a field that is missing, and so is what
// Java's parseLong does not take in a column of numbers (Trino,
// lib/trino-hive-formats, line/regex/RegexDeserializer.java).
func (r *Reader) splitByPattern(s, e int) bool {
	d, f := r.scan.opt.Declared, &r.fields
	out := f.seps[f.rows*f.stride:][:f.stride]
	for i := range out {
		out[i] = uint32(e)
	}
	f.short = true // fields may be missing
	at := d.Pattern.FindSubmatchIndex(r.block.buf[s:e])
	for i, c := range d.Format.Columns {
		g := 2 * (i + 1)
		if g >= len(at) || at[g] < 0 || c.Type != schema.String && !isInteger(r.block.buf[s+at[g]:s+at[g+1]]) {
			continue
		}
		out[2*i], out[2*i+1] = uint32(s+at[g]-1), uint32(s+at[g+1])
	}
	return at != nil
}

// isInteger reports whether text is digits, perhaps with a sign before them.
func isInteger(text []byte) bool {
	if len(text) > 1 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}
