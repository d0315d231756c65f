package hive

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/schema"
)

func TestIsDDL(t *testing.T) {
	tests := []struct {
		text string
		want bool
	}{
		{"CREATE EXTERNAL TABLE t (a int)", true},
		{"-- flow logs\n/* new */ create external table t (a int)", true},
		{"CREATE TABLE t (a int) LOCATION 's3://b/'", true},
		{"CREATE TABLE t AS SELECT 1 a", false},
		{"CREATE TABLE IF NOT EXISTS t WITH (format = 'PARQUET') AS SELECT 1 a", false},
		{"CREATE TABLE t (a) AS SELECT 1", false},
		{"CREATE TABLE t LIKE u", true},
		{"CREATE DATABASE d", true},
		{"CREATE OR REPLACE VIEW v AS SELECT 1 a", false},
		{"CREATE VIEW v AS SELECT 1 a", false},
		{"DROP VIEW v", false},
		{"DROP TABLE t", true},
		{"drop schema d", true},
		{"ALTER TABLE t ADD PARTITION (d='1')", true},
		{"MSCK REPAIR TABLE t", true},
		{"SHOW TABLES", true},
		{"SHOW CREATE VIEW v", true},
		{"SHOW FUNCTIONS", false},
		{"DESCRIBE t", true},
		{"DESC t", true},
		{"DESCRIBE INPUT s", false},
		{"SELECT 1", false},
		{"PREPARE p FROM SELECT 1", false},
		{"", false},
	}
	for _, test := range tests {
		if got := IsDDL(test.text); got != test.want {
			t.Errorf("IsDDL(%q) = %v", test.text, got)
		}
	}
}

// TestParse holds what statements are, beside what the guide's examples show.
func TestParse(t *testing.T) {
	p := func(pairs ...string) (all schema.Properties) {
		for i := 0; i < len(pairs); i += 2 {
			all = append(all, schema.Property{Name: pairs[i], Value: pairs[i+1]})
		}
		return all
	}
	tests := []struct {
		text string
		want Statement
	}{
		{"DROP TABLE IF EXISTS `My DB`.T;", &DropTable{Name: Name{"my db", "t"}, IfExists: true}},
		{"DROP TABLE `d.t`", &DropTable{Name: Name{"d", "t"}}},
		{"DROP TABLE awsdatacatalog.d.t PURGE", &DropTable{Name: Name{"d", "t"}}},
		{"ALTER TABLE t ADD PARTITION (y=2021, `d`=DATE '2021-01-02') LOCATION 's3://b/' PARTITION (y='1')", &AddPartitions{
			Table: Name{Table: "t"},
			Partitions: []NewPartition{
				{Spec: PartitionSpec(p("y", "2021", "d", "2021-01-02")), Location: "s3://b/"}, {Spec: PartitionSpec(p("y", "1"))},
			},
		}},
		{"ALTER TABLE t DROP IF EXISTS PARTITION (y=-1), PARTITION (y=\"it's\")", &DropPartitions{
			Table: Name{Table: "t"}, IfExists: true, Specs: []PartitionSpec{PartitionSpec(p("y", "-1")), PartitionSpec(p("y", "it's"))},
		}},
		{"ALTER TABLE t PARTITION (y=1) RENAME TO PARTITION (y=2)", &RenamePartition{
			Table: Name{Table: "t"}, From: PartitionSpec(p("y", "1")), To: PartitionSpec(p("y", "2")),
		}},
		{"ALTER TABLE t CHANGE a date decimal(3) COMMENT 'x' AFTER b CASCADE", &ChangeColumn{
			Table: Name{Table: "t"}, Old: "a", After: "b",
			Column: schema.Column{Name: "date", Type: schema.Decimal, Declared: "decimal(3,0)", Comment: "x"},
		}},
		{"ALTER TABLE t REPLACE COLUMNS (A STRUCT< x : Map<STRING,double precision> COMMENT 'c' , type:int >)", &AddColumns{
			Table: Name{Table: "t"}, Replace: true,
			Columns: []schema.Column{{Name: "a", Type: schema.Complex, Declared: "struct<x:map<string,double>,type:int>"}},
		}},
		{"ALTER TABLE t SET TBLPROPERTIES ('a'='1', 'n'=4, 'a'='2')", &SetProperties{Table: Name{Table: "t"}, Properties: p("a", "2", "n", "4")}},
		{"CREATE SCHEMA d COMMENT 'c' LOCATION 's3://b/' WITH DBPROPERTIES ('k'='v')", &CreateDatabase{
			Name: "d", Comment: "c", Location: "s3://b/", Properties: p("k", "v"),
		}},
		{"DROP SCHEMA IF EXISTS d CASCADE", &DropDatabase{Name: "d", IfExists: true, Cascade: true}},
		{"SHOW TABLES IN d 'flow*'", &ShowTables{Database: "d", Pattern: "flow*"}},
		{"SHOW VIEWS IN d LIKE 'v*'", &ShowTables{Views: true, Database: "d", Pattern: "v*"}},
		{"SHOW COLUMNS FROM t IN d", &ShowColumns{Name{"d", "t"}}},
		{"SHOW PARTITIONS t PARTITION (y=1)", &ShowPartitions{Table: Name{Table: "t"}, Spec: PartitionSpec(p("y", "1"))}},
		{"SHOW TBLPROPERTIES d.t('comment')", &ShowProperties{Table: Name{"d", "t"}, Name: "comment"}},
		{"DESCRIBE FORMATTED d.t PARTITION (y=100) a.`b`.'$elem$'", &Describe{
			Detail: Formatted, Table: Name{"d", "t"}, Partition: PartitionSpec(p("y", "100")), Column: []string{"a", "b", "$elem$"},
		}},
		{"DESC formatted", &Describe{Table: Name{Table: "formatted"}}},
	}
	for _, test := range tests {
		got, err := Parse(test.text)
		if err != nil || !reflect.DeepEqual(got, test.want) {
			t.Errorf("Parse(%q) = %#v, %v; want %#v", test.text, got, err, test.want)
			continue
		}
		checkPrint(t, got)
	}
}

