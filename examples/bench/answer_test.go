package main

import (
	"testing"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
)

// batchOf is a batch of a string and a number a row; an empty string is null.
func batchOf(texts []string, numbers []int64) arrow.RecordBatch {
	schema := arrow.NewSchema([]arrow.Field{{Name: "s", Type: arrow.BinaryTypes.String}, {Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for i, s := range texts {
		if s == "" {
			b.Field(0).AppendNull()
		} else {
			b.Field(0).(*array.StringBuilder).Append(s)
		}
		b.Field(1).(*array.Int64Builder).Append(numbers[i])
	}
	return b.NewRecordBatch()
}

func TestAnswer(t *testing.T) {
	of := func(hashed bool, batches ...arrow.RecordBatch) string {
		var a answer
		for _, b := range batches {
			if err := a.add(b, hashed); err != nil {
				t.Fatal(err)
			}
		}
		return a.String()
	}
	if got := of(false, batchOf([]string{"a", ""}, []int64{1, 2})); got != "a 1\n- 2" {
		t.Errorf("rows %q", got)
	}
	base := of(true, batchOf([]string{"a", "b", ""}, []int64{1, 2, 3}))
	for name, test := range map[string]struct {
		same  bool
		other string
	}{
		"another order":       {true, of(true, batchOf([]string{"", "a", "b"}, []int64{3, 1, 2}))},
		"in two batches":      {true, of(true, batchOf([]string{"b"}, []int64{2}), batchOf([]string{"a", ""}, []int64{1, 3}))},
		"a dash for the null": {true, of(true, batchOf([]string{"a", "b", "-"}, []int64{1, 2, 3}))},
		"another string":      {false, of(true, batchOf([]string{"a", "c", ""}, []int64{1, 2, 3}))},
		"another number":      {false, of(true, batchOf([]string{"a", "b", ""}, []int64{1, 2, 4}))},
		"numbers swapped":     {false, of(true, batchOf([]string{"a", "b", ""}, []int64{2, 1, 3}))},
		"a row twice":         {false, of(true, batchOf([]string{"a", "b", "", ""}, []int64{1, 2, 3, 3}))},
		"one null more":       {false, of(true, batchOf([]string{"a", "", ""}, []int64{1, 2, 3}))},
	} {
		if (base == test.other) != test.same {
			t.Errorf("%s: %s and %s", name, base, test.other)
		}
	}
}

func TestAnswerOfOtherTypes(t *testing.T) {
	b := array.NewBooleanBuilder(memory.DefaultAllocator)
	b.Append(true)
	column := b.NewArray()
	schema := arrow.NewSchema([]arrow.Field{{Name: "b", Type: column.DataType()}}, nil)
	if err := new(answer).add(array.NewRecordBatch(schema, []arrow.Array{column}, 1), true); err == nil {
		t.Error("a boolean is hashed")
	}
}
