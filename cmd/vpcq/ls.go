package main

import (
	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
)

func lsCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "ls",
		Usage:     "list the flow logs found: accounts, regions, days, layouts, formats, objects, bytes",
		ArgsUsage: "[SOURCE]",
		Description: `Lists keys and reads one header line for each flow log, but no record.

EXIT STATUS: as of query.`,
		Flags:        surveyFlags(),
		OnUsageError: usageError,
		Action:       func(c *cli.Context) error { return runSurvey(c, t, listFlows) },
	}
}

// listFlows prints a line for each flow log, and on standard error the sums.
func listFlows(s *engine.Survey, p *printer) error {
	g := newGrid("account", "region", "flow_log", "layout", "format", "first_day", "last_day", "days #", "objects #", "bytes #")
	for _, f := range s.Flows {
		layout := "loose"
		if l := f.Sample.Partition.Layout; l != nil {
			layout = l.Name
		}
		g.add(f.Sample.Partition.Account, f.Sample.Partition.Region, f.ID, layout, f.FormatName(), day(f.First), day(f.Last), f.Days, f.Objects, f.Bytes)
	}
	if err := p.print(g); err != nil {
		return err
	}
	r := s.Report
	p.note("%s, %s as stored, in %s; passed over: %d hidden, %s, %d foreign",
		engine.Count(int64(r.Objects), "object"), size(r.Bytes), engine.Count(int64(r.Partitions), "partition"),
		r.PassedOver.Hidden, engine.Count(int64(r.PassedOver.Markers), "folder marker"), r.PassedOver.Foreign)
	return nil
}
