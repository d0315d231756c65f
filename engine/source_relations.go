package engine

import (
	"context"
	"slices"
	"sync"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/schema"
)

// presumedRelations are the tables before anything has been read.
func presumedRelations() relations {
	return relations{TableName: presumedRelation(TableName), GatewayTableName: presumedRelation(GatewayTableName)}
}

// presumedRelation is a table before anything has been read: every field AWS
// documents, and any other name may turn out to be a column. It serves to find
// the conditions that prune.
func presumedRelation(name string) *dialect.Relation {
	return &dialect.Relation{Name: name, Open: true, Columns: presumedColumns(), Synonyms: olderNames(), Hidden: fileColumns}
}

// presumedColumns are those of every field AWS documents, and what keys tell.
var presumedColumns = sync.OnceValue(func() []schema.Column {
	return slices.Clip(appendMissing(slices.Clone(documentedColumns()), partitions.Columns(allLayouts(), nil)))
})

// documentedColumns are those of every field AWS documents.
var documentedColumns = sync.OnceValue(func() []schema.Column {
	all := make([]schema.Column, len(schema.Fields))
	for i, f := range schema.Fields {
		all[i] = f.Column()
	}
	return all
})

// foundRelation is a table as the objects have it.
func foundRelation(name string, columns, partitionColumns []schema.Column) *dialect.Relation {
	return &dialect.Relation{
		Name: name, Columns: appendMissing(append([]schema.Column(nil), columns...), partitionColumns), Synonyms: olderNames(),
		Hidden: fileColumns,
	}
}

// olderNames are the names that AWS's published statements had for columns until
// 2021, such as sourceaddress, by the columns' names of today.
var olderNames = sync.OnceValue(func() map[string]string {
	older := map[string]string{}
	for _, f := range schema.Fields {
		if name := f.Column().Name; f.Old != "" && f.Old != name {
			older[name] = f.Old
		}
	}
	return older
})

// appendMissing appends those of more that columns does not name.
func appendMissing(columns, more []schema.Column) []schema.Column {
	has := make(map[string]bool, len(columns))
	for _, c := range columns {
		has[c.Name] = true
	}
	for _, c := range more {
		if !has[c.Name] {
			columns = append(columns, c)
			has[c.Name] = true
		}
	}
	return columns
}

// relationsOf are the tables with the columns of all that the scans read, from
// which it leaves out the objects of the other table. Where they read nothing,
// some other object of the source tells what the columns are.
func (e *Engine) relationsOf(ctx context.Context, scans []*Scanned) (relations, error) {
	var all [][]partitions.Object
	for _, s := range scans {
		if s.table == nil {
			all = append(all, s.Objects)
		}
	}
	objects := slices.Concat(all...)
	if len(objects) == 0 && len(all) > 0 {
		var err error
		if objects, err = e.someObjects(ctx, objectsToProbe); err != nil {
			return nil, err
		}
	}
	flows, err := e.flowLogsOf(ctx, objects, partitions.Sample(objects))
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
	for object, err := range partitions.Discover(e.options.Source, partitions.Options{Unlisted: e.unlisted()}).Objects(ctx) {
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
	flows, err := e.flowLogsOf(ctx, objects, sample)
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
			of := tableOf(f.Format)
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
			columns = documentedColumns()
		}
		found[name] = foundRelation(name, columns, partitions.Columns(layouts, columns))
		found[name].Where = e.window(slices.ContainsFunc(columns, func(c schema.Column) bool { return c.Name == "start" }))
	}
	return found
}

// wholeRelations are the tables with the columns of every object of the source.
func (e *Engine) wholeRelations(ctx context.Context) (relations, error) {
	objects, flows, err := e.wholeFlows(ctx)
	if err != nil {
		return nil, err
	}
	return e.foundRelations(objects, flows), nil
}

// wholeFlows are all objects of the source and their flow logs. It reads the
// header of each object whose name tells no flow log: one folder may hold such
// objects of several formats.
func (e *Engine) wholeFlows(ctx context.Context) ([]partitions.Object, []FlowLog, error) {
	objects, err := e.someObjects(ctx, 0)
	if err != nil {
		return nil, nil, err
	}
	var named, sample []partitions.Object
	for _, o := range objects {
		if o.FlowLog == "" {
			sample = append(sample, o)
		} else {
			named = append(named, o)
		}
	}
	flows, err := e.flowLogsOf(ctx, named, append(partitions.Sample(named), sample...))
	return objects, flows, err
}

func allLayouts() []*partitions.Layout {
	all := make([]*partitions.Layout, len(partitions.Layouts))
	for i := range partitions.Layouts {
		all[i] = &partitions.Layouts[i]
	}
	return all
}
