package main

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

const (
	talkers = "SELECT srcaddr, dstaddr, sum(bytes) AS total_bytes FROM vpc_flow_logs WHERE action = 'ACCEPT' GROUP BY srcaddr, dstaddr ORDER BY total_bytes DESC, 1, 2 LIMIT 10"
	counted = "SELECT count(*) AS n FROM vpc_flow_logs"

	refused = "SELECT action + 1 FROM vpc_flow_logs" // whatever the objects have; but they are asked

	inDirectory = "../../examples/bucket"
	inBucket    = "s3://my-bucket/prefix"
)

// outcome is what a command line came to.
type outcome struct {
	status   int
	out, err string
}

// command runs a command line in this process.
func command(ctx context.Context, args ...string) outcome {
	var out, err bytes.Buffer
	status := run(ctx, append([]string{"vpcq"}, args...), terminal{in: strings.NewReader(""), out: &out, err: &err})
	return outcome{status, out.String(), err.String()}
}

// proxied puts a proxy with these faults before a server of examples/bucket and
// points the environment at it.
func proxied(t *testing.T, faults ...sourcetest.Fault) *sourcetest.Proxy {
	t.Helper()
	sourcetest.Hermetic(t)
	proxy := sourcetest.NewProxy(t, serveBucket(t).URL, faults...)
	t.Setenv("AWS_ENDPOINT_URL_S3", proxy.URL)
	return proxy
}

// times makes a fault strike so often, after so many requests have passed.
func times(n, after int, f sourcetest.Fault) sourcetest.Fault {
	f.Times, f.After = n, after
	return f
}

// on makes a fault strike requests of one kind.
func on(kind sourcetest.Kind, f sourcetest.Fault) sourcetest.Fault {
	f.On = kind
	return f
}

func TestBucketAnswersAsDirectory(t *testing.T) {
	faults := map[string][]sourcetest.Fault{
		"no fault":       nil,
		"busy and cut":   {times(1, 2, sourcetest.SlowDown(1)), times(9, 6, sourcetest.Cut(100, nil))},
		"another region": {sourcetest.WrongRegion("eu-central-1")},
		"requester pays": {sourcetest.RequesterPays()},
	}
	commands := [][]string{
		{"query", talkers},
		{"query", "SELECT date, region, count(*) FROM vpc_flow_logs WHERE date > DATE '2025-11-05' GROUP BY 1, 2 ORDER BY 1, 2"},
		{"query", "--dry-run", "SELECT sum(bytes) FROM vpc_flow_logs WHERE date = DATE '2025-11-03'"},
		{"query", "SELECT srcaddr FROM vpc_flow_logs WHERE date = DATE '2026-11-05'"},
		{"ls"},
		{"describe"},
	}
	for name, faults := range faults {
		t.Run(name, func(t *testing.T) {
			proxied(t, faults...)
			for _, c := range commands {
				want := command(t.Context(), append(c, "-s", inDirectory)...)
				want.err = strings.ReplaceAll(want.err, inDirectory, inBucket+"/")
				got := command(t.Context(), append(c, "-s", inBucket, "--request-payer", "requester")...)
				if want.status != statusDone || got != want {
					t.Errorf("%v\ngives %+v\nwant  %+v", c, got, want)
				}
			}
		})
	}
}

