package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
)

// shown answers SHOW, in the columns that Trino gives them.
func (e *Engine) shown(ctx context.Context, s *dialect.Show) (dialect.Statement, error) {
	if s.Escape != nil && len([]rune(s.Escape.Value)) != 1 {
		return nil, fault(s.Escape, "INVALID_LITERAL", "Escape string must be a single character", "")
	}
	var columns []string
	var rows [][]string
	var err error
	switch s.Kind {
	case dialect.ShowTables:
		columns, rows = []string{"Table"}, [][]string{{TableName}}
	case dialect.ShowColumns:
		columns = []string{"Column", "Type", "Extra", "Comment"}
		rows, err = e.columnRows(ctx, s)
	case dialect.ShowFunctions:
		columns, rows = []string{"Function", "Return Type", "Argument Types", "Function Type", "Deterministic", "Description"}, functionRows()
	default:
		return nil, refused(s, "vpcq does not support SHOW "+string(s.Kind), "vpcq ls lists partitions, vpcq describe the columns")
	}
	if err != nil {
		return nil, err
	}
	return dialect.TextRows(columns, rows, s.Like, s.Escape), nil
}

// columnRows lists the columns of the table, those that keys tell last.
func (e *Engine) columnRows(ctx context.Context, s *dialect.Show) ([][]string, error) {
	name := s.From.Parts[len(s.From.Parts)-1].Value
	if e.options.Source == nil || !strings.EqualFold(name, TableName) {
		return nil, e.advise(fault(s, "TABLE_NOT_FOUND", "Table '"+name+"' does not exist", ""))
	}
	relation, err := e.wholeRelation(ctx)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for _, c := range relation.Columns {
		extra := ""
		if isPartitionColumn(c.Name) {
			extra = "partition key"
		}
		rows = append(rows, []string{c.Name, dialect.ColumnType(c).String(), extra, ""})
	}
	return rows, nil
}

// functionRows lists every signature of every function.
func functionRows() [][]string {
	var rows [][]string
	for _, f := range dialect.Functions {
		for _, signature := range f.Signatures {
			open, end := strings.IndexByte(signature, '('), strings.LastIndex(signature, ") ")
			if open < 0 || end < open {
				continue
			}
			deterministic := "true"
			if slices.Contains([]string{"rand", "random", "shuffle", "uuid"}, f.Name) {
				deterministic = "false"
			}
			rows = append(rows, []string{f.Name, signature[end+2:], signature[open+1 : end], f.Kind.String(), deterministic, f.Doc})
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	return rows
}
