package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"runtime"
	"slices"
	"sync/atomic"
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
		if v.add(entry, objects, ""); len(v.objects) == 0 {
			report.Unchanged += len(objects)
			return nil
		}
	}
	old := slices.DeleteFunc(slices.Clone(objects), func(o partitions.Object) bool { return time.Since(o.ModTime) < settled })
	if len(old) == 0 {
		report.Damaged += len(objects)
		return nil
	}
	draft, err := e.presumeFormats(ctx, old)
	if err == nil {
		err = e.putEntry(ctx, storer, draft)
	}
	if errors.As(err, new(*loader.Error)) || errors.Is(err, errOtherFormat) || errors.Is(err, fs.ErrNotExist) { // what is wrong with which objects takes another look
		if draft, err = e.examine(ctx, old); err == nil && len(draft.objects) > 0 {
			err = e.putEntry(ctx, storer, draft)
		}
	}
	if err != nil {
		return err
	}
	report.Damaged += len(objects) - len(draft.objects)
	if len(draft.objects) > 0 {
		report.Partitions++
		report.Objects += len(draft.objects)
	}
	for _, o := range draft.entry.Objects {
		report.Records += o.Records
	}
	return nil
}

// errOtherFormat says that an object has columns that were not presumed.
var errOtherFormat = errors.New("an object has a column that others of its flow log lack")

// draft is an entry to be: without the numbers of records, and the objects in
// the order of the entry's.
type draft struct {
	entry   cache.Entry
	objects []partitions.Object
}

func newDraft(partition *partitions.Partition) draft {
	return draft{entry: cache.Entry{Prefix: partition.Prefix}}
}

// add adds an object; known says whether its format is known.
func (d *draft) add(o partitions.Object, format schema.Format, known bool) {
	at := -1
	if known {
		at = slices.IndexFunc(d.entry.Formats, func(f schema.Format) bool { return slices.Equal(f.Columns, format.Columns) })
		if at < 0 {
			at = len(d.entry.Formats)
			d.entry.Formats = append(d.entry.Formats, format)
		}
	}
	d.objects = append(d.objects, o)
	d.entry.Objects = append(d.entry.Objects, cache.Object{Object: o.Object, Format: at})
}

// finish settles the columns: those of the formats, then those that the
// partition's keys tell.
func (d *draft) finish() {
	for _, f := range d.entry.Formats {
		d.entry.Columns = appendMissing(d.entry.Columns, f.Columns)
	}
	d.entry.Columns = slices.DeleteFunc(d.entry.Columns, func(c schema.Column) bool { return c.Name == "" })
	d.entry.Fields = len(d.entry.Columns)
	values := map[string]schema.Value{}
	for _, o := range slices.CompactFunc(slices.Clone(d.objects), func(a, b partitions.Object) bool { return a.Partition == b.Partition }) {
		maps.Copy(values, o.Partition.Values())
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		d.entry.Columns = appendMissing(d.entry.Columns, []schema.Column{{Name: name, Type: values[name].Type}})
	}
}

// has reports whether the entry has all columns of a format.
func (d *draft) has(format schema.Format) bool {
	fields := d.entry.Columns[:d.entry.Fields]
	return !slices.ContainsFunc(format.Columns, func(c schema.Column) bool { return c.Name != "" && !slices.Contains(fields, c) })
}

// presumeFormats is the draft of a partition in which nothing is wrong: a flow
// log's objects all have the format of one of them. Who reads them sees whether
// that holds.
func (e *Engine) presumeFormats(ctx context.Context, objects []partitions.Object) (draft, error) {
	flows, err := e.lenient().flowLogs(ctx, partitions.Sample(objects))
	if err != nil {
		return draft{}, err
	}
	d := newDraft(objects[0].Partition)
	for _, o := range objects {
		at := slices.IndexFunc(flows, func(f FlowLog) bool { return f.Sample.Key == o.Key || f.ID != "" && originOf(f.Sample) == originOf(o) })
		known := at >= 0 && flows[at].Known
		var format schema.Format
		if known {
			format = flows[at].Format
		}
		d.add(o, format, known)
	}
	d.finish()
	return d, nil
}

