package main

import (
	"strings"

	"github.com/urfave/cli/v2"
)

// intersperse moves the flags of a command before its arguments, because the
// flag package stops at the first argument and people type the statement first:
// vpcq query "SELECT …" -s DIR.
func intersperse(app *cli.App, args []string) []string {
	if len(args) < 2 {
		return args
	}
	command := app.Command(args[1])
	if command == nil {
		return args
	}
	takesValue := valueFlags(command.Flags)
	var flags, rest []string
	for i := 2; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			rest = append(rest, args[i+1:]...)
			break
		}
		if !looksLikeFlag(arg) {
			rest = append(rest, arg)
			continue
		}
		flags = append(flags, arg)
		if takesValue[strings.TrimLeft(arg, "-")] && i+1 < len(args) {
			i++
			flags = append(flags, args[i])
		}
	}
	out := append([]string{args[0], args[1]}, flags...)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out
}

// looksLikeFlag tells a flag from a statement that begins with a SQL comment
// and from "-", standard input.
func looksLikeFlag(arg string) bool {
	name := strings.TrimLeft(arg, "-")
	return arg != name && name != "" && name[0] != ' ' && name[0] != '\n'
}

func valueFlags(flags []cli.Flag) map[string]bool {
	takes := map[string]bool{}
	for _, f := range flags {
		if _, isBool := f.(*cli.BoolFlag); isBool {
			continue
		}
		for _, name := range f.Names() {
			takes[name] = true
		}
	}
	return takes
}
