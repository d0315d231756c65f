package source

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

// held is a source of files in memory, one byte each.
func held(name string, keys ...string) Source {
	files := fstest.MapFS{}
	for _, key := range keys {
		files[key] = &fstest.MapFile{Data: []byte("x")}
	}
	return FS(files, name)
}

// closing is a source that notes that it was closed.
type closing struct {
	Source
	closed *int
}

func (c closing) Close() error  { *c.closed++; return nil }
func (c closing) Distant() bool { return true }

func TestMounts(t *testing.T) {
	opened, closed := []string{}, 0
	m := NewMounts([]Mount{
		{"s3://a/", held("all of a", "x", "logs/seen")},
		{"s3://a/logs/", held("logs of a", "1", "2/3")},
	}, func(_ context.Context, bucket string) (Source, error) {
		opened = append(opened, bucket)
		if bucket == "closed" {
			return nil, errors.New("access denied")
		}
		return closing{held(bucket, "k", "p/q"), &closed}, nil
	})
	ctx := context.Background()
	at := func(prefix string) []string {
		var all []string
		for o, err := range m.Objects(ctx, prefix) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, o.Key)
		}
		return all
	}
	equal(t, "the longest mount", at("s3://a/logs/"), "s3://a/logs/1", "s3://a/logs/2/3")
	equal(t, "a part of a mount", at("s3://a/logs/2/"), "s3://a/logs/2/3")
	equal(t, "the shorter mount", at("s3://a/"), "s3://a/logs/seen", "s3://a/x")
	if m.Distant() || len(opened) > 0 {
		t.Errorf("buckets %q were opened", opened)
	}
	equal(t, "a bucket", at("s3://b/p/"), "s3://b/p/q")
	equal(t, "children of a bucket", children(t, m, "s3://b/"), "s3://b/k", "s3://b/p/")
	equal(t, "buckets opened", opened, "b")
	if !m.Distant() {
		t.Error("an opened bucket is distant")
	}
	body(t, m, "s3://a/logs/2/3")
	body(t, m, "s3://b/p/q")
	if _, err := m.Open(ctx, "s3://closed/k"); err == nil || err.Error() != "access denied" {
		t.Errorf("a bucket that does not open: %v", err)
	}
	if err := m.Close(); err != nil || closed != 1 || m.Distant() {
		t.Errorf("close: %v, %d closed", err, closed)
	}
}

func TestMountsRefuse(t *testing.T) {
	m := NewMounts(nil, nil)
	for url, want := range map[string]string{
		"s3://b/p/":   "pass --mount s3://b=DIRECTORY",
		"s3:///p/":    "write s3://bucket/prefix/",
		"file:///tmp": "write s3://bucket/prefix/",
	} {
		_, err := m.Open(context.Background(), url)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("open %s: %v, want %q", url, err, want)
		}
		for _, err := range m.Objects(context.Background(), url) {
			if err == nil {
				t.Errorf("list %s: no error", url)
			}
		}
		for _, err := range m.Children(context.Background(), url) {
			if err == nil {
				t.Errorf("list %s: no error", url)
			}
		}
	}
	var _ io.Closer = m
}
