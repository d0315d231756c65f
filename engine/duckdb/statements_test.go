package duckdb_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
)

// published is where the statements that AWS publishes about flow logs are kept,
// beside the repository.
const published = "../../../shared/conformance/athena_statements.sql"

// statement is an entry of that file.
type statement struct {
	name, needs, sql string
}

// publishedSelects reads the queries that run as published.
func publishedSelects(t *testing.T) []statement {
	text, err := os.ReadFile(published)
	if err != nil {
		t.Skip("the published statements are not beside the repository")
	}
	var all []statement
	for _, entry := range strings.Split(string(text), "\n-- end") {
		if !strings.Contains(entry, "-- kind: select\n") || !strings.Contains(entry, "-- runs: yes\n") {
			continue
		}
		var s statement
		for line := range strings.Lines(entry) {
			comment, isComment := strings.CutPrefix(line, "-- ")
			key, value, _ := strings.Cut(strings.TrimSpace(comment), ": ")
			switch {
			case !isComment:
				s.sql += line
			case key == "name":
				s.name = value
			case key == "needs":
				s.needs = value
			}
		}
		all = append(all, s)
	}
	return all
}

// publishedBucket holds what the published conditions look for: rejected TCP and
// HTTPS, on the day that they name and within the last seven.
func publishedBucket() source.Source {
	const header = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status\n"
	bucket := fstest.MapFS{}
	for i, day := range []string{"2020/05/01", "2020/05/04"} {
		key := fmt.Sprintf("AWSLogs/123456789010/vpcflowlogs/us-east-1/%s/%d.log", day, i)
		bucket[key] = &fstest.MapFile{Data: []byte(header +
			"2 123456789010 eni-1 172.31.16.139 172.31.16.21 20641 443 6 20 4249 1588550410 1588550470 ACCEPT OK\n" +
			"2 123456789010 eni-1 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1588550410 1588550470 REJECT OK\n")}
	}
	return source.FS(bucket, "the bucket")
}

// needsTable finds what only a table declared by DDL has: another name, or the
// column that exports of CloudWatch Logs begin with.
var needsTable = regexp.MustCompile(`FROM test_table_vpclogs|from_iso8601_timestamp\(ts\)`)

// Of the published queries, every one over vpc_flow_logs and its fields runs
// unmodified and finds something. The others name a table or column that a
// CREATE TABLE gives them.
func TestPublishedStatements(t *testing.T) {
	e := engineOver(t, publishedBucket(), time.Date(2020, 5, 8, 12, 0, 0, 0, time.UTC))
	ran, declared := 0, 0
	for _, s := range publishedSelects(t) {
		rows, err := answer(t, e, strings.TrimSuffix(strings.TrimSpace(s.sql), ";"))
		switch {
		case needsTable.MatchString(s.sql):
			declared++
			if err == nil {
				t.Errorf("%s (needs %s) ran without its table", s.name, s.needs)
			}
		case err != nil:
			t.Errorf("%s: %v", s.name, err)
		case len(rows) < 2:
			t.Errorf("%s gives no rows", s.name)
		default:
			ran++
		}
	}
	if ran == 0 || declared == 0 {
		t.Errorf("%d statements ran and %d need a table: want some of both", ran, declared)
	}
	t.Logf("%d statements ran; %d need a declared table", ran, declared)
}