// TestParseStorage holds what ROW FORMAT and STORED AS stand for.
func TestParseStorage(t *testing.T) {
	tests := []struct {
		clauses, serDe, properties, input string
	}{
		{"", "lazy.LazySimpleSerDe", "", "mapred.TextInputFormat"},
		{"ROW FORMAT DELIMITED FIELDS TERMINATED BY ' '", "lazy.LazySimpleSerDe", "field.delim= ", "TextInputFormat"},
		{
			`ROW FORMAT DELIMITED FIELDS TERMINATED BY '\t' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '2' MAP KEYS TERMINATED BY ':' LINES TERMINATED BY '\n' NULL DEFINED AS '-'`,
			"LazySimpleSerDe", "colelction.delim=2 escape.delim=\\ field.delim=\t line.delim=\n mapkey.delim=: serialization.null.format=-", "",
		},
		{"ROW FORMAT SERDE 'a.b.RegexSerDe' WITH SERDEPROPERTIES ('serialization.format'='1', \"input.regex\"='\\\"(.*)\\\\s')", "RegexSerDe", `input.regex="(.*)\s`, ""},
		{"ROW FORMAT SERDE 'x.LazySimpleSerDe' WITH SERDEPROPERTIES ('serialization.format' = ',', 'field.delim' = ',')", "x.LazySimpleSerDe", "field.delim=,", ""},
		{"ROW FORMAT SERDE 'x.LazySimpleSerDe' WITH SERDEPROPERTIES ('serialization.format' = ',')", "x.LazySimpleSerDe", "serialization.format=,", ""},
		{"STORED AS parquet", "ParquetHiveSerDe", "", "MapredParquetInputFormat"},
		{"ROW FORMAT SERDE 'a.b' STORED AS INPUTFORMAT 'in' OUTPUTFORMAT 'out'", "a.b", "", "in"},
		{"ROW FORMAT SERDE 'a.b' STORED AS ORC WITH SERDEPROPERTIES ('k'='v')", "a.b", "k=v", "OrcInputFormat"},
	}
	for _, test := range tests {
		s, err := Parse("CREATE EXTERNAL TABLE t (a int) " + test.clauses + " LOCATION 's3://b/'")
		if err != nil {
			t.Errorf("%s: %v", test.clauses, err)
			continue
		}
		checkPrint(t, s)
		storage, properties := s.(*CreateTable).Table.Storage, ""
		for _, p := range storage.SerDeProperties {
			properties += " " + p.Name + "=" + p.Value
		}
		if !strings.HasSuffix(storage.SerDe, test.serDe) || strings.TrimPrefix(properties, " ") != test.properties || !strings.HasSuffix(storage.InputFormat, test.input) {
			t.Errorf("%s gives %+v", test.clauses, storage)
		}
	}
}

