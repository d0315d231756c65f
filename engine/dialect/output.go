package dialect

import (
	"fmt"
	"slices"
	"strings"
)

// Output is what a query's rows become when they are put into files: the columns
// of the files, and behind them the partition keys, which name folders.
type Output struct {
	Columns []OutputColumn
	Keys    []OutputColumn
}

// OutputColumn is a column of an Output.
type OutputColumn struct {
	Name string
	Type Type // to which values are cast, as INSERT casts them
	From int  // the query's column that gives the values; -1: they are NULL
}

// outputRows is the name of the query's rows in the SQL of an output.
const outputRows = "vpcq~rows"

// Output returns the analysis of a query whose rows are put into files of
// Parquet. It has the output's columns in their order, then a column of text for
// each key: what stands behind = in the name of a folder, before it is escaped,
// and NULL where Hive writes its name for none.
func (a *Analysis) Output(o Output) *Analysis {
	w := &analyzer{zone: utcZone}
	var items []string
	for _, c := range o.Columns {
		items = append(items, a.outputTerm(w, c).sql+" AS "+duckName(c.Name))
	}
	return a.outputOf(w, items, o.Keys)
}

// outputOf is the analysis of an output, given the SQL of what its files hold.
func (a *Analysis) outputOf(w *analyzer, items []string, keys []OutputColumn) *Analysis {
	for _, k := range keys {
		items = append(items, w.folderText(a.outputTerm(w, k))+" AS "+duckName(k.Name))
	}
	names := make([]string, len(a.Columns))
	for i := range names {
		names[i] = duckName(rowsColumn(i))
	}
	sql := "SELECT " + strings.Join(items, ", ") + " FROM (" + a.sql + ") AS " + duckName(outputRows) + "(" + strings.Join(names, ", ") + ")"
	return &Analysis{Columns: a.Columns, Uses: a.Uses, sql: sql}
}

// rowsColumn names a column of the query's rows.
func rowsColumn(i int) string { return "c" + itoa(i) }

// outputTerm is the value of a column of an output.
func (a *Analysis) outputTerm(w *analyzer, c OutputColumn) term {
	if c.From < 0 {
		return w.convert(nullTerm, c.Type, false)
	}
	return w.assign(term{typ: a.Columns[c.From].Type, sql: duckName(outputRows) + "." + duckName(rowsColumn(c.From))}, c.Type)
}

// Assignable reports whether INSERT puts values of one type into a column of
// another: where the two have a common type or, with texts of limited length
// within arrays, maps and rows, where the column's type is it (Trino's
// StatementAnalyzer.typesMatchForInsert).
func Assignable(from, to Type) bool {
	if len(to.Args) > 0 && to.hasBoundedText() {
		return canCoerce(from, to)
	}
	_, ok := commonType(from, to)
	return ok
}

// hasBoundedText reports whether t is or holds a text of limited length.
func (t Type) hasBoundedText() bool {
	for _, arg := range t.Args {
		if arg.hasBoundedText() {
			return true
		}
	}
	return t.Kind == CharKind || t.Kind == VarcharKind && t.Length != Unbounded
}

// assign casts a value as INSERT does: a text that is longer than the column
// takes may lose spaces at its end, and nothing else (Trino's
// LogicalPlanner.noTruncationCast).
func (a *analyzer) assign(t term, to Type) term {
	if t.typ.Equal(to) {
		return t
	}
	bounded := to.isText() && to.Length != Unbounded && t.typ.isText()
	if !bounded || t.typ.Kind == to.Kind && t.typ.Length != Unbounded && t.typ.Length <= to.Length {
		return a.convert(t, to, false)
	}
	message := fmt.Sprintf("'Cannot truncate non-space characters when casting from %s to %s on INSERT'", t.typ, to)
	out := a.convert(t, to, false)
	out.sql = fmt.Sprintf("CASE WHEN length(rtrim(%s, ' ')) > %d THEN %s ELSE %s END", t.sql, to.Length, a.raise(invalidCast, message), out.sql)
	return out
}

