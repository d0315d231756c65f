package engine

import "sync"

// atOnce calls do for each index below n, up to limit calls at the same time, and
// waits for all. The error of the lowest index comes back: the same whichever
// call ends first.
func atOnce(limit, n int, do func(i int) error) error {
	errs := make([]error, n)
	var group sync.WaitGroup
	slots := make(chan struct{}, limit)
	for i := range n {
		slots <- struct{}{}
		group.Go(func() {
			defer func() { <-slots }()
			errs[i] = do(i)
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
