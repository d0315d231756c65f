package duckdb_test

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/engine/render"
	"github.com/vpcq/vpcq/partitions/source"
)

// engineOver is an engine over src, which may be nil, whose clock stands at now.
func engineOver(t testing.TB, src source.Source, now time.Time) *engine.Engine {
	t.Helper()
	db, err := duckdb.Open(duckdb.Options{Threads: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return engine.New(db, engine.Options{Source: src, BadRows: loader.Null, Now: func() time.Time { return now }})
}

// answer is the rows of a statement as Athena prints them; the first holds the names.
func answer(t testing.TB, e *engine.Engine, sql string) ([][]string, error) {
	t.Helper()
	result, err := e.Query(t.Context(), sql)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	var text strings.Builder
	if err := write(result, &text); err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v in %q", sql, err, text.String())
	}
	return rows, nil
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
