package hive

import "strings"

// refusal is a form of statement that Hive has and Athena refuses ("Unsupported
// DDL" in its guide), or that Athena has for Iceberg tables alone.
type refusal struct {
	words   string // "…" stands for a table's name, and PARTITION (…) behind it
	example string
	hint    string // what to do instead; may be empty
}

// refusals are looked for in this order.
var refusals = []refusal{
	{"ALTER INDEX", "ALTER INDEX i ON t REBUILD", ""},
	{"ALTER VIEW", "ALTER VIEW v AS SELECT 1", "CREATE OR REPLACE VIEW changes a view"},
	{"ALTER TABLE … RENAME TO", "ALTER TABLE t RENAME TO u", "declare the table anew and drop the old one"},
	{"ALTER TABLE … RENAME COLUMN", "ALTER TABLE t RENAME COLUMN a TO b", "ALTER TABLE t CHANGE COLUMN a b type renames a column"},
	{"ALTER TABLE … ADD COLUMN", "ALTER TABLE t ADD COLUMN a int", "ALTER TABLE t ADD COLUMNS (name type) adds columns"},
	{"ALTER TABLE … DROP COLUMN", "ALTER TABLE t DROP COLUMN a", "ALTER TABLE t REPLACE COLUMNS (…) names those to keep"},
	{"ALTER TABLE … ALTER COLUMN", "ALTER TABLE t ALTER COLUMN a SET DATA TYPE bigint", "ALTER TABLE t CHANGE COLUMN a a type changes a type"},
	{"ALTER TABLE … UNSET TBLPROPERTIES", "ALTER TABLE t UNSET TBLPROPERTIES ('a')", ""},
	{"ALTER TABLE … SET SERDEPROPERTIES", "ALTER TABLE t SET SERDEPROPERTIES ('a' = 'b')", "declare the table anew"},
	{"ALTER TABLE … SET SERDE", "ALTER TABLE t SET SERDE 'c'", "declare the table anew"},
	{"ALTER TABLE … SET FILEFORMAT", "ALTER TABLE t PARTITION (d = '1') SET FILEFORMAT ORC", "declare the table anew"},
	{"ALTER TABLE … SET SKEWED LOCATION", "ALTER TABLE t SET SKEWED LOCATION ('a' = 'b')", ""},
	{"ALTER TABLE … SKEWED BY", "ALTER TABLE t SKEWED BY (a) ON ('b')", ""},
	{"ALTER TABLE … CLUSTERED BY", "ALTER TABLE t CLUSTERED BY (a) INTO 4 BUCKETS", ""},
	{"ALTER TABLE … NOT CLUSTERED", "ALTER TABLE t NOT CLUSTERED", ""},
	{"ALTER TABLE … NOT SORTED", "ALTER TABLE t NOT SORTED", ""},
	{"ALTER TABLE … NOT SKEWED", "ALTER TABLE t NOT SKEWED", ""},
	{"ALTER TABLE … NOT STORED AS DIRECTORIES", "ALTER TABLE t NOT STORED AS DIRECTORIES", ""},
	{"ALTER TABLE … EXCHANGE PARTITION", "ALTER TABLE t EXCHANGE PARTITION (d = '1') WITH TABLE u", ""},
	{"ALTER TABLE … ARCHIVE PARTITION", "ALTER TABLE t ARCHIVE PARTITION (d = '1')", ""},
	{"ALTER TABLE … UNARCHIVE PARTITION", "ALTER TABLE t UNARCHIVE PARTITION (d = '1')", ""},
	{"ALTER TABLE … TOUCH", "ALTER TABLE t TOUCH", ""},
	{"ALTER TABLE … COMPACT", "ALTER TABLE t PARTITION (d = '1') COMPACT 'major'", ""},
	{"ALTER TABLE … CONCATENATE", "ALTER TABLE t CONCATENATE", ""},
	{"CREATE INDEX", "CREATE INDEX i ON TABLE t (a)", ""},
	{"CREATE TEMPORARY", "CREATE TEMPORARY MACRO m() 1", ""},
	{"DESCRIBE DATABASE", "DESCRIBE DATABASE d", ""},
	{"DROP INDEX", "DROP INDEX i ON t", ""},
	{"DROP TEMPORARY", "DROP TEMPORARY MACRO m", ""},
	{"EXPORT", "EXPORT TABLE t TO 's3://b/'", ""},
	{"IMPORT", "IMPORT TABLE t FROM 's3://b/'", ""},
	{"LOAD", "LOAD DATA INPATH 's3://b/' INTO TABLE t", "LOCATION says where a table's objects are"},
	{"LOCK", "LOCK TABLE t SHARED", ""},
	{"UNLOCK", "UNLOCK TABLE t", ""},
	{"OPTIMIZE", "OPTIMIZE t REWRITE DATA USING BIN_PACK", "Athena has it for Iceberg tables, of which vpcq has none"},
	{"VACUUM", "VACUUM t", "Athena has it for Iceberg tables, of which vpcq has none"},
	{"SHOW COMPACTIONS", "SHOW COMPACTIONS", ""},
	{"SHOW INDEXES", "SHOW INDEXES ON t", ""},
	{"SHOW LOCKS", "SHOW LOCKS", ""},
	{"SHOW PRINCIPALS", "SHOW PRINCIPALS r", ""},
	{"SHOW TRANSACTIONS", "SHOW TRANSACTIONS", ""},
}

// refuse refuses the statement at hand if a refusal names its form, in the
// words of Athena.
func (p *parser) refuse() {
	for _, r := range refusals {
		if at, ok := p.matches(strings.Fields(r.words)); ok {
			p.failAt(p.tokens[at], notSupported, "Queries of this type are not supported: "+strings.ReplaceAll(r.words, "… ", ""), r.hint)
		}
	}
}

// matches tells whether the statement begins with words; at is the token behind
// a name among them, else the first. With PARTITION behind them the form is
// another: a partition can be renamed.
func (p *parser) matches(words []string) (at int, ok bool) {
	i := 0
	for _, w := range words {
		if w == "…" {
			i = p.behindName(i)
			at = i
			continue
		}
		if p.ahead(i).key != w {
			return 0, false
		}
		i++
	}
	return at, p.ahead(i).key != "PARTITION"
}

// behindName is the token behind a name and the PARTITION (…) behind it.
func (p *parser) behindName(i int) int {
	i++
	for p.ahead(i).key == "." {
		i += 2
	}
	if p.ahead(i).key != "PARTITION" {
		return i
	}
	for k := p.ahead(i); k.key != ")" && k.kind != endOfInput; k = p.ahead(i) {
		i++
	}
	return i + 1
}
