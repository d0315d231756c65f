package s3_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	api "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// behind opens a bucket with one object, a.log, behind a proxy.
func behind(t *testing.T, content []byte, o s3.Options, faults ...sourcetest.Fault) (*s3.Bucket, *sourcetest.Server, *sourcetest.Proxy) {
	t.Helper()
	sourcetest.Hermetic(t)
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a.log": content})
	proxy := sourcetest.NewProxy(t, server.URL, faults...)
	o.EndpointURL = proxy.URL
	return open(t, "s3://bucket", o), server, proxy
}

// readAll reads a.log as far as it goes.
func readAll(t *testing.T, b *s3.Bucket) ([]byte, error) {
	t.Helper()
	r, err := b.Open(t.Context(), "a.log")
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func TestBodyResumes(t *testing.T) {
	want := sourcetest.Pattern(300_000)
	for name, faults := range map[string][]sourcetest.Fault{
		"cut at once":          {cutTimes(0, 3)},
		"cut in the middle":    {cutTimes(123_457, 1)},
		"cut again and again":  {cutTimes(20_000, 9)},
		"cut at the last byte": {cutTimes(299_999, 1)},
		"cut, then busy":       {cutTimes(70_000, 1), busyAfter(1, 2)},
		"stalled":              {stallTimes(50_000, 2)},
	} {
		t.Run(name, func(t *testing.T) {
			options := s3.Options{}
			if name == "stalled" {
				options.StallTimeout = time.Second // which a busy machine may take for itself, but not again and again
			}
			b, _, proxy := behind(t, want, options, faults...)
			got, err := readAll(t, b)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%d bytes of %d, equal %v: %v", len(got), len(want), bytes.Equal(got, want), err)
			}
			if n := proxy.Count(sourcetest.OnGet); n < 2 {
				t.Errorf("%d requests: nothing was resumed", n)
			}
		})
	}
}

func cutTimes(offset, times int) sourcetest.Fault {
	f := sourcetest.Cut(offset, nil)
	f.Times = times
	return f
}

func stallTimes(offset, times int) sourcetest.Fault {
	f := sourcetest.Stall(offset)
	f.Times = times
	return f
}

func busyAfter(after, times int) sourcetest.Fault {
	f := sourcetest.SlowDown(times)
	f.After = after
	return f
}

func TestBodyNeverMixesVersions(t *testing.T) {
	for name, then := range map[string]func(t *testing.T, s *sourcetest.Server){
		"same length": func(t *testing.T, s *sourcetest.Server) {
			s.Put(t, "a.log", bytes.Repeat([]byte("y"), 100_000))
		},
		"longer": func(t *testing.T, s *sourcetest.Server) {
			s.Put(t, "a.log", bytes.Repeat([]byte("x"), 200_000))
		},
		"shorter": func(t *testing.T, s *sourcetest.Server) { s.Put(t, "a.log", []byte("x")) },
		"deleted": func(t *testing.T, s *sourcetest.Server) { s.Delete(t, "a.log") },
	} {
		t.Run(name, func(t *testing.T) {
			b, server, proxy := behind(t, bytes.Repeat([]byte("x"), 100_000), s3.Options{})
			cut := sourcetest.Cut(60_000, func() { then(t, server) })
			cut.Times = 1
			proxy.Set(cut)
			got, err := readAll(t, b)
			checkError(t, err, s3.ErrChanged, "read s3://bucket/a.log")
			if len(got) > 60_000 || strings.Contains(string(got), "y") {
				t.Errorf("%d bytes, of which %d of the new version", len(got), bytes.Count(got, []byte("y")))
			}
		})
	}
}

