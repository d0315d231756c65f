package engine

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"sync"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// headersAtOnce is how many header lines are read at the same time: each is a
// small request that mostly waits for the network.
const headersAtOnce = 32

// relationsOf are the tables with the columns of all that the scans read, from
// which it leaves out the objects of the other table. Where they read nothing,
// some other object of the source tells what the columns are.
func (e *Engine) relationsOf(ctx context.Context, scans []*Scanned) (relations, error) {
	var objects []partitions.Object
	uses := 0
	for _, s := range scans {
		if s.table == nil {
			objects = append(objects, s.Objects...)
			uses++
		}
	}
	if len(objects) == 0 && uses > 0 {
		var err error
		if objects, err = e.someObjects(ctx, objectsToProbe); err != nil {
			return nil, err
		}
	}
	flows, err := e.flowLogs(ctx, partitions.Sample(objects))
	if err != nil {
		return nil, err
	}
	divide(scans, flows)
	return e.foundRelations(objects, flows), nil
}

// objectsToProbe is how many objects are looked at for columns where a
// condition keeps none.
const objectsToProbe = 64

// someObjects lists the source without any condition, up to limit objects; 0: all.
func (e *Engine) someObjects(ctx context.Context, limit int) ([]partitions.Object, error) {
	var objects []partitions.Object
	for object, err := range partitions.Discover(e.options.Source, partitions.Options{}).Objects(ctx) {
		if err != nil {
			return nil, err
		}
		if objects = append(objects, object); len(objects) == limit {
			break
		}
	}
	return objects, nil
}

// relations are the tables with the columns of these objects, as the headers of
// some of them show.
func (e *Engine) relations(ctx context.Context, objects, sample []partitions.Object) (relations, error) {
	flows, err := e.flowLogs(ctx, sample)
	if err != nil {
		return nil, err
	}
	return e.foundRelations(objects, flows), nil
}

// foundRelations are the tables with the columns of flow logs.
func (e *Engine) foundRelations(objects []partitions.Object, flows []FlowLog) relations {
	formats := map[string][]schema.Format{TableName: nil, GatewayTableName: nil}
	var layouts []*partitions.Layout
	for _, f := range flows {
		if f.Known {
			of := TableOf(f.Format)
			formats[of] = append(formats[of], f.Format)
		}
	}
	for _, o := range objects {
		if !slices.Contains(layouts, o.Partition.Layout) {
			layouts = append(layouts, o.Partition.Layout)
		}
	}
	found := relations{}
	for name, formats := range formats {
		columns := schema.Unite(formats...)
		if len(columns) == 0 {
			columns = presumedRelation(name, nil).Columns
		}
		found[name] = foundRelation(name, columns, partitions.Columns(layouts, columns))
		found[name].Where = e.window(slices.ContainsFunc(columns, func(c schema.Column) bool { return c.Name == "start" }))
	}
	return found
}

// unresolved finds the column in Trino's message for one that is not there.
var unresolved = regexp.MustCompile(`^Column '(?:.*\.)?([^'.]+)' cannot be resolved$`)

// needsMoreColumns reports whether a statement was refused for a column that AWS
// documents or that keys can tell: an object that the conditions leave out may
// have it, and then it is a column of the table, null in all that is read.
func (e *Engine) needsMoreColumns(err error) bool {
	var refused *dialect.Error
	if !errors.As(err, &refused) || refused.Code != "COLUMN_NOT_FOUND" || e.options.Source == nil {
		return false
	}
	m := unresolved.FindStringSubmatch(refused.Message)
	if m == nil {
		return false
	}
	_, documented := schema.FieldOfColumn(m[1])
	return documented || isPartitionColumn(m[1])
}

// wholeRelations are the tables with the columns of every object of the source. It
// reads the header of each object whose name tells no flow log: one folder may
// hold such objects of several formats.
func (e *Engine) wholeRelations(ctx context.Context) (relations, error) {
	objects, err := e.someObjects(ctx, 0)
	if err != nil {
		return nil, err
	}
	var named, sample []partitions.Object
	for _, o := range objects {
		if o.FlowLog == "" {
			sample = append(sample, o)
		} else {
			named = append(named, o)
		}
	}
	return e.relations(ctx, objects, append(partitions.Sample(named), sample...))
}

// FlowLog is one flow log of a source as its objects show it. Objects whose
// names tell no flow log are taken for one in each folder.
type FlowLog struct {
	ID     string            // such as "fl-1234abcd"; empty where the names do not tell
	Sample partitions.Object // one of its objects
	Known  bool              // whether Sample tells the format: it does not where it is empty, or damaged at its very beginning
	Format schema.Format     // as Sample's header line announces it, or its first record

	headless bool // Sample has no header line
	wrapped  bool // Sample's records are messages in JSON documents
}

// FlowLogs reads one header line for each flow log among the objects: a flow
// log's format never changes after its creation (VPC guide, "Flow log records").
func (e *Engine) FlowLogs(ctx context.Context, objects []partitions.Object) ([]FlowLog, error) {
	return e.flowLogs(ctx, partitions.Sample(objects))
}

// flowLogs reads the header lines of a sample, several at once.
func (e *Engine) flowLogs(ctx context.Context, sample []partitions.Object) ([]FlowLog, error) {
	flows := make([]FlowLog, len(sample))
	errs := make([]error, len(sample))
	var group sync.WaitGroup
	slots := make(chan struct{}, headersAtOnce)
	for i, object := range sample {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			flows[i], errs[i] = e.flowLog(ctx, object)
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return flows, nil
}

// flowLog reads the header line of one object, unless the cache knows it.
func (e *Engine) flowLog(ctx context.Context, object partitions.Object) (FlowLog, error) {
	if format, ok := e.cachedFormat(object); ok {
		return FlowLog{ID: object.FlowLog, Sample: object, Known: true, Format: format}, nil
	}
	options := loader.Options{Source: e.options.Source, Format: e.options.LogFormat, BadFiles: e.options.BadFiles}
	found, ok, err := loader.FormatOf(ctx, options, loader.Object{Object: object.Object})
	return FlowLog{ID: object.FlowLog, Sample: object, Known: ok, Format: found.Format, headless: ok && !found.Header, wrapped: found.Wrapped}, err
}

func allLayouts() []*partitions.Layout {
	all := make([]*partitions.Layout, len(partitions.Layouts))
	for i := range partitions.Layouts {
		all[i] = &partitions.Layouts[i]
	}
	return all
}
