package partitions

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/vpcq/vpcq/schema"
)

// dates is the values of a date projection: the times from a bound on, an
// interval apart, as far as the other bound, each spelt in the format.
type dates struct {
	properties
	low, high string // bounds, as written
	format    dateFormat
	step      step
}

// step is how far a value is from the one before it.
type step struct {
	months int
	millis int64 // where it has no months
}

// timeUnits are java.time's units that Athena's guide lists.
var timeUnits = []struct {
	name string // in the singular
	step step
}{
	{"YEAR", step{months: 12}},
	{"MONTH", step{months: 1}},
	{"WEEK", step{millis: 7 * 86_400_000}},
	{"DAY", step{millis: 86_400_000}},
	{"HOUR", step{millis: 3_600_000}},
	{"MINUTE", step{millis: 60_000}},
	{"SECOND", step{millis: 1000}},
	{"MILLI", step{millis: 1}},
}

// unitNamed returns the unit with that name, in the singular or the plural.
func unitNamed(name string) (one step, ok bool) {
	name = strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(name)), "S")
	for _, u := range timeUnits {
		if u.name == name {
			return u.step, true
		}
	}
	return step{}, false
}

// times returns n of the steps as one.
func (s step) times(n int64) step { return step{months: s.months * int(n), millis: s.millis * n} }