// TestParseErrors holds the words of errors. Those of StartQueryExecution name a
// place and what would do there.
func TestParseErrors(t *testing.T) {
	const table = "CREATE EXTERNAL TABLE t "
	tests := []struct{ text, want string }{
		{"", "SYNTAX_ERROR: line 1:1: mismatched input '<EOF>' expecting {'ALTER', 'CREATE', 'DESC', 'DESCRIBE', 'DROP', 'MSCK', 'SHOW'}"},
		{table + "(end bigint)", "SYNTAX_ERROR: line 1:26: mismatched input 'end' expecting <identifier>"},
		{table + "(\n  a bigint\n  b int)", "SYNTAX_ERROR: line 3:3: mismatched input 'b' expecting {')', ',', 'COMMENT'}"},
		{table + "(a map, b int)", "SYNTAX_ERROR: line 1:31: mismatched input ',' expecting '<'"},
		{table + "(a text)", "SYNTAX_ERROR: line 1:28: mismatched input 'text' expecting <type>"},
		{table + "(a int) LOCATION s3", "SYNTAX_ERROR: line 1:42: mismatched input 's3' expecting STRING"},
		{table + "(a int) STORED BY 'x' LOCATION 's3://b/'", "SYNTAX_ERROR: line 1:40: mismatched input 'BY' expecting 'AS'"},
		{table + "(a int) STORED AS csv LOCATION 's3://b/'", "FAILED: line 1:43: SemanticException Unrecognized file format in STORED AS clause: 'csv'"},
		{table + "(a int, A string) LOCATION 's3://b/'", "FAILED: SemanticException [Error 10036]: Duplicate column name: a"},
		{table + "(region string) PARTITIONED BY (region string) LOCATION 's3://b/'", "FAILED: SemanticException [Error 10035]: Column repeated in partitioning columns"},
		{table + "LOCATION 's3://b/'", "FAILED: SemanticException [Error 10043]: Either list of columns or a custom serializer should be specified"},
		{table + "(a int)", "FAILED: No location was specified for table. An S3 location must be specified"},
		{table + "LIKE u", "NOT_SUPPORTED: line 1:25: Queries of this type are not supported: CREATE TABLE LIKE"},
		{table + "(a int) LOCATION 's3://b/' TBLPROPERTIES ('table_type'='ICEBERG')", "FAILED: SemanticException: vpcq does not support Iceberg tables"},
		{"CREATE TABLE u LIKE t", "NOT_SUPPORTED: line 1:16: Queries of this type are not supported: CREATE TABLE LIKE"},
		{"CREATE TABLE t (a int) LOCATION 's3://b/'", "SYNTAX_ERROR: line 1:8: mismatched input 'TABLE' expecting 'EXTERNAL'"},
		{"DROP TABLE a.b.c.d", "SYNTAX_ERROR: line 1:12: Invalid table name a.b.c.d"},
		{"DROP TABLE x.b.c", "NOT_SUPPORTED: line 1:12: there is no data catalog x, only awsdatacatalog"},
		{"DROP TABLE ``", "SYNTAX_ERROR: line 1:12: an identifier must not be empty"},
		{"DROP TABLE t t", "SYNTAX_ERROR: line 1:14: mismatched input 't' expecting {'.', ';', 'PURGE', <EOF>}"},
		{"ALTER TABLE t ADD PARTITION (a=1, a=2)", "FAILED: line 1:35: SemanticException: the partition key a stands twice"},
		{"ALTER TABLE t RENAME TO u", "NOT_SUPPORTED: line 1:15: Queries of this type are not supported: ALTER TABLE RENAME TO"},
		{"SHOW TABLES;;", "SYNTAX_ERROR: line 1:13: mismatched input ';' expecting <EOF>"},
		{"SHOW TABLES '\xff'", "SYNTAX_ERROR: the statement is not UTF-8"},
		{table + "(a " + strings.Repeat("array<", 200), "SYNTAX_ERROR: line 1:634: the type is nested too deeply"},
	}
	for _, test := range tests {
		s, err := Parse(test.text)
		var f *fault.Error
		if !errors.As(err, &f) || s != nil {
			t.Errorf("Parse(%q) = %v, %v", test.text, s, err)
			continue
		}
		if got := f.Error(); got != test.want || f.Statement != test.text {
			t.Errorf("Parse(%q):\n got %s\nwant %s", test.text, got, test.want)
		}
	}
}

func TestHints(t *testing.T) {
	for _, h := range append(hints, hint{example: "DROP TABLE", want: ""}) {
		_, err := Parse(h.example)
		var f *fault.Error
		if !errors.As(err, &f) || f.Hint != h.want {
			t.Errorf("Parse(%q) gives %v with the hint %q, want %q", h.example, err, f.Hint, h.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	for _, r := range refusals {
		_, err := Parse(r.example)
		var f *fault.Error
		if !IsDDL(r.example) || !errors.As(err, &f) || f.Code != notSupported || !strings.HasSuffix(f.Message, ": "+strings.ReplaceAll(r.words, "… ", "")) || f.Hint != r.hint {
			t.Errorf("Parse(%q) gives %v", r.example, err)
		}
	}
}

// The metastore's properties EXTERNAL and comment are clauses of a declaration.
func TestSettledProperties(t *testing.T) {
	table := declared(t, "CREATE EXTERNAL TABLE t (a int) COMMENT 'a' LOCATION 's3://b/' TBLPROPERTIES ('EXTERNAL'='true', 'comment'='b', 'c'='d')")
	if want := (schema.Properties{{Name: "c", Value: "d"}}); table.Comment != "b" || !reflect.DeepEqual(table.Properties, want) {
		t.Errorf("the comment is %q, properties are %v", table.Comment, table.Properties)
	}
}

// AWS's own declarations leave words bare that its list of reserved words has.
func TestBareWords(t *testing.T) {
	for _, name := range []string{"start", "date", "time", "timestamp", "type", "user", "location", "comment", "partition", "table", "2fa"} {
		if _, err := Parse("CREATE EXTERNAL TABLE t (a int, " + name + " string) LOCATION 's3://b/'"); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
