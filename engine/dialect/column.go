package dialect

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/vpcq/vpcq/schema"
)

// ColumnType returns the type that a table's column has in queries: that which
// Athena's Hive connector gives a type of DDL ("Data types in Amazon Athena").
func ColumnType(c schema.Column) Type {
	if t, ok := scalarTypes[c.Type]; ok {
		return t
	}
	shape, parts := c.Parts()
	if shape == schema.Scalar {
		word, list, _ := strings.Cut(c.DDLType(), "(")
		return typeOfNumbers(word, strings.TrimSuffix(list, ")"))
	}
	t := Type{Kind: map[schema.Shape]Kind{schema.Array: ArrayKind, schema.Map: MapKind, schema.Struct: RowKind}[shape]}
	for _, part := range parts {
		if shape == schema.Struct {
			t.Names = append(t.Names, part.Name)
		}
		t.Args = append(t.Args, ColumnType(part))
	}
	return t
}

// scalarTypes are the types of columns whose DDL takes no parameters.
var scalarTypes = map[schema.Type]Type{
	schema.String: varcharType, schema.Int: integerType, schema.BigInt: bigintType, schema.Date: dateType,
	schema.TinyInt: tinyintType, schema.SmallInt: smallintType, schema.Boolean: booleanType,
	schema.Float: realType, schema.Double: doubleType, schema.Timestamp: timestampType(3), schema.Binary: varbinaryType,
}

// typeOfNumbers is a scalar type of DDL with its parameters.
func typeOfNumbers(word, list string) Type {
	var numbers [2]int
	for i, text := range strings.SplitN(list, ",", 2) {
		numbers[i], _ = strconv.Atoi(text)
	}
	switch word {
	case "decimal":
		if list == "" {
			numbers[0] = 10 // Hive's default precision
		}
		return decimalType(numbers[0], numbers[1])
	case "varchar":
		return boundedVarchar(numbers[0])
	case "char":
		return charType(numbers[0])
	}
	return scalarTypes[schema.NewColumn("", word).Type]
}

// DDL returns the type of DDL in which a table keeps values of t, such as
// "string" for varchar; what Hive has no type for is kept as the nearest: times
// as text, a timestamp with time zone without its zone.
func (t Type) DDL() string {
	switch t.Kind {
	case VarcharKind:
		if t.Length == Unbounded {
			return "string"
		}
	case IntegerKind:
		return "int"
	case RealKind:
		return "float"
	case VarbinaryKind:
		return "binary"
	case TimestampKind, TimestampTZKind:
		return "timestamp"
	case ArrayKind:
		return "array<" + t.Args[0].DDL() + ">"
	case MapKind:
		return "map<" + t.Args[0].DDL() + "," + t.Args[1].DDL() + ">"
	case RowKind:
		fields := make([]string, len(t.Args))
		for i, f := range t.Args {
			fields[i] = t.FieldName(i) + ":" + f.DDL()
		}
		return "struct<" + strings.Join(fields, ",") + ">"
	}
	if scalarKinds[t.Kind] {
		return t.String()
	}
	return "string"
}

// scalarKinds are the kinds that have the same name in DDL.
var scalarKinds = map[Kind]bool{
	BooleanKind: true, TinyintKind: true, SmallintKind: true, BigintKind: true, DoubleKind: true, DecimalKind: true,
	VarcharKind: true, CharKind: true, DateKind: true,
}

// Stored returns the column as a scan yields it, which a statement's translation
// turns into the column's type: numbers and dates as they are, small integers as
// BigInt, all other types as the text in which Hive writes them, and arrays, maps
// and structs as JSON of the same shape, in which every scalar is a string of that
// text, or null.
func Stored(c schema.Column) schema.Column {
	switch c.Type {
	case schema.String, schema.Int, schema.BigInt, schema.Date:
	case schema.TinyInt, schema.SmallInt:
		c.Type, c.Declared = schema.BigInt, ""
	default:
		c.Type, c.Declared = schema.String, ""
	}
	return c
}

// numberText is what a partition of a floating-point column may be named.
var numberText = regexp.MustCompile("^(?:" + textShapes[DoubleKind] + ")$")

// HoldsText reports whether a text that names a partition is one of the column's
// values, for the types that Stored yields as text. What of a record would be NULL
// or cut is no partition (Trino, HiveUtil.getPrefilledColumnValue). A decimal is
// verified where it is read.
func HoldsText(c schema.Column, text string) bool {
	switch t := ColumnType(c); t.Kind {
	case BooleanKind:
		return strings.EqualFold(text, "true") || strings.EqualFold(text, "false")
	case RealKind, DoubleKind:
		return numberText.MatchString(text)
	case TimestampKind:
		return hiveTimestamp(text) != nil
	case VarcharKind:
		return t.Length == Unbounded || utf8.RuneCountInString(text) <= t.Length
	case CharKind:
		return utf8.RuneCountInString(strings.TrimRight(text, " ")) <= t.Length
	}
	return true
}

// Yielded returns a column of the relation as a scan yields it: Stored, but for
// TextDates.
func (r *Relation) Yielded(c schema.Column) schema.Column {
	if r.TextDates[c.Name] {
		return schema.Column{Name: c.Name, Type: schema.String}
	}
	return Stored(c)
}

// readColumn writes the value of a column of type t from what a scan yields of
// it; ok is false where vpcq cannot tell what Athena would read. What has not
// the type's form is NULL, as LazySimpleSerDe has it (Trino,
// lib/trino-hive-formats, encodings/text).
func (a *analyzer) readColumn(sql string, t Type) (value string, ok bool) {
	text := term{typ: varcharType, sql: sql}
	switch t.Kind {
	case IntegerKind, BigintKind, DateKind:
		return sql, true
	case VarcharKind:
		return limitText(sql, t), true
	case TimestampTZKind: // FileModifiedTime
		return "make_timestamp(" + sql + " * 1000)::TIMESTAMPTZ", true
	case CharKind:
		return "rtrim(" + limitText(sql, t) + ", ' ')", true
	case TinyintKind, SmallintKind:
		return "TRY_CAST(" + sql + " AS " + t.DuckDB() + ")", true
	case BooleanKind:
		return fmt.Sprintf("CASE lower(%s) WHEN 'true' THEN true WHEN 'false' THEN false END", sql), true
	case RealKind, DoubleKind:
		return a.convert(text, t, true).sql, true
	case TimestampKind:
		return "vpcq_hive_timestamp(" + sql + ")", true
	case DecimalKind:
		return a.readDecimal(sql, t), true
	case VarbinaryKind:
		return "from_base64(" + sql + ")", true
	case ArrayKind, MapKind, RowKind:
		return a.readContainer(sql, t)
	}
	return "NULL", false
}

// readDecimal writes the value of a decimal. Trino ends the query where a text is
// no number, or has more digits than the column (its DecimalEncoding).
func (a *analyzer) readDecimal(sql string, t Type) string {
	shape := fmt.Sprintf("[+-]?([0-9]+[.]?[0-9]{0,%d}|[.][0-9]{1,%d})", t.Scale, max(t.Scale, 1))
	good := fmt.Sprintf("CASE WHEN regexp_full_match(%s, '%s') THEN %s END", sql, shape, sql)
	fault := a.raise("HIVE_BAD_DATA", "'Invalid "+t.String()+": ' || "+sql)
	return fmt.Sprintf("CASE WHEN %s IS NULL OR %s = '' THEN NULL ELSE COALESCE(TRY_CAST(%s AS %s), %s) END", sql, sql, good, t.DuckDB(), fault)
}
