package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// invalidTableProperty is the code of faults in WITH (…).
const invalidTableProperty = "INVALID_TABLE_PROPERTY"

// writeOptions is what WITH (…) of a statement that writes says.
type writeOptions struct {
	format      *writeFormat
	unwritten   string // a format of Athena's that was named and is not written
	compression string // one of the format's; empty until settled
	level       int    // of the compression; 0: its own default
	location    string
	keys        []string // partitioned_by, in lower case
	separator   byte
	delimited   bool // the separator was given
	header      bool // each file of text begins with the columns' names
}

// writeStatement is the statements that have a property, as bits.
type writeStatement uint8

const (
	createStatement writeStatement = 1 << iota
	unloadStatement
)

// writeFormat is a format that statements write.
type writeFormat struct {
	name         string // as WITH (format = …) and STORED AS have it
	kind         schema.StorageKind
	compressions []string // the first is the default; NONE stands for UNCOMPRESSED too
	suffix       string   // of the files' names

	// output is the analysis of a query whose rows are put into such files.
	output func(w *writing, rows *dialect.Analysis) *dialect.Analysis
	// storage declares a table of such files.
	storage func(o writeOptions) (schema.Storage, schema.Properties)
}

// writeFormats are the formats that are written. Athena has others, which are
// refused by name; so are compressions that Athena writes and vpcq does not.
// Athena's are those of its guide's page "Use Hive table compression".
var writeFormats = []*writeFormat{
	{"PARQUET", schema.ParquetStorage, []string{"GZIP", "SNAPPY", "ZSTD", "NONE"}, ".parquet",
		func(w *writing, rows *dialect.Analysis) *dialect.Analysis { return rows.Output(w.output) }, parquetStorage},
	{"TEXTFILE", schema.TextStorage, []string{"GZIP", "NONE"}, ".txt",
		func(w *writing, rows *dialect.Analysis) *dialect.Analysis {
			return rows.TextOutput(w.output, w.options.separator)
		}, textStorage},
	{"JSON", schema.JSONStorage, []string{"GZIP", "NONE"}, ".json",
		func(w *writing, rows *dialect.Analysis) *dialect.Analysis { return rows.JSONOutput(w.output) }, jsonStorage},
}

// unwritten are the formats that Athena writes and vpcq does not.
var unwritten = []string{"ORC", "AVRO", "ION"}

// writeProperties are the properties of WITH (…) of CREATE TABLE AS and UNLOAD
// (Athena's guide, the pages of these statements).
var writeProperties = []struct {
	name    string
	doc     string
	of      writeStatement
	example string
	read    func(o *writeOptions, v dialect.Expression) string // says what is wrong
}{
	{"format", "the format of the files: PARQUET, TEXTFILE or JSON", createStatement | unloadStatement, "'PARQUET'", (*writeOptions).readFormat},
	{"write_compression", "the compression of the files: GZIP, SNAPPY, ZSTD or NONE, as far as the format has it", createStatement, "'SNAPPY'", (*writeOptions).readCompression},
	{"parquet_compression", "the compression of files of Parquet: GZIP, SNAPPY, ZSTD or NONE", createStatement, "'ZSTD'", (*writeOptions).readCompression},
	{"compression", "the compression of the files: GZIP, SNAPPY, ZSTD or NONE, as far as the format has it", unloadStatement, "'GZIP'", (*writeOptions).readCompression},
	{"compression_level", "the level of ZSTD, 1 to 22", createStatement | unloadStatement, "4", (*writeOptions).readLevel},
	{"external_location", "where the table's files go", createStatement, "'s3://my-bucket/tables/t/'", (*writeOptions).readLocation},
	{"partitioned_by", "the columns whose values name folders; the last ones of the query", createStatement | unloadStatement, "ARRAY['day']", (*writeOptions).readKeys},
	{"field_delimiter", "the character between the fields of text; \\001 unless given", createStatement | unloadStatement, "','", (*writeOptions).readDelimiter},
}

// readWriteOptions reads the properties of a statement.
func readWriteOptions(s dialect.Statement, of writeStatement, properties []*dialect.Property) (writeOptions, error) {
	o := writeOptions{separator: '\x01'}
	given := map[string]bool{}
	for _, p := range properties {
		name := p.Name.Value
		if !p.Name.Delimited {
			name = strings.ToLower(name)
		}
		if given[name] {
			return o, fault(p, "DUPLICATE_PROPERTY", "Duplicate property: "+name, "")
		}
		given[name] = true
		if err := o.read(p, of, name); err != nil {
			return o, err
		}
	}
	if given["write_compression"] && given["parquet_compression"] {
		return o, fault(s, invalidTableProperty, "write_compression and parquet_compression cannot both be given", "leave parquet_compression out")
	}
	if o.format == nil && of == createStatement {
		o.format = writeFormats[0]
	}
	return o, o.settle(s)
}

