package s3

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/ratelimit"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
)

const (
	// defaultAttempts holds unless AWS_MAX_ATTEMPTS or max_attempts says
	// otherwise. S3 answers 503 for minutes while it splits a busy prefix, and
	// the SDK's 3 attempts are over in two seconds.
	defaultAttempts = 10

	// mutedAttempts is how often a connection is tried and a silent server
	// waited for: a wrong endpoint should be told in seconds, and each silence
	// lasts for Options.StallTimeout.
	mutedAttempts = 3
)

// retryer is the SDK's, standard or adaptive as AWS_RETRY_MODE says, without its
// quota: hundreds of requests at once that all meet a 503 would use it up and
// fail, though each of them only had to wait.
func (b *Bucket) retryer(mode aws.RetryMode) aws.Retryer {
	standard := func(o *retry.StandardOptions) {
		o.MaxAttempts = defaultAttempts
		o.MaxBackoff = b.opts.MaxBackoff
		o.RateLimiter = ratelimit.None
		o.Retryables = append([]retry.IsErrorRetryable{retry.IsErrorRetryableFunc(hopeless)}, o.Retryables...)
	}
	if mode == aws.RetryModeAdaptive {
		return impatient{retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) {
			o.StandardOptions = append(o.StandardOptions, standard)
		})}
	}
	return impatient{retry.NewStandard(standard)}
}

// hopeless knows the failures that no second attempt can mend.
func hopeless(err error) aws.Ternary {
	if isTLS(err) {
		return aws.FalseTernary
	}
	return aws.UnknownTernary
}

// impatient gives up sooner where nothing is heard at all.
type impatient struct{ aws.RetryerV2 }

// RetryDelay is the pause before the next attempt, or err when there is to be none.
func (i impatient) RetryDelay(attempt int, err error) (time.Duration, error) {
	if attempt >= mutedAttempts && (isUnreachable(err) || isTimeout(err)) {
		return 0, err
	}
	return i.RetryerV2.RetryDelay(attempt, err)
}

// isUnreachable tells failures before there was a connection.
func isUnreachable(err error) bool {
	var dns *net.DNSError
	var op *net.OpError
	return errors.As(err, &dns) || errors.As(err, &op) && op.Op == "dial"
}

// isTLS tells that a connection came about and no trust in who is at its end.
func isTLS(err error) bool {
	var verify *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var authority x509.UnknownAuthorityError
	var host x509.HostnameError
	return errors.Is(err, http.ErrSchemeMismatch) || errors.As(err, &verify) || errors.As(err, &record) || errors.As(err, &authority) || errors.As(err, &host)
}

// backoff is the pause before resuming a body for the nth time in a row: none
// at first, then doubling from a tenth of a second, with jitter.
func (b *Bucket) backoff(n int) time.Duration {
	if n <= 1 {
		return 0
	}
	pause := min(100*time.Millisecond<<min(n-2, 20), b.opts.MaxBackoff)
	return time.Duration(rand.Int64N(int64(pause) + 1))
}
