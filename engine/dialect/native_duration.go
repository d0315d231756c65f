package dialect

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
)

// durationUnits are the units of parse_duration, in nanoseconds.
var durationUnits = map[string]float64{"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9, "d": 86400e9}

var durationPattern = regexp.MustCompile(`^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)\s*$`)

// parseDuration reads a duration such as 42.8ms, in whole milliseconds.
func parseDuration(s string) (any, error) {
	if s == "" {
		return nil, fmt.Errorf("%s: duration is empty", functionArgument)
	}
	m := durationPattern.FindStringSubmatch(s)
	if m == nil {
		return nil, fmt.Errorf("%s: duration is not a valid data duration string: %s", functionArgument, s)
	}
	unit, ok := durationUnits[m[2]]
	if !ok {
		return nil, fmt.Errorf("%s: Unknown time unit: %s", functionArgument, m[2])
	}
	value, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		return nil, fmt.Errorf("%s: value is not finite: %s", functionArgument, m[1])
	}
	millis := math.Floor(value*(unit/1e6) + 0.5) // in doubles, as the airlift library computes
	if millis >= math.MaxInt64 {
		return nil, fmt.Errorf("%s: size is too large to be represented in requested unit as a long", functionArgument)
	}
	return int64(millis), nil
}
