package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// errNotChange is for statements that change no declaration.
var errNotChange = errors.New("the statement changes no declaration")

// Apply makes the change that a statement of Hive's language declares. database
// is the current one, for names that name none. Statements that show something,
// and MSCK REPAIR TABLE, which needs the source, change nothing and are an error.
func (c *Catalog) Apply(database string, s hive.Statement) error {
	change := changeOf(database, s)
	if change == nil {
		return fmt.Errorf("change catalog: %w", errNotChange)
	}
	return c.change(change)
}

// ApplyAll makes the changes of several statements, all of them or none.
func (c *Catalog) ApplyAll(database string, statements ...hive.Statement) error {
	changes := make([]func(*state) error, len(statements))
	for i, s := range statements {
		if changes[i] = changeOf(database, s); changes[i] == nil {
			return fmt.Errorf("change catalog: %w", errNotChange)
		}
	}
	return c.change(func(st *state) error {
		for _, change := range changes {
			if err := change(st); err != nil {
				return err
			}
		}
		return nil
	})
}

// changeOf is what a statement does to a state; nil where it does nothing.
func changeOf(database string, s hive.Statement) func(*state) error {
	in := func(n hive.Name) hive.Name {
		if n.Database == "" {
			n.Database = database
		}
		return hive.Name{Database: strings.ToLower(n.Database), Table: n.Table}
	}
	switch s := s.(type) {
	case *hive.CreateDatabase:
		return func(st *state) error { return st.createDatabase(s) }
	case *hive.DropDatabase:
		return func(st *state) error { return st.dropDatabase(s) }
	case *hive.AlterDatabase:
		return func(st *state) error { return st.alterDatabase(s) }
	case *hive.CreateTable:
		t := s.Table
		t.Database = in(hive.Name{Database: t.Database}).Database
		return func(st *state) error { return st.createTable(t, s.IfNotExists) }
	case *hive.DropTable:
		return func(st *state) error { return st.dropTable(in(s.Name), s.IfExists) }
	case *hive.AddPartitions:
		return func(st *state) error { return st.addPartitions(in(s.Table), s) }
	case *hive.DropPartitions:
		return func(st *state) error { return st.dropPartitions(in(s.Table), s) }
	case *hive.RenamePartition:
		return func(st *state) error { return st.renamePartition(in(s.Table), s) }
	case *hive.AddColumns:
		return func(st *state) error { return st.addColumns(in(s.Table), s) }
	case *hive.ChangeColumn:
		return func(st *state) error { return st.changeColumn(in(s.Table), s) }
	case *hive.SetLocation:
		return func(st *state) error { return st.setLocation(in(s.Table), s) }
	case *hive.SetProperties:
		return func(st *state) error { return st.setProperties(in(s.Table), s) }
	}
	return nil
}

// define makes an item of a statement that vpcq writes, which it reads as it
// would from the file.
func define(s hive.Statement) (*item, error) { return newItem(hive.Print(s)) }

// redefine puts a statement in the place of an item, or behind all.
func (s *state) redefine(old *item, statement hive.Statement) error {
	it, err := define(statement)
	if err == nil {
		s.put(old, it)
	}
	return err
}

func (s *state) createDatabase(c *hive.CreateDatabase) error {
	if s.hasDatabase(c.Name) {
		if c.IfNotExists {
			return nil
		}
		return taskError("AlreadyExistsException(message:Database " + c.Name + " already exists)")
	}
	plain := *c
	plain.IfNotExists = false
	return s.redefine(nil, &plain)
}

// needDatabase refuses a database that is not there.
func (s *state) needDatabase(name string) error {
	if !s.hasDatabase(name) {
		return refuse("SemanticException [Error 10072]: Database does not exist: " + name)
	}
	return nil
}

func (s *state) dropDatabase(d *hive.DropDatabase) error {
	if err := s.needDatabase(d.Name); err != nil {
		if d.IfExists {
			return nil
		}
		return err
	}
	if d.Name == DefaultDatabase {
		return taskError("MetaException(message:Can not drop default database)")
	}
	var within []*item
	for _, it := range s.items {
		if it.key.database == d.Name && (it.key.kind == tableKind || it.key.kind == partitionKind) {
			within = append(within, it)
		}
	}
	if len(within) > 0 && !d.Cascade {
		return taskError("InvalidOperationException(message:Database " + d.Name + " is not empty. One or more tables exist.)")
	}
	for _, it := range append(within, s.byKey[key{databaseKind, d.Name, ""}]) {
		s.remove(it)
	}
	return nil
}

