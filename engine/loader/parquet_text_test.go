package loader

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	logical "github.com/apache/arrow-go/v18/parquet/schema"

	"github.com/vpcq/vpcq/schema"
)

// oneColumn is a Parquet object of a column c with a null and then these values.
func oneColumn(t *testing.T, stored parquet.Type, of logical.LogicalType, length int, write func(file.ColumnChunkWriter, []int16)) []byte {
	t.Helper()
	node, err := logical.NewPrimitiveNodeLogical("c", parquet.Repetitions.Optional, of, stored, length, -1)
	if err != nil {
		t.Fatal(err)
	}
	root, err := logical.NewGroupNode("schema", parquet.Repetitions.Required, logical.FieldList{node}, -1)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := file.NewParquetWriter(&b, root)
	column, err := w.AppendRowGroup().NextColumn()
	if err != nil {
		t.Fatal(err)
	}
	write(column, []int16{0, 1, 1})
	if err := column.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// written writes the extremes of a physical type.
func written(column file.ColumnChunkWriter, levels []int16) {
	var err error
	switch w := column.(type) {
	case *file.BooleanColumnChunkWriter:
		_, err = w.WriteBatch([]bool{true, false}, levels, nil)
	case *file.Int32ColumnChunkWriter:
		_, err = w.WriteBatch([]int32{-5, 20394}, levels, nil)
	case *file.Int64ColumnChunkWriter:
		_, err = w.WriteBatch([]int64{-1_500, 1_762_079_999_999_500}, levels, nil)
	case *file.Float32ColumnChunkWriter:
		_, err = w.WriteBatch([]float32{0.1, float32(math.Inf(-1))}, levels, nil)
	case *file.Float64ColumnChunkWriter:
		_, err = w.WriteBatch([]float64{0.1, 1e300}, levels, nil)
	case *file.Int96ColumnChunkWriter:
		_, err = w.WriteBatch([]parquet.Int96{{0, 0, 0, 0, 0, 0, 0, 0, 0x8c, 0x3d, 0x25}, {0, 0xca, 0x9a, 0x3b, 0, 0, 0, 0, 0x8c, 0x3d, 0x25}}, levels, nil)
	case *file.ByteArrayColumnChunkWriter:
		_, err = w.WriteBatch([]parquet.ByteArray{{0xff}, {1, 0}}, levels, nil)
	case *file.FixedLenByteArrayColumnChunkWriter:
		_, err = w.WriteBatch([]parquet.FixedLenByteArray{{0xff, 0xff, 0xff}, {1, 0, 0}}, levels, nil)
	}
	if err != nil {
		panic(err)
	}
}

// TestStoredForms reads the examples of all forms.
func TestStoredForms(t *testing.T) {
	want := map[string]string{
		"boolean BOOLEAN": "true false", "date INT32": "1969-12-27 2025-11-02", "float FLOAT": "0.1 -Infinity", "double DOUBLE": "0.1 1e+300",
		"double FLOAT": "0.10000000149011612 -Infinity", "timestamp INT64": "1969-12-31_23:59:59.999 2025-11-02_10:40:00.000",
		"timestamp INT96": "1970-01-01_00:00:00.000 1970-01-01_00:00:01.000", "decimal INT32": "-0.05 203.94", "decimal INT64": "-15.00 17620799999995.00",
		"decimal FIXED_LEN_BYTE_ARRAY": "-0.01 655.36", "decimal BYTE_ARRAY": "-0.01 2.56", "binary BYTE_ARRAY": "/w== AQA=",
	}
	for _, f := range storedForms {
		name := fmt.Sprintf("%s %s", f.declared, f.stored)
		body := oneColumn(t, f.stored, f.example, 3, written)
		column := schema.Column{Name: "c", Type: schema.String}
		if f.text == nil {
			column.Type = f.declared
		}
		declared := &Declared{Parquet: true, Format: schema.Format{Columns: []schema.Column{{Name: "c", Type: f.declared}}}}
		got, _, err := answer(t, body, Options{Columns: []schema.Column{column}, Declared: declared})
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], " ", "_")
		}
		if err != nil || len(got) != 3 || !slices.Equal(got[1:], strings.Fields(want[name])) || got[0] == got[1] {
			t.Errorf("%s: %q, want a null and %q, error %v", name, got, want[name], err)
		}
		declared.Format.Columns[0].Type = schema.Boolean
		if f.declared == schema.Boolean {
			declared.Format.Columns[0].Type = schema.Double
		}
		if _, _, err := answer(t, body, Options{Columns: []schema.Column{{Name: "c", Type: schema.String}}, Declared: declared}); err == nil || !strings.Contains(err.Error(), "column c is stored as ") {
			t.Errorf("%s read as another type: %v", name, err)
		}
	}
}
