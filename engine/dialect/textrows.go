package dialect

import (
	"strconv"
	"strings"
)

// TextRows returns a query that yields columns of text: the answer of a
// statement that vpcq computes by itself. Every row has as many cells as there
// are columns; an empty cell is an empty string. like, with its escape, keeps the
// rows whose first cell matches it; either may be nil.
func TextRows(columns []string, rows [][]string, like, escape *StringLiteral) Statement {
	lines := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for j, cell := range row {
			cells[j] = "CAST(" + quoted(cell) + " AS varchar)"
		}
		lines[i] = "(" + strings.Join(cells, ", ") + ")"
	}
	condition := ""
	if like != nil {
		condition = " WHERE c0 LIKE " + quoted(like.Value)
	}
	if like != nil && escape != nil {
		condition += " ESCAPE " + quoted(escape.Value)
	}
	if len(rows) == 0 {
		lines, condition = []string{"(" + strings.TrimSuffix(strings.Repeat("CAST(NULL AS varchar), ", len(columns)), ", ") + ")"}, " WHERE false"
	}
	return textQuery(columns, lines, condition)
}

func textQuery(columns, lines []string, condition string) Statement {
	names, heads := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i] = duckName("c" + itoa(i))
		heads[i] = names[i] + " AS " + duckName(c)
	}
	query, err := Parse("SELECT " + strings.Join(heads, ", ") + " FROM (VALUES " + strings.Join(lines, ", ") + ") AS t(" + strings.Join(names, ", ") + ")" + condition)
	if err != nil {
		panic("dialect: rows of text do not parse: " + err.Error()) // they are quoted
	}
	return query
}

// RowColumn is a column of Rows: its name, and its type as CAST takes it.
type RowColumn struct{ Name, Type string }

// Rows returns a query that yields rows of constants: what vpcq itself knows, as
// a relation. Every row has as many cells as there are columns; a cell is a
// string that casts to the column's type, an int64, or nil for NULL.
func Rows(columns []RowColumn, rows [][]any) *Query {
	heads, names := make([]string, len(columns)), make([]string, len(columns))
	for i, c := range columns {
		names[i] = duckName("c" + itoa(i))
		heads[i] = "CAST(" + names[i] + " AS " + c.Type + ") AS " + duckName(c.Name)
	}
	lines := make([]string, len(rows))
	for i, row := range rows {
		cells := make([]string, len(row))
		for j, cell := range row {
			switch v := cell.(type) {
			case string:
				cells[j] = quoted(v)
			case int64:
				cells[j] = "'" + strconv.FormatInt(v, 10) + "'"
			default:
				cells[j] = "NULL"
			}
		}
		lines[i] = "(" + strings.Join(cells, ", ") + ")"
	}
	condition := ""
	if len(rows) == 0 {
		lines, condition = []string{"(" + strings.TrimSuffix(strings.Repeat("NULL, ", len(columns)), ", ") + ")"}, " WHERE false"
	}
	query, err := Parse("SELECT " + strings.Join(heads, ", ") + " FROM (VALUES " + strings.Join(lines, ", ") + ") AS t(" + strings.Join(names, ", ") + ")" + condition)
	if err != nil {
		panic("dialect: rows of constants do not parse: " + err.Error()) // they are quoted
	}
	return query.(*Query)
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
