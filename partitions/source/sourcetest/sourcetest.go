// Package sourcetest holds what tests of sources share: the conformance suite
// that every source passes (Run), an S3 server within the test (NewServer) or
// beside it (Versitygw), and a proxy before such a server that makes faults
// (NewProxy). A fault is one thing that goes wrong with some requests.
package sourcetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/vpcq/vpcq/partitions/source"
)

// Opener makes a source that holds exactly these objects. A key that ends in a
// slash is a folder marker, which a source may list or leave out.
type Opener func(t *testing.T, objects map[string][]byte) source.Source

// Run holds a source against what package source promises.
func Run(t *testing.T, open Opener) {
	for _, c := range checks {
		t.Run(c.name, func(t *testing.T) { c.run(t, open) })
	}
}

var checks = []struct {
	name string
	run  func(*testing.T, Opener)
}{
	{"an empty source has nothing and is no error", checkEmpty},
	{"objects come in the order of their keys", checkOrder},
	{"children are objects and prefixes in the order of the keys", checkChildren},
	{"a missing prefix has no children and is no error", checkMissingPrefix},
	{"the first object below a prefix is told", checkFirst},
	{"a prefix is not the beginning of a name", checkSiblings},
	{"odd names are listed and opened", checkOddNames},
	{"size, time and bytes are told", checkAttributes},
	{"empty objects are read as nothing", checkEmptyObject},
	{"folder markers are never in the way", checkMarkers},
	{"parts of objects are read", checkRanges},
	{"a missing object is an error that names it", checkMissingObject},
	{"a big object streams", checkBigObject},
	{"closing without reading", checkCloseEarly},
	{"many keys are listed whole", checkManyKeys},
	{"a listing may be left early and begun again", checkLeaveEarly},
	{"goroutines may share a source", checkConcurrency},
	{"a done context ends listing and reading", checkCancel},
}

// tree has the orders that a walk of directories gets wrong: "a-b/" and "a.log"
// come before "a/", and "a0" after it.
var tree = map[string][]byte{
	"a-b/x.log": []byte("1"), "a.log": []byte("22"), "a/b/c.log": []byte("333"), "a/b.log": []byte("4"),
	"a/x.log": []byte("5"), "a0/x.log": []byte("6"), "z.log": []byte("7"), "A.log": []byte("8"),
}

func checkEmpty(t *testing.T, open Opener) {
	s := open(t, nil)
	if keys := Keys(t, s, ""); len(keys) != 0 {
		t.Errorf("objects: %q", keys)
	}
	if lines := Children(t, s, ""); len(lines) != 0 {
		t.Errorf("children: %q", lines)
	}
}

func checkOrder(t *testing.T, open Opener) {
	s := open(t, tree)
	if got, want := Keys(t, s, ""), slices.Sorted(maps.Keys(tree)); !slices.Equal(got, want) {
		t.Errorf("objects of the root\n got %q\nwant %q", got, want)
	}
	if got, want := Keys(t, s, "a/"), []string{"a/b.log", "a/b/c.log", "a/x.log"}; !slices.Equal(got, want) {
		t.Errorf("objects of a/\n got %q\nwant %q", got, want)
	}
}

func checkChildren(t *testing.T, open Opener) {
	s := open(t, tree)
	for _, c := range []struct {
		prefix string
		want   []string
	}{
		{"", []string{"A.log", "a-b/", "a.log", "a/", "a0/", "z.log"}},
		{"a/", []string{"a/b.log", "a/b/", "a/x.log"}},
		{"a/b/", []string{"a/b/c.log"}},
	} {
		if got := Children(t, s, c.prefix); !slices.Equal(got, c.want) {
			t.Errorf("children of %q\n got %q\nwant %q", c.prefix, got, c.want)
		}
	}
}

func checkMissingPrefix(t *testing.T, open Opener) {
	s := open(t, tree)
	for _, prefix := range []string{"nowhere/", "a/nowhere/", "a/b/c/d/"} {
		if got := append(Children(t, s, prefix), Keys(t, s, prefix)...); len(got) != 0 {
			t.Errorf("below %q: %q", prefix, got)
		}
	}
}

