package s3

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"

	"github.com/vpcq/vpcq/partitions/source"
)

// The kinds of an Error.
var (
	ErrURL           = errors.New("not the URL of a bucket")
	ErrConfig        = errors.New("the AWS configuration cannot be used")
	ErrNoCredentials = errors.New("no credentials")
	ErrExpired       = errors.New("the credentials have expired")
	ErrSignature     = errors.New("the keys are wrong")
	ErrDenied        = errors.New("access denied")
	ErrNoBucket      = errors.New("no such bucket")
	ErrNoObject      = error(absent("no such object")) // which is fs.ErrNotExist, too
	ErrRegion        = errors.New("wrong region")
	ErrArchived      = errors.New("the object is archived")
	ErrChanged       = errors.New("the object changed while it was read")
	ErrClosed        = errors.New("closed")
	ErrClock         = errors.New("the clocks differ")
	ErrThrottled     = errors.New("too many requests")
	ErrTLS           = errors.New("no trust in the server's certificate")
	ErrUnreachable   = errors.New("no connection")
	ErrStalled       = errors.New("timed out")
	ErrBroken        = errors.New("the connection broke")
	ErrEndpoint      = errors.New("the server does not answer as S3 does")
	ErrServer        = errors.New("the server failed")
)

// absent is the kind of an error that says that something is not there.
type absent string

func (a absent) Error() string { return string(a) }

// Is lets errors.Is find fs.ErrNotExist.
func (a absent) Is(target error) bool { return target == fs.ErrNotExist }

// Error is why a bucket could not be listed, or an object not be read or written.
type Error struct {
	Op     string // "open", "list", "read", "write" or "remove"
	URL    string // of what was tried: s3://bucket/key
	Kind   error  // one of this package's Err… values
	As     string // as whom it was tried, empty where that explains nothing
	Remedy string // what to do, empty where nobody knows
	Err    error  // what the server or the network said; may be nil

	status int // of the server's answer, 0 where there was none
}

// Error says "read s3://bucket/key: access denied as arn:… (what S3 said); remedy".
func (e *Error) Error() string {
	text := e.Op + " " + e.URL + ": " + e.Kind.Error()
	if e.As != "" {
		text += " as " + e.As
	}
	if e.Err != nil {
		text += " (" + e.Err.Error() + ")"
	}
	if e.Remedy != "" {
		text += "; " + e.Remedy
	}
	return text
}

// Unwrap gives the kind and the cause.
func (e *Error) Unwrap() []error {
	if e.Err == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Err}
}

// Is lets errors.Is find source.ErrUnreadable in what the server said of this
// object, or of this prefix: the policies of a bucket know both.
func (e *Error) Is(target error) bool {
	if target != source.ErrUnreadable {
		return false
	}
	switch e.Kind {
	case ErrDenied:
		return e.Op == "read" || e.Op == "list"
	case ErrNoObject, ErrArchived, ErrChanged:
		return e.Op == "read"
	}
	return false
}

// request is what was tried.
type request struct {
	op  string // "list", "read", "write" or "remove"
	key string // below the root
}

// failure is a request and what came of it.
type failure struct {
	request
	bucket *Bucket
	err    error
	code   string // S3's error code, or empty
	status int    // HTTP status, 0 where no answer came
}

// explain turns the error of a request into an *Error. When ctx is done it gives
// that instead: whoever stopped it needs no advice.
func (b *Bucket) explain(ctx context.Context, what request, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("%s %s: %w", what.op, b.url(what.key), stopped(ctx))
	}
	f := failure{request: what, bucket: b, err: err, status: status(err)}
	var fault smithy.APIError
	if errors.As(err, &fault) {
		f.code = fault.ErrorCode()
	}
	for _, v := range verdicts {
		if !v.fits(f) {
			continue
		}
		e := &Error{Op: what.op, URL: b.url(what.key), Kind: v.kind, Err: b.cause(err), Remedy: v.remedy(f), status: f.status}
		if v.as {
			e.As = b.Identity(ctx)
		}
		return e
	}
	panic("the last verdict fits every failure")
}

// stopped is ctx's error and, where someone gave one, the cause of it.
func stopped(ctx context.Context) error {
	if cause := context.Cause(ctx); cause != ctx.Err() {
		return fmt.Errorf("%w: %w", ctx.Err(), cause)
	}
	return ctx.Err()
}

// configError words what stands in the way before any request.
func (b *Bucket) configError(err error) error {
	e := &Error{Op: "open", URL: b.url(""), Kind: ErrConfig, Err: err}
	var profile config.SharedConfigProfileNotExistError
	var token config.AssumeRoleTokenProviderNotSetError
	var file *fs.PathError
	switch {
	case errors.Is(err, errEndpointForm):
		e.Remedy = "check --endpoint-url, AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL and the profile's endpoint_url"
	case errors.As(err, &profile):
		e.Remedy = "`aws configure list-profiles` lists the profiles there are"
	case errors.As(err, &token):
		e.Remedy = "the profile asks for an MFA code: run this on a terminal, which can be asked, or get a session with `aws sts get-session-token` or `aws configure export-credentials` and pass that"
	case strings.Contains(err.Error(), "CA bundle"), errors.As(err, &file) && file.Path == os.Getenv("AWS_CA_BUNDLE"):
		e.Remedy = "--ca-bundle and AWS_CA_BUNDLE name a file of PEM certificates"
	}
	return e
}

// said is a cause cut down to what a person needs. It does not unwrap to the
// SDK's error, which may hold more than may be shown.
type said struct {
	text string
	root error // context and io sentinels, for errors.Is
}

// Error returns what the server said.
func (s said) Error() string { return s.text }

// Unwrap returns the sentinel for it, or nil.
func (s said) Unwrap() error { return s.root }

// cause is the innermost thing that was said, without credentials.
func (b *Bucket) cause(err error) error {
	text := err.Error()
	var fault smithy.APIError
	var credentials *credentialsError
	var reply *smithy.DeserializationError
	var transport *url.Error
	var response *awshttp.ResponseError
	switch {
	case errors.As(err, &fault):
		text = strings.TrimSuffix(fault.ErrorCode()+": "+fault.ErrorMessage(), ": ")
		if errors.As(err, &response) && response.RequestID != "" {
			text += ", request " + response.RequestID
		}
	case errors.As(err, &credentials):
		text = credentials.Error()
	case errors.As(err, &reply):
		text = fmt.Sprintf("HTTP status %d and something else than S3's XML", status(err))
	case errors.As(err, &transport):
		text = transport.Err.Error()
	}
	s := said{text: b.signer.scrub(text)}
	for _, known := range []error{io.ErrUnexpectedEOF, context.DeadlineExceeded, errStalled, errNoWayOn} {
		if errors.Is(err, known) {
			s.root = known
		}
	}
	return s
}

// attempts is how often anything is tried.
func (b *Bucket) attempts() int {
	return max(1, b.client.Load().Options().RetryMaxAttempts)
}

// server names the endpoint without what a user may have written before its @.
func (b *Bucket) server() string {
	endpoint := b.endpoint()
	if u, err := url.Parse(endpoint); err == nil && endpoint != "" {
		return u.Redacted()
	}
	return "S3 in " + b.Region()
}

// arn is the resource as a policy names it.
func (b *Bucket) arn() string {
	if strings.HasPrefix(b.where.bucket, "arn:") {
		return b.where.bucket
	}
	return "arn:aws:s3:::" + b.where.bucket
}