// TestBodyPrecondition has a server that heeds If-Match.
func TestBodyPrecondition(t *testing.T) {
	refuse := sourcetest.Refuse(http.StatusPreconditionFailed, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold")
	refuse.After = 1
	b, _, _ := behind(t, sourcetest.Pattern(100_000), s3.Options{}, cutTimes(5, 1), refuse)
	_, err := readAll(t, b)
	checkError(t, err, s3.ErrChanged, "a.log", "run again")
}

// TestBodyWithoutRanges has a server that answers a range with the whole object.
func TestBodyWithoutRanges(t *testing.T) {
	want := sourcetest.Pattern(100_000)
	ignore := sourcetest.Fault{On: sourcetest.OnGet, Does: func(_ http.ResponseWriter, r *http.Request) bool {
		r.Header.Del("Range")
		return true
	}}
	b, _, _ := behind(t, want, s3.Options{}, ignore, cutTimes(70_000, 1))
	if got, err := readAll(t, b); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes: %v", len(got), err)
	}
}

func TestBodyGivesUp(t *testing.T) {
	for name, c := range map[string]struct {
		fault sourcetest.Fault
		stall time.Duration // 0: so long that a busy machine is not taken for a silent one
		kind  error
	}{
		"always cut":       {sourcetest.Cut(1, nil), 0, s3.ErrBroken},
		"always stalled":   {sourcetest.Stall(1), 300 * time.Millisecond, s3.ErrStalled},
		"silent from then": {sourcetest.Fault{On: sourcetest.OnGet, Does: sourcetest.Silent().Does}, 300 * time.Millisecond, s3.ErrStalled},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, proxy := behind(t, sourcetest.Pattern(1000), s3.Options{}, c.fault)
			t.Setenv("AWS_MAX_ATTEMPTS", "3")
			b := open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL, StallTimeout: c.stall})
			_, err := readAll(t, b)
			checkError(t, err, c.kind, "read s3://bucket/a.log")
		})
	}
}

func TestBodyKeepsEncoding(t *testing.T) {
	content := []byte("\x1f\x8b not inflated on the way")
	encoded := sourcetest.Fault{Wraps: func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter {
		w.Header().Set("Content-Encoding", "gzip")
		return w
	}}
	b, _, _ := behind(t, content, s3.Options{}, encoded)
	if got, err := readAll(t, b); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestReadAfterClose(t *testing.T) {
	b, _, _ := behind(t, sourcetest.Pattern(1<<20), s3.Options{})
	r, err := b.Open(t.Context(), "a.log")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	_, err = r.Read(make([]byte, 1))
	checkError(t, err, s3.ErrClosed, "a.log")
	if err := r.Close(); err != nil {
		t.Error("second close:", err)
	}
}

// TestCancel stops a read, an open, a listing and a back-off while the server is
// silent, and looks for what they left behind.
func TestCancel(t *testing.T) {
	for name, c := range map[string]struct {
		fault sourcetest.Fault
		do    func(ctx context.Context, b *s3.Bucket) error
	}{
		"in a body": {sourcetest.Stall(1), func(ctx context.Context, b *s3.Bucket) error {
			r, err := b.Open(ctx, "a.log")
			if err != nil {
				return err
			}
			defer r.Close()
			_, err = io.ReadAll(r)
			return err
		}},
		"before the answer": {sourcetest.Silent(), func(ctx context.Context, b *s3.Bucket) error {
			_, err := b.Open(ctx, "a.log")
			return err
		}},
		"in a listing": {sourcetest.Silent(), listError},
		"in a pause":   {sourcetest.SlowDown(0), listError},
	} {
		t.Run(name, func(t *testing.T) {
			sourcetest.Hermetic(t)
			server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a.log": sourcetest.Pattern(1000)})
			proxy := sourcetest.NewProxy(t, server.URL, c.fault)
			b, err := s3.Open(t.Context(), "s3://bucket", s3.Options{EndpointURL: proxy.URL}) // real pauses
			if err != nil {
				t.Fatal(err)
			}
			before := runtime.NumGoroutine()
			ctx, cancel := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- c.do(ctx, b) }()
			awaitRequest(t, proxy)
			cancel()
			select {
			case err = <-ended:
			case <-time.After(20 * time.Second): // below the stall timeout; after it, or the pauses, the error is another
				t.Fatal("still running")
			}
			if !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if err := b.Close(); err != nil {
				t.Error(err)
			}
			awaitGoroutines(t, before, proxy)
		})
	}
}

