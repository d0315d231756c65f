// Package render writes results as text.
//
// A format is a way to write a result, such as csv; Formats lists them. A
// Writer takes one result in one format: its columns, its batches, its end.
// The text of a value is what Athena prints of it in the files it leaves in
// S3, which its static type rules: the same arrow timestamp is
// "2025-11-01 00:00:00.000" or "2025-11-01 00:00:00.000 UTC". Text formats
// share these texts; the JSON formats write numbers, arrays and objects where
// JSON has them, and these texts in quotes elsewhere.
//
// Results stream: a Writer holds at most one batch, and for table and markdown
// the first rows, from which the widths of the columns are measured.
package render

import (
	"fmt"
	"io"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/engine/dialect"
)

// Column is a column of a result: its name as the header shows it, and its static type.
type Column = dialect.ResultColumn

// Options says how to write a result.
type Options struct {
	Header bool   // write the columns' names; markdown, vertical and the JSON formats always do
	Width  int    // columns of the terminal, to which table cuts; 0: nothing is cut
	Null   string // how NULL is written; "": as the format does; the JSON formats always write null, and only csv tells it from the same text
}

// Writer writes one result. Its methods are called in the order Begin, Batch
// for each batch, End; after an error it must not be used any more.
type Writer interface {
	// Begin takes the columns of the result.
	Begin(columns []Column) error

	// Batch writes rows. The batch has the arrow types in which the back ends
	// make values of the columns' types, and is not kept.
	Batch(rec arrow.RecordBatch) error

	// End writes what comes after the last row.
	End() error
}

// New returns a Writer of the format with that name, which writes to w in
// pieces of some 64 KiB. It does not close w.
func New(name string, w io.Writer, o Options) (Writer, error) {
	names := make([]string, len(Formats))
	for i, f := range Formats {
		if f.Name == name {
			return f.open(w, o)
		}
		names[i] = f.Name
	}
	return nil, fmt.Errorf("render result: no format %q: use one of %s", name, strings.Join(names, ", "))
}

func (f Format) open(w io.Writer, o Options) (Writer, error) {
	if o.Null == "" {
		o.Null = f.null
	} else if strings.ContainsAny(o.Null, f.reserved) {
		return nil, fmt.Errorf("render result: %q for NULL would not be read back from %s: use letters and digits", o.Null, f.Name)
	}
	return &stream{page: page{w: w, Options: o}, layout: f.layout(), bind: f.bind}, nil
}

// Format is a way to write results.
type Format struct {
	Name    string
	Doc     string // one line
	Example string // what it writes of two rows, with a header and without a width

	null     string        // how it writes NULL unless Options say
	reserved string        // characters that Options.Null must not contain
	layout   func() layout // made anew for each result
	bind     func(Column, arrow.Array) (cell, error)
}

// Formats are all formats, the one for a terminal first.
var Formats = []Format{
	tableFormat, csvFormat, tsvFormat, jsonFormat, jsonlFormat, markdownFormat, verticalFormat, athenaCSVFormat, txtFormat,
}
