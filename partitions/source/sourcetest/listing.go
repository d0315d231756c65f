package sourcetest

import (
	"context"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

// Keys lists the objects below a prefix, but for folder markers. An error fails
// the test.
func Keys(t testing.TB, s source.Source, prefix string) []string {
	t.Helper()
	list, err := keys(s.Objects(t.Context(), prefix))
	if err != nil {
		t.Fatalf("list objects of %q: %v", prefix, err)
	}
	return list
}

func keys(objects iter.Seq2[source.Object, error]) ([]string, error) {
	var list []string
	for o, err := range objects {
		if err != nil {
			return list, err
		}
		if !strings.HasSuffix(o.Key, "/") {
			list = append(list, o.Key)
		}
	}
	return list, nil
}

// Children lists the keys and prefixes directly below a prefix, but for folder
// markers. An error fails the test.
func Children(t testing.TB, s source.Source, prefix string) []string {
	t.Helper()
	var list []string
	for entry, err := range s.Children(t.Context(), prefix) {
		switch key := entry.Object.Key; {
		case err != nil:
			t.Fatalf("list children of %q: %v", prefix, err)
		case entry.Prefix != "" && key != "":
			t.Fatalf("both a prefix, %q, and an object, %q", entry.Prefix, key)
		case entry.Prefix != "":
			list = append(list, entry.Prefix)
		case !strings.HasSuffix(key, "/"):
			list = append(list, key)
		}
	}
	return list
}

// Get reads an object whole. An error fails the test.
func Get(t testing.TB, s source.Source, key string) []byte {
	t.Helper()
	content, err := read(t.Context(), s, key)
	if err != nil {
		t.Fatalf("read %q: %v", key, err)
	}
	return content
}

func read(ctx context.Context, s source.Source, key string) (content []byte, err error) {
	r, err := s.Open(ctx, key)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := r.Close(); err == nil {
			err = e
		}
	}()
	return io.ReadAll(r)
}
