package engine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vpcq/vpcq/partitions"
)

// whyEmpty says why a plan's scans gave no or too few records: nothing under the
// source, no such account, region or day, and what there is instead. What cannot
// be listed for that is left unsaid: the answer stands without it.
func (e *Engine) whyEmpty(ctx context.Context, plan *Plan, records int64) []string {
	var why []string
	prefix := "no records: "
	if records > 0 {
		prefix = "" // there are some, but not those asked for
	}
	for _, s := range plan.Scans {
		reasons, err := s.whyEmpty(ctx)
		if err == nil && s.table == nil && len(reasons) == 0 && len(s.Objects) == 0 {
			reasons, err = e.nearWindow(ctx)
		}
		if err != nil {
			continue
		}
		switch {
		case len(reasons) > 0 || records > 0:
		case s.table == nil && len(s.Objects) == 0 && s.Report.Pruned+s.Report.ObjectsPruned > 0:
			reasons = []string{fmt.Sprintf("the condition rules out every folder of %s: vpcq ls lists what there is; an hour has two digits, such as '05'", e.sourceName(s))}
		default:
			reasons = []string{fmt.Sprintf("there are none in the %s kept of %s", Count(int64(len(s.Objects)), "object"), e.sourceName(s))}
		}
		for _, r := range reasons {
			if line := prefix + r; !slices.Contains(why, line) {
				why = append(why, line)
			}
		}
	}
	return why
}

// sourceName is where the objects of a use lie.
func (e *Engine) sourceName(s *Scanned) string {
	if s.table != nil {
		return s.table.Location
	}
	return e.options.Source.String()
}

// whyEmpty says why a use of a table has no objects to read, a line each; none
// where that is not known.
func (s *Scanned) whyEmpty(ctx context.Context) ([]string, error) {
	if s.table == nil {
		return s.discovery.Explain(ctx)
	}
	switch r := s.Report; {
	case len(s.Objects) > 0:
		return nil, nil
	case r.Listed > 0 && r.ObjectsPruned == 0:
		return []string{fmt.Sprintf("there are no objects below the locations of table %s (%s of %s)", s.name(), Count(int64(r.Listed), "location"), s.table.Location)}, nil
	case r.Pruned+r.ObjectsPruned > 0:
		return []string{fmt.Sprintf("the condition rules out all of table %s (%s)", s.name(), Count(int64(r.Pruned), "partition"))}, nil
	}
	if partitions.IsProjected(s.table) {
		return []string{fmt.Sprintf("the condition keeps none of the partitions that the properties of table %s project", s.name())}, nil
	}
	return []string{fmt.Sprintf("table %s has no partitions: ALTER TABLE ADD PARTITION or MSCK REPAIR TABLE registers them", s.name())}, nil
}

// nearWindow names the days with folders next to the window of From and To, or
// says that such as lie in it hold nothing, as only directories may.
func (e *Engine) nearWindow(ctx context.Context) ([]string, error) {
	at := e.options.From
	if at.IsZero() {
		at = e.options.To
	}
	if at.IsZero() {
		return nil, nil
	}
	before, after, err := partitions.Nearest(ctx, e.options.Source, partitions.Options{Accounts: e.options.Accounts, Regions: e.options.Regions}, at)
	if err != nil {
		return nil, err
	}
	var days []string
	for _, day := range []time.Time{before, after} {
		from, to := e.options.From.Truncate(24*time.Hour), e.options.To
		switch {
		case day.IsZero():
		case !day.Before(from) && (to.IsZero() || day.Before(to)):
			return []string{"the folders in the time of --from and --to are empty"}, nil
		default:
			days = append(days, day.Format(time.DateOnly))
		}
	}
	if len(days) == 0 {
		return nil, nil
	}
	return []string{"no folder in the time of --from and --to: the nearest is of " + strings.Join(days, " and ")}, nil
}
