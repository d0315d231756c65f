package duckdb_test

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/vpcq/vpcq/engine"
	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/duckdb"
	"github.com/vpcq/vpcq/engine/loader"
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
		"${account_id}", account, "{account_id}", account, "{region_code}", "us-east-1",
		"YYYY-MM-dd", "2020-05-04", "YYYY/MM/dd", "2020/05/04",
		"$ACCID_1", account, "$ACCID_2", "999999999999", "$REGION_1", "us-east-1", "$REGION_2", "us-west-2", "$REGION_3", "eu-west-1", "$START_RANGE", "2021/01/01",
	).Replace(sql)
}

const account = "123456789012"

// logsBucket holds what the published conditions look for, where the published
// locations lie.
func logsBucket() map[string][]byte {
	const v5 = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path"
	withoutRegion := strings.Replace(v5, " region", "", 1)
	record := func(src, dst, port, action, region string) string {
		return strings.Join([]string{"5", account, "eni-1", src, dst, "20641", port, "6 20 4249 1588550410 1588550470", action, "OK vpc-1 subnet-1 i-1 3 IPv4", src, dst, region + "use1-az1 - - - - ingress 1\n"}, " ")
	}
	records := func(header, region string) []byte {
		return []byte(header + "\n" + record("10.117.1.22", "10.0.1.14", "443", "ACCEPT", region) + record("172.31.9.69", "10.0.1.14", "3389", "REJECT", region))
	}
	objects := map[string][]byte{
		"prefix/AWSLogs/" + account + "/vpcflowlogs/us-east-1/2020/05/04/a.log": records(v5, "us-east-1 "),
		"exportedlogs/5d2d52c7/eni-1-all/000000": []byte("2020-05-04T00:00:10.000Z 2 " + account + " eni-1 10.117.1.22 10.0.1.14 20641 443 6 20 4249 1588550410 1588550470 ACCEPT OK\n" +
			"2020-05-04T00:00:10.000Z 2 " + account + " eni-1 172.31.9.69 10.0.1.14 20641 3389 6 20 4249 1588550410 1588550470 REJECT OK\n" +
			"2020-05-04T00:00:10.000Z 2 " + account + " eni-1 - - - - - - - 1588550410 1588550470 - NODATA\n"),
	}
	for _, day := range []string{"2021/01/15", "2021/02/14", "2021/03/14", "2021/04/14"} {
		for _, prefix := range []string{"AWSLogs/", "prefix/AWSLogs/"} {
			objects[prefix+account+"/vpcflowlogs/us-east-1/"+day+"/a.log"] = records(withoutRegion, "")
		}
	}
	return objects
}

// mended is a published declaration that Athena refuses, as it was meant: region
// is a partition column and no column of the records, and one folder of the keys.
func mended(sql string) string {
	return strings.NewReplacer("region string,\nazid", "azid", "us-east-1/${region}", "${region}").Replace(sql)
}

// createdTable finds the table that a statement creates.
var createdTable = regexp.MustCompile("(?i)^CREATE EXTERNAL TABLE IF NOT EXISTS `?(\\w+)`?")

// Every published statement runs as its page says, in the order of the pages, in
// one catalog: over a downloaded copy and over the bucket.
func TestPublishedStatementsInOrder(t *testing.T) {
	entries := publishedEntries(t)
	sources := map[string]func(t *testing.T) *source.Mounts{
		"mounted": func(t *testing.T) *source.Mounts {
			dir := t.TempDir()
			sourcetest.WriteFiles(t, dir, logsBucket())
			copied, err := source.Dir(dir)
			if err != nil {
				t.Fatal(err)
			}
			return source.NewMounts([]source.Mount{{URL: "s3://logs/", Source: copied}}, nil)
		},
		"bucket": func(t *testing.T) *source.Mounts {
			sourcetest.Hermetic(t)
			url := sourcetest.NewServer(t, "logs", logsBucket()).URL
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
			runInOrder(t, locations, entries)
		})
	}
}

// runInOrder runs the entries in one catalog. A CREATE TABLE IF NOT EXISTS makes
// its table anew, as whoever turns from one page to the next has it.
func runInOrder(t *testing.T, locations source.Source, entries []entry) {
	backend, err := duckdb.Open(duckdb.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer backend.Close()
	now := time.Date(2020, 5, 8, 12, 0, 0, 0, time.UTC)
	e := engine.New(backend, engine.Options{Catalog: catalog.Empty(), Locations: locations, BadRows: loader.Null, Now: func() time.Time { return now }})
	ran := map[string]int{}
	for _, entry := range entries {
		sql := filled(entry)
		if strings.Contains(sql, "test_table_vpclogs") { // whose pages are of the year after
			now = time.Date(2021, 5, 8, 12, 0, 0, 0, time.UTC)
		}
		if m := createdTable.FindStringSubmatch(sql); m != nil {
			if _, err := answer(t, e, "DROP TABLE IF EXISTS "+m[1]); err != nil {
				t.Fatal(err)
			}
		}
		rows, err := answer(t, e, sql)
		now = time.Date(2020, 5, 8, 12, 0, 0, 0, time.UTC)
		kind, _, _ := strings.Cut(entry.runs, ":")
		switch {
		case kind != "yes" && kind != "template":
			if err == nil {
				t.Errorf("%s runs, though it does not in Athena", entry.name)
			}
			if createdTable.MatchString(sql) {
				if _, err := answer(t, e, mended(sql)); err != nil {
					t.Errorf("%s, mended: %v", entry.name, err)
				}
			}
			ran["refused"]++
		case err != nil:
			t.Errorf("%s: %v", entry.name, err)
		case entry.kind == "select" && len(rows) < 2:
			t.Errorf("%s gives no rows", entry.name)
		default:
			ran[entry.kind]++
		}
	}
	if ran["select"] == 0 || ran["ddl-create-table"] == 0 || ran["refused"] == 0 {
		t.Errorf("ran %v: want some of each", ran)
	}
	t.Log(fmt.Sprint(ran))
}
