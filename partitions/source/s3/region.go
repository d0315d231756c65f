package s3

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// regionHeader is on S3's answers about a bucket, refusals included.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
const regionHeader = "X-Amz-Bucket-Region"

// follow gives a client for the bucket's own region where err says that the
// request went to another one, and nil where it does not.
func (b *Bucket) follow(ctx context.Context, tried *api.Client, err error) *api.Client {
	if ctx.Err() != nil || strings.HasPrefix(b.where.bucket, "arn:") {
		return nil // an ARN names its region
	}
	region := toldRegion(err)
	if region == "" && isElsewhere(err) {
		region = b.headRegion(ctx, tried)
	}
	if region == "" || region == tried.Options().Region {
		return nil
	}
	client := b.newClient(region)
	b.client.Store(client)
	return client
}

// expected is how S3 words AuthorizationHeaderMalformed, with single quotes, and
// versitygw with double ones.
var expected = regexp.MustCompile(`expecting ['"]([a-z0-9-]+)['"]`)

// toldRegion is the region that an error answer names, or empty.
func toldRegion(err error) string {
	var answer *smithyhttp.ResponseError
	if errors.As(err, &answer) && answer.Response != nil {
		if region := answer.Response.Header.Get(regionHeader); region != "" {
			return region
		}
	}
	var fault smithy.APIError
	if errors.As(err, &fault) {
		if m := expected.FindStringSubmatch(fault.ErrorMessage()); m != nil {
			return m[1]
		}
	}
	return ""
}

// isElsewhere tells an answer that means "another region" without naming it.
func isElsewhere(err error) bool {
	var fault smithy.APIError
	if errors.As(err, &fault) {
		switch fault.ErrorCode() {
		case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed", "MovedPermanently":
			return true
		}
	}
	switch status(err) {
	case http.StatusMovedPermanently, http.StatusTemporaryRedirect:
		return true
	}
	return false
}

// headRegion asks for the bucket's region, which S3 tells even those whom it
// tells nothing else; so the request needs no signature.
func (b *Bucket) headRegion(ctx context.Context, client *api.Client) string {
	anyone := api.New(client.Options(), func(o *api.Options) { o.Credentials = aws.AnonymousCredentials{} })
	out, err := anyone.HeadBucket(ctx, &api.HeadBucketInput{Bucket: aws.String(b.where.bucket)})
	if err != nil {
		return toldRegion(err)
	}
	return aws.ToString(out.BucketRegion)
}

// status is the HTTP status of an error answer, 0 where there was no answer.
func status(err error) int {
	var answer *smithyhttp.ResponseError
	if errors.As(err, &answer) && answer.Response != nil {
		return answer.HTTPStatusCode()
	}
	return 0
}