func TestBucketRefusals(t *testing.T) {
	tests := []struct {
		name  string
		fault sourcetest.Fault
		env   [2]string // a variable that is set, or unset where its value is empty
		args  []string
		want  []string
	}{
		{"denied listing", sourcetest.Denied(), [2]string{}, nil,
			[]string{"list s3://my-bucket/prefix/", "access denied as the keys in the environment", "s3:ListBucket on arn:aws:s3:::my-bucket"}},
		{"denied object", on(sourcetest.OnGet, sourcetest.Denied()), [2]string{}, nil,
			[]string{"s3://my-bucket/prefix/AWSLogs/", "access denied as the keys in the environment", "s3:GetObject on arn:aws:s3:::my-bucket/prefix/AWSLogs/"}},
		{"denied later", times(0, 20, on(sourcetest.OnGet, sourcetest.Denied())), [2]string{}, nil,
			[]string{"vpcq: read s3://my-bucket/prefix/AWSLogs/", "access denied", "s3:GetObject"}},
		{"expired", sourcetest.Expired(), [2]string{}, nil,
			[]string{"the credentials have expired", "log in again", "AWS_SESSION_TOKEN"}},
		{"requester pays", sourcetest.RequesterPays(), [2]string{}, nil,
			[]string{"access denied", "--request-payer requester"}},
		{"not public", sourcetest.Denied(), [2]string{}, []string{"--no-sign-request"},
			[]string{"access denied as anonymous", "leave --no-sign-request out"}},
		{"no such bucket", sourcetest.Fault{}, [2]string{}, []string{"-s", "s3://another-bucket"},
			[]string{"list s3://another-bucket/", "no such bucket", "check the name another-bucket"}},
		{"no credentials", sourcetest.Fault{}, [2]string{"AWS_ACCESS_KEY_ID", ""}, nil,
			[]string{"no credentials", "--profile", "aws sso login", "--no-sign-request"}},
		{"no profile", sourcetest.Fault{}, [2]string{}, []string{"--profile", "nobody"},
			[]string{"nobody", "aws configure list-profiles"}},
		{"no endpoint", sourcetest.Fault{}, [2]string{"AWS_ENDPOINT_URL_S3", "localhost:9000"}, nil,
			[]string{"no http:// or https:// URL", "AWS_ENDPOINT_URL_S3"}},
		{"no bucket named", sourcetest.Fault{}, [2]string{}, []string{"-s", "s3://"},
			[]string{"it names no bucket", "s3://BUCKET/PREFIX"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			proxied(t, test.fault)
			setOrUnset(t, test.env)
			args := test.args
			if len(args) == 0 || args[0] != "-s" {
				args = append(args, "-s", inBucket)
			}
			got := command(t.Context(), append([]string{"query", counted}, args...)...)
			if got.status != statusSource || got.out != "" || strings.Count(got.err, "\n") != 1 || strings.Contains(got.err, sourcetest.SecretKey) {
				t.Errorf("%+v, want status %d and one line without a secret", got, statusSource)
			}
			for _, want := range test.want {
				if !strings.Contains(got.err, want) {
					t.Errorf("%q\nlacks %q", got.err, want)
				}
			}
		})
	}
}

// TestSourceFailsBeforeStatement holds that a statement is not refused where the
// bucket was asked which columns there are, and failed to tell.
func TestSourceFailsBeforeStatement(t *testing.T) {
	for kind, want := range map[sourcetest.Kind]string{sourcetest.OnList: "s3:ListBucket", sourcetest.OnGet: "s3:GetObject"} {
		proxied(t, on(kind, sourcetest.Denied()))
		got := command(t.Context(), "query", refused, "-s", inBucket)
		if got.status != statusSource || !strings.Contains(got.err, "access denied") || !strings.Contains(got.err, want) {
			t.Errorf("%+v, want status %d and %q", got, statusSource, want)
		}
	}
	dir := t.TempDir()
	sourcetest.WriteFiles(t, dir, map[string][]byte{"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/a.log": []byte("no flow log\n")})
	if got := command(t.Context(), "query", refused, "-s", dir); got.status != statusRefused || !strings.Contains(got.err, "TYPE_MISMATCH") {
		t.Errorf("%+v, want a refusal: a damaged object tells no columns", got)
	}
}

func setOrUnset(t *testing.T, env [2]string) {
	if env[0] == "" {
		return
	}
	t.Setenv(env[0], env[1])
	if env[1] == "" {
		if err := os.Unsetenv(env[0]); err != nil {
			t.Fatal(err)
		}
	}
}

// TestInterruptedReading ends commands whose requests hang: the first listing, a
// header, and the body of an object that is being read.
func TestInterruptedReading(t *testing.T) {
	tests := []struct {
		name  string
		kind  sourcetest.Kind
		after int
		args  []string
	}{
		{"ls in a listing", sourcetest.OnList, 0, []string{"ls"}},
		{"describe in a header", sourcetest.OnGet, 0, []string{"describe"}},
		{"query in a listing", sourcetest.OnList, 5, []string{"query", counted}},
		{"query in a header", sourcetest.OnGet, 0, []string{"query", counted}},
		{"query in an object", sourcetest.OnGet, 30, []string{"query", talkers}},
		{"a refused query in a listing", sourcetest.OnList, 0, []string{"query", refused}},
		{"a refused query in a header", sourcetest.OnGet, 0, []string{"query", refused}},
		{"query of several scans", sourcetest.OnGet, 30, []string{"query", "SELECT count(*) FROM vpc_flow_logs a JOIN vpc_flow_logs b ON a.srcaddr = b.dstaddr"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			hangs, release := make(chan struct{}), make(chan struct{})
			var once sync.Once
			proxy := proxied(t, times(0, test.after, on(test.kind, sourcetest.Cut(50, func() {
				once.Do(func() { close(hangs) })
				<-release
			}))))
			t.Cleanup(proxy.Rest)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ended := make(chan outcome, 1)
			go func() { ended <- command(ctx, append(test.args, "-s", inBucket)...) }()
			defer close(release)
			select {
			case <-hangs:
			case got := <-ended:
				t.Fatalf("it ended before it hung: %+v", got)
			}
			cancel()
			select {
			case got := <-ended:
				if got != (outcome{statusInterrupted, "", "vpcq: interrupted\n"}) {
					t.Errorf("%+v", got)
				}
			case <-time.After(25 * time.Second): // a stalled server is given 30 s
				t.Fatal("it goes on")
			}
			checkNoneRuns(t, ours)
		})
	}
}

