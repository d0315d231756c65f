package hive

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/vpcq/vpcq/schema"
)

// ShowCreateTable gives the lines of SHOW CREATE TABLE, with the table's name as
// the statement has it. Athena's has a property transient_lastDdlTime besides,
// the second of the last change; here a declaration stays the same over time.
func ShowCreateTable(t schema.Table, name Name) string {
	p := &printer{shown: true}
	shown := name.Table
	if name.Database != "" {
		shown = name.Database + "." + name.Table
	}
	p.print("CREATE EXTERNAL TABLE ", quoteName(shown))
	p.declare(&t)
	return p.b.String()
}

// quoteJava writes a string as Hive shows properties: with Java's escapes, and
// a backslash before a semicolon (HiveStringUtils.escapeHiveCommand).
func quoteJava(s string) string {
	escaped := quote(s)
	var b strings.Builder
	for _, r := range escaped[1 : len(escaped)-1] {
		switch {
		case r == '"' || r == ';':
			b.WriteString(`\` + string(r))
		case r > '~':
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04X`, unit)
			}
		default:
			b.WriteRune(r)
		}
	}
	return "'" + b.String() + "'"
}

// metastoreSerDes are the SerDes of which the metastore keeps the columns
// (hive.serdes.using.metastore.for.schema); any other tells them itself.
var metastoreSerDes = setOf(
	"org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe",
	"org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe",
	"org.apache.hadoop.hive.ql.io.orc.OrcSerde",
	"org.apache.hadoop.hive.serde2.columnar.ColumnarSerDe",
	"org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe",
	"org.apache.hadoop.hive.serde2.lazybinary.LazyBinarySerDe",
)

// commentOf is the comment that is shown of a column.
func commentOf(t *schema.Table, c schema.Column) string {
	if c.Comment == "" && !metastoreSerDes[t.Storage.SerDe] && t.Storage.SerDe != "" {
		return "from deserializer"
	}
	return c.Comment
}

// width is to what DESCRIBE pads.
const width = 20

// row is a line of DESCRIBE: cells padded with spaces, tabs between them.
func row(cells ...string) string {
	for i, c := range cells {
		cells[i] = fmt.Sprintf("%-*s", width, c)
	}
	return strings.Join(cells, "\t")
}

// blank is the empty line of DESCRIBE, and title a line of one cell.
const blank = "\t \t "

func title(text string) string { return text + blank }

// DescribeColumns gives the lines of DESCRIBE: the columns and the partition
// columns, which come once more under a heading of their own.
func DescribeColumns(t schema.Table) []string {
	lines := append(columnRows(&t, t.Columns), columnRows(nil, t.Partitions)...)
	return append(lines, partitionRows(t)...)
}

// columnRows are columns as DESCRIBE has them. A comment ends at its first tab.
func columnRows(t *schema.Table, columns []schema.Column) []string {
	lines := make([]string, len(columns))
	for i, c := range columns {
		comment := c.Comment
		if t != nil {
			comment = commentOf(t, c)
		}
		comment, _, _ = strings.Cut(comment, "\t")
		lines[i] = row(c.Name, c.DDLType(), comment)
	}
	return lines
}

// columnHeading is the line above columns.
const columnHeading = "# col_name            \tdata_type           \tcomment             "

// partitionRows are the partition columns with their heading.
func partitionRows(t schema.Table) []string {
	if len(t.Partitions) == 0 {
		return nil
	}
	lines := []string{blank, title("# Partition Information"), columnHeading, blank}
	return append(lines, columnRows(nil, t.Partitions)...)
}

// Part is a partition of a table, for DESCRIBE; without a Spec it stands for the
// whole table.
type Part struct {
	Spec     PartitionSpec
	Location string // of the partition, or of the table
}

// DescribeFormatted gives the lines of DESCRIBE FORMATTED, but for the owner and
// the times, which a declaration does not have.
func DescribeFormatted(t schema.Table, part Part) []string {
	lines := append([]string{columnHeading, blank}, columnRows(&t, t.Columns)...)
	lines = append(append(lines, partitionRows(t)...), blank)
	if part.Spec != nil {
		lines = append(lines, title("# Detailed Partition Information"))
		lines = append(lines, factRows("Partition Value:", part.values(), "Database:", t.Database, "Table:", t.Name, "LastAccessTime:", "UNKNOWN", "Protect Mode:", "None", "Location:", part.Location)...)
	} else {
		lines = append(lines, title("# Detailed Table Information"))
		lines = append(lines, factRows("Database:", t.Database, "LastAccessTime:", "UNKNOWN", "Protect Mode:", "None", "Retention:", "0", "Location:", part.Location, "Table Type:", "EXTERNAL_TABLE")...)
		lines = append(lines, parameterRows("Table Parameters:", tableParameters(t))...)
	}
	buckets := -1
	if t.Buckets.Count > 0 {
		buckets = t.Buckets.Count
	}
	lines = append(lines, blank, title("# Storage Information"))
	lines = append(lines, factRows("SerDe Library:", t.Storage.SerDe, "InputFormat:", t.Storage.InputFormat, "OutputFormat:", t.Storage.OutputFormat, "Compressed:", "No",
		"Num Buckets:", fmt.Sprint(buckets), "Bucket Columns:", "["+strings.Join(t.Buckets.Columns, ", ")+"]", "Sort Columns:", "[]")...)
	return append(lines, parameterRows("Storage Desc Params:", storageParameters(t.Storage))...)
}

