package cache

import (
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// A manifest is a line of its version and the sum of what follows; a line with
// the Entry but for its lists; and a line for the columns, for each format and
// for each object. It is no JSON, since thousands must be read in no time.

// title begins the first line of a manifest. Those of other versions have another.
const title = "vpcq cache 3 "

// What lines begin with.
const (
	columnsLine = 'c'
	formatLine  = 'f'
	objectLine  = 'o'
)

var errManifest = errors.New("it is damaged, or of another version of vpcq")

// encode returns the text of the entry's manifest.
func (e *Entry) encode() []byte {
	text := e.appendHead(nil)
	text = appendColumns(append(text, columnsLine), e.Columns)
	for _, f := range e.Formats {
		text = appendColumns(append(text, formatLine), f.Columns)
	}
	for _, o := range e.Objects {
		text = o.append(append(text, objectLine))
	}
	return append([]byte(title+sumOf(text)+"\n"), text...)
}

// columnLines are the lines of columns read already, without what they begin with:
// manifests of one source mostly have the same.
type columnLines struct{ parsed sync.Map }

// parse reads what appendColumns wrote. The columns must not be changed.
func (l *columnLines) parse(line string) ([]schema.Column, bool) {
	if columns, ok := l.parsed.Load(line); ok {
		return columns.([]schema.Column), true
	}
	columns, ok := parseColumns(line)
	if columns = slices.Clip(columns); ok {
		l.parsed.Store(line, columns)
	}
	return columns, ok
}

// decode fills the entry from the text of its manifest. The columns in it are
// shared with the entries before, and must not be changed.
func (e *Entry) decode(text []byte, known *columnLines) error {
	first, rest, _ := strings.Cut(string(text), "\n")
	if first != title+sumOf(text[min(len(first)+1, len(text)):]) {
		return errManifest
	}
	head, lines, _ := strings.Cut(rest, "\n")
	if !e.parseHead(head) {
		return errManifest
	}
	e.Objects = make([]Object, 0, strings.Count(lines, "\n"))
	for line := range strings.Lines(lines) {
		line, whole := strings.CutSuffix(line, "\n")
		if !whole || !e.add(line, known) {
			return errManifest
		}
	}
	if e.Fields < 0 || e.Fields > len(e.Columns) {
		return errManifest
	}
	return nil
}

// appendHead adds the entry but for its lists to text, and ends the line.
func (e *Entry) appendHead(text []byte) []byte {
	numbers := []int64{int64(e.Fields), e.Size, e.Written.Unix(), int64(e.Written.Nanosecond()), e.Built.Unix(), int64(e.Built.Nanosecond())}
	return appendValues(text, numbers, e.File, e.Sum, e.Source, e.Prefix)
}

// parseHead reads what appendHead wrote.
func (e *Entry) parseHead(line string) (ok bool) {
	var n [6]int64
	ok = parseValues(line, n[:], &e.File, &e.Sum, &e.Source, &e.Prefix)
	e.Fields, e.Size, e.Written, e.Built = int(n[0]), n[1], time.Unix(n[2], n[3]), time.Unix(n[4], n[5]).UTC()
	return ok
}

// add adds what a line says, and reports whether it says something.
func (e *Entry) add(line string, known *columnLines) (ok bool) {
	if line == "" {
		return false
	}
	switch line[0] {
	case columnsLine:
		e.Columns, ok = known.parse(line[1:])
	case formatLine:
		var f schema.Format
		f.Columns, ok = known.parse(line[1:])
		e.Formats = append(e.Formats, f)
	case objectLine:
		var o Object
		o, ok = parseObject(line[1:])
		ok = ok && o.Format < len(e.Formats)
		e.Objects = append(e.Objects, o)
	}
	return ok
}

// castagnoli is a sum that finds what disks and memory do, in no time.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumOf(text []byte) string { return fmt.Sprintf("%08x", crc32.Checksum(text, castagnoli)) }

// appendColumns adds the names and types of columns to text, and ends the line.
func appendColumns(text []byte, columns []schema.Column) []byte {
	for _, c := range columns {
		text = strconv.AppendInt(append(text, ' '), int64(c.Type), 10)
		text = strconv.AppendQuote(append(text, ' '), c.Name)
	}
	return append(text, '\n')
}

// parseColumns reads what appendColumns wrote.
func parseColumns(line string) (columns []schema.Column, ok bool) {
	for line != "" {
		var n int64
		if n, line, ok = cutInt(line); !ok {
			return nil, false
		}
		c := schema.Column{Type: schema.Type(n)}
		if c.Name, line, ok = cutQuoted(line); !ok {
			return nil, false
		}
		columns = append(columns, c)
	}
	return columns, true
}

// appendValues adds numbers and texts to text, each after a blank, and ends the line.
func appendValues(text []byte, numbers []int64, texts ...string) []byte {
	for _, n := range numbers {
		text = strconv.AppendInt(append(text, ' '), n, 10)
	}
	for _, s := range texts {
		text = strconv.AppendQuote(append(text, ' '), s)
	}
	return append(text, '\n')
}

// parseValues reads a line that appendValues wrote.
func parseValues(line string, numbers []int64, texts ...*string) (ok bool) {
	for i := range numbers {
		if numbers[i], line, ok = cutInt(line); !ok {
			return false
		}
	}
	for _, s := range texts {
		if *s, line, ok = cutQuoted(line); !ok {
			return false
		}
	}
	return line == ""
}

// cutInt reads a blank and a number.
func cutInt(line string) (n int64, rest string, ok bool) {
	line, ok = strings.CutPrefix(line, " ")
	word, _, _ := strings.Cut(line, " ")
	n, err := strconv.ParseInt(word, 10, 64)
	return n, line[len(word):], ok && err == nil
}

// cutQuoted reads a blank and a text in quotes. Most have nothing escaped.
func cutQuoted(line string) (text, rest string, ok bool) {
	line, ok = strings.CutPrefix(line, " ")
	if plain, found := strings.CutPrefix(line, `"`); found && ok {
		if text, rest, found := strings.Cut(plain, `"`); found && !strings.Contains(text, `\`) {
			return text, rest, true
		}
	}
	quoted, err := strconv.QuotedPrefix(line)
	if err != nil {
		return "", "", false
	}
	text, err = strconv.Unquote(quoted)
	return text, line[len(quoted):], ok && err == nil
}

// append adds an object to text, and ends the line: size, second and nanosecond
// of the modification, records, format, ETag and key.
func (o Object) append(text []byte) []byte {
	numbers := []int64{o.Size, o.ModTime.Unix(), int64(o.ModTime.Nanosecond()), o.Records, int64(o.Format)}
	return appendValues(text, numbers, o.ETag, o.Key)
}

// parseObject reads what append wrote.
func parseObject(line string) (o Object, ok bool) {
	var n [5]int64
	ok = parseValues(line, n[:], &o.ETag, &o.Key)
	o.Size, o.ModTime, o.Records, o.Format = n[0], time.Unix(n[1], n[2]), n[3], int(n[4])
	return o, ok
}
