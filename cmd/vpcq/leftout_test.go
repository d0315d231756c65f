package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// world is a bucket in which some things are damaged, and some cannot be had.
type world struct {
	objects map[string][]byte
	records map[string][]string // of each object, each with an id of its own
	denied  []string            // keys, and prefixes that end in a slash
}

// randomWorld damages about every fourth object and closes about every eighth day.
func randomWorld(random *rand.Rand) world {
	w := world{map[string][]byte{}, map[string][]string{}, nil}
	for day := range 12 {
		folder := fmt.Sprintf("AWSLogs/111122223333/vpcflowlogs/%s/2025/11/%02d/", []string{"eu-west-1", "us-east-1"}[day%2], day/2+1)
		if random.IntN(8) == 0 {
			w.denied = append(w.denied, folder)
		}
		for i := range 1 + random.IntN(3) {
			key := fmt.Sprintf("%s%d.log.gz", folder, i)
			if random.IntN(2) == 0 {
				key = fmt.Sprintf("%s111122223333_vpcflowlogs_eu-west-1_fl-0%d_20251101T0000Z_%d.log.gz", folder, random.IntN(2), i)
			}
			w.add(key, random)
		}
	}
	return w
}

// add adds an object of some records.
func (w *world) add(key string, random *rand.Rand) {
	text := "version account-id srcport bytes\n"
	for range 1 + random.IntN(4) {
		id := fmt.Sprint(1000*len(w.objects) + len(w.records[key]))
		w.records[key] = append(w.records[key], id)
		text += "2 111122223333 443 " + id + "\n"
	}
	stored := zipped(text)
	switch random.IntN(16) {
	case 0:
		stored = stored[:len(stored)-1-random.IntN(len(stored)-1)]
	case 1:
		stored = []byte("no flow log\n" + text)
	case 2:
		stored[len(stored)-5] ^= 1
	case 3:
		w.denied = append(w.denied, key)
	}
	w.objects[key] = stored
}

func zipped(text string) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		panic(err) // memory takes all
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// check holds that each record is in the answer, or that its object or folder is
// named among what is left out, and the exit status says so. It returns how many
// are named.
func (w world) check(t *testing.T, policy string, got outcome) (named int) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(got.out)).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%+v: %v", got, err)
	}
	answered := map[string]int{}
	for _, row := range rows[1:] {
		answered[row[0]]++
	}
	for key, ids := range w.records {
		isNamed := strings.Contains(got.err, key) || slices.ContainsFunc(w.denied, func(prefix string) bool {
			folder, isFolder := strings.CutSuffix(prefix, "/")
			return isFolder && strings.HasPrefix(key, prefix) && (strings.Contains(got.err, folder+":") || strings.Contains(got.err, prefix+":"))
		})
		if isNamed {
			named++
		}
		for _, id := range ids {
			n := answered[id]
			if n > 1 || n == 0 && !isNamed || n == 1 && isNamed && policy == "skip" {
				t.Errorf("--bad-files %s: record %s of %s is in the answer %d times, named %t\n%s", policy, id, key, n, isNamed, got.err)
			}
			delete(answered, id)
		}
	}
	if len(answered) > 0 {
		t.Errorf("records that there are not: %v", answered)
	}
	if want := map[bool]int{false: statusDone, true: statusLeftOut}[named > 0]; got.status != want {
		t.Errorf("--bad-files %s: status %d, want %d: %s", policy, got.status, want, got.err)
	}
	return named
}

const everyRecord = "SELECT bytes FROM vpc_flow_logs"

