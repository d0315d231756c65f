package catalog

import (
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/fault"
	"github.com/vpcq/vpcq/engine/hive"
)

// CreateView keeps a view. text is the whole statement as it was written, CREATE
// VIEW or CREATE OR REPLACE VIEW; database is the current one.
func (c *Catalog) CreateView(database, text string) error {
	text = statementOf(text)
	s, err := dialect.Parse(text)
	if err != nil {
		return err
	}
	create, ok := s.(*dialect.CreateView)
	if !ok {
		return errNotChange
	}
	name, err := nameOf(create.Name)
	if err != nil {
		return err
	}
	kept := text
	if name.Database == "" {
		name.Database = database
		if database != DefaultDatabase {
			kept = qualified(text, create.Name, database)
		}
	}
	return c.change(func(st *state) error { return st.createView(name, create.Replace, kept) })
}

// statementOf is a statement without what may stand around it.
func statementOf(text string) string {
	pieces, _ := hive.Split(text)
	if len(pieces) != 1 {
		return text
	}
	return pieces[0].Text
}

// qualified is a statement with the database written before a name.
func qualified(text string, name *dialect.QualifiedName, database string) string {
	at := name.Position().Offset
	return text[:at] + `"` + database + `".` + text[at:]
}

func (s *state) createView(n hive.Name, replace bool, text string) error {
	if !s.hasDatabase(n.Database) {
		return &fault.Error{Code: "SCHEMA_NOT_FOUND", Message: "Schema " + n.Database + " not found"}
	}
	old := s.table(n.Database, n.Table)
	switch {
	case old != nil && old.table != nil:
		return &fault.Error{Code: "TABLE_ALREADY_EXISTS", Message: "Table already exists: '" + fullName(n) + "'"}
	case old != nil && !replace:
		return &fault.Error{Code: "TABLE_ALREADY_EXISTS", Message: "View already exists: '" + fullName(n) + "'", Hint: "CREATE OR REPLACE VIEW changes it"}
	}
	it, err := newItem(text)
	if err == nil {
		s.put(old, it)
	}
	return err
}

// fullName is a name as Trino's messages have it.
func fullName(n hive.Name) string { return "awsdatacatalog." + n.Database + "." + n.Table }

// DropView forgets a view. database is the current one.
func (c *Catalog) DropView(database string, d *dialect.DropView) error {
	name, err := nameOf(d.Name)
	if err != nil {
		return err
	}
	if name.Database == "" {
		name.Database = database
	}
	return c.change(func(s *state) error {
		it := s.table(name.Database, name.Table)
		switch {
		case it != nil && it.table != nil:
			return &fault.Error{Code: "TABLE_NOT_FOUND", Message: "View '" + fullName(name) + "' does not exist, but a table with that name exists", Hint: "DROP TABLE drops it"}
		case it != nil:
			s.remove(it)
		case !d.IfExists:
			return &fault.Error{Code: "TABLE_NOT_FOUND", Message: "View '" + fullName(name) + "' does not exist"}
		}
		return nil
	})
}

// Prepare keeps a prepared statement, in the place of one with the same name.
// text is the whole statement, PREPARE name FROM ….
func (c *Catalog) Prepare(text string) error {
	it, err := newItem(statementOf(text))
	if err != nil {
		return err
	}
	if it.prepared == nil {
		return errNotChange
	}
	return c.change(func(s *state) error {
		s.put(s.byKey[it.key], it)
		return nil
	})
}

// Deallocate forgets a prepared statement. Names are not case-sensitive.
func (c *Catalog) Deallocate(name string) error {
	return c.change(func(s *state) error {
		it := s.byKey[key{preparedKind, "", strings.ToLower(name)}]
		if it == nil {
			return &fault.Error{Code: "NOT_FOUND", Message: "Prepared statement not found: " + name}
		}
		s.remove(it)
		return nil
	})
}
