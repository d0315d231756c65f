package schema

// Table is what a statement names: what CREATE EXTERNAL TABLE declares, or what
// was found in a source. Names are in lower case.
type Table struct {
	Database   string // "default" where the DDL names none; empty for a table that no DDL declares
	Name       string
	Columns    []Column // held by records, in the order of SELECT *
	Partitions []Column // given by where an object lies; they follow Columns in SELECT *
	Comment    string
	Buckets    Buckets // CLUSTERED BY; told, and not used to read
	Storage    Storage
	Location   string     // "s3://bucket/prefix/", as declared; empty for a table that no DDL declares
	Properties Properties // TBLPROPERTIES
}

// Buckets is CLUSTERED BY: how records were spread over objects. The zero
// Buckets stands for no such clause.
type Buckets struct {
	Columns []string
	Count   int
}

// NullKey is the folder, and the value, of the partition of records that have
// none (Hive's hive.exec.default.partition.name).
const NullKey = "__HIVE_DEFAULT_PARTITION__"

// Column returns the column or partition column with that name; ok is false
// where the table has none. Names are in lower case.
func (t Table) Column(name string) (c Column, ok bool) {
	for _, list := range [][]Column{t.Columns, t.Partitions} {
		for _, c := range list {
			if c.Name == name {
				return c, true
			}
		}
	}
	return Column{}, false
}

// Unite returns the columns of a table over objects of these formats: every
// name once, in the order first seen, with the type it had then (a name has the
// same type in every format that came from a header line). Columns without a
// name are left out.
func Unite(formats ...Format) []Column {
	var all []Column
	seen := map[string]bool{"": true}
	for _, f := range formats {
		for _, c := range f.Columns {
			if !seen[c.Name] {
				all = append(all, c)
			}
			seen[c.Name] = true
		}
	}
	return all
}
