package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v2"
)

// version is the module's version and the commit it was built from, as the Go
// tool recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && v == "devel" {
			v += " " + s.Value[:12]
		}
	}
	return v
}

func versionCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:         "version",
		Usage:        "print the version of vpcq and of what it was built with",
		OnUsageError: usageError,
		Action: func(*cli.Context) error {
			_, err := fmt.Fprintf(t.out, "vpcq %s (%s, %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
