package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/apache/arrow-go/v18/arrow"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// Result is the rows of a statement and what they cost. It is for one
// goroutine, Progress excepted, and must be closed.
type Result struct {
	engine  *Engine
	plan    *Plan
	rows    Rows
	began   time.Time
	seconds float64 // once closed
	given   int64
	closed  bool
	ended   bool      // the rows came to their end
	served  []serving // by scan
	scanned *loader.Stats
	cached  struct{ objects, records, bytes atomic.Int64 } // what the cache had

	left atomic.Int64 // objects met that belong to the other table of the source

	mu   sync.Mutex
	late map[string]string // columns that the plan did not know, and an object that has each
}

// Columns are the columns of the rows, in order; a statement of the session, such
// as SET TIME ZONE, and one that writes have none and give no rows. Names may
// repeat.
func (r *Result) Columns() []dialect.ResultColumn {
	if r.plan.analysis == nil || r.plan.write != nil {
		return nil
	}
	return r.plan.analysis.Columns
}

// Next returns the next rows, or io.EOF after the last. The batch is the
// Result's own and holds until the next call of Next or Close. Its Arrow types
// are those dialect.Type documents for each column's type. A fault in running
// the statement is a *RuntimeError, damage of an object a *loader.Error.
func (r *Result) Next() (arrow.RecordBatch, error) {
	if r.rows == nil {
		return nil, io.EOF
	}
	batch, err := r.rows.Next()
	if err != nil {
		if errors.Is(err, io.EOF) {
			r.ended = true
			return nil, io.EOF
		}
		return nil, r.engine.wordFailure(err)
	}
	r.given += batch.NumRows()
	return batch, nil
}

// Progress says how much of what was planned has been read, in stored bytes. It
// may be called from any goroutine.
func (r *Result) Progress() (read, planned int64) {
	for _, s := range r.plan.Scans {
		planned += s.Report.Bytes
	}
	return min(r.scanned.BytesRead.Load()+r.cached.bytes.Load(), planned), planned
}

// serve counts what the cache has of the scans, and forgets what was read.
func (r *Result) serve(served []serving) {
	r.scanned.Reset()
	r.served = served
	var objects, records, bytes, left int64
	for _, v := range served {
		left += v.left
		objects, records, bytes = objects+v.cachedObjects, records+v.cachedRecords, bytes+v.cachedBytes
	}
	r.cached.objects.Store(objects)
	r.cached.records.Store(records)
	r.cached.bytes.Store(bytes)
	r.left.Store(left)
}

// Close ends the statement where it stands. Closing twice is harmless.
func (r *Result) Close() error {
	if r.closed {
		return nil
	}
	r.closed = true
	var err error
	if r.rows != nil {
		err = r.rows.Close()
	}
	r.seconds = time.Since(r.began).Seconds()
	r.engine.noteRead(r)
	return err
}

// Stats is what has been read so far and what it cost.
func (r *Result) Stats() Stats {
	s := r.plan.Stats()
	s.add(r.scanned)
	s.Rows = r.given
	s.Seconds = r.seconds
	if !r.closed {
		s.Seconds = time.Since(r.began).Seconds()
	}
	s.PeakMemory = peakMemory()
	s.ObjectsCached, s.RecordsCached = r.cached.objects.Load(), r.cached.records.Load()
	s.AthenaDollars = AthenaCost(s.BytesRead + r.cached.bytes.Load())
	return s
}

// headerMet returns what a scan tells of the formats it meets: a column that no
// sampled header had is not in the table, and that must be said.
func (r *Result) headerMet(s *Scanned) func(loader.Object, schema.Format) {
	known := make(map[string]bool, len(s.relation.Columns))
	for _, c := range s.relation.Columns {
		known[c.Name] = true
	}
	return func(object loader.Object, format schema.Format) {
		if tableOf(format) != s.of {
			return
		}
		for _, c := range format.Columns {
			if !known[c.Name] && c.Name != "" {
				r.noteLate(c.Name, object.Key)
			}
		}
	}
}

