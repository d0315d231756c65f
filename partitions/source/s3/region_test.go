package s3_test

import (
	"testing"

	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

func TestRegionIsFound(t *testing.T) {
	sourcetest.Hermetic(t)
	server := sourcetest.NewServer(t, "bucket", map[string][]byte{"a.log": []byte("x")})
	malformed := sourcetest.Refuse(400, "AuthorizationHeaderMalformed", "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-south-2'")
	malformed.Times = 1
	silent := sourcetest.Refuse(301, "PermanentRedirect", "elsewhere")
	silent.Times = 1
	head := sourcetest.WrongRegion("sa-east-1")
	head.On = sourcetest.OnHead
	for _, c := range []struct {
		name, configured, want string
		faults                 []sourcetest.Fault
	}{
		{"no region is configured", "", "eu-west-1", []sourcetest.Fault{sourcetest.WrongRegion("eu-west-1")}},
		{"another one is configured", "ap-south-1", "eu-west-1", []sourcetest.Fault{sourcetest.WrongRegion("eu-west-1")}},
		{"the right one is configured", "eu-west-1", "eu-west-1", []sourcetest.Fault{sourcetest.WrongRegion("eu-west-1")}},
		{"the message tells it", "", "eu-south-2", []sourcetest.Fault{malformed}},
		{"only HeadBucket tells it", "", "sa-east-1", []sourcetest.Fault{silent, head}},
	} {
		t.Run(c.name, func(t *testing.T) {
			proxy := sourcetest.NewProxy(t, server.URL, c.faults...)
			b := open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL, Region: c.configured})
			if got := sourcetest.Get(t, b, "a.log"); string(got) != "x" || b.Region() != c.want {
				t.Errorf("read %q in region %s, want %s", got, b.Region(), c.want)
			}
		})
	}
}

func TestRegionIsNotFound(t *testing.T) {
	sourcetest.Hermetic(t)
	server := sourcetest.NewServer(t, "bucket", nil)
	proxy := sourcetest.NewProxy(t, server.URL, sourcetest.Refuse(301, "PermanentRedirect", "elsewhere"))
	b := open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL})
	checkError(t, listError(t.Context(), b), s3.ErrRegion, "--region", "PermanentRedirect")
}