// checkFirst holds a source.Peeker against its listings.
func checkFirst(t *testing.T, open Opener) {
	s, ok := open(t, tree).(source.Peeker)
	if !ok {
		t.Skip("this source has no quick way to tell its first object")
	}
	for _, prefix := range []string{"", "a/", "a/b/", "a0/", "nowhere/"} {
		object, ok, err := s.First(t.Context(), prefix)
		want := Keys(t, s, prefix)
		if err != nil || ok != (len(want) > 0) || ok && object.Key != want[0] {
			t.Errorf("below %q: got %q, %v, %v, want the first of %q", prefix, object.Key, ok, err, want)
		}
	}
}

func checkSiblings(t *testing.T, open Opener) {
	s := open(t, map[string][]byte{"2025/1/x": nil, "2025/10/x": nil, "2025/1-x/x": nil})
	if got, want := Keys(t, s, "2025/1/"), []string{"2025/1/x"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// odd are characters that URLs, XML or signatures spell differently.
var odd = []string{
	"a b.log", "a+b.log", "a=b.log", "a%b.log", "%41.log", "%2F.log", "a&b.log", "a?b#c.log", "a'b\"c.log", "<a>.log", "a,b;c@d!e$.log",
	"(a)[b]{c}~^`|.log", "ünïcode.log", "日本.log", "🪣.log", "account=1/region=eu-west-1/day=02/x.log", "a  b/c d/e.log", "é/e\u0301.log", "_x/.y.log",
}

func checkOddNames(t *testing.T, open Opener) {
	objects := map[string][]byte{}
	for _, name := range odd {
		objects["folder/"+name] = []byte("of " + name)
	}
	s := open(t, objects)
	if got, want := Keys(t, s, "folder/"), slices.Sorted(maps.Keys(objects)); !slices.Equal(got, want) {
		t.Fatalf("objects\n got %q\nwant %q", got, want)
	}
	for key, want := range objects {
		if got := Get(t, s, key); !bytes.Equal(got, want) {
			t.Errorf("%q holds %q, want %q", key, got, want)
		}
		folder := key[:strings.LastIndexByte(key, '/')+1]
		if got := Children(t, s, folder); !slices.Contains(got, key) {
			t.Errorf("children of %q lack %q: %q", folder, key, got)
		}
	}
}

func checkAttributes(t *testing.T, open Opener) {
	s := open(t, tree)
	for o, err := range s.Objects(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		want := tree[o.Key]
		if o.Size != int64(len(want)) || o.ModTime.IsZero() || strings.Contains(o.ETag, `"`) {
			t.Errorf("%q: size %d of %d, time %v, etag %s", o.Key, o.Size, len(want), o.ModTime, o.ETag)
		}
		if got := Get(t, s, o.Key); !bytes.Equal(got, want) {
			t.Errorf("%q holds %q, want %q", o.Key, got, want)
		}
	}
	if s.String() == "" {
		t.Error("the source has no name")
	}
}

func checkEmptyObject(t *testing.T, open Opener) {
	s := open(t, map[string][]byte{"a/empty.log": {}})
	if got := Get(t, s, "a/empty.log"); len(got) != 0 {
		t.Errorf("got %q", got)
	}
	if got := Keys(t, s, "a/"); !slices.Equal(got, []string{"a/empty.log"}) {
		t.Errorf("objects: %q", got)
	}
}

func checkMarkers(t *testing.T, open Opener) {
	s := open(t, map[string][]byte{"a/": {}, "a/b/": {}, "a/b/x.log": []byte("x"), "only/": {}})
	if got, want := Keys(t, s, ""), []string{"a/b/x.log"}; !slices.Equal(got, want) {
		t.Errorf("objects: %q, want %q", got, want)
	}
	// An empty folder may be told or not.
	if got, want := Children(t, s, ""), []string{"a/", "only/"}; !slices.Equal(got, want) && !slices.Equal(got, want[:1]) {
		t.Errorf("children: %q, want %q", got, want)
	}
	if got, want := Children(t, s, "a/"), []string{"a/b/"}; !slices.Equal(got, want) {
		t.Errorf("children of a/: %q, want %q", got, want)
	}
	if got := Children(t, s, "only/"); len(got) != 0 {
		t.Errorf("children of an empty folder: %q", got)
	}
}

func checkMissingObject(t *testing.T, open Opener) {
	s := open(t, tree)
	for _, key := range []string{"nothing.log", "a/nothing.log", "nowhere/x.log"} {
		r, err := s.Open(t.Context(), key)
		if err == nil {
			_, err = io.ReadAll(r)
			_ = r.Close() // err is what counts
		}
		if err == nil || !strings.Contains(err.Error(), key) {
			t.Errorf("open %q: %v", key, err)
		}
	}
}

// Pattern gives n bytes in which no two places look alike.
func Pattern(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "%d ", i)
	}
	return b.Bytes()[:n]
}

