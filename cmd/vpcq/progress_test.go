package main

import (
	"bytes"
	"testing"
	"time"
)

func TestProgressLine(t *testing.T) {
	for _, c := range []struct {
		read, planned int64
		elapsed       time.Duration
		want          string
	}{
		{0, 0, 2 * time.Second, "2 s"},
		{0, 1000, time.Second, "  0%  0 B of 1.0 kB  0 B/s"},
		{50e6, 200e6, 2 * time.Second, " 25%  50.0 MB of 200.0 MB  25.0 MB/s  6s left"},
		{200e6, 200e6, 4 * time.Second, "100%  200.0 MB of 200.0 MB  50.0 MB/s"},
	} {
		if got := progressLine(c.read, c.planned, c.elapsed); got != c.want {
			t.Errorf("progressLine(%d, %d, %s) = %q, want %q", c.read, c.planned, c.elapsed, got, c.want)
		}
	}
}

// Only a terminal is drawn on.
func TestProgressIsForTerminals(t *testing.T) {
	var out bytes.Buffer
	p := startProgress(&out, false, nil)
	p.finish()
	p.finish()
	if out.Len() > 0 {
		t.Errorf("drew %q", out.String())
	}
}
