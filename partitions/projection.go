package partitions

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/schema"
)

// maxProjected is how many partitions a query may project: Athena's limit for a
// scan ("Service quotas").
const maxProjected = 1_000_000

// Projection is a table's partitions as its properties compute them, without any
// having been registered (Athena's guide, "Partition projection with Amazon
// Athena"). Partitions that are registered all the same are not looked at.
type Projection struct {
	table   string
	columns []projected // in the order of the table's partition columns
	where   template
}

// projected is a partition column and the values it is given.
type projected struct {
	schema.Column
	projector
}

// projector is one type of projection.
type projector interface {
	// series returns the values that the column can have, as the clock stands;
	// of an injected column, those that the filter names.
	series(c schema.Column, filter schema.Predicate, now time.Time) (series, error)
}

// series is values of one column, counted from 0.
type series struct {
	count uint64
	at    func(i uint64) spelling

	// domain is what is known of the column over the values lo to hi, both
	// inclusive; nil: nothing, but for one value.
	domain func(lo, hi uint64) schema.Domain
	// repeats reports whether the values lo to hi are all the one before lo, which
	// is given once; nil: none is.
	repeats func(lo, hi uint64) bool
}

// spelling is a value as keys spell it and as the column has it.
type spelling struct {
	text  string
	value schema.Value
	null  bool
}

func (s spelling) domain() schema.Domain {
	if s.null {
		return schema.AlwaysNull
	}
	return schema.Exactly(s.value)
}

// projectors are the types of projection, by the value of projection.COLUMN.type.
// To add one is to add a line.
var projectors = []struct {
	name string
	doc  string
	read func(p properties) (projector, error)

	example string // properties without what stands before the column's name
	want    string // the first values, where the clock shows 2024-03-02 10:20:30
}{
	{"enum", "a list of values", readEnum, "values=us-east-1,eu-west-1", "us-east-1 eu-west-1"},
	{"integer", "the integers of a range", readInteger, "range=00,23 digits=2 interval=6", "00 06 12 18"},
	{"date", "the dates of a range, spelt in a format", readDates, "range=2024/03/01,NOW format=yyyy/MM/dd", "2024/03/01 2024/03/02"},
	{"injected", "what the WHERE clause names", readInjected, "", ""},
}

// IsProjected reports whether the table's properties turn partition projection on.
func IsProjected(table *schema.Table) bool {
	enabled, _ := propertiesOf(table, "").value("enabled")
	return strings.EqualFold(enabled, "true")
}

// NewProjection reads the projection of a table that has one. What is wrong with
// the properties is a *fault.Error, as in Athena when the table is first queried.
func NewProjection(table *schema.Table) (*Projection, error) {
	p := &Projection{table: table.Name}
	var missing []string
	for _, c := range table.Partitions {
		of := propertiesOf(table, c.Name)
		name, ok := of.value("type")
		if !ok {
			missing = append(missing, c.Name)
			continue
		}
		kind, err := readProjector(of, name)
		if err != nil {
			return nil, err
		}
		p.columns = append(p.columns, projected{c, kind})
	}
	if len(missing) > 0 {
		return nil, unconfigured(table, missing)
	}
	var err error
	p.where, err = newTemplate(table)
	return p, err
}

// unconfigured is Athena's error ("Set up partition projection").
func unconfigured(table *schema.Table, missing []string) error {
	name := strings.TrimPrefix(table.Database+"."+table.Name, ".")
	return &fault.Error{
		Code: "HIVE_METASTORE_ERROR",
		Message: fmt.Sprintf("Table %s is configured for partition projection, but the following partition columns are missing projection configuration: [%s] (table %s)",
			name, strings.Join(missing, ", "), name),
		Hint: fmt.Sprintf("set 'projection.%s.type' with ALTER TABLE SET TBLPROPERTIES", missing[0]),
	}
}

func readProjector(of properties, name string) (projector, error) {
	for _, kind := range projectors {
		if strings.EqualFold(kind.name, strings.TrimSpace(name)) {
			return kind.read(of)
		}
	}
	return nil, of.invalid("type", "one of ENUM, INTEGER, DATE, INJECTED is expected")
}

// Partitions gives the partitions that can hold records for which the filter is
// true, as the clock stands, in the order of the columns' values. A value outside
// its range gives none. They are computed one by one, and values that a condition
// rules out together are never computed. The sequence ends after the first error,
// a *fault.Error.
func (p *Projection) Partitions(filter schema.Predicate, now time.Time) iter.Seq2[*Partition, error] {
	return func(yield func(*Partition, error) bool) {
		all := make([]series, len(p.columns))
		for i, c := range p.columns {
			s, err := c.series(c.Column, filter, now.UTC())
			if err != nil {
				yield(nil, err)
				return
			}
			all[i] = s
		}
		newWalk(p, all, filter, yield).begin()
	}
}

// properties are those of one column's projection, or of projection itself.
type properties struct {
	table  string
	prefix string
	all    schema.Properties
}

func propertiesOf(table *schema.Table, column string) properties {
	prefix := "projection."
	if column != "" {
		prefix += column + "."
	}
	return properties{table.Name, prefix, table.Properties}
}

// value returns a property, whatever the case of its name's letters.
func (p properties) value(name string) (value string, ok bool) {
	i := slices.IndexFunc(p.all, func(q schema.Property) bool { return strings.EqualFold(q.Name, p.prefix+name) })
	if i < 0 {
		return "", false
	}
	return p.all[i].Value, true
}

// required returns a property that must be there.
func (p properties) required(name string) (string, error) {
	value, ok := p.value(name)
	if !ok {
		return "", invalidProperty("Table %s lacks the property '%s%s', which its projection needs", p.table, p.prefix, name)
	}
	return value, nil
}

// invalid is the error for a property that cannot be read.
func (p properties) invalid(name, why string) error {
	value, _ := p.value(name)
	return invalidProperty("Table %s has an invalid property '%s%s' = '%s': %s", p.table, p.prefix, name, value, why)
}

func invalidProperty(format string, args ...any) error {
	return &fault.Error{Code: "INVALID_TABLE_PROPERTY", Message: fmt.Sprintf(format, args...)}
}
