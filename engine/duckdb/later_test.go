package duckdb

import (
	"strings"
	"sync"
	"testing"

	"github.com/vpcq/vpcq/engine"
)

// A DB that is opened later answers as one that is open, and opens once.
func TestLater(t *testing.T) {
	l := OpenLater(Options{Threads: 1})
	if l.db != nil {
		t.Error("it is open already")
	}
	var jobs sync.WaitGroup
	for range 4 {
		jobs.Go(func() {
			rows, err := l.Execute(t.Context(), engine.Job{SQL: "SELECT 7"})
			if err != nil {
				t.Error(err)
				return
			}
			defer rows.Close()
			if batch, err := rows.Next(); err != nil || batch.Column(0).ValueStr(0) != "7" {
				t.Errorf("%v: %v", batch, err)
			}
		})
	}
	jobs.Wait()
	db := l.db
	if _, err := l.Execute(t.Context(), engine.Job{SQL: "nonsense"}); err == nil || l.db != db {
		t.Errorf("opened anew: %v; error %v", l.db != db, err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	if err := OpenLater(Options{}).Close(); err != nil {
		t.Errorf("close what was never opened: %v", err)
	}
}

// What is wrong with the options every use tells, and Close has nothing to close.
func TestLaterFaults(t *testing.T) {
	l := OpenLater(Options{Files: []string{"no directory has such a name: \x00"}})
	_, execute := l.Execute(t.Context(), engine.Job{SQL: "SELECT 7"})
	_, write := l.Write(t.Context(), engine.Job{SQL: "SELECT 7"}, engine.Files{})
	for _, err := range []error{execute, write, l.Store(t.Context(), engine.Scan{}, "x")} {
		if err == nil || !strings.HasPrefix(err.Error(), "open DuckDB: ") {
			t.Errorf("got %v", err)
		}
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}