// values are those of a partition as Java prints a list.
func (p Part) values() string {
	values := make([]string, len(p.Spec))
	for i, key := range p.Spec {
		values[i] = key.Value
	}
	return "[" + strings.Join(values, ", ") + "]"
}

// factRows are names and values by turns.
func factRows(facts ...string) []string {
	var lines []string
	for i := 0; i < len(facts); i += 2 {
		lines = append(lines, row(facts[i], facts[i+1])+"\t ")
	}
	return lines
}

// parameterRows are properties below a title, by name.
func parameterRows(heading string, properties schema.Properties) []string {
	lines := []string{row(heading) + "\t \t "}
	for _, q := range properties.Sorted() {
		quoted := quoteJava(q.Value)
		lines = append(lines, "\t"+row(q.Name, quoted[1:len(quoted)-1]))
	}
	return lines
}

// tableParameters are a table's properties, with what the metastore adds.
func tableParameters(t schema.Table) schema.Properties {
	p := t.Properties
	if t.Comment != "" {
		p = p.With("comment", t.Comment)
	}
	return p.With("EXTERNAL", "TRUE")
}

// storageParameters are a SerDe's properties, with what Hive adds.
func storageParameters(s schema.Storage) schema.Properties {
	if _, ok := s.SerDeProperties.Value(schema.RowFormatDelim); ok {
		return s.SerDeProperties
	}
	format := "1"
	if field, ok := s.SerDeProperties.Value(schema.FieldDelim); ok {
		format = field
	}
	return s.SerDeProperties.With(schema.RowFormatDelim, format)
}

// DescribeExtended gives the lines of DESCRIBE EXTENDED: those of DESCRIBE, and
// what the metastore has on one line, but for the owner and the times.
func DescribeExtended(t schema.Table, part Part) []string {
	all := append(append([]schema.Column(nil), t.Columns...), t.Partitions...)
	s := t.Storage
	storage := fmt.Sprintf("sd:StorageDescriptor(cols:%s, location:%s, inputFormat:%s, outputFormat:%s, compressed:false, "+
		"serdeInfo:SerDeInfo(name:null, serializationLib:%s, parameters:%s), bucketCols:[%s], sortCols:[], parameters:{}, storedAsSubDirectories:false)",
		fieldSchemas(all), part.Location, s.InputFormat, s.OutputFormat, s.SerDe, javaMap(storageParameters(s)), strings.Join(t.Buckets.Columns, ", "))
	detail := fmt.Sprintf("Detailed Table Information\tTable(tableName:%s, dbName:%s, lastAccessTime:0, retention:0, %s, partitionKeys:%s, parameters:%s, tableType:EXTERNAL_TABLE)\t",
		t.Name, t.Database, storage, fieldSchemas(t.Partitions), javaMap(tableParameters(t)))
	if part.Spec != nil {
		detail = fmt.Sprintf("Detailed Partition Information\tPartition(values:%s, dbName:%s, tableName:%s, lastAccessTime:0, %s, parameters:{})\t", part.values(), t.Database, t.Name, storage)
	}
	return append(DescribeColumns(t), blank, detail)
}

// fieldSchemas prints columns as the metastore does.
func fieldSchemas(columns []schema.Column) string {
	items := make([]string, len(columns))
	for i, c := range columns {
		comment := "null"
		if c.Comment != "" {
			comment = c.Comment
		}
		items[i] = fmt.Sprintf("FieldSchema(name:%s, type:%s, comment:%s)", c.Name, c.DDLType(), comment)
	}
	return "[" + strings.Join(items, ", ") + "]"
}

// javaMap prints properties as Java prints a map.
func javaMap(properties schema.Properties) string {
	items := make([]string, len(properties))
	for i, q := range properties.Sorted() {
		items[i] = q.Name + "=" + q.Value
	}
	return "{" + strings.Join(items, ", ") + "}"
}

// ColumnNames gives the lines of SHOW COLUMNS.
func ColumnNames(t schema.Table) []string {
	var lines []string
	for _, list := range [][]schema.Column{t.Columns, t.Partitions} {
		for _, c := range list {
			lines = append(lines, row(c.Name))
		}
	}
	return lines
}

// TableProperties gives the lines of SHOW TBLPROPERTIES: name and value of all
// properties, or the value of one. Athena's has transient_lastDdlTime besides.
func TableProperties(t schema.Table, name string) []string {
	all := tableParameters(t)
	if name != "" {
		value, ok := all.Value(name)
		if !ok {
			value = fmt.Sprintf("Table %s.%s does not have property: %s", t.Database, t.Name, name)
		}
		return []string{value}
	}
	var lines []string
	for _, q := range all.Sorted() {
		lines = append(lines, q.Name+"\t"+q.Value)
	}
	return lines
}

// PartitionName gives a partition as SHOW PARTITIONS does, and as Hive names its
// folder: "year=2024/month=03". Characters that a path cannot hold are written
// as % and two hexadecimal digits (Hive's FileUtils.escapePathName).
func PartitionName(spec PartitionSpec) string {
	parts := make([]string, len(spec))
	for i, key := range spec {
		parts[i] = escapePath(key.Name) + "=" + escapePath(key.Value)
	}
	return strings.Join(parts, "/")
}

// escapePath is a key or a value as the name of a folder has it.
func escapePath(s string) string {
	if s == "" {
		return schema.NullKey
	}
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == 0x7f || strings.IndexByte("\"#%'*/:=?\\{[]^", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