func (r *Result) noteLate(column, key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.late == nil {
		r.late = map[string]string{}
	}
	if first, noted := r.late[column]; !noted || key < first {
		r.late[column] = key
	}
}

// whyRejected says why records are left out.
func (e *Engine) whyRejected() string {
	if e.options.BadRows == loader.Warn {
		return "damaged, as --bad-rows says"
	}
	return "cut off or too long, where an object is damaged"
}

// whatIsKept says what the answer has of damaged objects.
func (e *Engine) whatIsKept() string {
	if e.options.BadFiles == loader.Skip {
		return "left out whole (--bad-files warn keeps what comes before the damage)"
	}
	return "what is lost to the damage is not in the answer (--bad-files skip leaves such objects out)"
}

// Notes says what the user should know beside the rows, a line of text each:
// what was left out or could not be read, and why there are no rows. It lists
// some of the source where that is needed to explain an empty result. It is
// for a closed Result.
func (r *Result) Notes(ctx context.Context) []string {
	var notes []string
	s := r.Stats()
	if w := r.plan.write; w != nil && !w.idle {
		notes = append(notes, fmt.Sprintf("%s written to %s", Count(r.given, "row"), w.location))
		if w.empty {
			return notes
		}
	}
	if s.RecordsRejected > 0 {
		notes = append(notes, fmt.Sprintf("%s left out: %s", Count(s.RecordsRejected, "record"), r.engine.whyRejected()))
	}
	if s.RecordsDamaged > 0 {
		notes = append(notes, fmt.Sprintf("%s damaged: what could not be read is NULL, as in Athena (--bad-rows fail names the first)", Count(s.RecordsDamaged, "record")))
	}
	if s.ObjectsSkipped > 0 {
		notes = append(notes, fmt.Sprintf("%s damaged or not to be read: %s", Count(s.ObjectsSkipped, "object"), r.engine.whatIsKept()))
	}
	if s.PrefixesUnlisted > 0 {
		notes = append(notes, fmt.Sprintf("%s not to be listed: nothing that lies below is in the answer", Count(s.PrefixesUnlisted, "folder")))
	}
	notes = append(notes, r.leftNote()...)
	notes = append(notes, r.lateNotes()...)
	notes = append(notes, r.accountsNote()...)
	switch {
	case s.Objects+s.ObjectsCached == 0 && s.ObjectsPlanned > 0:
		notes = append(notes, fmt.Sprintf("no records: the conditions rule out every row, so that nothing of %s was read", Count(s.ObjectsPlanned, "object")))
	case s.ObjectsSkipped > 0 && s.ObjectsSkipped == s.Objects && s.Records == 0: // which has been said
	case s.Records+s.RecordsCached == 0 || r.given <= 1: // a single row may be the count of nothing
		notes = append(notes, r.engine.whyEmpty(ctx, r.plan, s.Records+s.RecordsCached)...)
	}
	return notes
}

// lateNotes names the columns that no sampled header had, a line for each object
// in which some were met first.
func (r *Result) lateNotes() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	met := map[string][]string{}
	for column, key := range r.late {
		met[key] = append(met[key], column)
	}
	var notes []string
	for _, key := range slices.Sorted(maps.Keys(met)) {
		slices.Sort(met[key])
		notes = append(notes, fmt.Sprintf("the header of %s has columns that are not in the table, which has those of a sample of headers: %s", key, strings.Join(met[key], ", ")))
	}
	return notes
}

// accountsNote says that account_id pruned: in a shared VPC a record can carry
// another account than its folder.
func (r *Result) accountsNote() []string {
	for _, s := range r.plan.Scans {
		if pruned := s.Report.AccountsPruned; len(pruned) > 0 {
			return []string{fmt.Sprintf("the condition on account_id left out the folders of %s: records of shared VPCs that lie there are not seen", strings.Join(pruned, ", "))}
		}
	}
	return nil
}

// oneAtATime makes a function that several goroutines may call at once.
func oneAtATime(f func(string)) func(string) {
	var mu sync.Mutex
	return func(text string) {
		mu.Lock()
		defer mu.Unlock()
		f(text)
	}
}
