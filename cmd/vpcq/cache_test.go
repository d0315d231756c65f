package main

import (
	"context"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// cached runs a command with a cache in dir.
func cached(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	got := command(context.Background(), append(args, "--cache-dir", dir)...)
	if got.status != statusDone {
		t.Errorf("%q: status %d\n%s", args, got.status, got.err)
	}
	return got
}

// A bucket is cached while its answers are slow, and what changes, comes or goes
// afterwards is never answered from the cache.
func TestCacheOfABucket(t *testing.T) {
	sourcetest.Hermetic(t)
	server := serveBucket(t)
	proxy := sourcetest.NewProxy(t, server.URL, on(sourcetest.OnGet, sourcetest.Delay(5*time.Millisecond)))
	t.Setenv("AWS_ENDPOINT_URL_S3", proxy.URL)
	dir := t.TempDir()
	if got := cached(t, dir, "cache", "build", "-s", inBucket); !strings.Contains(got.err, "wrote 28 partitions: 120 objects") {
		t.Errorf("told %s", got.err)
	}
	same := func(flag string, stats string) {
		t.Helper()
		gets := proxy.Count(sourcetest.OnGet)
		got := cached(t, dir, "query", "-s", inBucket, "--stats", "--cache", flag, talkers)
		read := proxy.Count(sourcetest.OnGet) - gets
		want := cached(t, dir, "query", "-s", inBucket, "--cache", "off", talkers)
		if got.out != want.out || got.out == "" {
			t.Errorf("from the cache\n%s\nfrom the source\n%s", got.out, want.out)
		}
		if !regexp.MustCompile(stats).MatchString(got.err) || read > 0 && flag == "only" {
			t.Errorf("%d objects were read: %s", read, got.err)
		}
	}
	same("only", `"objects":0,.*"objects_cached":120`)
	const day = "AWSLogs/111122223333/vpcflowlogs/eu-west-1/2025/11/02/"
	const text = "version srcaddr dstaddr bytes action\n2 10.9.9.9 10.0.0.1 999999999999 ACCEPT\n"
	files, err := os.ReadDir(inDirectory + "/" + day)
	if err != nil {
		t.Fatal(err)
	}
	server.Put(t, "prefix/"+day+files[0].Name(), []byte(text)) // of the same time, but of another ETag
	server.Put(t, "prefix/"+day+strings.Replace(files[0].Name(), "T00", "T23", 1), []byte(text))
	same("auto", `"objects":2,.*"objects_cached":119`)
}

// An object that goes between its listing and its reading is left out of the cache.
func TestCacheOfAnObjectThatGoes(t *testing.T) {
	refused := sourcetest.Refuse(http.StatusNotFound, "NoSuchKey", "The specified key does not exist.")
	var mu sync.Mutex
	gone := ""
	proxied(t, on(sourcetest.OnGet, sourcetest.Fault{Does: func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		if gone == "" && strings.HasSuffix(r.URL.Path, ".log.gz") && strings.Contains(r.URL.Path, "/2025/11/02/") {
			gone = r.URL.Path
		}
		if r.URL.Path == gone {
			return refused.Does(w, r)
		}
		return true
	}}))
	if got := cached(t, t.TempDir(), "cache", "build", "-s", inBucket); !strings.Contains(got.err, "wrote 28 partitions: 119 objects") || !strings.Contains(got.err, "or they are seconds old: 1\n") {
		t.Errorf("told %s", got.err)
	}
}
