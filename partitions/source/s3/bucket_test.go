package s3_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// quick makes retries and stalls of tests short.
func quick(o s3.Options) s3.Options {
	o.MaxBackoff = 5 * time.Millisecond
	if o.StallTimeout == 0 {
		o.StallTimeout = 10 * time.Second
	}
	return o
}

func open(t testing.TB, url string, o s3.Options) *s3.Bucket {
	t.Helper()
	b, err := s3.Open(t.Context(), url, quick(o))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestConformance(t *testing.T) {
	sourcetest.Hermetic(t)
	for _, root := range []string{"", "deep/in a/pl+ace/"} {
		t.Run("root "+root, func(t *testing.T) {
			sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
				stored := map[string][]byte{"elsewhere/x.log": nil}
				if root == "" {
					stored = map[string][]byte{}
				} else {
					stored[root] = nil // the marker of the root itself
				}
				for key, content := range objects {
					stored[root+key] = content
				}
				server := sourcetest.NewServer(t, "bucket", stored)
				return open(t, "s3://bucket/"+strings.TrimSuffix(root, "/"), s3.Options{EndpointURL: server.URL})
			})
		})
	}
}

func TestConformanceThroughFaults(t *testing.T) {
	sourcetest.Hermetic(t)
	sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
		server := sourcetest.NewServer(t, "bucket", objects)
		busy, cut := sourcetest.SlowDown(2), sourcetest.Cut(3, nil)
		busy.After, cut.Times = 1, 2
		proxy := sourcetest.NewProxy(t, server.URL, busy, cut)
		return open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL})
	})
}

func TestVersitygw(t *testing.T) {
	sourcetest.Hermetic(t)
	sourcetest.Run(t, func(t *testing.T, objects map[string][]byte) source.Source {
		endpoint, dir := sourcetest.Versitygw(t, "eu-central-1")
		sourcetest.WriteFiles(t, filepath.Join(dir, "bucket"), map[string][]byte{"x/": nil})
		sourcetest.WriteFiles(t, filepath.Join(dir, "bucket", "x"), objects)
		return open(t, "s3://bucket/x", s3.Options{EndpointURL: endpoint}) // in no region, or the wrong one
	})
}

func TestVersitygwRefusesWrongKeys(t *testing.T) {
	sourcetest.Hermetic(t)
	endpoint, dir := sourcetest.Versitygw(t, "us-east-1")
	sourcetest.WriteFiles(t, filepath.Join(dir, "bucket"), map[string][]byte{"a.log": []byte("x")})
	for name, want := range map[string]error{"AWS_SECRET_ACCESS_KEY": s3.ErrSignature, "AWS_ACCESS_KEY_ID": s3.ErrSignature} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(name, "wrong")
			b := open(t, "s3://bucket", s3.Options{EndpointURL: endpoint})
			checkError(t, listError(t.Context(), b), want, "list s3://bucket/", "check the profile, AWS_ACCESS_KEY_ID")
		})
	}
	t.Run("no such bucket", func(t *testing.T) {
		b := open(t, "s3://bucket-of-nobody", s3.Options{EndpointURL: endpoint})
		checkError(t, listError(t.Context(), b), s3.ErrNoBucket, "bucket-of-nobody", endpoint)
	})
	t.Run("no such object", func(t *testing.T) {
		_, err := open(t, "s3://bucket", s3.Options{EndpointURL: endpoint}).Open(t.Context(), "b.log")
		checkError(t, err, s3.ErrNoObject, "read s3://bucket/b.log")
	})
}

// listError is the error that listing the root ends with.
func listError(ctx context.Context, b *s3.Bucket) error {
	for _, err := range b.Objects(ctx, "") {
		if err != nil {
			return err
		}
	}
	return nil
}

// checkError holds an error against its kind and what its message must say; and
// no message may show a key.
func checkError(t *testing.T, err, kind error, says ...string) {
	t.Helper()
	var e *s3.Error
	if !errors.As(err, &e) || !errors.Is(err, kind) {
		t.Fatalf("got %T %v, want %v", err, err, kind)
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the message lacks %q:\n%v", part, err)
		}
	}
	for _, secret := range []string{sourcetest.SecretKey, sourcetest.AccessKey} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("the message shows a credential: %v", err)
		}
	}
}

func TestString(t *testing.T) {
	sourcetest.Hermetic(t)
	for url, want := range map[string][2]string{
		"s3://bucket":              {"s3://bucket/", ""},
		"s3://bucket/":             {"s3://bucket/", ""},
		"s3://bucket/a/AWSLogs":    {"s3://bucket/a/AWSLogs/", "a/AWSLogs/"},
		"s3://bucket/a/AWSLogs/":   {"s3://bucket/a/AWSLogs/", "a/AWSLogs/"},
		"s3://bucket/a%20b?c#d":    {"s3://bucket/a%20b?c#d/", "a%20b?c#d/"},
		"s3://my.bucket.name/logs": {"s3://my.bucket.name/logs/", "logs/"},
	} {
		b := open(t, url, s3.Options{})
		if b.String() != want[0] || b.Root() != want[1] {
			t.Errorf("%s: %q, root %q; want %q", url, b.String(), b.Root(), want)
		}
	}
}

// TestAddressing shows where requests go without sending them to anyone: the
// endpoint records the host and path that the client chose.
func TestAddressing(t *testing.T) {
	sourcetest.Hermetic(t)
	for _, c := range []struct {
		name, url string
		env       string // the endpoint's variable, or empty for the option
		path      string
	}{
		{"an endpoint by option has the bucket in its path", "s3://bucket/x", "", "/bucket"},
		{"an endpoint by AWS_ENDPOINT_URL_S3", "s3://bucket/x", "AWS_ENDPOINT_URL_S3", "/bucket"},
		{"an endpoint by AWS_ENDPOINT_URL", "s3://bucket/x", "AWS_ENDPOINT_URL", "/bucket"},
		{"a bucket with dots", "s3://my.bucket/x", "", "/my.bucket"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var path string
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				path = strings.TrimSuffix(r.URL.Path, "/")
				_, _ = w.Write([]byte(`<ListBucketResult></ListBucketResult>`)) // the client's error would tell
			}))
			defer server.Close()
			var o s3.Options
			if c.env == "" {
				o.EndpointURL = server.URL
			} else {
				t.Setenv(c.env, server.URL)
			}
			if keys := sourcetest.Keys(t, open(t, c.url, o), ""); len(keys) != 0 || path != c.path {
				t.Errorf("path %q, want %q; keys %q", path, c.path, keys)
			}
		})
	}
}

func TestRequesterPays(t *testing.T) {
	sourcetest.Hermetic(t)
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a.log": []byte("x")})
	proxy := sourcetest.NewProxy(t, server.URL, sourcetest.RequesterPays())
	b := open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL, RequestPayer: "requester"})
	if keys := sourcetest.Keys(t, b, ""); !slices.Equal(keys, []string{"a.log"}) {
		t.Errorf("keys %q", keys)
	}
	if got := sourcetest.Get(t, b, "a.log"); string(got) != "x" {
		t.Errorf("got %q", got)
	}
	checkError(t, listError(t.Context(), open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL})), s3.ErrDenied, "--request-payer requester")
}
