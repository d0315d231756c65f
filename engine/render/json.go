package render

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine/dialect"
)

var jsonFormat = Format{
	Name: "json",
	Doc:  "one array of objects; numbers keep all their digits, a name used twice becomes name_2",
	Example: `[
{"srcaddr":"10.0.0.1","bytes":840},
{"srcaddr":null,"bytes":40}
]
`,
	layout: func() layout { return &objects{open: "[", before: "\n", between: ",\n", close: "\n]\n", empty: "[]\n"} },
	bind:   bindJSON,
}

// objects writes a row as an object whose keys are in the order of the columns.
type objects struct {
	open, before, between, after, close string
	empty                               string // in place of open and close where there are no rows
	keys                                []string
}

// begin makes the keys ready, since each row repeats them.
func (o *objects) begin(p *page) {
	names := make([]string, len(p.columns))
	for i, c := range p.columns {
		names[i] = c.Name
	}
	o.keys = nil
	for i, name := range distinct(names) {
		comma := ","
		if i == 0 {
			comma = "{"
		}
		o.keys = append(o.keys, comma+string(appendQuoted(nil, []byte(name)))+":")
	}
}

func (o *objects) row(p *page, i int) {
	if p.rows == 0 {
		p.add(o.open + o.before)
	} else {
		p.add(o.between)
	}
	for j := range p.cells {
		c := &p.cells[j]
		p.add(o.keys[j])
		if c.null(i) {
			p.add("null")
		} else {
			p.buf = c.append(p.buf, i)
		}
	}
	p.add("}" + o.after)
}

func (o *objects) end(p *page) {
	if p.rows == 0 {
		p.add(o.empty)
	} else {
		p.add(o.close)
	}
}

// distinct gives every name once: what comes a second time gets _2 behind it,
// or the next number that is free, since most readers of JSON keep only the
// last of two keys.
func distinct(names []string) []string {
	taken := map[string]bool{}
	for _, name := range names {
		taken[name] = true
	}
	seen := map[string]bool{}
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = name
		for n := 2; seen[out[i]]; n++ {
			if again := fmt.Sprintf("%s_%d", name, n); !taken[again] {
				out[i] = again
			}
		}
		seen[out[i]] = true
	}
	return out
}

// bindJSON gives the values of a column of a batch as JSON.
func bindJSON(c Column, a arrow.Array) (cell, error) {
	text, err := jsonOf(c.Type, a)
	return cell{array: a, append: text, nulls: a.NullN() > 0}, err
}

// jsonOf gives the values of an array as JSON: as the table of kinds says, or
// their text in quotes.
func jsonOf(t dialect.Type, a arrow.Array) (appendFunc, error) {
	if k := kindOf(t.Kind); k.json != nil {
		return k.json(t, a)
	}
	text, err := textOf(t, a)
	return quoted(text), err
}

// quoted gives the texts in quotes.
func quoted(text appendFunc) appendFunc {
	var scratch []byte
	return func(dst []byte, i int) []byte {
		scratch = text(scratch[:0], i)
		return appendQuoted(dst, scratch)
	}
}

// document passes on the text of a json value, on one line; what is no JSON
// becomes a string.
func document(t dialect.Type, a arrow.Array) (appendFunc, error) {
	text, err := varchar(t, a)
	if err != nil {
		return nil, err
	}
	var scratch []byte
	var line bytes.Buffer
	return func(dst []byte, i int) []byte {
		scratch = text(scratch[:0], i)
		line.Reset()
		if json.Compact(&line, scratch) != nil {
			return appendQuoted(dst, scratch)
		}
		return append(dst, line.Bytes()...)
	}, nil
}

// listJSON writes an array as an array, rowJSON a row as an object.
func listJSON(t dialect.Type, a arrow.Array) (appendFunc, error) { return sequence(t, a, jsonOf, ",") }

func rowJSON(t dialect.Type, a arrow.Array) (appendFunc, error) {
	return fields(t, a, jsonOf, ",", func(name string) string { return string(appendQuoted(nil, []byte(name))) + ":" })
}

// mappingJSON makes keys of the texts of a map's keys.
func mappingJSON(t dialect.Type, a arrow.Array) (appendFunc, error) {
	m, ok := a.(*array.Map)
	if !ok {
		return nil, mismatch(t, a)
	}
	key, err := textOf(t.Args[0], m.Keys())
	if err != nil {
		return nil, err
	}
	return entries(t, m, quoted(key), jsonOf, ",", ':')
}

// appendQuoted appends a JSON string. Beyond what JSON asks it escapes the
// control characters from U+007F to U+009F, which a terminal would obey, and
// puts U+FFFD for bytes that are not UTF-8.
func appendQuoted(dst, text []byte) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for len(text) > 0 {
		if b := text[0]; b >= ' ' && b < 0x7f {
			if b == '"' || b == '\\' {
				dst = append(dst, '\\')
			}
			dst, text = append(dst, b), text[1:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		text = text[size:]
		switch {
		case r == '\n':
			dst = append(dst, `\n`...)
		case r == '\r':
			dst = append(dst, `\r`...)
		case r == '\t':
			dst = append(dst, `\t`...)
		case r < 0xa0:
			dst = append(dst, '\\', 'u', '0', '0', digits[r>>4], digits[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
