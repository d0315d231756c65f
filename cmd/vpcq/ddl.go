package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
)

func ddlCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "ddl",
		Usage:     "write the CREATE EXTERNAL TABLE that reads the flow logs found, in Athena and here",
		ArgsUsage: "[SOURCE]",
		Description: `Lists keys and reads one header line for each flow log, but no record. There is a
table for each format and layout; its partitions are projected from the folders.

EXIT STATUS: as of query.`,
		Flags: append(append(sourceFlags(), readFlags()...),
			&cli.StringFlag{Name: "location", Usage: "the `URL` that the source has in S3, for a downloaded copy: s3://bucket/prefix/"}),
		OnUsageError: usageError,
		Action: func(c *cli.Context) error {
			location := c.String("location")
			return runSurvey(c, t, func(s *engine.Survey, p *printer) error { return declareTables(s, location, p) })
		},
	}
}

// declareTables prints the statements, and on standard error what they miss.
func declareTables(s *engine.Survey, location string, p *printer) error {
	declarations, err := s.Declare(location)
	if err != nil {
		return usage("%w: --location s3://bucket/prefix/", err)
	}
	for i, d := range declarations {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		if _, err := fmt.Fprintf(p.out, "%s;\n", d); err != nil {
			return err
		}
		for _, note := range d.Notes {
			p.note("%s: %s", d.Table.Name, note)
		}
	}
	return nil
}
