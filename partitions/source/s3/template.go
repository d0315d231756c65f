package s3

import (
	"context"
	"crypto/rand"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/encoding/httpbinding"
	"github.com/aws/smithy-go/middleware"
	smithyrand "github.com/aws/smithy-go/rand"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// shortcut asks for whole objects without the forty steps in which the SDK makes
// a request, which take most of the time of small objects. It sends what the SDK
// would: the SDK's first request is the template of the further ones, which its
// own signer signs. Only a plain 200 is taken as an answer: whatever else comes,
// the object is asked for anew by the SDK, with its retries and its errors, and
// the shortcut is closed for good. So a failure costs one attempt more than the
// SDK would make, once.
type shortcut struct {
	template atomic.Pointer[template]
	closed   atomic.Bool
}

// template is a request for an object, but for its key.
type template struct {
	client *api.Client // whose requests these are
	url    url.URL     // its path ends where the key begins
	header http.Header // without what signing adds
	host   string
	scope  scope
	who    aws.CredentialsProvider
	signer *v4.Signer
}

// scope is what a signature holds for; without a service nothing is signed.
type scope struct{ region, service string }

const (
	invocationID  = "Amz-Sdk-Invocation-Id"
	payloadSum    = "X-Amz-Content-Sha256"
	signingTime   = "X-Amz-Date"
	authorization = "Authorization"
)

// clockTolerance is how far the time of a signature may be from the clock: the
// SDK goes by the server's clock where the machine's is wrong.
const clockTolerance = time.Minute

// get asks for an object.
func (b *Bucket) get(ctx context.Context, client *api.Client, in *api.GetObjectInput) (*api.GetObjectOutput, error) {
	if in.Range != nil || in.IfMatch != nil || b.shortcut.closed.Load() {
		return client.GetObject(ctx, in)
	}
	if t := b.shortcut.template.Load(); t != nil && t.client == client {
		if out := b.getBy(ctx, t, *in.Key); out != nil {
			return out, nil
		}
		if ctx.Err() == nil {
			b.shortcut.closed.Store(true)
		}
		return client.GetObject(ctx, in)
	}
	var sent *http.Request
	out, err := client.GetObject(ctx, in, func(o *api.Options) {
		o.APIOptions = append(slices.Clip(o.APIOptions), func(stack *middleware.Stack) error {
			return stack.Finalize.Add(noteRequest(&sent), middleware.After)
		})
	})
	if err == nil {
		b.learn(ctx, client, sent, *in.Key)
	}
	return out, err
}

// noteRequest keeps the request that is sent, once it is signed.
func noteRequest(sent **http.Request) middleware.FinalizeMiddleware {
	return middleware.FinalizeMiddlewareFunc("vpcq:noteRequest", func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (middleware.FinalizeOutput, middleware.Metadata, error) {
		if r, ok := in.Request.(*smithyhttp.Request); ok {
			*sent = r.Build(ctx)
		}
		return next.HandleFinalize(ctx, in)
	})
}

// learn makes a template of the SDK's request for an object, if what the template
// gives for that object is the very same request, its signature included. So
// other ways to sign, clocks that are wrong and unusual URLs stay the SDK's; and
// the adaptive mode, which counts requests.
func (b *Bucket) learn(ctx context.Context, client *api.Client, sent *http.Request, key string) {
	if sent == nil || !strings.HasPrefix(sent.Header.Get("Amz-Sdk-Request"), "attempt=1;") {
		return // a repeated request says that it is one
	}
	t := newTemplate(client, sent, key)
	if t == nil || client.Options().RetryMode == aws.RetryModeAdaptive || !t.gives(ctx, sent, key) {
		b.shortcut.closed.Store(true)
		return
	}
	b.shortcut.template.Store(t)
}

// gives reports whether the template gives the request that was sent.
func (t *template) gives(ctx context.Context, sent *http.Request, key string) bool {
	own, err := t.request(ctx, key)
	if err != nil {
		return false
	}
	own.Header.Set(invocationID, sent.Header.Get(invocationID))
	if t.scope.service != "" {
		at, err := time.Parse("20060102T150405Z", sent.Header.Get(signingTime))
		if err != nil || time.Since(at).Abs() > clockTolerance || t.sign(own, at) != nil {
			return false
		}
	}
	return own.Method == sent.Method && own.URL.String() == sent.URL.String() && own.Host == sent.Host &&
		own.ContentLength == sent.ContentLength && maps.EqualFunc(own.Header, sent.Header, slices.Equal[[]string])
}

// newTemplate takes the key and the signature out of a request; nil where the
// URL does not end in the key.
func newTemplate(client *api.Client, sent *http.Request, key string) *template {
	path, found := strings.CutSuffix(sent.URL.Path, key)
	raw, foundRaw := strings.CutSuffix(sent.URL.EscapedPath(), httpbinding.EscapePath(key, false))
	if !found || !foundRaw {
		return nil
	}
	t := &template{
		client: client, url: *sent.URL, header: maps.Clone(sent.Header), host: sent.Host, who: client.Options().Credentials,
		signer: v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }), // as S3 has it
	}
	t.url.Path, t.url.RawPath = path, raw
	credential, _, _ := strings.Cut(sent.Header.Get(authorization), ",")
	if parts := strings.Split(credential, "/"); len(parts) > 3 { // …Credential=KEY/DATE/REGION/SERVICE/aws4_request
		t.scope = scope{parts[len(parts)-3], parts[len(parts)-2]}
	}
	for _, name := range []string{authorization, signingTime, "X-Amz-Security-Token", invocationID} {
		delete(t.header, name)
	}
	return t
}

// request is the request for an object, not signed yet.
func (t *template) request(ctx context.Context, key string) (*http.Request, error) {
	id, err := smithyrand.NewUUID(rand.Reader).GetUUID()
	if err != nil {
		return nil, err
	}
	u := t.url
	u.Path, u.RawPath = u.Path+key, u.RawPath+httpbinding.EscapePath(key, false)
	header := make(http.Header, len(t.header)+4)
	maps.Copy(header, t.header)
	header[invocationID] = []string{id}
	r := &http.Request{Method: http.MethodGet, URL: &u, Header: header, Host: t.host, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	return r.WithContext(ctx), nil
}

// sign signs a request of the template, unless requests are anonymous.
func (t *template) sign(r *http.Request, at time.Time) error {
	if t.scope.service == "" {
		return nil
	}
	who, err := t.who.Retrieve(r.Context())
	if err != nil {
		return err
	}
	return t.signer.SignHTTP(r.Context(), who, r, r.Header.Get(payloadSum), t.scope.service, t.scope.region, at)
}

// getBy asks for an object as the template says; nil where it is to be asked for
// in another way.
func (b *Bucket) getBy(ctx context.Context, t *template, key string) *api.GetObjectOutput {
	r, err := t.request(ctx, key)
	if err != nil || t.sign(r, time.Now()) != nil {
		return nil
	}
	answer, err := b.wire.client.Do(r)
	if err != nil {
		return nil
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close() // the SDK will ask again
		return nil
	}
	out := &api.GetObjectOutput{Body: answer.Body}
	if size, err := strconv.ParseInt(answer.Header.Get("Content-Length"), 10, 64); err == nil {
		out.ContentLength = &size
	}
	if etag := answer.Header.Get("Etag"); etag != "" {
		out.ETag = &etag
	}
	return out
}
