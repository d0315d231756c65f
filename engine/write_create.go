package engine

import (
	"fmt"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// creationOf reads what CREATE TABLE AS creates, as far as its query does not tell.
func (e *Engine) creationOf(s *dialect.CreateTableAsSelect) (*writing, error) {
	options, err := readWriteOptions(s, createStatement, s.Properties)
	if err != nil {
		return nil, err
	}
	if s.Replace {
		return nil, unplaced("NOT_SUPPORTED", "This connector does not support replacing tables", "DROP TABLE, and CREATE TABLE AS at another external_location")
	}
	database, name, err := e.nameOf(s.Name)
	if err != nil {
		return nil, err
	}
	_, isTable := e.options.Catalog.Table(database, name)
	_, isView := e.options.Catalog.View(database, name)
	_, known := e.options.Catalog.Database(database)
	switch {
	case !known:
		return nil, fault(s, "SCHEMA_NOT_FOUND", "Schema "+database+" not found", "CREATE DATABASE declares it")
	case isTable && s.IfNotExists:
		return &writing{idle: true}, nil
	case isTable || isView:
		return nil, fault(s, "TABLE_ALREADY_EXISTS", fmt.Sprintf("Destination table '%s.%s.%s' already exists", dataCatalog, database, name), "")
	case options.location == "":
		return nil, fault(s, invalidTableProperty, "vpcq has no place of its own for the table's files", "say where they go: WITH (external_location = 's3://my-bucket/tables/"+name+"/')")
	}
	t := &schema.Table{Database: database, Name: name, Location: options.location}
	if s.Comment != nil {
		t.Comment = s.Comment.Value
	}
	return &writing{options: options, location: asFolder(options.location), table: t, names: s.Columns, creates: true, empty: s.WithNoData}, nil
}

// nameOf is the database and the name of a table that a statement names.
func (e *Engine) nameOf(q *dialect.QualifiedName) (database, table string, err error) {
	parts := make([]string, len(q.Parts))
	for i, p := range q.Parts {
		parts[i] = strings.ToLower(p.Value)
	}
	database, table, ok := e.fullName(parts)
	if !ok {
		return "", "", fault(q, "CATALOG_NOT_FOUND", "Catalog '"+parts[0]+"' does not exist", "name the table as database.table")
	}
	return database, table, nil
}

// describe declares the new table: what SHOW CREATE TABLE shows of one that
// Athena has created so, but for what names Athena's own run.
func (w *writing) describe() {
	for _, c := range w.output.Columns {
		w.table.Columns = append(w.table.Columns, schema.NewColumn(c.Name, c.Type.DDL()))
	}
	for _, k := range w.output.Keys {
		w.table.Partitions = append(w.table.Partitions, schema.NewColumn(k.Name, k.Type.DDL()))
	}
	w.table.Storage, w.table.Properties = w.options.format.storage(w.options)
}

// parquetStorage is how tables of Parquet are declared.
func parquetStorage(o writeOptions) (schema.Storage, schema.Properties) {
	f, _ := schema.FormatNamed("PARQUET")
	return schema.Storage{SerDe: f.SerDe, InputFormat: f.InputFormat, OutputFormat: f.OutputFormat}, schema.Properties{
		{Name: "has_encrypted_data", Value: "false"}, {Name: "parquet.compression", Value: o.compression},
	}
}

// textStorage is how tables of text are declared.
func textStorage(o writeOptions) (schema.Storage, schema.Properties) {
	f, _ := schema.FormatNamed("TEXTFILE")
	s := schema.Storage{SerDe: f.SerDe, InputFormat: f.InputFormat, OutputFormat: f.OutputFormat}
	if o.delimited {
		delimiter := string(rune(o.separator))
		s.SerDeProperties = schema.Properties{{Name: schema.FieldDelim, Value: delimiter}, {Name: schema.RowFormatDelim, Value: delimiter}}
	}
	return s, linesProperties(o)
}

// jsonStorage is how tables of JSON are declared.
func jsonStorage(o writeOptions) (schema.Storage, schema.Properties) {
	s, properties := textStorage(o)
	s.SerDe = "org.apache.hive.hcatalog.data.JsonSerDe"
	return s, properties
}

func linesProperties(o writeOptions) schema.Properties {
	return schema.Properties{{Name: "has_encrypted_data", Value: "false"}, {Name: "write.compression", Value: o.compression}}
}

// declareWritten declares what was written in the catalog: a new table, and the
// partitions of a table that the files belong to. It is the statement's last
// step, and one change.
func (e *Engine) declareWritten(w *writing, files []stagedFile) error {
	if w.table == nil {
		return nil
	}
	var changes []hive.Statement
	if w.creates {
		changes = append(changes, &hive.CreateTable{Table: *w.table})
	}
	add := &hive.AddPartitions{Table: hive.Name{Database: w.table.Database, Table: w.table.Name}, IfNotExists: true}
	seen := map[string]bool{}
	for _, f := range files {
		if name := hive.PartitionName(f.spec); f.spec != nil && !seen[name] {
			seen[name] = true
			add.Partitions = append(add.Partitions, hive.NewPartition{Spec: f.spec, Location: f.folder})
		}
	}
	if len(add.Partitions) > 0 {
		changes = append(changes, add)
	}
	return e.options.Catalog.ApplyAll(w.table.Database, changes...)
}
