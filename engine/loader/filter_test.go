package loader

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/schema"
)

var filterable = columns("version:int srcaddr dstport:int bytes:bigint action region date:date vpc_id")

// randomWhere is a condition on filterable columns and on one that is not there.
func randomWhere(random *rand.Rand, depth int) schema.Predicate {
	if depth > 0 && random.IntN(2) == 0 {
		p := schema.Predicate{Op: []schema.Op{schema.And, schema.Or, schema.Not}[random.IntN(3)]}
		for range 1 + random.IntN(2) {
			p.Args = append(p.Args, randomWhere(random, depth-1))
		}
		return p
	}
	c := append(slices.Clone(filterable), schema.Column{Name: "elsewhere"})[random.IntN(len(filterable)+1)]
	ops := []schema.Op{schema.Unknown, schema.Eq, schema.Ne, schema.Lt, schema.Le, schema.Gt, schema.Ge, schema.In, schema.In, schema.IsNull}
	p := schema.Predicate{Op: ops[random.IntN(len(ops))], Column: c.Name}
	n := 1
	if p.Op == schema.In {
		n += random.IntN(3)
	}
	for range n {
		p.Values = append(p.Values, randomValue(random, c.Type))
	}
	return p
}

func randomValue(random *rand.Rand, t schema.Type) schema.Value {
	texts := []string{"REJECT", "ACCEPT", "-", "", "10.0.0.2", "10.0.0.9", "192.168.100.200", "eu-west-1", "x"}
	numbers := []int64{0, 2, 3, 22, 40, 443, 5, 12345678901}
	if t == schema.String {
		return schema.StringValue(texts[random.IntN(len(texts))])
	}
	if t == schema.Date {
		return schema.Value{Type: schema.Date, Int: 19784 + random.Int64N(2)}
	}
	return schema.IntValue(numbers[random.IntN(len(numbers))])
}

// mayMatch reports whether a condition may be true of a row as readAll prints it.
func mayMatch(where schema.Predicate, row string) bool {
	cells := strings.Split(row, "|")
	return where.CanMatch(func(column string) schema.Domain {
		i := slices.IndexFunc(filterable, func(c schema.Column) bool { return c.Name == column })
		switch {
		case i < 0:
			return schema.Anything
		case cells[i] == "∅":
			return schema.AlwaysNull
		case filterable[i].Type == schema.String:
			return schema.Exactly(schema.StringValue(cells[i]))
		}
		if day, err := time.Parse(time.DateOnly, cells[i]); err == nil {
			return schema.Exactly(schema.DateValue(day))
		}
		n, _ := strconv.ParseInt(cells[i], 10, 64)
		return schema.Exactly(schema.Value{Type: filterable[i].Type, Int: n})
	})
}

// Records that random conditions may be true of are given out with filters as
// they are without, and whatever is counted is counted alike.
func TestFiltersAreSound(t *testing.T) {
	rounds := 6000
	if testing.Short() {
		rounds = 1000
	}
	random := rand.New(rand.NewPCG(7, 8))
	left, kept := 0, 0
	for range rounds {
		text := sample
		for range random.IntN(4) {
			text += mutate(random, sample[strings.IndexByte(sample, '\n')+1:])
		}
		where := randomWhere(random, 3)
		opt := Options{Source: memorySource{"a": []byte(text)}, Columns: filterable, BadFiles: Warn, BadRows: []Policy{Null, Warn}[random.IntN(2)]}
		size := 60 + random.IntN(400)
		all, want := readWhere(t, opt, schema.Predicate{}, size)
		rows, got := readWhere(t, opt, where, size)
		if got != want {
			t.Fatalf("%q\nwhere %v\ncounts %v, without filters %v", text, where, got, want)
		}
		rest := rows
		for _, row := range all {
			if len(rest) > 0 && rest[0] == row {
				rest = rest[1:]
			} else if mayMatch(where, row) {
				t.Fatalf("%q\nwhere %v\nleaves out %s", text, where, row)
			}
		}
		if len(rest) > 0 {
			t.Fatalf("%q\nwhere %v\ngives %q, all are %q", text, where, rows, all)
		}
		left, kept = left+len(all)-len(rows), kept+len(rows)
	}
	if left < rounds || kept < rounds {
		t.Errorf("only %d records were left out and %d kept", left, kept)
	}
}

