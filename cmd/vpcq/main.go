// Command vpcq queries VPC flow logs, as jq queries JSON: it answers Athena SQL
// over a bucket or a downloaded folder. This package parses flags and wires the
// libraries together; each command is one file.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones are known without files of the host

	"github.com/urfave/cli/v2"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	go func() { // a second Ctrl-C ends the process at once
		<-ctx.Done()
		stop()
	}()
	os.Exit(run(ctx, os.Args, terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr}))
}

// run executes one command line and returns its exit status.
func run(ctx context.Context, args []string, t terminal) int {
	app := newApp(t)
	err := app.RunContext(ctx, intersperse(app, args))
	status := exitStatus(ctx, err)
	if err != nil && !isSilent(err) {
		fmt.Fprint(t.err, message(ctx, err))
	}
	return status
}

// newApp lists the commands.
func newApp(t terminal) *cli.App {
	return &cli.App{
		Name:            "vpcq",
		Usage:           "query VPC flow logs with Athena SQL, here",
		Description:     "vpcq answers Athena SQL over VPC flow logs in a bucket or a downloaded folder, as Athena does or not at all.",
		UsageText:       "vpcq command [flags] [arguments]",
		Version:         version(),
		Reader:          t.in,
		Writer:          t.out,
		ErrWriter:       t.err,
		HideVersion:     true,
		HideHelpCommand: true,
		Commands:        withSettings([]*cli.Command{queryCommand(t), lsCommand(t), describeCommand(t), ddlCommand(t), translateCommand(t), cacheCommand(t), functionsCommand(t), versionCommand(t)}),
		OnUsageError:    usageError,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("no command %q; vpcq --help lists the commands", c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
		CustomAppHelpTemplate: "",
		ExitErrHandler:        func(*cli.Context, error) {}, // run maps errors to the exit status
	}
}

// terminal is what a command reads from and writes to.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// usageError makes a wrong flag an error of its own kind, for the exit status.
func usageError(c *cli.Context, err error, _ bool) error {
	name := "vpcq"
	if c.Command != nil && c.Command.Name != "" && c.Command.Name != "vpcq" {
		name += " " + c.Command.Name
	}
	return usage("%w; %s --help lists the flags", err, name)
}

var errUsage = errors.New("wrong usage")

// usage returns an error for a command line that cannot be run.
func usage(format string, args ...any) error {
	return &usageFault{fmt.Errorf(format, args...)}
}

type usageFault struct{ error }

// Is lets errors.Is find errUsage.
func (u *usageFault) Is(target error) bool { return target == errUsage }

// Unwrap returns what is wrong with the command line.
func (u *usageFault) Unwrap() error { return u.error }
