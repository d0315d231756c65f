package engine

import (
	"context"
	"slices"
	"time"

	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// Survey is what lies in a source: for it keys are listed, and one header line
// is read for each flow log, but no record.
type Survey struct {
	Report partitions.Report
	Flows  []SurveyedFlow // in the order of their first keys
	why    func(context.Context) []string

	root string // the source's, as an s3:// URL that ends in a slash, or as its name
}

// SurveyedFlow is a flow log, its format, and where and when it has objects.
type SurveyedFlow struct {
	FlowLog
	First, Last time.Time // days; zero where the keys tell none
	Days        int       // with objects
	Objects     int
	Bytes       int64 // as stored
}

// Survey lists the source as far as the options' times, accounts and regions
// allow. A damaged object does not end it: its flow log's format is not known.
func (e *Engine) Survey(ctx context.Context) (*Survey, error) {
	scan, err := e.discover(ctx, schema.Predicate{})
	if err != nil {
		return nil, err
	}
	lenient := e.lenient()
	lenient.options.Cache = nil // which does not know what objects look like
	flows, err := lenient.flowLogsOf(ctx, scan.Objects, partitions.Sample(scan.Objects))
	if err != nil {
		return nil, err
	}
	why := func(ctx context.Context) []string { return e.whyEmpty(ctx, &Plan{Scans: []*Scanned{scan}}, 0) }
	return &Survey{
		Report: scan.Report, Flows: surveyFlows(flows, scan.Objects), why: why,
		root: e.options.Source.String(),
	}, nil
}

// Columns are the columns of the table over what was surveyed: those of the
// records, and those the keys tell.
func (s *Survey) Columns() (record, partition []schema.Column) {
	var formats []schema.Format
	for _, f := range s.Flows {
		if f.Known {
			formats = append(formats, f.Format)
		}
	}
	var layouts []*partitions.Layout
	for _, l := range s.Report.Layouts {
		layouts = append(layouts, l.Layout)
	}
	record = schema.Unite(formats...)
	return record, partitions.Columns(layouts, record)
}

// WhyEmpty says why no object was found, a line each; it is for a Survey
// without Flows, and lists some prefixes more.
func (s *Survey) WhyEmpty(ctx context.Context) []string { return s.why(ctx) }

// origin is what the objects of one flow log have in common.
type origin struct{ id, account, region, folder string }

func originOf(o partitions.Object) origin {
	if o.FlowLog == "" {
		return origin{folder: o.Partition.Prefix}
	}
	return origin{id: o.FlowLog, account: o.Partition.Account, region: o.Partition.Region}
}

// surveyFlows adds to each flow log the days and sizes of its objects.
func surveyFlows(flows []FlowLog, objects []partitions.Object) []SurveyedFlow {
	all := make([]SurveyedFlow, len(flows))
	place := make(map[origin]int, len(flows))
	for i, f := range flows {
		all[i].FlowLog = f
		place[originOf(f.Sample)] = i
	}
	days := make([][]time.Time, len(flows))
	for _, o := range objects {
		i := place[originOf(o)]
		all[i].Objects++
		all[i].Bytes += o.Size
		if day := o.Partition.Date; !day.IsZero() && (len(days[i]) == 0 || !days[i][len(days[i])-1].Equal(day)) {
			days[i] = append(days[i], day)
		}
	}
	for i := range all {
		slices.SortFunc(days[i], time.Time.Compare)
		days[i] = slices.CompactFunc(days[i], time.Time.Equal)
		if all[i].Days = len(days[i]); all[i].Days > 0 {
			all[i].First, all[i].Last = days[i][0], days[i][len(days[i])-1]
		}
	}
	return all
}
