package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// define runs a statement of Hive's language: a change takes effect, and what
// shows something becomes a query of its answer; nil where it answers nothing.
func (e *Engine) define(ctx context.Context, sql string) (dialect.Statement, error) {
	statement, err := hive.Parse(sql)
	if err != nil {
		return nil, err
	}
	switch s := statement.(type) {
	case *hive.RepairTable:
		return e.repair(ctx, s)
	case *hive.ShowTables:
		listing, err := e.options.Catalog.Show(e.database, s)
		if err != nil {
			return nil, err
		}
		return listed(e.withSource(ctx, listing, s)), nil
	case *hive.ShowDatabases, *hive.ShowCreate, *hive.ShowPartitions, *hive.ShowProperties:
		return e.show(s)
	case *hive.ShowColumns:
		return e.showOf(ctx, s.Table, s, []string{"field"}, hive.ColumnNames)
	case *hive.Describe:
		columns := []string{"col_name", "data_type", "comment"}
		if s.Detail != hive.Columns || s.Partition != nil || s.Column != nil {
			return e.show(s)
		}
		return e.showOf(ctx, s.Table, s, columns, hive.DescribeColumns)
	}
	return nil, e.options.Catalog.Apply(e.database, statement)
}

// show answers what the catalog alone can show.
func (e *Engine) show(s hive.Statement) (dialect.Statement, error) {
	listing, err := e.options.Catalog.Show(e.database, s)
	if err != nil {
		return nil, err
	}
	return listed(listing), nil
}

// showOf answers what is shown of the columns of a table: a declared one, a view,
// whose columns come of its query, or that which stands for the source.
func (e *Engine) showOf(ctx context.Context, name hive.Name, s hive.Statement, columns []string, rows func(schema.Table) []string) (dialect.Statement, error) {
	database := e.databaseOf(name.Database)
	if _, ok := e.options.Catalog.Table(database, name.Table); ok {
		return e.show(s)
	}
	if view, ok := e.options.Catalog.View(database, name.Table); ok {
		found, err := e.columnsOfView(ctx, view)
		if err != nil {
			return nil, err
		}
		return listed(viewListing(found)), nil
	}
	if !e.standsForSource(database, name.Table) {
		return e.show(s)
	}
	t, err := e.sourceTable(ctx, name.Table)
	if err != nil {
		return nil, err
	}
	return listed(catalog.Listing{Columns: columns, Rows: rows(t)}), nil
}

// sourceTable declares a table that stands for the source, by the columns that
// its objects have.
func (e *Engine) sourceTable(ctx context.Context, name string) (schema.Table, error) {
	all, err := e.wholeRelations(ctx)
	if err != nil {
		return schema.Table{}, err
	}
	t := schema.Table{Database: defaultDatabase, Name: name, Columns: slices.Clone(all[name].Columns)}
	t.Columns = slices.DeleteFunc(t.Columns, func(c schema.Column) bool {
		told := isPartitionColumn(c.Name)
		if told {
			t.Partitions = append(t.Partitions, c)
		}
		return told
	})
	return t, nil
}

// viewListing is what DESCRIBE and SHOW COLUMNS alike answer of a view: names and
// the types that queries have for them, not padded as a table's are.
func viewListing(columns []schema.Column) catalog.Listing {
	l := catalog.Listing{Columns: []string{"column", "type"}}
	for _, c := range columns {
		l.Rows = append(l.Rows, c.Name+"\t"+dialect.ColumnType(c).String())
	}
	return l
}

// databaseOf is the database of a name, which is the session's where it has none.
func (e *Engine) databaseOf(database string) string {
	if database == "" {
		return e.database
	}
	return strings.ToLower(database)
}

// standsForSource reports whether a name is that of an undeclared table.
func (e *Engine) standsForSource(database, table string) bool {
	return e.options.Source != nil && database == defaultDatabase && isSourceTable(table)
}

// withSource adds the tables that stand for the source to the others.
func (e *Engine) withSource(ctx context.Context, l catalog.Listing, s *hive.ShowTables) catalog.Listing {
	if s.Views {
		return l
	}
	for _, name := range e.sourceTables(ctx, e.databaseOf(s.Database)) {
		if hive.Matches(s.Pattern, name) && !slices.Contains(l.Rows, name) {
			l.Rows = append(l.Rows, name)
		}
	}
	slices.Sort(l.Rows)
	return l
}

// listed is a query of an answer in lines: Athena gives one text a row, of which
// tabs separate the columns.
func listed(l catalog.Listing) dialect.Statement {
	rows := make([][]string, len(l.Rows))
	for i, row := range l.Rows {
		rows[i] = []string{row}
	}
	return dialect.TextRows([]string{strings.Join(l.Columns, "\t")}, rows, nil, nil)
}
