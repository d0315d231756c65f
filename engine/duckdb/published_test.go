package duckdb_test

import (
	"context"
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/engine/loader/loadertest"
	"github.com/vpcq/vpcq/partitions/source"
	"github.com/vpcq/vpcq/partitions/source/s3"
	"github.com/vpcq/vpcq/partitions/source/sourcetest"
)

// entry is one published statement of any kind.
type entry struct {
	name, kind, runs, sql string
}

// publishedEntries reads every published statement, in the order of the pages.
func publishedEntries(t *testing.T) []entry {
	text, err := os.ReadFile(published)
	if err != nil {
		t.Skip("the published statements are not beside the repository")
	}
	var all []entry
	for part := range strings.SplitSeq(string(text), "\n-- end") {
		var e entry
		fields := map[string]*string{"name": &e.name, "kind": &e.kind, "runs": &e.runs}
		for line := range strings.Lines(part) {
			comment, isComment := strings.CutPrefix(line, "-- ")
			key, value, _ := strings.Cut(strings.TrimSpace(comment), ": ")
			if field := fields[key]; isComment && field != nil {
				*field = value
			} else if !isComment {
				e.sql += line
			}
		}
		if e.name != "" {
			all = append(all, e)
		}
	}
	return all
}

// filled puts something into the templates: the bucket logs, one account, one day.
func filled(e entry) string {
	sql := strings.TrimSuffix(strings.TrimSpace(e.sql), ";")
	if strings.Contains(e.name, "cwl-export") { // its objects lie elsewhere than those of other pages
		sql = strings.ReplaceAll(sql, "s3://your_log_bucket/prefix/", "s3://logs/exportedlogs/")
	}
	return strings.NewReplacer(
		"amzn-s3-demo-bucket", "logs", "DOC-EXAMPLE-BUCKET", "logs", "your_log_bucket", "logs", "$LOCATION_OF_LOGS", "s3://logs/AWSLogs/",
		"${account_id}", account, "account_id/globalaccelerator/region_code/", account+"/globalaccelerator/us-east-1/", "account_id/globalaccelerator/region/", account+"/globalaccelerator/us-east-1/", "{account_id}", account, "{region_code}", "us-east-1",
		"YYYY-MM-dd", "2020-05-04", "YYYY/MM/dd", "2020/05/04",
		"$ACCID_1", account, "$ACCID_2", "999999999999", "$REGION_1", "us-east-1", "$REGION_2", "us-west-2", "$REGION_3", "eu-west-1", "$START_RANGE", "2021/01/01",
	).Replace(sql)
}

const account = "123456789012"

// accelerator is a flow log of Global Accelerator, in the format of its guide.
const accelerator = "version aws_account_id accelerator_id client_ip client_port gip gip_port endpoint_ip endpoint_port protocol ip_address_type packets bytes start_time end_time action log-status globalaccelerator_source_ip globalaccelerator_source_port endpoint_region globalaccelerator_region direction\n" +
	"1.0 " + account + " a-1 198.51.100.7 51234 192.0.2.10 443 10.0.0.5 443 6 IPV4 3 180 1588550410 1588550470 ACCEPT OK 10.0.1.9 41000 us-east-1 iad INGRESS\n"

