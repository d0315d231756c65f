package s3

import (
	"fmt"
	"reflect"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	api "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/auth"
)

// endpointCases are parameters of requests that the rules answer differently.
func endpointCases() []api.EndpointParameters {
	var all []api.EndpointParameters
	for _, bucket := range []string{
		"logs", "logs.example.com", "logs--use1-az4--x-s3", "logs-123--op-s3", "no/bucket",
		"arn:aws:s3:eu-west-1:111122223333:accesspoint/logs", "arn:aws:s3::111122223333:accesspoint/mfzwi23gnjvgw.mrap",
	} {
		for _, region := range []string{"us-east-1", "eu-west-1", "cn-north-1", "aws-global"} {
			plain := api.EndpointParameters{Bucket: &bucket, Region: &region, UseArnRegion: aws.Bool(true)}
			local, pathStyle, fips, dual, express := plain, plain, plain, plain, plain
			local.Endpoint, local.ForcePathStyle = aws.String("http://127.0.0.1:9000/below"), aws.Bool(true)
			pathStyle.ForcePathStyle = aws.Bool(true)
			fips.UseFIPS = aws.Bool(true)
			dual.UseDualStack = aws.Bool(true)
			express.DisableS3ExpressSessionAuth = aws.Bool(true)
			all = append(all, plain, local, pathStyle, fips, dual, express)
		}
	}
	return all
}

// What is kept of the rules is what they say, whatever the key, and whatever the
// SDK writes into an answer.
func TestEndpointRules(t *testing.T) {
	rules := api.NewDefaultEndpointResolverV2()
	kept := &endpointRules{rules: rules}
	answers := 0
	for round := range 3 {
		for i, params := range endpointCases() {
			params.Key, params.Prefix, params.CopySource = aws.String(fmt.Sprint("a/b ", round, ".gz")), aws.String("a/"), aws.String("/other/key")
			want, fault := rules.ResolveEndpoint(t.Context(), params)
			got, err := kept.ResolveEndpoint(t.Context(), params)
			if fmt.Sprint(err) != fmt.Sprint(fault) || !reflect.DeepEqual(got, want) {
				t.Fatalf("round %d, case %d: %+v, %v; want %+v, %v", round, i, got, err, want, fault)
			}
			if err != nil {
				continue
			}
			answers++
			got.Headers.Set("Spoilt", "yes")
			got.Properties.Set("spoilt", true)
			options, _ := auth.GetAuthOptions(&got.Properties)
			for _, o := range options {
				o.SchemeID = "spoilt"
				o.SignerProperties.Set("spoilt", true)
			}
		}
	}
	if len(kept.known) != answers/3 || answers == 0 {
		t.Errorf("%d answers are kept of %d", len(kept.known), answers)
	}
}
