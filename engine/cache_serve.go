package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/engine/cache"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// serving is how a scan is answered: what the cache holds, and the objects that
// are read from the source.
type serving struct {
	stored  []Stored
	tallies []tally
	tallied bool // rows stand for as many records as dialect.TallyColumn says
	objects []partitions.Object
	parts   []part

	left                                      int64 // objects in the cache that belong to the other table
	cachedObjects, cachedRecords, cachedBytes int64
}

// part is what an entry holds of a partition's objects as they are now.
type part struct {
	entry   *cache.Entry
	fresh   []int                           // indexes in entry.Objects
	records map[*partitions.Partition]int64 // whose names may tell more than the folder's, where that has no layout
}

// fromSource is how a scan is answered without a cache.
func fromSource(s *Scanned) serving { return serving{objects: s.Objects} }

// serveAll says how each scan of a plan is answered; ok is false where the cache
// has no part in it.
func (e *Engine) serveAll(plan *Plan) (all []serving, ok bool, err error) {
	_, stores := e.backend.(Storer)
	usable := e.options.Cache != nil && stores && !slices.ContainsFunc(plan.Scans, readsMore)
	for _, s := range plan.Scans {
		v := fromSource(s)
		if usable {
			v = e.serve(s)
		}
		if left := len(v.objects); e.options.CacheOnly && left > 0 {
			return nil, false, fmt.Errorf("answer from the cache: %d of %s not in it, or changed since: run vpcq cache build, or ask with --cache auto", left, Count(int64(len(s.Objects)), "object"))
		}
		ok = ok || len(v.parts) > 0
		all = append(all, v)
	}
	tally := canTally(all, plan.analysis.Uses) // of all scans or none: those with something stored must have the same columns
	for i := range all {
		all[i].give(tally)
	}
	return all, ok, nil
}

// readsMore reports whether a scan is of what the cache does not have: declared
// tables, and what is known of files.
func readsMore(s *Scanned) bool {
	return s.table != nil || s.files
}

// serve finds what the cache holds of a scan's objects as they are now.
func (e *Engine) serve(s *Scanned) serving {
	var v serving
	all := byPartition(s.Objects)
	entries, types := e.entries(all), typesOf(s.relation.Columns)
	for i, objects := range all {
		if entries[i] == nil || !fits(entries[i], types) {
			v.objects = append(v.objects, objects...)
			continue
		}
		v.add(entries[i], objects, s.of)
	}
	return v
}

// entries finds the entry of each partition, nil where there is none that can be
// read. There may be thousands.
func (e *Engine) entries(all [][]partitions.Object) []*cache.Entry {
	entries := make([]*cache.Entry, len(all))
	errs := make([]error, len(all))
	_ = atOnce(runtime.GOMAXPROCS(0), len(all), func(i int) error {
		entries[i], errs[i] = e.options.Cache.Find(all[i][0].Partition.Prefix)
		return nil
	})
	for _, err := range errs {
		if err != nil {
			e.options.Warn(err.Error() + "; the source is read instead, and vpcq cache build writes the file anew")
		}
	}
	return entries
}

// add takes what an entry holds of a partition's objects that belong to the table; empty: of all.
func (v *serving) add(entry *cache.Entry, objects []partitions.Object, table string) {
	listed := make([]source.Object, len(objects))
	for i, o := range objects {
		listed[i] = o.Object
	}
	fresh := entry.Fresh(listed)
	tables := make([]string, len(entry.Formats))
	for i, f := range entry.Formats {
		tables[i] = tableOf(f)
	}
	var own []int
	partition := make(map[int]*partitions.Partition, len(objects))
	for i, o := range objects {
		at := fresh[i]
		switch {
		case at < 0:
			v.objects = append(v.objects, o)
		case table == "" || entry.Objects[at].Format < 0 || tables[entry.Objects[at].Format] == table:
			own = append(own, at)
			partition[at] = o.Partition
		case table == TableName:
			v.left++
		}
	}
	if len(own) == 0 {
		return
	}
	p := part{entry: entry, fresh: own, records: map[*partitions.Partition]int64{}}
	for _, i := range own {
		o := entry.Objects[i]
		p.records[partition[i]] += o.Records
		v.cachedObjects++
		v.cachedRecords += o.Records
		v.cachedBytes += o.Size
	}
	v.parts = append(v.parts, p)
}

// store adds the file of an entry to those read in the same way, if all of it is
// read, and else by itself.
func (v *serving) store(entry *cache.Entry, fresh []int) {
	columns := make([]string, len(entry.Columns))
	for i, c := range entry.Columns {
		columns[i] = c.Name
	}
	s := Stored{Files: []string{entry.Path()}, Columns: columns, ObjectColumn: cache.ObjectColumn}
	if len(fresh) < len(entry.Objects) {
		s.Objects = fresh
		v.stored = append(v.stored, s)
		return
	}
	for i := range v.stored {
		if v.stored[i].Objects == nil && slices.Equal(v.stored[i].Columns, columns) {
			v.stored[i].Files = append(v.stored[i].Files, entry.Path())
			return
		}
	}
	v.stored = append(v.stored, s)
}

