package dialect

import "testing"

func TestParseDefinitions(t *testing.T) {
	checkPrinted(t, []printed{
		{"create or replace view a.v comment 'c' security invoker as select 1", "CREATE OR REPLACE VIEW a.v COMMENT 'c' SECURITY INVOKER AS SELECT 1"},
		{"CREATE VIEW v AS WITH t AS (SELECT 1) TABLE t", ""},
		{"CREATE TABLE IF NOT EXISTS t (a, b) COMMENT 'c' WITH (format = 'PARQUET', x = DEFAULT) AS SELECT 1, 2 WITH NO DATA", ""},
		{"CREATE TABLE t AS (SELECT 1) WITH DATA", "CREATE TABLE t AS (SELECT 1)"},
		{"CREATE TABLE t AS (WITH x AS (SELECT 1) TABLE x)", "CREATE TABLE t AS WITH x AS (SELECT 1) TABLE x"},
		{"INSERT INTO a.t (x, y) VALUES (1, 2)", ""},
		{"INSERT INTO t (SELECT 1)", ""},
		{"DROP TABLE IF EXISTS t", ""},
		{"DROP VIEW v", ""},
		{"DROP TABLE `a`.`b`", `DROP TABLE "a"."b"`},
		{"USE s", ""},
		{"USE c.s", ""},
	})
	checkRefused(t, map[string]string{
		"CREATE TABLE foo ()":    "1:19",
		"CREATE TABLE foo":       "1:17",
		"CREATE VIEW v SELECT 1": "1:15",
		"INSERT t VALUES 1":      "1:8",
		"DROP t":                 "1:6",
		"USE":                    "1:4",
	})
}
