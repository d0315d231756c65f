package duckdb

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// BenchmarkFill measures what it costs that batches cross into DuckDB: the
// batch is made once, so there is nothing else but what the query itself costs.
func BenchmarkFill(b *testing.B) {
	queries := []struct{ name, sql string }{
		{"talkers", `SELECT srcaddr, dstaddr, sum(bytes) AS total FROM vpcq_scan(0) GROUP BY srcaddr, dstaddr ORDER BY total DESC LIMIT 10`},
		{"sum", `SELECT sum(bytes) FROM vpcq_scan(0)`},
		{"strings", `SELECT max(srcaddr), max(dstaddr) FROM vpcq_scan(0)`},
		{"long", `SELECT max(interface_id) FROM vpcq_scan(0)`},
		{"count", `SELECT count(*) FROM vpcq_scan(0)`},
		{"filter", `SELECT srcaddr, bytes FROM vpcq_scan(0) WHERE bytes = 1000 AND dstaddr LIKE '%9'`},
		{"constant", `SELECT date, interface_id, count(*) FROM vpcq_scan(0) GROUP BY date, interface_id`},
	}
	const records = 4 << 20
	scan := engine.Scan{Columns: flowColumns, Open: repeated(records)}
	db := open(b)
	for _, q := range queries {
		b.Run(q.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := answer(b.Context(), db, engine.Job{SQL: q.sql, Scans: map[int]engine.Scan{0: scan}}); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
		})
	}
}

// BenchmarkFillVector measures the crossing alone, column by column.
func BenchmarkFillVector(b *testing.B) {
	batch := flowBatch(0)
	for i, column := range flowColumns {
		b.Run(column.Name, func(b *testing.B) {
			logical := mapping.CreateLogicalType(typeOf(column.Type))
			defer mapping.DestroyLogicalType(&logical)
			chunk := mapping.CreateDataChunk([]mapping.LogicalType{logical})
			defer mapping.DestroyDataChunk(&chunk)
			for b.Loop() {
				fillVector(chunk, 0, &batch, i)
				mapping.DataChunkReset(chunk)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/vectorSize, "ns/record")
		})
	}
}

var flowColumns = []schema.Column{
	{Name: "interface_id", Type: schema.String},
	{Name: "srcaddr", Type: schema.String},
	{Name: "dstaddr", Type: schema.String},
	{Name: "bytes", Type: schema.BigInt},
	{Name: "date", Type: schema.Date},
}

// repeated gives so many records: the same 64 batches again and again.
func repeated(records int64) func(context.Context, []schema.Column) (engine.Pass, error) {
	var made []loader.Batch
	for i := range 64 {
		made = append(made, flowBatch(i*vectorSize))
	}
	return func(ctx context.Context, columns []schema.Column) (engine.Pass, error) {
		var batches []loader.Batch
		for _, batch := range made {
			var vectors []loader.Vector
			for _, column := range columns {
				vectors = append(vectors, batch.Vectors[slices.Index(flowColumns, column)])
			}
			batches = append(batches, loader.Batch{Rows: vectorSize, Vectors: vectors, Text: batch.Text})
		}
		table := &synthetic{records: records}
		readers, err := table.pass(ctx, columns)
		if err != nil {
			return nil, err
		}
		return func() engine.Reader {
			return &repeatedReader{syntheticReader: readers().(*syntheticReader), batches: batches}
		}, nil
	}
}

type repeatedReader struct {
	*syntheticReader
	batches []loader.Batch
}

func (r *repeatedReader) Next(ctx context.Context) (loader.Batch, error) {
	from, n, err := r.take(ctx)
	if err != nil {
		return loader.Batch{}, err
	}
	b := r.batches[from/vectorSize%int64(len(r.batches))]
	b.Rows = int(n)
	return b, nil
}

