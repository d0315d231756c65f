package engine

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// maxPartitions is how many partitions one statement writes at most ("Service
// Quotas" and "Use CTAS and INSERT INTO to work around the 100 partition limit" in
// Athena's guide).
const maxPartitions = 100

// patience is how long what a failed statement has written may take to remove.
const patience = 30 * time.Second

// write runs a plan that writes: into a stage first, from where files become
// objects once all rows are there, and at the end declares them. What fails leaves
// nothing behind.
func (e *Engine) write(ctx context.Context, plan *Plan, result *Result) error {
	w := plan.write
	if w.idle {
		return nil
	}
	writer, ok := e.backend.(Writer)
	if !ok {
		return errors.New("write rows: the back end writes none")
	}
	keeper, err := e.keeper(w.location)
	if err != nil {
		return err
	}
	if err := e.checkFree(ctx, w); err != nil {
		return err
	}
	if w.empty {
		return e.declareWritten(w, nil)
	}
	stage, err := keeper.Stage(ctx, w.location)
	if err != nil {
		return err
	}
	defer os.RemoveAll(stage)
	if result.given, err = e.writeRows(ctx, writer, plan, result, stage); err != nil {
		return err
	}
	files, err := w.staged(stage, e.options.Now())
	if err != nil {
		return err
	}
	if err := e.checkFree(ctx, w); err != nil { // another may have written there meanwhile
		return err
	}
	return publish(ctx, keeper, files, func() error { return e.declareWritten(w, files) })
}

// checkFree is checkEmpty for those statements that ask for an empty place.
// UNLOAD with partitions does not ("UNLOAD" in Athena's guide).
func (e *Engine) checkFree(ctx context.Context, w *writing) error {
	if w.table == nil && len(w.output.Keys) == 0 || w.creates {
		return e.checkEmpty(ctx, w)
	}
	return nil
}

// writeRows puts the rows of a plan into files below dir. What the cache holds
// is read there; where that fails, the source is.
func (e *Engine) writeRows(ctx context.Context, writer Writer, plan *Plan, result *Result, dir string) (int64, error) {
	served, cached, err := e.serveAll(plan)
	if err != nil {
		return 0, err
	}
	to := plan.write.files(filepath.Join(dir, "rows"))
	result.serve(served)
	rows, err := writeFew(ctx, writer, e.job(plan, result, served), to)
	if err == nil || !cached || e.options.CacheOnly || ctx.Err() != nil || errors.Is(err, errTooManyPartitions) {
		return rows, e.wordFailure(err)
	}
	cause := err
	if err := os.RemoveAll(to.Dir); err != nil {
		return 0, err
	}
	for i, s := range plan.Scans {
		served[i] = fromSource(s)
	}
	result.serve(served)
	if rows, err = writeFew(ctx, writer, e.job(plan, result, served), to); err == nil {
		e.warnOfCache(cause)
	}
	return rows, e.wordFailure(err)
}

// watchEvery is how often the partitions of a running write are counted.
const watchEvery = 200 * time.Millisecond

// writeFew writes rows, and stops where they turn out to make too many partitions:
// there can be as many as rows.
func writeFew(ctx context.Context, writer Writer, job Job, to Files) (int64, error) {
	if len(to.Keys) == 0 {
		return writer.Write(ctx, job, to)
	}
	watched, stop := context.WithCancelCause(ctx)
	done := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(watchEvery):
			}
			if hasTooMany(to.Dir) {
				stop(errTooManyPartitions)
				return
			}
		}
	})
	rows, err := writer.Write(watched, job, to)
	close(done)
	watch.Wait()
	stop(nil)
	if err != nil && ctx.Err() == nil && watched.Err() != nil && errors.Is(context.Cause(watched), errTooManyPartitions) {
		err = errTooManyPartitions
	}
	return rows, err
}

