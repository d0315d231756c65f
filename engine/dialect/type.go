package dialect

import (
	"fmt"
	"strconv"
	"strings"
)

// Kind is the family of a Type: what it is before its parameters.
type Kind uint8

// The kinds of Trino's types that a statement can have. UnknownKind is the type
// of NULL, which every other type takes.
const (
	UnknownKind Kind = iota
	BooleanKind
	TinyintKind
	SmallintKind
	IntegerKind
	BigintKind
	RealKind
	DoubleKind
	DecimalKind
	VarcharKind
	CharKind
	VarbinaryKind
	DateKind
	TimeKind
	TimestampKind
	TimestampTZKind
	DayIntervalKind   // interval day to second
	MonthIntervalKind // interval year to month
	ArrayKind
	MapKind
	RowKind
	JSONKind
	IPAddressKind
	IPPrefixKind
	UUIDKind
	lambdaKind // a parameter that takes a lambda: Args are its parameters and, last, its result
	anyRowKind // a parameter that takes a row of any fields
)

// Unbounded is the Length of a varchar without one.
const Unbounded = -1

// Type is a static type of Trino's: a Kind and its parameters. The zero Type is
// the type of NULL. Types print as Trino prints them; Equal compares them.
type Type struct {
	Kind      Kind
	Length    int    // of a varchar (Unbounded for none) and of a char, in characters
	Precision int    // of a decimal its digits; of a time or timestamp the digits of its fraction
	Scale     int    // of a decimal
	Zone      string // of a timestamp with time zone, where the statement fixes it: an IANA name or "+05:30"; VaryingZone otherwise
	Args      []Type // the element of an array; the key and the value of a map; the fields of a row
	Names     []string
	// Names are the names of a row's fields, "" for one without.

	variable string // of a signature's parameter: the type variable it stands for, or "decimal(p,s)" and the like
}

// VaryingZone is the Zone of timestamps whose zones may differ from row to row.
// They compare as instants; nothing that shows the zone is supported of them.
const VaryingZone = "*"

// kindNames are Trino's names of the kinds that take no parameters or print them after the name.
var kindNames = map[Kind]string{
	UnknownKind: "unknown", BooleanKind: "boolean", TinyintKind: "tinyint", SmallintKind: "smallint",
	IntegerKind: "integer", BigintKind: "bigint", RealKind: "real", DoubleKind: "double",
	DecimalKind: "decimal", VarcharKind: "varchar", CharKind: "char", VarbinaryKind: "varbinary",
	DateKind: "date", TimeKind: "time", TimestampKind: "timestamp", TimestampTZKind: "timestamp",
	DayIntervalKind: "interval day to second", MonthIntervalKind: "interval year to month",
	ArrayKind: "array", MapKind: "map", RowKind: "row", JSONKind: "json",
	IPAddressKind: "ipaddress", IPPrefixKind: "ipprefix", UUIDKind: "uuid", lambdaKind: "function", anyRowKind: "row",
}

// The types that take no parameters, and the constructors of those that do.
var (
	unknownType       = Type{}
	booleanType       = Type{Kind: BooleanKind}
	tinyintType       = Type{Kind: TinyintKind}
	smallintType      = Type{Kind: SmallintKind}
	integerType       = Type{Kind: IntegerKind}
	bigintType        = Type{Kind: BigintKind}
	realType          = Type{Kind: RealKind}
	doubleType        = Type{Kind: DoubleKind}
	varcharType       = Type{Kind: VarcharKind, Length: Unbounded}
	varbinaryType     = Type{Kind: VarbinaryKind}
	dateType          = Type{Kind: DateKind}
	dayIntervalType   = Type{Kind: DayIntervalKind}
	monthIntervalType = Type{Kind: MonthIntervalKind}
	jsonType          = Type{Kind: JSONKind}
	ipAddressType     = Type{Kind: IPAddressKind}
	ipPrefixType      = Type{Kind: IPPrefixKind}
	uuidType          = Type{Kind: UUIDKind}
)

