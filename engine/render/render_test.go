package render

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
)

// result is a result of a test: columns and batches of them.
type result struct {
	columns []Column
	batches []arrow.RecordBatch
}

// texted is a result of varchar columns, whose values are the JSON arrays of
// one batch: a column each.
func texted(t testing.TB, names []string, columns ...string) result {
	t.Helper()
	var r result
	var arrays []arrow.Array
	for i, name := range names {
		r.columns = append(r.columns, Column{Name: name, Type: varcharType})
		arrays = append(arrays, values(t, arrow.BinaryTypes.String, columns[i]))
	}
	r.batches = []arrow.RecordBatch{batch(arrays...)}
	return r
}

func batch(columns ...arrow.Array) arrow.RecordBatch {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: fmt.Sprint(i), Type: c.DataType(), Nullable: true}
	}
	return array.NewRecordBatch(arrow.NewSchema(fields, nil), columns, int64(columns[0].Len()))
}

// write gives what a format makes of a result.
func write(t testing.TB, format string, o Options, r result) string {
	t.Helper()
	var out strings.Builder
	w, err := New(format, &out, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(r.columns); err != nil {
		t.Fatal(err)
	}
	for _, b := range r.batches {
		if err := w.Batch(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.End(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// example is the result of which the formats show their Example, a row in each batch.
func example(t testing.TB) result {
	r := result{columns: []Column{{Name: "srcaddr", Type: varcharType}, {Name: "bytes", Type: bigintType}}}
	for _, row := range [][2]string{{`["10.0.0.1"]`, `[840]`}, {`[null]`, `[40]`}} {
		r.batches = append(r.batches, batch(values(t, arrow.BinaryTypes.String, row[0]), values(t, arrow.PrimitiveTypes.Int64, row[1])))
	}
	return r
}

func TestExamples(t *testing.T) {
	for _, f := range Formats {
		if got := write(t, f.Name, Options{Header: true}, example(t)); got != f.Example {
			t.Errorf("%s writes\n%swant\n%s", f.Name, got, f.Example)
		}
		if f.Doc == "" || strings.Contains(f.Doc, "\n") {
			t.Errorf("the doc of %s is no line: %q", f.Name, f.Doc)
		}
	}
}

func TestNoRows(t *testing.T) {
	for format, want := range map[string]string{
		"table":      " srcaddr | bytes\n---------+------\n(0 rows)\n",
		"csv":        "srcaddr,bytes\n",
		"tsv":        "srcaddr\tbytes\n",
		"json":       "[]\n",
		"jsonl":      "",
		"markdown":   "| srcaddr | bytes |\n|---------|------:|\n",
		"vertical":   "",
		"athena-csv": "\"srcaddr\",\"bytes\"\n",
	} {
		if got := write(t, format, Options{Header: true}, result{columns: example(t).columns}); got != want {
			t.Errorf("%s writes %q, want %q", format, got, want)
		}
	}
}

func TestNoHeader(t *testing.T) {
	for format, want := range map[string]string{
		"table":      " 10.0.0.1 | 840\n NULL     |  40\n",
		"csv":        "10.0.0.1,840\n,40\n",
		"tsv":        "10.0.0.1\t840\n\\N\t40\n",
		"athena-csv": "\"10.0.0.1\",\"840\"\n,\"40\"\n",
	} {
		if got := write(t, format, Options{}, example(t)); got != want {
			t.Errorf("%s writes %q, want %q", format, got, want)
		}
	}
}

func TestNullAsAsked(t *testing.T) {
	for _, f := range Formats {
		got := write(t, f.Name, Options{Header: true, Null: "none"}, example(t))
		if strings.Contains(got, "none") == strings.HasPrefix(f.Name, "json") {
			t.Errorf("%s writes %s", f.Name, got)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := New("xml", nil, Options{}); err == nil || !strings.Contains(err.Error(), "table, csv") {
		t.Errorf("an unknown format: %v", err)
	}
	for format, null := range map[string]string{"csv": "a,b", "tsv": "a\tb", "athena-csv": `"`} {
		if _, err := New(format, nil, Options{Null: null}); err == nil {
			t.Errorf("%s takes %q for NULL", format, null)
		}
	}
}

func TestBatchRefuses(t *testing.T) {
	w, err := New("csv", &strings.Builder{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Begin(example(t).columns); err != nil {
		t.Fatal(err)
	}
	narrow := batch(values(t, arrow.PrimitiveTypes.Int64, `[1]`))
	if err := w.Batch(narrow); err == nil {
		t.Error("a batch of another width is taken")
	}
	other := batch(values(t, arrow.PrimitiveTypes.Int64, `[1]`), values(t, arrow.PrimitiveTypes.Int64, `[1]`))
	if err := w.Batch(other); err == nil || !strings.Contains(err.Error(), "srcaddr") {
		t.Errorf("a bigint in a varchar column: %v", err)
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrorsComeBack(t *testing.T) {
	for _, f := range Formats {
		w, err := New(f.Name, full{}, Options{Header: true})
		if err != nil {
			t.Fatal(err)
		}
		r := example(t)
		err = w.Begin(r.columns)
		err = errors.Join(err, w.Batch(r.batches[0]), w.End())
		if !errors.Is(err, errFull) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
}

// pieces counts the largest piece written.
type pieces struct{ largest int }

func (p *pieces) Write(b []byte) (int, error) {
	p.largest = max(p.largest, len(b))
	return len(b), nil
}

func TestMemoryDoesNotGrowWithTheResult(t *testing.T) {
	r := example(t)
	for _, f := range Formats {
		var p pieces
		w, err := New(f.Name, &p, Options{Header: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Begin(r.columns); err != nil {
			t.Fatal(err)
		}
		for range 20_000 {
			if err := w.Batch(r.batches[0]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.End(); err != nil {
			t.Fatal(err)
		}
		if p.largest == 0 || p.largest > 2*spill {
			t.Errorf("%s wrote %d bytes at once", f.Name, p.largest)
		}
	}
}

// BenchmarkCSV writes the 14 columns of the default format.
func BenchmarkCSV(b *testing.B) { benchmark(b, "csv") }

func BenchmarkJSONL(b *testing.B) { benchmark(b, "jsonl") }

func BenchmarkTable(b *testing.B) { benchmark(b, "table") }

func benchmark(b *testing.B, format string) {
	const rows = 2048
	var r result
	var arrays []arrow.Array
	for i := range 14 {
		if i%2 == 0 {
			r.columns = append(r.columns, Column{Name: fmt.Sprint(i), Type: varcharType})
			arrays = append(arrays, values(b, arrow.BinaryTypes.String, "["+strings.Repeat(`"10.0.112.13",`, rows-1)+`null]`))
		} else {
			r.columns = append(r.columns, Column{Name: fmt.Sprint(i), Type: bigintType})
			arrays = append(arrays, values(b, arrow.PrimitiveTypes.Int64, "["+strings.Repeat("1761955199,", rows-1)+"0]"))
		}
	}
	rec := batch(arrays...)
	w, err := New(format, &pieces{}, Options{Header: true, Width: 120})
	if err != nil {
		b.Fatal(err)
	}
	if err := w.Begin(r.columns); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Batch(rec); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
}
