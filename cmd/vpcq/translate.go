package main

import (
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
)

func translateCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "translate",
		Usage:     "print a statement as DuckDB SQL, and the scans it plans",
		ArgsUsage: "[SQL | FILE.sql ...]",
		Description: `Takes statements as query does and runs none. Each use of the table is a line
"scan" with its columns and, where a source is named, the prefixes it reads; in the SQL it
is vpcq_scan(N), counted from 0. Without a source the table has every column that AWS documents.

EXIT STATUS: as of query.`,
		Flags: append(slices.Concat(sourceFlags(), readFlags(), tableFlags()),
			&cli.StringSliceFlag{Name: "file", Aliases: []string{"f"}, Usage: "translate the statements in `FILE`; - is standard input"}),
		OnUsageError: usageError,
		Action:       func(c *cli.Context) error { return runTranslate(c, t) },
	}
}

func runTranslate(c *cli.Context, t terminal) error {
	statements, err := readStatements(c, t)
	if err != nil {
		return err
	}
	options, err := engineOptions(c.Context, c, t, false)
	if err != nil {
		return err
	}
	if err := tableOptions(c, t, true, &options); err != nil {
		return err
	}
	defer closeSources(options)
	e := engine.New(nil, options)
	for _, s := range statements {
		text, err := e.Translate(c.Context, s.text)
		if err != nil {
			return s.place(err)
		}
		if _, err := fmt.Fprint(t.out, text); err != nil {
			return err
		}
	}
	return nil
}
