package partitions

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// openDays returns the days that a condition on date leaves open, both inclusive;
// zero where it sets no limit. It may give too many days, never too few.
func openDays(filter schema.Predicate) (first, last time.Time) {
	d := limits(filter)
	if d.Low != nil {
		first = d.Low.Time()
	}
	if d.High != nil {
		last = d.High.Time()
	}
	return first, last
}

// limits returns the bounds that p sets to date where it is true.
func limits(p schema.Predicate) schema.Domain {
	switch p.Op {
	case schema.And, schema.Or:
		if len(p.Args) == 0 {
			return schema.Anything
		}
		d := limits(p.Args[0])
		for _, arg := range p.Args[1:] {
			d = join(d, limits(arg), p.Op == schema.And)
		}
		return d
	case schema.In, schema.Eq, schema.Lt, schema.Le, schema.Gt, schema.Ge:
		return comparedLimits(p)
	}
	return schema.Anything
}

func comparedLimits(p schema.Predicate) schema.Domain {
	if p.Column != dateColumn.Name || len(p.Values) == 0 ||
		slices.ContainsFunc(p.Values, func(v schema.Value) bool { return v.Type != schema.Date }) {
		return schema.Anything
	}
	order := func(a, b schema.Value) int { return int(a.Int - b.Int) }
	d := between(slices.MinFunc(p.Values, order), slices.MaxFunc(p.Values, order))
	switch p.Op {
	case schema.Lt:
		d.Low = nil
		d.High.Int--
	case schema.Le:
		d.Low = nil
	case schema.Gt:
		d.High = nil
		d.Low.Int++
	case schema.Ge:
		d.High = nil
	}
	return d
}

// join returns the bounds of what lies in both domains, or in either.
func join(a, b schema.Domain, both bool) schema.Domain {
	bound := func(v, w *schema.Value, less bool) *schema.Value {
		switch {
		case v == nil && both:
			return w
		case w == nil && both:
			return v
		case v == nil || w == nil:
			return nil
		case (v.Int < w.Int) == less:
			return v
		}
		return w
	}
	return schema.Domain{Low: bound(a.Low, b.Low, !both), High: bound(a.High, b.High, both)}
}

// Nearest returns the last day up to and including day that has a folder in
// src, and the first one after it; zero where there is none. The accounts and
// regions of o hold, its filter and times do not. In each region it lists a few
// prefixes: the years, and months only where days may be near.
func Nearest(ctx context.Context, src source.Source, o Options, day time.Time) (before, after time.Time, err error) {
	o.Filter, o.From, o.To = schema.Predicate{}, time.Time{}, time.Time{}
	if o.Unlisted != nil {
		o.Unlisted = func(error) {} // it has been told
	}
	d := Discover(src, o)
	nodes, err := d.regions(ctx)
	if err != nil {
		return before, after, err
	}
	var mu sync.Mutex
	err = parallel(ctx, d.Workers, len(nodes), func(ctx context.Context, i int) error {
		b, err := d.nearest(ctx, nodes[i], day.Add(1), true)
		if err != nil {
			return err
		}
		a, err := d.nearest(ctx, nodes[i], day.Add(1), false)
		mu.Lock()
		defer mu.Unlock()
		if b.After(before) {
			before = b
		}
		if !a.IsZero() && (after.IsZero() || a.Before(after)) {
			after = a
		}
		return err
	})
	return before, after, err
}

// nearest returns the last day in n that begins before the time at or, where
// before is false, the first that begins later; zero where there is none.
func (d *Discovery) nearest(ctx context.Context, n node, at time.Time, before bool) (time.Time, error) {
	from, to, ok := best(n.readings).span()
	switch {
	case ok && (before && !from.Before(at) || !before && !to.After(at)):
		return time.Time{}, nil
	case n.past(day):
		from = from.Truncate(24 * time.Hour)
		if from.Before(at) != before {
			return time.Time{}, nil
		}
		return from, nil
	}
	below, _, err := d.list(ctx, n)
	if err != nil {
		return time.Time{}, err
	}
	if before {
		slices.Reverse(below)
	}
	for _, child := range below {
		if found, err := d.nearest(ctx, child, at, before); err != nil || !found.IsZero() {
			return found, err
		}
	}
	return time.Time{}, nil
}