// putEntry writes the records of a draft's objects, every field of which must be
// as it should, and puts the entry in the cache.
func (e *Engine) putEntry(ctx context.Context, storer Storer, d draft) error {
	var stats loader.Stats
	counts := make([]atomic.Int64, len(d.objects))
	var other atomic.Bool
	columns := append(slices.Clone(d.entry.Columns), schema.Column{Name: cache.ObjectColumn, Type: schema.Int})
	scan := Scan{Columns: columns, Rows: bytesOf(d.objects) / storedPerRecord}
	scan.Open = func(ctx context.Context, columns []schema.Column) (Pass, error) {
		options := loader.Options{Source: e.options.Source, Columns: columns, Format: e.options.LogFormat, BadFiles: loader.Fail, BadRows: loader.Fail, Stats: &stats, Whole: true}
		options.Header = func(_ loader.Object, format schema.Format) {
			if !d.has(format) {
				other.Store(true)
			}
		}
		s := loader.NewScan(options, numbered(d.objects))
		if source.IsDistant(options.Source) {
			s.ReadAhead(ctx, e.ahead)
		}
		at := slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == cache.ObjectColumn })
		return func() Reader { return &countingReader{s.Reader(), at, counts, &other} }, nil
	}
	return e.options.Cache.Put(d.entry, func(file string) error {
		if err := storer.Store(ctx, scan, file); err != nil {
			return err
		}
		for i := range counts {
			d.entry.Objects[i].Records = counts[i].Load()
		}
		return nil
	})
}

// countingReader counts the records of each object, as the column tells it. It
// fails once an object of another format is met.
type countingReader struct {
	Reader
	column int
	counts []atomic.Int64
	other  *atomic.Bool
}

// Next implements Reader.
func (r *countingReader) Next(ctx context.Context) (loader.Batch, error) {
	batch, err := r.Reader.Next(ctx)
	if err == nil && r.other.Load() {
		return batch, errOtherFormat
	}
	if err == nil && batch.Rows > 0 {
		r.counts[batch.Vectors[r.column].Int32[0]].Add(int64(batch.Rows))
	}
	return batch, err
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

// examined is what reading an object showed.
type examined struct {
	format schema.Format
	known  bool // the format
	clean  bool // nothing is wrong with it
}

// examine reads objects and is the draft of those in which nothing is wrong.
func (e *Engine) examine(ctx context.Context, objects []partitions.Object) (draft, error) {
	all := make([]examined, len(objects))
	err := atOnce(runtime.GOMAXPROCS(0), len(objects), func(i int) (err error) {
		if all[i], err = e.examineObject(ctx, objects[i]); err != nil {
			return fmt.Errorf("read object %s: %w", objects[i].Key, err)
		}
		return nil
	})
	if err != nil {
		return draft{}, err
	}
	d := newDraft(objects[0].Partition)
	for i, o := range all {
		if o.clean {
			d.add(objects[i], o.format, o.known)
		}
	}
	d.finish()
	return d, nil
}

// examineObject reads an object and verifies every field of it.
func (e *Engine) examineObject(ctx context.Context, object partitions.Object) (out examined, err error) {
	var stats loader.Stats
	options := loader.Options{
		Source: e.options.Source, Format: e.options.LogFormat, BadFiles: loader.Warn, BadRows: loader.Warn, Stats: &stats,
		Header: func(_ loader.Object, format schema.Format) { out.format, out.known = format, true },
	}
	r := loader.NewScan(options, queueOf([]partitions.Object{object}, nil, "")).Reader()
	defer r.Close()
	for {
		_, err := r.Count(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if errors.Is(err, fs.ErrNotExist) {
			return examined{}, nil // it went after it was listed
		}
		if err != nil {
			return out, err
		}
	}
	out.clean = stats.ObjectsSkipped.Load()+stats.Rejected.Load()+stats.Damaged.Load() == 0
	return out, nil
}
