package dialect

// GenericType is a named type with arguments: bigint, varchar(10),
// decimal(10, 2), array(varchar), map(varchar, bigint). Other spellings of
// arrays (ARRAY<T>, T ARRAY) and maps (MAP<K, V>) and DOUBLE PRECISION are
// brought to this one.
type GenericType struct {
	Pos
	Name *Identifier
	Args []TypeArgument
}

// TypeArgument is one argument of a type: a number or a type.
type TypeArgument struct {
	Pos
	Number string   // decimal digits, empty for a type
	Type   TypeName // nil for a number
}

// RowType is ROW(name type, …).
type RowType struct {
	Pos
	Fields []RowField
}

// RowField is one field of a row type.
type RowField struct {
	Pos
	Name *Identifier // nil for an anonymous field
	Type TypeName
}

// DateTimeType is TIME or TIMESTAMP.
type DateTimeType struct {
	Pos
	Timestamp    bool          // TIMESTAMP, else TIME
	Precision    *TypeArgument // nil without one, which means 3
	WithTimeZone bool
}

// IntervalField is a unit of an interval: YEAR, MONTH, DAY, HOUR, MINUTE or
// SECOND; empty where there is none.
type IntervalField string

// IntervalType is INTERVAL YEAR TO MONTH or INTERVAL DAY TO SECOND.
type IntervalType struct {
	Pos
	From IntervalField
	To   IntervalField // empty without TO
}

func (*GenericType) typeName()  {}
func (*RowType) typeName()      {}
func (*DateTimeType) typeName() {}
func (*IntervalType) typeName() {}
