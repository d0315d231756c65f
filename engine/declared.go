package engine

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// discoverDeclared lists the objects of a declared table: of those partitions
// that the condition does not rule out, and of these the objects it does not.
func (e *Engine) discoverDeclared(ctx context.Context, table *schema.Table, condition schema.Predicate) (*Scanned, error) {
	if e.options.Locations == nil {
		return nil, fmt.Errorf("read table %s: nothing is known of %s: pass --mount %s=DIRECTORY", table.Name, table.Location, table.Location)
	}
	if err := e.checkLimits(table); err != nil {
		return nil, err
	}
	condition = allOf(condition, e.windowOf(*table))
	all, err := e.partitionsOf(table, condition)
	if err != nil {
		return nil, err
	}
	s := &Scanned{Predicate: condition, table: table}
	kept := slices.DeleteFunc(slices.Clone(all), func(p *partitions.Partition) bool {
		return !condition.CanMatch(func(column string) schema.Domain { return domainOf(table, p.Keys, column) })
	})
	s.Report.Pruned, s.Report.Listed = len(all)-len(kept), len(kept)
	lists, unlisted, err := e.listAll(ctx, kept)
	if err != nil {
		return nil, err
	}
	s.Report.Unlisted = unlisted
	for i, p := range kept {
		before := len(s.Objects)
		for _, o := range lists[i] {
			s.take(p, o)
		}
		if len(s.Objects) > before {
			s.Report.Partitions++
		}
	}
	return s, nil
}

// take adds an object of a partition to those to read, unless its name or the
// condition rules it out.
func (s *Scanned) take(p *partitions.Partition, o source.Object) {
	switch {
	case isHidden(o.Key[len(p.Prefix):]):
		s.Report.PassedOver.Hidden++
	case strings.HasSuffix(o.Key, "/"):
		s.Report.PassedOver.Markers++
	case !s.Predicate.CanMatch(func(column string) schema.Domain { return s.domainOfObject(p, o, column) }):
		s.Report.ObjectsPruned++
	default:
		s.Objects = append(s.Objects, partitions.Object{Object: o, Partition: p})
		s.Report.Objects++
		s.Report.Bytes += o.Size
	}
}

// isHidden reports whether a part of the path begins with "_" or ".": Athena
// ignores such objects ("Other notable limitations").
func isHidden(path string) bool {
	for name := range strings.SplitSeq(path, "/") {
		if strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			return true
		}
	}
	return false
}

// domainOfObject is what is known of a column of the object's records.
func (s *Scanned) domainOfObject(p *partitions.Partition, o source.Object, column string) schema.Domain {
	if v, ok := fileValues("", o)[column]; ok {
		return schema.Exactly(v)
	}
	return domainOf(s.table, p.Keys, column)
}

// domainOf is what the keys of a partition tell of a column.
func domainOf(table *schema.Table, keys map[string]schema.Value, column string) schema.Domain {
	if v, ok := keys[column]; ok {
		return schema.Exactly(v)
	}
	if slices.ContainsFunc(table.Partitions, func(c schema.Column) bool { return c.Name == column }) {
		return schema.AlwaysNull
	}
	return schema.Anything
}

// listAll lists the objects of the partitions, several at once, and counts what
// cannot be listed where that need not end the statement.
func (e *Engine) listAll(ctx context.Context, all []*partitions.Partition) (lists [][]source.Object, unlisted int, err error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	lists = make([][]source.Object, len(all))
	tell := e.unlisted()
	var left atomic.Int64
	_ = atOnce(source.ListingsAtOnce(e.options.Locations), len(all), func(i int) error {
		for o, err := range e.options.Locations.Objects(ctx, all[i].Prefix) {
			switch {
			case err == nil:
				lists[i] = append(lists[i], o)
			case tell != nil && errors.Is(err, source.ErrUnreadable):
				left.Add(1)
				tell(err)
			default:
				cancel(err) // the first stands
				return err
			}
		}
		return nil
	})
	if ctx.Err() != nil {
		return nil, 0, context.Cause(ctx)
	}
	return lists, int(left.Load()), nil
}

// partitionsOf returns the partitions of a declared table: of one without
// partition columns all that lies below its location, of one with projection
// those that the condition keeps.
func (e *Engine) partitionsOf(table *schema.Table, condition schema.Predicate) ([]*partitions.Partition, error) {
	switch {
	case len(table.Partitions) == 0:
		return []*partitions.Partition{{Prefix: asFolder(table.Location), Hour: -1, Keys: map[string]schema.Value{}}}, nil
	case !partitions.IsProjected(table):
		return registered(table, e.options.Catalog.Partitions(table.Database, table.Name))
	}
	projection, err := partitions.NewProjection(table)
	if err != nil {
		return nil, err
	}
	var all []*partitions.Partition
	for p, err := range projection.Partitions(condition, e.options.Now()) {
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, nil
}

// registered are the partitions that ALTER TABLE ADD PARTITION and MSCK REPAIR
// TABLE have registered.
func registered(table *schema.Table, all []catalog.Partition) ([]*partitions.Partition, error) {
	out := make([]*partitions.Partition, len(all))
	for i, p := range all {
		out[i] = &partitions.Partition{Prefix: asFolder(p.Location), Hour: -1, Keys: map[string]schema.Value{}}
		for _, key := range p.Spec {
			column, _ := table.Column(key.Name)
			if key.Value == schema.NullKey {
				continue
			}
			if !dialect.HoldsText(column, key.Value) {
				return nil, partitions.InvalidValue(column, key.Value)
			}
			v, err := partitions.ReadValue(column, key.Value)
			if err != nil {
				return nil, err
			}
			out[i].Keys[column.Name] = v
		}
	}
	return out, nil
}

// asFolder ends a location with a slash, as Athena takes every location for a folder.
func asFolder(location string) string { return strings.TrimRight(location, "/") + "/" }
