package loader

import (
	"context"
	"strings"
	"testing"
	"unsafe"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"

	"github.com/vpcq/vpcq/schema"
)

// A batch's Record must say what its vectors say.
func TestRecord(t *testing.T) {
	object := objectOf("a")
	object.Values = map[string]schema.Value{"region": schema.StringValue("ap-southeast-1"), "date": {Type: schema.Date, Int: 19784}}
	text := sample + "2 \xff\xfe\xfd\xfc\xfb\xfa \\N 10.0.0.9\n"
	opt := Options{Source: memorySource{"a": []byte(text)}, BadRows: Null, Stats: new(Stats)}
	opt.Columns = columns("version:int account_id srcaddr dstaddr bytes:bigint region date:date vpc_id")
	r := NewScan(opt, queueOf(object)).Reader()
	defer r.Close()
	b, err := r.Next(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	record := b.Record()
	if record.NumRows() != 4 || record.Schema().Field(4).Name != "bytes" {
		t.Fatalf("%d rows of %v", record.NumRows(), record.Schema())
	}
	for row, want := range rowsOf(b) {
		var cells []string
		for _, column := range record.Columns() {
			cells = append(cells, arrowCell(column, row))
		}
		if got := strings.Join(cells, "|"); got != want {
			t.Errorf("row %d: %s, want %s", row, got, want)
		}
	}
}

func arrowCell(column arrow.Array, row int) string {
	if column.IsNull(row) {
		return "∅"
	}
	switch c := column.(type) {
	case *array.StringView:
		return c.Value(row)
	default:
		return column.ValueStr(row)
	}
}

// The layout of a View is Arrow's.
func TestViewIsArrows(t *testing.T) {
	for _, s := range []string{"", "a", "abcd", "abcde", "123456789012", "1234567890123", strings.Repeat("x", 300)} {
		var want arrow.ViewHeader
		want.SetString(s)
		if len(s) > InlineLen {
			want.SetIndexOffset(1, 77)
		}
		view := viewOf([]byte(s), 1, 77)
		if got := *(*arrow.ViewHeader)(unsafe.Pointer(&view)); got != want {
			t.Errorf("view of %q: %x, want %x", s, got, want)
		}
		if view.Len() != len(s) || len(s) > InlineLen && (view.Buffer() != 1 || view.Offset() != 77) {
			t.Errorf("view of %q: length %d, buffer %d, offset %d", s, view.Len(), view.Buffer(), view.Offset())
		}
	}
}

func TestNextMakesNoGarbage(t *testing.T) {
	format, _ := schema.ParseHeader([]byte(defaultHeader))
	opt := Options{Source: memorySource{"a": benchText()}, Columns: format.Columns, BadRows: Null, Stats: new(Stats)}
	r := NewScan(opt, queueOf(objectOf("a"))).Reader()
	defer r.Close()
	next := func() {
		if _, err := r.Next(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	if n := testing.AllocsPerRun(20, next); n > 0 {
		t.Errorf("%v allocations a batch", n)
	}
}
