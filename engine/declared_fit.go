package engine

import (
	"cmp"
	"fmt"
	"sync"

	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/engine/hive"
	"github.com/vpcq/vpcq/engine/loader"
	"github.com/vpcq/vpcq/schema"
)

// misfit returns the first place at which the declared columns of a table do not
// fit a header line, or -1. A column whose name is not one of AWS's in any
// spelling fits everywhere.
func misfit(columns []schema.Column, header schema.Format) int {
	for i, c := range columns {
		if i >= len(header.Columns) {
			break // what is missing is NULL, as for records of an older version
		}
		meant, known := schema.FieldMeant(c.Name)
		field, _ := schema.FieldMeant(header.Columns[i].Name)
		if known && c.Name != header.Columns[i].Name && meant.Name != field.Name {
			return i
		}
	}
	return -1
}

// misfitNotes tells of declared tables that do not fit their objects, once for
// each table.
type misfitNotes struct {
	mu   sync.Mutex
	told map[string]bool
}

// first reports whether a table has not been told of yet.
func (n *misfitNotes) first(table string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.told == nil {
		n.told = map[string]bool{}
	}
	was := n.told[table]
	n.told[table] = true
	return !was
}

// checkFit looks at the header lines that objects of a declared table begin with:
// Athena goes by the position alone, and reads shifted values where the
// declaration does not fit.
func (e *Engine) checkFit(s *Scanned) func(loader.Object, schema.Format) error {
	return func(o loader.Object, header schema.Format) error {
		at := misfit(s.table.Columns, header)
		if at < 0 && s.declared.Skip > 0 {
			return nil
		}
		if !e.options.StrictSchema && !e.misfits.first(s.name()) {
			return nil
		}
		fitting := fittingTable(*s.table, header)
		what := fmt.Sprintf("field %d of %s is %s, which table %s declares as %s: values are shifted, as in Athena", at+1, o.Key, header.Columns[max(at, 0)].Name, s.name(), s.table.Columns[max(at, 0)].Name)
		if at < 0 {
			what = fmt.Sprintf("the first line of %s is a header, which table %s reads as a record, as Athena does", o.Key, s.name())
		}
		if e.options.StrictSchema {
			return &dialect.Error{Code: "HIVE_BAD_DATA", Message: what + "; this declaration fits:\n" + fitting}
		}
		e.options.Warn(fmt.Sprintf("%s (--strict-schema makes this an error); this declaration fits:\n%s", what, fitting))
		return nil
	}
}

// fittingTable is the declaration of a table whose objects have that header. A
// field that is called as a partition column, or as a field before it, has its
// place behind its name.
func fittingTable(t schema.Table, header schema.Format) string {
	t.Columns = nil
	for i, c := range header.Columns {
		if _, taken := t.Column(c.Name); taken || c.Name == "" {
			c.Name = fmt.Sprintf("%s_%d", cmp.Or(c.Name, "field"), i+1)
		}
		t.Columns = append(t.Columns, c)
	}
	t.Properties = t.Properties.With("skip.header.line.count", "1")
	return hive.Print(&hive.CreateTable{Table: t})
}
