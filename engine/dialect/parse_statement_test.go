package dialect

import "testing"

func TestParseStatements(t *testing.T) {
	checkPrinted(t, []printed{
		{"EXPLAIN SELECT 1", ""},
		{"EXPLAIN (TYPE LOGICAL, FORMAT JSON) SELECT 1", ""},
		{"EXPLAIN ANALYZE VERBOSE SELECT 1", ""},
		{"EXPLAIN ANALYZE SELECT 1", ""},
		{"EXPLAIN (SELECT 1)", "EXPLAIN (SELECT 1)"},
		{"PREPARE p FROM SELECT ? + ?", ""},
		{"EXECUTE p USING 1, 'a'", ""},
		{"EXECUTE p", ""},
		{"EXECUTE immediate", ""},
		{"EXECUTE IMMEDIATE 'SELECT ?' USING 1", ""},
		{"DEALLOCATE PREPARE p", ""},
		{"DESCRIBE INPUT p", ""},
		{"DESCRIBE OUTPUT p", ""},
		{"set time zone 'Asia/Tokyo'", "SET TIME ZONE 'Asia/Tokyo'"},
		{"SET TIME ZONE LOCAL", ""},
		{"SET TIME ZONE INTERVAL '2' HOUR", ""},
		{"SET SESSION a.b = 'x'", ""},
		{"RESET SESSION a.b", ""},
		{"unload (SELECT a FROM t) to 's3://b/' with (format = 'PARQUET', partitioned_by = ARRAY['a'])", "UNLOAD (SELECT a FROM t) TO 's3://b/' WITH (format = 'PARQUET', partitioned_by = ARRAY['a'])"},
		{"GRANT  SELECT ON t\n TO u", "GRANT SELECT ON t TO u"},
		{"MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE", "MERGE INTO t USING u ON t . a = u . a WHEN MATCHED THEN DELETE"},
		{"DELETE FROM t WHERE a = 1", ""},
		{"UPDATE t SET a = 1", ""},
		{"CALL f ( 1 , b => 2 )", ""},
		{"COMMIT", ""},
		{"START TRANSACTION READ ONLY", ""},
		{"SET SESSION AUTHORIZATION u", ""},
		{"ALTER TABLE t RENAME TO u", ""},
		{"CREATE SCHEMA IF NOT EXISTS s", ""},
		{"CREATE TABLE t ( a bigint COMMENT 'x' )", ""},
		{"SET ROLE admin", ""},
	})
	checkRefused(t, map[string]string{
		"FORM t":             "1:1",
		"EXPLAIN":            "1:8",
		"PREPARE p SELECT 1": "1:11",
		"EXECUTE p USING":    "1:16",
		"GRANT":              "1:6",
		"SET TIME 'x'":       "1:10",
		"CALL `f`()":         "1:6",
		"DELETE t":           "1:8",
	})
}
