package dialect

import (
	"strings"

	"github.com/vpcq/vpcq/schema"
)

// placeholder stands for scan until it is known which columns are used. No
// statement can hold it, since duckString writes no NUL.
func (u *TableUse) placeholder() string { return "vpcq_scan(\x00" + itoa(u.ID) + ")" }

// scan is the use of the table in FROM: the back end's table function, around it
// what makes the used columns of what it yields, and the relation's own condition.
func (u *TableUse) scan() string {
	scan := "vpcq_scan(" + itoa(u.ID) + ")"
	if condition := duckPredicate(u.Relation.Where); condition != "" {
		scan = "(SELECT * FROM " + scan + " WHERE " + condition + ")"
	}
	var made []string
	for _, m := range u.made {
		if u.used[m.column] {
			made = append(made, m.sql+" AS "+duckName(m.column))
		}
	}
	if len(made) == 0 {
		return scan
	}
	return "(SELECT * REPLACE (" + strings.Join(made, ", ") + ") FROM " + scan + ")"
}

// madeColumn is a column that SQL makes of what a scan yields under its name.
type madeColumn struct{ column, sql string }

// duckOps are the comparisons of predicates in SQL.
var duckOps = map[schema.Op]string{
	schema.Eq: " = ", schema.Ne: " <> ", schema.Lt: " < ", schema.Le: " <= ", schema.Gt: " > ", schema.Ge: " >= ",
}

// duckPredicate writes a predicate for DuckDB; one that says nothing is empty.
func duckPredicate(p schema.Predicate) string {
	switch p.Op {
	case schema.And:
		return duckJunction(p.Args, " AND ")
	case schema.Or:
		return duckJunction(p.Args, " OR ")
	case schema.Not:
		return "(NOT " + duckPredicate(p.Args[0]) + ")"
	case schema.IsNull:
		return "(" + duckName(p.Column) + " IS NULL)"
	case schema.In:
		values := make([]string, len(p.Values))
		for i, v := range p.Values {
			values[i] = duckValue(v)
		}
		return "(" + duckName(p.Column) + " IN (" + strings.Join(values, ", ") + "))"
	case schema.Unknown:
		return ""
	}
	return "(" + duckName(p.Column) + duckOps[p.Op] + duckValue(p.Values[0]) + ")"
}

func duckJunction(args []schema.Predicate, with string) string {
	parts := make([]string, len(args))
	for i, arg := range args {
		parts[i] = duckPredicate(arg)
	}
	return "(" + strings.Join(parts, with) + ")"
}

// duckValue writes a constant for DuckDB.
func duckValue(v schema.Value) string {
	switch v.Type {
	case schema.String:
		return duckString(v.Text)
	case schema.Date:
		return "DATE '" + v.String() + "'"
	}
	return "CAST('" + v.String() + "' AS BIGINT)"
}