func awaitRequest(t *testing.T, p *sourcetest.Proxy) {
	t.Helper()
	for range 2000 {
		if p.Count(sourcetest.OnGet)+p.Count(sourcetest.OnList) > 0 {
			time.Sleep(20 * time.Millisecond) // for the answer's first byte to arrive
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("no request came")
}

// awaitGoroutines waits until there are no more goroutines than before.
func awaitGoroutines(t *testing.T, before int, p *sourcetest.Proxy) {
	t.Helper()
	for range 1000 {
		p.Rest()
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

// BenchmarkOpen reads small objects, as most flow logs are, and big ones.
func BenchmarkOpen(b *testing.B) {
	sourcetest.Hermetic(b)
	for name, size := range map[string]int{"10KB": 10 << 10, "8MB": 8 << 20} {
		b.Run(name, func(b *testing.B) {
			server := sourcetest.NewServer(b, "bucket", map[string][]byte{"a.log": sourcetest.Pattern(size)})
			bucket := open(b, "s3://bucket", s3.Options{EndpointURL: server.URL})
			b.SetBytes(int64(size))
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if n := len(sourcetest.Get(b, bucket, "a.log")); n != size {
						b.Errorf("%d bytes", n)
					}
				}
			})
		})
	}
}

// noETag is a server that gives none, as gateways to file systems do.
var noETag = sourcetest.Fault{Wraps: func(w http.ResponseWriter, _ *http.Request) http.ResponseWriter { return plain{w} }}

type plain struct{ http.ResponseWriter }

func (w plain) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func (w plain) WriteHeader(status int) {
	w.Header().Del("Etag")
	w.ResponseWriter.WriteHeader(status)
}

func TestBodyWithoutETag(t *testing.T) {
	want := sourcetest.Pattern(100_000)
	b, server, proxy := behind(t, want, s3.Options{}, noETag, cutTimes(70_000, 1))
	if got, err := readAll(t, b); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes: %v", len(got), err)
	}
	other := bytes.Clone(want)
	other[10]++ // of the same length, and other bytes that were read already
	cut := sourcetest.Cut(70_000, func() { server.Put(t, "a.log", other) })
	cut.Times = 1
	proxy.Set(noETag, cut)
	_, err := readAll(t, b)
	checkError(t, err, s3.ErrChanged, "first 70000 bytes are others")
}

// TestVersitygwResumes has a server that verifies the signature of a resumed
// request, its range and its If-Match. It gives an ETag to what was put, and
// none to what was written into its directory.
func TestVersitygwResumes(t *testing.T) {
	sourcetest.Hermetic(t)
	endpoint, dir := sourcetest.Versitygw(t, "us-east-1")
	want := sourcetest.Pattern(200_000)
	sourcetest.WriteFiles(t, dir, map[string][]byte{"bucket/written.log": want})
	put(t, endpoint, "put.log", want)
	for _, key := range []string{"written.log", "put.log"} {
		proxy := sourcetest.NewProxy(t, endpoint, cutTimes(80_000, 2), busyAfter(1, 1))
		b := open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL})
		if got := sourcetest.Get(t, b, key); !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes of %d", key, len(got), len(want))
		}
	}
	cut := sourcetest.Cut(80_000, func() { put(t, endpoint, "put.log", bytes.Repeat([]byte("y"), len(want))) })
	cut.Times = 1
	b := open(t, "s3://bucket", s3.Options{EndpointURL: sourcetest.NewProxy(t, endpoint, cut).URL})
	r, err := b.Open(t.Context(), "put.log")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	_, err = io.ReadAll(r)
	checkError(t, err, s3.ErrChanged, "read s3://bucket/put.log")
}

// put stores an object with a signed request.
func put(t *testing.T, endpoint, key string, content []byte) {
	t.Helper()
	client := api.New(api.Options{
		Region: "us-east-1", BaseEndpoint: &endpoint, UsePathStyle: true,
		Credentials: credentials.NewStaticCredentialsProvider(sourcetest.AccessKey, sourcetest.SecretKey, ""),
	})
	_, err := client.PutObject(t.Context(), &api.PutObjectInput{Bucket: aws.String("bucket"), Key: &key, Body: bytes.NewReader(content)})
	if err != nil {
		t.Error(err)
	}
}