// maxPrecision is the most digits a decimal has, in Trino as in DuckDB.
const maxPrecision = 38

func decimalType(precision, scale int) Type {
	return Type{Kind: DecimalKind, Precision: precision, Scale: scale}
}
func boundedVarchar(length int) Type { return Type{Kind: VarcharKind, Length: length} }
func charType(length int) Type       { return Type{Kind: CharKind, Length: length} }
func timeType(precision int) Type    { return Type{Kind: TimeKind, Precision: precision} }
func timestampType(precision int) Type {
	return Type{Kind: TimestampKind, Precision: precision}
}
func timestampTZType(precision int, zone string) Type {
	return Type{Kind: TimestampTZKind, Precision: precision, Zone: zone}
}
func arrayType(element Type) Type  { return Type{Kind: ArrayKind, Args: []Type{element}} }
func mapType(key, value Type) Type { return Type{Kind: MapKind, Args: []Type{key, value}} }
func rowType(names []string, fields []Type) Type {
	return Type{Kind: RowKind, Names: names, Args: fields}
}

// String returns the type as Trino's typeof prints it, such as "varchar(3)",
// "timestamp(3) with time zone" or "row(x integer, bigint)".
func (t Type) String() string {
	if t.variable != "" {
		return strings.ToLower(t.variable)
	}
	name := kindNames[t.Kind]
	switch t.Kind {
	case DecimalKind:
		return fmt.Sprintf("decimal(%d,%d)", t.Precision, t.Scale)
	case VarcharKind:
		if t.Length == Unbounded {
			return name
		}
		return name + "(" + strconv.Itoa(t.Length) + ")"
	case CharKind:
		return name + "(" + strconv.Itoa(t.Length) + ")"
	case TimeKind, TimestampKind:
		return name + "(" + strconv.Itoa(t.Precision) + ")"
	case TimestampTZKind:
		return name + "(" + strconv.Itoa(t.Precision) + ") with time zone"
	case ArrayKind, MapKind, RowKind, lambdaKind:
		return name + "(" + t.parameters() + ")"
	}
	return name
}

// parameters prints the parameters of an array, a map, a row or a function.
func (t Type) parameters() string {
	var b strings.Builder
	separator := ", "
	if t.Kind == lambdaKind || t.Kind == MapKind && t.Args[0].variable != "" {
		separator = ","
	}
	for i, arg := range t.Args {
		if i > 0 {
			b.WriteString(separator)
		}
		if t.Kind == RowKind && t.Names[i] != "" {
			b.WriteString(fieldName(t.Names[i]) + " ")
		}
		b.WriteString(arg.String())
	}
	return b.String()
}

// fieldName prints a row's field as Trino does: quoted where it is no plain identifier.
func fieldName(name string) string {
	for i, c := range name {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return duckName(name)
		}
	}
	return name
}

// DuckDB returns the DuckDB type in which values of t travel:
//
//   - varchar(n), char(n) and json as VARCHAR; a char is kept without its padding
//   - decimal(p,s) as DECIMAL(p,s); the numbers and boolean as their namesakes
//   - timestamp(p) as TIMESTAMP, in microseconds, and timestamp(p) with time zone
//     as TIMESTAMPTZ, an instant whose zone is t.Zone; both as HUGEINT, in
//     picoseconds since 1970-01-01 00:00:00, where p is over 6
//   - both interval types as INTERVAL: months, or days and microseconds
//   - array as LIST, map as MAP, row as STRUCT whose unnamed fields are field0, field1, …
//   - ipaddress as BLOB of 16 bytes, IPv4 mapped into IPv6; ipprefix as BLOB of 17, the length last
//   - uuid as VARCHAR in its canonical form; unknown as INTEGER, always null
func (t Type) DuckDB() string {
	switch t.Kind {
	case UnknownKind:
		return "INTEGER"
	case DecimalKind:
		return fmt.Sprintf("DECIMAL(%d,%d)", t.Precision, t.Scale)
	case VarcharKind, CharKind, JSONKind, UUIDKind:
		return "VARCHAR"
	case RealKind:
		return "FLOAT"
	case VarbinaryKind, IPAddressKind, IPPrefixKind:
		return "BLOB"
	case TimestampKind, TimestampTZKind:
		switch {
		case t.isWide():
			return "HUGEINT"
		case t.Kind == TimestampTZKind:
			return "TIMESTAMPTZ"
		}
		return "TIMESTAMP"
	case DayIntervalKind, MonthIntervalKind:
		return "INTERVAL"
	case ArrayKind:
		return t.Args[0].DuckDB() + "[]"
	case MapKind:
		return "MAP(" + t.Args[0].DuckDB() + ", " + t.Args[1].DuckDB() + ")"
	case RowKind:
		return "STRUCT(" + t.structFields() + ")"
	}
	return strings.ToUpper(kindNames[t.Kind])
}

