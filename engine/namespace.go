package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// The names that Athena gives what is not named: its data catalog and the
// database that every catalog has.
const (
	dataCatalog     = "awsdatacatalog"
	defaultDatabase = catalog.DefaultDatabase
)

// fileColumns are the hidden columns of every table.
var fileColumns = []schema.Column{dialect.FilePath, dialect.FileSize, dialect.FileModifiedTime}

// namespace resolves the names of tables in one statement. A name is always the
// same relation, however often the statement is analysed, but for the table that
// stands for the source: its columns are found in between.
type namespace struct {
	ctx       context.Context // of the statement
	engine    *Engine
	flows     relations // what stands for the source; nil without one
	usesFlows bool      // one of them was asked for
	known     map[string]*dialect.Relation
	tables    map[*dialect.Relation]schema.Table // the declared ones
}

func (e *Engine) namespace(ctx context.Context) *namespace {
	return &namespace{ctx: ctx, engine: e, known: map[string]*dialect.Relation{}, tables: map[*dialect.Relation]schema.Table{}}
}

// Relation finds a table by its name, alone or with its database and data
// catalog. A declared table hides the one that stands for the source.
func (n *namespace) Relation(name []string) (*dialect.Relation, bool) {
	database, table, ok := n.engine.fullName(name)
	if !ok {
		return nil, false
	}
	full := strings.Join([]string{dataCatalog, database, table}, ".")
	if r, ok := n.known[full]; ok {
		return r, true
	}
	if r := n.find(full, database, table); r != nil {
		n.known[full] = r
		return r, true
	}
	if r, ok := n.flows[table]; ok && database == defaultDatabase {
		n.usesFlows = true
		return r, true
	}
	return nil, false
}

// find makes the relation of a name that has not been asked for before; nil
// where nothing of that name is declared.
func (n *namespace) find(full, database, name string) *dialect.Relation {
	declared := n.engine.options.Catalog
	if database == informationSchema {
		return n.engine.informationSchema(n.ctx, name)
	}
	if table, ok := declared.Table(database, name); ok {
		return n.declare(full, table)
	}
	if view, ok := declared.View(database, name); ok {
		return &dialect.Relation{Name: full, Query: view.Query, Catalog: within{n, view.Database}}
	}
	if base, ok := strings.CutSuffix(name, partitionsSuffix); ok {
		if table, ok := declared.Table(database, base); ok {
			return n.engine.partitionList(full, &table)
		}
	}
	return nil
}

// within resolves the names of a view's query, of which those without a database
// are of the view's own.
type within struct {
	*namespace
	database string
}

// Relation is that of the namespace.
func (w within) Relation(name []string) (*dialect.Relation, bool) {
	if len(name) == 1 {
		name = []string{w.database, name[0]}
	}
	return w.namespace.Relation(name)
}

// fullName completes a table's name by the session's database; ok is false where
// it names another data catalog than Athena's own.
func (e *Engine) fullName(name []string) (database, table string, ok bool) {
	full := []string{dataCatalog, e.database, ""}
	if len(name) > len(full) {
		return "", "", false
	}
	copy(full[len(full)-len(name):], name)
	return full[1], full[2], full[0] == dataCatalog
}

// declare makes the relation of a declared table.
func (n *namespace) declare(full string, t schema.Table) *dialect.Relation {
	r := &dialect.Relation{Name: full, Columns: slices.Concat(t.Columns, t.Partitions), Hidden: fileColumns, Where: n.engine.windowOf(t)}
	if kind := t.Storage.Kind(); kind == schema.TextStorage || kind == schema.JSONStorage {
		r.TextDates = datesOf(t.Columns)
	}
	n.tables[r] = t
	return r
}

// datesOf are the columns of dates.
func datesOf(columns []schema.Column) map[string]bool {
	dates := map[string]bool{}
	for _, c := range columns {
		if c.Type == schema.Date {
			dates[c.Name] = true
		}
	}
	return dates
}

// table returns the declaration of a relation, nil for the one that stands for the source.
func (n *namespace) table(r *dialect.Relation) *schema.Table {
	if t, ok := n.tables[r]; ok {
		return &t
	}
	return nil
}
