package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/examples/made"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// The shape of a bucket of which one day is asked for: of every account and
// region there are 400 days.
const (
	accounts, regions, days = 4, 6, 400

	oneDay   = "2024/06/01"
	ofOneDay = "SELECT count(*) AS n FROM vpc_flow_logs WHERE date = DATE '2024-06-01'"
)

var junk = []byte("junk\n")

// longBucket plans that many objects. Only those of the day hold a record; any
// other, once read, fails a statement.
func longBucket(t *testing.T, objects int) map[string][]byte {
	t.Helper()
	plan, err := made.Options{
		Seed: 1, Start: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC),
		Days: days, Accounts: accounts, Regions: regions, Objects: objects, Records: 1, Format: "default",
	}.Plan()
	if err != nil {
		t.Fatal(err)
	}
	bucket := make(map[string][]byte, len(plan))
	record := []byte("version account-id start\n2 111122223333 1717200000\n")
	for _, o := range plan {
		key := strings.TrimSuffix(o.Key, ".gz")
		if bucket[key] = junk; strings.Contains(key, oneDay) {
			bucket[key] = record
		}
	}
	if len(bucket) != objects {
		t.Fatalf("%d objects", len(bucket))
	}
	return bucket
}

// checkOneDay asks for the day and holds --stats to having listed little else.
func checkOneDay(t *testing.T, source string, bucket map[string][]byte) {
	t.Helper()
	planned := 0
	for key := range bucket {
		if strings.Contains(key, oneDay) {
			planned++
		}
	}
	got := command(t.Context(), "query", "-s", source, "--stats", "--no-header", ofOneDay)
	if want := fmt.Sprintln(planned); got.status != statusDone || got.out != want {
		t.Fatalf("%+v, want %s", got, want)
	}
	var stats engine.Stats
	if err := json.Unmarshal([]byte(got.err), &stats); err != nil {
		t.Fatalf("%v in %q", err, got.err)
	}
	networks := int64(accounts * regions)
	if stats.PartitionsListed != networks || stats.ObjectsPlanned != int64(planned) || stats.Objects != int64(planned) {
		t.Errorf("%d partitions, %d objects planned and %d read, want %d, %d and %[5]d", stats.PartitionsListed, stats.ObjectsPlanned, stats.Objects, networks, planned)
	}
	// The root and AWSLogs, two levels for each account, and for each region four:
	// its years, months, days and the day.
	if most := 2 + 2*accounts + 4*networks; stats.PrefixesListed > most {
		t.Errorf("%d prefixes listed, want at most %d of %d", stats.PrefixesListed, most, networks*days)
	}
	// What was ruled out in each region: the other year, the other months of 2024,
	// the other days of June.
	if least := networks * (1 + 11 + 29); stats.PartitionsPruned < least {
		t.Errorf("%d prefixes pruned, want at least %d", stats.PartitionsPruned, least)
	}
}

func TestOneDayOfDirectory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 38,400 files")
	}
	dir := t.TempDir()
	bucket := longBucket(t, 4*accounts*regions*days)
	writeLinks(t, dir, bucket)
	checkOneDay(t, dir, bucket)
}

// writeLinks writes the objects; junk is written once for each region and linked
// from there, which is faster than a file for each, and within what file systems
// allow.
func writeLinks(t *testing.T, dir string, bucket map[string][]byte) {
	t.Helper()
	first := map[string]string{} // a file of junk, by the region's folder
	folders := map[string]bool{}
	for key, content := range bucket {
		name := filepath.Join(dir, filepath.FromSlash(key))
		if folder := filepath.Dir(name); !folders[folder] {
			folders[folder] = true
			if err := os.MkdirAll(folder, 0o755); err != nil {
				t.Fatal(err)
			}
		}
		region := strings.Join(strings.Split(key, "/")[:4], "/")
		err := fs.ErrNotExist
		if first[region] != "" && !strings.Contains(key, oneDay) {
			err = os.Link(first[region], name)
		}
		if err != nil { // there is none yet, it is a record, or links cannot be made
			err = os.WriteFile(name, content, 0o600)
			if !strings.Contains(key, oneDay) {
				first[region] = name
			}
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestOneDayOfBucket has fewer objects than the directory, since the server walks
// over all of them in each listing, but the same prefixes.
func TestOneDayOfBucket(t *testing.T) {
	sourcetest.Hermetic(t)
	bucket := longBucket(t, accounts*regions*days)
	var mu sync.Mutex
	var listed []string
	watch := sourcetest.Fault{On: sourcetest.OnList, Does: func(_ http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		listed = append(listed, r.URL.Query().Get("prefix"))
		return true
	}}
	proxy := sourcetest.NewProxy(t, sourcetest.NewServer(t, "my-bucket", bucket).URL, watch)
	t.Setenv("AWS_ENDPOINT_URL_S3", proxy.URL)
	checkOneDay(t, "s3://my-bucket", bucket)
	for _, prefix := range listed {
		if !leadsToDay(prefix) {
			t.Errorf("listed %q", prefix)
		}
	}
	if gets, most := proxy.Count(sourcetest.OnGet), 2*accounts*regions+4; gets > most {
		t.Errorf("%d reads, want at most %d: a header and a body of each object", gets, most)
	}
}

// leadsToDay tells prefixes above the day, and the day itself, from others:
// what follows the service and the region is the beginning of the date.
func leadsToDay(prefix string) bool {
	parts := strings.SplitN(prefix, "/", 5) // AWSLogs, account, service, region, date
	return len(parts) < 5 || strings.HasPrefix(oneDay+"/", parts[4])
}
