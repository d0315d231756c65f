// Package reports_test runs the reports of this folder, each a .sql file, over
// the example bucket, and compares their rows with the .csv file beside it.
package reports_test

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/engine/render"
	"github.com/vpcq/vpcq/partitions/source"
)

var update = flag.Bool("update", false, "write the .csv files anew")

func TestReports(t *testing.T) {
	db, err := duckdb.Open(duckdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	bucket, err := source.Dir("../bucket")
	if err != nil {
		t.Fatal(err)
	}
	reports, err := filepath.Glob("*.sql")
	if err != nil || len(reports) == 0 {
		t.Fatalf("no reports: %v", err)
	}
	for _, report := range reports {
		t.Run(report, func(t *testing.T) { check(t, engine.New(db, engine.Options{Source: bucket}), report) })
	}
}

func check(t *testing.T, e *engine.Engine, report string) {
	sql, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	result, err := e.Query(t.Context(), string(sql))
	if err != nil {
		t.Fatal(err)
	}
	defer result.Close()
	var got bytes.Buffer
	if err := write(result, &got); err != nil {
		t.Fatal(err)
	}
	if bytes.Count(got.Bytes(), []byte("\n")) < 2 {
		t.Errorf("it has no rows: %s", &got)
	}
	golden := strings.TrimSuffix(report, ".sql") + ".csv"
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("it gives\n%swant\n%s", &got, want)
	}
}

func write(result *engine.Result, to io.Writer) error {
	w, err := render.New("csv", to, render.Options{Header: true})
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
