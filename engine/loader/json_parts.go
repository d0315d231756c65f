package loader

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vpcq/vpcq/engine/loader/document"
	"github.com/vpcq/vpcq/schema"
)

// jsonPart is a column of a table of JSON, or a part of one.
type jsonPart struct {
	schema.Column
	shape schema.Shape
	parts []jsonPart  // of an array or a map
	row   *jsonFields // of a struct
}

// jsonFields are the fields of a record or of a struct within it.
type jsonFields struct {
	*JSON
	fields []jsonPart
	keys   map[string][]int // fields by key
}

func newJSONFields(j *JSON, columns []schema.Column) *jsonFields {
	f := &jsonFields{JSON: j, keys: map[string][]int{}}
	for i, c := range columns {
		f.fields = append(f.fields, newJSONPart(j, c))
		key := c.Name
		if mapped, ok := j.Mapping[key]; ok {
			key = mapped
		}
		key = j.fold(key)
		f.keys[key] = append(f.keys[key], i)
	}
	return f
}

func newJSONPart(j *JSON, c schema.Column) jsonPart {
	part := jsonPart{Column: c}
	shape, parts := c.Parts()
	part.shape = shape
	if shape == schema.Struct {
		part.row = newJSONFields(j, parts)
		return part
	}
	for _, c := range parts {
		part.parts = append(part.parts, newJSONPart(j, c))
	}
	return part
}

// fold returns a key in the letters in which keys are compared.
func (j *JSON) fold(key string) string {
	if j.CaseSensitive {
		return key
	}
	return strings.ToLower(key)
}

// places returns the fields that a key gives; sure is false where it is only
// by the dots in it.
func (f *jsonFields) places(key string) (places []int, sure bool) {
	key = f.fold(key)
	if places, ok := f.keys[key]; ok {
		return places, true
	}
	if ordinal, ok := strings.CutPrefix(key, "_col"); ok && !f.OpenX { // as Hive calls columns itself
		if n, err := strconv.Atoi(ordinal); err == nil && n >= 0 && n < len(f.fields) {
			return []int{n}, true
		}
	}
	if f.Dots && strings.Contains(key, ".") {
		for i, c := range f.fields {
			if c.Name == strings.ReplaceAll(key, ".", "_") {
				return []int{i}, false
			}
		}
	}
	return nil, false
}

// pick finds the values of the fields, of which there are as many: those of an
// object's members, or to OpenX's SerDe an array's elements, by their place.
func (f *jsonFields) pick(v document.Value, values []document.Value) error {
	if v.Kind == document.Array {
		i := 0
		for element := range v.Elements() {
			if i < len(values) {
				values[i] = element
			}
			i++
		}
		return nil
	}
	sure := make([]bool, len(values))
	var key []byte
	for name, value := range v.Members() {
		key = name.AppendText(key[:0])
		places, known := f.places(string(key))
		for _, i := range places {
			switch {
			case known && sure[i] && f.OpenX:
				return fmt.Errorf("%w %q", errDuplicate, key)
			case known || values[i].Kind == document.None:
				values[i], sure[i] = value, known
			}
		}
	}
	return nil
}

// errNoValue tells of a value that is null to the SerDe.
func errNoValue(c schema.Column, v document.Value) error {
	what := strings.TrimSpace(c.Name + " is")
	if c.Name == "" {
		what = "a part is"
	}
	return fmt.Errorf("%s %q, which is no %s", what, brief(v.Raw), c.DDLType())
}

// appendPart appends what the SerDe reads as the part's value, which is not
// JSON's null: the text of a scalar, or JSON of an array's, map's or struct's
// shape whose scalars are such texts. given is false where that is null; an error
// ends Athena's query.
func (j *jsonRows) appendPart(dst []byte, p *jsonPart, v document.Value) (out []byte, given bool, err error) {
	if p.shape == schema.Scalar {
		return j.appendValue(dst, p.Column, v)
	}
	scalar := v.Kind != document.Object && v.Kind != document.Array
	switch {
	case scalar && j.OpenX && v.Kind == document.String && strings.TrimSpace(string(v.AppendText(nil))) == "":
		return j.appendBlank(dst, p, v)
	case p.shape == schema.Array && v.Kind == document.Array:
		dst, err = j.appendElements(dst, p, v)
	case p.shape == schema.Array && j.OpenX: // an array of one
		dst, err = j.appendInner(append(dst, '['), &p.parts[0], v)
		dst = append(dst, ']')
	case p.shape == schema.Map && v.Kind == document.Object:
		dst, err = j.appendEntries(dst, p, v)
	case p.shape == schema.Struct && (v.Kind == document.Object || v.Kind == document.Array && j.OpenX):
		dst, err = j.appendFields(dst, p, v)
	default:
		err = fmt.Errorf("HIVE_BAD_DATA: Failed to parse value: %q is no %s", brief(v.Raw), p.DDLType())
	}
	return dst, true, err
}