// TestNothingIsLeftOutSilently asks random damaged buckets for everything.
func TestNothingIsLeftOutSilently(t *testing.T) {
	named := 0
	for seed := range uint64(12) {
		w := randomWorld(rand.New(rand.NewPCG(seed, 6)))
		sourcetest.Hermetic(t)
		objects := map[string][]byte{}
		for key, stored := range w.objects {
			objects["prefix/"+key] = stored
		}
		proxy := sourcetest.NewProxy(t, sourcetest.NewServer(t, "my-bucket", objects).URL, w.refusals())
		t.Setenv("AWS_ENDPOINT_URL_S3", proxy.URL)
		for _, policy := range []string{"skip", "warn"} {
			named += w.check(t, policy, command(t.Context(), "query", "-s", inBucket, "--bad-files", policy, everyRecord))
		}
	}
	if named < 40 {
		t.Errorf("only %d objects are left out", named)
	}
}

// refusals denies what the world denies: an object by its key, a listing by its prefix.
func (w world) refusals() sourcetest.Fault {
	denied := sourcetest.Denied()
	return sourcetest.Fault{Does: func(out http.ResponseWriter, r *http.Request) bool {
		asked := strings.TrimPrefix(r.URL.Path, "/my-bucket/prefix/")
		if query := r.URL.Query(); query.Has("list-type") {
			asked = strings.TrimPrefix(query.Get("prefix"), "prefix/")
		}
		return !slices.Contains(w.denied, asked) || denied.Does(out, r)
	}}
}

// TestNothingLocalIsLeftOutSilently does the same with files: what is denied is
// there a link to nothing, to itself or to a device, as root may read everything.
func TestNothingLocalIsLeftOutSilently(t *testing.T) {
	named := 0
	for seed := range uint64(12) {
		random := rand.New(rand.NewPCG(seed, 7))
		w := randomWorld(random)
		dir := t.TempDir()
		sourcetest.WriteFiles(t, dir, w.objects)
		for _, key := range w.denied {
			file := filepath.Join(dir, filepath.FromSlash(key))
			if err := os.RemoveAll(file); err != nil {
				t.Fatal(err)
			}
			kinds := 3
			if strings.HasSuffix(key, "/") {
				kinds = 2 // no folder is a device
			}
			if err := os.Symlink([]string{"nowhere", filepath.Base(file), os.DevNull}[random.IntN(kinds)], file); err != nil {
				t.Skipf("no symbolic links here: %v", err)
			}
		}
		for _, policy := range []string{"skip", "warn"} {
			named += w.check(t, policy, command(t.Context(), "query", "-s", dir, "--bad-files", policy, everyRecord))
		}
	}
	if named < 40 {
		t.Errorf("only %d objects are left out", named)
	}
}

// TestNamesThatAreNoText holds that a name which is not UTF-8, as only local files
// have, is told as text, and its file read.
func TestNamesThatAreNoText(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a\xff\xfe.log")
	if err := os.WriteFile(name, []byte("version srcport bytes\n2 443 7\n"), 0o600); err != nil {
		t.Skipf("no such names here: %v", err)
	}
	got := command(t.Context(), "query", "-s", dir, `SELECT "$path", bytes FROM vpc_flow_logs WHERE "$path" = '`+dir+"/a\uFFFD.log'")
	if want := "$path,_col1\n" + dir + "/a\uFFFD.log,7\n"; got.status != statusDone || strings.ReplaceAll(got.out, "bytes", "_col1") != want {
		t.Errorf("%+v, want %s", got, want)
	}
}

// TestSurveyTellsWhatCannotBeListed holds that a list of what there is says what
// it lacks.
func TestSurveyTellsWhatCannotBeListed(t *testing.T) {
	const folder = "AWSLogs/111122223333/vpcflowlogs/us-east-1/"
	proxied(t, world{denied: []string{folder}}.refusals())
	for _, name := range []string{"ls", "describe"} {
		got := command(t.Context(), name, "-s", inBucket, "--bad-files", "warn")
		if got.status != statusLeftOut || !strings.Contains(got.out, "111122223333,eu-west-1") && name == "ls" || !strings.Contains(got.err, folder+": access denied") {
			t.Errorf("%s: %+v", name, got)
		}
		if got := command(t.Context(), name, "-s", inBucket); got.status != statusSource {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