func (s *state) alterDatabase(a *hive.AlterDatabase) error {
	if err := s.needDatabase(a.Name); err != nil {
		return err
	}
	old := s.byKey[key{databaseKind, a.Name, ""}]
	d := Database{Name: a.Name}
	if old != nil {
		d = *old.database
	}
	for _, p := range a.Properties {
		d.Properties = d.Properties.With(p.Name, p.Value)
	}
	return s.redefine(old, &hive.CreateDatabase{Name: d.Name, Comment: d.Comment, Location: d.Location, Properties: d.Properties})
}

func (s *state) createTable(t schema.Table, ifNotExists bool) error {
	if err := s.needDatabase(t.Database); err != nil {
		return err
	}
	if s.table(t.Database, t.Name) != nil {
		if ifNotExists {
			return nil
		}
		return taskError("AlreadyExistsException(message:Table " + t.Name + " already exists)")
	}
	return s.redefine(nil, &hive.CreateTable{Table: t})
}

// needTable finds a table that must be there, and no view.
func (s *state) needTable(n hive.Name) (*item, error) {
	if err := s.needDatabase(n.Database); err != nil {
		return nil, err
	}
	it := s.table(n.Database, n.Table)
	if it == nil {
		return nil, refuse("SemanticException [Error 10001]: Table not found " + n.Database + "." + n.Table)
	}
	if it.table == nil {
		return nil, refuse("SemanticException " + n.Database + "." + n.Table + " is a view, and the statement is for tables")
	}
	return it, nil
}

func (s *state) dropTable(n hive.Name, ifExists bool) error {
	it, err := s.needTable(n)
	if err != nil {
		if ifExists && s.table(n.Database, n.Table) == nil {
			return nil
		}
		return err
	}
	for _, p := range append(s.partitionItems(n.Database, n.Table), it) {
		s.remove(p)
	}
	return nil
}

// alter puts a changed table in the place of the old one.
func (s *state) alter(n hive.Name, change func(*schema.Table) error) error {
	it, err := s.needTable(n)
	if err != nil {
		return err
	}
	t := *it.table
	t.Columns = slices.Clone(t.Columns)
	if err := change(&t); err != nil {
		return err
	}
	return s.redefine(it, &hive.CreateTable{Table: t})
}

// addColumns adds columns behind the others, or in their place. Partitions have
// no columns of their own here, so that a partition's are not changed alone.
func (s *state) addColumns(n hive.Name, a *hive.AddColumns) error {
	return s.alter(n, func(t *schema.Table) error {
		if a.Partition != nil {
			_, err := complete(t, a.Partition)
			return errors.Join(err, refuse("SemanticException: vpcq keeps no columns of single partitions; leave PARTITION out"))
		}
		if a.Replace {
			t.Columns = nil
		}
		t.Columns = append(t.Columns, a.Columns...)
		return nil
	})
}

func (s *state) changeColumn(n hive.Name, c *hive.ChangeColumn) error {
	return s.alter(n, func(t *schema.Table) error {
		from := columnIndex(t.Columns, c.Old)
		if from < 0 {
			return refuse("SemanticException [Error 10002]: Invalid column reference " + c.Old)
		}
		column := c.Column
		if column.Comment == "" {
			column.Comment = t.Columns[from].Comment
		}
		if !c.First && c.After == "" {
			t.Columns[from] = column
			return nil
		}
		t.Columns = slices.Delete(t.Columns, from, from+1)
		to := 0
		if c.After != "" {
			if to = columnIndex(t.Columns, c.After) + 1; to == 0 {
				return refuse("SemanticException [Error 10002]: Invalid column reference " + c.After)
			}
		}
		t.Columns = slices.Insert(t.Columns, to, column)
		return nil
	})
}

func columnIndex(columns []schema.Column, name string) int {
	return slices.IndexFunc(columns, func(c schema.Column) bool { return c.Name == name })
}

// setLocation moves a table, or a partition. Partitions stay where they are when
// their table moves.
func (s *state) setLocation(n hive.Name, l *hive.SetLocation) error {
	if l.Partition != nil {
		return s.changePartition(n, l.Partition, func(p *Partition) error {
			p.Location = l.Location
			return nil
		})
	}
	for _, statement := range s.partitionItems(n.Database, n.Table) {
		if statement.rests {
			if err := s.relist(statement, statement.partitions); err != nil {
				return err
			}
		}
	}
	return s.alter(n, func(t *schema.Table) error {
		t.Location = l.Location
		return nil
	})
}

func (s *state) setProperties(n hive.Name, set *hive.SetProperties) error {
	return s.alter(n, func(t *schema.Table) error {
		for _, p := range set.Properties {
			t.Properties = t.Properties.With(p.Name, p.Value)
		}
		return nil
	})
}
