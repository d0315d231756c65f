package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/logging"
)

// firstRegion is asked first when nothing names a region: every bucket of the
// aws partition answers there, be it with the name of its own region.
const firstRegion = "us-east-1"

// sessionLength is how long a profile's role is assumed for, unless the profile
// says so itself: STS's own default, as with the AWS CLI. The SDK's quarter of an
// hour would ask for an MFA code four times as often.
const sessionLength = time.Hour

// configure reads the AWS configuration as the AWS CLI would. It sends nothing:
// credentials are fetched with the first request.
func (b *Bucket) configure(ctx context.Context) error {
	loads, err := b.loadOptions()
	if err != nil {
		return err
	}
	cfg, err := config.LoadDefaultConfig(ctx, loads...)
	if err != nil {
		return err
	}
	if cfg.Region == "" {
		cfg.Region = firstRegion
	}
	if b.opts.RoleARN != "" {
		cfg.Credentials = b.assumeRole(cfg)
	}
	cfg.Retryer = nil // set by newClient; the SDK's own for the clients of the credential chain
	b.signer = &credentials{from: cfg.Credentials}
	if cfg.Credentials != nil {
		cfg.Credentials = b.signer
	}
	b.cfg = cfg
	b.wire, err = b.newWire(cfg.HTTPClient)
	return err
}

func (b *Bucket) loadOptions() ([]func(*config.LoadOptions) error, error) {
	o := b.opts
	loads := []func(*config.LoadOptions) error{
		// A BuildableClient and no other: AWS_CA_BUNDLE is refused with any other.
		config.WithHTTPClient(awshttp.NewBuildableClient()),
		// The SDK would write its warnings to standard error.
		config.WithLogger(logging.Nop{}),
		config.WithAssumeRoleCredentialOptions(func(a *stscreds.AssumeRoleOptions) {
			a.TokenProvider = o.MFAToken
			if a.Duration == 0 {
				a.Duration = sessionLength
			}
		}),
	}
	if o.Profile != "" {
		loads = append(loads, config.WithSharedConfigProfile(o.Profile))
	}
	if o.Region != "" {
		loads = append(loads, config.WithRegion(o.Region))
	}
	if o.NoSignRequest {
		loads = append(loads, config.WithCredentialsProvider(aws.AnonymousCredentials{}))
	}
	if o.CABundle != "" {
		pem, err := os.ReadFile(o.CABundle)
		if err != nil {
			return nil, fmt.Errorf("read CA bundle: %w", err)
		}
		loads = append(loads, config.WithCustomCABundle(bytes.NewReader(pem)))
	}
	return loads, nil
}

// assumeRole takes the role of the options with the credentials that cfg has.
func (b *Bucket) assumeRole(cfg aws.Config) aws.CredentialsProvider {
	role := stscreds.NewAssumeRoleProvider(sts.NewFromConfig(cfg), b.opts.RoleARN, func(o *stscreds.AssumeRoleOptions) {
		o.RoleSessionName = "vpcq"
		if b.opts.ExternalID != "" {
			o.ExternalID = aws.String(b.opts.ExternalID)
		}
	})
	return aws.NewCredentialsCache(role)
}

// newClient makes the client for one region. The clients of a bucket share
// their connections.
func (b *Bucket) newClient(region string) *api.Client {
	return api.NewFromConfig(b.cfg, func(o *api.Options) {
		o.Region = region
		o.HTTPClient = b.wire.client
		if b.opts.NoSignRequest {
			o.Credentials = aws.AnonymousCredentials{}
		}
		if b.opts.EndpointURL != "" {
			o.BaseEndpoint = aws.String(b.opts.EndpointURL)
		}
		// As the AWS CLI: an endpoint of one's own has no DNS name per bucket
		// unless someone made one. For dots in names the SDK does it by itself.
		o.UsePathStyle = b.opts.PathStyle || o.BaseEndpoint != nil
		o.UseARNRegion = true
		// Bodies are checked by what is in them (gzip and Parquet have checksums),
		// and ranges have none to compare.
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		o.Retryer = b.retryer(o.RetryMode)
		if o.RetryMaxAttempts == 0 {
			o.RetryMaxAttempts = defaultAttempts
		}
	})
}

// endpoint is the URL of an endpoint that is not AWS's own choice, or empty.
func (b *Bucket) endpoint() string {
	return aws.ToString(b.client.Load().Options().BaseEndpoint)
}

// errEndpointForm does not quote the endpoint: it may hold a password.
var errEndpointForm = errors.New("the endpoint is no http:// or https:// URL")

// isHTTP tells endpoints that can be asked, among them the empty one, which the
// SDK chooses.
func isHTTP(endpoint string) bool {
	u, err := url.Parse(endpoint)
	return endpoint == "" || err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// wire is the HTTP side of a bucket.
type wire struct {
	client    *http.Client
	transport *http.Transport
}

// newWire makes a transport for many parallel GETs out of the configured
// client, which holds the CA bundle. The SDK's own keeps 10 connections to a
// host and would open and close TLS connections all the time.
func (b *Bucket) newWire(configured aws.HTTPClient) (*wire, error) {
	buildable, ok := configured.(*awshttp.BuildableClient)
	if !ok {
		return nil, fmt.Errorf("set up HTTP: the AWS configuration gave a %T", configured)
	}
	transport := buildable.WithDialerOptions(func(d *net.Dialer) {
		d.Timeout = min(d.Timeout, b.opts.StallTimeout)
	}).WithTransportOptions(func(t *http.Transport) {
		t.MaxIdleConns = 4 * b.opts.Threads
		t.MaxIdleConnsPerHost = 2 * b.opts.Threads // listing goes on while objects are read
		t.ResponseHeaderTimeout = b.opts.StallTimeout
		t.ReadBufferSize = 8 << 10  // for headers and small objects; others are read past it
		t.DisableCompression = true // a .gz object stays as it is stored
		t.ForceAttemptHTTP2 = false // one connection per body: S3 has no HTTP/2, others share one window
		t.TLSClientConfig.NextProtos = []string{"http/1.1"}
	}).GetTransport()
	return &wire{&http.Client{Transport: transport, CheckRedirect: stay}, transport}, nil
}

// stay follows no redirect. A signature holds for one host and region, so call
// signs a new request for the region that the answer tells.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
