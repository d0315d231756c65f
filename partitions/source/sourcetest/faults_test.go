package sourcetest_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// get asks for an object as plainly as can be; the in-memory server wants no signature.
func get(t *testing.T, url string, headers ...string) (*http.Response, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range headers {
		if name, value, ok := strings.Cut(h, ": "); ok {
			req.Header.Set(name, value)
		}
	}
	client := http.Client{Timeout: time.Minute, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	return resp, string(content), err
}

const scope = "Authorization: AWS4-HMAC-SHA256 Credential=ID/20250101/"

func TestFaults(t *testing.T) {
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a": []byte("0123456789")})
	for _, c := range []struct {
		name   string
		fault  sourcetest.Fault
		header string
		status int
		body   string // within the answer
	}{
		{"none", sourcetest.Fault{}, "", 200, "0123456789"},
		{"not for lists", sourcetest.Fault{On: sourcetest.OnList, Does: sourcetest.Denied().Does}, "", 200, "0123456789"},
		{"after one request", sourcetest.Fault{After: 1, Does: sourcetest.Denied().Does}, "", 200, "0123456789"},
		{"slow down", sourcetest.SlowDown(1), "", 503, "<Code>SlowDown</Code>"},
		{"denied", sourcetest.Denied(), "", 403, "<Code>AccessDenied</Code>"},
		{"expired", sourcetest.Expired(), "", 400, "<Code>ExpiredToken</Code>"},
		{"the requester does not pay", sourcetest.RequesterPays(), "", 403, "AccessDenied"},
		{"the requester pays", sourcetest.RequesterPays(), "X-Amz-Request-Payer: requester", 200, "0123456789"},
		{"wrong region", sourcetest.WrongRegion("eu-west-1"), scope + "us-east-1/s3/aws4_request", 301, "PermanentRedirect"},
		{"right region", sourcetest.WrongRegion("eu-west-1"), scope + "eu-west-1/s3/aws4_request", 200, "0123456789"},
		{"anonymous", sourcetest.WrongRegion("eu-west-1"), "", 403, "AccessDenied"},
		{"late", sourcetest.Delay(time.Millisecond), "", 200, "0123456789"},
	} {
		t.Run(c.name, func(t *testing.T) {
			proxy := sourcetest.NewProxy(t, server.URL, c.fault)
			resp, body, err := get(t, proxy.URL+"/bucket/a", c.header)
			if err != nil || resp.StatusCode != c.status || !strings.Contains(body, c.body) {
				t.Errorf("%v, %v: %q; want %d, %q", resp, err, body, c.status, c.body)
			}
			if n := proxy.Count(sourcetest.OnGet); n < 1 {
				t.Errorf("%d requests counted", n)
			}
		})
	}
}

func TestFaultTimes(t *testing.T) {
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a": []byte("x")})
	proxy := sourcetest.NewProxy(t, server.URL, sourcetest.SlowDown(2))
	var got []int
	for range 3 {
		resp, _, err := get(t, proxy.URL+"/bucket/a")
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, resp.StatusCode)
	}
	if got[0] != 503 || got[1] != 503 || got[2] != 200 {
		t.Errorf("statuses %v", got)
	}
}

func TestCut(t *testing.T) {
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a": []byte("0123456789")})
	var called atomic.Bool
	proxy := sourcetest.NewProxy(t, server.URL, sourcetest.Cut(4, func() { called.Store(true) }))
	_, body, err := get(t, proxy.URL+"/bucket/a")
	if body != "0123" || !errors.Is(err, io.ErrUnexpectedEOF) || !called.Load() {
		t.Errorf("%q, %v, called %v", body, err, called.Load())
	}
}
