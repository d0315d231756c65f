package dialect

import (
	"slices"
	"strings"
)

// This file keeps what has another value each time it is evaluated where Trino
// evaluates it: in a condition once for every row that reaches it, and in a
// common table expression anew for every reference, since Trino replaces each by
// its query. DuckDB evaluates a condition where the columns that it reads come
// from, below an UNNEST or a join that makes many rows of one, and computes a
// query that is referred to twice once.

// volatile are the functions that have another value whenever they are called.
var volatile = map[string]bool{"rand": true, "random": true, "shuffle": true, "uuid": true}

// noteVolatile notes that what is being analysed has another value each time.
func (a *analyzer) noteVolatile() {
	a.volatiles++
	a.effects.volatile, a.effects.fails = true, true
}

// perRow keeps a volatile condition above all that s sees: it reads a column of
// every relation that rows are joined of. DuckDB does not know that hash has no NULL.
func (s *scope) perRow(sql string) string {
	columns := s.rowColumns()
	if len(columns) == 0 {
		return sql
	}
	return "CASE WHEN hash(" + strings.Join(columns, ", ") + ") IS NULL THEN FALSE ELSE " + sql + " END"
}

// rowColumns returns a column of each of several joined relations as SQL, one
// that is read anyhow where there is one, and those that number what UNNEST gives.
func (s *scope) rowColumns() []string {
	var relations []string
	chosen := map[string]*field{}
	for _, f := range s.fields {
		relation := relationOf(f.sql)
		if relation == "" {
			continue
		}
		if chosen[relation] == nil {
			relations = append(relations, relation)
			chosen[relation] = f
		} else if f.isRead() && !chosen[relation].isRead() {
			chosen[relation] = f
		}
	}
	columns := slices.Clone(s.ordinals)
	if len(relations) < 2 {
		return columns
	}
	for _, relation := range relations {
		chosen[relation].use()
		columns = append(columns, chosen[relation].sql)
	}
	return columns
}

// isRead reports whether reading the field costs nothing more.
func (f *field) isRead() bool { return f.column == nil || f.column.use.used[f.column.name] }

// relationOf returns the relation of a qualified column, both as SQL; "" where it is none.
func relationOf(sql string) string {
	if at := strings.LastIndex(sql, `."`); at > 0 && strings.HasPrefix(sql, `"`) {
		return sql[:at]
	}
	return ""
}
