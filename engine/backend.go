package engine

import (
	"context"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// Backend executes what the dialect has translated for it. Its methods may be
// called from several goroutines at once.
type Backend interface {
	// Execute starts a job and returns its rows as they are made. ctx governs
	// the job's whole life, not only this call: once it is done, reading stops
	// and Next returns ctx's error. The caller must close the Rows.
	//
	// What a scan's reader fails with comes back as it is, so errors.As finds
	// it; what goes wrong in the statement itself is a *RuntimeError.
	Execute(ctx context.Context, job Job) (Rows, error)

	// Close frees the back end. Every Rows must have been closed before.
	Close() error
}

// Storer is a Backend that keeps records in Parquet files, and reads Scan.Stored.
type Storer interface {
	Backend

	// Store writes all records of a scan to the file with that name. ctx governs
	// the call. Errors are as those of Rows.Next.
	Store(ctx context.Context, scan Scan, file string) error
}

// Writer is a Backend that puts the rows of a job into files.
type Writer interface {
	Backend

	// Write runs a job and puts its rows into files; it returns how many there
	// are. ctx governs the call. Errors are as those of Rows.Next; what has been
	// written by then stays, and is the caller's to remove.
	Write(ctx context.Context, job Job, to Files) (rows int64, err error)
}

// Files says how rows become files.
type Files struct {
	Dir         string // which is not there yet, in a directory that is; it gets no files for no rows
	Lines       bool   // each file is lines of text, which the first column has; else it is Parquet
	Header      bool   // files of lines begin with the name of that column
	Compression string // GZIP, SNAPPY, ZSTD or NONE
	Level       int    // of the compression; 0: the usual one

	// Keys are the last columns of the job, of type VARCHAR. They are not in the
	// files, but name the folders in which they lie: key=value, one in the other,
	// where the value has bytes escaped as in a URL, or is Hive's name for NULL.
	Keys []string
}

// Job is one statement for a back end.
type Job struct {
	SQL   string       // one query in the back end's own SQL, in which a use of a table is spelt vpcq_scan(ID)
	Scans map[int]Scan // by ID
}

// Scan is one use of a table in a statement: what it could give, and how to get it.
type Scan struct {
	Columns []schema.Column // the columns the statement may ask for
	Rows    int64           // an estimate of the number of records, for choosing the order of joins; 0: not known

	// Stored is records besides those that Open's readers give; only a Storer is
	// given any, and then all scans of a job have the same columns.
	Stored []Stored

	// Open begins a pass over the records of which only the given columns are
	// read, in that order; without any, the records are only counted. A back
	// end may begin several passes of one Scan, one after the other or at once.
	// ctx governs the pass, its readers included.
	Open func(ctx context.Context, columns []schema.Column) (Pass, error)
}

// Stored is records of a scan that were stored in Parquet files.
type Stored struct {
	Files   []string
	Columns []string // those of the scan's columns that the files have; the others are null

	// Objects are the values of ObjectColumn of the records meant; nil: all of them.
	ObjectColumn string
	Objects      []int
}

// Pass makes the readers of one pass over a scan's records. The readers share
// the records: each record is given to one of them. It is called from several
// goroutines at once.
type Pass func() Reader

// Reader is one of the readers of a pass. *loader.Reader is one. It is used by
// one goroutine at a time, though not always by the same.
type Reader interface {
	// Next returns the next records, at least one, or io.EOF after the last. The
	// batch has the columns of the pass; its text is valid UTF-8. It is the
	// reader's own and holds until the next call of one of the reader's methods.
	Next(ctx context.Context) (loader.Batch, error)

	// Count returns how many records come next without decoding them, or io.EOF
	// after the last. Readers of a pass without columns are asked for nothing else.
	Count(ctx context.Context) (int64, error)

	// Close frees the reader, at any point. It is called once.
	Close()
}

var _ Reader = (*loader.Reader)(nil)

// Rows is what a job answers, batch by batch. It is used by one goroutine at a time.
type Rows interface {
	// Schema is the names and types of the columns. It holds after Close.
	Schema() *arrow.Schema

	// Next returns the next rows, or io.EOF after the last. The batch is the
	// Rows' own: it holds until the next call of Next or Close.
	Next() (arrow.RecordBatch, error)

	// Close ends the job where it stands and frees everything it holds: when it
	// returns, its readers are closed and none of its goroutines run. Closing
	// twice is harmless.
	Close() error
}

// RuntimeError is a fault that a statement met while it ran, such as a division
// by zero: the statement was understood, its data did not suit it.
type RuntimeError struct {
	Code    string // Athena's name for the fault, such as "DIVISION_BY_ZERO"
	Message string // Athena's words where they are known, else the back end's own
}

// Error returns the code and the message as Athena prints them.
func (e *RuntimeError) Error() string { return e.Code + ": " + e.Message }

// Hint says how to write the statement so that it goes on over such data: "" where
// that is not known.
func (e *RuntimeError) Hint() string {
	switch e.Code {
	case "DIVISION_BY_ZERO":
		return "x / nullif(y, 0) gives NULL where y is 0"
	case "INVALID_CAST_ARGUMENT":
		return "TRY_CAST gives NULL where CAST fails; records of NODATA and SKIPDATA have - for an address"
	case "NUMERIC_VALUE_OUT_OF_RANGE":
		return "cast to a wider type first, such as decimal(38, 0) or double"
	case "INVALID_FUNCTION_ARGUMENT":
		return "TRY(…) gives NULL where a function fails"
	case "SUBQUERY_MULTIPLE_ROWS":
		return "IN (SELECT …) takes several rows; max(…) or LIMIT 1 makes them one"
	}
	return ""
}
