//go:build !unix

package main

import "time"

// Elsewhere than on Unix processor time and memory are not measured.
func cpuTime() time.Duration { return 0 }
func peakMemory() int64      { return 0 }
