package catalog

import (
	"fmt"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/schema"
)

// DefaultDatabase is the database that is always there, and the current one
// until another is chosen.
const DefaultDatabase = "default"

// Database is what CREATE DATABASE declares.
type Database struct {
	Name       string
	Comment    string
	Location   string // may be empty
	Properties schema.Properties
}

// Partition is a registered partition.
type Partition struct {
	Spec     hive.PartitionSpec // in the order of the table's partition columns
	Location string
}

// View is what CREATE VIEW declares.
type View struct {
	Database string
	Name     string
	Text     string // the statement as it was written
	Query    *dialect.Query
}

// Prepared is what PREPARE names.
type Prepared struct {
	Name string // as written
	Text string // of the statement behind FROM
}

// kind is what an item declares.
type kind uint8

const (
	databaseKind kind = iota
	tableKind         // tables and views share their names
	partitionKind
	preparedKind
)

// key names what an item declares.
type key struct {
	kind     kind
	database string
	name     string
}

// item is a statement of the file. It never changes; a change puts another in
// its place.
type item struct {
	lead string // what stands before it in the file
	text string // without the semicolon
	line int
	key  key
	// rests says that the item's meaning rests on another: a partition without
	// a location has that of its table. Such a one is always read anew.
	rests bool
	declared
}

// declared is what a statement declares; but for one field it is nil.
type declared struct {
	database   *Database
	table      *schema.Table
	partitions []Partition // of the table that key names
	view       *View
	prepared   *Prepared
}

// newItem reads a statement of a catalog's file.
func newItem(text string) (*item, error) {
	it := &item{text: text}
	if hive.IsDDL(text) {
		s, err := hive.Parse(text)
		if err != nil {
			return nil, err
		}
		return it, it.declareHive(s)
	}
	s, err := dialect.Parse(text)
	if err != nil {
		return nil, err
	}
	return it, it.declare(s)
}

// errNotDeclared is for statements that declare nothing.
var errNotDeclared = fmt.Errorf("a catalog holds CREATE DATABASE, CREATE EXTERNAL TABLE, ALTER TABLE ADD PARTITION, CREATE VIEW and PREPARE; run other statements instead of writing them here")

// declareHive takes what a statement of Hive's language declares.
func (it *item) declareHive(s hive.Statement) error {
	switch s := s.(type) {
	case *hive.CreateDatabase:
		it.key = key{databaseKind, s.Name, ""}
		it.database = &Database{Name: s.Name, Comment: s.Comment, Location: s.Location, Properties: s.Properties}
	case *hive.CreateTable:
		t := s.Table
		t.Database = orDefault(t.Database)
		it.key = key{tableKind, t.Database, t.Name}
		it.table = &t
	case *hive.AddPartitions:
		it.key = key{partitionKind, orDefault(s.Table.Database), s.Table.Table}
		for _, add := range s.Partitions {
			it.partitions = append(it.partitions, Partition{Spec: add.Spec, Location: add.Location})
			it.rests = it.rests || add.Location == ""
		}
	default:
		return errNotDeclared
	}
	return nil
}

// declare takes what a statement of Athena's queries declares.
func (it *item) declare(s dialect.Statement) error {
	switch s := s.(type) {
	case *dialect.CreateView:
		name, err := nameOf(s.Name)
		if err != nil {
			return err
		}
		it.key = key{tableKind, orDefault(name.Database), name.Table}
		it.view = &View{Database: it.key.database, Name: name.Table, Text: it.text, Query: s.Query}
	case *dialect.Prepare:
		it.key = key{preparedKind, "", strings.ToLower(s.Name.Value)}
		it.prepared = &Prepared{Name: s.Name.Value, Text: textFrom(it.text, s.Statement.Position())}
	default:
		return errNotDeclared
	}
	return nil
}

// nameOf is a view's name, which may have the data catalog before it.
func nameOf(q *dialect.QualifiedName) (hive.Name, error) {
	parts := make([]string, len(q.Parts))
	for i, p := range q.Parts {
		parts[i] = strings.ToLower(p.Value)
	}
	if len(parts) == 3 && parts[0] == "awsdatacatalog" {
		parts = parts[1:]
	}
	switch len(parts) {
	case 1:
		return hive.Name{Table: parts[0]}, nil
	case 2:
		return hive.Name{Database: parts[0], Table: parts[1]}, nil
	}
	return hive.Name{}, &dialect.Error{Code: "CATALOG_NOT_FOUND", Line: q.Position().Line, Column: q.Position().Column,
		Message: "Catalog '" + parts[0] + "' does not exist", Hint: "name the view as database.view"}
}

// textFrom is the text from a place on.
func textFrom(text string, at dialect.Pos) string { return text[min(at.Offset, len(text)):] }

func orDefault(database string) string {
	if database == "" {
		return DefaultDatabase
	}
	return database
}
