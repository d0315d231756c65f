package s3

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Open streams the object with that key below the root. A body that breaks off
// or falls silent is asked for again from where it broke, for the same ETag. The
// reader's errors are *Error, or ctx's own once it is done.
func (b *Bucket) Open(ctx context.Context, key string) (io.ReadCloser, error) {
	ctx, cancel := context.WithCancel(ctx)
	r := &body{bucket: b, ctx: ctx, cancel: cancel, key: key, size: -1}
	if err := r.ask(); err != nil {
		cancel()
		return nil, err
	}
	return r, nil
}

// progress is how many bytes make the earlier breaks of a body forgotten.
const progress = 64 << 10

// body is an object being read.
type body struct {
	bucket *Bucket
	ctx    context.Context // of the whole body
	cancel context.CancelFunc
	key    string
	etag   string        // of the first answer; every later one must have it
	sum    *maphash.Hash // of the bytes given to the reader, where there is no etag
	size   int64         // of the object, -1 where the server does not tell
	until  int64         // where the part that is wanted ends; 0: the object's end
	offset int64         // where the next byte for the reader is

	answer *answer // nil between a break and the next answer
	breaks int     // in a row
	since  int64   // offset of the latest break
	err    error   // what ended the body; every further Read gives it again
}

// answer is one response's body and what ends it.
type answer struct {
	stream io.ReadCloser
	ctx    context.Context
	cancel context.CancelCauseFunc
	watch  *time.Timer // cancels with errStalled unless stopped
}

var errStalled = errors.New("the server fell silent within its answer")

// Read gives the next bytes.
func (r *body) Read(p []byte) (int, error) {
	for r.err == nil {
		if r.answer == nil {
			r.err = r.resume()
			continue
		}
		n, err := r.readAnswer(p)
		r.offset += int64(n)
		if r.sum != nil {
			r.sum.Write(p[:n])
		}
		if err != nil {
			r.end(err)
		}
		if n > 0 || len(p) == 0 {
			return n, nil
		}
	}
	return 0, r.err
}

// readAnswer reads once, for as long as a server may be silent.
func (r *body) readAnswer(p []byte) (int, error) {
	r.answer.watch.Reset(r.bucket.opts.StallTimeout)
	n, err := r.answer.stream.Read(p)
	r.answer.watch.Stop()
	if err != nil && errors.Is(context.Cause(r.answer.ctx), errStalled) {
		err = errStalled
	}
	return n, err
}

// end decides whether the end of an answer is the end of the body: at its last
// byte, or when ctx is done; otherwise the answer broke off.
func (r *body) end(cause error) {
	r.drop()
	switch {
	case r.ctx.Err() != nil:
		r.err = r.bucket.explain(r.ctx, request{"read", r.key}, r.ctx.Err())
		return
	case r.size >= 0 && r.offset == cmp.Or(r.until, r.size), r.size < 0 && cause == io.EOF:
		r.err = io.EOF
		return
	case cause == io.EOF:
		cause = io.ErrUnexpectedEOF
	}
	if r.offset-r.since >= progress {
		r.breaks = 0
	}
	r.breaks++
	r.since = r.offset
	limit := r.bucket.attempts()
	if cause == errStalled {
		limit = min(limit, mutedAttempts)
	}
	if r.breaks >= limit {
		r.err = r.bucket.explain(r.ctx, request{"read", r.key}, fmt.Errorf("the answer broke off %d times at byte %d: %w", r.breaks, r.offset, cause))
	}
}

// resume asks for the rest of the object.
func (r *body) resume() error {
	pause := time.NewTimer(r.bucket.backoff(r.breaks))
	defer pause.Stop()
	select {
	case <-pause.C:
		return r.ask()
	case <-r.ctx.Done():
		return r.bucket.explain(r.ctx, request{"read", r.key}, r.ctx.Err())
	}
}

// ask sends the GET for what is still missing.
func (r *body) ask() error {
	ctx, cancel := context.WithCancelCause(r.ctx)
	out, err := call(ctx, r.bucket, request{"read", r.key}, func(c *api.Client) (*api.GetObjectOutput, error) {
		return r.bucket.get(ctx, c, r.input())
	})
	if err == nil {
		err = r.take(out)
	} else if r.offset > 0 || r.until > 0 {
		err = r.replaced(err)
	}
	if err != nil {
		cancel(nil)
		if out != nil && out.Body != nil {
			_ = out.Body.Close() // err says more
		}
		return err
	}
	watch := time.AfterFunc(time.Hour, func() { cancel(errStalled) })
	watch.Stop() // readAnswer starts it
	r.answer = &answer{out.Body, ctx, cancel, watch}
	return nil
}

