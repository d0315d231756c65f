package s3

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// TestHosts shows where requests would go: a presigned URL is made without a network.
func TestHosts(t *testing.T) {
	const point = "arn:aws:s3:us-west-2:111122223333:accesspoint/logs"
	for _, c := range []struct {
		name, url string
		options   Options
		env       map[string]string
		want      string
	}{
		{"a bucket has a host", "s3://bucket/x", Options{Region: "eu-west-1"}, nil, "https://bucket.s3.eu-west-1.amazonaws.com/x/a=1%2Bb.log"},
		{"without any region", "s3://bucket/x", Options{}, nil, "https://bucket.s3.us-east-1.amazonaws.com/x/a=1%2Bb.log"},
		{"AWS_REGION", "s3://bucket", Options{}, map[string]string{"AWS_REGION": "ap-south-1"}, "https://bucket.s3.ap-south-1.amazonaws.com/a=1%2Bb.log"},
		{"China", "s3://bucket", Options{Region: "cn-north-1"}, nil, "https://bucket.s3.cn-north-1.amazonaws.com.cn/a=1%2Bb.log"},
		{"dots are no part of a certificate's host", "s3://my.bucket", Options{Region: "eu-west-1"}, nil, "https://s3.eu-west-1.amazonaws.com/my.bucket/a=1%2Bb.log"},
		{"path style", "s3://bucket", Options{PathStyle: true}, nil, "https://s3.us-east-1.amazonaws.com/bucket/a=1%2Bb.log"},
		{"dual stack", "s3://bucket", Options{}, map[string]string{"AWS_USE_DUALSTACK_ENDPOINT": "true"}, "https://bucket.s3.dualstack.us-east-1.amazonaws.com/a=1%2Bb.log"},
		{"an access point in its own region", "s3://" + point, Options{Region: "eu-west-1"}, nil, "https://logs-111122223333.s3-accesspoint.us-west-2.amazonaws.com/a=1%2Bb.log"},
		{"an endpoint", "s3://bucket", Options{EndpointURL: "https://minio.corp:9000"}, nil, "https://minio.corp:9000/bucket/a=1%2Bb.log"},
		{"an address", "s3://bucket", Options{EndpointURL: "http://127.0.0.1:9000"}, nil, "http://127.0.0.1:9000/bucket/a=1%2Bb.log"},
		{"the option before the variable", "s3://bucket", Options{EndpointURL: "http://a"}, map[string]string{"AWS_ENDPOINT_URL_S3": "http://b"}, "http://a/bucket/a=1%2Bb.log"},
		{"variables put aside", "s3://bucket", Options{}, map[string]string{"AWS_ENDPOINT_URL_S3": "http://b", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, "https://bucket.s3.us-east-1.amazonaws.com/a=1%2Bb.log"},
	} {
		t.Run(c.name, func(t *testing.T) {
			sourcetest.Hermetic(t)
			for name, value := range c.env {
				t.Setenv(name, value)
			}
			b, err := Open(t.Context(), c.url, c.options)
			if err != nil {
				t.Fatal(err)
			}
			r := &body{bucket: b, key: "a=1+b.log"}
			signed, err := api.NewPresignClient(b.client.Load()).PresignGetObject(t.Context(), r.input())
			if err != nil {
				t.Fatal(err)
			}
			got, err := url.Parse(signed.URL)
			if err != nil {
				t.Fatal(err)
			}
			got.RawQuery = ""
			// "=" in a path may be spelt either way.
			if text := got.Scheme + "://" + got.Host + strings.ReplaceAll(got.EscapedPath(), "%3D", "="); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}

// TestSettings shows which attempts and which transport a client has.
func TestSettings(t *testing.T) {
	sourcetest.Hermetic(t)
	attempts := func() int {
		b, err := Open(t.Context(), "s3://bucket", Options{Threads: 50})
		if err != nil {
			t.Fatal(err)
		}
		if n := b.wire.transport.MaxIdleConnsPerHost; n < 50 {
			t.Errorf("%d connections are kept for 50 threads", n)
		}
		if got := aws.ToString(b.client.Load().Options().BaseEndpoint); got != "" {
			t.Errorf("endpoint %q", got)
		}
		return b.attempts()
	}
	if got := attempts(); got != defaultAttempts {
		t.Errorf("%d attempts", got)
	}
	t.Setenv("AWS_MAX_ATTEMPTS", "4")
	if got := attempts(); got != 4 {
		t.Errorf("%d attempts of AWS_MAX_ATTEMPTS=4", got)
	}
}

func TestIsAWS(t *testing.T) {
	for endpoint, want := range map[string]bool{
		"":                                       true,
		"https://s3.eu-west-1.amazonaws.com":     true,
		"https://s3.cn-north-1.amazonaws.com.cn": true,
		"https://bucket.vpce-1a2b.s3.us-east-1.vpce.amazonaws.com": true,
		"http://localhost:9000":          false,
		"https://amazonaws.com.evil.org": false,
		"://":                            false,
	} {
		if got := isAWS(endpoint); got != want {
			t.Errorf("%q: %v", endpoint, got)
		}
	}
}

func TestEndpointForms(t *testing.T) {
	sourcetest.Hermetic(t)
	for endpoint, want := range map[string]bool{
		"":                      true,
		"http://127.0.0.1:9000": true,
		"https://s3.example":    true,
		"127.0.0.1:9000":        false,
		"localhost:9000":        false,
		"s3.example":            false,
		"https://":              false,
	} {
		_, err := Open(t.Context(), "s3://bucket", Options{EndpointURL: endpoint})
		if got := err == nil; got != want || !want && !errors.Is(err, ErrConfig) {
			t.Errorf("%q: %v", endpoint, err)
		}
	}
}