// ours finds the goroutines that a command line may not leave behind. The test's
// own server and proxy have theirs.
var (
	ours        = regexp.MustCompile(`github\.com/vpcq/vpcq/(engine|partitions\.|partitions/source\.|partitions/source/s3)`)
	connections = regexp.MustCompile(`net/http\.\(\*persistConn\)`)
)

// checkNoneRuns waits for goroutines that are just ending, and fails if any goes on.
func checkNoneRuns(t *testing.T, which *regexp.Regexp) {
	t.Helper()
	var left []string
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		left = left[:0]
		buffer := make([]byte, 1<<20)
		for _, stack := range strings.Split(string(buffer[:runtime.Stack(buffer, true)]), "\n\n") {
			if which.MatchString(stack) {
				left = append(left, stack)
			}
		}
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Errorf("%d goroutines are left, the first:\n%s", len(left), left[0])
			return
		}
	}
}

func TestConnectionsAreClosed(t *testing.T) {
	for _, args := range [][]string{{"query", counted}, {"query", "SELECT nothing FROM vpc_flow_logs"}, {"ls"}, {"describe"}} {
		sourcetest.Hermetic(t)
		serveBucket(t)
		if got := command(t.Context(), append(args, "-s", inBucket)...); got.status > statusRefused {
			t.Fatalf("%+v", got)
		}
		checkNoneRuns(t, connections)
	}
}

// TestRequests holds that headers are read once for each flow log, of which
// there are four among 120 objects, and records only where they are needed. The
// SDK may repeat a request. A LIMIT stops one thread at once; of several, others
// go on until the system lets the one go on that has met it.
func TestRequests(t *testing.T) {
	const flowLogs, spare = 4, 4
	const ahead = 12 // objects that are asked for before a reader takes them, of which there is one
	tests := []struct {
		args        []string
		status      int
		lists, gets int // at most
	}{
		{[]string{"ls"}, statusDone, 200, flowLogs + spare},
		{[]string{"describe"}, statusDone, 200, flowLogs + spare},
		{[]string{"query", "--threads", "1", "SELECT srcaddr FROM vpc_flow_logs LIMIT 1"}, statusDone, 200, flowLogs + 1 + ahead + spare},
		{[]string{"query", "--dry-run", talkers}, statusDone, 200, flowLogs + spare},
		{[]string{"query", "SELECT srcadr FROM vpc_flow_logs"}, statusRefused, 200, flowLogs + spare},
		{[]string{"query", "SELECT srcaddr + 1 FROM vpc_flow_logs"}, statusRefused, 200, flowLogs + spare},
		{[]string{"query", "SELECT nosuch(srcaddr) FROM vpc_flow_logs"}, statusRefused, 0, 0},
		{[]string{"query", "SELECT srcaddr FORM vpc_flow_logs"}, statusRefused, 0, 0},
		{[]string{"query", "SELECT srcaddr FROM elsewhere"}, statusRefused, 0, 0},
		{[]string{"query", "SELECT 1"}, statusDone, 0, 0},
	}
	for _, test := range tests {
		proxy := proxied(t)
		got := command(t.Context(), append(test.args, "-s", inBucket)...)
		if got.status != test.status {
			t.Errorf("%v: %+v, want status %d", test.args, got, test.status)
		}
		lists, gets := proxy.Count(sourcetest.OnList), proxy.Count(sourcetest.OnGet)
		if lists > test.lists || gets > test.gets {
			t.Errorf("%v: %d listings and %d reads, want at most %d and %d", test.args, lists, gets, test.lists, test.gets)
		}
	}
}