// cachedFormat is the format of an object as the cache knows it.
func (e *Engine) cachedFormat(object partitions.Object) (schema.Format, bool) {
	if e.options.Cache == nil {
		return schema.Format{}, false
	}
	entry, err := e.options.Cache.Find(object.Partition.Prefix)
	if err != nil || entry == nil {
		return schema.Format{}, false // who looks for records tells what is wrong
	}
	at := entry.Fresh([]source.Object{object.Object})[0]
	if at < 0 || entry.Objects[at].Format < 0 {
		return schema.Format{}, false
	}
	return entry.Formats[entry.Objects[at].Format], true
}

// byPartition cuts objects, which are in the order of their keys, at the ends of
// partitions.
func byPartition(objects []partitions.Object) [][]partitions.Object {
	var all [][]partitions.Object
	at := map[string]int{}
	for len(objects) > 0 {
		prefix, n := objects[0].Partition.Prefix, 1
		for n < len(objects) && objects[n].Partition.Prefix == prefix {
			n++
		}
		if i, ok := at[prefix]; ok { // what lies in folders of it came between
			all[i] = append(all[i], objects[:n]...)
		} else {
			at[prefix] = len(all)
			all = append(all, objects[:n:n])
		}
		objects = objects[n:]
	}
	return all
}

// typesOf are the types of columns by their names.
func typesOf(columns []schema.Column) map[string]schema.Type {
	types := make(map[string]schema.Type, len(columns))
	for _, c := range columns {
		types[c.Name] = c.Type
	}
	return types
}

// fits reports whether the records of an entry can stand for those of its
// objects, in a table whose columns have these types: a column that the table
// lacks must be met in the objects, for the user is told of it.
func fits(entry *cache.Entry, types map[string]schema.Type) bool {
	for i, c := range entry.Columns {
		if t, ok := types[c.Name]; !ok && i < entry.Fields || ok && t != c.Type {
			return false
		}
	}
	return true
}

// execute runs a plan: from the cache where that holds something of it, and from
// the source alone where the cache then cannot be read.
func (e *Engine) execute(ctx context.Context, plan *Plan, result *Result) (Rows, error) {
	served, ok, err := e.serveAll(plan)
	if err != nil {
		return nil, err
	}
	result.serve(served)
	if countedByCache(plan, served) {
		e.noteUsed(served)
		return newCountRow(plan, served[0].cachedRecords), ctx.Err()
	}
	rows, err := e.backend.Execute(ctx, e.job(plan, result, served))
	if !ok || e.options.CacheOnly {
		return rows, err
	}
	e.noteUsed(served)
	careful := &carefulRows{Rows: rows, ctx: ctx, served: served, again: func() (Rows, error) {
		alone := make([]serving, len(plan.Scans))
		for i, s := range plan.Scans {
			alone[i] = fromSource(s)
		}
		result.serve(alone)
		return e.backend.Execute(ctx, e.job(plan, result, alone))
	}, warn: e.warnOfCache}
	if err != nil {
		return careful, careful.restart(err)
	}
	return careful, nil
}

// noteUsed notes which entries serve a statement. With CacheOnly nothing is written.
func (e *Engine) noteUsed(served []serving) {
	if e.options.CacheOnly {
		return
	}
	for _, v := range served {
		for _, p := range v.parts {
			e.options.Cache.Used(p.entry)
		}
	}
}

// warnOfCache tells that the source was read in place of the cache.
func (e *Engine) warnOfCache(cause error) {
	e.options.Warn(fmt.Sprintf("the cache in %s could not be read, so the source was: %s; vpcq cache verify finds what is damaged", e.options.Cache.Dir(), firstLine(cause)))
}

// carefulRows begins anew, without the cache, where the first batch cannot be had.
type carefulRows struct {
	Rows
	ctx    context.Context
	served []serving
	again  func() (Rows, error) // nil once it was called, or there was a batch
	warn   func(cause error)
	cause  error // why it began anew; nil once that was told
}

// restart takes rows that are not of the cache, or returns the error that is
// none of the cache.
func (r *carefulRows) restart(err error) error {
	var damaged *loader.Error
	if r.again == nil || r.ctx.Err() != nil || errors.Is(err, io.EOF) || errors.As(err, &damaged) {
		return err
	}
	if r.Rows != nil {
		if err := r.Rows.Close(); err != nil {
			return err
		}
	}
	r.cause = err
	r.Rows, err = r.again()
	r.again = nil
	return err
}

// Next implements Rows.
func (r *carefulRows) Next() (arrow.RecordBatch, error) {
	batch, err := r.Rows.Next()
	if err != nil && r.again != nil {
		if err = r.restart(err); err == nil {
			batch, err = r.Rows.Next()
		}
	}
	if err != nil && r.again == nil && r.cause == nil && !errors.Is(err, io.EOF) && r.missing() {
		err = fmt.Errorf("read cache: another process took a file of it away: %w; ask again", err)
	}
	r.again = nil
	if r.cause != nil && (err == nil || errors.Is(err, io.EOF)) {
		r.warn(r.cause)
	}
	r.cause = nil
	return batch, err
}

// missing reports whether a file that is read has gone: rows that were given out
// already cannot be taken back.
func (r *carefulRows) missing() bool {
	return slices.ContainsFunc(r.served, func(v serving) bool {
		return slices.ContainsFunc(v.parts, func(p part) bool {
			_, err := os.Stat(p.entry.Path())
			return errors.Is(err, fs.ErrNotExist)
		})
	})
}

func firstLine(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return line
}
