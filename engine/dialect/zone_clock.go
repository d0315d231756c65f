package dialect

import (
	"fmt"
	"sync"
	"time"
)

// This file moves between instants and wall-clock times as Java does: a time
// that a zone skips is as much later as was skipped, and of a time that it
// repeats the first is meant. DuckDB and Go take others.

// zones holds the zones by their names, since finding one reads a file.
var zones sync.Map

// zoneNamed returns the zone that a name of loadZone's stands for.
func zoneNamed(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	location, _, ok := loadZone(name)
	if !ok {
		return nil, fmt.Errorf("%s: '%s' is not a valid time zone", functionArgument, name)
	}
	zones.Store(name, location)
	return location, nil
}

const microsPerSecond = 1_000_000

// floorDiv is a/b rounded down.
func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// offsetAt returns how far east of UTC the zone is at an instant, in seconds.
func offsetAt(seconds int64, location *time.Location) int64 {
	_, offset := time.Unix(seconds, 0).In(location).Zone()
	return int64(offset)
}

// wallOf returns the wall-clock time of an instant, both in microseconds.
func wallOf(instant int64, location *time.Location) int64 {
	return instant + offsetAt(floorDiv(instant, microsPerSecond), location)*microsPerSecond
}

// instantOf returns the instant of a wall-clock time, both in microseconds.
func instantOf(wall int64, location *time.Location) int64 {
	const day = 24 * 60 * 60
	seconds := floorDiv(wall, microsPerSecond)
	before, after := offsetAt(seconds-day, location), offsetAt(seconds+day, location)
	if before != after && offsetAt(seconds-before, location) != before && offsetAt(seconds-after, location) == after {
		return wall - after*microsPerSecond
	}
	return wall - before*microsPerSecond
}

// instantNear is instantOf a wall-clock time that was computed from another
// instant's: of a repeated time it takes the one with the offset of that instant.
func instantNear(wall, origin int64, location *time.Location) int64 {
	offset := offsetAt(floorDiv(origin, microsPerSecond), location)
	at := wall - offset*microsPerSecond
	if offsetAt(floorDiv(at, microsPerSecond), location) == offset {
		return at
	}
	return instantOf(wall, location)
}

// zoneNative makes a native of a function of times in a zone, the last argument.
func zoneNative(f func(args []any, location *time.Location) int64) func([]any) (any, error) {
	return func(args []any) (any, error) {
		location, err := zoneNamed(args[len(args)-1].(string))
		if err != nil {
			return nil, err
		}
		return f(args, location), nil
	}
}
