//go:build unix

package main

import (
	"runtime"
	"syscall"
	"time"
)

// cpuTime is what this process has used of the processors.
func cpuTime() time.Duration {
	u := usage()
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peakMemory is the most memory this process has had resident, in bytes.
func peakMemory() int64 {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return usage().Maxrss // bytes there, kilobytes elsewhere
	}
	return usage().Maxrss * 1024
}

func usage() (u syscall.Rusage) {
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return syscall.Rusage{} // asked as it is, it does not fail
	}
	return u
}
