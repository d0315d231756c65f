package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/schema"
)

func describeCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "describe",
		Usage:     "list the columns of vpc_flow_logs, their types, and which formats hold on which days",
		ArgsUsage: "[SOURCE]",
		Description: `Lists keys and reads one header line for each flow log, but no record.

EXIT STATUS: as of query.`,
		Flags:        surveyFlags(),
		OnUsageError: usageError,
		Action:       func(c *cli.Context) error { return runSurvey(c, t, describeTable) },
	}
}

// describeTable prints a line for each column; the formats follow on standard error.
func describeTable(s *engine.Survey, p *printer) error {
	g := newGrid("column", "type", "from", "flow_logs", "first_day", "last_day", "meaning")
	record, partition := s.Columns()
	for _, c := range record {
		with := holders(s.Flows, c.Name)
		meaning := "a field that AWS's documentation does not know"
		if f, ok := schema.FieldOfColumn(c.Name); ok {
			meaning = f.Doc
		}
		first, last := with[0].First, with[0].Last
		for _, f := range with {
			if f.First.Before(first) {
				first = f.First
			}
			if f.Last.After(last) {
				last = f.Last
			}
		}
		g.add(c.Name, c.Type.String(), "record", fmt.Sprintf("%d of %d", len(with), len(s.Flows)), day(first), day(last), meaning)
	}
	for _, c := range partition {
		g.add(c.Name, c.Type.String(), "key", fmt.Sprintf("%d of %d", len(s.Flows), len(s.Flows)), day(s.Report.First), day(s.Report.Last), "told by the keys of the objects")
	}
	if err := p.print(g); err != nil {
		return err
	}
	for _, f := range s.Flows {
		p.note("%s %s: %s, %s to %s: %s", f.Sample.Partition.Prefix, f.ID, f.FormatName(), day(f.First), day(f.Last), names(f.Format))
	}
	return nil
}

// holders are the flow logs whose format has the column; at least one of those surveyed does.
func holders(flows []engine.SurveyedFlow, column string) []engine.SurveyedFlow {
	var with []engine.SurveyedFlow
	for _, f := range flows {
		if f.Known && f.Format.Index(column) >= 0 {
			with = append(with, f)
		}
	}
	return with
}

// names are the columns of a format in their order.
func names(f schema.Format) string {
	all := make([]string, len(f.Columns))
	for i, c := range f.Columns {
		all[i] = c.Name
	}
	return strings.Join(all, " ")
}
