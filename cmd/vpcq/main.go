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
	"strings"
	"syscall"
	_ "time/tzdata" // zones are known without files of the host

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine/dialect"
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
	line := intersperse(app, asUsual(args))
	app.Metadata = map[string]any{typedFlags: line.typed}
	err := line.err
	if err == nil {
		err = app.RunContext(ctx, line.args)
	}
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
				return noCommand(c.App, c.Args().First())
			}
			return cli.ShowAppHelp(c)
		},
		CustomAppHelpTemplate: "",
		ExitErrHandler:        func(*cli.Context, error) {}, // run maps errors to the exit status
	}
}

// asUsual writes as commands of vpcq what is typed by the habit of other tools:
// vpcq help COMMAND, vpcq --version.
func asUsual(args []string) []string {
	if len(args) < 2 {
		return args
	}
	switch args[1] {
	case "help":
		return append(append([]string{args[0]}, args[2:]...), "--help")
	case "--version", "-version":
		return []string{args[0], "version"}
	}
	return args
}

// noCommand says what to write in place of a word that is no command.
func noCommand(app *cli.App, word string) error {
	if strings.ContainsAny(word, " \n") {
		return usage("no command %q; statements are answered by vpcq query", word)
	}
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	if name := meant(word, names); name != "" {
		return usage("no command %q; did you mean vpcq %s?", word, name)
	}
	return usage("no command %q; vpcq --help lists the commands", word)
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
	wrong, ok := strings.CutPrefix(err.Error(), "flag provided but not defined: -")
	if !ok {
		return usage("%w; %s --help lists the flags", err, name)
	}
	var names []string
	if c.Command != nil {
		for _, f := range c.Command.Flags {
			names = append(names, f.Names()[0])
		}
	}
	instead := ""
	if name := meant(wrong, names); name != "" {
		instead = "did you mean --" + name + "? "
	}
	return usage("no flag %s; %s%s --help lists the flags", dashed(wrong), instead, name)
}

// dashed writes the name of a flag as it is typed.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// meant returns the name that a word may stand for: one that begins with it, or
// else that nearest to it; "" where none is near.
func meant(word string, names []string) string {
	if len(word) < 2 {
		return ""
	}
	for _, name := range names {
		if strings.HasPrefix(name, word) {
			return name
		}
	}
	return dialect.Nearest(word, names)
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
