package engine

import (
	"context"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// tally is the values of so many records as its dialect.TallyColumn says, which
// all have the same as far as a statement asks for any.
type tally map[string]schema.Value

// isUniform reports whether all records of a part have the same values in the
// columns that a use needs: those that no object of the entry has.
func (p part) isUniform(use *dialect.TableUse) bool {
	return !slices.ContainsFunc(p.entry.Columns[:p.entry.Fields], func(c schema.Column) bool {
		return slices.Contains(use.Columns, c.Name) || use.Relation.Where.Mentions(c.Name)
	})
}

// canTally reports whether tallies can stand for all that the cache holds of the
// uses of a statement.
func canTally(all []serving, uses []*dialect.TableUse) bool {
	for i, v := range all {
		for _, p := range v.parts {
			if !uses[i].Tallies || !p.isUniform(uses[i]) {
				return false
			}
		}
	}
	return true
}

// give makes a tally of each part, so that no file need be read, or else has the
// files read.
func (v *serving) give(tallies bool) {
	v.tallied = tallies && len(v.parts) > 0
	for _, p := range v.parts {
		if !v.tallied {
			v.store(p.entry, p.fresh)
			continue
		}
		for partition, records := range p.records {
			if records > 0 {
				v.tallies = append(v.tallies, withRecords(partition.Values(), records))
			}
		}
	}
}

// withRecords is the values of records that are so many.
func withRecords(values map[string]schema.Value, records int64) tally {
	all := make(tally, len(values)+1)
	maps.Copy(all, values)
	all[dialect.TallyColumn.Name] = schema.IntValue(records)
	return all
}

// oneByOne gives objects whose records count for themselves.
func oneByOne(next loader.Queue) loader.Queue {
	return func(ctx context.Context) (loader.Object, error) {
		o, err := next(ctx)
		if err == nil {
			o.Values = withRecords(o.Values, 1)
		}
		return o, err
	}
}

// first makes the readers of a pass that gives the tallies, then what the readers
// of source give. Where no object is left to read none of those are made.
func (v *serving) first(columns []schema.Column, source Pass) Pass {
	if len(v.objects) == 0 {
		source = func() Reader { return nothing{} }
	}
	if len(v.tallies) == 0 {
		return source
	}
	left := &tallies{all: v.tallies, columns: columns}
	return func() Reader { return &tallyReader{tallies: left, Reader: source()} }
}

// tallies are those that the readers of a pass have not given yet.
type tallies struct {
	mu      sync.Mutex
	all     []tally
	columns []schema.Column
}

// take takes up to loader.MaxRows of them.
func (t *tallies) take() []tally {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(len(t.all), loader.MaxRows)
	taken := t.all[:n]
	t.all = t.all[n:]
	return taken
}

// tallyReader gives tallies before what its Reader gives.
type tallyReader struct {
	Reader
	tallies *tallies
}

// Next implements Reader.
func (r *tallyReader) Next(ctx context.Context) (loader.Batch, error) {
	taken := r.tallies.take()
	if len(taken) == 0 {
		return r.Reader.Next(ctx)
	}
	rows := make([]map[string]schema.Value, len(taken))
	for i, t := range taken {
		rows[i] = t
	}
	return loader.Constants(r.tallies.columns, rows), nil
}

// Count implements Reader: a tally is one row.
func (r *tallyReader) Count(ctx context.Context) (int64, error) {
	if taken := r.tallies.take(); len(taken) > 0 {
		return int64(len(taken)), nil
	}
	return r.Reader.Count(ctx)
}

// nothing is the reader of no records.
type nothing struct{}

func (nothing) Next(context.Context) (loader.Batch, error) { return loader.Batch{}, io.EOF }
func (nothing) Count(context.Context) (int64, error)       { return 0, io.EOF }
func (nothing) Close()                                     {}
