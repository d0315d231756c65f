package main

import (
	"fmt"
	"strings"
	"time"

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

// describeTable prints a line for each column, and then one for each flow log:
// which format holds on which days.
func describeTable(s *engine.Survey, p *printer) error {
	if err := p.print(columnGrid(s)); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(p.out); err != nil {
		return err
	}
	return p.print(formatGrid(s))
}

func columnGrid(s *engine.Survey) *grid {
	g := newGrid("column", "type", "from", "flow_logs", "first_day", "last_day", "meaning")
	record, partition := s.Columns()
	for _, c := range record {
		with := holders(s.Flows, c.Name)
		meaning := "a field that AWS's documentation does not know"
		if f, ok := schema.FieldOfColumn(c.Name); ok {
			meaning = f.Doc
		}
		first, last := extent(with)
		g.add(c.Name, c.Type.String(), "record", share(with, s.Flows), day(first), day(last), meaning)
	}
	first, last := extent(s.Flows)
	for _, c := range partition {
		g.add(c.Name, c.Type.String(), "key", share(s.Flows, s.Flows), day(first), day(last), "told by the keys of the objects")
	}
	return g
}

func formatGrid(s *engine.Survey) *grid {
	g := newGrid("flow_log", "prefix", "format", "first_day", "last_day", "days #", "columns")
	for _, f := range s.Flows {
		g.add(f.ID, f.Sample.Partition.Prefix, f.FormatName(), day(f.First), day(f.Last), f.Days, names(f.Format))
	}
	return g
}

// share words how many of the flow logs have a column.
func share(with, all []engine.SurveyedFlow) string {
	return fmt.Sprintf("%d of %d", len(with), len(all))
}

// extent is the first and the last day of the flow logs that have any.
func extent(flows []engine.SurveyedFlow) (first, last time.Time) {
	for _, f := range flows {
		if f.Days == 0 {
			continue
		}
		if first.IsZero() || f.First.Before(first) {
			first = f.First
		}
		if f.Last.After(last) {
			last = f.Last
		}
	}
	return first, last
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
