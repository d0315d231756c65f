package main

import (
	"fmt"
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// question is one that vpcq is asked in Athena's SQL and DuckDB in its own.
type question struct {
	name    string
	buckets string  // their names, parted by spaces
	athena  string  // {columns} stands for all of the bucket
	duckdb  string  // {file} stands for read_csv(…); empty: as athena, with that for the table
	below   string  // the folders that read_csv is given, which vpcq finds out itself; empty: all
	bar     float64 // how many times as fast as read_csv vpcq is to be; 0: not said
	cached  float64 // how many times as fast its answer from the cache is to be; 0: it is not asked of the cache
	once    bool    // to compare the answers only
	writes  bool    // the rows go into files of Parquet, which are compared once they are written
}

// table is vpcq's table, in whose place DuckDB reads files.
const table = "vpc_flow_logs"

// questions are what is measured, in the order of the report.
var questions = []question{
	{
		name: "every row and column", buckets: "default v5 tiny", once: true,
		athena: "SELECT {columns} FROM vpc_flow_logs",
	},
	{
		name: "count(*)", buckets: "default v5", bar: 4, cached: 100,
		athena: "SELECT count(*) FROM vpc_flow_logs",
	},
	{
		name: "rejected by port", buckets: "default v5", bar: 2.8, cached: 4,
		athena: "SELECT dstport, count(*) AS n FROM vpc_flow_logs WHERE action = 'REJECT' GROUP BY dstport ORDER BY n DESC, dstport LIMIT 20",
	},
	{
		name: "min, max, sum by protocol", buckets: "default v5", bar: 2.8, cached: 6,
		athena: "SELECT protocol, count(*), min(bytes), max(bytes), sum(bytes) FROM vpc_flow_logs GROUP BY protocol ORDER BY protocol",
	},
	{
		name: "top talkers", buckets: "default v5", bar: 1.8, cached: 2.5,
		athena: "SELECT srcaddr, dstaddr, sum(bytes) AS n FROM vpc_flow_logs GROUP BY srcaddr, dstaddr ORDER BY n DESC, srcaddr, dstaddr LIMIT 10",
	},
	{
		name: "one day of ten", buckets: "default", bar: 1.8, below: "AWSLogs/*/vpcflowlogs/*/2025/11/04",
		athena: "SELECT action, count(*), sum(bytes) FROM vpc_flow_logs WHERE date = DATE '2025-11-04' GROUP BY action ORDER BY action",
		duckdb: "SELECT coalesce(action, '-') AS action, count(*), sum(bytes) FROM {file} GROUP BY action ORDER BY action",
	},
	{
		name: "4,000 tiny objects", buckets: "tiny", bar: 3,
		athena: "SELECT protocol, count(*), sum(bytes) FROM vpc_flow_logs GROUP BY protocol ORDER BY protocol",
	},
	{
		name: "all columns to Parquet", buckets: "default v5", bar: 1.4, writes: true,
		athena: "SELECT {columns} FROM vpc_flow_logs",
	},
}

// of reports whether the question is asked of a bucket.
func (q question) of(bucket string) bool {
	for name := range strings.FieldsSeq(q.buckets) {
		if name == bucket {
			return true
		}
	}
	return false
}

// toVPCQ is the question in Athena's SQL.
func (q question) toVPCQ(columns []schema.Column) string {
	sql := strings.ReplaceAll(q.athena, "{columns}", list(columns))
	if q.writes {
		return "UNLOAD (" + sql + ") TO '" + writtenURL + "rows/' WITH (format = 'PARQUET', compression = '" + writtenCompression + "')"
	}
	return sql
}

// toDuckDB is the question in DuckDB's SQL, of the bucket in dir. Sums are made
// what they are in Athena: bigint.
func (q question) toDuckDB(dir string, columns []schema.Column) string {
	sql := q.duckdb
	if sql == "" {
		sql = strings.ReplaceAll(q.athena, table, "{file}")
	}
	sql = strings.ReplaceAll(sql, "sum(bytes)", "CAST(sum(bytes) AS BIGINT)")
	sql = strings.ReplaceAll(sql, "{columns}", list(columns))
	glob := dir + "/**/*.log.gz"
	if q.below != "" {
		glob = dir + "/" + q.below + "/*.log.gz"
	}
	return strings.ReplaceAll(sql, "{file}", readCSV(glob, columns))
}

// readCSV reads files as well as DuckDB can: it is told all that it would else
// have to find out.
func readCSV(glob string, columns []schema.Column) string {
	types := map[schema.Type]string{schema.String: "VARCHAR", schema.Int: "INTEGER", schema.BigInt: "BIGINT"}
	all := make([]string, len(columns))
	for i, c := range columns {
		all[i] = fmt.Sprintf("'%s': '%s'", c.Name, types[c.Type])
	}
	return fmt.Sprintf("read_csv('%s', auto_detect = false, compression = 'gzip', header = true, delim = ' ', quote = '', escape = '', nullstr = '-', columns = {%s})",
		strings.ReplaceAll(glob, "'", "''"), strings.Join(all, ", "))
}

// list is the names of columns, in quotes, which Athena and DuckDB read alike.
func list(columns []schema.Column) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = `"` + c.Name + `"`
	}
	return strings.Join(names, ", ")
}
