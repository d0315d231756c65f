package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/partitions/source/s3"
)

// The exit statuses, as every command's help lists them.
const (
	statusDone        = 0
	statusRefused     = 1
	statusUsage       = 2
	statusSource      = 3
	statusLimit       = 4
	statusLeftOut     = 5
	statusInterrupted = 130
)

// exitStatus maps an error to the process's exit status: the only place that does.
func exitStatus(ctx context.Context, err error) int {
	var refused *dialect.Error
	var failed *engine.RuntimeError
	var damaged *loader.Error
	var bucket *s3.Error
	switch {
	case err == nil:
		return statusDone
	case errors.Is(err, errUsage):
		return statusUsage
	case errors.Is(err, errLeftOut), errors.Is(err, errCacheDamaged):
		return statusLeftOut
	case errors.As(err, &bucket): // before deadlines: a request's own is the network's fault
		return statusSource
	case errors.Is(context.Cause(ctx), errTimeout), errors.Is(err, errTimeout), errors.Is(err, context.DeadlineExceeded):
		return statusLimit
	case errors.Is(err, context.Canceled):
		return statusInterrupted
	case errors.As(err, &refused): // before damage: --strict-schema refuses what an object shows
		return statusRefused
	case errors.As(err, &damaged):
		return statusSource
	case errors.As(err, &failed):
		if strings.HasPrefix(failed.Code, "EXCEEDED_") { // memory, time, as Trino names its limits
			return statusLimit
		}
		return statusRefused
	}
	return statusSource
}

// overdue says of --timeout what its end did: errors of what was under way at
// that time say no more than that a deadline is exceeded.
func overdue(ctx context.Context, err error) error {
	var bucket *s3.Error
	if errors.Is(context.Cause(ctx), errTimeout) && errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &bucket) {
		return errTimeout
	}
	return err
}

// isSilent tells errors that have been reported already.
func isSilent(err error) bool { return errors.Is(err, errLeftOut) }

// message is what a person reads of an error on standard error.
func message(ctx context.Context, err error) string {
	var refused *dialect.Error
	var failed *engine.RuntimeError
	var placed *placedError
	where := "vpcq: "
	if errors.As(err, &placed) {
		where += placed.place() + ": "
	}
	switch {
	case errors.As(err, &refused) && placed != nil && placed.exact:
		return fmt.Sprintf("%s%s: line %d:%d: %s%s\n", where, refused.Code, placed.line, placed.column, refused.Message, refused.Excerpt())
	case errors.As(err, &refused):
		return where + refused.Render() + "\n"
	case exitStatus(ctx, err) == statusInterrupted:
		return "vpcq: interrupted\n"
	}
	hint := ""
	if errors.As(err, &failed) && failed.Hint() != "" {
		hint = "hint: " + failed.Hint() + "\n"
	}
	return fmt.Sprintf("%s%v\n%s", where, err, hint)
}
