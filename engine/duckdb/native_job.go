package duckdb

// #include "native.h"
// #include "scan.h"
import "C"

import (
	"errors"
	"fmt"
	"regexp"
	"runtime/debug"
	"unsafe"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"github.com/vpcq/vpcq/engine"
)

// This file tells a native which job calls it. DuckDB's TRY makes NULL of every
// fault, Trino's of some: the others the native leaves with the job, which then
// fails once it has given its rows.

// caller is the connection that a native's call was bound on, by its id.
type caller uint64

//export vpcqNativeBind
func vpcqNativeBind(p unsafe.Pointer) {
	info := mapping.BindInfo{Ptr: p}
	var client mapping.ClientContext
	mapping.ScalarFunctionGetClientContext(info, &client)
	defer mapping.DestroyClientContext(&client)
	mapping.ScalarFunctionSetBindData(info, pointerTo(caller(mapping.ClientContextGetConnectionId(client))), C.vpcq_free())
	mapping.ScalarFunctionSetBindDataCopy(info, C.vpcq_native_copy())
}

//export vpcqNativeCopy
func vpcqNativeCopy(p unsafe.Pointer) unsafe.Pointer { return pointerTo(held[caller](p)) }

// tried is the codes of the faults that Trino's TRY makes NULL of
// (io.trino.operator.scalar.TryFunction).
var tried = map[string]bool{
	"DIVISION_BY_ZERO": true, invalidCast: true, invalidArgument: true, outOfRange: true, "INVALID_JSON_LITERAL": true,
	"JSON_INPUT_CONVERSION_ERROR": true, "JSON_OUTPUT_CONVERSION_ERROR": true, "JSON_VALUE_RESULT_ERROR": true, "PATH_EVALUATION_ERROR": true,
}

// coded is how a native's fault begins.
var coded = regexp.MustCompile(`^([A-Z][A-Z_]+[A-Z]): (?s:(.*))$`)

// untried is the fault that an error is, where TRY makes no NULL of it.
func untried(err error) *engine.RuntimeError {
	var fault *engine.RuntimeError
	if errors.As(err, &fault) && !tried[fault.Code] {
		return fault
	}
	if parts := coded.FindStringSubmatch(err.Error()); parts != nil && !tried[parts[1]] {
		return &engine.RuntimeError{Code: parts[1], Message: parts[2]}
	}
	return nil
}

// called is run, of which a panic becomes an error. What TRY must not take is
// left with the job, unless DuckDB only tries what a constant would give: that
// may stand in a branch which no row takes.
func (n *native) called(of caller, in mapping.DataChunk, out mapping.Vector) (err error) {
	defer func() {
		panicked := recover()
		if panicked != nil {
			err = &engine.RuntimeError{Code: internalError, Message: fmt.Sprintf("%s: panic: %v\n%s", n.Name, panicked, debug.Stack())}
		}
		if err == nil {
			return
		}
		n.db.mu.Lock()
		defer n.db.mu.Unlock()
		if j, fault := n.db.jobs[uint64(of)], untried(err); j != nil && fault != nil && (panicked != nil || j.running.Load()) {
			j.untried.Store(fault)
		}
	}()
	return n.run(in, out)
}