// appendBlank is appendPart for a string of white space and OpenX's SerDe: to it
// an array is one that holds it unless it is empty, a map is null, and a struct
// one of nulls.
func (j *jsonRows) appendBlank(dst []byte, p *jsonPart, v document.Value) (out []byte, given bool, err error) {
	switch {
	case p.shape == schema.Struct:
		dst, err = j.appendFields(dst, p, document.Value{Kind: document.Object, Raw: []byte("{}")})
		return dst, true, err
	case p.shape == schema.Array && len(v.Raw) > len(`""`):
		dst, err = j.appendInner(append(dst, '['), &p.parts[0], v)
		return append(dst, ']'), true, err
	}
	return dst, false, nil
}

// appendInner appends the JSON of a part within another.
func (j *jsonRows) appendInner(dst []byte, p *jsonPart, v document.Value) (out []byte, err error) {
	present := v.Kind != document.Null && v.Kind != document.None
	given, before := present, len(dst)
	switch {
	case !present:
	case p.shape == schema.Scalar:
		if j.scratch, given, err = j.appendValue(j.scratch[:0], p.Column, v); given {
			dst = document.AppendString(dst, j.scratch)
		}
	default:
		dst, given, err = j.appendPart(dst, p, v)
	}
	if given || err != nil {
		return dst, err
	}
	if present {
		j.odd = errNoValue(p.Column, v)
	}
	return append(dst[:before], "null"...), nil
}

func (j *jsonRows) appendElements(dst []byte, p *jsonPart, v document.Value) (out []byte, err error) {
	dst = append(dst, '[')
	first := true
	for element := range v.Elements() {
		if !first {
			dst = append(dst, ',')
		}
		first = false
		if dst, err = j.appendInner(dst, &p.parts[0], element); err != nil {
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

// appendFields appends the fields of a struct, each of them.
func (j *jsonRows) appendFields(dst []byte, p *jsonPart, v document.Value) (out []byte, err error) {
	values := make([]document.Value, len(p.row.fields))
	if err := p.row.pick(v, values); err != nil {
		return dst, err
	}
	separator := byte('{')
	for i, value := range values {
		part := &p.row.fields[i]
		dst = append(document.AppendString(append(dst, separator), []byte(part.Name)), ':')
		if dst, err = j.appendInner(dst, part, value); err != nil {
			return dst, err
		}
		separator = ','
	}
	return append(dst, '}'), nil
}

// appendEntries appends the entries of a map: of those with one key the last, and
// none whose key is null. OpenX's SerDe takes no two members with one name.
func (j *jsonRows) appendEntries(dst []byte, p *jsonPart, v document.Value) (out []byte, err error) {
	keys, err := j.mapKeys(p, v)
	if err != nil {
		return dst, err
	}
	last := map[string]int{}
	for i, key := range keys {
		last[string(key)] = i
	}
	dst = append(dst, '{')
	start, i := len(dst), -1
	for _, value := range v.Members() {
		before := len(dst)
		if i++; before > start {
			dst = append(dst, ',')
		}
		if dst, err = j.appendInner(append(append(dst, keys[i]...), ':'), &p.parts[1], value); err != nil {
			return dst, err
		}
		if keys[i] == nil || last[string(keys[i])] != i {
			dst = dst[:before]
		}
	}
	return append(dst, '}'), nil
}

// mapKeys returns the keys of a map's entries as JSON strings; nil: the key is null.
func (j *jsonRows) mapKeys(p *jsonPart, v document.Value) (keys [][]byte, err error) {
	names := map[string]bool{}
	for name := range v.Members() {
		folded := j.fold(string(name.AppendText(nil)))
		if names[folded] && j.OpenX {
			return nil, fmt.Errorf("%w %q", errDuplicate, folded)
		}
		names[folded] = true
		text, given, err := j.appendKey(nil, p.parts[0].Column, name)
		switch {
		case err != nil:
			return nil, err
		case given:
			keys = append(keys, document.AppendString(nil, text))
		default:
			j.odd = errNoValue(p.parts[0].Column, name)
			keys = append(keys, nil)
		}
	}
	return keys, nil
}

// appendKey is appendValue for a member's name. Hive's SerDe takes it for a number
// where Java's parseLong does.
func (j *jsonRows) appendKey(dst []byte, c schema.Column, name document.Value) (text []byte, given bool, err error) {
	bits := c.Type.IntegerBits()
	if j.OpenX || bits == 0 {
		return j.appendValue(dst, c, name)
	}
	n, err := strconv.ParseInt(string(name.AppendText(nil)), 10, bits)
	if err != nil {
		return dst, false, fmt.Errorf("HIVE_BAD_DATA: Failed to parse value: the key %q is no %s", brief(name.Raw), c.DDLType())
	}
	return strconv.AppendInt(dst, n, 10), true, nil
}
