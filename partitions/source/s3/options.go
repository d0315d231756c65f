package s3

import "time"

// Options say how a bucket is reached, in the words of the AWS CLI's flags. The
// zero value is what the AWS CLI does without flags: the default credential
// chain, and everything that AWS_* and ~/.aws say.
type Options struct {
	Profile       string // --profile; before AWS_PROFILE and before keys in the environment
	Region        string // --region; a first guess, since the bucket tells its own
	EndpointURL   string // --endpoint-url, for S3 requests only; profile and keys keep their meaning
	NoSignRequest bool   // --no-sign-request: anonymous requests, for public buckets
	RequestPayer  string // --request-payer: "requester", or empty
	CABundle      string // --ca-bundle: a PEM file, before AWS_CA_BUNDLE
	RoleARN       string // a role to assume with the credentials found
	ExternalID    string // the external id that the role's trust policy may demand

	// PathStyle puts the bucket into the path of every URL instead of the host's
	// name. Endpoints of one's own and buckets with a dot in their name have it
	// anyway.
	PathStyle bool

	// MFAToken asks the user for a code when a profile has an mfa_serial. Where
	// it is nil such a profile is refused, with a remedy.
	MFAToken func() (string, error)

	TempDir  string // where Stage makes directories; empty: the system's
	PartSize int64  // bytes of a file that one request sends, at least 5 MB but for tests; 0 = 32 MB

	Threads      int           // requests that will be under way at once, so many connections are kept; 0 = 128
	StallTimeout time.Duration // how long a server may be silent, before and within an answer; 0 = 30 s
	MaxBackoff   time.Duration // the longest pause between two attempts; 0 = 20 s
}

func (o Options) withDefaults() Options {
	if o.Threads <= 0 {
		o.Threads = 128
	}
	if o.PartSize <= 0 {
		o.PartSize = partSize
	}
	if o.StallTimeout <= 0 {
		o.StallTimeout = 30 * time.Second
	}
	if o.MaxBackoff <= 0 {
		o.MaxBackoff = 20 * time.Second
	}
	return o
}
