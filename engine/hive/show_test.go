package hive

import (
	"slices"
	"strings"
	"testing"

	"github.com/vpcq/vpcq/schema"
)

// declared is the table of a declaration, in the database default.
func declared(t *testing.T, text string) schema.Table {
	t.Helper()
	s, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	table := s.(*CreateTable).Table
	table.Database = "default"
	return table
}

const flowLogs = `CREATE EXTERNAL TABLE Flow (version int, account_id string COMMENT 'owner; "12" digits')
COMMENT 'it''s'
PARTITIONED BY (` + "`date`" + ` date)
CLUSTERED BY (version, account_id) INTO 4 BUCKETS
ROW FORMAT DELIMITED FIELDS TERMINATED BY ' ' ESCAPED BY '\\' LINES TERMINATED BY '\n'
LOCATION 's3://b/AWSLogs/'
TBLPROPERTIES ("skip.header.line.count"="1", 'classification'='é"\\')`

// The spaces at line ends are Hive's (DDLTask.showCreateTable).
func TestShowCreateTable(t *testing.T) {
	tests := []struct{ text, want string }{
		{flowLogs, strings.ReplaceAll(`CREATE EXTERNAL TABLE 'flow'(
  'version' int,·
  'account_id' string COMMENT "owner; "12" digits")
COMMENT "its"
PARTITIONED BY (·
  'date' date)
CLUSTERED BY (·
  version,·
  account_id)·
INTO 4 BUCKETS
ROW FORMAT DELIMITED·
  FIELDS TERMINATED BY " "·
  LINES TERMINATED BY "\n"·
WITH SERDEPROPERTIES (·
  "escape.delim"="\\")·
STORED AS INPUTFORMAT·
  "org.apache.hadoop.mapred.TextInputFormat"·
OUTPUTFORMAT·
  "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
LOCATION
  "s3://b/AWSLogs/"
TBLPROPERTIES (
  "classification"="\u00E9\~\\",·
  "skip.header.line.count"="1")`, "·", " ")},
		{"CREATE EXTERNAL TABLE t (a string, b string COMMENT 'x') ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('z'='1', 'a'='2') LOCATION 's3://b/'",
			strings.ReplaceAll(`CREATE EXTERNAL TABLE 't'(
  'a' string COMMENT "from deserializer",·
  'b' string COMMENT "x")
ROW FORMAT SERDE·
  "org.openx.data.jsonserde.JsonSerDe"·
WITH SERDEPROPERTIES (·
  "a"="2",·
  "z"="1")·
STORED AS INPUTFORMAT·
  "org.apache.hadoop.mapred.TextInputFormat"·
OUTPUTFORMAT·
  "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
LOCATION
  "s3://b/"`, "·", " ")},
	}
	for _, test := range tests {
		table := declared(t, test.text)
		want := strings.NewReplacer("'", "`", `"`, "'", "~", `"`).Replace(test.want)
		want = strings.Replace(want, `owner; '12' digits`, `owner; "12" digits`, 1)
		if got := ShowCreateTable(table, Name{Table: table.Name}); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	if got := ShowCreateTable(declared(t, flowLogs), Name{"d", "flow"}); !strings.HasPrefix(got, "CREATE EXTERNAL TABLE `d.flow`(") {
		t.Errorf("with a database it begins with %.50q", got)
	}
}

func TestDescribeRows(t *testing.T) {
	table := declared(t, flowLogs)
	const version, date = "version             \tint                 \t                    ", "date                \tdate                \t                    "
	part := Part{PartitionSpec{{Name: "date", Value: "2024-03-02"}}, "s3://b/2/"}
	heading := "# col_name            \tdata_type           \tcomment             "
	tests := []struct {
		name string
		got  []string
		want []string // the first of the lines
	}{
		{"DESCRIBE", DescribeColumns(table), []string{
			version, "account_id          \tstring              \towner; \"12\" digits  ", date,
			"\t \t ", "# Partition Information\t \t ", heading, "\t \t ", date,
		}},
		{"DESCRIBE FORMATTED", DescribeFormatted(table, Part{Location: table.Location})[9:], []string{
			"\t \t ", "# Detailed Table Information\t \t ", "Database:           \tdefault             \t ",
			"LastAccessTime:     \tUNKNOWN             \t ", "Protect Mode:       \tNone                \t ", "Retention:          \t0                   \t ",
			"Location:           \ts3://b/AWSLogs/     \t ", "Table Type:         \tEXTERNAL_TABLE      \t ", "Table Parameters:   \t \t ",
			"\tEXTERNAL            \tTRUE                ",
		}},
		{"DESCRIBE EXTENDED", DescribeExtended(table, Part{Location: "s3://b/p/"})[8:], []string{
			"\t \t ",
			"Detailed Table Information\tTable(tableName:flow, dbName:default, lastAccessTime:0, retention:0, sd:StorageDescriptor(cols:[FieldSchema(name:version, type:int, comment:null), " +
				"FieldSchema(name:account_id, type:string, comment:owner; \"12\" digits), FieldSchema(name:date, type:date, comment:null)], location:s3://b/p/, " +
				"inputFormat:org.apache.hadoop.mapred.TextInputFormat, outputFormat:org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat, compressed:false, " +
				"serdeInfo:SerDeInfo(name:null, serializationLib:org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe, parameters:{escape.delim=\\, field.delim= , line.delim=\n, serialization.format= }), " +
				"bucketCols:[version, account_id], sortCols:[], parameters:{}, storedAsSubDirectories:false), partitionKeys:[FieldSchema(name:date, type:date, comment:null)], " +
				"parameters:{EXTERNAL=TRUE, classification=é\"\\, comment=its, skip.header.line.count=1}, tableType:EXTERNAL_TABLE)\t",
		}},
		{"DESCRIBE FORMATTED PARTITION", DescribeFormatted(table, part)[9:], []string{
			"\t \t ", "# Detailed Partition Information\t \t ", "Partition Value:    \t[2024-03-02]        \t ", "Database:           \tdefault             \t ",
			"Table:              \tflow                \t ", "LastAccessTime:     \tUNKNOWN             \t ", "Protect Mode:       \tNone                \t ",
			"Location:           \ts3://b/2/           \t ", "\t \t ", "# Storage Information\t \t ",
		}},
		{"SHOW COLUMNS", ColumnNames(table), []string{"version             ", "account_id          ", "date                "}},
		{"SHOW TBLPROPERTIES", TableProperties(table, ""), []string{"EXTERNAL\tTRUE", "classification\té\"\\", "comment\tits", "skip.header.line.count\t1"}},
		{"SHOW TBLPROPERTIES ('comment')", TableProperties(table, "comment"), []string{"its"}},
		{"SHOW TBLPROPERTIES ('x')", TableProperties(table, "x"), []string{"Table default.flow does not have property: x"}},
	}
	if got := DescribeExtended(table, part)[9]; !strings.HasPrefix(got, "Detailed Partition Information\tPartition(values:[2024-03-02], dbName:default, tableName:flow, lastAccessTime:0, sd:") {
		t.Errorf("DESCRIBE EXTENDED of a partition gives %q", got)
	}
	for _, test := range tests {
		if len(test.got) < len(test.want) || !slices.Equal(test.got[:len(test.want)], test.want) {
			t.Errorf("%s gives\n%q\nwant\n%q", test.name, test.got, test.want)
		}
	}
}

func TestPartitionName(t *testing.T) {
	tests := []struct {
		spec PartitionSpec
		want string
	}{
		{PartitionSpec{{Name: "year", Value: "2024"}, {Name: "month", Value: "03"}}, "year=2024/month=03"},
		{PartitionSpec{{Name: "day", Value: "2024/03/02"}}, "day=2024%2F03%2F02"},
		{PartitionSpec{{Name: "x", Value: ""}}, "x=__HIVE_DEFAULT_PARTITION__"},
	}
	for _, test := range tests {
		if got := PartitionName(test.spec); got != test.want {
			t.Errorf("PartitionName(%v) = %s, want %s", test.spec, got, test.want)
		}
	}
}
