package loader

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/vpcq/vpcq/engine/javatext"
	"github.com/vpcq/vpcq/engine/loader/document"
	"github.com/vpcq/vpcq/schema"
)

// TextParts is how a table of text declares fields that have parts. Source:
// Trino, lib/trino-hive-formats, encodings/text.
type TextParts struct {
	Columns    []schema.Column // as the table declares them, a field each
	Separators []byte          // by depth: of fields, of the parts of a field, of the parts of these …
}

// Levels is how many separators the column's values need besides that between
// fields: a map needs one between entries and one between key and value.
func Levels(c schema.Column) int {
	shape, parts := c.Parts()
	deepest := 0
	for _, part := range parts {
		deepest = max(deepest, Levels(part))
	}
	return deepest + map[schema.Shape]int{schema.Array: 1, schema.Struct: 1, schema.Map: 2}[shape]
}

// textPart is a field of text, or a part of one.
type textPart struct {
	schema.Column
	shape     schema.Shape
	parts     []textPart
	separator byte // between the parts
	between   byte // a map's key and its value
}

// textParts are the fields of a table by their place; nil: none has parts.
type textParts []textPart

func newTextParts(t *TextParts) textParts {
	if t == nil {
		return nil
	}
	parts := make(textParts, len(t.Columns))
	for i, c := range t.Columns {
		if Levels(c) < len(t.Separators) { // of others nobody asks
			parts[i] = newTextPart(c, t.Separators[1:])
		}
	}
	return parts
}

func newTextPart(c schema.Column, separators []byte) textPart {
	p := textPart{Column: c}
	shape, parts := c.Parts()
	if p.shape = shape; shape == schema.Scalar {
		return p
	}
	p.separator, separators = separators[0], separators[1:]
	if shape == schema.Map {
		p.between, separators = separators[0], separators[1:]
	}
	for _, part := range parts {
		p.parts = append(p.parts, newTextPart(part, separators))
	}
	return p
}

// isNested reports whether the field at that place has parts.
func (t textParts) isNested(place int) bool { return t != nil && t[place].shape != schema.Scalar }

// decodeParts is decode for a field that has parts: its value is JSON of the same
// shape, in which every scalar is a string of its text, or null.
func (r *Reader) decodeParts(v *vector, c int) {
	for row := range v.Views[:r.fields.rows] {
		start, end := r.fields.at(row, c)
		if start > end || string(r.block.buf[start:end]) == null {
			v.clear(row)
			continue
		}
		text, odd := r.block.buf[start:end], false
		if !utf8.Valid(text) {
			text, odd = javatext.AppendUTF8(nil, text), true
		}
		from := len(r.extra)
		r.extra = r.parts[c].append(r.extra, text, &odd)
		if odd {
			r.fields.mark(row)
		}
		v.Views[row] = viewOf(r.extra[from:], extraText, from)
	}
}

// append appends the part's value as JSON; odd is set where there is a text that
// is no value of the part's type.
func (p *textPart) append(dst, text []byte, odd *bool) []byte {
	if string(text) == null {
		return append(dst, "null"...)
	}
	switch p.shape {
	case schema.Array:
		return p.appendArray(dst, text, odd)
	case schema.Map:
		return p.appendMap(dst, text, odd)
	case schema.Struct:
		return p.appendStruct(dst, text, odd)
	}
	if p.Type.IntegerBits() == 0 {
		return document.AppendString(dst, text)
	}
	n, ok := parseLong(text)
	if !ok || !p.Type.Fits(n) {
		*odd = *odd || !isMissing(text)
		return append(dst, "null"...)
	}
	return append(strconv.AppendInt(append(dst, '"'), n, 10), '"')
}

// appendArray appends an array, which is empty where the text is.
func (p *textPart) appendArray(dst, text []byte, odd *bool) []byte {
	dst = append(dst, '[')
	for i, element := range p.split(text) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = p.parts[0].append(dst, element, odd)
	}
	return append(dst, ']')
}

// split splits at the separator between parts; no text has none.
func (p *textPart) split(text []byte) [][]byte {
	if len(text) == 0 {
		return nil
	}
	return bytes.Split(text, []byte{p.separator})
}

// appendMap appends a map: of entries with one key the first, and none whose key
// is null. An entry without a separator has no value.
func (p *textPart) appendMap(dst, text []byte, odd *bool) []byte {
	dst = append(dst, '{')
	seen := map[string]bool{}
	for _, entry := range p.split(text) {
		key, value, given := bytes.Cut(entry, []byte{p.between})
		name := p.parts[0].append(nil, key, odd)
		if name[0] != '"' || seen[string(name)] {
			continue
		}
		if len(seen) > 0 {
			dst = append(dst, ',')
		}
		seen[string(name)] = true
		dst = append(append(dst, name...), ':')
		if !given {
			dst = append(dst, "null"...)
			continue
		}
		dst = p.parts[1].append(dst, value, odd)
	}
	return append(dst, '}')
}

// appendStruct appends a struct: fields that are missing are null, what is behind
// the last is passed over.
func (p *textPart) appendStruct(dst, text []byte, odd *bool) []byte {
	dst = append(dst, '{')
	more := true
	for i := range p.parts {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(document.AppendString(dst, []byte(p.parts[i].Name)), ':')
		if !more {
			dst = append(dst, "null"...)
			continue
		}
		var part []byte
		part, text, more = bytes.Cut(text, []byte{p.separator})
		dst = p.parts[i].append(dst, part, odd)
	}
	return append(dst, '}')
}