// after returns the time a step after t. Months keep the day where the month has
// it, else they take its last one, as java.time does.
func (s step) after(t time.Time) time.Time {
	if s.months == 0 {
		return time.UnixMilli(t.UnixMilli() + s.millis).UTC() // a Duration ends after 292 years
	}
	first := time.Date(t.Year(), t.Month()+time.Month(s.months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// between returns how many steps after from the last time up to to lies.
func (s step) between(from, to time.Time) uint64 {
	if s.months == 0 {
		return uint64((to.UnixMilli() - from.UnixMilli()) / s.millis)
	}
	n := ((to.Year()-from.Year())*12 + int(to.Month()-from.Month())) / s.months
	for n > 0 && s.times(int64(n)).after(from).After(to) {
		n--
	}
	return uint64(n)
}

// readDates reads range and format, and the interval, which is a day or a month
// where these are what the format tells at the finest ("Supported types for
// partition projection").
func readDates(p properties) (projector, error) {
	pattern, err := p.required("format")
	if err != nil {
		return nil, err
	}
	d := dates{properties: p}
	if d.format, err = readDateFormat(pattern); err != nil {
		return nil, p.invalid("format", err.Error())
	}
	text, err := p.required("range")
	if err != nil {
		return nil, err
	}
	ends := strings.Split(text, ",")
	if len(ends) != 2 {
		return nil, p.badRange("")
	}
	d.low, d.high = ends[0], ends[1]
	for _, end := range ends {
		if _, err := d.bound(end, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)); err != nil {
			return nil, err
		}
	}
	d.step, err = d.readInterval()
	return d, err
}

// badRange is the error of a range that cannot be read.
func (p properties) badRange(why string) error {
	pattern, _ := p.value("format")
	return p.invalid("range", "two dates in the format "+pattern+", or NOW, with a comma between them are expected, such as 'NOW-3YEARS,NOW'"+why)
}

func (d dates) readInterval() (step, error) {
	finest := d.format.finest
	optional := finest == days || finest == months
	one := step{millis: 86_400_000}
	if finest == months {
		one = step{months: 1}
	}
	if name, ok := d.value("interval.unit"); ok {
		if one, ok = unitNamed(name); !ok {
			return one, d.invalid("interval.unit", "one of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, MILLIS is expected")
		}
	} else if !optional {
		return one, d.lacks("interval.unit")
	}
	n, err := d.count("interval", 0)
	if err == nil && n == 0 && !optional {
		err = d.lacks("interval")
	}
	return one.times(int64(max(n, 1))), err
}

// lacks is the error of an interval that only a day or a month need not tell.
func (d dates) lacks(name string) error {
	return invalidProperty("Table %s lacks the property '%s%s', which a format of this precision needs", d.table, d.prefix, name)
}

// relative is NOW and what may follow it, such as "NOW-3YEARS" or "NOW + 1 DAY".
var relative = regexp.MustCompile(`^NOW\s*(?:([+-])\s*([0-9]+)\s*([A-Z]+))?$`)

// bound is the time that one end of the range tells as the clock stands, cut to
// what the format tells (Trino's DateProjection), so that NOW includes the day, or
// the hour, that it is in.
func (d dates) bound(text string, now time.Time) (time.Time, error) {
	m := relative.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if m == nil {
		t, err := d.format.read(strings.TrimSpace(text))
		if err != nil {
			return t, d.badRange(": " + err.Error())
		}
		return t, nil
	}
	t := now
	if m[3] != "" {
		one, known := unitNamed(m[3])
		n, err := strconv.ParseInt(m[1]+m[2], 10, 32)
		if !known {
			return t, d.badRange("")
		}
		if err != nil || max(n, -n)*(int64(one.months)*28*86_400_000+one.millis) > 10_000*366*86_400_000 {
			return t, d.invalid("range", "vpcq counts no more than 10000 years from now")
		}
		t = one.times(n).after(now)
	}
	if t.Year() < 1 || t.Year() > 9999 {
		return t, d.invalid("range", "it leaves the years 1 to 9999")
	}
	cut := d.format.cut(t)
	if read, err := d.format.read(d.format.write(t)); err != nil || !read.Equal(cut) {
		return t, d.invalid("range", "the format does not tell its years")
	}
	return cut, nil
}

func (d dates) series(c schema.Column, _ schema.Predicate, now time.Time) (series, error) {
	if err := d.suits(c); err != nil {
		return series{}, err
	}
	low, err := d.bound(d.low, now)
	if err != nil {
		return series{}, err
	}
	high, err := d.bound(d.high, now)
	if err != nil {
		return series{}, err
	}
	if d.step.months > 0 && low.Day() > 28 {
		return series{}, d.invalid("range", "it begins on a day that not every month has, and it is not told how Athena goes on from there")
	}
	s := series{at: func(i uint64) spelling { return d.spell(c, d.step.times(int64(i)).after(low)) }}
	if !high.Before(low) {
		s.count = d.step.between(low, high) + 1
	}
	s.domain = func(lo, hi uint64) schema.Domain {
		first, last := d.step.times(int64(lo)).after(low), d.step.times(int64(hi)).after(low)
		if c.Type != schema.Date && !d.format.sorts(first, last) {
			return schema.Domain{}
		}
		return between(d.spell(c, first).value, d.spell(c, last).value)
	}
	s.repeats = func(lo, hi uint64) bool { // so where the interval is finer than the format
		before, last := d.step.times(int64(lo-1)).after(low), d.step.times(int64(hi)).after(low)
		return d.format.cut(before).Equal(d.format.cut(last))
	}
	return s, nil
}

// suits is the error of a column that cannot have these values: Athena casts
// what the format spells, so that a number needs digits alone, all of them always.
func (d dates) suits(c schema.Column) error {
	switch {
	case c.Type == schema.Date && d.format.finest > days:
		return d.invalid("format", "a column of type date has no time of day")
	case c.Type == schema.String, c.Type == schema.Varchar, c.Type == schema.Date:
		return nil
	case c.Type.IntegerBits() == 0:
		return unsupportedColumn(c)
	}
	if slices.ContainsFunc(d.format.fields, func(f dateField) bool { return !f.isFixed() }) {
		return d.invalid("format", "a column of type "+c.DDLType()+" needs digits alone")
	}
	if most := d.format.write(time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC)); !d.fitsText(c, most) {
		return d.invalid("format", "it has more digits than a column of type "+c.DDLType())
	}
	return nil
}

func (d dates) fitsText(c schema.Column, text string) bool {
	n, err := strconv.ParseInt(text, 10, 64)
	return err == nil && c.Type.Fits(n)
}

// spell writes a time as keys spell it and as the column has it.
func (d dates) spell(c schema.Column, t time.Time) spelling {
	s := spelling{text: d.format.write(t)}
	switch {
	case c.Type == schema.Date:
		s.value = schema.DateValue(t)
	case c.Type.IntegerBits() != 0:
		n, _ := strconv.ParseInt(s.text, 10, 64) // suits has tried the longest
		s.value = integerValue(c, n)
	default:
		s.value = schema.StringValue(s.text)
	}
	return s
}
