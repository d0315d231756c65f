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
	name := make([]string, len(s.Name.Parts))
	for i, part := range s.Name.Parts {
		name[i] = strings.ToLower(part.Value)
	}
	database, table, ok := e.fullName(name)
	if !ok {
		database = e.database
	}
	a := e.analysing(ctx, s.Query, database)
	analysis, err := a.presume(ctx)
	if err != nil {
		return e.advise(err, a.names)
	}
	for i, c := range analysis.Columns {
		switch {
		case c.Unnamed:
			return fault(s.Query, "COLUMN_NAME_NOT_SPECIFIED", "Column name not specified at position "+decimal(i+1), "write AS and a name behind the expression")
		case slices.ContainsFunc(analysis.Columns[:i], func(d dialect.ResultColumn) bool { return strings.EqualFold(c.Name, d.Name) }):
			return fault(s, "DUPLICATE_COLUMN_NAME", "Column name '"+c.Name+"' specified more than once", "")
		}
	}
	if ok && a.names.known[strings.Join([]string{dataCatalog, database, table}, ".")] != nil {
		return fault(s, "VIEW_IS_RECURSIVE", "Statement would create a recursive view", "")
	}
	return e.options.Catalog.CreateView(e.database, sql)
}

// columnsOfView are the columns of a view, with the types of DDL.
func (e *Engine) columnsOfView(ctx context.Context, view catalog.View) ([]schema.Column, error) {
	analysis, err := e.analysing(ctx, view.Query, view.Database).presume(ctx)
	if err != nil {
		return nil, err
	}
	columns := make([]schema.Column, len(analysis.Columns))
	for i, c := range analysis.Columns {
		columns[i] = schema.NewColumn(strings.ToLower(c.Name), c.Type.DDL())
	}
	return columns, nil
}
