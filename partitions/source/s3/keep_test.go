package s3_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

func TestBucketKeeps(t *testing.T) {
	sourcetest.Hermetic(t)
	for _, root := range []string{"", "deep/in a/pl+ace/"} {
		server := sourcetest.NewServer(t, "bucket", nil)
		sourcetest.RunKeeper(t, open(t, "s3://bucket/"+root, s3.Options{EndpointURL: server.URL, PartSize: 100}))
		noUploads(t, server.URL)
	}
}

// TestVersitygwKeeps has a server that verifies the signatures of what it is sent.
func TestVersitygwKeeps(t *testing.T) {
	sourcetest.Hermetic(t)
	endpoint, dir := sourcetest.Versitygw(t, "us-east-1")
	if err := os.MkdirAll(filepath.Join(dir, "bucket"), 0o755); err != nil {
		t.Fatal(err)
	}
	b := open(t, "s3://bucket/some where/", s3.Options{EndpointURL: endpoint, PartSize: 5 << 20})
	sourcetest.RunKeeper(t, b)
	file, content := bigFile(t, 12<<20)
	if err := b.Put(t.Context(), "big", file); err != nil {
		t.Fatal(err)
	}
	r, err := b.Open(t.Context(), "big")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
		t.Errorf("%d bytes of %d come back, %v", len(got), len(content), err)
	}
}

// bigFile is a file of random bytes.
func bigFile(t *testing.T, size int) (name string, content []byte) {
	content = make([]byte, size)
	r := rand.NewChaCha8([32]byte{})
	_, _ = r.Read(content) // never fails
	name = filepath.Join(t.TempDir(), "big")
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return name, content
}

// noUploads fails if parts of an object are left on a server.
func noUploads(t *testing.T, endpoint string) {
	t.Helper()
	response, err := http.Get(endpoint + "/bucket?uploads")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if text, err := io.ReadAll(response.Body); err != nil || strings.Contains(string(text), "<Upload>") {
		t.Errorf("uploads are left: %s, %v", text, err)
	}
}

// TestPutGivesUp holds that an object which cannot be sent whole leaves nothing,
// neither object nor parts, and that the error says what is missing.
func TestPutGivesUp(t *testing.T) {
	sourcetest.Hermetic(t)
	for name, stop := range map[string]func(r *http.Request) bool{
		"begin":    func(r *http.Request) bool { return r.URL.Query().Has("uploads") },
		"part":     func(r *http.Request) bool { return r.URL.Query().Get("partNumber") == "2" },
		"complete": func(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Query().Has("uploadId") },
	} {
		for _, cancels := range []bool{false, true} {
			server := sourcetest.NewServer(t, "bucket", nil)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			front := inFront(t, server.URL, func(w http.ResponseWriter, r *http.Request) bool {
				if !stop(r) {
					return false
				}
				if cancels {
					cancel()
				}
				w.WriteHeader(http.StatusForbidden)
				return true
			})
			b := open(t, "s3://bucket/", s3.Options{EndpointURL: front, PartSize: 1000})
			file, _ := bigFile(t, 3500)
			err := b.Put(ctx, "k", file)
			var fault *s3.Error
			switch {
			case cancels && !errors.Is(err, context.Canceled):
				t.Errorf("%s, cancelled: %v", name, err)
			case !cancels && (!errors.As(err, &fault) || fault.Kind != s3.ErrDenied || fault.Op != "write" || !strings.Contains(fault.Remedy, "s3:PutObject")):
				t.Errorf("%s: %v", name, err)
			}
			noUploads(t, server.URL)
			for o, err := range b.Objects(t.Context(), "") {
				t.Errorf("%s: %s is left, %v", name, o.Key, err)
			}
		}
	}
}

// inFront is a server that lets requests through to another, unless stop answers them.
func inFront(t *testing.T, endpoint string, stop func(http.ResponseWriter, *http.Request) bool) string {
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !stop(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

func TestBucketLocates(t *testing.T) {
	sourcetest.Hermetic(t)
	var b source.Locator = open(t, "s3://bucket/a/b", s3.Options{})
	if got, err := b.Locate(t.Context(), "c/"); err != nil || got != "s3://bucket/a/b/c/" {
		t.Errorf("it is %s, %v", got, err)
	}
}

func TestStageElsewhere(t *testing.T) {
	sourcetest.Hermetic(t)
	temp := t.TempDir()
	dir, err := open(t, "s3://bucket/", s3.Options{TempDir: temp}).Stage(t.Context(), "")
	if err != nil || filepath.Dir(dir) != temp {
		t.Errorf("%s, %v", dir, err)
	}
	if _, err := open(t, "s3://bucket/", s3.Options{TempDir: filepath.Join(temp, "none")}).Stage(t.Context(), ""); err == nil || !strings.Contains(err.Error(), "--temp-dir") {
		t.Errorf("error %v", err)
	}
}