// readWhere reads the object with a filter, and the counts that no filter changes.
func readWhere(t *testing.T, opt Options, where schema.Predicate, size int) (rows []string, counts [6]int64) {
	opt.Where, opt.Stats = where, new(Stats)
	object := objectOf("a")
	object.Values = map[string]schema.Value{"region": schema.StringValue("eu-west-1"), "date": {Type: schema.Date, Int: 19784}}
	s := NewScan(opt, queueOf(object))
	s.text, s.maxLine = size, size
	rows, err := readAll(t, s)
	if err != nil {
		t.Fatal(err)
	}
	c := opt.Stats
	return rows, [6]int64{c.Lines.Load(), c.Headers.Load(), c.Records.Load(), c.Rejected.Load(), c.Damaged.Load(), c.ObjectsSkipped.Load()}
}

// A record that is left out counts as damaged like any other.
func TestFiltersCountDamage(t *testing.T) {
	where := schema.Predicate{Op: schema.Eq, Column: "bytes", Values: []schema.Value{schema.IntValue(1)}}
	text := "srcaddr bytes\na 1\nb x\nc 2\nd\ne 1 1\nf 2 2\n\xff 2\ng 1\n"
	opt := Options{Source: memorySource{"a": []byte(text)}, Columns: columns("srcaddr bytes:bigint"), BadRows: Null, Stats: new(Stats), Where: where}
	rows, err := readAll(t, NewScan(opt, queueOf(objectOf("a"))))
	if want := []string{"a|1", "e|1", "g|1"}; err != nil || !slices.Equal(rows, want) {
		t.Errorf("rows %q, error %v; want %q", rows, err, want)
	}
	if records, damaged := opt.Stats.Records.Load(), opt.Stats.Damaged.Load(); records != 8 || damaged != 5 {
		t.Errorf("%d records, %d damaged; want 8 and 5", records, damaged)
	}
}

// A batch is made of the records kept of a whole block, so that few of many are
// not handed over in small batches.
func TestFilteredBatchesAreFull(t *testing.T) {
	var text strings.Builder
	text.WriteString("dstport bytes\n")
	for i := range 3 * MaxRows {
		fmt.Fprintf(&text, "%d %d\n", i%3, i)
	}
	where := schema.Predicate{Op: schema.In, Column: "dstport", Values: []schema.Value{schema.IntValue(1)}}
	opt := Options{Source: memorySource{"a": []byte(text.String())}, Columns: columns("dstport:int bytes:bigint"), BadRows: Null, Stats: new(Stats), Where: where}
	r := NewScan(opt, queueOf(objectOf("a"))).Reader()
	defer r.Close()
	b, err := r.Next(context.Background())
	if err != nil || b.Rows != MaxRows || b.Vectors[1].Int64[MaxRows-1] != 3*MaxRows-2 {
		t.Errorf("%d rows, error %v", b.Rows, err)
	}
	if n := opt.Stats.Records.Load(); n < 3*MaxRows-2 || n > 3*MaxRows {
		t.Errorf("%d records, want about %d", n, 3*MaxRows)
	}
}

// BenchmarkFilter reads what 8 MB of text have of REJECT and of a port.
func BenchmarkFilter(b *testing.B) {
	for _, where := range []schema.Predicate{
		{},
		{Op: schema.Eq, Column: "action", Values: []schema.Value{schema.StringValue("REJECT")}},
		{Op: schema.Eq, Column: "dstport", Values: []schema.Value{schema.IntValue(3389)}},
		{Op: schema.Ge, Column: "start", Values: []schema.Value{schema.IntValue(0)}},
	} {
		b.Run(where.Column, func(b *testing.B) {
			opt := Options{Columns: columns("srcaddr dstport:int start:bigint bytes:bigint action"), BadRows: Null, Where: where}
			var stats Stats
			opt.Source, opt.Stats = memorySource{"a": benchText()}, &stats
			b.SetBytes(int64(len(benchText())))
			for b.Loop() {
				r := NewScan(opt, queueOf(objectOf("a"))).Reader()
				for {
					if _, err := r.Next(context.Background()); err != nil {
						break
					}
				}
				r.Close()
			}
		})
	}
}
