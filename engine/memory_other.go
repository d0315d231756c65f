//go:build !unix

package engine

import "runtime"

// peakMemory is what Go has taken from the system, in bytes: elsewhere than on
// Unix the resident peak is not to be had without more than the standard library.
func peakMemory() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}
