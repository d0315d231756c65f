package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestParseBytes(t *testing.T) {
	for in, want := range map[string]int64{"": 0, "1000": 1000, "5KB": 5000, "500MB": 500e6, "2GB": 2e9, "1TB": 1e12} {
		if got, err := parseBytes(in); err != nil || got != want {
			t.Errorf("parseBytes(%q) = %d, %v, want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"GB", "-1", "2 GB", "2gb", "1.5GB"} {
		if n, err := parseBytes(in); err == nil {
			t.Errorf("parseBytes(%q) = %d, want an error", in, n)
		}
	}
}

func TestRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "bucket")
	if err := run([]string{"-out", dir, "-days", "1", "-objects", "4", "-records", "3"}); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "AWSLogs", "444455556666", "vpcflowlogs", "eu-west-1", "2025", "11", "01")); err != nil {
		t.Error(err)
	}
	for _, args := range [][]string{{}, {"-out", dir, "-start", "soon"}, {"-out", dir, "-bytes", "much"}, {"-out", dir}} {
		if err := run(args); err == nil {
			t.Errorf("run %q: no error", args)
		}
	}
}
