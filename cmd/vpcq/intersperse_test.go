package main

import (
	"errors"
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
		"vpcq query -f a -f b -s DIR -s DIR":    "vpcq query -f a -f b -s DIR -s DIR",
		"vpcq cache build -s DIR --help":        "vpcq cache --help",
		"vpcq query -o -h SQL":                  "vpcq query -o -h -- SQL",
	} {
		line := intersperse(newApp(terminal{}), strings.Fields(in))
		if got := line.args; line.err != nil || !slices.Equal(got, strings.Fields(want)) {
			t.Errorf("%s: got %q, %v, want %q", in, got, line.err, want)
		}
	}
}

// A statement may begin with a comment.
func TestIntersperseComment(t *testing.T) {
	args := []string{"vpcq", "query", "-- who talks\nSELECT 1", "--stats"}
	want := []string{"vpcq", "query", "--stats", "--", "-- who talks\nSELECT 1"}
	if got := intersperse(newApp(terminal{}), args).args; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Of two values the flag package would silently drop one.
func TestIntersperseTwice(t *testing.T) {
	for in, want := range map[string]string{
		"vpcq query -s A --source=B SQL":      `--source is given twice, as "A" and as "B"; a question has one source: name the folder above both`,
		"vpcq query --account 1 --account 2":  `--account is given twice, as "1" and as "2"; write --account 1,2`,
		"vpcq ls --output csv --output table": `--output is given twice, as "csv" and as "table"; give it once`,
	} {
		if err := intersperse(newApp(terminal{}), strings.Fields(in)).err; err == nil || err.Error() != want || !errors.Is(err, errUsage) {
			t.Errorf("%s: got %v, want %s", in, err, want)
		}
	}
}
