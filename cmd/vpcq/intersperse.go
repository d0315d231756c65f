package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// typedFlags is where the app's metadata have the names of the flags that stand
// on the command line, not in the environment or the settings.
const typedFlags = "typed"

// typed tells whether a flag stands on the command line.
func typed(c *cli.Context, name string) bool {
	names, _ := c.App.Metadata[typedFlags].(map[string]bool)
	return names[name]
}

// commandLine is what was typed, in the order that the flag package wants.
type commandLine struct {
	args  []string
	typed map[string]bool // flags by their first names
	err   error           // what cannot be meant
}

// intersperse moves the flags of a command before its arguments, because the
// flag package stops at the first argument and people type the statement first:
// vpcq query "SELECT …" -s DIR. A flag of one value that is given two is an
// error: the flag package would take the last, and half of what was asked for
// would be missing.
func intersperse(app *cli.App, args []string) commandLine {
	line := commandLine{args: args, typed: map[string]bool{}}
	if len(args) < 2 {
		return line
	}
	command := app.Command(args[1])
	if command == nil {
		return line
	}
	values := map[string]string{}
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
		name, value, inside := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name == "help" || name == "h" { // of the command, whatever else is typed
			return commandLine{args: []string{args[0], args[1], "--help"}}
		}
		flags = append(flags, arg)
		flag := flagNamed(command.Flags, name)
		if flag == nil {
			continue
		}
		name = flag.Names()[0]
		if takesValue(flag) && !inside && i+1 < len(args) {
			i++
			value = args[i]
			flags = append(flags, value)
		}
		if before, again := values[name]; again && line.err == nil && !takesMany(flag) && before != value {
			line.err = givenTwice(name, before, value)
		}
		values[name], line.typed[name] = value, true
	}
	line.args = append([]string{args[0], args[1]}, flags...)
	if len(rest) > 0 {
		line.args = append(append(line.args, "--"), rest...)
	}
	return line
}

// givenTwice is the error for a flag of one value that has two.
func givenTwice(name, first, second string) error {
	remedy := "give it once"
	switch name {
	case "source":
		remedy = "a question has one source: name the folder above both"
	case "account", "aws-region":
		remedy = fmt.Sprintf("write --%s %s,%s", name, first, second)
	}
	return usage("--%s is given twice, as %q and as %q; %s", name, first, second, remedy)
}

// looksLikeFlag tells a flag from a statement that begins with a SQL comment
// and from "-", standard input.
func looksLikeFlag(arg string) bool {
	name := strings.TrimLeft(arg, "-")
	return arg != name && name != "" && name[0] != ' ' && name[0] != '\n'
}

// flagNamed finds a flag by any of its names; nil: there is none.
func flagNamed(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func takesValue(f cli.Flag) bool {
	_, isBool := f.(*cli.BoolFlag)
	return !isBool
}

// takesMany tells whether a flag may be repeated: each time adds a value, or
// says the same again.
func takesMany(f cli.Flag) bool {
	_, isSlice := f.(*cli.StringSliceFlag)
	return isSlice || !takesValue(f)
}
