package dialect

import (
	"fmt"
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
