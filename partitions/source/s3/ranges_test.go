package s3_test

import (
	"bytes"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// listed is a.log as the bucket lists it.
func listed(t *testing.T, b *s3.Bucket) source.Object {
	t.Helper()
	for o, err := range b.Objects(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	t.Fatal("nothing is listed")
	return source.Object{}
}

func TestReadRangeThroughBreaks(t *testing.T) {
	want := sourcetest.Pattern(300_000)
	b, _, proxy := behind(t, want, s3.Options{}, cutTimes(20_000, 3), busyAfter(1, 2))
	p := make([]byte, 150_000)
	if err := b.ReadRange(t.Context(), listed(t, b), p, 100_000); err != nil || !bytes.Equal(p, want[100_000:250_000]) {
		t.Errorf("%v, equal %v", err, bytes.Equal(p, want[100_000:250_000]))
	}
	if n := proxy.Count(sourcetest.OnGet); n < 4 {
		t.Errorf("%d requests: nothing was resumed", n)
	}
}

func TestReadRangeOfAnotherVersion(t *testing.T) {
	for name, then := range map[string]func(t *testing.T, s *sourcetest.Server){
		"same length": func(t *testing.T, s *sourcetest.Server) { s.Put(t, "a.log", bytes.Repeat([]byte("y"), 100_000)) },
		"shorter":     func(t *testing.T, s *sourcetest.Server) { s.Put(t, "a.log", []byte("y")) },
		"deleted":     func(t *testing.T, s *sourcetest.Server) { s.Delete(t, "a.log") },
	} {
		t.Run(name, func(t *testing.T) {
			b, server, _ := behind(t, bytes.Repeat([]byte("x"), 100_000), s3.Options{})
			o := listed(t, b)
			then(t, server)
			for _, offset := range []int64{0, 50_000} {
				err := b.ReadRange(t.Context(), o, make([]byte, 1000), offset)
				checkError(t, err, s3.ErrChanged, "read s3://bucket/a.log")
			}
		})
	}
}
