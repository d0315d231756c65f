package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/catalog"
	"github.com/vpcq/vpcq/engine/dialect"
	"github.com/vpcq/vpcq/schema"
)

// createView keeps a view, once its query has been found to be right: with a
// name for each column, and not naming the view itself.
func (e *Engine) createView(ctx context.Context, s *dialect.CreateView, sql string) error {
	name, database := make([]string, len(s.Name.Parts)), e.database
	for i, part := range s.Name.Parts {
		name[i] = strings.ToLower(part.Value)
	}
	if full, _, ok := e.fullName(name); ok {
		database = full
	}
	names := e.namespace(ctx)
	analysis, err := e.presume(ctx, s.Query, dialect.Session{Now: e.options.Now(), Zone: e.zone, Database: database}, names, within{names, database})
	if err != nil {
		return e.advise(err, names)
	}
	for i, c := range analysis.Columns {
		switch {
		case c.Unnamed:
			return fault(s.Query, "COLUMN_NAME_NOT_SPECIFIED", "Column name not specified at position "+decimal(i+1), "write AS and a name behind the expression")
		case slices.ContainsFunc(analysis.Columns[:i], func(d dialect.ResultColumn) bool { return strings.EqualFold(c.Name, d.Name) }):
			return fault(s, "DUPLICATE_COLUMN_NAME", "Column name '"+c.Name+"' specified more than once", "")
		}
	}
	if full, table, ok := e.fullName(name); ok && names.known[strings.Join([]string{dataCatalog, full, table}, ".")] != nil {
		return fault(s, "VIEW_IS_RECURSIVE", "Statement would create a recursive view", "")
	}
	return e.options.Catalog.CreateView(e.database, sql)
}

// columnsOfView are the columns of a view, with the types of DDL.
func (e *Engine) columnsOfView(ctx context.Context, view catalog.View) ([]schema.Column, error) {
	names := e.namespace(ctx)
	analysis, err := e.presume(ctx, view.Query, dialect.Session{Now: e.options.Now(), Zone: e.zone, Database: view.Database}, names, within{names, view.Database})
	if err != nil {
		return nil, err
	}
	columns := make([]schema.Column, len(analysis.Columns))
	for i, c := range analysis.Columns {
		columns[i] = schema.NewColumn(strings.ToLower(c.Name), c.Type.DDL())
	}
	return columns, nil
}
