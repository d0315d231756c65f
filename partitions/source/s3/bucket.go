// Package s3 is a source.Source in an S3 bucket.
//
// A Bucket is a bucket, or an access point, seen from its root: the key text
// that an s3:// URL names below the bucket, as a folder. Keys are told and
// opened relative to that root. Credentials, profiles, endpoints and every AWS_*
// variable mean what they mean to the AWS CLI, because the same rules in
// aws-sdk-go-v2 read them. The bucket's region is found by itself. Objects are
// streamed: nothing is written to disk, and a body that breaks off is resumed
// where it broke, in the same version of the object or not at all. Parts of
// objects are read likewise. New objects
// are sent from files, large ones in parts, and are there whole or not at all.
//
// Every failure is an *Error, which says what was tried, as whom, and what
// would help; its Kind is one of the Err… values of this package. No message
// holds a credential.
package s3

import (
	"context"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/vpcq/vpcq/partitions/source"
)

// Bucket is an S3 bucket, or access point, from a root downwards. Its methods
// may be called from several goroutines at once.
type Bucket struct {
	where    location
	opts     Options
	cfg      aws.Config
	signer   *credentials
	wire     *wire
	client   atomic.Pointer[api.Client] // replaced when the bucket's region becomes known
	shortcut shortcut                   // to whole objects
	identity identity
}

var (
	_ source.Distant = (*Bucket)(nil)
	_ source.Ranger  = (*Bucket)(nil)
	_ source.Rooted  = (*Bucket)(nil)
)

// Open gives the bucket that an s3:// URL names: s3://bucket, s3://bucket/prefix
// or s3://arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/prefix. A prefix means the
// folder of that name, with or without a slash at its end, and is read as it
// stands: percent signs are part of it. Open reads the AWS configuration and
// sends nothing: whether the bucket is there and may be read, the first listing
// tells. The error is an *Error.
func Open(ctx context.Context, url string, opts Options) (*Bucket, error) {
	where, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	b := &Bucket{where: where, opts: opts.withDefaults()}
	if err := b.configure(ctx); err != nil {
		return nil, b.configError(err)
	}
	b.client.Store(b.newClient(b.cfg.Region))
	if !isHTTP(b.endpoint()) {
		return nil, b.configError(errEndpointForm)
	}
	return b, nil
}

// String is the URL of the root, such as "s3://bucket/prefix/".
func (b *Bucket) String() string { return b.url("") }

// Root is the key text above the source's root, such as "logs/AWSLogs/": empty,
// or ending in a slash. It is part of no key that the bucket tells, and may hold
// folders that say which account or region the objects belong to.
func (b *Bucket) Root() string { return b.where.root }

// Distant implements source.Distant.
func (b *Bucket) Distant() bool { return true }

// Region is the region that requests are signed for: the configured one until
// the bucket has told its own.
func (b *Bucket) Region() string { return b.client.Load().Options().Region }

// Close gives up the connections that are kept for further requests. Bodies
// that are being read are not touched.
func (b *Bucket) Close() error {
	b.wire.transport.CloseIdleConnections()
	return nil
}

// url names a key below the root as the AWS CLI would.
func (b *Bucket) url(key string) string {
	return "s3://" + b.where.bucket + "/" + b.where.root + key
}

// payer is the value of x-amz-request-payer, empty when nobody pays but the owner.
func (b *Bucket) payer() string { return b.opts.RequestPayer }

// call sends a request and, when the answer says that the bucket is in another
// region, sends it there once more. Its error is final: explained, or ctx's own.
func call[T any](ctx context.Context, b *Bucket, what request, send func(*api.Client) (T, error)) (T, error) {
	client := b.client.Load()
	out, err := send(client)
	if err == nil {
		return out, nil
	}
	if moved := b.follow(ctx, client, err); moved != nil {
		if out, err = send(moved); err == nil {
			return out, nil
		}
	}
	var none T
	return none, b.explain(ctx, what, err)
}