// Explain says, a line each, why a discovery whose sequence has ended found too
// little: nothing that is a flow log, no such account, region or day, and which
// there are instead. It is empty where none of these is the reason. It lists
// some prefixes more.
func (d *Discovery) Explain(ctx context.Context) ([]string, error) {
	r := d.Report()
	if r.Objects == 0 && r.Pruned == 0 && r.ObjectsPruned == 0 {
		return []string{d.nothing(r)}, nil
	}
	var why []string
	why = append(why, d.absent("account", "account_id", d.Accounts, r.Accounts)...)
	why = append(why, d.absent("region", "region", d.Regions, r.Regions)...)
	if r.Objects > 0 {
		return why, nil
	}
	first, last := d.asked()
	if first.IsZero() && last.IsZero() {
		return why, nil
	}
	days, err := d.noDay(ctx, first, last)
	if days != "" {
		why = append(why, days)
	}
	return why, err
}

func (d *Discovery) nothing(r Report) string {
	if r.Unlisted > 0 {
		return fmt.Sprintf("no flow logs in what could be listed of %s", d.source)
	}
	if n := r.PassedOver; n != (PassedOver{}) {
		return fmt.Sprintf("no flow logs in %s: passed over: %d of others, %d hidden, %d to mark folders", d.source, n.Foreign, n.Hidden, n.Markers)
	}
	return fmt.Sprintf("nothing lies in %s", d.source)
}

// absent says which of the asked accounts or regions no path has, and whether
// the filter asks for another than all found.
func (d *Discovery) absent(noun, column string, asked, found []string) []string {
	if len(found) == 0 {
		return nil
	}
	list := strings.Join(found, ", ")
	var why []string
	for _, v := range asked {
		if !slices.Contains(found, v) {
			why = append(why, fmt.Sprintf("no %s %s: found %s", noun, v, list))
		}
	}
	if !d.byPath(column, found) {
		why = append(why, fmt.Sprintf("no path has the %s that the condition on %s asks for: found %s", noun, column, list))
	}
	return why
}

// asked returns the first and last day that the options leave open; zero: no limit.
func (d *Discovery) asked() (first, last time.Time) {
	first, last = openDays(d.Filter)
	if from := d.From.Truncate(24 * time.Hour); !d.From.IsZero() && from.After(first) {
		first = from
	}
	if to := d.To.Add(-1).Truncate(24 * time.Hour); !d.To.IsZero() && (last.IsZero() || to.Before(last)) {
		last = to
	}
	return first, last
}

// noDay says that no folder lies between the days, if so, and which are nearest.
func (d *Discovery) noDay(ctx context.Context, first, last time.Time) (string, error) {
	at := first
	if first.IsZero() {
		at = last
	}
	if !first.IsZero() && !last.IsZero() && last.Before(first) {
		return fmt.Sprintf("no day can be both from %s on and up to %s", spell(first), spell(last)), nil
	}
	before, after, err := Nearest(ctx, d.source, d.Options, at)
	switch {
	case err != nil:
		return "", err
	case !before.IsZero() && !before.Before(first), !after.IsZero() && (last.IsZero() || !after.After(last)):
		return "", nil // there is one: something else ruled it out
	}
	if before.IsZero() && after.IsZero() { // only names of loose objects tell days, if anything does
		before, after = d.Report().First, d.Report().Last
	}
	var near []string
	for _, t := range []time.Time{before, after} {
		if !t.IsZero() && !slices.Contains(near, spell(t)) {
			near = append(near, spell(t))
		}
	}
	if len(near) == 0 {
		return "", nil
	}
	return fmt.Sprintf("no folder of %s: the nearest is of %s", span(first, last), strings.Join(near, " and ")), nil
}

func spell(t time.Time) string { return t.Format(time.DateOnly) }

func span(first, last time.Time) string {
	switch {
	case first.IsZero():
		return "a day up to " + spell(last)
	case last.IsZero():
		return "a day from " + spell(first) + " on"
	case first.Equal(last):
		return spell(first)
	}
	return "a day from " + spell(first) + " to " + spell(last)
}
