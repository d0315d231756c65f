package render_test

import (
	"fmt"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/render"
)

func ExampleNew() {
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrow.NewSchema([]arrow.Field{{Name: "share", Type: arrow.PrimitiveTypes.Float64}}, nil))
	b.Field(0).(*array.Float64Builder).AppendValues([]float64{0.5, 1e10}, nil)

	w, err := render.New("jsonl", os.Stdout, render.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	err = w.Begin([]render.Column{{Name: "share", Type: dialect.Type{Kind: dialect.DoubleKind}}})
	if err == nil {
		err = w.Batch(b.NewRecordBatch())
	}
	if err == nil {
		err = w.End()
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"share":0.5}
	// {"share":1.0E10}
}
