package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/cache"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/partitions/source/s3"
)

func cacheCommand(t terminal) *cli.Command {
	return &cli.Command{
		Name:      "cache",
		Usage:     "keep what flow logs hold in Parquet files, for questions asked again",
		ArgsUsage: "build | status | verify | prune",
		Description: `vpcq query keeps what it reads a second time; build does so at once. It reads
the source's objects, as far as --from, --to, --account and --aws-region allow,
and writes a file for each partition; later questions read the files, and only
such objects of the source as are new or changed. Objects in which anything is
wrong are always read from the source.
status lists what is kept, of every source. verify reads the files and removes
those that are damaged. prune removes what was used least recently until the rest
fits --cache-size.

EXIT STATUS: as of query; 5 if verify found damage.`,
		Flags: append(append(sourceFlags(), readFlags()...), cacheDirFlag(),
			cacheSizeFlag(),
			&cli.StringFlag{Name: "output", Usage: "status: print as `FORMAT`: " + formatNames() + " (default: table on a terminal, else csv)"},
			&cli.BoolFlag{DisableDefaultText: true, Name: "no-header", Usage: "status: leave the column names out"},
		),
		OnUsageError: usageError,
		Action:       func(c *cli.Context) error { return runCache(c, t) },
	}
}

// cacheFlags are those of commands that read the cache.
func cacheFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Category: categoryRead, Name: "cache", Value: "auto", EnvVars: []string{"VPCQ_CACHE"}, Usage: "`MODE` auto reads the cache in place of unchanged objects, and keeps there what is read the second time; off does neither; only reads nothing else, but for the listing"},
		cacheDirFlag(),
		cacheSizeFlag(),
	}
}

func cacheSizeFlag() cli.Flag {
	return &cli.StringFlag{Category: categoryRead, Name: "cache-size", Value: "20GB", Usage: "keep at most `SIZE` in the cache: what was used least recently goes"}
}

func cacheDirFlag() cli.Flag {
	return &cli.StringFlag{Category: categoryRead, Name: "cache-dir", EnvVars: []string{"VPCQ_CACHE_DIR"}, Usage: "the cache is in `DIR` (default: vpcq in the user's cache directory)"}
}

