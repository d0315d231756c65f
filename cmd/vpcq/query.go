package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/engine/render"
)

func queryCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "query",
		Usage:     "answer Athena SQL over flow logs",
		ArgsUsage: "[SQL | FILE.sql ...]",
		Description: `The statements are the arguments, those of -f, or what stands on standard
input; several are separated by ; and run in order, up to the first that fails.
The table over --source is vpc_flow_logs; CREATE EXTERNAL TABLE declares others. Data goes to standard output, all else to standard error.

What is read of a partition to its end the second time is kept in the cache, once
the answer is out; that takes about as long as answering did, can be interrupted,
and does not change the exit status. --cache off does without.

EXIT STATUS: 0 done; 1 the statement was refused or failed; 2 wrong usage;
3 source, network or credentials; 4 timeout or limit; 5 finished, but objects or
records were left out; 130 interrupted.`,
		Flags:        queryFlags(),
		OnUsageError: usageError,
		Action:       func(c *cli.Context) error { return runQuery(c, t) },
	}
}

func queryFlags() []cli.Flag {
	flags := slices.Concat(sourceFlags(), readFlags(), cacheFlags(), tableFlags())
	return append(flags,
		&cli.StringSliceFlag{Name: "file", Aliases: []string{"f"}, Usage: "run the statements in `FILE`; - is standard input"},
		&cli.StringFlag{Name: "output", Usage: "print as `FORMAT`: " + formatNames() + " (default: table on a terminal, else csv; txt for SHOW and DESCRIBE)"},
		&cli.StringFlag{Name: "output-file", Aliases: []string{"o"}, Usage: "write the rows to `FILE`, whole or not at all, in the format that its name ends in"},
		&cli.BoolFlag{DisableDefaultText: true, Name: "no-header", Usage: "leave the column names out"},
		&cli.BoolFlag{DisableDefaultText: true, Name: "stats", Usage: "print one JSON line on standard error: what was read, what it cost"},
		&cli.BoolFlag{DisableDefaultText: true, Name: "dry-run", Usage: "print what would be read, and read nothing"},
		&cli.StringFlag{Name: "timeout", Usage: "give up after `DURATION`, such as 5m"},
		&cli.IntFlag{Name: "threads", DefaultText: "all", Usage: "work on `N` cores"},
		&cli.StringFlag{Name: "memory-limit", Usage: "let the query engine hold at most `SIZE`, such as 512MB, before it spills"},
		&cli.StringFlag{Name: "temp-dir", Usage: "spill to `DIR` what does not fit the memory limit, and keep there what is about to be sent to S3"},
	)
}

// runQuery wires source, engine, back end and output, and runs each statement.
func runQuery(c *cli.Context, t terminal) error {
	statements, err := readStatements(c, t)
	if err != nil {
		return err
	}
	format, err := chosenFormat(c)
	if err != nil {
		return err
	}
	ctx, cancel, err := withTimeout(c)
	if err != nil {
		return err
	}
	defer cancel()
	options, err := queryOptions(ctx, c, t)
	defer closeSources(options)
	if err != nil {
		return err
	}
	backend, err := openBackend(c, options)
	if err != nil {
		return err
	}
	defer backend.Close()
	q, err := newQueryRun(c, t, engine.New(backend, options), format)
	if err != nil {
		return err
	}
	if err := q.finish(q.all(ctx, statements)); err != nil {
		return overdue(ctx, err)
	}
	q.note(unkept(options.Catalog))
	keepUsed(ctx, c, t, q, options)
	if q.stats.LeftOut() {
		return errLeftOut
	}
	return nil
}

// withTimeout is the command's context, which ends when --timeout says.
func withTimeout(c *cli.Context) (context.Context, context.CancelFunc, error) {
	limit, err := parseDuration("timeout", c.String("timeout"))
	if err != nil || limit == 0 {
		return c.Context, func() {}, err
	}
	ctx, cancel := context.WithTimeoutCause(c.Context, limit, errTimeout)
	return ctx, cancel, nil
}

// queryOptions are the engine's options with the declared tables and the cache.
// What they have opened is to be closed, after an error too.
func queryOptions(ctx context.Context, c *cli.Context, t terminal) (engine.Options, error) {
	options, err := engineOptions(ctx, c, t, false)
	if err != nil {
		return options, err
	}
	if err := tableOptions(c, t, c.Bool("dry-run"), &options); err != nil {
		return options, err
	}
	return options, cacheOptions(c, &options)
}