// hasTooMany reports whether more folders below dir have files than there may be
// partitions.
func hasTooMany(dir string) bool {
	partitions := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			if partitions[filepath.Dir(path)] = true; len(partitions) > maxPartitions {
				return errTooManyPartitions
			}
		}
		return nil // what cannot be looked at is not counted
	})
	return err != nil
}

// files says how the rows become files.
func (w *writing) files(dir string) Files {
	f := Files{Dir: dir, Compression: w.options.compression, Level: w.options.level, Lines: w.options.format.kind != schema.ParquetStorage, Header: w.options.header}
	for _, k := range w.output.Keys {
		f.Keys = append(f.Keys, k.Name)
	}
	return f
}

// stagedFile is a file that is to become an object.
type stagedFile struct {
	path   string
	key    string             // the object's URL
	folder string             // that of the key
	spec   hive.PartitionSpec // the partition it belongs to; nil without partitions
}

// staged finds the files of a stage and names their objects, so that no two
// statements choose the same names.
func (w *writing) staged(stage string, now time.Time) ([]stagedFile, error) {
	id := now.UTC().Format("20060102_150405_") + strings.ToLower(rand.Text())
	var all []stagedFile
	partitions := map[string]bool{}
	err := filepath.WalkDir(stage, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		spec, err := w.specOf(filepath.Dir(path))
		if err != nil {
			return err
		}
		folder := w.folderOf(spec)
		if folder == elsewhere {
			return unplaced("NOT_SUPPORTED", fmt.Sprintf("vpcq does not write into partition %s of table %s.%s: it lies outside of the table's location", hive.PartitionName(spec), w.table.Database, w.table.Name), "")
		}
		if partitions[folder] = true; len(partitions) > maxPartitions {
			return errTooManyPartitions
		}
		all = append(all, stagedFile{path: path, spec: spec, folder: folder, key: fmt.Sprintf("%s%s_%d%s", folder, id, len(all), w.options.suffix())})
		return nil
	})
	return all, err
}

// folderOf is where the objects of a partition go.
func (w *writing) folderOf(spec hive.PartitionSpec) string {
	if spec == nil {
		return w.location
	}
	name := hive.PartitionName(spec)
	if folder, ok := w.folders[name]; ok {
		return folder
	}
	return w.location + name + "/"
}

// errTooManyPartitions is Athena's, word for word.
var errTooManyPartitions = &dialect.Error{
	Code: "HIVE_TOO_MANY_OPEN_PARTITIONS", Message: fmt.Sprintf("Exceeded limit of %d open writers for partitions/buckets", maxPartitions),
	Hint: "write fewer partitions with each statement, by a condition on their columns",
}

// specOf reads the partition that the folders of a file are named after.
func (w *writing) specOf(dir string) (hive.PartitionSpec, error) {
	if len(w.output.Keys) == 0 {
		return nil, nil
	}
	spec := make(hive.PartitionSpec, len(w.output.Keys))
	for i := range slices.Backward(spec) {
		_, value, ok := strings.Cut(filepath.Base(dir), "=")
		plain, err := url.PathUnescape(value)
		if !ok || err != nil {
			return nil, fmt.Errorf("folder %s names no partition: this is a fault of vpcq's own; please report it", filepath.Base(dir))
		}
		spec[i].Name, spec[i].Value = w.output.Keys[i].Name, plain
		dir = filepath.Dir(dir)
	}
	return spec, nil
}

// publish makes objects of files, and then lets them be declared. Where any of it
// fails, the objects are taken away again.
func publish(ctx context.Context, keeper source.Keeper, files []stagedFile, declare func() error) error {
	var err error
	put := 0
	for ; put < len(files) && err == nil; put++ {
		err = keeper.Put(ctx, files[put].key, files[put].path)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = declare()
	}
	if err == nil {
		return nil
	}
	cleaning, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	for _, f := range files[:put] {
		if left := keeper.Remove(cleaning, f.key); left != nil {
			err = fmt.Errorf("%w; and what had been written could not be removed: %w", err, left)
		}
	}
	return err
}
