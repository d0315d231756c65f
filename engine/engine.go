package engine

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/vpcq/vpcq/engine/cache"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// Options is what an Engine reads and how. The zero Options has no source: only
// statements that name no table can be answered.
type Options struct {
	Source    source.Source    // of the table that stands for it; nil: there is none
	Catalog   *catalog.Catalog // what is declared; nil: nothing, and it cannot be changed
	Database  string           // of names without one; empty: "default"
	Locations source.Source    // of declared tables: its keys are whole URLs, as those of source.Mounts; nil: there is none
	From, To  time.Time        // only records whose start lies in [From, To); zero: no limit. Records without a start go by their folder's date.
	Accounts  []string         // only the folders of these accounts; empty: all
	Regions   []string         // only the folders of these regions; empty: all
	LogFormat *schema.Format   // of objects without a header line; nil: such objects are damaged
	BadFiles  loader.Policy    // loader.Fail, Warn or Skip; but for Fail, prefixes that cannot be listed are left out, too
	BadRows   loader.Policy    // loader.Null, Fail or Warn

	// StrictSchema makes it an error where the declared columns of a table do not
	// fit the header lines of its objects; Warn is told of it else.
	StrictSchema bool

	// Cache is what may be read in place of objects that have not changed since
	// it was built; nil: nothing. It serves a back end that is a Storer. With
	// CacheOnly a statement that would read any object is refused. Nothing is
	// written but by BuildCache and KeepUsed.
	Cache     *cache.Cache
	CacheOnly bool

	// Warn is told, a line of text each, what the user should know while a
	// statement runs: damaged objects left out, columns met late. It may be nil,
	// and is called from one goroutine at a time.
	Warn func(string)

	// Now is the clock that current_date and the like read; nil: the machine's.
	Now func() time.Time
}

// Engine answers statements over one source, one after the other: SET TIME ZONE
// and PREPARE hold for those that follow. It is for one goroutine.
type Engine struct {
	backend  Backend
	options  Options
	database string // in which tables are named without one
	zone     *time.Location
	misfits  *misfitNotes
	mustRead bool                           // what cannot be read ends a look at objects, though one that is damaged does not
	ahead    *loader.Allowance              // for sources that are distant
	read     map[string][]partitions.Object // from the source, by prefix, for KeepUsed
}

// New returns an engine that reads what options say and executes with backend,
// which stays the caller's to close.
func New(backend Backend, options Options) *Engine {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Warn == nil {
		options.Warn = func(string) {}
	}
	options.Warn = oneAtATime(options.Warn)
	if options.Catalog == nil {
		options.Catalog = catalog.Empty()
	}
	return &Engine{
		backend: backend, options: options, database: cmp.Or(strings.ToLower(options.Database), defaultDatabase), zone: time.UTC,
		misfits: &misfitNotes{}, ahead: loader.NewAllowance(), read: map[string][]partitions.Object{},
	}
}

// Query plans and runs one statement. The caller must close the Result.
func (e *Engine) Query(ctx context.Context, sql string) (*Result, error) {
	plan, err := e.Plan(ctx, sql)
	if err != nil {
		return nil, err
	}
	return e.Run(ctx, plan)
}

// Run executes a plan. Its rows stream: they are read while the caller takes
// them. A statement that writes has written when Run returns, or has left nothing
// behind. ctx governs the result's whole life. The caller must close the Result.
func (e *Engine) Run(ctx context.Context, plan *Plan) (*Result, error) {
	result := &Result{engine: e, plan: plan, began: time.Now(), scanned: new(loader.Stats)}
	if plan.write != nil {
		if err := e.write(ctx, plan, result); err != nil {
			return nil, err
		}
		return result, nil
	}
	if plan.analysis == nil { // a statement of the session, done when planned
		return result, nil
	}
	rows, err := e.execute(ctx, plan, result)
	if err != nil {
		return nil, e.wordFailure(err)
	}
	result.rows = rows
	return result, nil
}

// job is what the back end gets of a plan whose scans are answered so.
func (e *Engine) job(plan *Plan, result *Result, served []serving) Job {
	tallied := func(use *dialect.TableUse) bool { return served[use.ID].tallied }
	job := Job{SQL: plan.analysis.DuckDBTallied(tallied), Scans: make(map[int]Scan, len(plan.Scans))}
	for i, use := range plan.analysis.Uses {
		job.Scans[use.ID] = e.scan(plan.Scans[i], result, served[i])
	}
	return job
}

// scan is what the back end gets of a planned scan.
func (e *Engine) scan(s *Scanned, result *Result, served serving) Scan {
	var yielded []schema.Column
	for _, c := range slices.Concat(s.relation.Columns, s.relation.Hidden) {
		yielded = append(yielded, s.relation.Yielded(c))
	}
	if served.tallied {
		yielded = append(yielded, dialect.TallyColumn)
	}
	return Scan{
		Columns: yielded,
		Rows:    s.records(),
		Stored:  served.stored,
		Open: func(ctx context.Context, columns []schema.Column) (Pass, error) {
			options := loader.Options{
				Source: e.options.Source, Columns: columns, Format: e.options.LogFormat,
				BadFiles: e.options.BadFiles, BadRows: e.options.BadRows, Where: s.where, Stats: result.scanned,
				Whole:  result.plan.analysis.ReadsAll,
				Warn:   e.warnOfDamage,
				Header: result.headerMet(s),
				Takes:  result.takes(s),
			}
			base := ""
			if s.table != nil {
				options.Source, options.Declared, options.Header, options.Takes = e.options.Locations, s.declared, nil, nil
			} else if len(s.Objects) > 0 {
				base = pathBefore(options.Source, s.Objects[0].Key)
			}
			queue := queueOf(served.objects, columns, base)
			if served.tallied {
				queue = oneByOne(queue)
			}
			scan := loader.NewScan(options, queue)
			if source.IsDistant(options.Source) {
				scan.ReadAhead(ctx, e.ahead)
			}
			return served.first(columns, func() Reader { return scan.Reader() }), nil
		},
	}
}

// warnOfDamage tells of a damaged object that does not end the scan.
func (e *Engine) warnOfDamage(err error) {
	var damaged *loader.Error
	if errors.As(err, &damaged) && damaged.Left {
		e.options.Warn(err.Error() + "; the object is left out")
		return
	}
	e.options.Warn(err.Error() + "; what came before is kept")
}

// unlisted is what tells of prefixes that cannot be listed; nil where such a one
// ends the statement.
func (e *Engine) unlisted() func(error) {
	if e.options.BadFiles == loader.Fail {
		return nil
	}
	return func(err error) { e.options.Warn(err.Error() + "; what lies there is left out") }
}
