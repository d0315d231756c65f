package s3

import (
	"errors"
	"strings"
	"testing"
)

func TestParseURL(t *testing.T) {
	const point = "arn:aws:s3:us-west-2:111122223333:accesspoint/logs"
	const post = "arn:aws:s3-outposts:us-west-2:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/logs"
	for url, want := range map[string]location{
		"s3://bucket":                {"bucket", ""},
		"s3://bucket/":               {"bucket", ""},
		"s3://bucket/a":              {"bucket", "a/"},
		"s3://bucket/a/b/":           {"bucket", "a/b/"},
		"s3://bucket//a":             {"bucket", "/a/"},
		"s3://bucket/a b+c=%?#":      {"bucket", "a b+c=%?#/"},
		"s3://Old_Bucket.US/a":       {"Old_Bucket.US", "a/"},
		"s3://" + point:              {point, ""},
		"s3://" + point + "/":        {point, ""},
		"s3://" + point + "/AWSLogs": {point, "AWSLogs/"},
		"s3://" + post + "/AWSLogs/": {post, "AWSLogs/"},
		"s3://arn:aws-cn:s3:cn-north-1:111122223333:accesspoint:logs/a":    {"arn:aws-cn:s3:cn-north-1:111122223333:accesspoint:logs", "a/"},
		"s3://arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap/a/b": {"arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap", "a/b/"},
	} {
		if got, err := parseURL(url); err != nil || got != want {
			t.Errorf("%s: %+v, %v; want %+v", url, got, err, want)
		}
	}
	for url, says := range map[string]string{
		"":                                 "s3://BUCKET/PREFIX",
		"bucket/a":                         "s3://BUCKET/PREFIX",
		"S3://bucket":                      "s3://BUCKET/PREFIX",
		"https://bucket.s3.amazonaws.com/": "s3://BUCKET/PREFIX",
		"s3://":                            "names no bucket",
		"s3:///a":                          "names no bucket",
		"s3://a b/c":                       "3 to 63",
		"s3://user:pass@host/c":            "3 to 63",
		"s3://arn:aws:s3:::bucket/a":       "access points",
	} {
		_, err := parseURL(url)
		if !errors.Is(err, ErrURL) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want %q", url, err, says)
		}
	}
}

func FuzzParseURL(f *testing.F) {
	for _, seed := range []string{"s3://b/c", "s3://arn:aws:s3:::b", "s3://arn:aws:s3:us-west-2:111122223333:accesspoint/logs/x", "s3:///"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, url string) {
		where, err := parseURL(url)
		if err != nil {
			return
		}
		again, err := parseURL("s3://" + where.bucket + "/" + where.root)
		if err != nil || again != where || where.root != "" && !strings.HasSuffix(where.root, "/") {
			t.Errorf("%q is %+v, and that is %+v, %v", url, where, again, err)
		}
	})
}

func TestContentRange(t *testing.T) {
	for text, want := range map[string]struct {
		first, total int64
		ok           bool
	}{
		"bytes 100-199/1000": {100, 1000, true},
		"bytes 0-0/*":        {0, -1, true},
		"":                   {0, -1, false},
		"bytes */1000":       {0, -1, false},
	} {
		if first, total, ok := contentRange(text); first != want.first || total != want.total || ok != want.ok {
			t.Errorf("%q: %d %d %v, want %+v", text, first, total, ok, want)
		}
	}
}
