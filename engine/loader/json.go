package loader

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/vpcq/vpcq/engine/loader/document"
	"github.com/vpcq/vpcq/schema"
)

// JSON is how a table declares that each line of its objects is a JSON document
// with a record's columns as members. Sources: Trino, lib/trino-hive-formats,
// line/json/JsonDeserializer.java and line/openxjson/OpenXJsonDeserializer.java,
// and the Athena guide, "JSON SerDe libraries".
type JSON struct {
	OpenX           bool              // OpenX's SerDe, and not Hive's
	Columns         []schema.Column   // as the table declares them
	Mapping         map[string]string // by column: the key of its member, where it is not the column's name
	IgnoreMalformed bool              // a line that is no JSON is a record of nulls
	CaseSensitive   bool              // keys must have the letters of the column's name
	Dots            bool              // a key's dots are underscores in the column's name
}

// jsonRows is what a reader needs to read lines of JSON. The texts of a batch's
// values stand behind the block's text.
type jsonRows struct {
	*jsonFields
	values  []document.Value // of the present line, by column
	scratch []byte
	odd     error // what is NULL within the value at hand, though something stands there
	free    int   // in the block's buffer
}

var (
	errDuplicate = errors.New("HIVE_CURSOR_ERROR: Row is not a valid JSON Object - JSONException: Duplicate key")
	errNoObject  = errors.New("HIVE_BAD_DATA: Failed to parse value: Invalid JSON: start of object expected")
	errBehind    = errors.New("text behind the JSON object, which Athena passes over")
)

// newJSONRows finds out which columns a key gives.
func newJSONRows(j *JSON) *jsonRows {
	return &jsonRows{jsonFields: newJSONFields(j, j.Columns), values: make([]document.Value, len(j.Columns))}
}

// addValues makes room for the values of a batch behind the block's text.
func (b *block) addValues() { b.buf = append(b.buf, make([]byte, b.valuesRoom()+pad)...) }

// valuesRoom is how many bytes the values of a batch may have: those of the
// longest line there is, each number of which may become a few times as long.
func (b *block) valuesRoom() int { return 8 * b.maxLine }

// valuesStart is where the values of a batch begin in the block's buffer.
func (b *block) valuesStart() int { return len(b.buf) - pad - b.valuesRoom() }

// beginJSON forgets the values of the batch before.
func (r *Reader) beginJSON() {
	if r.json != nil {
		r.json.free = r.block.valuesStart()
	}
}

// isFull reports whether there might be no room for the values of another line.
func (r *Reader) isFull() bool {
	return r.json != nil && r.json.free > r.block.valuesStart()+r.block.valuesRoom()/2
}

// takeJSON takes the line as a record.
func (r *Reader) takeJSON(start, end int) error {
	odd, err := r.json.find(r.block.buf[start:end])
	if err == nil {
		var bad error
		bad, err = r.placeValues()
		odd = errors.Join(odd, bad)
	}
	switch {
	case err == nil && odd != nil && r.scan.verifies():
		return r.refuse(odd, start)
	case err != nil && r.scan.opt.BadRows == Warn:
		return r.refuse(err, start)
	case err != nil:
		err = fmt.Errorf("%w; --bad-rows warn leaves the record out", err)
		return &Error{Key: r.object.Key, Line: r.line, Offset: r.block.offset(start), Err: err}
	case odd != nil:
		r.fields.mark(r.fields.rows)
	}
	r.fields.rows++
	return nil
}

// find finds the values of a line's columns. odd is what is wrong with the line
// where Athena reads it all the same, err what ends its query.
func (j *jsonRows) find(line []byte) (odd, err error) {
	clear(j.values)
	v, rest, err := document.Next(line)
	if first := bytes.TrimSpace(line); j.OpenX && (len(first) == 0 || first[0] != '{' && first[0] != '[') {
		return errNoObject, nil
	}
	switch {
	case err == io.ErrUnexpectedEOF:
		return j.malformed(errCutDocument)
	case err != nil:
		return j.malformed(err)
	case v.Kind != document.Object && !j.OpenX:
		return nil, errNoObject
	case len(bytes.TrimSpace(rest)) > 0:
		odd = errBehind
	}
	return odd, j.pick(v, j.values)
}

// malformed is what becomes of a line that is no JSON.
func (j *jsonRows) malformed(cause error) (odd, err error) {
	err = fmt.Errorf("HIVE_CURSOR_ERROR: Row is not a valid JSON Object - %w", cause)
	if j.OpenX && j.IgnoreMalformed {
		return err, nil
	}
	return nil, err
}

// placeValues makes the values the fields of the next record.
func (r *Reader) placeValues() (odd, err error) {
	j, f, b := r.json, &r.fields, r.block
	out := f.seps[f.rows*f.stride:][:f.stride]
	for i := range out {
		out[i] = uint32(j.free)
	}
	f.short = true // fields may be missing, or not ASCII
	for i := range min(len(j.Columns), f.stride/2) {
		v := j.values[i]
		if v.Kind == document.None || v.Kind == document.Null {
			continue
		}
		j.odd = nil
		text, given, err := j.appendPart(b.buf[:j.free], &j.fields[i], v)
		if err != nil {
			return nil, err
		}
		if len(text) > len(b.buf)-pad {
			return nil, errLongLine(b.maxLine)
		}
		if !given {
			odd = errNoValue(j.Columns[i], v)
			continue
		}
		odd = errors.Join(odd, j.odd)
		out[2*i], out[2*i+1] = uint32(j.free-1), uint32(len(text))
		j.free = len(text) + 1
	}
	return odd, nil
}