// folderText writes the text of a partition key: NULL where it is NULL or empty
// (Hive's FileUtils.escapePathName gives both the same name).
func (a *analyzer) folderText(t term) string {
	text := "NULLIF(" + a.plainText(t) + ", '')"
	if !t.typ.isText() {
		return text
	}
	octets := "rtrim(regexp_replace(hex(encode(" + t.sql + ")), '(..)', '\\1 ', 'g'))"
	message := "'Hive partition keys can only contain printable ASCII characters (0x20 - 0x7E). Invalid value: ' || " + octets
	return fmt.Sprintf("CASE WHEN NOT regexp_full_match(%s, '[ -~]*') THEN %s ELSE %s END", t.sql, a.raise(invalidPartition, message), text)
}

// plainText writes the text of a scalar as Hive's files have it.
func (a *analyzer) plainText(t term) string {
	switch t.typ.Kind {
	case VarcharKind, CharKind:
		return t.sql
	case BooleanKind:
		return "CASE WHEN " + t.sql + " THEN 'true' WHEN NOT " + t.sql + " THEN 'false' END"
	}
	return a.convertToText(t, varcharType, false)
}

// HiveFault says, in Trino's words, why a table cannot have a column of type t;
// it is empty where it can. A fault of a timestamp names the column (Trino's
// HiveTypeTranslator.toTypeInfo and HiveMetadata.validateTimestampColumns).
func (t Type) HiveFault(column string) string {
	switch t.Kind {
	case VarcharKind:
		if t.Length > longestHiveVarchar {
			return fmt.Sprintf("Unsupported Hive type: %s. Supported VARCHAR types: VARCHAR(<=%d), VARCHAR.", t, longestHiveVarchar)
		}
	case CharKind:
		if t.Length > longestHiveChar {
			return fmt.Sprintf("Unsupported Hive type: %s. Supported CHAR types: CHAR(<=%d).", t, longestHiveChar)
		}
	case TimestampKind:
		if t.Precision != 3 {
			return fmt.Sprintf("Incorrect timestamp precision for %s; the configured precision is MILLISECONDS; column name: %s", t, column)
		}
	case RowKind:
		for _, name := range t.Names {
			if name == "" {
				return fmt.Sprintf("Anonymous row type is not supported in Hive. Please give each field a name: %s", t)
			}
		}
	}
	for _, arg := range t.Args {
		if fault := arg.HiveFault(column); fault != "" {
			return fault
		}
	}
	if !hiveKinds[t.Kind] {
		return "Unsupported Hive type: " + t.String()
	}
	return ""
}

// The longest texts of limited length that Hive has.
const (
	longestHiveVarchar = 65535
	longestHiveChar    = 255
)

// hiveKinds are the kinds that a column of a table can have.
var hiveKinds = map[Kind]bool{
	BooleanKind: true, TinyintKind: true, SmallintKind: true, IntegerKind: true, BigintKind: true, RealKind: true, DoubleKind: true,
	DecimalKind: true, VarcharKind: true, CharKind: true, VarbinaryKind: true, DateKind: true, TimestampKind: true,
	ArrayKind: true, MapKind: true, RowKind: true,
}

// keyKinds are the kinds that a partition key can have.
var keyKinds = map[Kind]bool{
	BooleanKind: true, TinyintKind: true, SmallintKind: true, IntegerKind: true, BigintKind: true, DecimalKind: true,
	VarcharKind: true, CharKind: true, DateKind: true,
}

// IsKey reports whether a column of type t can be a partition key here.
func (t Type) IsKey() bool { return keyKinds[t.Kind] }

// Holds reports whether t is of that kind or has a part that is.
func (t Type) Holds(kind Kind) bool {
	return t.Kind == kind || slices.ContainsFunc(t.Args, func(arg Type) bool { return arg.Holds(kind) })
}
