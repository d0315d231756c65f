package engine

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// FlowLog is one flow log of a source as its objects show it. Objects whose
// names tell no flow log are taken for one in each folder.
type FlowLog struct {
	ID     string            // such as "fl-1234abcd"; empty where the names do not tell
	Sample partitions.Object // one of its objects
	Known  bool              // whether Sample tells the format: it does not where it is empty, damaged at its very beginning, or not to be read
	Format schema.Format     // as Sample's header line announces it, or its first record

	headless bool // Sample has no header line
	wrapped  bool // Sample's records are messages in JSON documents
}

// headersAtOnce is how many header lines are read at the same time: each is a
// small request that mostly waits for the network.
const headersAtOnce = 32

// lenient is the engine for a look at objects, which a damaged one does not end,
// but one that cannot be read does where it ends statements.
func (e *Engine) lenient() *Engine {
	own := *e
	own.mustRead = e.options.BadFiles == loader.Fail
	own.options.BadFiles = loader.Warn
	return &own
}

// flowLogs reads the header lines of a sample, several at once: one object for
// each flow log will do, as its format never changes after its creation (VPC
// guide, "Flow log records").
func (e *Engine) flowLogs(ctx context.Context, sample []partitions.Object) ([]FlowLog, error) {
	flows := make([]FlowLog, len(sample))
	err := atOnce(headersAtOnce, len(sample), func(i int) (err error) {
		flows[i], err = e.flowLog(ctx, sample[i])
		return err
	})
	return flows, err
}

// sampledAnew is how many objects of a flow log are looked at, at most, behind a
// first one that does not tell the format.
const sampledAnew = 3

// flowLogsOf are the flow logs of which sample has some objects. Where one of
// those does not tell the format, being empty or left out as damaged, others of
// the same flow log among objects are looked at.
func (e *Engine) flowLogsOf(ctx context.Context, objects, sample []partitions.Object) ([]FlowLog, error) {
	flows, err := e.flowLogs(ctx, sample)
	tried := map[string]bool{}
	for range sampledAnew {
		unknown := map[origin]int{}
		for i, f := range flows {
			if tried[f.Sample.Key] = true; !f.Known {
				unknown[originOf(f.Sample)] = i
			}
		}
		if err != nil || len(unknown) == 0 {
			break
		}
		others := slices.DeleteFunc(slices.Clone(objects), func(o partitions.Object) bool {
			_, wanted := unknown[originOf(o)]
			return !wanted || tried[o.Key]
		})
		var found []FlowLog
		found, err = e.flowLogs(ctx, partitions.Sample(others))
		for _, f := range found {
			flows[unknown[originOf(f.Sample)]] = f
		}
	}
	return flows, err
}

// flowLog reads the header line of one object, unless the cache knows it.
func (e *Engine) flowLog(ctx context.Context, object partitions.Object) (FlowLog, error) {
	if format, ok := e.cachedFormat(object); ok {
		return FlowLog{ID: object.FlowLog, Sample: object, Known: true, Format: format}, nil
	}
	options := loader.Options{Source: e.options.Source, Format: e.options.LogFormat, BadFiles: e.options.BadFiles, MustRead: e.mustRead}
	found, ok, err := loader.FormatOf(ctx, options, loader.Object{Object: object.Object})
	return FlowLog{ID: object.FlowLog, Sample: object, Known: ok, Format: found.Format, headless: ok && !found.Header, wrapped: found.Wrapped}, err
}

// sound leaves out flow logs whose sample Options.BadFiles leaves out, and is an
// error where that ends statements. A sample is read to its end, where its
// checksum stands, if its header line has a name that AWS does not document.
func (e *Engine) sound(ctx context.Context, flows []FlowLog) ([]FlowLog, error) {
	var kept []FlowLog
	for _, f := range flows {
		if f.Known && slices.ContainsFunc(f.Format.Columns, isUndocumented) {
			left, err := e.readThrough(ctx, f.Sample)
			if err != nil {
				return nil, err
			}
			if left {
				continue
			}
		}
		kept = append(kept, f)
	}
	return kept, nil
}

func isUndocumented(c schema.Column) bool {
	_, ok := schema.FieldOfColumn(c.Name)
	return !ok
}

// readThrough reads an object to its end, for the damage that shows there.
// Options.BadFiles says whether that is an error, or told, or left out.
func (e *Engine) readThrough(ctx context.Context, object partitions.Object) (left bool, err error) {
	var stats loader.Stats
	options := loader.Options{Source: e.options.Source, Format: e.options.LogFormat, BadFiles: e.options.BadFiles, BadRows: loader.Null, Stats: &stats}
	if e.options.BadFiles == loader.Warn {
		options.Warn = e.warnOfDamage
	}
	r := loader.NewScan(options, queueOf([]partitions.Object{object}, nil, "")).Reader()
	defer r.Close()
	for err == nil {
		_, err = r.Count(ctx)
	}
	if err == io.EOF {
		err = nil
	}
	return e.options.BadFiles == loader.Skip && stats.ObjectsSkipped.Load() > 0, err
}

// FormatName says in a few words what a flow log's format is.
func (f FlowLog) FormatName() string {
	switch {
	case !f.Known:
		return "unknown: the object sampled is empty, damaged, not to be read or no flow log"
	case slices.Equal(f.Format.Columns, schema.DefaultVPC.Columns):
		return "default"
	case slices.Equal(f.Format.Columns, schema.DefaultTGW.Columns):
		return "transit gateway default"
	}
	version := 0
	for _, c := range f.Format.Columns {
		if field, ok := schema.FieldOfColumn(c.Name); ok {
			version = max(version, field.Version)
		}
	}
	of := ""
	if tableOf(f.Format) == GatewayTableName {
		of = "transit gateway "
	}
	return fmt.Sprintf("%sv%d, %s", of, version, Count(int64(len(f.Format.Columns)), "field"))
}
