package made

import (
	"strings"
	"testing"
	"time"
)

func plan(t *testing.T, o Options) []Object {
	t.Helper()
	objects, err := o.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return objects
}

// lines gives the records of all flow logs of a plan, split at their spaces,
// under the names in their headers.
func lines(t *testing.T, objects []Object) []map[string]string {
	t.Helper()
	var all []map[string]string
	for _, o := range objects {
		if o.Foreign {
			continue
		}
		text, ended := strings.CutSuffix(string(o.AppendText(nil)), "\n")
		if !ended {
			t.Fatalf("%s does not end in a newline", o.Key)
		}
		header, body, _ := strings.Cut(text, "\n")
		names := strings.Split(header, " ")
		for line := range strings.SplitSeq(body, "\n") {
			values := strings.Split(line, " ")
			if len(values) != len(names) {
				t.Fatalf("%s: %d values under %d names: %s", o.Key, len(values), len(names), line)
			}
			record := map[string]string{"key": o.Key}
			for i, name := range names {
				if values[i] == "" {
					t.Fatalf("%s: %s is empty: %s", o.Key, name, line)
				}
				record[name] = values[i]
			}
			all = append(all, record)
		}
	}
	return all
}

func TestPlanSpreadsObjectsOverFolders(t *testing.T) {
	o := Options{Seed: 5, Start: Example.Start, Days: 3, Accounts: 2, Regions: 3, Objects: 40, Records: 1, Format: "default"}
	folders := map[string]int{}
	keys := map[string]bool{}
	for _, object := range plan(t, o) {
		folders[object.Key[:strings.LastIndex(object.Key, "/")]]++
		keys[object.Key] = true
	}
	if len(keys) != 40 || len(folders) != 18 {
		t.Errorf("%d keys in %d folders, want 40 in 18", len(keys), len(folders))
	}
	for folder, n := range folders {
		if n < 2 || n > 3 {
			t.Errorf("%s holds %d objects, want 2 or 3", folder, n)
		}
	}
}

func TestPlanWithFewerObjectsThanFolders(t *testing.T) {
	o := Example
	o.Objects, o.Foreign = 5, false
	if n := len(plan(t, o)); n != 5 {
		t.Errorf("%d objects, want 5", n)
	}
}

func TestPlanRefuses(t *testing.T) {
	for name, change := range map[string]func(*Options){
		"no days":        func(o *Options) { o.Days = 0 },
		"many regions":   func(o *Options) { o.Regions = 7 },
		"many accounts":  func(o *Options) { o.Accounts = maxAccounts + 1 },
		"unknown format": func(o *Options) { o.Format = "v12" },
	} {
		o := Example
		change(&o)
		if _, err := o.Plan(); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func TestKeyIsSpeltAsAWSSpellsIt(t *testing.T) {
	key := plan(t, Example)[0].Key
	want := "AWSLogs/111122223333/vpcflowlogs/us-east-1/2025/11/01/111122223333_vpcflowlogs_us-east-1_fl-"
	rest, ok := strings.CutPrefix(key, want)
	if !ok || !strings.Contains(rest, "_20251101T0000Z_") || !strings.HasSuffix(rest, ".log.gz") {
		t.Errorf("key %s", key)
	}
}

func TestBytesBoundTheText(t *testing.T) {
	o := Example
	o.Bytes, o.Objects, o.Days, o.Foreign = 2_000_000, 8, 1, false
	total := 0
	for _, object := range plan(t, o) {
		total += len(object.AppendText(nil))
	}
	if total < 2_000_000 || total > 2_100_000 {
		t.Errorf("%d bytes of text, want 2,000,000 and at most a scene more per object", total)
	}
}

func TestFlowsEndInTheWindowOfTheirObject(t *testing.T) {
	for _, object := range plan(t, Example) {
		if object.Foreign {
			continue
		}
		for _, r := range lines(t, []Object{object}) {
			end := unix(t, r["end"])
			if end.Before(object.window) || !end.Before(object.window.Add(windowLength)) {
				t.Fatalf("%s: a flow ended at %s", object.Key, end)
			}
			if start := unix(t, r["start"]); start.After(end) || end.Sub(start) >= 10*time.Minute {
				t.Fatalf("%s: a flow of %s", object.Key, end.Sub(start))
			}
		}
	}
}
