package loader

import (
	"context"
	"sync"

	"github.com/vpcq/vpcq/partitions/source"
)

// What scans may hold of objects that no reader has asked for yet. Flow logs are
// small and a bucket's first byte takes tens of milliseconds, so that requests
// in flight are what counts: at 50 ms, 256 of them give 5,000 objects a second.
// Objects are given out in their order: as many as are in flight may wait for
// their turn, whole, and hold no request up. For big objects the memory is the
// narrower limit: 32 objects.
const (
	chunkSize    = 64 << 10
	chunksInAll  = 512 // 32 MB
	chunksEach   = 16  // 1 MB of one object
	askedAtMost  = 256 // objects
	aheadAtMost  = 512 // objects, among them those asked for
	aheadAtFirst = 2   // LIMIT 1 need not open all, unless it is known that nothing ends the scan early
	aheadGrowth  = 4   // more for each object that a reader is done with
)

// Allowance is the memory and the open objects that the scans which read ahead
// with it share: 32 MB, 512 objects and 256 requests. Its methods may be called
// from several goroutines at once.
type Allowance struct {
	mu     sync.Mutex
	change *sync.Cond
	chunks int // in use or promised
	ahead  int // objects opened for no reader yet
	asked  int // objects that are being fetched

	spare [][]byte // chunks that were in use; none are kept when none are in use
}

// NewAllowance returns an allowance for sources that are source.Distant.
func NewAllowance() *Allowance {
	a := &Allowance{}
	a.change = sync.NewCond(&a.mu)
	return a
}

// chunksFor is how many chunks are set apart for an object: one byte more than
// it has, so that its end is seen.
func chunksFor(o source.Object) int { return int(min(o.Size/chunkSize+1, chunksEach)) }

// chunk returns memory that has been reserved.
func (a *Allowance) chunk() []byte {
	a.mu.Lock()
	defer a.mu.Unlock()
	last := len(a.spare) - 1
	if last < 0 {
		return make([]byte, chunkSize)
	}
	chunk := a.spare[last]
	a.spare = a.spare[:last]
	return chunk
}

// release gives up what was reserved for so many chunks, of which these were used.
func (a *Allowance) release(chunks int, used ...[]byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.chunks -= chunks
	for _, chunk := range used {
		a.spare = append(a.spare, chunk[:chunkSize])
	}
	if a.chunks == 0 {
		a.spare = nil
	}
	a.change.Broadcast()
}

// answered says that an object has been fetched, as far as it is held, or refused.
func (a *Allowance) answered() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked--
	a.change.Broadcast()
}

func (a *Allowance) wake() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.change.Broadcast()
}

// claim is what one scan has of an allowance. The allowance's mutex guards it.
type claim struct {
	allowance *Allowance
	whole     bool // every object will be read
	ahead     int  // objects opened for no reader yet
	done      int  // objects that readers are done with
}

// reserve waits until one object more may be opened, with so many chunks.
func (c *claim) reserve(ctx context.Context, chunks int) error {
	a := c.allowance
	defer context.AfterFunc(ctx, a.wake)()
	a.mu.Lock()
	defer a.mu.Unlock()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if c.mayOpen(chunks) {
			break
		}
		a.change.Wait()
	}
	c.ahead++
	a.ahead++
	a.asked++
	a.chunks += chunks
	return nil
}

// mayOpen always lets a scan have one object, whatever others hold: they may be
// waiting for this scan's records.
func (c *claim) mayOpen(chunks int) bool {
	a := c.allowance
	return c.ahead == 0 ||
		(c.whole || c.ahead < aheadAtFirst+aheadGrowth*c.done) &&
			a.asked < askedAtMost && a.ahead < aheadAtMost && a.chunks+chunks <= chunksInAll
}

// leave says that an object is no longer ahead: a reader has it, or nobody will.
func (c *claim) leave() {
	a := c.allowance
	a.mu.Lock()
	defer a.mu.Unlock()
	c.ahead--
	a.ahead--
	a.change.Broadcast()
}

// finish says that a reader is done with an object.
func (c *claim) finish() {
	a := c.allowance
	a.mu.Lock()
	defer a.mu.Unlock()
	c.done++
	a.change.Broadcast()
}
