package s3_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// serve answers every request with this XML.
func serve(t *testing.T, xml string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, xml)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// TestEncodedListing has what S3 answers to encoding-type=url: pluses for
// spaces, slashes as they are.
func TestEncodedListing(t *testing.T) {
	sourcetest.Hermetic(t)
	endpoint := serve(t, `<ListBucketResult><EncodingType>url</EncodingType>
		<Contents><Key>in+a/day%3D1/b+c%2Bd.log</Key><Size>7</Size><ETag>"abc-2"</ETag></Contents>
		<Contents><Key>in+a/day%3D1/%C3%BC%0A%25.log</Key></Contents>
		<CommonPrefixes><Prefix>in+a/day%3D1/b+/</Prefix></CommonPrefixes></ListBucketResult>`)
	b := open(t, "s3://bucket/in a", s3.Options{EndpointURL: endpoint})
	want := []string{"day=1/b /", "day=1/b c+d.log", "day=1/ü\n%.log"}
	if got := sourcetest.Children(t, b, "day=1/"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for entry, err := range b.Children(t.Context(), "day=1/") {
		if o := entry.Object; err != nil || o.Key == want[1] && (o.Size != 7 || o.ETag != "abc-2") {
			t.Errorf("%+v, %v", o, err)
		}
	}
}

func TestBadListings(t *testing.T) {
	sourcetest.Hermetic(t)
	for name, c := range map[string]struct{ xml, says string }{
		"no way on":          {`<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>`, "goes on"},
		"the same way again": {`<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>`, "goes on"},
		"half an escape":     {`<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>root/%2</Key></Contents></ListBucketResult>`, "decode key"},
		"not below the root": {`<ListBucketResult><Contents><Key>other/a.log</Key></Contents></ListBucketResult>`, `listed "other/a.log"`},
		"a web page":         {`<html><body>Welcome`, "something else than S3's XML"},
	} {
		t.Run(name, func(t *testing.T) {
			b := open(t, "s3://bucket/root", s3.Options{EndpointURL: serve(t, c.xml)})
			checkError(t, listError(t.Context(), b), s3.ErrEndpoint, "list s3://bucket/root/", c.says)
		})
	}
}

func TestListingThroughBusyServer(t *testing.T) {
	sourcetest.Hermetic(t)
	objects := map[string][]byte{}
	for i := range 2500 {
		objects[fmt.Sprintf("%04d.log", i)] = nil
	}
	server := sourcetest.NewServer(t, "bucket", objects)
	first, later := sourcetest.SlowDown(4), sourcetest.SlowDown(3)
	later.After = 5
	proxy := sourcetest.NewProxy(t, server.URL, first, later)
	keys := sourcetest.Keys(t, open(t, "s3://bucket", s3.Options{EndpointURL: proxy.URL}), "")
	if len(keys) != len(objects) || !slices.IsSorted(keys) || len(slices.Compact(keys)) != len(objects) {
		t.Errorf("%d keys, want %d", len(keys), len(objects))
	}
	if n := proxy.Count(sourcetest.OnList); n < 3+7 {
		t.Errorf("%d requests: the faults did not strike", n)
	}
}
