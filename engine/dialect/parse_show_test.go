package dialect

import "testing"

func TestParseShow(t *testing.T) {
	checkPrinted(t, []printed{
		{"SHOW TABLES FROM a.b LIKE 'x%' ESCAPE '#'", ""},
		{"SHOW TABLES IN a 'x*'", "SHOW TABLES FROM a LIKE 'x*'"},
		{"SHOW TABLES", ""},
		{"SHOW SCHEMAS LIKE 'a'", ""},
		{"SHOW DATABASES", ""},
		{"SHOW CATALOGS", ""},
		{"SHOW FUNCTIONS LIKE 'a%'", ""},
		{"SHOW SESSION", ""},
		{"SHOW VIEWS FROM a", ""},
		{"SHOW COLUMNS IN t", "SHOW COLUMNS FROM t"},
		{"SHOW COLUMNS IN t FROM `d`", `SHOW COLUMNS FROM "d".t`},
		{"DESCRIBE t", "SHOW COLUMNS FROM t"},
		{"desc a.b", "SHOW COLUMNS FROM a.b"},
		{"DESCRIBE FORMATTED `t`", `SHOW COLUMNS FROM "t"`},
		{"DESCRIBE input", "SHOW COLUMNS FROM input"},
		{"SHOW PARTITIONS t", ""},
		{"SHOW TBLPROPERTIES t('a')", ""},
		{"SHOW CREATE TABLE t", ""},
		{"SHOW CREATE MATERIALIZED VIEW v", ""},
		{"SHOW STATS FOR t", ""},
		{"SHOW STATS FOR (SELECT 1)", ""},
		{"SHOW ROLES", ""},
		{"SHOW CURRENT ROLES", ""},
	})
	checkRefused(t, map[string]string{
		"SHOW":             "1:5",
		"SHOW x":           "1:6",
		"SHOW COLUMNS":     "1:13",
		"SHOW CREATE x":    "1:13",
		"SHOW TABLES LIKE": "1:17",
		"DESCRIBE":         "1:9",
	})
}
