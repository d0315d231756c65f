package duckdb

import (
	"errors"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine"
)

func TestFaultExamples(t *testing.T) {
	db, err := Open(Options{Threads: 2, MemoryLimit: 50 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, f := range faults {
		if f.example == "" {
			continue
		}
		_, err := answer(t.Context(), db, jobOf(f.example, nil))
		var fault *engine.RuntimeError
		if !errors.As(err, &fault) || !strings.HasPrefix(fault.Error(), f.want) {
			t.Errorf("%s\n got %v\nwant %s", f.example, err, f.want)
		}
	}
}

func TestFaultUnknown(t *testing.T) {
	tests := []string{
		"SELECT nosuch FROM vpcq_scan(0)",
		"SELECT nosuch(1)",
		"SELEKT 1",
	}
	for _, sql := range tests {
		_, err := answer(t.Context(), open(t), jobOf(sql, &synthetic{}))
		var fault *engine.RuntimeError
		if !errors.As(err, &fault) || fault.Code != internalError {
			t.Errorf("%s: got %v, want %s", sql, err, internalError)
		}
	}
}
