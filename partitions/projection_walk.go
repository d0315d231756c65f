package partitions

import (
	"fmt"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/schema"
)

// walk goes through the products of the columns' values, the last column's
// fastest. It halves a column's values until the filter rules a half out or one
// value is left, so that a few values among very many are found at once.
type walk struct {
	projection *Projection
	series     []series
	filter     schema.Predicate
	yield      func(*Partition, error) bool
	given      int

	numbers map[string]int  // of the columns, by name
	asked   []bool          // by column: whether the filter speaks of it
	domains []schema.Domain // by column, of the values that are looked at
	chosen  []spelling      // by column
}

func newWalk(p *Projection, all []series, filter schema.Predicate, yield func(*Partition, error) bool) *walk {
	w := &walk{
		projection: p, series: all, filter: filter, yield: yield, numbers: make(map[string]int, len(all)),
		asked: make([]bool, len(all)), domains: make([]schema.Domain, len(all)), chosen: make([]spelling, len(all)),
	}
	for i, c := range p.columns {
		w.numbers[c.Name] = i
		w.asked[i] = filter.Mentions(c.Name)
	}
	return w
}

func (w *walk) begin() {
	for i, s := range w.series {
		if s.count == 0 {
			return
		}
		w.chosen[i] = s.at(0)
		w.domains[i] = w.over(i, 0, s.count-1)
	}
	if w.filter.CanMatch(w.domain) {
		w.down(0)
	}
}

// over is what is known of column i over its values lo to hi.
func (w *walk) over(i int, lo, hi uint64) schema.Domain {
	switch s := w.series[i]; {
	case lo == hi:
		return w.chosen[i].domain()
	case s.domain != nil:
		return s.domain(lo, hi)
	}
	return schema.Anything
}

// domain is what is known of a column in the partitions that are looked at.
func (w *walk) domain(column string) schema.Domain {
	if i, ok := w.numbers[column]; ok {
		return w.domains[i]
	}
	return schema.Anything
}

// down chooses the values of the columns from i on; it reports whether more are wanted.
func (w *walk) down(i int) bool {
	if i == len(w.series) {
		return w.give()
	}
	all := w.domains[i]
	defer func() { w.domains[i] = all }()
	return w.halve(i, 0, w.series[i].count-1)
}

// halve chooses among the values lo to hi of column i.
func (w *walk) halve(i int, lo, hi uint64) bool {
	s := w.series[i]
	if lo > 0 && s.repeats != nil && s.repeats(lo, hi) {
		return true
	}
	if lo == hi {
		w.chosen[i] = s.at(lo)
	}
	if w.asked[i] {
		w.domains[i] = w.over(i, lo, hi)
		if !w.filter.CanMatch(w.domain) {
			return true
		}
	}
	if lo == hi {
		return w.down(i + 1)
	}
	middle := lo + (hi-lo)/2
	return w.halve(i, lo, middle) && w.halve(i, middle+1, hi)
}

// give yields the partition of the chosen values.
func (w *walk) give() bool {
	if w.given++; w.given > maxProjected {
		w.yield(nil, &fault.Error{Code: "HIVE_EXCEEDED_PARTITION_LIMIT", Message: fmt.Sprintf("Query over table '%s' can potentially read more than %d partitions", w.projection.table, maxProjected)})
		return false
	}
	keys := make(map[string]schema.Value, len(w.chosen))
	for i, c := range w.projection.columns {
		if !w.chosen[i].null {
			keys[c.Name] = w.chosen[i].value
		}
	}
	return w.yield(&Partition{Prefix: w.projection.where.fill(w.chosen), Hour: -1, Keys: keys}, nil)
}
