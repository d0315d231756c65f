// Package loader turns the objects of a source into Arrow batches of records.
//
// A Scan is one pass over a queue of objects; its Readers share the queue, one
// object each at a time, and hand out batches of the columns asked for. Behind
// the queue's last object they take turns with those that still read a big one,
// so that it does not leave the other cores idle. Each
// object's own header line rules its columns; a column that the object does not
// have takes the value its partition gives, or else null. A line that is again
// the object's header, byte for byte, at the start of a later gzip member is a
// header and no record: so are objects put together with cat.
//
// Values are read as Athena reads text through LazySimpleSerDe, which is Trino's
// lib/trino-hive-formats: one space ends a field, two have an empty one between
// them, a tab is data, LF, CR LF and CR end a line, an empty line is a record,
// the last line needs no end, and a byte order mark is passed over. "-" is the
// string "-" in a String column and null in a number; \N is null in both.
//
// A scan may open objects before its readers ask for them (Scan.ReadAhead), which
// hides how long a distant source takes to answer and changes nothing else.
//
// # Damage
//
// What is wrong with an object is left to Options.BadFiles: gzip data that are
// cut short, corrupt, of the wrong length or sum, or followed by something else;
// no header line where there must be one; a line of more than 1 MiB. Under Warn
// the records before the damage are kept, half a line at its end is rejected,
// and only of a line that is too long reading goes on behind it. An empty object
// has no records and is not damaged. Lines of an object that is left out whole
// are not counted. An object that is shorter than it was listed is damaged, and
// so is one of which the source says source.ErrUnreadable; whatever else a source
// fails to give ends the scan.
//
// What is wrong with a record is left to Options.BadRows: too few or too many
// fields, a number that is none or does not fit, text that is not UTF-8. Under
// Null, only what the projection asks for is looked at and counted as damaged,
// and bytes that are not UTF-8 become U+FFFD, as Trino prints them. Under Fail
// and Warn, every field of every record is looked at, so that the projection
// does not decide which records there are.
package loader

import (
	"context"
	"sync/atomic"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// Object is an object to read and what its partition says of all its records.
type Object struct {
	source.Object
	Values map[string]schema.Value // by column, such as date; for columns the object itself lacks
}

// Queue gives the next object to read, or io.EOF after the last. With an error it
// gives no object, nor uses one up. It is called from several goroutines at once.
type Queue func(ctx context.Context) (Object, error)

// Policy says what becomes of a damaged object or record.
type Policy uint8

// The policies. Objects know Fail, Warn and Skip; records know Null, Fail and Warn.
const (
	Fail Policy = iota // end the scan with an *Error
	Warn               // objects: keep the records before the damage; records: leave the record out; count and report it
	Skip               // objects: leave the whole object out, count and report it
	Null               // records: as Athena's LazySimpleSerDe reads them: what cannot be read is null, what is missing is null, what is too much is dropped
)

// Options is what a Scan reads and how.
type Options struct {
	Source   source.Source
	Columns  []schema.Column  // the projection, in the order of the batches' columns
	Format   *schema.Format   // of objects without a header line; nil: such an object is damaged
	Declared *Declared        // how a table says that records are held; nil: each object's header line, or else Format, says it
	BadFiles Policy           // Fail, Warn or Skip
	BadRows  Policy           // Null, Fail or Warn
	MustRead bool             // what the source does not give at all ends the scan, whatever BadFiles says
	Warn     func(error)      // is told of each damage of an object that is not fatal, an *Error; may be nil; called from several goroutines
	Where    schema.Predicate // advice: a record for which it is not true need not be given out, but may be
	Stats    *Stats           // is counted up while reading; must not be nil
	Whole    bool             // the readers will read to the last object, as far as is known: reading ahead begins with many

	// Takes reports whether objects of a format are read at all; nil: all are.
	// It is asked once for each object, and called from several goroutines.
	Takes func(schema.Format) bool

	// Header is told of the formats of objects that are read, once or more often each;
	// it may be nil, and is called from several goroutines.
	Header func(Object, schema.Format)
}

// Stats counts what scans read. Lines = Headers + Records + Rejected always
// holds once a scan has ended.
type Stats struct {
	Objects        atomic.Int64 // objects opened
	ObjectsSkipped atomic.Int64 // objects left out or cut short because they are damaged, or not to be read
	BytesRead      atomic.Int64 // bytes as stored, compressed
	BytesDecoded   atomic.Int64 // bytes of text after decompression
	Lines          atomic.Int64
	Headers        atomic.Int64
	Records        atomic.Int64 // lines read as records, and given out unless Options.Where rules them out
	Rejected       atomic.Int64 // lines left out under the policy Warn: damaged records, lines that are too long, half lines before damage
	Damaged        atomic.Int64 // records with a null for what could not be read, or with surplus fields dropped
}

// Reset makes every count 0. No scan may count at the same time.
func (s *Stats) Reset() {
	for _, n := range []*atomic.Int64{&s.Objects, &s.ObjectsSkipped, &s.BytesRead, &s.BytesDecoded, &s.Lines, &s.Headers, &s.Records, &s.Rejected, &s.Damaged} {
		n.Store(0)
	}
}