// mostThreads is more than any machine has cores; DuckDB would start as many
// threads as it is told, for minutes.
const mostThreads = 4096

// openBackend returns what executes statements, within the limits of the flags.
func openBackend(c *cli.Context, options engine.Options) (*duckdb.Later, error) {
	if n := c.Int("threads"); n < 0 || n > mostThreads {
		return nil, usage("--threads %d: want a number of cores, such as 4", c.Int("threads"))
	}
	memory, err := parseMemory(c.String("memory-limit"))
	if err != nil {
		return nil, err
	}
	return duckdb.OpenLater(duckdb.Options{Threads: c.Int("threads"), MemoryLimit: memory, TempDir: c.String("temp-dir"), Files: cacheFiles(options)}), nil
}

// queryRun is the statements of one command line on their way.
type queryRun struct {
	engine *engine.Engine
	out    *output
	err    io.Writer
	format string // empty: as the statement is best read
	header bool
	quiet  bool
	dryRun bool
	counts bool // print stats
	stats  engine.Stats
}

// newQueryRun opens where the rows go.
func newQueryRun(c *cli.Context, t terminal, e *engine.Engine, format string) (*queryRun, error) {
	out, err := openOutput(c.String("output-file"), t.out)
	return &queryRun{
		engine: e, out: out, err: t.err, quiet: c.Bool("quiet"),
		format: format, header: !c.Bool("no-header"), dryRun: c.Bool("dry-run"), counts: c.Bool("stats"),
	}, err
}

// finish ends the output of statements that ended with err, or without.
func (q *queryRun) finish(err error) error {
	if q.counts && (err == nil || q.stats != engine.Stats{}) { // of a statement that failed nothing is known
		q.printStats()
	}
	if closeErr := q.out.finish(err); err == nil {
		err = closeErr
	}
	return err
}

// all runs the statements in order, up to the first that fails.
func (q *queryRun) all(ctx context.Context, statements []statement) error {
	for _, s := range statements {
		if err := q.one(ctx, s.text); err != nil {
			return s.place(err)
		}
	}
	return nil
}

func (q *queryRun) one(ctx context.Context, sql string) (err error) {
	plan, err := q.engine.Plan(ctx, sql)
	if err != nil {
		return err
	}
	if q.dryRun {
		_, err := fmt.Fprint(q.out, plan.Describe())
		q.stats.Add(plan.Stats())
		return err
	}
	result, err := q.engine.Run(ctx, plan)
	if err != nil {
		return err
	}
	line := startProgress(q.err, q.quiet, result)
	defer func() {
		line.finish()
		closeErr := result.Close()
		if err == nil {
			err = closeErr
		}
		q.stats.Add(result.Stats())
		if err == nil {
			q.note(result.Notes(ctx))
		}
	}()
	format := outputFormat(q.format, q.out)
	if q.format == "" && hive.IsDDL(sql) {
		format = "txt" // to be read, or pasted: SHOW CREATE TABLE is a statement
	}
	return q.print(result, format, line)
}

// print renders the rows as they come; a statement without columns, such as SET
// TIME ZONE, prints nothing.
func (q *queryRun) print(result *engine.Result, format string, line *progress) error {
	columns := result.Columns()
	if len(columns) == 0 {
		return nil
	}
	w, err := render.New(format, q.out, render.Options{Header: q.header, Width: terminalWidth(q.out.stream)})
	if err != nil {
		return usage("%w", err)
	}
	if err := w.Begin(columns); err != nil {
		return err
	}
	for {
		batch, err := result.Next()
		if errors.Is(err, io.EOF) {
			line.finish()
			return q.out.end(w)
		}
		if err != nil {
			return err
		}
		if err := w.Batch(batch); err != nil {
			return err
		}
	}
}

func (q *queryRun) note(notes []string) {
	if q.quiet {
		return
	}
	for _, n := range notes {
		fmt.Fprintln(q.err, "vpcq: "+n)
	}
}

func (q *queryRun) printStats() {
	if text, err := json.Marshal(q.stats); err == nil {
		fmt.Fprintln(q.err, string(text))
	}
}

// outputFormat chooses the format where none is named: a table on a terminal, csv otherwise.
func outputFormat(name string, out *output) string {
	switch {
	case name != "":
		return name
	case isTerminal(out.stream):
		return "table"
	}
	return "csv"
}

var (
	errTimeout = errors.New("the time given by --timeout is over; give more, or ask for less: fewer days, by a condition on date or by --from and --to")
	errLeftOut = errors.New("finished, but objects or records were left out")
)
