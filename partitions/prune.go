package partitions

import (
	"slices"
	"strconv"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// How far the times in records may lie from the folder that holds them. A file's
// stamp is chosen by the end of its records, and AWS delivers them within
// minutes, but only as a best effort: a day's delay is allowed for, an hour of
// clocks that disagree, and for the start of a record its aggregation interval
// (10 minutes) and the minute by which AWS says both times may be late. Records
// whose times are in milliseconds, which have been seen against the
// documentation, lie outside every margin: a condition on start or end that they
// satisfy does not keep their folder.
const (
	lateDelivery = 24 * time.Hour
	fastClock    = time.Hour
	aggregation  = 11 * time.Minute
)

// pruning decides which prefixes can be left out.
type pruning struct {
	Options
	byAccount bool // whether conditions on account_id rule out accounts of paths
	byRegion  bool // likewise region
}

// keepAny reports whether what lies in a prefix with the readings rs may be wanted.
func (p *pruning) keepAny(rs []reading) bool { return slices.ContainsFunc(rs, p.keep) }

// keep reports whether what lies in a prefix with the reading r may be wanted.
func (p *pruning) keep(r reading) bool {
	if r.layout == open && r.year == 0 && r.account == "" && r.region == "" {
		return true
	}
	if r.account != "" && len(p.Accounts) > 0 && !slices.Contains(p.Accounts, r.account) {
		return false
	}
	if r.region != "" && len(p.Regions) > 0 && !slices.Contains(p.Regions, r.region) {
		return false
	}
	if from, to, ok := r.span(); ok && (!to.After(p.From) || !p.To.IsZero() && !from.Before(p.To)) {
		return false
	}
	return p.Filter.CanMatch(func(column string) schema.Domain { return p.domain(r, column) })
}

// domain returns what r tells of the column in every record below it.
func (p *pruning) domain(r reading, column string) schema.Domain {
	from, to, dated := r.span()
	switch {
	case column == "account_id" && p.byAccount && r.account != "":
		return schema.Exactly(schema.StringValue(r.account))
	case column == "region" && p.byRegion && r.region != "":
		return schema.Exactly(schema.StringValue(r.region))
	case column == hourColumn.Name && r.hour >= 0:
		return schema.Exactly(number(r.hour))
	case column == dateColumn.Name && dated:
		return between(schema.DateValue(from), schema.DateValue(to.Add(-1)))
	case column == "end" && dated && r.sure:
		return times(from.Add(-lateDelivery), to.Add(fastClock))
	case column == "start" && dated && r.sure:
		return times(from.Add(-lateDelivery-aggregation), to.Add(fastClock))
	}
	return r.hiveDomain(column)
}

// hiveDomain returns what r tells of the columns that are keys of its folders.
func (r reading) hiveDomain(column string) schema.Domain {
	if r.layout == open || !slices.Contains(Layouts[r.layout].keys(), column) {
		return schema.Anything
	}
	switch {
	case (column == "aws-service" || column == "service") && r.inService():
		return schema.Exactly(schema.StringValue(service))
	case column == "aws-account-id" && r.account != "":
		return schema.Exactly(schema.StringValue(r.account))
	case column == "aws-region" && r.region != "":
		return schema.Exactly(schema.StringValue(r.region))
	case column == "year" && r.year != 0:
		return schema.Exactly(schema.StringValue(strconv.Itoa(r.year)))
	case column == "month" && r.month != 0:
		return schema.Exactly(number(r.month))
	case column == "day" && r.day != 0:
		return schema.Exactly(number(r.day))
	}
	return schema.Anything
}

// number returns n as the folders spell it, with two digits.
func number(n int) schema.Value {
	return schema.StringValue(string([]byte{'0' + byte(n/10), '0' + byte(n%10)}))
}

func between(low, high schema.Value) schema.Domain { return schema.Domain{Low: &low, High: &high} }

// times is the domain of a time in records, which may also be missing.
func times(from, to time.Time) schema.Domain {
	d := between(schema.IntValue(from.Unix()), schema.IntValue(to.Unix()))
	d.Null = true
	return d
}

// rulesOutHours reports whether some hour of the day that r reads can be left
// out, so that listing the hours is worth it.
func (p *pruning) rulesOutHours(r reading) bool {
	for h := range 24 {
		r.hour = h
		if !p.keep(r) {
			return true
		}
	}
	return false
}

// byPath reports whether conditions on the column, account_id or region, may be
// decided by the paths, in which these values were found: at least one of them
// must satisfy the filter. A record can have another account than its path (in a
// shared VPC) and no region ("-"); a condition that no path satisfies asks for those.
func (p *pruning) byPath(column string, found []string) bool {
	return slices.ContainsFunc(found, func(v string) bool { return p.allows(column, v) })
}

// allows reports whether the filter may be true where the column has that value.
func (p *pruning) allows(column, value string) bool {
	return p.Filter.CanMatch(func(c string) schema.Domain {
		if c == column {
			return schema.Exactly(schema.StringValue(value))
		}
		return schema.Anything
	})
}