// read reads one property.
func (o *writeOptions) read(p *dialect.Property, of writeStatement, name string) error {
	if remedy, ok := refusedProperties[name]; ok && of == createStatement {
		return refused(p, "vpcq does not support the table property "+name, remedy)
	}
	var names []string
	for _, known := range writeProperties {
		if known.of&of == 0 {
			continue
		}
		names = append(names, known.name)
		if known.name != name {
			continue
		}
		if wrong := known.read(o, p.Value); wrong != "" {
			return fault(p, invalidTableProperty, fmt.Sprintf("Invalid value for table property '%s': %s", name, wrong), fmt.Sprintf("it is %s, such as %s = %s", known.doc, name, known.example))
		}
		return nil
	}
	return fault(p, invalidTableProperty, "Table property '"+name+"' does not exist", "there are "+strings.Join(names, ", "))
}

// refusedProperties are those of CREATE TABLE AS that Athena takes and vpcq does not.
var refusedProperties = map[string]string{
	"bucketed_by":     "leave it out: buckets make no answer different",
	"bucket_count":    "leave it out: buckets make no answer different",
	"table_type":      "leave it out: vpcq writes tables of type HIVE alone",
	"is_external":     "leave it out: tables are external",
	"location":        "it is of Iceberg tables; external_location says where the files go",
	"orc_compression": "write format = 'PARQUET' and write_compression",
	"partitioning":    "it is of Iceberg tables; partitioned_by names the columns that partition",
}

// settle chooses what was not given, and refuses what does not go together.
func (o *writeOptions) settle(s dialect.Statement) error {
	if o.unwritten != "" {
		return refused(s, "vpcq does not write "+o.unwritten, "write "+writeFormats[0].name)
	}
	if o.format == nil {
		return nil
	}
	if o.compression == "" {
		o.compression = o.format.compressions[0]
	}
	switch {
	case !slices.Contains(o.format.compressions, o.compression):
		return refused(s, fmt.Sprintf("vpcq does not write %s with the compression %s", o.format.name, o.compression), "write one of "+strings.Join(o.format.compressions, ", "))
	case o.delimited && o.format.kind != schema.TextStorage:
		return fault(s, invalidTableProperty, "field_delimiter applies only to TEXTFILE", "leave field_delimiter out")
	case o.level != 0 && o.compression != "ZSTD":
		return fault(s, invalidTableProperty, "compression_level applies only to ZSTD compression", "leave compression_level out")
	}
	return nil
}

func (o *writeOptions) readFormat(v dialect.Expression) string {
	name, ok := textOfProperty(v)
	if !ok {
		return "it is no string"
	}
	name = strings.ToUpper(name)
	for _, f := range writeFormats {
		if f.name == name {
			o.format = f
			return ""
		}
	}
	if o.unwritten = name; slices.Contains(unwritten, name) {
		return ""
	}
	return "there is no format " + name
}

func (o *writeOptions) readCompression(v dialect.Expression) string {
	name, ok := textOfProperty(v)
	if !ok {
		return "it is no string"
	}
	name = strings.ToUpper(name)
	if name == "UNCOMPRESSED" {
		name = "NONE"
	}
	if !slices.Contains(compressions, name) {
		return "there is no compression " + name
	}
	o.compression = name
	return ""
}

// compressions are those of Athena, whatever the format.
var compressions = []string{"BZIP2", "DEFLATE", "GZIP", "LZ4", "LZO", "NONE", "SNAPPY", "ZLIB", "ZSTD"}

func (o *writeOptions) readLevel(v dialect.Expression) string {
	n, ok := v.(*dialect.IntegerLiteral)
	if !ok {
		return "it is no number"
	}
	if n.Value < 1 || n.Value > 22 {
		return "levels are 1 to 22"
	}
	o.level = int(n.Value)
	return ""
}

func (o *writeOptions) readLocation(v dialect.Expression) string {
	text, ok := textOfProperty(v)
	if !ok {
		return "it is no string"
	}
	o.location = text
	return ""
}

func (o *writeOptions) readKeys(v dialect.Expression) string {
	list, ok := v.(*dialect.Array)
	if !ok {
		return "it is no array"
	}
	for _, item := range list.Elements {
		name, ok := textOfProperty(item)
		if !ok {
			return "it is no array of strings"
		}
		if name = strings.ToLower(name); slices.Contains(o.keys, name) {
			return "column " + name + " stands twice"
		}
		o.keys = append(o.keys, name)
	}
	return ""
}

func (o *writeOptions) readDelimiter(v dialect.Expression) string {
	text, ok := textOfProperty(v)
	if !ok || len(text) != 1 || text == "\n" || text == "\r" {
		return "it is no single character"
	}
	o.separator, o.delimited = text[0], true
	return ""
}

func textOfProperty(v dialect.Expression) (string, bool) {
	text, ok := v.(*dialect.StringLiteral)
	if !ok {
		return "", false
	}
	return text.Value, true
}

// suffix is how the names of the files end. Athena tells gzip data by it
// ("Use compression in Athena").
func (o *writeOptions) suffix() string {
	if o.format.kind != schema.ParquetStorage && o.compression == "GZIP" {
		return o.format.suffix + ".gz"
	}
	return o.format.suffix
}
