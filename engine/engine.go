package engine

import (
	"context"
	"time"

	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/schema"
)

// Options is what an Engine reads and how. The zero Options has no source: only
// statements that name no table can be answered.
type Options struct {
	Source    source.Source
	From, To  time.Time      // only records whose start lies in [From, To); zero: no limit. Records without a start go by their folder's date.
	Accounts  []string       // only the folders of these accounts; empty: all
	Regions   []string       // only the folders of these regions; empty: all
	LogFormat *schema.Format // of objects without a header line; nil: such objects are damaged
	BadFiles  loader.Policy  // loader.Fail, Warn or Skip
	BadRows   loader.Policy  // loader.Null, Fail or Warn

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
	zone     *time.Location
	prepared map[string]*pending // by the name in lower case
	ahead    *loader.Allowance   // nil where the source is not distant
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
	e := &Engine{backend: backend, options: options, zone: time.UTC, prepared: map[string]*pending{}}
	if source.IsDistant(options.Source) {
		e.ahead = loader.NewAllowance()
	}
	return e
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
// them. ctx governs the result's whole life. The caller must close the Result.
func (e *Engine) Run(ctx context.Context, plan *Plan) (*Result, error) {
	result := &Result{engine: e, plan: plan, began: time.Now(), scanned: new(loader.Stats)}
	if plan.analysis == nil { // a statement of the session, done when planned
		return result, nil
	}
	job := Job{SQL: plan.analysis.DuckDB(), Scans: make(map[int]Scan, len(plan.Scans))}
	for i, use := range plan.analysis.Uses {
		job.Scans[use.ID] = e.scan(plan.Scans[i], result)
	}
	rows, err := e.backend.Execute(ctx, job)
	if err != nil {
		return nil, e.explain(err)
	}
	result.rows = rows
	return result, nil
}

// scan is what the back end gets of a planned scan.
func (e *Engine) scan(s *Scanned, result *Result) Scan {
	return Scan{
		Columns: s.relation.Columns,
		Rows:    s.records(),
		Open: func(ctx context.Context, columns []schema.Column) (Pass, error) {
			scan := loader.NewScan(loader.Options{
				Source: e.options.Source, Columns: columns, Format: e.options.LogFormat,
				BadFiles: e.options.BadFiles, BadRows: e.options.BadRows, Where: s.where, Stats: result.scanned,
				Warn:   e.warnOfDamage,
				Header: result.headerMet(s.relation.Columns),
			}, queueOf(s.Objects))
			if e.ahead != nil {
				scan.ReadAhead(ctx, e.ahead)
			}
			return func() Reader { return scan.Reader() }, nil
		},
	}
}

// warnOfDamage tells of a damaged object that does not end the scan.
func (e *Engine) warnOfDamage(err error) {
	if e.options.BadFiles == loader.Skip {
		e.options.Warn(err.Error() + "; the object is left out")
		return
	}
	e.options.Warn(err.Error() + "; what came before is kept")
}
