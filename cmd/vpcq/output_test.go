package main

import "testing"

func TestIsDevice(t *testing.T) {
	for name, want := range map[string]bool{
		"/dev/stdout": true, "/dev/fd/3": true, "/proc/self/fd/1": true,
		"/dev/shm/rows.csv": false, "rows.csv": false, "dev/stdout": false, "/devices/rows.csv": false,
	} {
		if got := isDevice(name); got != want {
			t.Errorf("isDevice(%q) = %v", name, got)
		}
	}
}