func (t Type) structFields() string {
	fields := make([]string, len(t.Args))
	for i, arg := range t.Args {
		fields[i] = duckName(t.FieldName(i)) + " " + arg.DuckDB()
	}
	return strings.Join(fields, ", ")
}

// FieldName returns the name of a row's field i as results show it: its own, or field0, field1, ….
func (t Type) FieldName(i int) string {
	if i < len(t.Names) && t.Names[i] != "" && t.fieldIndex(t.Names[i]) == i {
		return t.Names[i]
	}
	return "field" + strconv.Itoa(i)
}

// fieldIndex returns the first field of that name, upper and lower case alike, or -1.
func (t Type) fieldIndex(name string) int {
	for i, n := range t.Names {
		if strings.EqualFold(n, name) {
			return i
		}
	}
	return -1
}

// Equal reports whether t and u are the same type. Two timestamps with time
// zone are of one type whatever their zones, as in Trino.
func (t Type) Equal(u Type) bool {
	if t.Kind != u.Kind || t.Length != u.Length || t.Precision != u.Precision || t.Scale != u.Scale || len(t.Args) != len(u.Args) {
		return false
	}
	for i := range t.Args {
		if !t.Args[i].Equal(u.Args[i]) || t.Kind == RowKind && t.Names[i] != u.Names[i] {
			return false
		}
	}
	return true
}

// isInteger reports whether t is one of the four integer types.
func (t Type) isInteger() bool { return t.Kind >= TinyintKind && t.Kind <= BigintKind }

// isExact reports whether t is an integer or a decimal, whose arithmetic may overflow.
func (t Type) isExact() bool { return t.isInteger() || t.Kind == DecimalKind }

// isNumeric reports whether t is a number.
func (t Type) isNumeric() bool { return t.Kind >= TinyintKind && t.Kind <= DecimalKind }

// isText reports whether t is a varchar or a char.
func (t Type) isText() bool { return t.Kind == VarcharKind || t.Kind == CharKind }

// isComparable reports whether values of t have equality.
func (t Type) isComparable() bool {
	for _, arg := range t.Args {
		if !arg.isComparable() {
			return false
		}
	}
	return t.Kind != lambdaKind
}

// isFloat reports whether t is real or double.
func (t Type) isFloat() bool { return t.Kind == RealKind || t.Kind == DoubleKind }

// hasFloats reports whether t is a floating-point number or has one within.
func (t Type) hasFloats() bool {
	for _, arg := range t.Args {
		if arg.hasFloats() {
			return true
		}
	}
	return t.Kind == RealKind || t.Kind == DoubleKind
}

// isOrderable reports whether values of t have an order.
func (t Type) isOrderable() bool {
	for _, arg := range t.Args {
		if !arg.isOrderable() {
			return false
		}
	}
	return t.Kind != MapKind && t.Kind != JSONKind && t.Kind != lambdaKind
}

// hasVaryingZone reports whether t, or a type within it, shows a zone that the statement does not fix.
func (t Type) hasVaryingZone() bool {
	for _, arg := range t.Args {
		if arg.hasVaryingZone() {
			return true
		}
	}
	return t.Kind == TimestampTZKind && t.Zone == VaryingZone
}
