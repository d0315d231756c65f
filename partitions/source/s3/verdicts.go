package s3

import (
	"errors"
	"io"
	"net"
	"net/http"
	"slices"

	"github.com/aws/smithy-go"
)

// verdict is one way in which requests fail.
type verdict struct {
	kind   error
	fits   func(failure) bool
	as     bool // say as whom it was tried
	remedy func(failure) string
}

// verdicts are tried in order; the first that fits explains the failure. Codes
// are those of https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
var verdicts = []verdict{
	{kind: ErrTLS, fits: func(f failure) bool { return isTLS(f.err) }, remedy: func(f failure) string {
		return "name the PEM file of whoever signs for " + f.bucket.server() + " with --ca-bundle or AWS_CA_BUNDLE, or use http:// if it speaks no TLS"
	}},
	{kind: ErrExpired, fits: func(f failure) bool { return f.noCredentials() && isLoggedOut(f.err) }, remedy: renew},
	{kind: ErrUnreachable, fits: func(f failure) bool { return f.noCredentials() && f.hasLogin() && isUnreachable(f.err) }, remedy: func(failure) string {
		return "the server that issues the credentials is not reached: check the network"
	}},
	{kind: ErrNoCredentials, fits: failure.noCredentials, remedy: findCredentials},
	{kind: ErrExpired, fits: codes("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "RequestExpired"), remedy: renew},
	{kind: ErrSignature, fits: codes("SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidToken", "UnrecognizedClientException", "InvalidClientTokenId", "AuthFailure", "XAdminUserNotFound" /* versitygw */), remedy: func(f failure) string {
		return f.bucket.server() + " does not accept " + f.bucket.origin() + ": check the profile, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN (an old one may be left over), and the endpoint"
	}},
	{kind: ErrClock, fits: codes("RequestTimeTooSkewed", "RequestInTheFuture"), remedy: func(failure) string {
		return "set this machine's clock"
	}},
	{kind: ErrArchived, fits: codes("InvalidObjectState"), remedy: func(failure) string {
		return "restore it first: aws s3api restore-object"
	}},
	{kind: ErrNoBucket, fits: func(f failure) bool {
		return codes("NoSuchBucket", "InvalidBucketName", "NoSuchAccessPoint")(f) || f.op == "list" && f.code == "NotFound"
	}, remedy: func(f failure) string {
		return "check the name " + f.bucket.where.bucket + " and that " + f.bucket.server() + " is where it is (--endpoint-url, --profile)"
	}},
	{kind: ErrNoObject, fits: codes("NoSuchKey", "NotFound", "NoSuchVersion"), remedy: func(failure) string {
		return "it may have been deleted since it was listed"
	}},
	{kind: ErrRegion, fits: isWrongRegion, remedy: func(f failure) string {
		return f.bucket.server() + " does not have the bucket and does not say who has: name its region with --region"
	}},
	{kind: ErrDenied, fits: failure.isDenied, as: true, remedy: allow},
	{kind: ErrThrottled, fits: codes("SlowDown", "Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests", "ServiceUnavailable"), remedy: func(failure) string {
		return "use fewer --threads, or more attempts with AWS_MAX_ATTEMPTS"
	}},
	{kind: ErrUnreachable, fits: func(f failure) bool { return isUnreachable(f.err) }, remedy: func(f failure) string {
		return "check the network, a proxy (HTTPS_PROXY) and the endpoint: " + f.bucket.server()
	}},
	{kind: ErrStalled, fits: func(f failure) bool { return errors.Is(f.err, errStalled) || isTimeout(f.err) }, remedy: func(f failure) string {
		return f.bucket.server() + " was silent for " + f.bucket.opts.StallTimeout.String() + " each time: check the network and the endpoint"
	}},
	{kind: ErrBroken, fits: func(f failure) bool {
		return errors.Is(f.err, io.ErrUnexpectedEOF) || f.status == 0 && f.code == "" && isNetwork(f.err)
	}, remedy: func(f failure) string {
		return "check the network between here and " + f.bucket.server()
	}},
	{kind: ErrEndpoint, fits: isForeign, remedy: func(f failure) string {
		return "check that " + f.bucket.server() + " is an S3 endpoint (not a console or a web page)"
	}},
	{kind: ErrServer, fits: func(failure) bool { return true }, remedy: func(failure) string { return "" }},
}

// codes fits S3's error codes.
func codes(known ...string) func(failure) bool {
	return func(f failure) bool { return !f.noCredentials() && slices.Contains(known, f.code) }
}

func (f failure) noCredentials() bool {
	var none *credentialsError
	return errors.As(f.err, &none)
}

func (f failure) hasLogin() bool { return login(f.bucket.profile()) != "" }

func (f failure) isDenied() bool {
	return f.code == "AccessDenied" || f.code == "AllAccessDisabled" || f.code == "AccountProblem" ||
		f.status == http.StatusForbidden || f.status == http.StatusUnauthorized
}

func isWrongRegion(f failure) bool {
	return isElsewhere(f.err) || f.code == "IllegalLocationConstraintException"
}

// isForeign tells an answer that S3 would not give.
func isForeign(f failure) bool {
	var reply *smithy.DeserializationError
	return errors.As(f.err, &reply) || errors.Is(f.err, errNoWayOn) || f.status >= 300 && f.status < 500 && (f.code == "" || f.code == "UnknownError")
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

func isNetwork(err error) bool {
	var op *net.OpError
	var sent interface{ ConnectionError() bool }
	return errors.As(err, &op) || errors.As(err, &sent) && sent.ConnectionError()
}

// renew is the way to credentials that have not expired.
func renew(f failure) string {
	if command := login(f.bucket.profile()); command != "" {
		return "run `" + command + "`"
	}
	return "log in again for " + f.bucket.origin() + ", or renew AWS_SESSION_TOKEN and the keys it came with"
}

// findCredentials is the way to credentials at all.
func findCredentials(f failure) string {
	if command := login(f.bucket.profile()); command != "" {
		return "run `" + command + "`"
	}
	if p := f.bucket.profile(); p.CredentialProcess != "" || p.RoleARN != "" || f.bucket.opts.RoleARN != "" {
		return "check " + f.bucket.origin() + " with `aws sts get-caller-identity" + f.bucket.profileFlag() + "`"
	}
	return "name a profile with --profile or AWS_PROFILE, log in with `aws sso login`, set keys with `aws configure`, or add --no-sign-request for a public bucket"
}

// allow is what a policy must say.
func allow(f failure) string {
	b := f.bucket
	if b.opts.NoSignRequest {
		return "the bucket is not public: leave --no-sign-request out"
	}
	pays := ""
	if b.payer() == "" {
		pays = "; if the bucket is requester-pays, add --request-payer requester"
	}
	object := b.arn() + "/" + b.where.root + f.key
	switch f.op {
	case "list":
		return "its policy must allow s3:ListBucket on " + b.arn() + pays
	case "write":
		return "its policy must allow s3:PutObject and s3:AbortMultipartUpload on " + object + " (and kms:GenerateDataKey where the bucket encrypts with a KMS key)" + pays
	case "remove":
		return "its policy must allow s3:DeleteObject and s3:AbortMultipartUpload on " + object + pays
	}
	return "its policy must allow s3:GetObject on " + object +
		" (and kms:Decrypt where the object is encrypted with a KMS key)" + pays
}

// profileFlag is the AWS CLI's flag for the profile that was asked for.
func (b *Bucket) profileFlag() string {
	if b.opts.Profile == "" {
		return ""
	}
	return " --profile " + b.opts.Profile
}
