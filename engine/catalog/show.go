package catalog

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// Listing is the answer to SHOW or DESCRIBE: rows of one text, of which tabs
// separate the columns, as GetQueryResults has them.
type Listing struct {
	Columns []string // as GetQueryResults names them
	Rows    []string
}

// Show answers a SHOW or a DESCRIBE. database is the current one. Columns of
// views come of their queries, and are not shown here.
func (c *Catalog) Show(database string, s hive.Statement) (Listing, error) {
	st := c.now()
	in := func(n hive.Name) hive.Name {
		return hive.Name{Database: strings.ToLower(or(n.Database, database)), Table: n.Table}
	}
	switch s := s.(type) {
	case *hive.ShowDatabases:
		l := Listing{Columns: []string{"database_name"}}
		for _, d := range c.Databases() {
			if hive.MatchesExpression(s.Pattern, d.Name) {
				l.Rows = append(l.Rows, d.Name)
			}
		}
		return l, nil
	case *hive.ShowTables:
		return st.showTables(or(s.Database, database), s)
	case *hive.ShowCreate:
		return st.showCreate(in(s.Name), s)
	case *hive.ShowColumns:
		return st.showTable([]string{"field"}, in(s.Table), hive.ColumnNames)
	case *hive.ShowProperties:
		columns := []string{"prpt_name", "prpt_value"}
		return st.showTable(columns, in(s.Table), func(t schema.Table) []string { return hive.TableProperties(t, s.Name) })
	case *hive.ShowPartitions:
		return c.showPartitions(in(s.Table), s)
	case *hive.Describe:
		return st.describe(in(s.Table), s)
	}
	return Listing{}, fmt.Errorf("show: %T shows nothing", s)
}

func or(name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	return name
}

// showTables lists tables and views, or views alone, by name.
func (s *state) showTables(database string, show *hive.ShowTables) (Listing, error) {
	if err := s.needDatabase(database); err != nil {
		return Listing{}, err
	}
	l := Listing{Columns: []string{"tab_name"}}
	if show.Views {
		l.Columns = []string{"views"}
	}
	for _, it := range s.items {
		if it.key.kind == tableKind && it.key.database == database && (it.view != nil || !show.Views) && hive.Matches(show.Pattern, it.key.name) {
			l.Rows = append(l.Rows, it.key.name)
		}
	}
	slices.Sort(l.Rows)
	return l, nil
}

// showTable answers what is shown of one table.
func (s *state) showTable(columns []string, n hive.Name, rows func(schema.Table) []string) (Listing, error) {
	it, err := s.needTable(n)
	if err != nil {
		return Listing{}, err
	}
	return Listing{columns, rows(*it.table)}, nil
}

// showCreate shows a declaration: of a table in Hive's form, of a view as it was
// written.
func (s *state) showCreate(n hive.Name, show *hive.ShowCreate) (Listing, error) {
	if !show.View {
		return s.showTable([]string{"createtab_stmt"}, n, func(t schema.Table) []string {
			return strings.Split(hive.ShowCreateTable(t, show.Name), "\n")
		})
	}
	it := s.table(n.Database, n.Table)
	if it == nil || it.view == nil {
		return Listing{}, &fault.Error{Code: "TABLE_NOT_FOUND", Message: "View '" + fullName(n) + "' does not exist"}
	}
	return Listing{[]string{"create view"}, strings.Split(it.view.Text, "\n")}, nil
}

// showPartitions lists the registered partitions that have the values of a spec.
func (c *Catalog) showPartitions(n hive.Name, show *hive.ShowPartitions) (Listing, error) {
	it, err := c.now().needTable(n)
	if err != nil {
		return Listing{}, err
	}
	if len(it.table.Partitions) == 0 {
		return Listing{}, taskError("Table " + n.Table + " is not a partitioned table")
	}
	l := Listing{Columns: []string{"partition"}}
	for _, p := range c.Partitions(n.Database, n.Table) {
		if !slices.ContainsFunc(show.Spec, func(want schema.Property) bool { return !slices.Contains(p.Spec, want) }) {
			l.Rows = append(l.Rows, hive.PartitionName(p.Spec))
		}
	}
	return l, nil
}

// describe tells of a table, one of its partitions, or one of its columns.
func (s *state) describe(n hive.Name, d *hive.Describe) (Listing, error) {
	if s.hasDatabase(n.Database) && s.table(n.Database, n.Table) == nil {
		return Listing{}, refuse("SemanticException [Error 10001]: Table not found " + n.Table) // here without its database
	}
	it, err := s.needTable(n)
	if err != nil {
		return Listing{}, err
	}
	part := hive.Part{Location: it.table.Location}
	if d.Partition != nil {
		statement, at, err := s.find(n, d.Partition)
		if err != nil {
			return Listing{}, err
		}
		part = hive.Part(statement.partitions[at])
	}
	l := Listing{Columns: []string{"col_name", "data_type", "comment"}}
	switch {
	case d.Column != nil:
		l.Rows, err = describeColumn(*it.table, d.Column)
	case d.Detail == hive.Formatted:
		l.Rows = hive.DescribeFormatted(*it.table, part)
	case d.Detail == hive.Extended:
		l.Rows = hive.DescribeExtended(*it.table, part)
	default:
		l.Rows = hive.DescribeColumns(*it.table)
	}
	return l, err
}

// describeColumn tells of one column; fields of a column are not told apart.
func describeColumn(t schema.Table, path []string) ([]string, error) {
	if len(path) > 1 {
		return nil, &fault.Error{Code: "NOT_SUPPORTED", Message: "vpcq does not describe the fields of a column", Hint: "DESCRIBE of the column shows its whole type"}
	}
	column, ok := t.Column(path[0])
	if !ok {
		var names []string
		for i, c := range slices.Concat(t.Columns, t.Partitions) {
			names = append(names, fmt.Sprintf("%d:%s", i, c.Name))
		}
		return nil, taskError("cannot find field " + path[0] + " from [" + strings.Join(names, ", ") + "]")
	}
	return hive.DescribeColumns(schema.Table{Columns: []schema.Column{column}, Storage: t.Storage}), nil
}
