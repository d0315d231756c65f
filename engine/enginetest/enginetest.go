// Package enginetest is the conformance suite of the engine: pages of data that
// every back end runs. A page is a txtar archive that contains a bucket, a
// statement, and what must come of it. Its parts:
//
//	<any key>  an object of the bucket; a key that ends in .gz is compressed first
//	stored     one "key: how" a line, for objects that are not stored as plainly: see storages
//	catalog.sql  the statements that declare tables, run first; s3://example/ is the bucket
//	options    one "name: value" a line: now, from, to, account, region, log-format, bad-rows, bad-files, strict-schema
//	query.sql  the statements; several are separated by ;
//	plan       the scans of every statement: columns and prefixes
//	want       the rows of every statement, as csv
//	error      the errors of the statements that fail, as a person reads them; the others run all the same
//	notes      what is said beside the rows: while a statement runs, in the order of the text, then when it is done
//	stats      what became of the bucket's objects and lines, over all statements
//	written    the objects that the statements have written below s3://written/, each
//	           with N for what names a statement, and text with what is in it
//
// A page that has no plan, stats or written does not assert them; the other answers it
// asserts even where it has none. With -update a page's answers are written anew.
package enginetest

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/engine/render"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
	"github.com/vpcq/vpcq/schema"
)

var update = flag.Bool("update", false, "write the answers of the pages anew")

// Open makes the back end that a Run's pages have one after the other; it is
// closed when they are done.
type Open func(t *testing.T) engine.Backend

// Memory is a sourcetest.Opener: it keeps the objects in memory.
func Memory(_ *testing.T, objects map[string][]byte) source.Source {
	files := fstest.MapFS{}
	for key, content := range objects {
		files[key] = &fstest.MapFile{Data: content, Mode: 0o644}
	}
	return source.FS(files, bucketName)
}

// bucketName stands in the answers of pages for the name of any source.
const bucketName = "the bucket"

// Run runs every page that the pattern matches, such as "../testdata/*.txtar",
// over the source that store makes of the page's bucket.
func Run(t *testing.T, open Open, store sourcetest.Opener, pattern string) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages match %s (%v)", pattern, err)
	}
	backend := open(t)
	defer backend.Close()
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			runPage(t, backend, store, file)
		})
	}
}

// answers are the parts of a page that -update writes, in this order.
var answers = []string{"plan", "want", "error", "notes", "stats", "written"}

// isOptional reports whether a page need not have the answer.
func isOptional(part string) bool { return part == "plan" || part == "stats" || part == "written" }

func runPage(t *testing.T, backend engine.Backend, store sourcetest.Opener, file string) {
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPage(archive)
	if err != nil {
		t.Fatal(err)
	}
	mounts := []source.Mount{{URL: writtenURL, Source: p.emptyDirectory(t)}}
	if len(p.bucket) > 0 {
		p.options.Source = store(t, p.bucket)
		mounts = append(mounts, source.Mount{URL: "s3://example/", Source: p.options.Source})
	}
	p.options.Locations = source.NewMounts(mounts, nil)
	p.declare(t, backend)
	got := p.answer(backend)
	if *update {
		p.rewrite(t, archive, file, got)
		return
	}
	for _, part := range answers {
		if want, has := p.parts[part]; (has || !isOptional(part)) && got[part] != want {
			t.Errorf("%s:\n%swant:\n%s", part, got[part], want)
		}
	}
	if p.parts["want"] == "" && p.parts["error"] == "" && p.parts["plan"] == "" {
		t.Error("the page asserts nothing: it needs want, plan or error")
	}
}

// declare runs the statements that declare tables.
func (p *page) declare(t *testing.T, backend engine.Backend) {
	p.options.Catalog = catalog.Empty()
	e := engine.New(backend, p.options)
	pieces, _ := hive.Split(p.parts["catalog.sql"])
	for _, piece := range pieces {
		if _, err := e.Plan(t.Context(), piece.Text); err != nil {
			t.Fatalf("catalog.sql, line %d: %v", piece.Line, err)
		}
	}
}

// page is one archive, taken apart.
type page struct {
	bucket  map[string][]byte
	parts   map[string]string
	options engine.Options
	notes   notes
	written string // the directory of what statements write
}

// partNames are the parts of a page that are no objects of its bucket.
var partNames = map[string]bool{"query.sql": true, "catalog.sql": true, "options": true, "stored": true,
	"plan": true, "want": true, "error": true, "notes": true, "stats": true, "written": true}

func newPage(archive *txtar.Archive) (*page, error) {
	p := &page{bucket: map[string][]byte{}, parts: map[string]string{}}
	for _, f := range archive.Files {
		if partNames[f.Name] {
			p.parts[f.Name] = string(f.Data)
		} else {
			p.bucket[f.Name] = f.Data
		}
	}
	if err := p.store(); err != nil {
		return nil, err
	}
	p.options = engine.Options{BadRows: loader.Null, Now: fixedNow}
	p.options.Warn = p.notes.warn
	return p, p.readOptions()
}

func fixedNow() time.Time { return time.Date(2025, 11, 8, 12, 0, 0, 0, time.UTC) }

