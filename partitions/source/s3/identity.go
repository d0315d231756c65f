package s3

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// identityTimeout bounds the question who we are: it only adornes an error.
const identityTimeout = 2 * time.Second

// identity is asked for once, when the first error wants to say it.
type identity struct {
	once sync.Once
	arn  string
}

// Identity tells as whom requests are made: the ARN that STS gives; or where
// the credentials come from, such as "profile work", where STS does not know them
// or cannot be asked; or "anonymous". It never fails and takes two seconds at most.
func (b *Bucket) Identity(ctx context.Context) string {
	if b.opts.NoSignRequest {
		return "anonymous"
	}
	b.identity.once.Do(func() { b.identity.arn = b.callerARN(ctx) })
	if b.identity.arn != "" {
		return b.identity.arn
	}
	return b.origin()
}

// callerARN asks STS, unless S3 is someone else's: AWS does not know the keys
// of other servers, and need not see them.
func (b *Bucket) callerARN(ctx context.Context) string {
	client := sts.NewFromConfig(b.cfg, func(o *sts.Options) {
		o.HTTPClient = b.wire.client
		o.Retryer = aws.NopRetryer{}
	})
	if !isAWS(b.endpoint()) && client.Options().BaseEndpoint == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, identityTimeout)
	defer cancel()
	out, err := client.GetCallerIdentity(ctx, nil)
	if err != nil {
		return ""
	}
	return aws.ToString(out.Arn)
}

// isAWS tells AWS's own endpoints, among them the empty one, which the SDK chooses.
func isAWS(endpoint string) bool {
	if endpoint == "" {
		return true
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return strings.HasSuffix(host, ".amazonaws.com") || strings.HasSuffix(host, ".amazonaws.com.cn")
}
