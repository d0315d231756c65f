package loader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// watched is a source that counts the objects that are open, and fails as told.
type watched struct {
	memorySource
	open   atomic.Int64
	opened atomic.Int64
	fails  map[string]error                    // to read, after the object's bytes
	before func(context.Context, string) error // is called before an object is opened; may be nil
}

func (w *watched) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	if w.before != nil {
		if err := w.before(ctx, key); err != nil {
			return nil, err
		}
	}
	r, err := w.memorySource.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	w.open.Add(1)
	w.opened.Add(1)
	var bytes io.Reader = r
	if err := w.fails[key]; err != nil {
		bytes = io.MultiReader(bytes, iotest.ErrReader(err))
	}
	return &watchedBody{ctx, bytes, w, false}, nil
}

type watchedBody struct {
	ctx context.Context
	io.Reader
	source *watched
	closed bool
}

func (b *watchedBody) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	return b.Reader.Read(p)
}

func (b *watchedBody) Close() error {
	if b.closed {
		return errors.New("closed twice")
	}
	b.closed = true
	b.source.open.Add(-1)
	return nil
}

// fetch fetches an object of which a listing told that size.
func fetch(ctx context.Context, src source.Source, a *Allowance, key string, size int64) *fetched {
	object := Object{Object: source.Object{Key: key, Size: size}}
	room := chunksFor(object.Object)
	c := claim{allowance: a}
	_ = c.reserve(ctx, room) // a claim's first is granted
	c.leave()
	own, cancel := context.WithCancel(ctx)
	f := &fetched{object: object, allowance: a, cancel: cancel, ready: make(chan struct{})}
	f.fetch(own, src, room)
	return f
}

// What was fetched reads as the source gives it, whatever its size and the size
// that the listing told, to its end or its failure.
func TestFetchedReadsAsItsSource(t *testing.T) {
	broken := errors.New("broken")
	pattern := sourcetest.Pattern(20 * chunkSize)
	for _, n := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 16*chunkSize - 1, 16 * chunkSize, 16*chunkSize + 1, 20 * chunkSize} {
		for _, told := range []int{n, 0, n / 2, 3 * n} {
			for _, fails := range []error{nil, broken} {
				name := fmt.Sprintf("%d bytes, %d told, failing with %v", n, told, fails)
				want := pattern[:n]
				src := &watched{memorySource: memorySource{"a": want}, fails: map[string]error{"a": fails}}
				a := NewAllowance()
				f := fetch(t.Context(), src, a, "a", int64(told))
				body, ok, err := f.open(t.Context(), false)
				if !ok || err != nil {
					t.Fatal(name, ok, err)
				}
				got, err := io.ReadAll(body)
				if !bytes.Equal(got, want) || err != fails {
					t.Errorf("%s: %d bytes, %v", name, len(got), err)
				}
				if err := body.Close(); err != nil || src.open.Load() != 0 {
					t.Errorf("%s: closed with %v, %d left open", name, err, src.open.Load())
				}
				checkUnused(t, a)
			}
		}
	}
}

// An object held whole is read twice of one opening; any other is asked for again.
func TestFetchedTwice(t *testing.T) {
	for n, again := range map[int]bool{0: true, chunkSize: true, 20 * chunkSize: false} {
		want := sourcetest.Pattern(n)
		a := NewAllowance()
		f := fetch(t.Context(), memorySource{"a": want}, a, "a", int64(n))
		for i, keeps := range []bool{true, false, false} {
			body, ok, err := f.open(t.Context(), keeps)
			if err != nil || ok != (i == 0 || i == 1 && again) {
				t.Errorf("%d bytes: opening %d gives %v, %v", n, i, ok, err)
			}
			if !ok {
				continue
			}
			if got, err := io.ReadAll(body); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes: reading %d gives %d bytes, %v", n, i, len(got), err)
			}
			if err := body.Close(); err != nil {
				t.Error(err)
			}
		}
		checkUnused(t, a)
	}
}

func TestFetchedRefusal(t *testing.T) {
	a := NewAllowance()
	f := fetch(t.Context(), memorySource{}, a, "gone", 5)
	if _, ok, err := f.open(t.Context(), false); !ok || err == nil {
		t.Errorf("opened %v, %v", ok, err)
	}
	if err := f.dispose(); err != nil {
		t.Error(err)
	}
	checkUnused(t, a)
}
