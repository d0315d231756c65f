package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source/s3"
)

func TestExitStatus(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, statusDone},
		{usage("no"), statusUsage},
		{&dialect.Error{Code: "SYNTAX_ERROR"}, statusRefused},
		{statement{file: "q.sql", line: 3}.place(&dialect.Error{Code: "COLUMN_NOT_FOUND"}), statusRefused},
		{&engine.RuntimeError{Code: "DIVISION_BY_ZERO"}, statusRefused},
		{&engine.RuntimeError{Code: "EXCEEDED_LOCAL_MEMORY_LIMIT"}, statusLimit},
		{&loader.Error{Key: "a.log.gz", Err: errors.New("cut")}, statusSource},
		{&s3.Error{}, statusSource},
		{errors.New("open source: no such directory"), statusSource},
		{errLeftOut, statusLeftOut},
		{fmt.Errorf("run: %w", context.DeadlineExceeded), statusLimit},
		{fmt.Errorf("run: %w", context.Canceled), statusInterrupted},
	} {
		if got := exitStatus(context.Background(), c.err); got != c.want {
			t.Errorf("exitStatus(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

// What was cancelled because the time was over is no interruption.
func TestExitStatusOfTimeout(t *testing.T) {
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(errTimeout)
	if got := exitStatus(ctx, context.Canceled); got != statusLimit {
		t.Errorf("exit status %d, want %d", got, statusLimit)
	}
}
