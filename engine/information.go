package engine

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// informationSchema is the database in which every data catalog describes itself.
const informationSchema = "information_schema"

// partitionsSuffix is what follows a table's name in that of its partitions.
const partitionsSuffix = "$partitions"

// informationTables are the tables of information_schema, with the columns that
// Athena gives them ("Query the AWS Glue Data Catalog").
var informationTables = []struct {
	name    string
	columns []dialect.RowColumn
	rows    func(*Engine, context.Context) [][]any
}{
	{"schemata", texts("catalog_name", "schema_name"), (*Engine).schemata},
	{"tables", texts("table_catalog", "table_schema", "table_name", "table_type"), (*Engine).tableRows},
	{"views", texts("table_catalog", "table_schema", "table_name", "view_definition"), (*Engine).viewRows},
	{"columns", append(append(texts("table_catalog", "table_schema", "table_name", "column_name"), dialect.RowColumn{Name: "ordinal_position", Type: "bigint"}),
		texts("column_default", "is_nullable", "data_type", "comment", "extra_info")...), (*Engine).columnRows},
}

func texts(names ...string) []dialect.RowColumn {
	columns := make([]dialect.RowColumn, len(names))
	for i, name := range names {
		columns[i] = dialect.RowColumn{Name: name, Type: "varchar"}
	}
	return columns
}

// informationSchema makes the relation of a table of that database; nil where it
// has none of that name.
func (e *Engine) informationSchema(ctx context.Context, name string) *dialect.Relation {
	for _, t := range informationTables {
		if t.name == name {
			return &dialect.Relation{Name: dataCatalog + "." + informationSchema + "." + name, Query: dialect.Rows(t.columns, t.rows(e, ctx))}
		}
	}
	return nil
}

func (e *Engine) schemata(context.Context) [][]any {
	rows := [][]any{{dataCatalog, informationSchema}}
	for _, d := range e.options.Catalog.Databases() {
		rows = append(rows, []any{dataCatalog, d.Name})
	}
	return rows
}

func (e *Engine) tableRows(ctx context.Context) [][]any {
	var rows [][]any
	for _, d := range e.options.Catalog.Databases() {
		names := map[string]string{}
		for _, name := range e.sourceTables(ctx, d.Name) {
			names[name] = "BASE TABLE"
		}
		for _, t := range e.options.Catalog.Tables(d.Name) {
			names[t.Name] = "BASE TABLE"
		}
		for _, v := range e.options.Catalog.Views(d.Name) {
			names[v.Name] = "VIEW"
		}
		for _, name := range slices.Sorted(maps.Keys(names)) {
			rows = append(rows, []any{dataCatalog, d.Name, name, names[name]})
		}
	}
	return rows
}

func (e *Engine) viewRows(context.Context) [][]any {
	var rows [][]any
	for _, d := range e.options.Catalog.Databases() {
		for _, v := range e.options.Catalog.Views(d.Name) {
			rows = append(rows, []any{dataCatalog, d.Name, v.Name, dialect.Print(v.Query)})
		}
	}
	return rows
}

// columnRows lists the columns of tables and views; a view whose query is no
// longer right has none, nor has the table that stands for the source where
// reading a sample of its objects fails, of which Warn is told.
func (e *Engine) columnRows(ctx context.Context) [][]any {
	var rows [][]any
	for _, d := range e.options.Catalog.Databases() {
		add := func(table string, columns []schema.Column, partitions int) {
			for i, c := range columns {
				row := []any{dataCatalog, d.Name, table, c.Name, int64(i + 1), nil, "YES", dialect.ColumnType(c).String(), nil, nil}
				if c.Comment != "" {
					row[8] = c.Comment
				}
				if i >= len(columns)-partitions {
					row[9] = "partition key"
				}
				rows = append(rows, row)
			}
		}
		tables := e.options.Catalog.Tables(d.Name)
		for _, name := range e.sourceTables(ctx, d.Name) {
			if _, declared := e.options.Catalog.Table(d.Name, name); declared {
				continue
			}
			t, err := e.sourceTable(ctx, name)
			if err != nil {
				e.options.Warn("information_schema has no columns of " + name + ": " + err.Error())
			}
			tables = append(tables, t)
		}
		for _, t := range tables {
			add(t.Name, slices.Concat(t.Columns, t.Partitions), len(t.Partitions))
		}
		for _, v := range e.options.Catalog.Views(d.Name) {
			if columns, err := e.columnsOfView(ctx, v); err == nil {
				add(v.Name, columns, 0)
			}
		}
	}
	return rows
}

// partitionList makes the relation "t$partitions": a row of the values of each
// registered partition.
func (e *Engine) partitionList(full string, t *schema.Table) *dialect.Relation {
	if len(t.Partitions) == 0 {
		return nil
	}
	columns := make([]dialect.RowColumn, len(t.Partitions))
	for i, c := range t.Partitions {
		columns[i] = dialect.RowColumn{Name: c.Name, Type: dialect.ColumnType(c).String()}
	}
	var rows [][]any
	for _, p := range e.options.Catalog.Partitions(t.Database, t.Name) {
		row := make([]any, len(p.Spec))
		for i, key := range p.Spec {
			if key.Value != schema.NullKey {
				row[i] = key.Value
			}
		}
		rows = append(rows, row)
	}
	return &dialect.Relation{Name: full, Query: dialect.Rows(columns, rows)}
}

func decimal(n int) string { return strconv.Itoa(n) }
