package engine

import (
	"fmt"
	"sync/atomic"
	"testing"
)

func TestAtOnceCallsEachIndexAndGivesTheFirstError(t *testing.T) {
	const n, limit = 100, 3
	var calls [n]atomic.Int32
	var running, most atomic.Int32
	err := atOnce(limit, n, func(i int) error {
		now := running.Add(1)
		defer running.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		calls[i].Add(1)
		if i%40 == 7 {
			return fmt.Errorf("call %d", i)
		}
		return nil
	})
	if err == nil || err.Error() != "call 7" {
		t.Errorf("the error is %v, want that of call 7", err)
	}
	for i := range calls {
		if calls[i].Load() != 1 {
			t.Errorf("%d calls of %d", calls[i].Load(), i)
		}
	}
	if most.Load() > limit {
		t.Errorf("%d calls at the same time, want %d at most", most.Load(), limit)
	}
}