func (r *body) input() *api.GetObjectInput {
	in := &api.GetObjectInput{
		Bucket:       aws.String(r.bucket.where.bucket),
		Key:          aws.String(r.bucket.where.root + r.key),
		RequestPayer: types.RequestPayer(r.bucket.payer()),
	}
	if r.etag != "" {
		in.IfMatch = aws.String(r.etag)
	}
	switch {
	case r.until > 0:
		in.Range = aws.String(fmt.Sprintf("bytes=%d-%d", r.offset, r.until-1))
	case r.offset > 0 && r.etag != "":
		in.Range = aws.String(fmt.Sprintf("bytes=%d-", r.offset))
	}
	return in
}

// take checks that an answer is of the version that was begun and starts where
// the reader stands. Servers exist that heed neither If-Match nor Range; and
// gateways to file systems that give no ETag: there the object is asked for from
// its beginning, which must be what the reader has already.
func (r *body) take(out *api.GetObjectOutput) error {
	first, total, ranged := contentRange(aws.ToString(out.ContentRange))
	if !ranged && out.ContentLength != nil {
		total = *out.ContentLength
	}
	if r.size < 0 && r.offset == 0 {
		if r.etag, r.size = aws.ToString(out.ETag), total; r.etag == "" {
			r.sum = new(maphash.Hash)
		}
		return nil
	}
	if r.etag == "" && r.sum == nil { // the listing told none
		r.etag = aws.ToString(out.ETag)
	}
	switch etag := aws.ToString(out.ETag); {
	case etag != r.etag:
		return r.changed("it had ETag " + r.etag + ", now " + etag)
	case r.size >= 0 && total >= 0 && total != r.size:
		return r.changed(fmt.Sprintf("it had %d bytes, now %d", r.size, total))
	case ranged && first != r.offset:
		return r.fail(ErrEndpoint, fmt.Sprintf("asked for byte %d onwards, the server sent byte %d onwards", r.offset, first), "")
	case !ranged:
		return r.skip(out.Body)
	}
	return nil
}

// skip passes over what the reader already has.
func (r *body) skip(stream io.Reader) error {
	var again maphash.Hash
	if r.sum != nil {
		again.SetSeed(r.sum.Seed())
	}
	if _, err := io.CopyN(&again, stream, r.offset); err != nil {
		return r.bucket.explain(r.ctx, request{"read", r.key}, fmt.Errorf("pass over %d bytes: %w", r.offset, err))
	}
	if r.sum != nil && again.Sum64() != r.sum.Sum64() {
		return r.changed(fmt.Sprintf("its first %d bytes are others now", r.offset))
	}
	return nil
}

// replaced words the refusals that mean: not the version that was begun.
func (r *body) replaced(err error) error {
	var refusal *Error
	if !errors.As(err, &refusal) {
		return err
	}
	switch refusal.status {
	case http.StatusPreconditionFailed, http.StatusRequestedRangeNotSatisfiable:
		return r.changed("it no longer has ETag " + r.etag)
	case http.StatusNotFound:
		return r.fail(ErrChanged, "it was deleted", "run again without it")
	}
	return err
}

// changed refuses to go on with another version.
func (r *body) changed(how string) error {
	return r.fail(ErrChanged, how, "run again: its first part would not fit the rest")
}

func (r *body) fail(kind error, detail, remedy string) error {
	return &Error{Op: "read", URL: r.bucket.url(r.key), Kind: kind, Err: errors.New(detail), Remedy: remedy}
}

// Close ends the reading. What was not read is not fetched either.
func (r *body) Close() error {
	r.cancel()
	r.drop()
	if r.err == nil {
		r.err = r.fail(ErrClosed, "its reader was closed", "")
	}
	return nil
}

// drop lets go of an answer.
func (r *body) drop() {
	if r.answer == nil {
		return
	}
	r.answer.watch.Stop()
	r.answer.cancel(nil)
	_ = r.answer.stream.Close() // nothing more is wanted of it
	r.answer = nil
}

// contentRange reads "bytes 100-199/1000"; the total is -1 where it is "*".
func contentRange(text string) (first, total int64, ok bool) {
	span, size, found := strings.Cut(strings.TrimPrefix(text, "bytes "), "/")
	from, _, _ := strings.Cut(span, "-")
	first, err := strconv.ParseInt(from, 10, 64)
	if !found || err != nil {
		return 0, -1, false
	}
	if total, err = strconv.ParseInt(size, 10, 64); err != nil {
		total = -1
	}
	return first, total, true
}
