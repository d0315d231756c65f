package duckdb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/engine"
)

var _ engine.Writer = (*DB)(nil)

// fileSize is how large a file of Parquet grows before the next begins, in
// bytes: reading holds a whole file in memory.
const fileSize = 128 << 20

// Write implements engine.Writer. The files are written by a DuckDB of the job's
// own, which reaches the directory of the files: db itself stays closed.
func (db *DB) Write(ctx context.Context, j engine.Job, to engine.Files) (int64, error) {
	options := db.options
	options.Files = append(slices.Clone(options.Files), filepath.Dir(to.Dir))
	own, err := Open(options)
	if err != nil {
		return 0, err
	}
	defer own.Close()
	conn, err := own.connect()
	if err != nil {
		return 0, err
	}
	r := newRows(ctx, own, conn, j.Scans)
	defer r.Close()
	if err := r.useStored(); err != nil {
		return 0, err
	}
	rows := int64(0)
	if err = r.begin(copySQL(j.SQL, to), mapping.StatementTypeCopy); err == nil {
		rows, err = r.written()
	}
	return rows, unwritten(to.Dir, err)
}

// copySQL writes the statement that puts the rows of a query into files.
func copySQL(query string, to engine.Files) string {
	compression := strings.ToLower(to.Compression)
	if to.Compression == "NONE" {
		compression = "uncompressed"
	}
	options := []string{"FORMAT parquet", "COMPRESSION " + compression}
	if to.Lines { // one column of CSV without quotes is a line as it stands
		options = []string{"FORMAT csv", "QUOTE ''", "ESCAPE ''", fmt.Sprintf("HEADER %t", to.Header), "COMPRESSION " + strings.ToLower(to.Compression)}
	}
	if to.Level > 0 {
		options = append(options, fmt.Sprintf("COMPRESSION_LEVEL %d", to.Level))
	}
	if len(to.Keys) == 0 {
		options = append(options, fmt.Sprintf("FILE_SIZE_BYTES %d", fileSize))
	} else {
		names := make([]string, len(to.Keys))
		for i, k := range to.Keys {
			names[i] = quoteName(k)
		}
		options = append(options, "PARTITION_BY ("+strings.Join(names, ", ")+")")
	}
	return "COPY (" + query + ") TO " + quoteText(to.Dir) + " (" + strings.Join(options, ", ") + ")"
}

// written waits for a COPY, and returns how many rows it put into files.
func (r *rows) written() (rows int64, err error) {
	for {
		batch, err := r.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return 0, err
		}
		counts, ok := batch.Column(0).(*array.Int64)
		if !ok {
			return 0, fmt.Errorf("write rows: DuckDB counts them in %s", batch.Column(0).DataType())
		}
		for i := range counts.Len() {
			rows += counts.Value(i)
		}
	}
}
