package loader

import (
	"context"
	"errors"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

// checkUnused fails unless everything reserved has been given back.
func checkUnused(t testing.TB, a *Allowance) {
	t.Helper()
	if a.chunks != 0 || a.ahead != 0 || a.asked != 0 || len(a.spare) != 0 {
		t.Errorf("%d chunks and %d objects of the allowance are in use, %d are asked for, %d chunks are spare", a.chunks, a.ahead, a.asked, len(a.spare))
	}
}

func TestChunksForAnObject(t *testing.T) {
	for size, want := range map[int64]int{0: 1, 1: 1, chunkSize - 1: 1, chunkSize: 2, 3*chunkSize + 1: 4, 16*chunkSize - 1: 16, 1 << 40: 16} {
		if got := chunksFor(source.Object{Size: size}); got != want {
			t.Errorf("%d chunks for %d bytes, want %d", got, size, want)
		}
	}
}

// grants counts how often a claim is granted so many chunks before it would wait,
// where each object is answered at once.
func grants(t *testing.T, c *claim, chunks int) (n int) {
	t.Helper()
	for n = 0; c.mayOpen(chunks); n++ {
		if err := c.reserve(t.Context(), chunks); err != nil {
			t.Fatal(err)
		}
		c.allowance.answered()
	}
	return n
}

func TestAllowance(t *testing.T) {
	a := NewAllowance()
	first, second := claim{allowance: a}, claim{allowance: a}
	if n := grants(t, &first, 1); n != aheadAtFirst {
		t.Errorf("%d objects at first", n)
	}
	for range aheadAtMost {
		first.leave()
		first.finish()
		grants(t, &first, 0) // the places are what is short, not the memory
	}
	if first.ahead != aheadAtMost {
		t.Errorf("%d objects in the end", first.ahead)
	}
	if n := grants(t, &second, chunksEach); n != 1 {
		t.Errorf("another scan opens %d objects when nothing is left", n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := second.reserve(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("waiting for nobody gives %v", err)
	}
	whole := claim{allowance: NewAllowance(), whole: true}
	if n := grants(t, &whole, 1); n != aheadAtMost {
		t.Errorf("%d objects at first of a scan that reads all", n)
	}
	third := claim{allowance: NewAllowance(), done: aheadAtMost}
	if n := grants(t, &third, chunksEach); n != chunksInAll/chunksEach {
		t.Errorf("%d big objects", n)
	}
}

// No more is asked for than that, however much may be ahead.
func TestAskedAtMost(t *testing.T) {
	c := claim{allowance: NewAllowance(), whole: true}
	for range askedAtMost {
		if err := c.reserve(t.Context(), 1); err != nil {
			t.Fatal(err)
		}
	}
	if c.mayOpen(1) {
		t.Errorf("an object more than %d may be asked for", askedAtMost)
	}
	c.allowance.answered()
	if !c.mayOpen(1) {
		t.Error("no object may be asked for in the place of one that was answered")
	}
}

// A claim that waits goes on when another gives back what it had.
func TestAllowanceIsPassedOn(t *testing.T) {
	for name, yield := range map[string]func(*claim){
		"memory": func(c *claim) { c.allowance.release(2 * chunksEach) }, // what the other has is too much already
		"places": func(c *claim) { c.leave(); c.leave() },
	} {
		a := NewAllowance()
		first, second := claim{allowance: a, done: aheadAtMost}, claim{allowance: a}
		if name == "memory" {
			grants(t, &first, chunksEach)
		} else {
			grants(t, &first, 0)
		}
		grants(t, &second, chunksEach)
		granted := make(chan error)
		go func() { granted <- second.reserve(t.Context(), chunksEach) }()
		yield(&first)
		if err := <-granted; err != nil || second.ahead != 2 {
			t.Errorf("%s: %v, %d objects", name, err, second.ahead)
		}
	}
}
