package s3_test

import (
	"context"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// TestRefusals has every answer of S3 that has a remedy.
func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		status int
		code   string
		kind   error
		says   []string
	}{
		{403, "AccessDenied", s3.ErrDenied, []string{"s3:GetObject on arn:aws:s3:::bucket/a.log", "kms:Decrypt", "--request-payer", "as the keys in the environment"}},
		{400, "ExpiredToken", s3.ErrExpired, []string{"AWS_SESSION_TOKEN"}},
		{403, "InvalidAccessKeyId", s3.ErrSignature, []string{"AWS_ACCESS_KEY_ID"}},
		{403, "SignatureDoesNotMatch", s3.ErrSignature, []string{"AWS_SECRET_ACCESS_KEY"}},
		{400, "InvalidToken", s3.ErrSignature, []string{"AWS_SESSION_TOKEN"}},
		{403, "RequestTimeTooSkewed", s3.ErrClock, []string{"clock"}},
		{403, "InvalidObjectState", s3.ErrArchived, []string{"restore-object"}},
		{404, "NoSuchBucket", s3.ErrNoBucket, []string{"check the name bucket", "--endpoint-url"}},
		{400, "InvalidBucketName", s3.ErrNoBucket, []string{"check the name bucket"}},
		{404, "NoSuchKey", s3.ErrNoObject, []string{"deleted"}},
		{503, "SlowDown", s3.ErrThrottled, []string{"AWS_MAX_ATTEMPTS"}},
		{500, "InternalError", s3.ErrServer, []string{"InternalError"}},
		{418, "", s3.ErrEndpoint, []string{"is an S3 endpoint"}},
	} {
		t.Run(c.code, func(t *testing.T) {
			b, _, _ := behind(t, nil, s3.Options{}, sourcetest.Refuse(c.status, c.code, "for "+sourcetest.AccessKey+" and "+sourcetest.SecretKey))
			_, err := b.Open(t.Context(), "a.log")
			checkError(t, err, c.kind, append(c.says, "read s3://bucket/a.log: "+c.kind.Error(), c.code)...)
			ofObject := c.kind == s3.ErrDenied || c.kind == s3.ErrArchived || c.kind == s3.ErrNoObject
			if errors.Is(err, source.ErrUnreadable) != ofObject {
				t.Errorf("%v: of this object alone: want %t", err, ofObject)
			}
		})
	}
}

func TestDeniedListing(t *testing.T) {
	b, _, _ := behind(t, nil, s3.Options{NoSignRequest: true}, sourcetest.Denied())
	checkError(t, listError(t.Context(), b), s3.ErrDenied, "as anonymous", "leave --no-sign-request out")
	b, _, _ = behind(t, nil, s3.Options{}, sourcetest.Denied())
	err := listError(t.Context(), b)
	checkError(t, err, s3.ErrDenied, "s3:ListBucket on arn:aws:s3:::bucket")
	if !errors.Is(err, source.ErrUnreadable) {
		t.Errorf("%v: a policy may allow other prefixes", err)
	}
}

func TestAnonymousRequestsAreNotSigned(t *testing.T) {
	signed := sourcetest.Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Authorization") == "" {
			return true
		}
		w.WriteHeader(http.StatusForbidden)
		return false
	}}
	b, _, _ := behind(t, []byte("x"), s3.Options{NoSignRequest: true}, signed)
	if got := sourcetest.Get(t, b, "a.log"); string(got) != "x" {
		t.Errorf("got %q", got)
	}
}

// TestUnreachable has a port that nobody is given, as one just given up may be.
func TestUnreachable(t *testing.T) {
	sourcetest.Hermetic(t)
	for name, endpoint := range map[string]string{
		"nobody listens": "http://127.0.0.1:1",
		"no such host":   "http://vpcq-test.invalid",
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, "s3://bucket", s3.Options{EndpointURL: endpoint})
			checkError(t, listError(t.Context(), b), s3.ErrUnreachable, "list s3://bucket/", endpoint)
		})
	}
}

func TestTLS(t *testing.T) {
	sourcetest.Hermetic(t)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<ListBucketResult></ListBucketResult>`)) // the client's error would tell
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // it logs the handshake that is to fail
	server.StartTLS()
	defer server.Close()
	b := open(t, "s3://bucket", s3.Options{EndpointURL: server.URL})
	checkError(t, listError(t.Context(), b), s3.ErrTLS, "--ca-bundle", "AWS_CA_BUNDLE")

	bundle := filepath.Join(t.TempDir(), "ca.pem")
	block := &pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}
	if err := os.WriteFile(bundle, pem.EncodeToMemory(block), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := listError(t.Context(), open(t, "s3://bucket", s3.Options{EndpointURL: server.URL, CABundle: bundle})); err != nil {
		t.Error("with the option:", err)
	}
	t.Setenv("AWS_CA_BUNDLE", bundle)
	if err := listError(t.Context(), open(t, "s3://bucket", s3.Options{EndpointURL: server.URL})); err != nil {
		t.Error("with the variable:", err)
	}
	_, err := s3.Open(t.Context(), "s3://bucket", s3.Options{CABundle: bundle + ".missing"})
	checkError(t, err, s3.ErrConfig, "ca.pem.missing", "PEM")
	t.Setenv("AWS_CA_BUNDLE", bundle+".missing")
	_, err = s3.Open(t.Context(), "s3://bucket", s3.Options{})
	checkError(t, err, s3.ErrConfig, "ca.pem.missing", "PEM")
}

func TestPlainServerBehindHTTPS(t *testing.T) {
	sourcetest.Hermetic(t)
	b := open(t, "s3://bucket", s3.Options{EndpointURL: strings.Replace(serve(t, ""), "http:", "https:", 1)})
	checkError(t, listError(t.Context(), b), s3.ErrTLS, "http:// if it speaks no TLS")
}

func TestEndpointPasswordIsNotShown(t *testing.T) {
	sourcetest.Hermetic(t)
	b := open(t, "s3://bucket", s3.Options{EndpointURL: "http://me:" + sourcetest.SecretKey + "@vpcq-test.invalid"})
	checkError(t, listError(t.Context(), b), s3.ErrUnreachable, "vpcq-test.invalid")
}

func TestBadURL(t *testing.T) {
	_, err := s3.Open(t.Context(), "bucket/x", s3.Options{})
	checkError(t, err, s3.ErrURL, "open bucket/x", "s3://BUCKET/PREFIX")
}

// TestDone says who stopped the work: a context's cause is kept, and it is no *Error.
func TestDone(t *testing.T) {
	b, _, _ := behind(t, nil, s3.Options{})
	why := errors.New("the user pressed a key")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	err := listError(ctx, b)
	var e *s3.Error
	if !errors.Is(err, context.Canceled) || !errors.Is(err, why) || errors.As(err, &e) {
		t.Errorf("canceled: %v", err)
	}
	late, stop := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer stop()
	if err := listError(late, b); !errors.Is(err, context.DeadlineExceeded) || errors.As(err, &e) {
		t.Errorf("late: %v", err)
	}
}
