package partitions

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// Partition is the objects under one prefix, and what the prefix tells of them.
type Partition struct {
	Prefix       string // of the keys, ending in a slash; empty for the source's root
	Organization string // what is not known is empty
	Account      string
	Region       string
	Date         time.Time // midnight in UTC; zero where not known
	Hour         int       // of the day in UTC; -1 where not known
	Layout       *Layout   // one of Layouts; nil for loose objects

	// Keys are the values of the partition columns that a table's declaration
	// gives, by column; one that is null is not in it. nil where keys of objects
	// tell the values.
	Keys map[string]schema.Value
}

// partitionOf returns the partition with the prefix that r reads.
func partitionOf(prefix string, r reading) *Partition {
	p := &Partition{Prefix: prefix, Organization: r.organization, Account: r.account, Region: r.region, Hour: r.hour}
	if r.day != 0 {
		p.Date, _, _ = r.span()
		p.Date = p.Date.Truncate(24 * time.Hour)
	}
	if r.complete() {
		p.Layout = &Layouts[r.layout]
	}
	return p
}

// The partition columns of every table without DDL. The type of hour is the one
// that AWS declares for the hour of Hive-compatible layouts.
var (
	dateColumn = schema.Column{Name: "date", Type: schema.Date}
	hourColumn = schema.Column{Name: "hour", Type: schema.String}
)

// Values returns the columns that the partition gives to all its records, for
// those that do not hold them themselves: date, hour ("05"), account_id, region
// and, in Hive-compatible layouts, the folders' own keys, such as "aws-region"
// or "year". What is not known is not in the map. The map is the caller's.
func (p *Partition) Values() map[string]schema.Value {
	if p.Keys != nil {
		return maps.Clone(p.Keys)
	}
	values := make(map[string]schema.Value)
	put := func(column, value string) {
		if value != "" {
			values[column] = schema.StringValue(value)
		}
	}
	put("account_id", p.Account)
	put("region", p.Region)
	if p.Hour >= 0 {
		put("hour", fmt.Sprintf("%02d", p.Hour))
	}
	if !p.Date.IsZero() {
		values[dateColumn.Name] = schema.DateValue(p.Date)
	}
	if p.Layout != nil {
		for _, key := range p.Layout.keys() {
			put(key, p.key(key))
		}
	}
	return values
}

// key returns the value of the folder with that key in a Hive-compatible layout.
func (p *Partition) key(key string) string {
	switch key {
	case "aws-account-id":
		return p.Account
	case "aws-service", "service":
		return service
	case "aws-region":
		return p.Region
	case "year":
		return p.Date.Format("2006")
	case "month":
		return p.Date.Format("01")
	case "day":
		return p.Date.Format("02")
	case "hour":
		return fmt.Sprintf("%02d", p.Hour)
	}
	return ""
}

// Columns returns the partition columns of a table without DDL over objects in
// these layouts whose records have the columns of have: date always; hour where
// a layout is hourly; the keys of Hive-compatible layouts; account_id and region
// where no record has them. A name that have holds already is left out.
func Columns(layouts []*Layout, have []schema.Column) []schema.Column {
	all := []schema.Column{dateColumn}
	for _, l := range layouts {
		if l != nil && l.Hourly() {
			all = append(all, hourColumn)
		}
	}
	for _, l := range layouts {
		if l != nil {
			for _, key := range l.keys() {
				all = append(all, schema.Column{Name: key, Type: schema.String})
			}
		}
	}
	all = append(all, schema.Column{Name: "account_id"}, schema.Column{Name: "region"})
	seen := make(map[string]bool)
	for _, c := range have {
		seen[c.Name] = true
	}
	return slices.DeleteFunc(all, func(c schema.Column) bool {
		twice := seen[c.Name]
		seen[c.Name] = true
		return twice
	})
}

// folder returns the prefix of a key: all up to its last slash, inclusive.
func folder(key string) string { return key[:strings.LastIndexByte(key, '/')+1] }
