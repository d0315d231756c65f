package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"
	"github.com/urfave/cli/v2"
)

// settingsPath is the file that gives flags their values where neither the
// command line nor the environment does: only the user's own, never one of the
// directory that vpcq is run in, which may have come with somebody's data.
func settingsPath() (string, error) {
	home := os.Getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(home) { // the XDG base directory specification: a relative path is none
		user, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		home = filepath.Join(user, ".config")
	}
	return filepath.Join(home, "vpcq", "config.toml"), nil
}

// withSettings lets commands take what is not said of their flags from the settings.
func withSettings(commands []*cli.Command) []*cli.Command {
	known := map[string]bool{}
	each(commands, func(command *cli.Command) {
		for _, f := range command.Flags {
			known[f.Names()[0]] = true
		}
	})
	each(commands, func(command *cli.Command) {
		command.Before = func(c *cli.Context) error { return applySettings(c, command.Flags, known) }
	})
	return commands
}

// each calls do for commands and those below them.
func each(commands []*cli.Command, do func(*cli.Command)) {
	for _, command := range commands {
		do(command)
		each(command.Subcommands, do)
	}
}

// applySettings gives flags the values of the settings. Of the known names those
// that are other commands' are passed over.
func applySettings(c *cli.Context, flags []cli.Flag, known map[string]bool) error {
	path, err := settingsPath()
	if err != nil {
		return nil // whoever has no home has no settings
	}
	var settings map[string]any
	if _, err := toml.DecodeFile(path, &settings); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return usage("read settings %s: %w", path, err)
	}
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		switch {
		case !known[name]:
			return usage("read settings %s: %q is no flag; name them as the command line does, without dashes: mount = [\"s3://bucket=DIRECTORY\"]", path, name)
		case c.IsSet(name) || !slices.ContainsFunc(flags, func(f cli.Flag) bool { return f.Names()[0] == name }):
			continue
		}
		if err := set(c, name, settings[name]); err != nil {
			return usage("read settings %s: %s: %w", path, name, err)
		}
	}
	return nil
}

// set gives a flag a value, or several.
func set(c *cli.Context, name string, value any) error {
	switch v := value.(type) {
	case string, bool, int64:
		return c.Set(name, fmt.Sprint(v))
	case []any:
		for _, one := range v {
			if err := set(c, name, one); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("want a text, a number, true or false, or a list of texts, not %v", value)
}
