package loader

import (
	"context"
	"io"

	"github.com/vpcq/vpcq/partitions/source"
)

// fetched is an object that was opened before a reader asked for it. A small one
// is held whole; of others the first part is, and the rest is pulled through
// from the source. The reader that takes it meets every error where it would
// have met it.
type fetched struct {
	object    Object
	allowance *Allowance
	cancel    context.CancelFunc // of the fetching, and of body
	ready     chan struct{}      // closed when the fetching is done; until then the rest is the fetching's

	refusal error         // of the source, to open the object
	chunks  [][]byte      // the first part; nil for those given back
	body    io.ReadCloser // what comes after them; nil where there is nothing more
	err     error         // without a body: what comes after the chunks, io.EOF or a failure

	place, offset int  // in chunks: what is read next
	keeps         bool // the object is held whole and will be opened again
	opened        bool // a reader has begun to read
}

// fetch opens the object and reads into the chunks reserved for it.
func (f *fetched) fetch(ctx context.Context, src source.Source, room int) {
	defer close(f.ready)
	defer f.allowance.answered()
	f.body, f.refusal = src.Open(ctx, f.object.Key)
	for f.refusal == nil && f.err == nil && len(f.chunks) < room {
		chunk := f.allowance.chunk()
		n := 0
		for n < len(chunk) && f.err == nil {
			var k int
			k, f.err = f.body.Read(chunk[n:])
			n += k
		}
		f.chunks = append(f.chunks, chunk[:n])
	}
	if f.err != nil {
		if err := f.body.Close(); err != nil && f.err == io.EOF {
			f.err = err
		}
		f.body = nil
	}
	if spare := room - len(f.chunks); spare > 0 {
		f.allowance.release(spare)
	}
}

// open gives the object's bytes from the first on. ok is false where they are
// here no longer, and the source must be asked again. With keeps, an object held
// whole can be opened once more after its Close.
func (f *fetched) open(ctx context.Context, keeps bool) (body io.ReadCloser, ok bool, err error) {
	select {
	case <-f.ready:
	case <-ctx.Done():
		return nil, true, ctx.Err()
	}
	if f.refusal != nil {
		return nil, true, f.refusal
	}
	if f.opened && !f.keeps {
		return nil, false, nil
	}
	f.place, f.offset = 0, 0
	f.opened, f.keeps = true, keeps && f.err == io.EOF
	return f, true, nil
}

// Read implements io.Reader.
func (f *fetched) Read(p []byte) (int, error) {
	for f.place < len(f.chunks) {
		if n := copy(p, f.chunks[f.place][f.offset:]); n > 0 || len(p) == 0 {
			f.offset += n
			return n, nil
		}
		if !f.keeps {
			f.drop(f.place)
		}
		f.place, f.offset = f.place+1, 0
	}
	if f.body != nil {
		return f.body.Read(p)
	}
	return 0, f.err
}

// Close implements io.Closer. What is kept for a second reading is not given up.
func (f *fetched) Close() error {
	if f.keeps {
		return nil
	}
	return f.dispose()
}

// dispose ends the fetching where it stands and gives everything up.
func (f *fetched) dispose() error {
	f.cancel()
	<-f.ready
	for i := range f.chunks {
		f.drop(i)
	}
	f.place, f.opened, f.keeps = len(f.chunks), true, false
	if f.body == nil {
		return nil
	}
	body := f.body
	f.body, f.err = nil, errClosed
	return body.Close()
}

// drop gives a chunk back.
func (f *fetched) drop(i int) {
	if f.chunks[i] == nil {
		return
	}
	f.allowance.release(1, f.chunks[i])
	f.chunks[i] = nil
}
