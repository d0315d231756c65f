package sourcetest

import (
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// Kind says what a request to S3 wants.
type Kind string

// The kinds of requests that a Proxy tells apart.
const (
	OnList  Kind = "list"
	OnGet   Kind = "get"
	OnHead  Kind = "head"
	OnOther Kind = "other"
)

// kindOf tells a listing by its parameter: it works with the bucket in the path
// and in the host's name.
func kindOf(r *http.Request) Kind {
	switch {
	case r.Method == http.MethodHead:
		return OnHead
	case r.Method == http.MethodGet && r.URL.Query().Has("list-type"):
		return OnList
	case r.Method == http.MethodGet:
		return OnGet
	}
	return OnOther
}

// Fault is one thing that goes wrong. The zero value goes wrong in no way.
type Fault struct {
	On    Kind // strikes requests of this kind; empty = every kind
	Times int  // strikes so often and then no more; 0 = always
	After int  // lets so many requests pass first

	// Does may answer in the server's place, and tells whether the server is
	// still to answer. Wraps may put a writer of its own before the answer.
	Does  func(w http.ResponseWriter, r *http.Request) bool
	Wraps func(w http.ResponseWriter, r *http.Request) http.ResponseWriter
}

// strike tells whether the fault strikes this request, and counts it.
func (f *Fault) strike(kind Kind) bool {
	if f.On != "" && f.On != kind {
		return false
	}
	if f.After > 0 {
		f.After--
		return false
	}
	switch f.Times {
	case 0:
		return true
	case -1:
		return false
	case 1:
		f.Times = -1 // used up
	default:
		f.Times--
	}
	return true
}

// Proxy stands before an S3 server. It keeps the Host header, so that signatures
// stay good, counts requests and makes faults.
type Proxy struct {
	URL string // of the endpoint

	mu     sync.Mutex
	faults []*Fault
	counts map[Kind]int
	next   *httputil.ReverseProxy
	wire   *http.Transport
}

// NewProxy starts a proxy before an endpoint. It ends with the test.
func NewProxy(t testing.TB, endpoint string, faults ...Fault) *Proxy {
	t.Helper()
	target, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	wire := &http.Transport{MaxIdleConnsPerHost: 256, DisableCompression: true}
	p := &Proxy{counts: map[Kind]int{}, wire: wire, next: &httputil.ReverseProxy{
		Transport: wire,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host
		},
		FlushInterval: -1, // a byte that the server sent has arrived
		ErrorHandler:  badGateway,
	}}
	p.Set(faults...)
	server := httptest.NewServer(p)
	t.Cleanup(p.Rest)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	p.URL = server.URL
	return p
}

// badGateway answers for a server that did not. A client that went away, as
// those do that are cancelled, is not worth a line of the log.
func badGateway(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() == nil {
		log.Printf("proxy: %v", err)
	}
	w.WriteHeader(http.StatusBadGateway)
}

// Rest gives up the connections to the server that are not in use, and the
// goroutines they have.
func (p *Proxy) Rest() { p.wire.CloseIdleConnections() }

// Set puts these faults in place of the ones before.
func (p *Proxy) Set(faults ...Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = nil
	for _, f := range faults {
		p.faults = append(p.faults, &f)
	}
}

// Count is how many requests of a kind came in so far, the struck ones included.
// The SDK may repeat any request, so a test can only say "at least".
func (p *Proxy) Count(kind Kind) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.counts[kind]
}

// ServeHTTP lets each fault have its go before the server answers.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	for _, f := range p.struck(r) {
		if f.Wraps != nil {
			w = f.Wraps(w, r)
		}
		if f.Does != nil && !f.Does(w, r) {
			return
		}
	}
	p.next.ServeHTTP(w, r)
}

func (p *Proxy) struck(r *http.Request) []*Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	kind := kindOf(r)
	p.counts[kind]++
	var struck []*Fault
	for _, f := range p.faults {
		if f.strike(kind) {
			struck = append(struck, f)
		}
	}
	return struck
}