// logsBucket holds what the published conditions look for, where the published
// locations lie.
func logsBucket(t *testing.T) map[string][]byte {
	const v5 = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path"
	withoutRegion := strings.Replace(v5, " region", "", 1)
	record := func(src, dst, port, action, region string) string {
		return strings.Join([]string{"5", account, "eni-1", src, dst, "20641", port, "6 20 4249 1588550410 1588550470", action, "OK vpc-1 subnet-1 i-1 3 IPv4", src, dst, region + "use1-az1 - - - - ingress 1\n"}, " ")
	}
	records := func(header, region string) []byte {
		return []byte(header + "\n" + record("10.117.1.22", "10.0.1.14", "443", "ACCEPT", region) + record("172.31.9.69", "10.0.1.14", "3389", "REJECT", region))
	}
	objects := map[string][]byte{
		"prefix/AWSLogs/" + account + "/vpcflowlogs/us-east-1/2020/05/04/a.log":          records(v5, "us-east-1 "),
		"prefix/AWSLogs/" + account + "/globalaccelerator/us-east-1/2020/05/04/a.log.gz": []byte(accelerator),
		"exportedlogs/5d2d52c7/eni-1-all/000000": []byte("2020-05-04T00:00:10.000Z 2 " + account + " eni-1 10.117.1.22 10.0.1.14 20641 443 6 20 4249 1588550410 1588550470 ACCEPT OK\n" +
			"2020-05-04T00:00:10.000Z 2 " + account + " eni-1 172.31.9.69 10.0.1.14 20641 3389 6 20 4249 1588550410 1588550470 REJECT OK\n" +
			"2020-05-04T00:00:10.000Z 2 " + account + " eni-1 - - - - - - - 1588550410 1588550470 - NODATA\n"),
	}
	for _, day := range []string{"2021/01/15", "2021/02/14", "2021/03/14", "2021/04/14"} {
		for _, prefix := range []string{"AWSLogs/", "prefix/AWSLogs/"} {
			objects[prefix+account+"/vpcflowlogs/us-east-1/"+day+"/a.log"] = records(withoutRegion, "")
		}
	}
	hourly, err := loadertest.Parquet(records(v5, "us-east-1 "), 1)
	if err != nil {
		t.Fatal(err)
	}
	objects["prefix/AWSLogs/aws-account-id="+account+"/aws-service=vpcflowlogs/aws-region=us-east-1/year=2021/month=02/day=14/hour=09/a.log.parquet"] = hourly
	return objects
}

// mended is a published declaration that Athena refuses, as it was meant: region
// is a partition column and no column of the records, and one folder of the keys.
func mended(sql string) string {
	return strings.NewReplacer("region string,\nazid", "azid", "us-east-1/${region}", "${region}").Replace(sql)
}

// createdTable finds the table that a statement creates.
var createdTable = regexp.MustCompile("(?i)^CREATE EXTERNAL TABLE IF NOT EXISTS `?(\\w+)`?")

// declaredTable finds the table whose declaration a statement makes or changes.
var declaredTable = regexp.MustCompile("(?i)^(?:CREATE EXTERNAL TABLE IF NOT EXISTS|ALTER TABLE|MSCK REPAIR TABLE)\\s+`?(\\w+)`?")

// Every published statement runs as its page says, in the order of the pages, in
// one catalog.
func TestPublishedStatementsInOrder(t *testing.T) {
	everywhere(t, publishedEntries(t), answersFile)
}

// The declarations of flow logs in Athena's guide run in its order.
func TestGuideDeclarationsInOrder(t *testing.T) {
	everywhere(t, guideEntries(t), "testdata/guide.txtar")
}

// everywhere runs entries over a downloaded copy and over the bucket; the file
// holds their answers.
func everywhere(t *testing.T, entries []entry, file string) {
	sources := map[string]func(t *testing.T) *source.Mounts{
		"mounted": func(t *testing.T) *source.Mounts {
			dir := t.TempDir()
			sourcetest.WriteFiles(t, dir, logsBucket(t))
			copied, err := source.Dir(dir)
			if err != nil {
				t.Fatal(err)
			}
			return source.NewMounts([]source.Mount{{URL: "s3://logs/", Source: copied}}, nil)
		},
		"bucket": func(t *testing.T) *source.Mounts {
			sourcetest.Hermetic(t)
			url := sourcetest.NewServer(t, "logs", logsBucket(t)).URL
			return source.NewMounts(nil, func(ctx context.Context, bucket string) (source.Source, error) {
				return s3.Open(ctx, "s3://"+bucket+"/", s3.Options{EndpointURL: url})
			})
		},
	}
	for name, open := range sources {
		t.Run(name, func(t *testing.T) {
			locations := open(t)
			t.Cleanup(func() {
				if err := locations.Close(); err != nil {
					t.Error(err)
				}
			})
			checkAnswers(t, runInOrder(t, locations, entries), file)
		})
	}
}

