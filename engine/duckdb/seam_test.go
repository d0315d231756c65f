//go:build unix

package duckdb

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"slices"
	"syscall"
	"testing"
	"testing/fstest"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"
	"github.com/klauspost/compress/gzip"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// BenchmarkSeam measures what Arrow costs between the loader and DuckDB: top
// talkers over a gzip'd log, and beside it the copying of as many records, of
// the same addresses, from batches into DuckDB's vectors, in time of the processor.
// The share is of the query without the copying, and the most that a loader could
// save that filled the vectors itself: texts over 12 bytes have to be copied into
// DuckDB's memory by whoever fills.
func BenchmarkSeam(b *testing.B) {
	const records = 1 << 20
	db, err := Open(Options{Threads: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	bucket := fstest.MapFS{"AWSLogs/111122223333/vpcflowlogs/eu-west-1/2024/03/02/a.log.gz": {Data: flowLog(b, records)}}
	e := engine.New(db, engine.Options{Source: source.FS(bucket, "the bucket")})
	const sql = "SELECT srcaddr, dstaddr, sum(bytes) AS total FROM vpc_flow_logs GROUP BY srcaddr, dstaddr ORDER BY total DESC LIMIT 10"
	asked, copied := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for b.Loop() { // in turn, and the least of each: other programs run too
		began := cpuTime(b)
		endQuery(b, e, sql, func(_ context.CancelFunc, r *engine.Result) error { return exhaust(r) }, "<nil>")
		asked = min(asked, cpuTime(b)-began)
		copied = min(copied, copyAll(b, records))
	}
	b.ReportMetric(float64(asked.Nanoseconds())/records, "ns/record")
	b.ReportMetric(float64(copied.Nanoseconds())/records, "copied-ns/record")
	b.ReportMetric(100*float64(copied)/float64(asked-copied), "%")
}

// flowLog is a gzip'd log of the default format whose records are flowBatch's.
func flowLog(b *testing.B, records int) []byte {
	b.Helper()
	var log bytes.Buffer
	zip := gzip.NewWriter(&log)
	io.WriteString(zip, "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n")
	for from := 0; from < records; from += vectorSize {
		batch := flowBatch(from)
		for i := range batch.Rows {
			fmt.Fprintf(zip, "2 111122223333 %s %s %s %d 443 6 %d %d %d %d ACCEPT OK\n", batch.StringAt(0, i), batch.StringAt(1, i), batch.StringAt(2, i),
				1024+(from+i)*7919%64000, 1+i%40, batch.Vectors[3].Int64[i], 1709337600+from/100, 1709337660+from/100)
		}
	}
	if err := zip.Close(); err != nil {
		b.Fatal(err)
	}
	return log.Bytes()
}

// copyAll is how long it takes to copy the talkers' columns of so many records
// into a chunk.
func copyAll(b *testing.B, records int64) time.Duration {
	columns := slices.DeleteFunc(slices.Clone(flowColumns), func(c schema.Column) bool {
		return c.Name == "interface_id" || c.Name == "date"
	})
	var types []mapping.LogicalType
	for _, c := range columns {
		types = append(types, mapping.CreateLogicalType(typeOf(c.Type)))
	}
	chunk := mapping.CreateDataChunk(types)
	defer mapping.DestroyDataChunk(&chunk)
	for i := range types {
		mapping.DestroyLogicalType(&types[i])
	}
	pass, err := repeated(records)(b.Context(), columns)
	if err != nil {
		b.Fatal(err)
	}
	reader := pass()
	defer reader.Close()
	began := cpuTime(b)
	for {
		batch, err := reader.Next(context.Background())
		if err != nil {
			return cpuTime(b) - began
		}
		for i := range columns {
			fillVector(chunk, i, &batch, i)
		}
		mapping.DataChunkReset(chunk)
	}
}

// cpuTime is how long all threads of the process have worked.
func cpuTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// TestScansMakeNoGarbage holds how much of Go's memory is taken for each record
// between an object's bytes and the answer: less than one allocation for a
// thousand, by the difference between many records and more.
func TestScansMakeNoGarbage(t *testing.T) {
	const few, many, bound = 50_000, 200_000, 1000 // the bound: allocations for a million records
	db := open(t)
	allocations := func(records int) float64 {
		bucket := fstest.MapFS{"AWSLogs/111122223333/vpcflowlogs/eu-west-1/2024/03/02/a.log": {Data: talkersText(records)}}
		e := engine.New(db, engine.Options{Source: source.FS(bucket, "the bucket")})
		return testing.AllocsPerRun(3, func() {
			endQuery(t, e, "SELECT srcaddr, interface_id, sum(bytes) FROM vpc_flow_logs WHERE action = 'ACCEPT' GROUP BY 1, 2",
				func(_ context.CancelFunc, r *engine.Result) error { return exhaust(r) }, "<nil>")
		})
	}
	million := (allocations(many) - allocations(few)) * 1e6 / (many - few)
	t.Logf("%.0f allocations for a million records", million)
	if million > bound {
		t.Errorf("%.0f allocations for a million records, at most %d are allowed", million, bound)
	}
}

// talkersText is an object of n records.
func talkersText(n int) []byte {
	text := []byte("interface-id srcaddr bytes action\n")
	for i := range n {
		text = fmt.Appendf(text, "eni-0a1b2c3d4e5f6%04d 10.0.%d.%d %d ACCEPT\n", i%500, i%7, i%250, i)
	}
	return text
}
