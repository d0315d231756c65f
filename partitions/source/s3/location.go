package s3

import (
	"regexp"
	"strings"
)

// location is what an s3:// URL says.
type location struct {
	bucket string // a bucket's name, or an access point's ARN
	root   string // key text, empty or ending in a slash
}

// The ARNs that stand in place of a bucket's name, as the AWS CLI takes them
// apart (awscli/customizations/s3/utils.py): the name ends at the next slash.
var (
	accessPoint = regexp.MustCompile(`^(arn:aws[a-z-]*:s3:[a-z0-9-]*:[0-9]{12}:accesspoint[:/][^/]+)/?(.*)$`)
	outpost     = regexp.MustCompile(`^(arn:aws[a-z-]*:s3-outposts:[a-z0-9-]+:[0-9]{12}:outpost[/:][a-zA-Z0-9-]+[/:]accesspoint[/:][a-zA-Z0-9-]+)[/:]?(.*)$`)
)

// bucketName is what S3 has ever allowed: newer buckets have 3 to 63 characters,
// in lower case; old ones in us-east-1 up to 255, with capitals and underscores.
// The length is not part of the pattern: a bounded repetition takes milliseconds
// to compile, at every start.
var bucketName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]+[A-Za-z0-9]$`)

const longestName = 255

// parseURL takes an s3:// URL apart. It is not net/url's syntax: nothing in a
// key is escaped, and "?" and "#" are characters like others.
func parseURL(text string) (location, error) {
	rest, ok := strings.CutPrefix(text, "s3://")
	if !ok {
		return location{}, badURL(text, "an s3:// URL is s3://BUCKET/PREFIX")
	}
	for _, arn := range []*regexp.Regexp{accessPoint, outpost} {
		if m := arn.FindStringSubmatch(rest); m != nil {
			return location{m[1], folder(m[2])}, nil
		}
	}
	bucket, key, _ := strings.Cut(rest, "/")
	switch {
	case strings.HasPrefix(bucket, "arn:"):
		return location{}, badURL(text, "of ARNs only those of access points name something to list")
	case bucket == "":
		return location{}, badURL(text, "it names no bucket: s3://BUCKET/PREFIX")
	case len(bucket) > longestName || !bucketName.MatchString(bucket):
		return location{}, badURL(text, "a bucket's name has 3 to 63 letters, digits, dots and hyphens")
	}
	return location{bucket, folder(key)}, nil
}

// folder ends a prefix in the slash that the user may have left out.
func folder(prefix string) string {
	if prefix == "" || strings.HasSuffix(prefix, "/") {
		return prefix
	}
	return prefix + "/"
}

func badURL(text, remedy string) error {
	return &Error{Op: "open", URL: text, Kind: ErrURL, Remedy: remedy}
}
