package engine

import (
	"slices"
	"strings"

	"github.com/vpcq/vpcq/engine/dialect"
)

// shown answers those SHOW that are of Athena's queries, in the columns that
// Trino gives them.
func shown(s *dialect.Show) (dialect.Statement, error) {
	if s.Escape != nil && len([]rune(s.Escape.Value)) != 1 {
		return nil, fault(s.Escape, "INVALID_LITERAL", "Escape string must be a single character", "")
	}
	if s.Kind != dialect.ShowFunctions {
		return nil, refused(s, "vpcq does not support SHOW "+string(s.Kind), "vpcq ls lists what a source holds, vpcq describe the columns")
	}
	columns := []string{"Function", "Return Type", "Argument Types", "Function Type", "Deterministic", "Description"}
	return dialect.TextRows(columns, functionRows(), s.Like, s.Escape), nil
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
