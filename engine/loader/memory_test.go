package loader

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// memorySource is a source whose objects are in memory, by key.
type memorySource map[string][]byte

func (m memorySource) Open(_ context.Context, key string) (io.ReadCloser, error) {
	body, ok := m[key]
	if !ok {
		return nil, fmt.Errorf("open object %s: no such object", key)
	}
	return io.NopCloser(bytes.NewReader(body)), nil
}

func (m memorySource) Children(context.Context, string) iter.Seq2[source.Entry, error] { return nil }
func (m memorySource) Objects(context.Context, string) iter.Seq2[source.Object, error] { return nil }
func (m memorySource) String() string                                                  { return "memory" }

// queueOf gives the objects with these keys, one after another, to one goroutine.
func queueOf(objects ...Object) Queue {
	return func(context.Context) (Object, error) {
		if len(objects) == 0 {
			return Object{}, io.EOF
		}
		object := objects[0]
		objects = objects[1:]
		return object, nil
	}
}

func objectOf(key string) Object { return Object{Object: source.Object{Key: key}} }

// zip returns text as gzip data, one member for each.
func zip(texts ...string) []byte {
	var b bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&b)
		io.WriteString(w, text)
		w.Close()
	}
	return b.Bytes()
}

// rowsOf returns the rows of a batch, printed: "∅" for null.
func rowsOf(b Batch) []string {
	var rows []string
	for i := range b.Rows {
		var cells []string
		for c := range b.Vectors {
			cells = append(cells, cell(b, c, i))
		}
		rows = append(rows, strings.Join(cells, "|"))
	}
	return rows
}

func cell(b Batch, c, i int) string {
	v := &b.Vectors[c]
	switch {
	case v.IsNull(i):
		return "∅"
	case v.Type == schema.String:
		return b.StringAt(c, i)
	case v.Type == schema.BigInt:
		return schema.IntValue(v.Int64[i]).String()
	case v.Type == schema.Date:
		return schema.Value{Type: schema.Date, Int: int64(v.Int32[i])}.String()
	}
	return schema.IntValue(int64(v.Int32[i])).String()
}

// readAll reads a scan of one reader to its end; it checks that every line is
// accounted for.
func readAll(t testing.TB, s *Scan) (rows []string, err error) {
	t.Helper()
	r := s.Reader()
	defer r.Close()
	for {
		b, err := r.Next(context.Background())
		if err != nil {
			checkLines(t, s.opt.Stats)
			if err == io.EOF {
				err = nil
			}
			return rows, err
		}
		if b.Rows < 1 || b.Rows > MaxRows {
			t.Errorf("a batch of %d rows", b.Rows)
		}
		rows = append(rows, rowsOf(b)...)
	}
}

func countAll(t testing.TB, s *Scan) (n int64, err error) {
	t.Helper()
	r := s.Reader()
	defer r.Close()
	for {
		k, err := r.Count(context.Background())
		n += k
		if err != nil {
			checkLines(t, s.opt.Stats)
			if err == io.EOF {
				err = nil
			}
			return n, err
		}
	}
}

func checkLines(t testing.TB, s *Stats) {
	t.Helper()
	if sum := s.Headers.Load() + s.Records.Load() + s.Rejected.Load(); s.Lines.Load() != sum {
		t.Errorf("%d lines, but %d headers + %d records + %d rejected",
			s.Lines.Load(), s.Headers.Load(), s.Records.Load(), s.Rejected.Load())
	}
}

// columns parses "srcaddr dstport:int bytes:bigint date:date".
func columns(s string) []schema.Column {
	types := map[string]schema.Type{"": schema.String, "int": schema.Int, "bigint": schema.BigInt, "date": schema.Date}
	var cs []schema.Column
	for _, f := range strings.Fields(s) {
		name, typ, _ := strings.Cut(f, ":")
		cs = append(cs, schema.Column{Name: name, Type: types[typ]})
	}
	return cs
}