// cacheOptions adds the cache that --cache asks for to options, if there is one.
func cacheOptions(c *cli.Context, options *engine.Options) error {
	mode := c.String("cache")
	if mode != "auto" && mode != "off" && mode != "only" {
		return usage("--cache %q: want auto, off or only", mode)
	}
	if _, err := parseSize("cache-size", c.String("cache-size")); err != nil {
		return err
	}
	if mode == "off" || options.Source == nil {
		return nil
	}
	kept, err := openCache(c, *options)
	if err != nil && mode == "auto" {
		return nil // whoever has no home has no cache
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(kept.Dir()); err != nil && !errors.Is(err, fs.ErrNotExist) && mode == "auto" {
		return nil // nor where there can be none
	}
	options.Cache, options.CacheOnly = kept, mode == "only"
	return nil
}

// keepAtLeast is how long keeping what was read may always take: there is little
// to be said for half a small partition. Tests have more.
var keepAtLeast = 2 * time.Second

// keepUsed puts into the cache what was read for the second time, in about as
// long as answering took. The answer is out: whatever reads it is told so, and
// nothing that goes wrong here changes the exit status.
func keepUsed(ctx context.Context, c *cli.Context, t terminal, q *queryRun, options engine.Options) {
	if options.Cache == nil || options.CacheOnly {
		return
	}
	limit, err := parseSize("cache-size", c.String("cache-size"))
	if err != nil {
		return // it was checked before
	}
	tell := func(format string, args ...any) {
		if isTerminal(t.err) {
			t.note(c, format, args...)
		}
	}
	started := false
	_, err = q.engine.KeepUsed(ctx, max(keepAtLeast, time.Duration(q.stats.Seconds*float64(time.Second))), func(partitions int) {
		started = true
		if out, ok := t.out.(*os.File); ok && !isTerminal(out) {
			out.Close() // who waits for the end of the rows waits no longer
		}
		tell("keeping %s for questions asked again; interrupt it at will, --cache off does without", engine.Count(int64(partitions), "partition"))
	})
	if !started {
		return // a directory in which nothing can be noted is no news each time
	}
	if err == nil {
		_, _, err = options.Cache.Prune(limit)
	}
	if err != nil && ctx.Err() == nil {
		tell("%v", err)
	}
}

// openCache opens the cache of the source in the directory of --cache-dir.
func openCache(c *cli.Context, options engine.Options) (*cache.Cache, error) {
	dir := c.String("cache-dir")
	if dir == "" {
		home, err := os.UserCacheDir()
		if err != nil {
			return nil, fmt.Errorf("find the cache: %w; name a directory with --cache-dir", err)
		}
		dir = filepath.Join(home, "vpcq")
	}
	name, err := sourceName(c, options)
	if err != nil {
		return nil, err
	}
	return cache.Open(dir, name)
}

// sourceName tells the source from all others, however it was spelt, and what
// its objects without a header line are read as.
func sourceName(c *cli.Context, options engine.Options) (string, error) {
	var parts []string
	switch s := options.Source.(type) {
	case nil:
	case *s3.Bucket:
		parts = append(parts, s.String())
		if endpoint := c.String("endpoint-url"); endpoint != "" {
			parts = append(parts, "at "+endpoint)
		}
	default:
		absolute, err := filepath.Abs(c.String("source"))
		if err != nil {
			return "", fmt.Errorf("find the cache: %w", err)
		}
		parts = append(parts, absolute)
	}
	if format := c.String("log-format"); format != "" {
		parts = append(parts, "as "+format)
	}
	return strings.Join(parts, " "), nil
}

// cacheFiles are the directories that the back end must reach for a cache.
func cacheFiles(options engine.Options) []string {
	if options.Cache == nil {
		return nil
	}
	return []string{options.Cache.Dir()}
}

// runCache does what its one argument names.
func runCache(c *cli.Context, t terminal) error {
	verbs := map[string]func(*cli.Context, terminal, *cache.Cache, int64) error{
		"status": cacheStatus, "verify": cacheVerify, "prune": cachePrune,
	}
	verb := c.Args().First()
	if c.NArg() != 1 || verbs[verb] == nil && verb != "build" {
		return usage("vpcq cache wants one of build, status, verify and prune")
	}
	limit, err := parseSize("cache-size", c.String("cache-size"))
	if err != nil {
		return err
	}
	if verb == "build" {
		return cacheBuild(c, t, limit)
	}
	kept, err := openCache(c, engine.Options{})
	if err != nil {
		return err
	}
	return verbs[verb](c, t, kept, limit)
}

// note prints a line on standard error, unless --quiet.
func (t terminal) note(c *cli.Context, format string, args ...any) {
	if !c.Bool("quiet") {
		fmt.Fprintf(t.err, "vpcq: "+format+"\n", args...)
	}
}

func cacheBuild(c *cli.Context, t terminal, limit int64) error {
	options, err := engineOptions(c.Context, c, t, true)
	if err != nil {
		return err
	}
	defer closeSources(options)
	if options.Cache, err = openCache(c, options); err != nil {
		return err
	}
	backend := duckdb.OpenLater(duckdb.Options{Files: cacheFiles(options)})
	defer backend.Close()
	built, err := engine.New(backend, options).BuildCache(c.Context)
	if err != nil {
		return err
	}
	t.note(c, "wrote %s: %s, %s; kept already: %s; left to the source, as something is wrong with them or they are seconds old: %d",
		engine.Count(int64(built.Partitions), "partition"), engine.Count(int64(built.Objects), "object"), engine.Count(int64(built.Records), "record"),
		engine.Count(int64(built.Unchanged), "object"), built.Damaged)
	return cachePrune(c, t, options.Cache, limit)
}

// cacheStatus prints a line for each partition that is kept.
func cacheStatus(c *cli.Context, t terminal, kept *cache.Cache, _ int64) error {
	format, err := chosenFormat(c)
	if err != nil {
		return err
	}
	entries, damaged, err := kept.Entries()
	if err != nil {
		return err
	}
	g := newGrid("source", "partition", "objects #", "records #", "bytes #", "built", "used")
	total := int64(0)
	for _, e := range entries {
		records := int64(0)
		for _, o := range e.Objects {
			records += o.Records
		}
		total += e.Size
		g.add(e.Source, e.Prefix, len(e.Objects), records, e.Size, e.Built.Format(time.DateTime), e.Used().UTC().Format(time.DateTime))
	}
	out, err := openOutput("", t.out)
	if err != nil {
		return err
	}
	p := &printer{terminal: t, out: out, format: outputFormat(format, out), header: !c.Bool("no-header"), quiet: c.Bool("quiet")}
	err = p.print(g)
	if closeErr := out.finish(err); err == nil {
		err = closeErr
	}
	for _, d := range damaged {
		p.note("%v", d)
	}
	p.note("%s, %s, in %s", engine.Count(int64(len(entries)), "partition"), size(total), kept.Dir())
	return err
}

var errCacheDamaged = errors.New("removed files of the cache that were damaged; vpcq cache build writes them anew")

// cacheVerify removes the entries that are not as they were written.
func cacheVerify(c *cli.Context, t terminal, kept *cache.Cache, _ int64) error {
	entries, damaged, err := kept.Entries()
	if err != nil {
		return err
	}
	for _, d := range damaged {
		t.note(c, "%v", d)
	}
	removed := 0
	for _, e := range entries {
		if err := e.Verify(); err != nil {
			t.note(c, "%v", err)
			if err := kept.Remove(e); err != nil {
				return err
			}
			removed++
		}
	}
	t.note(c, "as they were written: %d of %s", len(entries)-removed, engine.Count(int64(len(entries)+len(damaged)), "partition"))
	if removed > 0 {
		return errCacheDamaged
	}
	return nil
}

func cachePrune(c *cli.Context, t terminal, kept *cache.Cache, limit int64) error {
	removed, bytes, err := kept.Prune(limit)
	if removed > 0 {
		t.note(c, "removed %s, %s, from %s", engine.Count(int64(removed), "file"), size(bytes), kept.Dir())
	}
	return err
}
