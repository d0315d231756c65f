package duckdb

// #include <stdlib.h>
import "C"

import (
	"fmt"
	"runtime/cgo"
	"runtime/debug"
	"unsafe"
)

// state is what DuckDB holds of ours, until it calls back to free it.
type state interface{ free() }

// hold makes a pointer by which DuckDB knows s. C may not hold pointers to Go.
func (db *DB) hold(s state) unsafe.Pointer {
	db.states.Add(1)
	return pointerTo(s)
}

func pointerTo(v any) unsafe.Pointer {
	p := C.malloc(C.size_t(unsafe.Sizeof(cgo.Handle(0))))
	*(*cgo.Handle)(p) = cgo.NewHandle(v)
	return p
}

// held is what a pointer that pointerTo made stands for.
func held[T any](p unsafe.Pointer) T { return (*(*cgo.Handle)(p)).Value().(T) }

//export vpcqFree
func vpcqFree(p unsafe.Pointer) {
	handle := *(*cgo.Handle)(p)
	if s, ok := handle.Value().(state); ok {
		_ = caught(func() error { s.free(); return nil }) // there is nobody to tell
	}
	handle.Delete()
	C.free(p)
}

// guard runs a callback and tells DuckDB its error.
func guard(tell func(message string), callback func() error) {
	if err := caught(callback); err != nil {
		tell(err.Error())
	}
}

// caught runs a callback of which a panic must not unwind DuckDB's frames, and
// so becomes an error.
func caught(callback func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("scan: panic: %v\n%s", v, debug.Stack())
		}
	}()
	return callback()
}
