package s3

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go/middleware"

	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// answers is a server without a network: it gives "x", or what it is told to for
// the nth request, and remembers the requests.
type answers struct {
	requests []*http.Request
	nth      map[int]func() (*http.Response, error)
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	a.requests = append(a.requests, r)
	if answer := a.nth[len(a.requests)]; answer != nil {
		return answer()
	}
	return replied(http.StatusOK, "x")()
}

func replied(status int, body string) func() (*http.Response, error) {
	return func() (*http.Response, error) {
		header := http.Header{"Etag": {`"1"`}, "Content-Length": {"1"}}
		return &http.Response{StatusCode: status, Header: header, ContentLength: int64(len(body)), Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

// offline opens a bucket whose requests go nowhere.
func offline(t *testing.T, url string, o Options) (*Bucket, *answers) {
	t.Helper()
	b, err := Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	server := &answers{nth: map[int]func() (*http.Response, error){}}
	b.wire.client.Transport = server
	return b, server
}

// fetched reads an object of one byte.
func fetched(t *testing.T, b *Bucket, key string) error {
	t.Helper()
	r, err := b.Open(t.Context(), key)
	if err != nil {
		return err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if string(content) != "x" {
		t.Errorf("%q was read of %s, %v", content, key, err)
	}
	return err
}

// What is sent by the template is what the SDK sends, whatever the key, down to
// the signature.
func TestTemplateIsTheRequestOfTheSDK(t *testing.T) {
	keys := []string{
		"a.log", "a b+c%2F=é&?#.log", "x//y", "../up", "./here", "/first", "//", "last/", "~-_.", "日本", "a:b@c,d;e'f(g)*!$", "\x01", "a\\b", "%41", ".",
	}
	for name, c := range map[string]struct {
		url     string
		options Options
		env     map[string]string
	}{
		"a bucket":        {url: "s3://bucket"},
		"a folder":        {url: "s3://bucket/AWSLogs/1 2", options: Options{Region: "eu-central-1"}},
		"dots":            {url: "s3://logs.example.com"},
		"path style":      {url: "s3://bucket/below", options: Options{PathStyle: true}},
		"an endpoint":     {url: "s3://bucket", options: Options{EndpointURL: "http://127.0.0.1:9000"}},
		"below a path":    {url: "s3://bucket", options: Options{EndpointURL: "https://s3.example:8443/in/here"}},
		"an access point": {url: "s3://arn:aws:s3:us-west-2:111122223333:accesspoint/logs/below"},
		"anonymous":       {url: "s3://bucket", options: Options{NoSignRequest: true}},
		"who pays":        {url: "s3://bucket", options: Options{RequestPayer: "requester"}},
		"a session":       {url: "s3://bucket", env: map[string]string{"AWS_SESSION_TOKEN": "token"}},
		"dual stack":      {url: "s3://bucket", env: map[string]string{"AWS_USE_DUALSTACK_ENDPOINT": "true"}},
	} {
		t.Run(name, func(t *testing.T) {
			sourcetest.Hermetic(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			b, server := offline(t, c.url, c.options)
			if err := fetched(t, b, keys[0]); err != nil {
				t.Fatal(err)
			}
			template := b.shortcut.template.Load()
			if template == nil {
				t.Fatal("there is no template")
			}
			for _, key := range keys {
				if err := fetched(t, b, key); err != nil {
					t.Error(err)
				}
				var sent *http.Request
				in := (&body{bucket: b, key: key}).input()
				if _, err := template.client.GetObject(t.Context(), in, func(o *api.Options) {
					o.APIOptions = append(o.APIOptions, func(s *middleware.Stack) error { return s.Finalize.Add(noteRequest(&sent), middleware.After) })
				}); err != nil {
					t.Fatal(err)
				}
				if !template.gives(t.Context(), sent, *in.Key) {
					t.Errorf("%q: the SDK sends %s %v", key, sent.URL, sent.Header)
				}
			}
			if n := len(server.requests); n != 1+2*len(keys) || b.shortcut.closed.Load() {
				t.Errorf("%d requests", n)
			}
		})
	}
}

// Where an answer is no plain one the SDK asks, and goes on doing so.
func TestTemplateGivesWay(t *testing.T) {
	for name, c := range map[string]struct {
		second   func() (*http.Response, error)
		requests int // after three objects
	}{
		"busy":      {replied(http.StatusServiceUnavailable, "<Error><Code>SlowDown</Code></Error>"), 4},
		"denied":    {replied(http.StatusForbidden, "<Error><Code>AccessDenied</Code></Error>"), 4},
		"a part":    {replied(http.StatusPartialContent, "x"), 4},
		"elsewhere": {replied(http.StatusMovedPermanently, ""), 4},
		"broken":    {func() (*http.Response, error) { return nil, errors.New("connection reset") }, 4},
		"no fault":  {nil, 3},
	} {
		sourcetest.Hermetic(t)
		b, server := offline(t, "s3://bucket", Options{})
		server.nth[2] = c.second
		for _, key := range []string{"1", "2", "3"} {
			if err := fetched(t, b, key); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if len(server.requests) != c.requests || b.shortcut.closed.Load() != (c.second != nil) {
			t.Errorf("%s: %d requests; the shortcut is closed: %v", name, len(server.requests), b.shortcut.closed.Load())
		}
	}
}

// A refusal that lasts is told as the SDK tells it.
func TestTemplateHidesNoRefusal(t *testing.T) {
	sourcetest.Hermetic(t)
	b, server := offline(t, "s3://bucket", Options{})
	if err := fetched(t, b, "1"); err != nil {
		t.Fatal(err)
	}
	server.nth[2] = replied(http.StatusNotFound, "<Error><Code>NoSuchKey</Code></Error>")
	server.nth[3] = server.nth[2]
	var refusal *Error
	if err := fetched(t, b, "2"); !errors.As(err, &refusal) || refusal.status != http.StatusNotFound {
		t.Errorf("%v", err)
	}
}

// What cannot be sent by a template is not.
func TestNoTemplate(t *testing.T) {
	for name, c := range map[string]struct {
		url string
		env map[string]string
	}{
		"adaptive":        {"s3://bucket", map[string]string{"AWS_RETRY_MODE": "adaptive"}},
		"several regions": {"s3://arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap", nil}, // signed by curves
	} {
		sourcetest.Hermetic(t)
		for name, value := range c.env {
			t.Setenv(name, value)
		}
		b, server := offline(t, c.url, Options{})
		for range 2 {
			if err := fetched(t, b, "a.log"); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if b.shortcut.template.Load() != nil || len(server.requests) != 2 {
			t.Errorf("%s: there is a template; %d requests", name, len(server.requests))
		}
	}
}

// rotating are credentials that are others each time.
type rotating struct{ keys []string }

func (r *rotating) Retrieve(context.Context) (aws.Credentials, error) {
	key := r.keys[0]
	if len(r.keys) > 1 {
		r.keys = r.keys[1:]
	}
	return aws.Credentials{AccessKeyID: key, SecretAccessKey: "secret of " + key, SessionToken: "session of " + key}, nil
}

// Each request is signed with the credentials of its time.
func TestTemplateSignsAnew(t *testing.T) {
	sourcetest.Hermetic(t)
	b, server := offline(t, "s3://bucket", Options{})
	b.signer.from = &rotating{[]string{"OLD", "OLD", "OLD", "NEW"}}
	for _, want := range []string{"OLD", "OLD", "NEW"} {
		if err := fetched(t, b, "a.log"); err != nil {
			t.Fatal(err)
		}
		last := server.requests[len(server.requests)-1]
		if auth := last.Header.Get("Authorization"); !strings.Contains(auth, "="+want+"/") || last.Header.Get("X-Amz-Security-Token") != "session of "+want {
			t.Errorf("signed %q, want by %s", auth, want)
		}
	}
	if len(server.requests) != 3 || b.shortcut.template.Load() == nil {
		t.Errorf("%d requests", len(server.requests))
	}
}