// flowBatch makes vectorSize records of flowColumns: addresses of 11 to 15
// characters, some 20,000 pairs; interfaces of 21; one date.
func flowBatch(from int) loader.Batch {
	texts := &syntheticReader{}
	b := loader.Batch{Rows: vectorSize}
	for _, column := range flowColumns {
		v := loader.Vector{Type: column.Type, Constant: column.Name == "date"}
		for id := from; id < from+vectorSize; id++ {
			k := id * 2654435761 % 20011
			switch column.Name {
			case "interface_id":
				v.Views = append(v.Views, texts.view(fmt.Sprintf("eni-0a1b2c3d4e5f6%04d", k%500), 0))
			case "srcaddr":
				v.Views = append(v.Views, texts.view(fmt.Sprintf("10.0.%d.%d", 100+k%7, k%250), 0))
			case "dstaddr":
				v.Views = append(v.Views, texts.view(fmt.Sprintf("198.51.%d.%d", 100+k%90, k%250), 0))
			case "bytes":
				v.Int64 = append(v.Int64, int64(40+id%1460))
			case "date":
				v.Int32 = append(v.Int32, 19784)
			}
		}
		b.Vectors = append(b.Vectors, v)
	}
	b.Text = texts.text
	return b
}

// Text of every length and place arrives, and stays when the reader's memory is written over.
func TestFillText(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		var want []string
		longest := []int{13, 14, 40, 300, 100_000}[round%5]
		batches := min(20, 400_000/longest)
		scan := engine.Scan{Columns: []schema.Column{{Name: "a", Type: schema.String}}}
		scan.Open = func(context.Context, []schema.Column) (engine.Pass, error) {
			r := &textReader{batches: batches, make: func() []string {
				rows := make([]string, 1+random.IntN(min(vectorSize, 2_000_000/longest)))
				for i := range rows {
					rows[i] = strings.Repeat(string(rune('a'+random.IntN(26))), random.IntN(longest+1))
				}
				want = append(want, rows...)
				return rows
			}}
			return func() engine.Reader { return r }, nil
		}
		db, err := Open(Options{Threads: 1}) // one reader, whose calls the test need not guard
		if err != nil {
			t.Fatal(err)
		}
		got, err := answer(t.Context(), db, engine.Job{SQL: "SELECT a FROM vpcq_scan(0)", Scans: map[int]engine.Scan{0: scan}})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("round %d: text of up to %d bytes differs", round, longest)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

// textReader gives so many batches of a column of text, of either buffer, in
// the same memory.
type textReader struct {
	batches int
	make    func() []string
	syntheticReader
	views []loader.View
}

func (r *textReader) Next(context.Context) (loader.Batch, error) {
	if r.batches == 0 {
		return loader.Batch{}, io.EOF
	}
	r.batches--
	r.views, r.text[0], r.text[1] = r.views[:0], r.text[0][:0], r.text[1][:0]
	rows := r.make()
	for i, text := range rows {
		r.views = append(r.views, r.view(text, i/3%2))
	}
	return loader.Batch{Rows: len(rows), Vectors: []loader.Vector{{Type: schema.String, Views: r.views}}, Text: r.text}, nil
}

func (r *textReader) Close() {}

func TestFillVectorSize(t *testing.T) {
	if n := mapping.VectorSize(); n != vectorSize {
		t.Errorf("DuckDB's vectors have %d rows, not %d", n, vectorSize)
	}
}

// Batches without records are no end.
func TestFillEmptyBatch(t *testing.T) {
	scan := engine.Scan{Columns: []schema.Column{{Name: "a"}}, Open: func(context.Context, []schema.Column) (engine.Pass, error) {
		r := &textReader{batches: 3}
		r.make = func() []string { return []string{"x"}[:r.batches%2] }
		return func() engine.Reader { return r }, nil
	}}
	db, err := Open(Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	check(t, db, engine.Job{SQL: "SELECT a FROM vpcq_scan(0)", Scans: map[int]engine.Scan{0: scan}}, "x")
}

// A batch that is too large for a chunk is refused, not cut.
func TestFillTooLarge(t *testing.T) {
	scan := engine.Scan{Columns: flowColumns, Open: func(context.Context, []schema.Column) (engine.Pass, error) {
		return func() engine.Reader { return oversized{} }, nil
	}}
	_, err := answer(t.Context(), open(t), engine.Job{SQL: "SELECT bytes FROM vpcq_scan(0)", Scans: map[int]engine.Scan{0: scan}})
	if want := "fill a chunk: a batch has 2049 records, at most 2048 fit"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

type oversized struct{}

func (oversized) Next(context.Context) (loader.Batch, error) {
	return loader.Batch{Rows: vectorSize + 1}, nil
}
func (oversized) Count(context.Context) (int64, error) { return 0, io.EOF }
func (oversized) Close()                               {}
