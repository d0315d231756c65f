package partitions

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// reading is one way to understand the folders down to some prefix: as the first
// levels of a layout, or as folders above one.
type reading struct {
	layout       int  // in Layouts; open where no layout has begun
	level        int  // how many of the layout's levels stand above or at the prefix
	sure         bool // AWSLogs or vpcflowlogs has been read, which are nobody else's
	organization string
	account      string
	region       string
	year         int // zero where not known, like month and day
	month        int
	day          int
	hour         int // -1 where not known
}

// open is the layout of a reading in which none has begun.
const open = -1

// nowhere is the reading of a prefix about which nothing is known.
var nowhere = reading{layout: open, hour: -1}

// down returns the readings of the folder called name in a prefix with the
// readings rs. Where one of them is sure, the others are given up. None are left
// where the folder is foreign: it lies in a layout, but is none of its folders.
func down(rs []reading, name string) []reading {
	var next, within []reading
	for _, r := range rs {
		switch {
		case r.layout == open:
			next = append(next, begin(name)...)
			if name != awsLogs {
				next = append(next, r)
			}
		case r.complete():
			within = append(within, r)
		default:
			if r, ok := r.step(name); ok {
				next = append(next, r)
			}
		}
	}
	if !slices.ContainsFunc(next, reading.complete) {
		next = append(next, within...) // a folder within a partition belongs to it, unless it is an hour
	}
	if slices.ContainsFunc(next, func(r reading) bool { return r.sure }) {
		next = slices.DeleteFunc(next, func(r reading) bool { return !r.sure })
	}
	return next
}

// begin returns the readings in which a layout begins with the folder called
// name: at AWSLogs or, in a partial copy, at any level down to the year.
func begin(name string) []reading {
	var rs []reading
	for i, layout := range levels {
		for at, l := range layout {
			if l.part > year || at > 1 && layout[1].part == organization {
				break // an organisation's layouts begin like the others below the organisation
			}
			if r, ok := (reading{layout: i, level: at, hour: -1}).step(name); ok {
				rs = append(rs, r)
				break
			}
		}
	}
	return rs
}

// step returns the reading one level down, in the folder called name.
func (r reading) step(name string) (reading, bool) {
	if r.level == len(levels[r.layout]) {
		return r, false
	}
	l := levels[r.layout][r.level]
	v, ok := l.value(name, r.sure)
	if !ok {
		return r, false
	}
	r.level++
	number, _ := strconv.Atoi(v)
	switch l.part {
	case word:
		r.sure = r.sure || name == awsLogs || l.isService()
	case organization:
		r.organization = v
	case account:
		r.account = v
	case region:
		r.region = v
	case year:
		r.year = number
	case month:
		r.month = number
	case day:
		r.day = number
		return r, r.year == 0 || validDay(r.year, r.month, number)
	case hour:
		r.hour = number
	}
	return r, true
}

// complete reports whether the folders of the whole layout have been read.
func (r reading) complete() bool { return r.layout != open && r.level == len(levels[r.layout]) }

// past reports whether the layout's folder that tells p lies above or at the prefix.
func (r reading) past(p part) bool {
	if r.layout == open {
		return false
	}
	layout := levels[r.layout]
	return r.level > slices.IndexFunc(layout, func(l level) bool { return l.part == p })
}

// inService reports whether the prefix lies in a folder of flow logs.
func (r reading) inService() bool {
	return r.sure && r.layout != open && r.level > slices.IndexFunc(levels[r.layout], level.isService)
}

// span returns the time that the folder's stamps lie in, from inclusive and to
// exclusive; ok is false where not even the year is known.
func (r reading) span() (from, to time.Time, ok bool) {
	if r.year == 0 {
		return from, to, false
	}
	from = time.Date(r.year, time.Month(max(r.month, 1)), max(r.day, 1), max(r.hour, 0), 0, 0, 0, time.UTC)
	switch {
	case r.month == 0:
		return from, from.AddDate(1, 0, 0), true
	case r.day == 0:
		return from, from.AddDate(0, 1, 0), true
	case r.hour < 0:
		return from, from.AddDate(0, 0, 1), true
	}
	return from, from.Add(time.Hour), true
}

// best returns the reading of rs that tells most: a complete one, then a sure
// one, then the one with the most levels.
func best(rs []reading) reading {
	if len(rs) == 0 {
		return nowhere
	}
	return slices.MaxFunc(rs, func(a, b reading) int { return a.rank() - b.rank() })
}

func (r reading) rank() int {
	rank := r.level
	if r.sure {
		rank += 100
	}
	if r.complete() {
		rank += 200
	}
	return rank
}

// standing returns the readings of the root of a source, given what stands above
// it. A part of a layout is believed there only if it is sure or tells the
// account or region: "/home/me/2024/" says nothing about the logs in it.
func standing(above string) []reading {
	folders := strings.FieldsFunc(above, func(c rune) bool { return c == '/' })
	for i := range folders {
		rs := begin(folders[i])
		for _, name := range folders[i+1:] {
			rs = down(rs, name)
		}
		rs = slices.DeleteFunc(rs, func(r reading) bool { return !r.sure && r.account == "" && r.region == "" })
		switch {
		case len(rs) > 0 && rs[0].sure:
			return rs
		case len(rs) > 0:
			return append(rs, nowhere)
		}
	}
	return []reading{nowhere}
}