// readOptions reads the part of that name.
func (p *page) readOptions() error {
	for _, line := range strings.Split(strings.TrimSpace(p.parts["options"]), "\n") {
		name, value, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		if err := p.setOption(name, value); err != nil {
			return fmt.Errorf("option %s: %w", name, err)
		}
	}
	return nil
}

func (p *page) setOption(name, value string) (err error) {
	o := &p.options
	policies := map[string]loader.Policy{"fail": loader.Fail, "warn": loader.Warn, "skip": loader.Skip, "null": loader.Null}
	switch name {
	case "now":
		var now time.Time
		now, err = time.Parse(time.RFC3339, value)
		o.Now = func() time.Time { return now }
	case "from":
		o.From, err = time.Parse(time.RFC3339, value)
	case "to":
		o.To, err = time.Parse(time.RFC3339, value)
	case "account":
		o.Accounts = strings.Fields(value)
	case "region":
		o.Regions = strings.Fields(value)
	case "log-format":
		var format schema.Format
		format, err = schema.ParseLogFormat(value)
		o.LogFormat = &format
	case "strict-schema":
		o.StrictSchema = value == "true"
	case "bad-rows":
		o.BadRows = policies[value]
	case "bad-files":
		o.BadFiles = policies[value]
	default:
		err = errors.New("not known")
	}
	return err
}

// answer runs the statements and collects what came of them.
func (p *page) answer(backend engine.Backend) map[string]string {
	e := engine.New(backend, p.options)
	a := &answer{}
	pieces, _ := hive.Split(p.parts["query.sql"])
	for _, piece := range pieces {
		if err := a.statement(e, piece.Text, &p.notes); err != nil {
			a.errors.WriteString(words(err))
		}
		p.notes.settle()
	}
	got := map[string]string{
		"plan": a.plan.String(), "want": a.rows.String(), "error": a.errors.String(), "notes": p.notes.text.String(), "stats": accounts(a.stats),
		"written": p.listWritten(),
	}
	for part := range got {
		got[part] = statementID.ReplaceAllString(got[part], "N")
	}
	if p.options.Source != nil {
		for _, part := range []string{"error", "notes"} {
			got[part] = strings.ReplaceAll(got[part], p.options.Source.String(), bucketName)
		}
	}
	return got
}

// answer is what came of a page's statements.
type answer struct {
	plan, rows, errors strings.Builder
	stats              engine.Stats
}

func (a *answer) statement(e *engine.Engine, sql string, notes *notes) error {
	ctx := context.Background()
	plan, err := e.Plan(ctx, sql)
	if err != nil {
		return err
	}
	a.plan.WriteString(plan.String())
	result, err := e.Run(ctx, plan)
	if err != nil {
		return err
	}
	defer func() { a.stats.Add(result.Stats()) }()
	defer result.Close()
	if err := printRows(result, &a.rows); err != nil {
		return err
	}
	if err := result.Close(); err != nil {
		return err
	}
	notes.settle()
	for _, note := range result.Notes(ctx) {
		fmt.Fprintln(&notes.text, note)
	}
	return nil
}

// notes are what statements say. What is said while one runs comes from several
// readers, in any order.
type notes struct {
	text  strings.Builder
	warns []string // of the statement that runs
}

func (n *notes) warn(text string) { n.warns = append(n.warns, text) }

// settle puts what was said since it was last called in order.
func (n *notes) settle() {
	slices.Sort(n.warns)
	for _, warn := range n.warns {
		fmt.Fprintln(&n.text, warn)
	}
	n.warns = nil
}

// accounts says what became of every object and line.
func accounts(s engine.Stats) string {
	return fmt.Sprintf("objects: %d read, %d damaged, %d passed over\nlines: %d = %d headers + %d records + %d rejected\n",
		s.Objects, s.ObjectsSkipped, s.ObjectsPassed, s.Lines, s.Headers, s.Records, s.RecordsRejected)
}

func printRows(result *engine.Result, rows io.Writer) error {
	if len(result.Columns()) == 0 {
		return nil
	}
	w, err := render.New("csv", rows, render.Options{Header: true})
	if err != nil {
		return err
	}
	if err := w.Begin(result.Columns()); err != nil {
		return err
	}
	for {
		batch, err := result.Next()
		if errors.Is(err, io.EOF) {
			return w.End()
		}
		if err != nil {
			return err
		}
		if err := w.Batch(batch); err != nil {
			return err
		}
	}
}

// words is an error as a person reads it.
func words(err error) string {
	var refused *dialect.Error
	if errors.As(err, &refused) {
		return refused.Render() + "\n"
	}
	return err.Error() + "\n"
}

// rewrite writes the page with new answers: those it has, and those it needs.
func (p *page) rewrite(t *testing.T, archive *txtar.Archive, file string, got map[string]string) {
	keep := archive.Files[:0]
	for _, f := range archive.Files {
		if _, isAnswer := got[f.Name]; !isAnswer && f.Name != "error" {
			keep = append(keep, f)
		}
	}
	archive.Files = keep
	for _, part := range answers {
		_, had := p.parts[part]
		if got[part] != "" && (had || !isOptional(part)) {
			archive.Files = append(archive.Files, txtar.File{Name: part, Data: []byte(got[part])})
		}
	}
	if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
		t.Fatal(err)
	}
}