// Refuse answers with an S3 error instead of the server.
func Refuse(status int, code, message string) Fault {
	return Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		refuse(w, r, status, code, message)
		return false
	}}
}

func refuse(w http.ResponseWriter, r *http.Request, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		fmt.Fprintf(w, "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>%s</Message><RequestId>TEST</RequestId></Error>", code, message)
	}
}

// SlowDown answers n requests with the 503 of a busy bucket.
func SlowDown(n int) Fault {
	f := Refuse(http.StatusServiceUnavailable, "SlowDown", "Please reduce your request rate.")
	f.Times = n
	return f
}

// Denied answers every request with a 403.
func Denied() Fault { return Refuse(http.StatusForbidden, "AccessDenied", "Access Denied") }

// Expired answers every request as S3 does when a session is over.
func Expired() Fault {
	return Refuse(http.StatusBadRequest, "ExpiredToken", "The provided token has expired.")
}

// RequesterPays refuses requests that do not say that the requester pays.
func RequesterPays() Fault {
	return Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("X-Amz-Request-Payer") == "requester" {
			return true
		}
		refuse(w, r, http.StatusForbidden, "AccessDenied", "Access Denied")
		return false
	}}
}

// WrongRegion redirects requests signed for another region, as S3 does, or
// refuses anonymous ones; either answer names the region in a header.
func WrongRegion(region string) Fault {
	return Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		signed := signedRegion(r)
		if signed == region {
			return true
		}
		w.Header().Set("X-Amz-Bucket-Region", region)
		if signed == "" {
			refuse(w, r, http.StatusForbidden, "AccessDenied", "Access Denied")
			return false
		}
		refuse(w, r, http.StatusMovedPermanently, "PermanentRedirect", "The bucket must be addressed using the specified endpoint.")
		return false
	}}
}

// signedRegion is the region in "AWS4-HMAC-SHA256 Credential=ID/date/region/s3/aws4_request, …".
func signedRegion(r *http.Request) string {
	_, scope, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	if parts := strings.Split(scope, "/"); len(parts) > 2 {
		return parts[2]
	}
	return ""
}

// Delay holds every request back before the server sees it.
func Delay(d time.Duration) Fault {
	return Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		select {
		case <-time.After(d):
			return true
		case <-r.Context().Done():
			return false
		}
	}}
}

// Silent never answers.
func Silent() Fault {
	return Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		<-r.Context().Done()
		return false
	}}
}

// Cut breaks the connection of a GET off after so many bytes of its body, and
// then calls what follows, which may be nil.
func Cut(offset int, then func()) Fault {
	return Fault{On: OnGet, Wraps: func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
		return &shortWriter{ResponseWriter: w, left: offset, end: func() {
			if then != nil {
				then()
			}
		}}
	}}
}

// Stall falls silent after so many bytes of the body of a GET.
func Stall(offset int) Fault {
	return Fault{On: OnGet, Wraps: func(w http.ResponseWriter, r *http.Request) http.ResponseWriter {
		return &shortWriter{ResponseWriter: w, left: offset, end: func() { <-r.Context().Done() }}
	}}
}

// shortWriter lets so many bytes through and ends then. The error of its Write
// makes the reverse proxy break the connection off.
type shortWriter struct {
	http.ResponseWriter
	left int
	end  func()
}

// Unwrap lets http.ResponseController find the writer.
func (w *shortWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Write passes on what is left to be sent, and ends the answer after that.
func (w *shortWriter) Write(p []byte) (int, error) {
	n, err := w.ResponseWriter.Write(p[:min(w.left, len(p))])
	w.left -= n
	if err != nil || n == len(p) {
		return n, err
	}
	if err := http.NewResponseController(w.ResponseWriter).Flush(); err != nil {
		return n, err
	}
	w.end()
	return n, errCut
}

var errCut = fmt.Errorf("cut by the test")