// runInOrder runs the entries in one catalog and returns their answers.
func runInOrder(t *testing.T, locations source.Source, entries []entry) *txtar.Archive {
	backend, err := duckdb.Open(duckdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer backend.Close()
	var now time.Time
	e := engine.New(backend, engine.Options{Catalog: catalog.Empty(), Locations: locations, BadRows: loader.Null, Now: func() time.Time { return now }})
	answers := &txtar.Archive{Comment: []byte(answersComment)}
	for _, entry := range entries {
		sql := filled(entry)
		now = time.Date(2020, 5, 8, 12, 0, 0, 0, time.UTC)
		if strings.Contains(sql, "test_table_vpclogs") { // whose pages are of the year after
			now = now.AddDate(1, 0, 0)
		}
		runEntry(t, e, entry, sql, answers)
	}
	return answers
}

// runEntry runs one entry; after a declaration its answers tell how many records
// the table has. A CREATE TABLE IF NOT EXISTS makes its table anew, as whoever
// turns from one page to the next has it.
func runEntry(t *testing.T, e *engine.Engine, entry entry, sql string, answers *txtar.Archive) {
	if m := createdTable.FindStringSubmatch(sql); m != nil {
		if _, err := answer(t, e, "DROP TABLE IF EXISTS "+m[1]); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := answer(t, e, sql)
	if kind, _, _ := strings.Cut(entry.runs, ":"); kind != "yes" && kind != "template" {
		checkRefused(t, e, entry, sql, err)
		return
	}
	if err != nil || entry.kind == "select" && len(rows) < 2 {
		t.Errorf("%s gives %d lines: %v", entry.name, len(rows), err)
		return
	}
	answers.Files = append(answers.Files, txtar.File{Name: entry.name, Data: textOf(sql, rows)})
	if m := declaredTable.FindStringSubmatch(sql); m != nil {
		rows, err := answer(t, e, "SELECT count(*) AS records FROM "+m[1])
		if err != nil {
			t.Errorf("count what %s declares: %v", entry.name, err)
		}
		answers.Files = append(answers.Files, txtar.File{Name: entry.name + " has", Data: textOf("", rows)})
	}
}

// checkRefused holds that an entry that does not run in Athena was refused, and
// that a declaration runs as it was meant, for the entries that follow.
func checkRefused(t *testing.T, e *engine.Engine, entry entry, sql string, refusal error) {
	if refusal == nil {
		t.Errorf("%s runs, though it does not in Athena", entry.name)
	}
	if createdTable.MatchString(sql) {
		if _, err := answer(t, e, mended(sql)); err != nil {
			t.Errorf("%s, mended: %v", entry.name, err)
		}
	}
}

// guideEntries reads the statements about flow logs among Athena's guide's DDL.
func guideEntries(t *testing.T) []entry {
	text, err := os.ReadFile(guide)
	if err != nil {
		t.Skip("the statements of the guide are not beside the repository")
	}
	var all []entry
	for part := range strings.SplitSeq(string(text), "\n--;;") {
		head, sql, ok := strings.Cut(part, "-- @kind flowlogs\n")
		if !ok {
			continue
		}
		_, name, _ := strings.Cut(head, "-- @name ")
		name, _, _ = strings.Cut(name, "\n")
		all = append(all, entry{name: name, kind: "ddl", runs: "template", sql: sql})
	}
	return all
}

const (
	guide          = "../../../shared/conformance/athena_ddl.sql"
	answersFile    = "testdata/published.txtar"
	answersComment = "What statements that AWS publishes answer, in their order, over the bucket of the tests.\n"
)

// checkAnswers compares answers with those of the file, or writes it with -update.
func checkAnswers(t *testing.T, answers *txtar.Archive, answersFile string) {
	got := txtar.Format(answers)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(answersFile, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := txtar.ParseFile(answersFile)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range answers.Files {
		switch {
		case i >= len(want.Files) || want.Files[i].Name != f.Name:
			t.Fatalf("%s has no answer of %s in its place", answersFile, f.Name)
		case string(want.Files[i].Data) != string(f.Data):
			t.Errorf("%s gives\n%swant\n%s", f.Name, f.Data, want.Files[i].Data)
		}
	}
	if len(want.Files) > len(answers.Files) {
		t.Errorf("%s has answers that no statement gave: %s", answersFile, want.Files[len(answers.Files)].Name)
	}
}

// textOf writes rows as lines; where the statement does not order them, sorted.
func textOf(sql string, rows [][]string) []byte {
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "\t")+"\n")
	}
	if len(lines) > 1 && !strings.Contains(strings.ToUpper(sql), "ORDER BY") {
		slices.Sort(lines[1:])
	}
	return []byte(strings.Join(lines, ""))
}
