package loader

import (
	"github.com/vpcq/vpcq/schema"
)

// plan is how the records of a format become the columns asked for.
type plan struct {
	format  schema.Format
	fields  []int // by column asked for: its place in the record, or -1
	need    int   // how many fields of a record are looked at, from its first
	numbers []int // the places of all numeric fields, where records are verified
}

// newPlan plans the reading of these columns. Where verify is set, every field
// of every record is looked at.
func newPlan(format schema.Format, columns []schema.Column, verify bool) *plan {
	p := &plan{format: format, fields: make([]int, len(columns))}
	for i, c := range columns {
		p.fields[i] = format.Index(c.Name)
		if c.Type == schema.Date && p.fields[i] >= 0 && format.Columns[p.fields[i]].Type != schema.Date {
			p.fields[i] = -1 // a flow log has no field of dates: they come from partitions
		}
		p.need = max(p.need, p.fields[i]+1)
	}
	if verify {
		p.need = len(format.Columns)
		p.numbers = numbers(format)
	}
	return p
}

func numbers(format schema.Format) []int {
	var places []int
	for i, c := range format.Columns {
		if c.Type != schema.String {
			places = append(places, i)
		}
	}
	return places
}
