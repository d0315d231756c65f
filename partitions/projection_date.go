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
	low, high bound
	format    dateFormat
	step      int
	unit      timeUnit
}

// timeUnit is a unit of projection.COLUMN.interval.unit and of bounds.
type timeUnit struct {
	name   string // in the singular
	months int
	span   time.Duration // where it has no months
}

// timeUnits are java.time's units that Athena's guide lists.
var timeUnits = []timeUnit{
	{"YEAR", 12, 0}, {"MONTH", 1, 0}, {"WEEK", 0, 7 * 24 * time.Hour}, {"DAY", 0, 24 * time.Hour},
	{"HOUR", 0, time.Hour}, {"MINUTE", 0, time.Minute}, {"SECOND", 0, time.Second}, {"MILLI", 0, time.Millisecond},
}

// unitNamed returns the unit with that name, in the singular or the plural.
func unitNamed(name string) (timeUnit, bool) {
	name = strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(name)), "S")
	if name == "MILLISECOND" {
		name = "MILLI"
	}
	i := slices.IndexFunc(timeUnits, func(u timeUnit) bool { return u.name == name })
	if i < 0 {
		return timeUnit{}, false
	}
	return timeUnits[i], true
}

// after returns t so many units later. Months keep the day where the month has
// it, else they take its last one, as java.time does.
func (u timeUnit) after(t time.Time, n int) time.Time {
	if u.months == 0 {
		return t.Add(time.Duration(n) * u.span)
	}
	first := time.Date(t.Year(), t.Month()+time.Month(n*u.months), 1, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// between returns how many units after from the last time up to to lies.
func (u timeUnit) between(from, to time.Time) int {
	if u.months == 0 {
		return int(to.Sub(from) / u.span)
	}
	n := ((to.Year()-from.Year())*12 + int(to.Month()-from.Month())) / u.months
	for n > 0 && u.after(from, n).After(to) {
		n--
	}
	return n
}

// bound is one end of a range of dates: a time, or so many units from now.
type bound struct {
	time  time.Time // zero: NOW
	count int
	unit  timeUnit
}

// relative is NOW and what may follow it, such as "NOW-3YEARS" or "NOW + 1 DAY".
var relative = regexp.MustCompile(`^NOW\s*(?:([+-])\s*([0-9]{1,6})\s*([A-Z]+))?$`)

// readBound reads one end of a range.
func readBound(text string, format dateFormat) (b bound, ok bool) {
	m := relative.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if m == nil {
		b.time, ok = format.parse(strings.TrimSpace(text))
		return b, ok
	}
	if m[1] == "" {
		return bound{unit: timeUnits[3]}, true
	}
	b.unit, ok = unitNamed(m[3])
	b.count, _ = strconv.Atoi(m[1] + m[2])
	return b, ok
}

// at is the bound as the clock stands.
func (b bound) at(now time.Time) time.Time {
	if !b.time.IsZero() {
		return b.time
	}
	return b.unit.after(now, b.count)
}

// readDates reads range and format, and the interval, which is a day or a month
// where these are what the format tells at the finest ("Supported types for
// partition projection").
func readDates(p properties) (projector, error) {
	pattern, err := p.required("format")
	if err != nil {
		return nil, err
	}
	d := dates{}
	if d.format, err = parseDateFormat(pattern); err != nil {
		return nil, p.invalid("format", err.Error())
	}
	text, err := p.required("range")
	if err != nil {
		return nil, err
	}
	from, to, comma := strings.Cut(text, ",")
	var low, high bool
	d.low, low = readBound(from, d.format)
	d.high, high = readBound(to, d.format)
	if !comma || !low || !high {
		return nil, p.invalid("range", "two dates in the format "+pattern+", or NOW, with a comma between them are expected, such as 'NOW-3YEARS,NOW'")
	}
	return d.readInterval(p)
}

func (d dates) readInterval(p properties) (projector, error) {
	finest := d.format.finest()
	name, ok := p.value("interval.unit")
	d.unit = finest
	if ok {
		if d.unit, ok = unitNamed(name); !ok {
			return nil, p.invalid("interval.unit", "one of YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES, SECONDS, MILLIS is expected")
		}
	} else if finest.name != "DAY" && finest.name != "MONTH" {
		return nil, invalidProperty("Table %s lacks the property '%sinterval.unit', which a format of this precision needs", p.table, p.prefix)
	}
	var err error
	d.step, err = p.count("interval", 0)
	if err != nil {
		return nil, err
	}
	if d.step == 0 && finest.name != "DAY" && finest.name != "MONTH" {
		return nil, invalidProperty("Table %s lacks the property '%sinterval', which a format of this precision needs", p.table, p.prefix)
	}
	d.step = max(d.step, 1)
	return d, nil
}

func (d dates) series(c schema.Column, _ schema.Predicate, now time.Time) (series, error) {
	low, high := d.low.at(now), d.high.at(now)
	step := timeUnit{d.unit.name, d.unit.months * d.step, d.unit.span * time.Duration(d.step)}
	s := series{at: func(i uint64) (string, schema.Value) {
		t := step.after(low, int(i))
		if c.Type == schema.Date {
			return d.format.spell(t), schema.DateValue(t)
		}
		return d.format.spell(t), schema.StringValue(d.format.spell(t))
	}}
	switch c.Type {
	case schema.Date:
		s.sorted = true
	case schema.String, schema.Varchar:
		s.sorted = d.format.sorts()
	default:
		return s, unsupportedColumn(c)
	}
	if !high.Before(low) {
		s.count = uint64(step.between(low, high)) + 1
	}
	return d.once(s), nil
}

// once makes every spelling stand once where the interval is finer than what the
// format tells.
func (d dates) once(s series) series {
	if d.unit.finer(d.format.finest()) {
		var texts []string
		var values []schema.Value
		for i := range min(s.count, maxProjected) {
			text, v := s.at(i)
			if n := len(texts); n == 0 || texts[n-1] != text {
				texts, values = append(texts, text), append(values, v)
			}
		}
		return series{uint64(len(texts)), s.sorted, func(i uint64) (string, schema.Value) { return texts[i], values[i] }}
	}
	return s
}

// finer reports whether u is a shorter unit than v.
func (u timeUnit) finer(v timeUnit) bool {
	place := func(w timeUnit) int {
		return slices.IndexFunc(timeUnits, func(x timeUnit) bool { return x.name == w.name })
	}
	return place(u) > place(v)
}
