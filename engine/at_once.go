package engine

import (
	"sync"
	"sync/atomic"
)

// atOnce calls do for each index below n, up to limit calls at the same time, and
// waits for all. The error of the lowest index comes back: the same whichever
// call ends first.
func atOnce(limit, n int, do func(i int) error) error {
	errs := make([]error, n)
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
			errs[i] = do(i)
		}
	}
	var group sync.WaitGroup
	for range min(limit, n) - 1 { // not a goroutine for each call: a stack that has grown serves the next
		group.Go(work)
	}
	work()
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