func checkBigObject(t *testing.T, open Opener) {
	want := Pattern(5 << 20)
	s := open(t, map[string][]byte{"a/big.log": want})
	r, err := s.Open(t.Context(), "a/big.log")
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(io.MultiReader(io.LimitReader(r, 1), r)) // a first read of one byte
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of %d, %v", len(got), len(want), err)
	}
	if n, err := r.Read(make([]byte, 1)); n != 0 || err != io.EOF {
		t.Errorf("after the end: %d, %v", n, err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func checkCloseEarly(t *testing.T, open Opener) {
	s := open(t, map[string][]byte{"big.log": Pattern(1 << 20)})
	for _, n := range []int64{0, 1, 100_000} {
		r, err := s.Open(t.Context(), "big.log")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.CopyN(io.Discard, r, n); err != nil {
			t.Error(err)
		}
		if err := r.Close(); err != nil {
			t.Errorf("close after %d bytes: %v", n, err)
		}
	}
}

// many gives n objects of one folder, and 100 more in folders beside it.
func many(n int) map[string][]byte {
	objects := map[string][]byte{}
	for i := range n {
		objects[fmt.Sprintf("logs/2025/%04d.log", i)] = []byte{'x'}
	}
	for i := range 100 {
		objects[fmt.Sprintf("logs/%d/x.log", i)] = []byte{'y'}
	}
	return objects
}

func checkManyKeys(t *testing.T, open Opener) {
	objects := many(2500) // S3's pages hold a thousand
	s := open(t, objects)
	if got, want := Keys(t, s, ""), slices.Sorted(maps.Keys(objects)); !slices.Equal(got, want) {
		t.Errorf("%d objects, want %d", len(got), len(want))
	}
	if got := Children(t, s, "logs/2025/"); len(got) != 2500 || !slices.IsSorted(got) {
		t.Errorf("%d children, want 2500 in order", len(got))
	}
	if got := Children(t, s, "logs/"); len(got) != 101 || !slices.IsSorted(got) {
		t.Errorf("%d prefixes, want 101 in order", len(got))
	}
}

func checkLeaveEarly(t *testing.T, open Opener) {
	s := open(t, tree)
	seq := s.Objects(t.Context(), "")
	for range 2 {
		var got []string
		for o, err := range seq {
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, o.Key); len(got) == 2 {
				break
			}
		}
		if want := []string{"A.log", "a-b/x.log"}; !slices.Equal(got, want) {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func checkConcurrency(t *testing.T, open Opener) {
	s := open(t, tree)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for key, want := range tree {
				if got, err := read(t.Context(), s, key); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%q holds %q, want %q: %v", key, got, want, err)
				}
			}
			if keys, err := keys(s.Objects(t.Context(), "")); err != nil || len(keys) != len(tree) {
				t.Errorf("%d objects, %v", len(keys), err)
			}
		})
	}
	wg.Wait()
}

func checkCancel(t *testing.T, open Opener) {
	objects := many(1000) // with the hundred, two pages
	objects["big.log"] = Pattern(4 << 20)
	s := open(t, objects)
	ctx, cancel := context.WithCancel(t.Context())
	r, err := s.Open(ctx, "big.log")
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.ReadFull(r, make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	next, stop := iter.Pull2(s.Objects(ctx, ""))
	defer stop()
	if _, err, ok := next(); err != nil || !ok {
		t.Fatal(err, ok)
	}
	cancel()
	if _, err := io.Copy(io.Discard, r); !errors.Is(err, context.Canceled) {
		t.Errorf("reading goes on after cancel: %v", err)
	}
	var last error
	for _, err, ok := next(); ok; _, err, ok = next() {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("listing goes on after cancel: %v", last)
	}
	if _, err := s.Open(ctx, "a.log"); !errors.Is(err, context.Canceled) {
		t.Errorf("open after cancel: %v", err)
	}
	for _, err := range s.Children(ctx, "") {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("children after cancel: %v", last)
	}
}
