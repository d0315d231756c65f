package main

import (
	"slices"
	"strings"
	"testing"
)

func TestIntersperse(t *testing.T) {
	for in, want := range map[string]string{
		"vpcq":                                  "vpcq",
		"vpcq ls":                               "vpcq ls",
		"vpcq nosuch -s x":                      "vpcq nosuch -s x",
		"vpcq query SQL -s DIR":                 "vpcq query -s DIR -- SQL",
		"vpcq query SQL --source=DIR --stats":   "vpcq query --source=DIR --stats -- SQL",
		"vpcq query --stats SQL --from -7d":     "vpcq query --stats --from -7d -- SQL",
		"vpcq query --no-header A --output csv": "vpcq query --no-header --output csv -- A",
		"vpcq query -s DIR -- --SQL -s":         "vpcq query -s DIR -- --SQL -s",
		"vpcq query -f - -s DIR":                "vpcq query -f - -s DIR",
	} {
		got := intersperse(newApp(terminal{}), strings.Fields(in))
		if !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// A statement may begin with a comment.
func TestIntersperseComment(t *testing.T) {
	args := []string{"vpcq", "query", "-- who talks\nSELECT 1", "--stats"}
	want := []string{"vpcq", "query", "--stats", "--", "-- who talks\nSELECT 1"}
	if got := intersperse(newApp(terminal{}), args); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
