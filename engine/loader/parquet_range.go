package loader

import (
	"context"
	"io"
	"sync"

	"github.com/vpcq/vpcq/partitions/source"
)

const (
	// bigParquet is the size of objects, in bytes as stored, beyond which they are
	// fetched in parts: over a network a request takes the time of so many bytes.
	bigParquet = 8 << 20

	// tailSize is how much of a big object's end is fetched at once, in bytes: its
	// footer, mostly.
	tailSize = 64 << 10
)

// ranged is a big object of a distant source, of which only what is read is
// fetched. It is a source.RandomReader.
type ranged struct {
	ctx    context.Context
	source source.Ranger
	object source.Object

	once sync.Once
	tail []byte // the object's end
	err  error  // of fetching it
}

// Read implements io.Reader: nothing is left to stream.
func (o *ranged) Read([]byte) (int, error) { return 0, io.EOF }

// Close implements io.Closer.
func (o *ranged) Close() error { return nil }

// Size implements source.RandomReader: it is that of the version that is read.
func (o *ranged) Size() (int64, error) { return o.object.Size, nil }

// ReadAt implements io.ReaderAt.
func (o *ranged) ReadAt(p []byte, at int64) (int, error) {
	left := o.object.Size - at
	if at < 0 || left < 0 {
		return 0, io.EOF
	}
	var end error
	if int64(len(p)) > left {
		p, end = p[:left], io.EOF
	}
	if left > tailSize {
		if err := o.source.ReadRange(o.ctx, o.object, p, at); err != nil {
			return 0, err
		}
		return len(p), end
	}
	o.once.Do(o.readTail)
	if o.err != nil {
		return 0, o.err
	}
	return copy(p, o.tail[int64(len(o.tail))-left:]), end
}

// readTail fetches the end of the object.
func (o *ranged) readTail() {
	o.tail = make([]byte, min(o.object.Size, tailSize))
	o.err = o.source.ReadRange(o.ctx, o.object, o.tail, o.object.Size-int64(len(o.tail)))
}
