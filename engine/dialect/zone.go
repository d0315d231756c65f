package dialect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// LoadZone returns the zone with that name, a region such as "Europe/Berlin" or
// an offset such as "+05:30", as SET TIME ZONE takes it. The location's own name
// is Trino's for it.
func LoadZone(name string) (*time.Location, error) {
	location, _, ok := loadZone(name)
	if !ok {
		return nil, fmt.Errorf("load zone %q: no such zone: write a region such as 'Europe/Berlin' or an offset such as '+05:30'", name)
	}
	return location, nil
}

// loadZone finds a zone by its IANA name or its offset, and Trino's name for it.
func loadZone(name string) (*time.Location, string, bool) {
	if name = offsetName(name); name == "" {
		return nil, "", false
	}
	if m := offsetPattern.FindStringSubmatch(name); m != nil {
		hours, _ := strconv.Atoi(m[2])
		minutes, _ := strconv.Atoi("0" + m[3])
		seconds := (hours*60 + minutes) * 60
		if seconds > furthestOffset || minutes > 59 {
			return nil, "", false
		}
		if m[1] == "-" {
			seconds = -seconds
		}
		if seconds == 0 {
			return time.UTC, utcZone, true
		}
		canonical := fmt.Sprintf("%s%02d:%02d", m[1], hours, minutes)
		return time.FixedZone(canonical, seconds), canonical, true
	}
	if name == "Local" {
		return nil, "", false
	}
	location, err := time.LoadLocation(name)
	return location, name, err == nil
}

// furthestOffset is how many seconds a zone may be from UTC in Trino.
const furthestOffset = 14 * 60 * 60

var offsetPattern = regexp.MustCompile(`^([+-])(\d{1,2}):?(\d{2})?$`)

// utcNames are the other names of UTC, in lower case.
var utcNames = map[string]bool{
	"utc": true, "z": true, "ut": true, "uct": true, "gmt": true, "gmt0": true, "greenwich": true, "universal": true, "zulu": true,
}

// offsetName gives the offset that a name such as UTC+1 or Etc/GMT-3 spells,
// +00:00 for the names of UTC, and any other name as it is.
func offsetName(name string) string {
	rest, etc := strings.CutPrefix(strings.ToLower(name), "etc/")
	if utcNames[rest] {
		return "+00:00"
	}
	for _, prefix := range []string{"utc", "gmt", "ut"} {
		offset, ok := strings.CutPrefix(rest, prefix)
		if !ok || !offsetPattern.MatchString(offset) {
			continue
		}
		if etc && prefix == "gmt" { // whose sign is POSIX's
			return strings.NewReplacer("+", "-", "-", "+").Replace(offset)
		}
		return offset
	}
	return name
}

// fixedOffset returns the seconds east of UTC of a zone that is an offset.
func fixedOffset(zone string) (int64, bool) {
	if zone != utcZone && !offsetPattern.MatchString(zone) {
		return 0, false
	}
	location, _, ok := loadZone(zone)
	return offsetAt(0, location), ok
}

// localTime writes the wall-clock time in a zone of an instant.
func localTime(sql, zone string) string {
	offset, fixed := fixedOffset(zone)
	switch {
	case !fixed:
		return "vpcq_wall(" + sql + ", " + duckString(zone) + ")"
	case offset == 0:
		return "timezone('UTC', " + sql + ")"
	}
	return fmt.Sprintf("(timezone('UTC', %s) + to_seconds(%d))", sql, offset)
}

// instant writes the instant of a wall-clock time in a zone.
func instant(sql, zone string) string {
	offset, fixed := fixedOffset(zone)
	switch {
	case !fixed:
		return "vpcq_instant(" + sql + ", " + duckString(zone) + ")"
	case offset == 0:
		return "timezone('UTC', " + sql + ")"
	}
	return fmt.Sprintf("timezone('UTC', %s - to_seconds(%d))", sql, offset)
}

// instantLike is instant for a wall-clock time computed from that of another
// instant, with whose offset it is preferred.
func instantLike(sql, origin, zone string) string {
	if _, fixed := fixedOffset(zone); fixed {
		return instant(sql, zone)
	}
	return "vpcq_instant_near(" + sql + ", " + origin + ", " + duckString(zone) + ")"
}
