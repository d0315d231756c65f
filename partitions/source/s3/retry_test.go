package s3

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/smithy-go"
)

func TestRetryer(t *testing.T) {
	b := &Bucket{opts: Options{MaxBackoff: time.Millisecond}.withDefaults()}
	dial := &net.OpError{Op: "dial", Err: syscall.ECONNREFUSED}
	for _, mode := range []aws.RetryMode{aws.RetryModeStandard, aws.RetryModeAdaptive} {
		r := b.retryer(mode)
		for _, c := range []struct {
			err   error
			retry bool
			third bool // even after the third attempt
		}{
			{&smithy.GenericAPIError{Code: "SlowDown"}, true, true},
			{&smithy.GenericAPIError{Code: "AccessDenied"}, false, true},
			{&smithy.GenericAPIError{Code: "ExpiredToken"}, false, true},
			{&aws.RequestCanceledError{Err: context.Canceled}, false, true},
			{&net.OpError{Op: "read", Err: syscall.ECONNRESET}, true, true},
			{dial, true, false},
			{&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded}, true, false},
			{&net.DNSError{Name: "vpcq-test.invalid", IsNotFound: true}, false, false},
			{x509.UnknownAuthorityError{}, false, true},
		} {
			if got := r.IsErrorRetryable(c.err); got != c.retry {
				t.Errorf("%s: %v is retried: %v", mode, c.err, got)
			}
			if _, err := r.RetryDelay(mutedAttempts, c.err); (err == nil) != c.third {
				t.Errorf("%s: %v after the third attempt: %v", mode, c.err, err)
			}
			if pause, err := r.RetryDelay(1, c.err); err != nil || pause > time.Second {
				t.Errorf("%s: %v after the first attempt: %v, %v", mode, c.err, pause, err)
			}
		}
		if got := r.MaxAttempts(); got != defaultAttempts {
			t.Errorf("%s: %d attempts", mode, got)
		}
	}
	if !isUnreachable(dial) || isUnreachable(io.ErrUnexpectedEOF) || isTLS(errors.New("x")) {
		t.Error("a broken connection is not one that never was")
	}
}

func TestBackoff(t *testing.T) {
	b := &Bucket{opts: Options{MaxBackoff: time.Second}}
	for n := range 100 {
		if pause := b.backoff(n); pause < 0 || pause > time.Second || n < 2 && pause != 0 {
			t.Errorf("pause %d is %v", n, pause)
		}
	}
}
