package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/vpcq/vpcq/engine/cache"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// settled is how old an object must be to be cached: a younger one could change
// once more without its listing telling so, as clocks of file systems are coarse.
const settled = 2 * time.Second

// CacheReport is what building the cache did, in numbers.
type CacheReport struct {
	Partitions int   // written anew
	Objects    int   // in them
	Records    int64 // in them
	Damaged    int   // objects left to be read from the source, as something is wrong with them
	Unchanged  int   // objects that were in the cache already
}

// BuildCache puts the records of the source's objects into the cache, as far as
// the options' times, accounts and regions allow: of each partition that has
// objects which are not in it as they are now.
func (e *Engine) BuildCache(ctx context.Context) (CacheReport, error) {
	var report CacheReport
	storer, ok := e.backend.(Storer)
	if !ok || e.options.Cache == nil {
		return report, errors.New("build cache: the back end keeps none")
	}
	s, err := e.discover(ctx, schema.Predicate{})
	if err != nil {
		return report, err
	}
	for _, objects := range byPartition(s.Objects) {
		if err := e.buildPartition(ctx, storer, objects, &report); err != nil {
			return report, fmt.Errorf("build cache: %w", err)
		}
	}
	return report, nil
}

// buildPartition writes the entry of one partition, unless it is there.
func (e *Engine) buildPartition(ctx context.Context, storer Storer, objects []partitions.Object, report *CacheReport) error {
	prefix := objects[0].Partition.Prefix
	if entry, err := e.options.Cache.Find(prefix); err == nil && entry != nil {
		var v serving
		if v.add(entry, objects); len(v.objects) == 0 {
			report.Unchanged += len(objects)
			return nil
		}
	}
	clean, columns, err := e.examine(ctx, objects)
	if err != nil {
		return err
	}
	report.Damaged += len(objects) - len(clean)
	if len(clean) == 0 {
		return nil
	}
	entry := cache.Entry{Prefix: prefix, Columns: columns, Fields: len(columns)}
	for name, value := range objects[0].Partition.Values() {
		entry.Columns = appendMissing(entry.Columns, []schema.Column{{Name: name, Type: value.Type}})
	}
	var kept []partitions.Object
	for _, o := range clean {
		entry.Objects = append(entry.Objects, cache.Object{Object: o.object.Object, Records: o.records})
		kept = append(kept, o.object)
		report.Records += o.records
	}
	report.Partitions++
	report.Objects += len(clean)
	return e.options.Cache.Put(entry, func(file string) error {
		return e.storeEntry(ctx, storer, entry, kept, file)
	})
}

// storeEntry writes the records of an entry, which must be as many as were found
// when its objects were examined.
func (e *Engine) storeEntry(ctx context.Context, storer Storer, entry cache.Entry, objects []partitions.Object, file string) error {
	var stats loader.Stats
	want := int64(0)
	for _, o := range entry.Objects {
		want += o.Records
	}
	scan := Scan{Columns: append(slices.Clone(entry.Columns), schema.Column{Name: cache.ObjectColumn, Type: schema.Int}), Rows: want}
	scan.Open = func(ctx context.Context, columns []schema.Column) (Pass, error) {
		options := loader.Options{Source: e.options.Source, Columns: columns, Format: e.options.LogFormat, BadFiles: loader.Fail, BadRows: loader.Fail, Stats: &stats}
		s := loader.NewScan(options, numbered(objects))
		if source.IsDistant(options.Source) {
			s.ReadAhead(ctx, e.ahead)
		}
		return func() Reader { return s.Reader() }, nil
	}
	if err := storer.Store(ctx, scan, file); err != nil {
		return err
	}
	if got := stats.Records.Load(); got != want {
		return fmt.Errorf("the objects below %s changed while they were read: %d records, then %d; build again", entry.Prefix, want, got)
	}
	return nil
}

// numbered gives objects whose records have their index as a column.
func numbered(objects []partitions.Object) loader.Queue {
	next := queueOf(objects, nil, "")
	index := make(map[string]int64, len(objects))
	for i, o := range objects {
		index[o.Key] = int64(i)
	}
	return func(ctx context.Context) (loader.Object, error) {
		o, err := next(ctx)
		if err != nil {
			return o, err
		}
		values := map[string]schema.Value{cache.ObjectColumn: {Type: schema.Int, Int: index[o.Key]}}
		for name, value := range o.Values {
			values[name] = value
		}
		o.Values = values
		return o, nil
	}
}

// examined is an object in which nothing is wrong.
type examined struct {
	object  partitions.Object
	records int64
	format  schema.Format
	ok      bool
}

// examine reads objects and returns those in which nothing is wrong, and the
// columns that their records have.
func (e *Engine) examine(ctx context.Context, objects []partitions.Object) (clean []examined, columns []schema.Column, err error) {
	all, errs := make([]examined, len(objects)), make([]error, len(objects))
	var group sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, object := range objects {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			if all[i], errs[i] = e.examineObject(ctx, object); errs[i] != nil {
				errs[i] = fmt.Errorf("read object %s: %w", object.Key, errs[i])
			}
		})
	}
	group.Wait()
	for i, o := range all {
		if errs[i] != nil {
			return nil, nil, errs[i]
		}
		if o.ok {
			clean = append(clean, o)
			columns = appendMissing(columns, o.format.Columns)
		}
	}
	columns = slices.DeleteFunc(columns, func(c schema.Column) bool { return c.Name == "" })
	return clean, columns, nil
}

// examineObject reads an object and verifies every field of it.
func (e *Engine) examineObject(ctx context.Context, object partitions.Object) (examined, error) {
	out := examined{object: object}
	if time.Since(object.ModTime) < settled {
		return out, nil
	}
	var stats loader.Stats
	options := loader.Options{
		Source: e.options.Source, Format: e.options.LogFormat, BadFiles: loader.Warn, BadRows: loader.Warn, Stats: &stats,
		Header: func(_ loader.Object, format schema.Format) { out.format = format },
	}
	r := loader.NewScan(options, queueOf([]partitions.Object{object}, nil, "")).Reader()
	defer r.Close()
	for {
		n, err := r.Count(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return out, err
		}
		out.records += n
	}
	out.ok = stats.ObjectsSkipped.Load()+stats.Rejected.Load()+stats.Damaged.Load() == 0
	return out, nil
}
