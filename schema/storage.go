package schema

import (
	"strconv"
	"strings"
)

// Storage is how the objects of a table hold its records, as Hive's metastore
// keeps it: ROW FORMAT and STORED AS are ways to write it.
type Storage struct {
	// SerDe is the class that reads records, as written; that of the format
	// where STORED AS or nothing was written.
	SerDe string
	// SerDeProperties are WITH SERDEPROPERTIES, and what FIELDS TERMINATED BY
	// and its like stand for: FieldDelim and the names below it.
	SerDeProperties Properties
	InputFormat     string // class
	OutputFormat    string // class
}

// The names of SerDeProperties that the clauses of ROW FORMAT DELIMITED stand
// for (Hive's serdeConstants).
const (
	FieldDelim      = "field.delim"               // FIELDS TERMINATED BY
	EscapeDelim     = "escape.delim"              // ESCAPED BY
	CollectionDelim = "colelction.delim"          // COLLECTION ITEMS TERMINATED BY; the slip is Hive's, and Glue's too
	MapKeyDelim     = "mapkey.delim"              // MAP KEYS TERMINATED BY
	LineDelim       = "line.delim"                // LINES TERMINATED BY
	NullFormat      = "serialization.null.format" // NULL DEFINED AS
	RowFormatDelim  = "serialization.format"      // the field delimiter once more, or "1", which says nothing
)

// StorageFormat is a word after STORED AS and the classes it stands for.
type StorageFormat struct {
	Name                             string // in capitals
	SerDe, InputFormat, OutputFormat string
}

const (
	lazySimpleSerDe = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
	textInput       = "org.apache.hadoop.mapred.TextInputFormat"
	textOutput      = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
	parquetSerDe    = "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe"
)

// StorageFormats are the words that Athena takes after STORED AS ("CREATE
// TABLE" in Athena's guide), with Hive's classes for them (its
// StorageFormatDescriptors; Ion's are Amazon's). The first is the default.
var StorageFormats = []StorageFormat{
	{"TEXTFILE", lazySimpleSerDe, textInput, textOutput},
	{"PARQUET", parquetSerDe, "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat", "org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat"},
	{"ORC", "org.apache.hadoop.hive.ql.io.orc.OrcSerde", "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat", "org.apache.hadoop.hive.ql.io.orc.OrcOutputFormat"},
	{"AVRO", "org.apache.hadoop.hive.serde2.avro.AvroSerDe", "org.apache.hadoop.hive.ql.io.avro.AvroContainerInputFormat", "org.apache.hadoop.hive.ql.io.avro.AvroContainerOutputFormat"},
	{"SEQUENCEFILE", lazySimpleSerDe, "org.apache.hadoop.mapred.SequenceFileInputFormat", "org.apache.hadoop.hive.ql.io.HiveSequenceFileOutputFormat"},
	{"RCFILE", "org.apache.hadoop.hive.serde2.columnar.LazyBinaryColumnarSerDe", "org.apache.hadoop.hive.ql.io.RCFileInputFormat", "org.apache.hadoop.hive.ql.io.RCFileOutputFormat"},
	{"ION", "com.amazon.ionhiveserde.IonHiveSerDe", "com.amazon.ionhiveserde.formats.IonInputFormat", "com.amazon.ionhiveserde.formats.IonOutputFormat"},
}

// FormatNamed returns the storage format with that name, in any case; ok is
// false where Athena has none.
func FormatNamed(name string) (f StorageFormat, ok bool) {
	for _, f := range StorageFormats {
		if strings.EqualFold(f.Name, name) {
			return f, true
		}
	}
	return StorageFormat{}, false
}

// StorageKind is what reads a table's records.
type StorageKind uint8

// The kinds of storage. OtherStorage is told by its Storage's SerDe alone.
const (
	TextStorage    StorageKind = iota // LazySimpleSerDe: fields by position, separated by one character
	RegexStorage                      // RegexSerDe: fields are the groups of "input.regex"
	JSONStorage                       // an object of JSON per line: fields by name
	ParquetStorage                    // columns by name
	OtherStorage                      // CSV with quotes, Grok, ORC, Avro, Ion, …
)

// serDeKinds are the classes of SerDes that read flow logs.
var serDeKinds = map[string]StorageKind{
	"":              TextStorage,
	lazySimpleSerDe: TextStorage,
	"org.apache.hadoop.hive.serde2.RegexSerDe":         RegexStorage,
	"org.apache.hadoop.hive.contrib.serde2.RegexSerDe": RegexStorage,
	"org.openx.data.jsonserde.JsonSerDe":               JSONStorage,
	"org.apache.hive.hcatalog.data.JsonSerDe":          JSONStorage,
	"org.apache.hadoop.hive.serde2.JsonSerDe":          JSONStorage,
	parquetSerDe:                          ParquetStorage,
	"parquet.hive.serde.ParquetHiveSerDe": ParquetStorage,
}

// Kind tells what reads the records. A SerDe of text over objects in another
// format is OtherStorage.
func (s Storage) Kind() StorageKind {
	kind, ok := serDeKinds[s.SerDe]
	if !ok {
		return OtherStorage
	}
	if kind != ParquetStorage && s.InputFormat != "" && s.InputFormat != textInput {
		return OtherStorage
	}
	return kind
}

// FieldSeparator is the byte between the fields of a record of TextStorage; it is
// \x01 where the table declares none.
func (s Storage) FieldSeparator() byte {
	return s.separator('\x01', FieldDelim, RowFormatDelim)
}

// MaxNesting is how many separators a record of TextStorage has besides that
// between fields (Hive's LazySerDeParameters, without its properties for more).
const MaxNesting = 7

// Separators are the bytes that stand between the fields of a record of
// TextStorage, between the parts of a field, between the parts of these …: as many
// as MaxNesting and one. The second and the third are the table's
// (COLLECTION ITEMS and MAP KEYS TERMINATED BY), the others Hive's, \x04 to \x08.
func (s Storage) Separators() []byte {
	return []byte{
		s.FieldSeparator(), s.separator('\x02', "collection.delim", CollectionDelim), s.separator('\x03', MapKeyDelim),
		'\x04', '\x05', '\x06', '\x07', '\x08',
	}
}

// separator is the byte that the first of these properties with a value has, as a
// character or as its number, such as "9" for a tab (Hive's LazyUtils.getByte).
func (s Storage) separator(otherwise byte, names ...string) byte {
	for _, name := range names {
		v, ok := s.SerDeProperties.Value(name)
		if n, err := strconv.ParseInt(v, 10, 8); err == nil {
			return byte(n)
		}
		if ok && v != "" {
			return v[0]
		}
	}
	return otherwise
}
