package duckdb_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/vpcq/vpcq/partitions/source"
)

// fallibleRecords is how many records the statements read: enough for DuckDB to
// try other orders of conditions.
const fallibleRecords = 120_000

// TestFallibleConditions reads records of which a third would fail a cast or a
// division that a condition before it keeps them from.
func TestFallibleConditions(t *testing.T) {
	var log strings.Builder
	log.WriteString("version account-id srcaddr packets bytes\n")
	for i := range fallibleRecords {
		if i%3 == 0 && i > 200 {
			log.WriteString("2 111122223333 - 0 0\n")
			continue
		}
		fmt.Fprintf(&log, "2 111122223333 10.%d.0.1 2 %d\n", i%4, i)
	}
	e := engineOver(t, source.FS(fstest.MapFS{
		"AWSLogs/111122223333/vpcflowlogs/us-east-1/2024/03/02/a.log": {Data: []byte(log.String())},
	}, "logs"), time.Date(2024, 3, 8, 0, 0, 0, 0, time.UTC))
	inside := "contains('10.0.0.0/15', CAST(srcaddr AS IPADDRESS))"
	kept, _ := answer(t, e, "SELECT count(*) FROM vpc_flow_logs WHERE srcaddr IN ('10.0.0.1', '10.1.0.1')")
	for _, sql := range []string{
		"SELECT count(*) FROM vpc_flow_logs WHERE srcaddr <> '-' AND " + inside,
		"SELECT count(*) FROM vpc_flow_logs WHERE srcaddr <> '-' AND NOT (contains('10.2.0.0/16', CAST(srcaddr AS IPADDRESS)) OR contains('10.3.0.0/16', CAST(srcaddr AS IPADDRESS)))",
		"SELECT count(*) FROM vpc_flow_logs WHERE NOT (srcaddr = '-' OR NOT " + inside + ")",
		"SELECT count(*) FROM vpc_flow_logs WHERE packets > 0 AND bytes / packets >= 0 AND srcaddr <> '-' AND " + inside,
		"SELECT count(*) FROM (SELECT srcaddr FROM vpc_flow_logs WHERE srcaddr <> '-') WHERE " + inside,
		"SELECT count(*) FROM (SELECT CAST(srcaddr AS IPADDRESS) ip FROM vpc_flow_logs WHERE srcaddr <> '-') WHERE ip < IPADDRESS '10.2.0.0'",
		"WITH f AS (SELECT * FROM vpc_flow_logs WHERE srcaddr <> '-') SELECT count(*) FROM f WHERE bytes >= 0 AND " + inside,
		"SELECT sum(n) FROM (SELECT srcaddr, count(*) n FROM vpc_flow_logs WHERE srcaddr <> '-' GROUP BY srcaddr HAVING " + inside + ")",
		"SELECT sum(n) FROM (SELECT srcaddr, count(*) n FROM vpc_flow_logs WHERE srcaddr <> '-' GROUP BY srcaddr) WHERE " + inside,
		"SELECT count(*) FROM vpc_flow_logs JOIN (VALUES '10.0.0.1', '10.1.0.1', '10.2.0.1') t(x) ON srcaddr = x WHERE srcaddr <> '-' AND " + inside,
		"SELECT count(x) FROM vpc_flow_logs LEFT JOIN (VALUES '10.0.0.0/16', '10.1.0.0/16') t(x) ON srcaddr <> '-' AND contains(x, CAST(srcaddr AS IPADDRESS))",
		"SELECT count_if(srcaddr <> '-' AND " + inside + ") FROM vpc_flow_logs",
		"SELECT count(*) FILTER (WHERE srcaddr <> '-' AND " + inside + ") FROM vpc_flow_logs",
		"SELECT sum(CASE WHEN srcaddr = '-' OR NOT " + inside + " THEN 0 ELSE 1 END) FROM vpc_flow_logs",
	} {
		got, err := answer(t, e, sql)
		if err != nil {
			t.Errorf("%s: %v", sql, err)
		} else if got[1][0] != kept[1][0] {
			t.Errorf("%s: %s, want %s", sql, got[1][0], kept[1][0])
		}
	}
	if _, err := answer(t, e, "SELECT count(*) FROM vpc_flow_logs WHERE bytes >= 0 AND "+inside); err == nil {
		t.Error("the cast of '-' does not fail")
	}
}
